"""Kubernetes label selectors in Calico's spelling (selector §10)."""

import pytest

from linter.selectors import parse
from linter.selectors.kubernetes import from_label_selector


@pytest.mark.parametrize(
    ("selector", "text"),
    [
        ({"matchLabels": {"b": "y", "a": "x"}}, "a == 'x' && b == 'y'"),
        ({"rack": "rack-1"}, "rack == 'rack-1'"),
        ({"matchExpressions": [{"key": "a", "operator": "In", "values": ["x", "y"]}]}, "a in {'x', 'y'}"),
        ({"matchExpressions": [{"key": "a", "operator": "NotIn", "values": ["x"]}]}, "a not in {'x'}"),
        ({"matchExpressions": [{"key": "a", "operator": "Exists"}]}, "has(a)"),
        ({"matchExpressions": [{"key": "a", "operator": "DoesNotExist", "values": []}]}, "!has(a)"),
        (
            {"matchLabels": {"a": "x"}, "matchExpressions": [{"key": "b", "operator": "Exists"}]},
            "a == 'x' && has(b)",
        ),
        ({"a": True, "b": 5}, "a == 'true' && b == '5'"),
        ({"a": "it's"}, 'a == "it\'s"'),
        ({"matchLabels": {}}, "all()"),
        ({"matchLabels": None, "matchExpressions": [{"key": "a", "operator": "Exists"}]}, "has(a)"),
        ({"matchLabels": {"a": "x"}, "matchExpressions": None}, "a == 'x'"),
        ({}, "all()"),
    ],
)
def test_translation(selector: object, text: str) -> None:
    assert from_label_selector(selector) == text
    parse(text)


@pytest.mark.parametrize(
    "selector",
    [
        *("rack=x", None, [], 5, {"a": {"b": "c"}}, {"a": None}, {"a": 1.5}, {"a b": "x"}, {5.5: "x", "": "y"}),
        *({"matchLabels": "a"}, {"matchLabels": {"a": "x"}, "matchExpressions": {}}, {"matchExpressions": ["a"]}),
        *({"matchExpressions": [{"key": "a", "operator": "Gt", "values": ["5"]}]}, {"a": 'it\'s "x"'}),
        *({"matchExpressions": [{"key": "a", "operator": "In", "values": "x"}]},),
        *({"matchExpressions": [{"key": "a", "operator": "In", "values": []}]}, {"matchLabels": {"a": "x"}, "b": "y"}),
        *({"matchExpressions": [{"key": "a", "operator": "In", "values": [None]}]},),
        *({"matchExpressions": [{"operator": "Exists", "key": "a b"}]},),
    ],
)
def test_what_is_no_label_selector(selector: object) -> None:
    assert from_label_selector(selector) is None
