"""What the pages cannot promise: the advice, the other places, the field, and when no fix is offered."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from linter.bundle import bundled
from linter.examples import ExampleFile, judge
from linter.packs import load

if TYPE_CHECKING:
    from linter.diagnostics import Diagnostic

RULES = load(bundled("rules"))


def found(kind: str, spec: str, code: str, name: str = "tor") -> Diagnostic:
    text = f"apiVersion: projectcalico.org/v3\nkind: {kind}\nmetadata: {{name: {name}}}\nspec: {spec}\n"
    said = [one for one in judge([ExampleFile("x.yaml", text)], RULES) if one.code == code]
    assert len(said) == 1
    return said[0]


def places(diagnostic: Diagnostic) -> list[str]:
    return [label.source[label.span] for label in diagnostic.related]


@pytest.mark.parametrize(
    ("address", "meant"),
    [
        ('" 10.20.0.1 "', "write 10.20.0.1"),
        ("10.20.0.1/32", "write 10.20.0.1"),
        ("2001:db8::1/64", "write 2001:db8::1"),
        ("'[2001:db8::1]'", "write 2001:db8::1"),
        ("'[10.20.0.1]'", "write 10.20.0.1"),
        ("10.020.00.1", "write 10.20.0.1"),
        ("10.20.0.01:179", "write 10.20.0.1:179"),
        ("'2001:db8:0:0:0:0:0:1:1790'", "write [2001:db8:0:0:0:0:0:1]:1790"),
        ("'10.20.0.1:0'", "write an address such as"),
        ("fe80::1%eth0", "write an address such as"),
        ("tor.example.com:179", "write an address such as"),
    ],
)
def test_a_slip_in_an_address_is_put_right(address: str, meant: str) -> None:
    assert found("BGPPeer", f"{{peerIP: {address}, asNumber: 65001}}", "CAL107").help.startswith(meant)


@pytest.mark.parametrize(
    ("name", "advice"),
    [
        ("node-worker-1", "default for the whole cluster, or node.worker-1 for one node"),
        ("global", "default for the whole cluster, or node.<its name> for one node"),
    ],
)
def test_an_unread_name_is_told_the_two_that_are(name: str, advice: str) -> None:
    assert found("BGPConfiguration", "{listenPort: 1790}", "CAL201", name).help == f"name it {advice}"


def test_fields_refused_under_an_unread_name_are_shown() -> None:
    spec = "{asNumber: 64512, bindMode: NodeIP, nodeToNodeMeshEnabled: true}"
    assert places(found("BGPConfiguration", spec, "CAL201")) == ["nodeToNodeMeshEnabled", "asNumber"]


def test_a_default_only_field_is_told_where_it_belongs() -> None:
    number = found("BGPConfiguration", "{asNumber: 64600}", "CAL202", "node.worker-1")
    assert "spec.bgp.asNumber" in number.help
    assert places(number) == ["node.worker-1"]
    assert number.field == "/spec/asNumber"
    mode = found("BGPConfiguration", "{bindMode: NodeIP}", "CAL202", "node.worker-1")
    assert mode.help == "move bindMode to the BGPConfiguration named default"


@pytest.mark.parametrize(
    ("rule", "least"),
    [
        ("cidr: 10.0.0.0/8, prefixLength: {min: 28, max: 24}", 28),
        ("cidr: 10.0.0.0/16, prefixLength: {min: 8, max: 12}", 16),
        ("cidr: 10.0.0.0/16, prefixLength: {max: 12}", 16),
    ],
)
def test_an_empty_range_is_told_its_least_max(rule: str, least: int) -> None:
    spec = f"{{importV4: [{{action: Reject, matchOperator: In, {rule}}}]}}"
    assert found("BGPFilter", spec, "CAL305").help == f"write a max of at least {least}"


@pytest.mark.parametrize(
    ("direction", "cidr", "advice"),
    [
        ("importV4", "'fd00::/8'", "move the rule to importV6, or write an IPv4 network"),
        ("exportV6", "10.0.0.0/8", "move the rule to exportV4, or write an IPv6 network"),
        ("exportV4", "'::ffff:a00:0/104'", "write 10.0.0.0/8 in a V4 list"),
    ],
)
def test_a_network_of_the_other_family_is_told_its_list(direction: str, cidr: str, advice: str) -> None:
    spec = f"{{{direction}: [{{action: Reject, matchOperator: In, cidr: {cidr}}}]}}"
    assert found("BGPFilter", spec, "CAL303").help == advice


@pytest.mark.parametrize(
    ("spec", "code", "at", "other"),
    [
        ("{node: a, nodeSelector: all(), peerSelector: all()}", "CAL101", "node", "nodeSelector"),
        ("{peerIP: 10.0.0.1, peerSelector: all()}", "CAL102", "peerIP", "peerSelector"),
        ("{asNumber: 65001, peerSelector: all()}", "CAL103", "asNumber", "peerSelector"),
    ],
)
def test_of_two_fields_the_ignored_one_is_at_fault(spec: str, code: str, at: str, other: str) -> None:
    diagnostic = found("BGPPeer", spec, code)
    assert diagnostic.at.source[diagnostic.at.span] == at
    assert places(diagnostic) == [other]
    assert diagnostic.field == f"/spec/{at}"


@pytest.mark.parametrize("spec", ["{peerIP: 10.0.0.1}", "{peerIP: 10.0.0.1, asNumber: 0}"])
def test_a_missing_as_number_has_the_field_it_should_be(spec: str) -> None:
    diagnostic = found("BGPPeer", spec, "CAL105")
    assert diagnostic.field == "/spec/asNumber"
    assert places(diagnostic) == ["10.0.0.1"]


ACCEPTS = (
    "{action: Accept, matchOperator: In, cidr: &all 10.0.0.0/8}, {action: Accept, matchOperator: Equal, cidr: *all}"
)


@pytest.mark.parametrize(
    ("kind", "spec", "code"),
    [
        ("BGPPeer", "{node: &node a, asNumber: 65001, peerSelector: all(), reachableBy: *node}", "CAL103"),
        ("BGPFilter", f"{{exportV4: [{ACCEPTS}]}}", "CAL301"),
    ],
)
def test_no_fix_where_aliases_repeat_things(kind: str, spec: str, code: str) -> None:
    assert found(kind, spec, code).fix is None


def test_a_password_is_never_told() -> None:
    password = "-".join(("not", "to", "be", "seen")) * 8
    peer = (
        "apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: tor}\n"
        "spec: {peerIP: 10.0.0.1, asNumber: 65001, password: {secretKeyRef: {name: bgp, key: tor}}}\n"
    )
    secret = f"apiVersion: v1\nkind: Secret\nmetadata: {{name: bgp}}\nstringData: {{tor: {password}}}\n"
    (diagnostic,) = judge([ExampleFile("peer.yaml", peer), ExampleFile("secret.yaml", secret)], RULES)
    assert diagnostic.code == "CAL501"
    assert (diagnostic.at.source.path, diagnostic.field) == ("secret.yaml", "/stringData/tor")
    assert places(diagnostic) == ["bgp"]
    assert diagnostic.related[0].source.path == "peer.yaml"
    told = (diagnostic.message, diagnostic.help, *(label.message for label in diagnostic.related))
    assert not any("not-to" in text for text in told)
