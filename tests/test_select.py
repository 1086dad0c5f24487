"""`peerlint select`: who matches, who does not, and why."""

from __future__ import annotations

import io
import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import write

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Outcome

KUBERNETES = """\
apiVersion: v1
kind: Node
metadata:
  name: worker-1
  labels: {rack: r1, ready: true}
  annotations:
    projectcalico.org/labels: '{"rr": "yes", "rack": "hidden"}'
    projectcalico.org/RouteReflectorClusterID: 244.0.0.1
"""
CALICO = """\
apiVersion: projectcalico.org/v3
kind: NodeList
items:
  - {apiVersion: projectcalico.org/v3, kind: Node, metadata: {name: worker-2, labels: {rack: r2}}}
  - {apiVersion: projectcalico.org/v3, kind: Node, metadata: {name: worker-1, labels: {rack: old, tier: edge}}}
"""
OWN = json.loads((Path(__file__).parent / "cases" / "selectors-own.json").read_text(encoding="utf-8"))
NODES = {"nodes/k8s.yaml": KUBERNETES, "nodes/calico.yaml": CALICO}


@pytest.mark.parametrize(
    ("selector", "matching"),
    [
        ("all()", ["worker-1", "worker-2"]),
        ("rack == 'r1'", ["worker-1"]),
        ("has(rr) && tier == 'edge'", ["worker-1"]),
        ("ready == 'true'", ["worker-1"]),
        ("rack in {'hidden', 'old'}", []),
        ("has(projectcalico.org/RouteReflectorClusterID)", []),
        ("rack != 'r1'", ["worker-2"]),
    ],
)
def test_nodes_of_both_groups(
    selector: str, matching: list[str], folder: Path, peerlint: Callable[..., Outcome]
) -> None:
    write(folder, NODES)
    answer = peerlint("select", selector, "--inventory", "nodes", "--output", "json").data
    assert [node["name"] for node in answer["nodes"] if node["matches"]] == matching
    assert all(node["failed"] for node in answer["nodes"] if not node["matches"])


def test_a_node_that_does_not_match_says_why(folder: Path, peerlint: Callable[..., Outcome]) -> None:
    write(folder, NODES)
    shown = peerlint("select", "has(rr) || rack == 'r3'", "--inventory", "nodes")
    assert "worker-1: matches" in shown.out
    assert 'worker-2: no match: has(rr), but rr is absent; rack == "r3", but rack is "r2"' in shown.out
    assert "1 of 2 match" in shown.out
    assert shown.status == 0


def test_labels_of_the_command_line(peerlint: Callable[..., Outcome]) -> None:
    assert "matches" in peerlint("select", "a == 'x=y' && has(b)", "--label", "a=x=y", "--label", "b=").out
    shown = peerlint("select", "a == 'x'", "--label", "a=y", "--explain").out
    assert 'a == "x": no, it is "y"' in shown
    assert peerlint("select", "all()", "--label", "a").status == 2


def test_a_refused_text_shows_where_and_what_was_meant(peerlint: Callable[..., Outcome]) -> None:
    outcome = peerlint("select", "rack in (a, b)")
    assert outcome.status == 1
    assert "\n  rack in (a, b)\n          ^\n" in outcome.out
    assert "did you mean: rack in {'a', 'b'}" in outcome.out
    error = peerlint("select", "rack in (a, b)", "--output", "json").data["error"]
    assert (error["class"], error["offset"]) == ("syn-set-expected", 8)


@pytest.mark.parametrize("arguments", [(), ("all()", "--inventory", "none"), ("all()", "--output", "yaml")])
def test_wrong_usage(arguments: tuple[str, ...], folder: Path, peerlint: Callable[..., Outcome]) -> None:
    assert peerlint("select", *arguments).status == 2


def judged(outcome: Outcome, cases: list[dict[str, Any]]) -> None:
    answers = [json.loads(line) for line in outcome.out.splitlines()]
    assert len(answers) == len(cases)
    for case, answer in zip(cases, answers, strict=True):
        assert answer["valid"] is case["valid"], case
        if case["valid"]:
            assert answer["canonical"] == case["canonical"], case
            assert answer["matches"] == [each["match"] for each in case.get("evals", [])], case
        elif case.get("error_class"):
            assert answer["error"]["class"] == case["error_class"], case


def asked(cases: list[dict[str, Any]]) -> str:
    lines = (
        {"selector": case["selector"], "labels": [each["labels"] for each in case.get("evals", [])]} for case in cases
    )
    return "".join(json.dumps(line) + "\n" for line in lines)


def test_own_cases_through_standard_input(peerlint: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO(asked(OWN)))
    judged(peerlint("select", "--stdin"), OWN)


def test_calicos_cases_through_standard_input(
    cases: Path, peerlint: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    upstream = json.loads((cases / "selectors-upstream.json").read_text(encoding="utf-8"))
    monkeypatch.setattr("sys.stdin", io.StringIO(asked(upstream)))
    judged(peerlint("select", "--stdin"), upstream)
