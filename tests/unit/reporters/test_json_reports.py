"""The JSON formats: their shape, their schema, and positions that lead back to the text."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from linter.diagnostics import Diagnostic, Edit, Fix, Label, ObjectName, Safety, Severity
from linter.reporters import Options, make
from linter.summary import Skip, Summary
from linter.text import Source, Span

ROOT = Path(__file__).parents[3]
SCHEMA = ROOT / "schemas" / "output.schema.json"
GOLDEN = ROOT / "tests" / "golden"

SUMMARY = Summary("0.1.0", "3.33", 2, 3, {"BGPPeer": 1}, (Skip("x.yaml", "template"),), {Severity.HINT: 2})


def reported(name: str, diagnostics: list[Diagnostic], summary: Summary = SUMMARY) -> str:
    stream = io.StringIO()
    reporter = make(name, stream, Options())
    for diagnostic in diagnostics:
        reporter.report(diagnostic)
    reporter.finish(summary)
    return stream.getvalue()


def told(source: Source, span: Span, **more: Any) -> Diagnostic:
    parts: dict[str, Any] = {
        "rule": "some-rule", "code": "CAL000", "severity": Severity.HINT, "message": "m", "at": Label(source, span),
        "related": (), "help": "h", "fix": None, "url": "https://example.com/", "fingerprint": "0f", "subject": None,
        "field": None,
    }  # fmt: skip
    return Diagnostic(**(parts | more))


def full() -> Diagnostic:
    source, other = Source("a.yaml", "kind: Ä\r\nspec: b\r\n"), Source("b.yaml", "x")
    return told(
        source,
        Span(6, 7),
        severity=Severity.WARNING,
        related=(Label(other, Span(0, 1), "there"),),
        fix=Fix("do", Safety.UNSAFE, (Edit(source, Span(9, 13), "new"),)),
        subject=ObjectName("projectcalico.org/v3", "BGPPeer", None, "rr"),
        field="/spec/nodeSelector",
    )


def test_the_document_is_the_one_of_the_design() -> None:
    assert json.loads(reported("json", [full()])) == {
        "schemaVersion": 1,
        "tool": {"name": "peerlint", "version": "0.1.0"},
        "calicoVersion": "3.33",
        "summary": {
            "files": 2,
            "documents": 3,
            "resources": {"BGPPeer": 1},
            "skipped": [{"path": "x.yaml", "reason": "template"}],
            "counts": {"error": 0, "warning": 0, "hint": 2},
        },
        "diagnostics": [
            {
                "rule": "some-rule",
                "code": "CAL000",
                "severity": "warning",
                "message": "m",
                "help": "h",
                "url": "https://example.com/",
                "fingerprint": "0f",
                "path": "a.yaml",
                "range": extent((1, 7, 6), (1, 8, 7)),
                "object": {"apiVersion": "projectcalico.org/v3", "kind": "BGPPeer", "namespace": None, "name": "rr"},
                "field": "/spec/nodeSelector",
                "related": [{"path": "b.yaml", "range": extent((1, 1, 0), (1, 2, 1)), "message": "there"}],
                "fix": {
                    "title": "do",
                    "safety": "unsafe",
                    "edits": [{"path": "a.yaml", "range": extent((2, 1, 9), (2, 5, 13)), "newText": "new"}],
                },
            }
        ],
    }


def extent(start: tuple[int, int, int], end: tuple[int, int, int]) -> dict[str, dict[str, int]]:
    names = ("line", "column", "offset")
    return {"start": dict(zip(names, start, strict=True)), "end": dict(zip(names, end, strict=True))}


@pytest.mark.parametrize("name", ["samples.json", "clean.json"])
def test_the_document_obeys_its_schema(name: str) -> None:
    if not SCHEMA.exists():
        pytest.skip("schemas/output.schema.json is not there")
    validator = Draft7Validator(json.loads(SCHEMA.read_text()))
    document = json.loads((GOLDEN / name).read_text())
    assert [error.message for error in validator.iter_errors(document)] == []
    assert not validator.is_valid(document | {"schemaVersion": "one"})


def test_lines_are_the_members_of_the_document() -> None:
    diagnostics = [full(), told(Source("c.yaml", ""), Span(0, 0))]
    lines = reported("jsonl", diagnostics).splitlines()
    assert [json.loads(line) for line in lines] == json.loads(reported("json", diagnostics))["diagnostics"]


@given(st.lists(st.text(), max_size=3), st.data())
def test_any_text_gives_ascii_json_whose_ranges_lead_back(texts: list[str], data: st.DataObject) -> None:
    diagnostics = []
    for number, text in enumerate(texts):
        start = data.draw(st.integers(0, len(text)))
        span = Span(start, data.draw(st.integers(start, len(text))))
        diagnostics.append(told(Source(f"{number}{text}", text), span, message=text))
    written = reported("json", diagnostics)
    assert written.isascii()
    for diagnostic, record in zip(diagnostics, json.loads(written)["diagnostics"], strict=True):
        source, range_ = diagnostic.at.source, record["range"]
        assert source.text[range_["start"]["offset"] : range_["end"]["offset"]] == source[diagnostic.at.span]
        assert source.position(range_["end"]["offset"]) == (*range_["end"].values(),)
        assert record["message"] == source.text


def test_a_span_beyond_the_text_is_held_within_it() -> None:
    record = json.loads(reported("jsonl", [told(Source("a", "ab"), Span(1, 9))]))
    assert record["range"] == extent((1, 2, 1), (1, 3, 2))


def test_each_diagnostic_of_the_document_has_its_line() -> None:
    lines = reported("json", [full(), full()]).splitlines()
    assert len(lines) == 4
    assert lines[1] == json.dumps(json.loads(lines[2])) + ","
