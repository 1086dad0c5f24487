"""Every node knows exactly where it stands (performance §1.3 lists the traps)."""

from __future__ import annotations

import pytest

from linter.text import Source, Span
from linter.yaml.nodes import Alias, Document, Entry, Mapping, Node, Scalar, Sequence, walk
from linter.yaml.parser import documents


def read(text: str) -> Document:
    document = next(documents(Source("a.yaml", text), {}))
    assert document.root is not None, [fault.reason for fault in document.faults]
    return document


def slices(text: str) -> list[str]:
    document = read(text)
    assert document.root is not None
    return [document.source[node.span] for node in walk(document.root)]


def entry(text: str) -> Entry:
    root = read(text).root
    assert isinstance(root, Mapping)
    return root.entries[0]


def value(text: str) -> Node:
    return entry(text).value


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("a: b", ["a: b", "a", "b"]),
        ("a: b # c\n\n# d\n", ["a: b", "a", "b"]),
        ("'a': \"b\"  \n", ["'a': \"b\"", "'a'", '"b"']),
        ("a: b\r\nc: d\r\n", ["a: b\r\nc: d", "a", "b", "c", "d"]),
        ("é: 😀\nb: 日本", ["é: 😀\nb: 日本", "é", "😀", "b", "日本"]),
        ("- a\n- b\n\n# c\n", ["- a\n- b", "a", "b"]),
        ("a:\n- b\n- c\nd: e\n", ["a:\n- b\n- c\nd: e", "a", "- b\n- c", "b", "c", "d", "e"]),
        (
            "a:\n  b:\n    c: d\n\n\ne: f\n",
            ["a:\n  b:\n    c: d\n\n\ne: f", "a", "b:\n    c: d", "b", "c: d", "c", "d", "e", "f"],
        ),
        ("a: [b, {c: d}] # e\n", ["a: [b, {c: d}]", "a", "[b, {c: d}]", "b", "{c: d}", "c", "d"]),
        ("[a: b , c]", ["[a: b , c]", "a: b", "a", "b", "c"]),
        ("[]", ["[]"]),
        ("{}", ["{}"]),
        ("a: one\n  two\nb: c", ["a: one\n  two\nb: c", "a", "one\n  two", "b", "c"]),
        ("a: |\n  x\n  y\n\n\nb: c\n", ["a: |\n  x\n  y\n\n\nb: c", "a", "|\n  x\n  y", "b", "c"]),
        ("a: >-\n  x  \n # c\nb: c\n", ["a: >-\n  x  \n # c\nb: c", "a", ">-\n  x  ", "b", "c"]),
        ("a: |+\n  x\n\n", ["a: |+\n  x", "a", "|+\n  x"]),
        ("a: |\nb: c", ["a: |\nb: c", "a", "|", "b", "c"]),
        ("a: |\n  x\r\n   \r\n", ["a: |\n  x", "a", "|\n  x"]),
        ("? a\n: b\n", ["? a\n: b", "a", "b"]),
        (
            "a: [64512:10, fd00::/64]",
            ["a: [64512:10, fd00::/64]", "a", "[64512:10, fd00::/64]", "64512:10", "fd00::/64"],
        ),
        ("a: \ufeffb\nc: [1:2]", ["a: \ufeffb\nc: [1:2]", "a", "\ufeffb", "c", "[1:2]", "1:2"]),
        ('a: "it\\\'s"\nb: c', ['a: "it\\\'s"\nb: c', "a", '"it\\\'s"', "b", "c"]),
        ("a: \x85b: c", ["a: \x85b: c", "a", "", "b", "c"]),
    ],
)
def test_spans(text: str, expected: list[str]) -> None:
    assert slices(text) == expected


