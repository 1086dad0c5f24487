"""Quoted text reads back as the text, on one line."""

from __future__ import annotations

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.text import Source
from linter.yaml.nodes import Scalar, content
from linter.yaml.parser import documents
from linter.yaml.quoting import brief, on_one_line, quoted

TEXT = st.text(st.characters(exclude_categories=["Cs"], exclude_characters="\ufeff￾￿"))


@pytest.mark.parametrize(
    ("text", "style", "expected"),
    [
        ("has(a)", "", "'has(a)'"),
        ("a == 'b'", "", '''"a == 'b'"'''),
        ("""a == "b" && c == 'd'""", "", """'a == "b" && c == ''d'''"""),
        (r"a == 'b\'", "", r"""'a == ''b\'''"""),
        ("has(a)", '"', '"has(a)"'),
        ('a == "b"', '"', r'"a == \"b\""'),
        ("a == 'b\nc'", "", r'''"a == 'b\nc'"'''),
        ("\x7f\x85\u2028", "", r'"\u007f\u0085\u2028"'),
        ("", "", "''"),
    ],
)
def test_quotes(text: str, style: str, expected: str) -> None:
    assert quoted(text, style) == expected


@given(TEXT, st.sampled_from(["", "'", '"', "|"]))
def test_reads_back(text: str, style: str) -> None:
    written = quoted(text, style)
    assert len(written.splitlines()) == 1
    (document,) = documents(Source("a.yaml", f"a: {written}\n"), {})
    assert not document.faults
    assert document.root is not None
    value = content(content(document.root).fields["a"].value)  # type: ignore[union-attr]
    assert isinstance(value, Scalar)
    assert value.value == text


@given(TEXT)
def test_double_quotes_stay_json(text: str) -> None:
    assert json.loads(quoted(text, '"')) == text


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        (" a\n  b ", "a b"),
        ("a" * 10, "a" * 10),
        ("a" * 11, "a" * 9 + "…"),
        ("a\n" * 50, "a a a a a…"),
    ],
)
def test_brief(text: str, expected: str) -> None:
    assert brief(text, 10) == expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("", ""),
        ("•••, 'é' and \\n", "•••, 'é' and \\n"),
        ("a\nb\r\tc", "a\\nb\\r\\tc"),
        ("\x1b[31m\x00\x85\u2028", "\\u001b[31m\\u0000\\u0085\\u2028"),
    ],
)
def test_on_one_line(text: str, expected: str) -> None:
    assert on_one_line(text) == expected
