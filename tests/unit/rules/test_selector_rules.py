"""Places and fixes of the selector rules in every YAML style, in JSON, behind tags, anchors and aliases."""

from __future__ import annotations

import pytest

from linter.bundle import bundled
from linter.examples import ExampleFile, judge
from linter.fixes import applied
from linter.packs import load

RULES = load(bundled("rules"))
PEER = "apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata:\n  name: tor\nspec:\n  {}\n"
TOR = PEER.format("peerIP: 10.20.0.1\n  asNumber: 65001\n  {}")
ROLE = "node-role.kubernetes.io/"


def marked(rule: str, value: str) -> list[str]:
    """The texts of the places that the rule's finding about a nodeSelector relates to."""
    text = PEER.format(f"nodeSelector: {value}")
    found = [one for one in judge([ExampleFile("a.yaml", text)], RULES) if one.rule == rule]
    assert len(found) == 1, "the rule speaks once"
    return [text[label.span.start : label.span.end] for label in found[0].related]


@pytest.mark.parametrize(
    ("value", "expected"),
    [
        ("rack = 'a'", ["="]),
        ("\"rack = 'a'\"", ["="]),
        ("'rack = a'", ["="]),
        ("'''rack'' == a'", []),
        ("\"rack\\t= 'a'\"", []),
        ("!!str rack = 'a'", ["="]),
        ("&x rack = 'a'", ["="]),
        ("|-\n    rack = 'a'", ["="]),
        (">-\n    rack = 'a'\n\n", ["="]),
        (">-\n    rack\n    = 'a'", []),
        ("rack\n    = 'a'", []),
        ("|- # rack = 'a'\n    rack = 'b'", ["="]),
        ("has(a) &&", ["&&"]),
        ("rack", ["rack"]),
        ("(has(a)", ["has(a)"]),
        ("has (a)", ["has ("]),
        ("a === 'b'", ["==="]),
    ],
)
def test_the_place_inside_an_invalid_selector(value: str, expected: list[str]) -> None:
    assert marked("invalid-selector", value) == expected


@pytest.mark.parametrize(
    ("rule", "value", "expected"),
    [
        ("impossible-selector", "a == 'x' && has(b) && a == 'y'", ["a == 'x'", "a == 'y'"]),
        ("impossible-selector", "has(b) && !(has(a) || has(b))", ["has(b)", "!(has(a) || has(b))"]),
        ("impossible-selector", "a in {}", ["a in {}"]),
        ("impossible-selector", '"a in\\t{}"', []),
        (
            "annotation-in-selector",
            "'has(b) || !has(projectcalico.org/labels) || node == ''a'''",
            [],
        ),
        (
            "annotation-in-selector",
            "\"has(b) || !has(projectcalico.org/labels) || node == 'a'\"",
            ["!has(projectcalico.org/labels)", "node == 'a'"],
        ),
        ("retired-label-in-selector", f"has(a) || has({ROLE}master)", [f"has({ROLE}master)"]),
        ("retired-label-in-selector", f"'!has({ROLE}master)'", [f"!has({ROLE}master)"]),
    ],
)
def test_the_parts_that_are_to_blame(rule: str, value: str, expected: list[str]) -> None:
    assert marked(rule, value) == expected


def fixed(rule: str, text: str) -> str | None:
    """The text after the rule's fixes; None where it speaks without offering one."""
    found = [one for one in judge([ExampleFile("a.yaml", text)], RULES) if one.rule == rule]
    assert found, "the rule is silent"
    edits = [edit for one in found if one.fix for edit in one.fix.edits]
    return applied(text, edits) if edits else None


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("invalid-selector", "nodeSelector: rack = a  # x", "nodeSelector: \"rack == 'a'\"  # x"),
        ("invalid-selector", "nodeSelector: 'rack = a'", "nodeSelector: \"rack == 'a'\""),
        ("invalid-selector", "nodeSelector: 'rack'", "nodeSelector: 'has(rack)'"),
        ("invalid-selector", 'nodeSelector: "rack = \\"a\\""', "nodeSelector: \"rack == 'a'\""),
        ("invalid-selector", 'nodeSelector: "a = \\"it\'s\\""', 'nodeSelector: "a == \\"it\'s\\""'),
        ("invalid-selector", "nodeSelector: |-\n    rack = a", "nodeSelector: \"rack == 'a'\""),
        ("invalid-selector", "nodeSelector: rack\n    = a", "nodeSelector: \"rack == 'a'\""),
        ("invalid-selector", "nodeSelector: !!str rack", "nodeSelector: 'has(rack)'"),
        (
            "invalid-selector",
            "nodeSelector: &x rack\n  peerSelector: *x",
            "nodeSelector: &x 'has(rack)'\n  peerSelector: 'has(rack)'",
        ),
        ("invalid-selector", "nodeSelector: rack > 5", None),
        ("invalid-selector", "nodeSelector: '!'", None),
        ("selector-as-yaml-tag", 'nodeSelector: !a == "b"', "nodeSelector: '!a == \"b\"'"),
        ("selector-as-yaml-tag", 'nodeSelector: !a "b"', "nodeSelector: '!a \"b\"'"),
        ("selector-as-yaml-tag", 'nodeSelector: ! "b"', "nodeSelector: '! b'"),
        ("always-true-selector", "nodeSelector: ' '", "nodeSelector: 'all()'"),
        ("always-true-selector", 'nodeSelector: "\\t"', 'nodeSelector: "all()"'),
        ("always-true-selector", "nodeSelector: global() # x", "nodeSelector: all() # x"),
        ("always-true-selector", "nodeSelector: &x global()", "nodeSelector: &x all()"),
        ("always-true-selector", "nodeSelector: >-\n    all( )", "nodeSelector: all()"),
        (
            "retired-label-in-selector",
            f"nodeSelector: has(a) && {ROLE}master == 'true' || has({ROLE}master)",
            f"nodeSelector: 'has(a) && has({ROLE}control-plane) || has({ROLE}control-plane)'",
        ),
        (
            "retired-label-in-selector",
            f"nodeSelector: &x {ROLE}worker not in {{'true'}} # x",
            f"nodeSelector: &x '!has({ROLE}worker)' # x",
        ),
        (
            "retired-label-in-selector",
            f"nodeSelector: \"!({ROLE}worker != 'true')\"",
            f'nodeSelector: "has({ROLE}worker)"',
        ),
    ],
)
def test_fix(rule: str, before: str, after: str | None) -> None:
    assert fixed(rule, PEER.format(before)) == (None if after is None else PEER.format(after))