@pytest.mark.parametrize(
    ("text", "whole", "bare", "tag", "anchor"),
    [
        ("a: !!str b", "!!str b", "b", "tag:yaml.org,2002:str", None),
        ("a: &x b", "&x b", "b", None, "x"),
        ("a: &x !t  b", "&x !t  b", "b", "!t", "x"),
        ("a: !t &x 'b'", "!t &x 'b'", "'b'", "!t", "x"),
        ("a: !has(rr)", "!has(rr)", "", "!has(rr)", None),
        ("a: ! has(rr)", "! has(rr)", "has(rr)", "!", None),
        ('a: ! "1"', '! "1"', '"1"', "!", None),
        ("a: !", "!", "", "!", None),
        ("a: &x", "&x", "", None, "x"),
        ("a: &x\nb: c", "&x", "", None, "x"),
        ("a: !<tag:x> b", "!<tag:x> b", "b", "tag:x", None),
        ("a: !t # c\n  b", "!t # c\n  b", "b", "!t", None),
        ("a: !t |\n  b\n\n", "!t |\n  b", "|\n  b", "!t", None),
        ("a: &x\n  b: c", "&x\n  b: c", "b: c", None, "x"),
        ("a: !t\n  - b", "!t\n  - b", "- b", "!t", None),
        ("a: &x\n- b", "&x\n- b", "- b", None, "x"),
        ("a: !t [b]", "!t [b]", "[b]", "!t", None),
        ("a: &x {b: c}", "&x {b: c}", "{b: c}", None, "x"),
        ("a: ! [b]", "! [b]", "[b]", "!", None),
        ("a: [!t , b]", "[!t , b]", "[!t , b]", None, None),
        ("a: !a!b [1:2]\n", "!t [1:2]", "[1:2]", "tag:x,2000:b", None),
    ],
)
def test_properties(text: str, whole: str, bare: str, tag: str | None, anchor: str | None) -> None:
    if "!a!b" in text:
        text, whole = "%TAG !a! tag:x,2000:\n---\n" + text, "!a!b [1:2]"
    document = read(text)
    assert isinstance(document.root, Mapping)
    node = document.root.entries[0].value
    assert not isinstance(node, Alias)
    assert document.source[node.span] == whole
    assert document.source[Span(node.text_start, node.end)] == bare
    assert (node.tag, node.anchor) == (tag, anchor)


@pytest.mark.parametrize(
    ("text", "at"),
    [
        ("a:", 2),
        ("a: ", 2),
        ("a:   # c\nb: c", 2),
        ("a:\n\n\nb: c", 2),
        ("a:\r\nb: c", 2),
        ("{a: , b: c}", 3),
        ("{a , b: c}", 2),
        ("{a}", 2),
        ("{a:\n , b: c}", 3),
        ("{a: # c\n , b: c}", 3),
        ("? a\n\n# c\n? b", 3),
        ("? a # c\nb: c", 3),
    ],
)
def test_a_value_that_is_not_there_is_empty_after_its_key(text: str, at: int) -> None:
    node = value(text)
    assert isinstance(node, Scalar)
    assert (node.span, node.text, node.value, node.style) == (Span(at, at), "", None, "")


def test_items_that_are_not_there() -> None:
    root = read("-\n- \n- a").root
    assert isinstance(root, Sequence)
    assert [item.span for item in root.items] == [(1, 1), (3, 3), (7, 8)]


@pytest.mark.parametrize(
    ("text", "style", "content"),
    [
        ("a: b", "", "b"),
        ("a: 'it''s'", "'", "it's"),
        ('a: "\\x41\\n"', '"', "A\n"),
        ("a: |\n  x\n   y\n", "|", "x\n y\n"),
        ("a: >-\n  x\n  y\n\n  z\n", ">", "x y\nz"),
        ("a: 'x\n  y'", "'", "x y"),
        ("a: x\n  y", "", "x y"),
        ("a: |2-\n    x", "|", "  x"),
    ],
)
def test_styles_and_content(text: str, style: str, content: str) -> None:
    node = value(text)
    assert isinstance(node, Scalar)
    assert (node.style, node.text, node.value) == (style, content, content)


def test_flow_and_block() -> None:
    document = read("a: [x]\nb: {x: y}\nc:\n- x\nd:\n  x: y\n")
    assert isinstance(document.root, Mapping)
    flows = [one.value.flow for one in document.root.entries if isinstance(one.value, (Sequence, Mapping))]
    assert flows == [True, True, False, False]
    assert not document.root.flow


def test_an_alias_stands_where_it_is_written_and_shares_its_target() -> None:
    document = read("a: &x {b: 1}\nc: *x\nd: [*x, e]\n")
    assert isinstance(document.root, Mapping)
    first, second, third = (one.value for one in document.root.entries)
    assert isinstance(second, Alias)
    assert isinstance(third, Sequence)
    assert second.target is first
    assert document.source[second.span] == "*x"
    assert document.source[third.items[0].span] == "*x"
    assert document.aliases == {"x"}


def test_an_anchor_may_be_given_again() -> None:
    document = read("a: &x 1\nb: *x\nc: &x [&x 2, *x]\nd: *x\n")
    assert isinstance(document.root, Mapping)
    targets = [one.value.target for one in document.root.entries if isinstance(one.value, Alias)]
    assert [target.value for target in targets if isinstance(target, Scalar)] == [1, 2]


def test_an_unused_anchor_is_in_no_list() -> None:
    assert read("a: &x == 'b'").aliases == frozenset()


def test_a_key_may_be_an_alias() -> None:
    document = read("a: &x b\n*x : c\n")
    assert isinstance(document.root, Mapping)
    key = document.root.entries[1].key
    assert (key.text, key.value, document.source[key.span]) == ("b", "b", "*x")
    assert list(document.root.fields) == ["a", "b"]
