"""What the conditions of a filter rule are read as, and when they are not read, without any rule's judgement."""

from __future__ import annotations

from typing import Any

import pytest

from linter.engine import Plan, analyse
from linter.resources.bgp_filter import BGPFilter, FilterRule
from linter.resources.filter_conditions import Block, Conditions, Prefixes
from linter.rulekit import Target
from linter.text import Source

ANY = {4: Prefixes(Block(0, 0, 0, 32, 32)), 6: Prefixes(Block(0, 0, 0, 128, 128))}


def bgp_filter(rules: str, direction: str) -> BGPFilter:
    text = "apiVersion: projectcalico.org/v3\nkind: BGPFilter\nmetadata: {name: lan}\n"
    source = Source("x.yaml", f"{text}spec: {{{direction}: [{rules}]}}\n")
    (resource,) = analyse(source, Plan((), Target(), strict=True)).resources
    assert isinstance(resource, BGPFilter)
    return resource


def filter_rule(rule: str, direction: str = "exportV4") -> FilterRule:
    return bgp_filter(rule, direction).rules(direction)[0]


@pytest.mark.parametrize(
    "rule",
    [
        "{neighbour: tor}",
        "{matchOperator: In}",
        "{cidr: 10.0.0.0/8}",
        "{prefixLength: {max: 24}}",
        "{prefixLength: {}}",
        "{matchOperator: In, prefixLength: {max: 24}}",
        "{cidr: 10.0.0.0/8, matchOperator: In, prefixLength: 24}",
        "{cidr: 10.0.0.0/8, matchOperator: In, prefixLength: {max: a}}",
        "{cidr: 10.0.0.0/8, matchOperator: In, prefixLength: {max: 33}}",
        "{cidr: 10.0.0.0/8, matchOperator: In, prefixLength: {min: a}}",
        "{cidr: 10.0.0.0/8, matchOperator: Equal, prefixLength: {min: 1}}",
        "{cidr: 10.0.0.0/8, matchOperator: in}",
        "{cidr: 10.0.0.1/8, matchOperator: In}",
        "{cidr: 10.0.0.1, matchOperator: In}",
        "{cidr: lan, matchOperator: In}",
        "{cidr: 'fd00::/64', matchOperator: In}",
        "{cidr: '::ffff:10.0.0.0/104', matchOperator: In}",
        "{cidr: '${A}', matchOperator: In}",
        "{interface: '${A}'}",
        "{interface: 5}",
        "{source: '${A}'}",
        "{peerType: '${A}'}",
        "{peerType: ebgp}",
        "{priority: a}",
        "{communities: {}}",
        "{communities: {values: []}}",
        "{communities: {values: ['1:1', '1:2']}}",
        "{communities: {values: ['${A}']}}",
        "{asPathPrefix: 1}",
        "{asPathPrefix: [1, '${A}']}",
    ],
)
def test_conditions_that_cannot_be_read(rule: str) -> None:
    assert filter_rule(rule).conditions is None
    assert not filter_rule(rule).matches_all


@pytest.mark.parametrize("network", ["10.0.0.0/8", "::ffff:a00:0/104"])
def test_a_v6_list_takes_no_ipv4(network: str) -> None:
    assert filter_rule(f"{{cidr: '{network}', matchOperator: In}}", "importV6").conditions is None


TEN = 10 << 24


@pytest.mark.parametrize(
    ("rule", "asked"),
    [
        ("{}", {}),
        ("{action: Accept, operations: [], source: null, peerType: null, priority: null, interface: ''}", {}),
        ("{source: RemotePeers}", {"remote": True}),
        ("{interface: eth*}", {"interface": "eth*"}),
        ("{peerType: eBGP}", {"peer_type": "eBGP"}),
        ("{communities: {values: ['1:1']}}", {"community": "1:1"}),
        ("{asPathPrefix: []}", {}),
        ("{asPathPrefix: [65001, '1.10']}", {"as_path": (65001, 65546)}),
        ("{priority: 5}", {"priority": 5}),
        ("{cidr: 10.0.0.0/8, matchOperator: In}", {"prefixes": Prefixes(Block(TEN, 8, 8, 32, 32))}),
        ("{cidr: 10.0.0.0/8, matchOperator: NotIn}", {"prefixes": Prefixes(Block(TEN, 8, 8, 32, 32), True)}),
        ("{cidr: 10.0.0.0/8, matchOperator: Equal}", {"prefixes": Prefixes(Block(TEN, 8, 8, 8, 32))}),
        ("{cidr: 10.0.0.0/8, matchOperator: NotEqual}", {"prefixes": Prefixes(Block(TEN, 8, 8, 8, 32), True)}),
        (
            "{cidr: 10.0.0.0/8, matchOperator: In, prefixLength: {min: 9, max: 24}}",
            {"prefixes": Prefixes(Block(TEN, 8, 9, 24, 32))},
        ),
        (
            "{cidr: 10.0.0.0/8, matchOperator: In, prefixLength: {min: 7, max: 32}}",
            {"prefixes": Prefixes(Block(TEN, 8, 8, 32, 32))},
        ),
        (
            "{cidr: 10.0.0.0/8, matchOperator: In, prefixLength: {min: 0, max: 0}}",
            {"prefixes": Prefixes(Block(TEN, 8, 8, 0, 32))},
        ),
        ("{cidr: 10.0.0.0/8, matchOperator: In, prefixLength: {}}", {"prefixes": Prefixes(Block(TEN, 8, 8, 32, 32))}),
    ],
)
def test_conditions(rule: str, asked: dict[str, Any]) -> None:
    read = filter_rule(rule)
    assert read.conditions == Conditions(ANY[4])._replace(**asked)
    assert read.matches_all == (not asked)


def test_on_import_every_route_is_remote() -> None:
    assert filter_rule("{source: RemotePeers}", "importV6").conditions == Conditions(ANY[6])


def test_a_rule_knows_its_place() -> None:
    rule = filter_rule("{action: Accept, peerType: eBGP}", "importV6")
    assert (rule.number, rule.bits, rule.imports) == (1, 128, True)


@pytest.mark.parametrize(
    ("rules", "marked"),
    [
        ("{action: Accept, peerType: eBGP}", ["{action: Accept"]),
        ("{}, &a {action: Reject}, *a", ["{}", "&a {action: Reject", "*a"]),
        ("5, {action: Reject, peerType: eBGP}", ["{action: Reject"]),
    ],
)
def test_a_rule_begins_where_it_stands(rules: str, marked: list[str]) -> None:
    (direction,) = bgp_filter(rules, "importV6").directions()
    labels = [direction.label(rule, "here") for rule in direction.rules]
    assert [label.source[label.span] for label in labels] == marked
    assert {label.message for label in labels} == {"here"}
