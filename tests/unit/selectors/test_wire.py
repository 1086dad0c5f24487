"""The JSON lines of `peerlint select --stdin`."""

import json
from typing import Any

import pytest

from linter.selectors.wire import answer


def answered(request: object) -> Any:
    line = answer(json.dumps(request))
    assert line.isascii()
    assert "\n" not in line
    return json.loads(line)


def test_valid() -> None:
    request = {"selector": "a == 'é'", "labels": [{"a": "é"}, {}, {"a": "e"}]}
    assert answered(request) == {
        "selector": "a == 'é'",
        "valid": True,
        "canonical": 'a == "é"',
        "matches": [True, False, False],
    }


def test_absent_labels_are_none() -> None:
    assert answered({"selector": ""}) == {"selector": "", "valid": True, "canonical": "all()", "matches": []}


def test_invalid() -> None:
    reply = answered({"selector": "rack == rack-1", "labels": [{}]})
    assert reply == {
        "selector": "rack == rack-1",
        "valid": False,
        "error": {
            "class": "syn-string-expected",
            "message": "`rack-1` is not quoted: a value is, `'rack-1'`",
            "offset": 8,
        },
    }


@pytest.mark.parametrize("text", ["a == '\ud800'", "\ud800", "\0", "a == '\0\n\U0001f600'", "!(" * 5000])
def test_any_text_is_answered_and_echoed(text: str) -> None:
    assert answered({"selector": text, "labels": [{"a": text}]})["selector"] == text


@pytest.mark.parametrize(
    "line",
    [
        *("", " ", "x", "{", "[]", "5", "null", '"has(a)"', "{}", '{"selector": null}', '{"selector": 5}'),
        *('{"selector": "a", "labels": null}', '{"selector": "a", "labels": {}}', '{"selector": "a", "labels": [[]]}'),
        *('{"selector": "a", "labels": [{"a": 1}]}', '{"selector": "a", "labels": [{"a": null}]}'),
        *("[" * 100_000, "1" * 5000, '{"selector": "all()"} x'),
    ],
)
def test_a_line_that_is_no_request(line: str) -> None:
    reply = json.loads(answer(line))
    assert list(reply) == ["error"]
    assert reply["error"]