def test_fix_in_json() -> None:
    head = '{"apiVersion": "projectcalico.org/v3", "kind": "BGPPeer", "metadata": {"name": "tor"}, "spec": '
    before = head + '{"nodeSelector": "rack = a", "peerSelector": " "}}'
    after = head + '{"nodeSelector": "rack == \'a\'", "peerSelector": " "}}'
    assert fixed("invalid-selector", before) == after
    assert fixed("always-true-selector", before) == before.replace('" "}', '"all()"}')


LONG = " || ".join(["has(abcdefghij)"] * 80)


@pytest.mark.parametrize(
    ("value", "rule"),
    [
        (LONG, "field-value"),
        (f"{LONG} = b", "field-value"),
        (f"|\n    {LONG}", "newline-in-selector"),
        ("! |\n    has(a)", "selector-as-yaml-tag"),
        ("!x |-\n    has(a) &&\n    has(b)", "selector-as-yaml-tag"),
        ("! a = 'b'", "selector-as-yaml-tag"),
        ("! a in {}", "selector-as-yaml-tag"),
        ("! has(projectcalico.org/ASNumber)", "selector-as-yaml-tag"),
        ("!!x", "selector-as-yaml-tag"),
        ("&a == 'b'", "selector-as-yaml-tag"),
        ("&a\n    == 'b'", "selector-as-yaml-tag"),
        ("&a != 'b'", "selector-as-yaml-tag"),
        ("&a == 'b' &&\n\n    has(c)", "selector-as-yaml-tag"),
        ("&a |-\n    == 'b'", "invalid-selector"),
        ("&a \"== 'b'\"", "invalid-selector"),
        ("!!str &a == 'b'", "invalid-selector"),
        ("&a |\n    has(b)", "newline-in-selector"),
        ("|\n    a = 'b'", "newline-in-selector"),
        ("|\n    a in {}", "newline-in-selector"),
        ("&a a in {}", "impossible-selector"),
        ("&a global()", "always-true-selector"),
        ("&a has(projectcalico.org/ASNumber)", "annotation-in-selector"),
        ("'{{ rack = }}'", ""),
        ("''", "empty-value"),
        ("5", "field-type"),
    ],
)
def test_one_rule_speaks_of_a_value_that_breaks_more(value: str, rule: str) -> None:
    said = judge([ExampleFile("a.yaml", TOR.format(f"nodeSelector: {value}"))], RULES)
    assert [one.rule for one in said] == ([rule] if rule else [])


def test_what_pools_refuse_is_not_called_superfluous() -> None:
    pool = "apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {name: v4}\n"
    pool += "spec: {cidr: 10.244.0.0/16, nodeSelector: global()}\n"
    assert [one.rule for one in judge([ExampleFile("a.yaml", pool)], RULES)] == ["conflicting-pool-settings"]


@pytest.mark.parametrize(
    ("value", "wanted"),
    [
        ("rack = a", "write \"rack == 'a'\""),
        ("rack > 5", "write for example has(rack) && zone in {'a', 'b'}"),
        ("has(projectcalico.org/ASNumber)", "label the nodes and select by that label"),
        ("node == 'a'", "write kubernetes.io/hostname"),
    ],
)
def test_help(value: str, wanted: str) -> None:
    (one,) = judge([ExampleFile("a.yaml", TOR.format(f"nodeSelector: {value}"))], RULES)
    assert one.help.startswith(wanted)
