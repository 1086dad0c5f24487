"""What the pages of the filter rules cannot promise: the advice, the other places, and silence in older versions."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from linter.bundle import bundled
from linter.examples import ExampleFile, judge
from linter.packs import load

if TYPE_CHECKING:
    from linter.diagnostics import Diagnostic

RULES = load(bundled("rules"))


def said(direction: str, rules: str, code: str, version: str = "3.33") -> list[Diagnostic]:
    text = (
        f"apiVersion: projectcalico.org/v3\nkind: BGPFilter\nmetadata: {{name: lan}}\nspec:\n  {direction}: [{rules}]\n"
    )
    files = [ExampleFile("x.yaml", text), ExampleFile(".peerlint.yaml", f'calicoVersion: "{version}"\n')]
    return [one for one in judge(files, RULES) if one.code == code]


def places(diagnostic: Diagnostic) -> list[str]:
    return [label.source[label.span] for label in (diagnostic.at, *diagnostic.related)]


@pytest.mark.parametrize(
    ("code", "direction", "rule", "marked", "advice"),
    [
        (
            "CAL304",
            "importV4",
            "{action: Reject, prefixLength: {min: 25}}",
            ["prefixLength"],
            "add matchOperator: In with cidr: 0.0.0.0/0 to go by the length alone",
        ),
        (
            "CAL304",
            "exportV6",
            "{action: Reject, prefixLength: {min: 25}}",
            ["prefixLength"],
            "add matchOperator: In with cidr: ::/0 to go by the length alone",
        ),
        (
            "CAL304",
            "importV4",
            "{action: Reject, cidr: 10.0.0.0/8}",
            ["cidr"],
            "add matchOperator: In for all routes inside that network, Equal for that prefix alone",
        ),
        (
            "CAL304",
            "importV4",
            "{action: Reject, matchOperator: In, prefixLength: {min: 25}}",
            ["matchOperator"],
            "add the cidr that it compares with, or remove it",
        ),
        (
            "CAL306",
            "importV4",
            "{action: Reject, matchOperator: NotEqual, cidr: 10.0.0.0/8, prefixLength: {min: 25}}",
            ["prefixLength", "NotEqual"],
            "write matchOperator: NotIn to go by network and length, or remove prefixLength to go by 10.0.0.0/8 alone",
        ),
        (
            "CAL307",
            "importV6",
            "{action: Reject, source: RemotePeers}",
            ["source"],
            "remove source; what the node sends is judged in exportV6",
        ),
        (
            "CAL307",
            "exportV4",
            "{action: Reject, matchOperator: NotIn, cidr: 0.0.0.0/0}",
            ["0.0.0.0/0", "NotIn"],
            "leave out cidr and matchOperator if every route is meant, else name the network to exempt",
        ),
        (
            "CAL308",
            "exportV4",
            "{action: Reject, operations: [{setPriority: {value: 1}}]}",
            ["operations", "Reject"],
            "remove operations, or write action: Accept",
        ),
        (
            "CAL309",
            "exportV4",
            "{action: Accept, matchOperator: In, cidr: 0.0.0.0/0}",
            ["Accept", "0.0.0.0/0"],
            "name the networks to announce by cidr, or leave the rule out: Calico then announces its own routes",
        ),
        (
            "CAL309",
            "exportV6",
            "{action: Accept}",
            ["Accept"],
            "name the networks to announce by cidr, or leave the rule out: Calico then announces its own routes",
        ),
        (
            "CAL302",
            "exportV4",
            "{action: Reject}, {action: Accept, peerType: eBGP}",
            ["action: Accept", "action: Reject"],
            "put the narrower rule first, or remove it",
        ),
    ],
)
def test_places_and_advice(code: str, direction: str, rule: str, marked: list[str], advice: str) -> None:
    (one,) = said(direction, rule, code)
    assert [place.lstrip("{") for place in places(one)] == marked
    assert one.help == advice


@pytest.mark.parametrize(
    ("code", "rule", "since"),
    [
        ("CAL304", "{action: Reject, prefixLength: {min: 25}}", 29),
        ("CAL305", "{action: Reject, matchOperator: In, cidr: 10.0.0.0/8, prefixLength: {max: 7}}", 29),
        ("CAL306", "{action: Reject, matchOperator: Equal, cidr: 10.0.0.0/8, prefixLength: {min: 25}}", 29),
        ("CAL308", "{action: Reject, operations: [{setPriority: {value: 1}}]}", 32),
    ],
)
def test_a_field_that_the_version_lacks_is_said_by_its_own_rule(code: str, rule: str, since: int) -> None:
    assert said("importV4", rule, code, f"3.{since}")
    assert not said("importV4", rule, code, f"3.{since - 1}")
    assert said("importV4", rule, "CAL027", f"3.{since - 1}")


def test_a_rule_without_action_decides_nothing_for_sure() -> None:
    assert not said("exportV4", "{matchOperator: In, cidr: 10.0.0.0/8}, {action: Accept, cidr: 10.0.0.0/9}", "CAL302")
    assert not said("exportV4", "{peerType: eBGP}, {action: Accept, peerType: eBGP}", "CAL302")
    assert not said("exportV4", "{}", "CAL309")


def test_a_rule_that_matches_nothing_it_says_may_lack_an_action() -> None:
    (one,) = said("exportV4", "{matchOperator: Equal, cidr: 10.0.0.0/8, prefixLength: {max: 9}}", "CAL306")
    assert one.message.endswith("and the rule decides nothing")


@pytest.mark.parametrize(
    "rule", ["{action: Reject, cidr: 0.0.0.0/0}", "{action: Reject, matchOperator: NotIn}", "{action: Reject}"]
)
def test_half_a_match_is_no_idle_condition(rule: str) -> None:
    assert not said("exportV4", rule, "CAL307")


def test_a_match_that_cannot_be_read_is_no_idle_condition() -> None:
    assert not said("exportV4", "{action: Reject, matchOperator: NotIn, cidr: 0.0.0.0/0, peerType: ebgp}", "CAL307")
    assert not said("exportV4", "{action: Reject, matchOperator: In, cidr: 0.0.0.0/0}", "CAL307")
    wrong = "{action: Reject, matchOperator: In, cidr: 10.0.0.0/8, prefixLength: {max: 7}}"
    assert not said("exportV4", wrong, "CAL307")


def test_long_lists_are_compared_by_network() -> None:
    rules = ", ".join(
        f"{{action: Accept, matchOperator: In, cidr: 10.{high}.{low}.0/24}}" for high in range(4) for low in range(250)
    )
    again = "{action: Accept, matchOperator: In, cidr: 10.3.249.128/25}, {action: Reject}"
    (one,) = said("importV4", f"{rules}, {again}", "CAL302")
    assert one.message.startswith("rule 1001 of importV4 is never reached: rule 1000 ")
