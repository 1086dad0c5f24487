"""A document that is said to hold nothing empty holds nothing empty."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from linter.text import Source
from linter.yaml.parser import documents
from linter.yaml.plain import plain

CASES = json.loads((Path(__file__).parents[2] / "cases" / "yaml.json").read_text(encoding="utf-8"))


def nothings(value: Any) -> bool:
    """Whether a null, empty text, 0, false or an empty object stands anywhere in a value."""
    if isinstance(value, dict):
        return not value or any(map(nothings, value.values()))
    if isinstance(value, list):
        return any(map(nothings, value))
    return not value


def test_on_every_case() -> None:
    told = {True: 0, False: 0}
    for case in CASES:
        for document in documents(Source("a.yaml", case["text"]), {}):
            if document.root is not None and not document.faults:
                told[document.hollow] += 1
                assert document.hollow or not nothings(plain(document.root)), case["text"]
    assert min(told.values()) > 100


@pytest.mark.parametrize(
    ("text", "hollow"),
    [
        ("a: 1\nb: [x, y]\nc: {d: e}\n", False),
        *(
            (f"a: 1\nb: {{c: [{value}]}}\n", True)
            for value in ("null", "~", "''", '""', "0", "0.0", "false", "no", "{}")
        ),
        *((f"a: 1\nb:{value}\n", True) for value in ("", " !!str", " &x", " |", ' "\\\n  "')),
        ("a: &x b\nc: *x\n", False),
    ],
)
def test_by_value(text: str, hollow: bool) -> None:
    (document,) = documents(Source("a.yaml", text), {})
    assert document.hollow is hollow
