"""`peerlint read --stdin` says what Calico's reader says, case by case."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from linter.yaml.wire import answer

CASES = json.loads((Path(__file__).parents[2] / "cases" / "yaml.json").read_text(encoding="utf-8"))


def same(left: Any, right: Any) -> bool:
    """Equal as JSON: numbers by value, and true is not 1."""
    if isinstance(left, dict) and isinstance(right, dict):
        return left.keys() == right.keys() and all(same(left[key], right[key]) for key in left)
    if isinstance(left, list) and isinstance(right, list):
        return len(left) == len(right) and all(map(same, left, right))
    return bool(left == right) and isinstance(left, bool) == isinstance(right, bool)


def test_all_cases_agree() -> None:
    wrong = [
        (case["text"], answered)
        for case in CASES
        for answered in [json.loads(answer(json.dumps(case["text"])))]
        if ("error" in answered) != ("refused" in case)
        or ("value" in case and not same(answered.get("value"), case["value"]))
    ]
    assert len(CASES) > 1000
    assert wrong == []


def test_the_comparison_is_strict() -> None:
    assert not same({"a": True}, {"a": 1})
    assert not same([0], [False])
    assert same({"a": [1, None]}, {"a": [1.0, None]})
    assert not same({"a": 1}, {"a": 1, "b": None})


def test_a_refusal_has_a_message_and_an_offset() -> None:
    assert json.loads(answer('"spec: 1\\nspec: 2"')) == {
        "error": {"message": 'key "spec" is written twice', "offset": 8}
    }


def test_a_byte_order_mark_counts_in_the_offset() -> None:
    assert json.loads(answer('"\\ufeffa: @"'))["error"]["offset"] == 4


def test_answers_are_one_line_of_ascii() -> None:
    answered = answer(json.dumps("a: é😀\nb: |\n  x\n"))
    assert answered.isascii()
    assert "\n" not in answered
    assert json.loads(answered) == {"value": {"a": "é😀", "b": "x\n"}}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("# nothing", None),
        ("---\n", None),
        ("a: 1\n---\nb: 2", {"a": 1}),
        ("%YAML 1.1\n---\na: 1", {"a": 1}),
        ("a: 1\n...\nb: 2", {"a": 1}),
        ("{a: 1}\nlost", {"a": 1}),
        ("\ufeffa: 1", {"a": 1}),
        ("--- a", "a"),
        ("a: 6.5e4", {"a": 65000}),
        ("-9223372036854775809", -9223372036854776000),
    ],
)
def test_the_first_document_counts(text: str, value: Any) -> None:
    assert json.loads(answer(json.dumps(text))) == {"value": value}


def test_whole_floats_are_integers_in_the_answer() -> None:
    assert answer('"[1e3, 1e20, 1e21]"') == '{"value": [1000, 100000000000000000000, 1e+21]}'


def test_lone_surrogates_become_replacement_characters() -> None:
    assert json.loads(answer('"a: \\ud800"')) == {"value": {"a": "\ufffd"}}


@pytest.mark.parametrize("line", ["", "a: 1", "{}", "1", "null", '["a: 1"]', '"a', "[" * 100_000])
def test_a_line_that_is_no_json_string(line: str) -> None:
    assert isinstance(json.loads(answer(line))["error"], str)
