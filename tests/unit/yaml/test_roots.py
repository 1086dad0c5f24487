"""Brackets that Calico's reader takes for the whole document; expectations were made by go.yaml.in/yaml/v2 2.4.4."""

from __future__ import annotations

import pytest

from linter.text import Source
from linter.yaml.nodes import Fault
from linter.yaml.parser import documents
from linter.yaml.plain import plain


@pytest.mark.parametrize(
    "before", ["", "a: 1\n---\n", "# c\n", "---\n", "\n\n", "a: é😀\n--- # c\n", "!t\n", "&x !t\n"]
)
@pytest.mark.parametrize(
    ("text", "kept", "value"),
    [
        ("[]: x", "[]", []),
        ("[ ]: x", "[ ]", []),
        ("{}\t: x\ny: @", "{}", {}),
        ("[? a]: b", "[? a]", [{"a": None}]),
        ("{? a : b, ? c}: *d", "{? a : b, ? c}", {"a": "b", "c": None}),
        ('[] "q" @x: 1', "[]", []),
        ("[]true: 1\n!", "[]", []),
        ("{}a: b'", "{}", {}),
        ("[]]: x", "[]", []),
    ],
)
def test_they_end_it(before: str, text: str, kept: str, value: object) -> None:
    *_, document = documents(Source("a.yaml", before + text), {})
    (fault,) = document.faults
    assert fault.kind == Fault.LOST
    assert document.root is not None
    assert plain(document.root) == value
    assert document.source[document.root.span].endswith(kept)
    assert fault.span.start >= document.root.end


@pytest.mark.parametrize("before", ["", "a: 1\n---\n"])
@pytest.mark.parametrize(
    "text",
    [
        "[a]: b",
        "{a}: b",
        "[? a, b]: c",
        "[[]]: c",
        "- []: x",
        "&a []: x",
        "!t {}: x",
        "--- []: x",
        "[] @x",
        '[]"abc',
        "[]- a",
        "[]\n[>",
        "{? a}#\n\n!!",
        "{}?",
        "[]!!",
        "[]\x0b",
        "[\n]: b",
        "{}\n\n%",
        "[" + "? a, " * 300 + "]: b",
        "[?a, ?[b: c],]: d",
        "[}: x",
        "x: b\n[]: c",
    ],
)
def test_others_are_refused(before: str, text: str) -> None:
    *_, document = documents(Source("a.yaml", before + text), {})
    assert [fault.kind for fault in document.faults] == [Fault.INVALID]
    assert document.root is None
