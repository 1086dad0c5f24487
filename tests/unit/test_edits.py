"""Entries cut out and items appended: nothing else of the text changes, and what results is the YAML that was meant."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from linter.fixes import applied
from linter.text import Source
from linter.yaml.edits import with_entry, with_item, without
from linter.yaml.nodes import Mapping, Sequence
from linter.yaml.parser import documents
from linter.yaml.plain import at, entry_at, plain

if TYPE_CHECKING:
    from linter.yaml.nodes import Document, Node


def read(text: str) -> tuple[Document, Node]:
    document = next(documents(Source("x.yaml", text), {}))
    assert document.root is not None
    return document, document.root


def data(text: str) -> Any:
    return plain(read(text)[1])


def cut(text: str, pointer: str) -> str | None:
    document, root = read(text)
    parent, entry = at(root, pointer.rpartition("/")[0]), entry_at(root, pointer)
    assert isinstance(parent, Mapping)
    assert entry is not None
    edit = without(document, parent, entry.key)
    return applied(text, [edit]) if edit else None


def append(text: str, pointer: str = "/x") -> str | None:
    document, root = read(text)
    items = at(root, pointer)
    assert isinstance(items, Sequence)
    edit = with_item(document, items, {"action": "Reject"})
    return applied(text, [edit]) if edit else None


@pytest.mark.parametrize(
    ("text", "pointer", "left"),
    [
        ("a: 1\nb: 2 # why\nc: 3\n", "/b", "a: 1\nc: 3\n"),
        ("a: 1\n# of b\nb:\n# of c\nc: 3", "/b", "a: 1\n# of b\n# of c\nc: 3"),
        ("a: 1\nb: 2", "/b", "a: 1\n"),
        ("a: 1\nb: |\n  text\n\nc: 2\n", "/b", "a: 1\n\nc: 2\n"),
        ("a: 1\r\nb:\r\n  c: 2\r\nd: 3\r\n", "/b", "a: 1\r\nd: 3\r\n"),
        ("- a: 1\n  b: 2\n", "/0/a", "- b: 2\n"),
        ("- a: 1\n  b: 2\n", "/0/b", "- a: 1\n"),
        ("{a: 1, b: 2, c: 3}\n", "/a", "{b: 2, c: 3}\n"),
        ("{a: 1, b: 2, c: 3}\n", "/b", "{a: 1, c: 3}\n"),
        ("{a: 1, b: '#, }'}\n", "/b", "{a: 1}\n"),
        ("{a: 1, b: }\n", "/b", "{a: 1 }\n"),
        ('{\n  "a": 1,\n  "b": [2]\n}\n', "/b", '{\n  "a": 1\n}\n'),
    ],
)
def test_an_entry_goes_and_all_else_stays(text: str, pointer: str, left: str) -> None:
    assert cut(text, pointer) == left
    expected = data(text)
    owner = expected[0] if isinstance(expected, list) else expected
    del owner[pointer.rpartition("/")[2]]
    assert data(left) == expected


@pytest.mark.parametrize(
    ("text", "pointer"),
    [
        ("a: 1\n", "/a"),
        ("- a: 1 # why\n  b: 2\n", "/0/a"),
        ("- a: 1\n  # of b\n  b: 2\n", "/0/a"),
        ("{a: 1,\n # of b\n b: 2}\n", "/a"),
        ("{a: 1,\n # of b\n b: 2}\n", "/b"),
        ("? a\n: 1\n? b\n: 2\n", "/a"),
        ("? a\n: 1\n? b\n: 2\n", "/b"),
        ("a: &a 1\nb: *a\nc: 2\n", "/c"),
        ("<<: {a: 1}\nb: 2\n", "/a"),
    ],
)
def test_a_cut_that_would_change_more_is_not_made(text: str, pointer: str) -> None:
    assert cut(text, pointer) is None


@pytest.mark.parametrize(
    ("text", "longer"),
    [
        ("x:\n- a: 1\ny: 2\n", "x:\n- a: 1\n- action: Reject\ny: 2\n"),
        (
            "x:\n  - a: 1\n    b: 2 # why\n# of y\ny: 1\n",
            "x:\n  - a: 1\n    b: 2 # why\n  - action: Reject\n# of y\ny: 1\n",
        ),
        ("x:\n- a: 1", "x:\n- a: 1\n- action: Reject"),
        ("x:\r\n- a: 1\r\n", "x:\r\n- a: 1\r\n- action: Reject\r\n"),
        ("x:\n- {a: 1}\n- b:\n    c:\n", "x:\n- {a: 1}\n- b:\n    c:\n- action: Reject\n"),
        ("x: &list\n  - a: 1\n", "x: &list\n  - a: 1\n  - action: Reject\n"),
        ("x: [{a: 1}]\n", "x: [{a: 1}, {action: Reject}]\n"),
        ("x: [{a: 1},]\n", "x: [{a: 1}, {action: Reject},]\n"),
        ('{"x": [{"a": 1}]}\n', '{"x": [{"a": 1}, {"action": "Reject"}]}\n'),
    ],
)
def test_an_item_is_appended_in_the_style_of_the_list(text: str, longer: str) -> None:
    assert append(text) == longer
    expected = data(text)
    expected["x"].append({"action": "Reject"})
    assert data(longer) == expected


@pytest.mark.parametrize(
    ("text", "pointer"), [("x: []\n", "/x"), ("x: &a\n- a: 1\ny: *a\n", "/x"), ("- - a: 1\n", "/0")]
)
def test_an_item_that_would_change_more_is_not_appended(text: str, pointer: str) -> None:
    assert append(text, pointer) is None


def insert(text: str, pointer: str) -> str | None:
    document, root = read(text)
    parent, entry = at(root, pointer.rpartition("/")[0]), entry_at(root, pointer)
    assert isinstance(parent, Mapping)
    assert entry is not None
    edit = with_entry(document, parent, entry.key, "z", "true")
    return applied(text, [edit]) if edit else None


@pytest.mark.parametrize(
    ("text", "pointer", "longer"),
    [
        ("x:\n  a: 1\n  b: 2\n", "/x/a", "x:\n  a: 1\n  z: true\n  b: 2\n"),
        ("x:\n  a: 1  # why\n", "/x/a", "x:\n  a: 1  # why\n  z: true\n"),
        ("x:\n  a: 1", "/x/a", "x:\n  a: 1\n  z: true"),
        ("x:\r\n  a: 1\r\n", "/x/a", "x:\r\n  a: 1\r\n  z: true\r\n"),
        ("- a: 1\n  b: 2\n", "/0/a", "- a: 1\n  z: true\n  b: 2\n"),
        ("x:\n  a: |\n    t\n  b: 2\n", "/x/a", "x:\n  a: |\n    t\n  z: true\n  b: 2\n"),
        ("x: {a: 1, b: 2}\n", "/x/a", "x: {a: 1, z: true, b: 2}\n"),
        ("x: {a: 1 }\n", "/x/a", "x: {a: 1, z: true }\n"),
        ('{"x": {"a": 1}}', "/x/a", '{"x": {"a": 1, "z": true}}'),
        ("x:\n  a:\n", "/x/a", "x:\n  a:\n  z: true\n"),
    ],
)
def test_an_entry_is_added_in_the_style_of_the_mapping(text: str, pointer: str, longer: str) -> None:
    assert insert(text, pointer) == longer
    assert data(longer) != data(text)


def test_no_entry_is_added_where_aliases_repeat_things() -> None:
    assert insert("x: &x {a: 1}\ny: *x\n", "/x/a") is None
