"""Every case agrees: our own edge cases, and Calico's own tests where their folder is at hand."""

import json
import os
from pathlib import Path
from typing import Any

import pytest

from linter.selectors import Selector, SelectorError, parse
from linter.selectors.algebra import implies, satisfiable

Case = dict[str, Any]
OWN = Path(__file__).parents[2] / "cases" / "selectors-own.json"


def read(path: Path) -> list[Case]:
    cases: list[Case] = json.loads(path.read_text(encoding="utf-8"))
    return cases


@pytest.fixture(params=["selectors-own.json", "selectors-upstream.json"])
def cases(request: pytest.FixtureRequest) -> list[Case]:
    if request.param == OWN.name:
        return read(OWN)
    folder = os.environ.get("PEERLINT_CASES")
    if not folder:
        pytest.skip("PEERLINT_CASES names no folder with Calico's own cases")
    return read(Path(folder) / request.param)


def attempt(text: str) -> Selector | SelectorError:
    try:
        return parse(text)
    except SelectorError as error:
        return error


def test_verdict(cases: list[Case]) -> None:
    assert len(cases) > 200
    assert [
        case["selector"] for case in cases if isinstance(attempt(case["selector"]), Selector) != case["valid"]
    ] == []


def test_error_class(cases: list[Case]) -> None:
    refused = [(case, attempt(case["selector"])) for case in cases if not case["valid"]]
    classes = {case["selector"]: error.error_class for case, error in refused if isinstance(error, SelectorError)}
    assert classes == {case["selector"]: case["error_class"] for case, _ in refused}


def test_canonical_form(cases: list[Case]) -> None:
    accepted = [case for case in cases if case["valid"]]
    assert [parse(case["selector"]).canonical for case in accepted] == [case["canonical"] for case in accepted]


def test_unique_id(cases: list[Case]) -> None:
    known = [case for case in cases if "unique_id" in case]
    assert [parse(case["selector"]).unique_id for case in known] == [case["unique_id"] for case in known]


def test_evaluations(cases: list[Case]) -> None:
    wrong = [
        (case["selector"], evaluation)
        for case in cases
        for evaluation in case["evals"]
        for text in (case["selector"], case["canonical"])
        if parse(text).matches(evaluation["labels"]) != evaluation["match"]
    ]
    assert wrong == []


def test_restrictions_that_calico_derives_follow(cases: list[Case]) -> None:
    """Calico's label restrictions (selector §6) are necessary conditions, so the algebra must find them implied."""
    for case in cases:
        for key, restriction in case.get("restrictions", {}).items():
            selector = parse(case["selector"])
            if restriction["must_be_present"]:
                assert implies(selector, parse(f"has({key})")), case["selector"]
            if restriction["must_be_absent"]:
                assert implies(selector, parse(f"!has({key})")), case["selector"]
            if restriction["one_of"] is not None and all('"' not in value for value in restriction["one_of"]):
                members = ",".join(f'"{value}"' for value in restriction["one_of"])
                assert implies(selector, parse(f"{key} in {{{members}}}")), case["selector"]
            if not restriction["satisfiable"]:
                assert satisfiable(selector) is False, case["selector"]


def test_whatever_matches_is_satisfiable(cases: list[Case]) -> None:
    matched = {case["selector"] for case in cases for evaluation in case["evals"] if evaluation["match"]}
    assert [text for text in matched if satisfiable(parse(text)) is not True] == []
