"""Nodes as data, and JSON Pointers both ways."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from linter.text import Source, Span
from linter.yaml.parser import documents
from linter.yaml.plain import at, entry_at, escape, plain, pointer, unescape

if TYPE_CHECKING:
    from linter.yaml.nodes import Document

TEXT = """\
base: &b {x: 1, v: [a, b]}
use:
  <<: *b
  a/b: {"m~n": [p, {q: r}]}
copy: *b
1: one
yes: true
inline:
  <<: [{s: 1}, {t: 2}]
"""


def read(text: str) -> Document:
    return next(documents(Source("a.yaml", text), {}))


def test_data() -> None:
    base = {"x": 1, "v": ["a", "b"]}
    assert plain(read(TEXT).root) == {
        "base": base,
        "use": {**base, "a/b": {"m~n": ["p", {"q": "r"}]}},
        "copy": base,
        "1": "one",
        "true": True,
        "inline": {"s": 1, "t": 2},
    }


def test_nothing_is_null() -> None:
    assert plain(None) is None


def test_aliases_are_shared() -> None:
    data = plain(read("a: &x [1]\nb: *x\nc: [*x]").root)
    assert isinstance(data, dict)
    assert isinstance(data["c"], list)
    assert data["a"] is data["b"] is data["c"][0]


@pytest.mark.parametrize(
    ("path", "found"),
    [
        ("", TEXT.rstrip()),
        ("/base/v/1", "b"),
        ("/use/v", "[a, b]"),
        ("/use/a~1b/m~0n/1/q", "r"),
        ("/copy", "*b"),
        ("/copy/x", "1"),
        ("/1", "one"),
        ("/true", "true"),
        ("/inline/t", "2"),
    ],
)
def test_at(path: str, found: str) -> None:
    document = read(TEXT)
    assert document.root is not None
    node = at(document.root, path)
    assert node is not None
    assert document.source[node.span] == found


@pytest.mark.parametrize(
    "path", ["/none", "/base/v/2", "/base/v/-1", "/base/v/x", "/base/x/v", "/use/a", "/", "/base/v/²"]
)
def test_at_nowhere(path: str) -> None:
    root = read(TEXT).root
    assert root is not None
    assert at(root, path) is None
    assert entry_at(root, path) is None


def test_entry_at() -> None:
    document = read(TEXT)
    assert document.root is not None
    entry = entry_at(document.root, "/use/a~1b/m~0n")
    assert entry is not None
    assert document.source[entry.key.span] == '"m~n"'
    assert entry_at(document.root, "/base/v/0") is None
    assert entry_at(document.root, "") is None


@pytest.mark.parametrize(
    ("text", "path"),
    [
        ("base", "/base"),
        ("x", "/base/x"),
        ("x: 1", "/base/x"),
        ("[a", "/base/v"),
        ("a, b", "/base/v"),
        ("r", "/use/a~1b/m~0n/1/q"),
        ("p", "/use/a~1b/m~0n/0"),
        ('"m~n"', "/use/a~1b/m~0n"),
        ("one", "/1"),
        ("yes", "/true"),
        ("<<", "/use"),
        ("*b", "/use"),
        ("copy", "/copy"),
        ("t: 2", "/inline/t"),
        ("{s", "/inline"),
        ("s: 1}, {t", "/inline"),
        ("copy: *b\n1", ""),
    ],
)
def test_pointer(text: str, path: str) -> None:
    start = TEXT.index(text)
    assert pointer(read(TEXT), Span(start, start + len(text))) == path


def test_pointer_of_what_no_entry_covers() -> None:
    assert pointer(read("# c\na: 1\n"), Span(0, 1)) == ""
    assert pointer(read("["), Span(0, 1)) == ""


def test_pointer_into_a_repeated_key() -> None:
    document = read("a: {x: 1}\na: {z: 2}\n")
    assert pointer(document, Span(14, 15)) == "/a/z"


def test_escapes_go_back() -> None:
    for token in ("", "a", "~", "/", "~1", "~0", "a/b~c"):
        assert unescape(escape(token)) == token
