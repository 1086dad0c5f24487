"""Fixes of the manifest family in places that a page does not show: JSON, aliases, comments, other line ends."""

from __future__ import annotations

import os

import pytest

from linter.bundle import bundled
from linter.engine import Plan, analyse
from linter.fixes import applied
from linter.packs import load
from linter.rulekit import Target
from linter.text import Source

RULES = load(os.path.join(bundled("rules"), "manifest"))
PEER = "apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata:\n  name: tor\nspec:\n  peerIP: 10.20.0.1\n"


def fixed(rule: str, text: str) -> str | None:
    """The text after the rule's fixes; None where it speaks without offering one."""
    source = Source("a.yaml", text)
    found = [raised.finding for raised in analyse(source, Plan(RULES, Target())).raised if raised.rule.name == rule]
    assert found, "the rule is silent"
    edits = [edit for finding in found if finding.fix for edit in finding.fix.edits]
    return applied(text, edits) if edits else None


def in_peer(value: str) -> str:
    return f"{PEER}  {value}\n"


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        ("float-as-number", "asNumber: 1.10  # the router", "asNumber: 65546  # the router"),
        ("float-as-number", "asNumber: !!float 1.10", "asNumber: 65546"),
        ("float-as-number", "asNumber: &as 1.10", "asNumber: &as 65546"),
        ("float-as-number", "asNumber: &as 1.10\n  localASNumber: *as", "asNumber: &as 65546\n  localASNumber: 65546"),
        ("float-as-number", "asNumber: -1.5", None),
        ("float-as-number", "asNumber: 1.5e0", None),
        ("float-as-number", "asNumber: 1.70000", None),
        ("float-as-number", "asNumber: .5", None),
        ("invalid-as-number", "asNumber: AS65000", "asNumber: 65000"),
        ("invalid-as-number", "asNumber: ' as 1.10 '", "asNumber: 65546"),
        ("invalid-as-number", 'asNumber: "65000 "', "asNumber: 65000"),
        ("invalid-as-number", "asNumber: AS0", None),
        ("invalid-as-number", "asNumber: ASN65000", None),
        ("invalid-as-number", "asNumber: AS4294967296", None),
        ("invalid-as-number", "asNumber: AS1.1.1", None),
        ("invalid-as-number", "asNumber: -1", None),
        ("invalid-as-number", "asNumber: 4294967296", None),
        ("quoted-as-number", "asNumber: '065000'", "asNumber: 65000"),
        ("quoted-as-number", "asNumber: !!str 65000", "asNumber: 65000"),
        ("quoted-as-number", "asNumber: &as '65000'", "asNumber: &as 65000"),
        ("quoted-as-number", "asNumber: |-\n    65000", "asNumber: 65000"),
        ("quoted-as-number", "asNumber: &as >-  # the router\n    65000", "asNumber: &as 65000  # the router"),
        ("field-value", "nextHopMode: |-  # '#' 1\n    keep", "nextHopMode: Keep  # '#' 1"),
        ("field-type", "ttlSecurity: |2- # hops\n    1", "ttlSecurity: 1 # hops"),
        ("newline-in-selector", "nodeSelector: |  # why\n    has(a)", "nodeSelector: 'has(a)'  # why"),
        ("malformed-duration", "maxRestartTime: '120'", "maxRestartTime: '120s'"),
        ("malformed-duration", 'maxRestartTime: "1.5"', 'maxRestartTime: "1.5s"'),
        ("malformed-duration", "maxRestartTime: !!str 120", "maxRestartTime: 120s"),
        ("malformed-duration", "maxRestartTime: ' 120 '", "maxRestartTime: '120s'"),
        ("malformed-duration", "maxRestartTime: '-120'", None),
        ("malformed-duration", "maxRestartTime: 1d", None),
        ("malformed-duration", "maxRestartTime: '99999999999'", None),
        ("malformed-duration", "maxRestartTime: ''", None),
        ("selector-as-yaml-tag", "nodeSelector: !has(a)  # not a", "nodeSelector: '!has(a)'  # not a"),
        ("selector-as-yaml-tag", "nodeSelector: !a == 'b'", "nodeSelector: \"!a == 'b'\""),
        ("selector-as-yaml-tag", "nodeSelector: !has(a)&&b=='c'", "nodeSelector: \"!has(a)&&b=='c'\""),
        ("selector-as-yaml-tag", "nodeSelector: !  # all but\n    has(a)", "nodeSelector: '! has(a)'"),
        ("selector-as-yaml-tag", "nodeSelector: !a 'b'", "nodeSelector: \"!a 'b'\""),
        ("selector-as-yaml-tag", "nodeSelector: ! 'has(a)'", "nodeSelector: '! has(a)'"),
        ("selector-as-yaml-tag", "nodeSelector: ! |\n    has(a) ||\n    has(b)", "nodeSelector: '! has(a) || has(b)'"),
        ("selector-as-yaml-tag", "nodeSelector: &s !has(a)", "nodeSelector: &s '!has(a)'"),
        ("selector-as-yaml-tag", "nodeSelector: !has(a) &s", "nodeSelector: &s '!has(a)'"),
        ("selector-as-yaml-tag", "nodeSelector: &a == 'b'", "nodeSelector: \"a == 'b'\""),
        ("selector-as-yaml-tag", "nodeSelector: &a != 'b'", "nodeSelector: \"a != 'b'\""),
        ("selector-as-yaml-tag", "nodeSelector: &a in {'b'} ||\n    has(c)", "nodeSelector: \"a in {'b'} || has(c)\""),
        (
            "selector-as-yaml-tag",
            "nodeSelector: &s !has(a)\n  peerSelector: *s",
            "nodeSelector: &s '!has(a)'\n  peerSelector: '!has(a)'",
        ),
        (
            "newline-in-selector",
            "nodeSelector: |\n    has(a)\n\n  # next\n  asNumber: 1",
            "nodeSelector: 'has(a)'\n\n  # next\n  asNumber: 1",
        ),
        ("newline-in-selector", "nodeSelector: &s |\n    has(a)", "nodeSelector: &s 'has(a)'"),
        ("newline-in-selector", 'nodeSelector: "has(a) &&\\n  has(b)\\n"', 'nodeSelector: "has(a) && has(b)"'),
        (
            "newline-in-selector",
            "nodeSelector: |\n    a == 'b\n    c' &&\n    d == 'e'",
            "nodeSelector: \"a == 'b\\nc' && d == 'e'\"",
        ),
        (
            "newline-in-selector",
            "nodeSelector: |\n    !has(a) && b == \"c\" && d == 'e'",
            "nodeSelector: '!has(a) && b == \"c\" && d == ''e'''",
        ),
    ],
)
def test_fix_of_a_peer(rule: str, before: str, after: str | None) -> None:
    assert fixed(rule, in_peer(before)) == (None if after is None else in_peer(after))


FILTER = "apiVersion: projectcalico.org/v3\nkind: BGPFilter\nmetadata: {name: lan}\nspec:\n"
CIDRS = FILTER + "  %s: [{action: Reject, cidr: %s}]\n"
RANGES = "apiVersion: projectcalico.org/v3\nkind: BGPConfiguration\nmetadata: {name: default}\nspec:\n"


@pytest.mark.parametrize(
    ("family", "before", "after"),
    [
        ("importV4", "10.1.2.3/8", "10.0.0.0/8"),
        ("importV4", "'10.1.2.3/08'", "'10.0.0.0/8'"),
        ("importV6", '"FD00::1/64"', '"fd00::/64"'),
        ("importV6", "fd00:0:0:1::1/64", "fd00:0:0:1::/64"),
    ],
)
def test_fix_of_a_cidr(family: str, before: str, after: str) -> None:
    assert fixed("cidr-with-host-bits", CIDRS % (family, before)) == CIDRS % (family, after)


def test_mapped_cidr_is_left_to_people() -> None:
    assert fixed("cidr-with-host-bits", f"{RANGES}  serviceClusterIPs: [{{cidr: '::ffff:10.0.0.1/104'}}]\n") is None
    assert fixed("bare-address-as-cidr", f"{RANGES}  serviceClusterIPs: [{{cidr: '::ffff:10.0.0.1'}}]\n") is None


V1 = "apiVersion: v1\nkind: bgpPeer\nmetadata:\n  %s\nspec:\n    asNumber: 64567  # theirs\n"
V3 = (
    "apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata:\n  name: %s\n"
    "spec:\n    %s\n    asNumber: 64567  # theirs\n"
)


def test_what_is_right_in_a_header_is_not_written_again() -> None:
    source = Source("a.yaml", PEER.replace("BGPPeer", "bgppeer"))
    (raised,) = (one for one in analyse(source, Plan(RULES, Target())).raised if one.rule.name == "wrong-api-version")
    assert raised.finding.fix
    assert [edit.new_text for edit in raised.finding.fix.edits] == ["BGPPeer"]


@pytest.mark.parametrize(
    ("metadata", "name", "fields"),
    [
        ("scope: global\n  peerIP: 10.0.0.1", "peer-10-0-0-1", "peerIP: 10.0.0.1"),
        ("peerIP: 'FD00::'\n  scope: global", "peer-fd00", "peerIP: 'FD00::'"),
        ("node: 'n.1'\n  scope: node\n  peerIP: 10.0.0.1", "n.1-10-0-0-1", "node: 'n.1'\n    peerIP: 10.0.0.1"),
    ],
)
def test_peer_of_calico_2_is_moved(metadata: str, name: str, fields: str) -> None:
    assert fixed("wrong-api-version", V1 % metadata) == V3 % (name, fields)
    crlf = (V1 % metadata).replace("\n", "\r\n")
    assert fixed("wrong-api-version", crlf) == (V3 % (name, fields)).replace("\n", "\r\n")


@pytest.mark.parametrize(
    ("before", "after"),
    [
        (
            "metadata: {scope: global, peerIP: 10.0.0.1}\nspec:\n  asNumber: 1\n",
            "metadata: {name: peer-10-0-0-1}\nspec:\n  peerIP: 10.0.0.1\n  asNumber: 1\n",
        ),
        (
            "metadata:\n  scope: node\n  node: n1\n  peerIP: 10.0.0.1\nspec: {asNumber: 1}\n",
            "metadata:\n  name: n1-10-0-0-1\nspec: {node: n1, peerIP: 10.0.0.1, asNumber: 1}\n",
        ),
        (
            '"metadata": {"scope": "global", "peerIP": "fd00::1"}\n"spec": {\n  "asNumber": 1\n}\n',
            '"metadata": {"name": "peer-fd00--1"}\n"spec": {\n  "peerIP": "fd00::1",\n  "asNumber": 1\n}\n',
        ),
    ],
)
def test_peer_of_calico_2_is_moved_in_braces(before: str, after: str) -> None:
    text = f"apiVersion: v1\nkind: bgpPeer\n{before}"
    assert fixed("wrong-api-version", text) == f"apiVersion: projectcalico.org/v3\nkind: BGPPeer\n{after}"


@pytest.mark.parametrize(
    "text",
    [
        V1 % "scope: global",
        V1 % "peerIP: 10.0.0.1",
        V1 % "scope: global\n  node: n1\n  peerIP: 10.0.0.1",
        V1 % "scope: node\n  peerIP: 10.0.0.1",
        V1 % "scope: rack\n  peerIP: 10.0.0.1",
        V1 % "scope: global\n  peerIP: 10.0.0.0/8",
        V1 % "scope: global\n  peerIP: tor.example.com",
        V1 % "scope: global\n  peerIP: 10",
        V1 % "scope: global  # everywhere\n  peerIP: 10.0.0.1",
        V1 % "scope: global\n  peerIP: 10.0.0.1\n  name: tor",
        V1 % "scope: node\n  node: N1\n  peerIP: 10.0.0.1",
        (V1 % "scope: global\n  peerIP: 10.0.0.1").replace("asNumber", "asn"),
        (V1 % "scope: global\n  peerIP: 10.0.0.1").replace("spec:\n", "spec:\n    keepOriginalNextHop: true\n"),
        "apiVersion: v1\nkind: bgpPeer\nmetadata:\n  scope: global\n  peerIP: 10.0.0.1\n",
        "apiVersion: v1\nkind: bgpPeer\nmetadata:\n  scope: global\n  peerIP: 10.0.0.1\nspec:\n  <<: {asNumber: 1}\n",
        "apiVersion: v1\nkind: ipPool\nmetadata:\n  cidr: 10.0.0.0/8\nspec: {}\n",
        "apiVersion: projectcalico.org/v1\nkind: ipPool\nmetadata:\n  cidr: 10.0.0.0/8\nspec: {}\n",
    ],
)
def test_what_does_not_fit_v3_as_it_stands_is_left_to_people(text: str) -> None:
    assert fixed("wrong-api-version", text) is None


READ_BACK = """apiVersion: crd.projectcalico.org/v1
kind: IPPool
metadata:
  annotations:
    projectcalico.org/metadata: '{}'
"""


@pytest.mark.parametrize(
    ("rule", "before", "after"),
    [
        (
            "wrong-api-version",
            '{"kind": "bgppeer", "apiVersion": "projectcalico.org/v1"}',
            '{"kind": "BGPPeer", "apiVersion": "projectcalico.org/v3"}',
        ),
        (
            "wrong-api-version",
            "apiVersion: v1\nkind: node\nmetadata: {name: n1}\nspec: {bgp: {asNumber: 1}}\n",
            "apiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {name: n1}\nspec: {bgp: {asNumber: 1}}\n",
        ),
        (
            "wrong-api-version",
            "apiVersion: v1\nkind: BGPPeer\nmetadata: {name: tor}\n",
            "apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: tor}\n",
        ),
        ("wrong-api-version", "apiVersion: v3\nKind: 'ippool'\n", "apiVersion: projectcalico.org/v3\nKind: 'IPPool'\n"),
        (
            "crd-api-group",
            '{"apiVersion": "crd.projectcalico.org/v1", "kind": "IPPool"}',
            '{"apiVersion": "projectcalico.org/v3", "kind": "IPPool"}',
        ),
        (
            "crd-api-group",
            "apiVersion: 'crd.projectcalico.org/v1'\nkind: IPPool\n",
            "apiVersion: 'projectcalico.org/v3'\nkind: IPPool\n",
        ),
        ("crd-api-group", READ_BACK, None),
    ],
)
def test_fix_of_a_header(rule: str, before: str, after: str | None) -> None:
    assert fixed(rule, before) == after


@pytest.mark.parametrize(
    ("text", "help"),
    [
        (in_peer("nodeSelector: 'rack' == 'a'"), "put the selector in quotes: \"rack == 'a'\""),
        (in_peer("nodeSelector: !has(a) && has(b)"), "put the selector in quotes: '!has(a) && has(b)'"),
        (in_peer("nodeSelector: rack: rack-1"), "put the selector in quotes: 'rack: rack-1'"),
        ("{spec: {nodeSelector: a in {'x','y'}}}", "put the selector in quotes"),
        (in_peer("node: a: b"), "quote the value if the colon belongs to it, otherwise mend the indentation"),
        (in_peer("node: @a"), "quote the value"),
        (in_peer("node: *a"), "quote the value if the `*` belongs to it"),
        (in_peer("node: 'a"), "close the quote, bracket or brace that is still open"),
        (f"{PEER}\tnode: a\n", "indent with spaces, YAML allows no tab there"),
        ("{a: 1}\nb: 2\n", "put `---` on a line before it"),
        ("a: .inf\n", "quote it if it is text"),
        (in_peer("node: > x"), "quote the value"),
        ("a:\n  b: c\n  d\n", "give this line a key, or indent it under the key it belongs to"),
        ("a: - b\n", "begin the list on a line of its own, or quote the value"),
        ('1: a\n"1": b\n', "keep one of them"),
    ],
)
def test_what_to_do_about_broken_yaml(text: str, help: str) -> None:  # noqa: A002
    raised = analyse(Source("a.yaml", text), Plan(RULES, Target())).raised
    assert [(each.rule.name, each.finding.help) for each in raised] == [("invalid-yaml", help)]


@pytest.mark.parametrize("text", ["a: 'b", "a: 'b\n\n\n", "'", "a: [1, 2", "a: b: c", "\x01", "a: \ud800"])
def test_broken_yaml_has_a_place(text: str) -> None:
    (raised,) = analyse(Source("a.yaml", text), Plan(RULES, Target())).raised
    span = raised.finding.at.span
    assert 0 <= span.start < span.end <= len(text)


@pytest.mark.parametrize("value", ["*hunter2", "!!int hunter2", "!!binary hunter`2"])
def test_broken_secret_keeps_its_value(value: str) -> None:
    text = "apiVersion: v1\nkind: Secret\nstringData:\n  tor: " + value
    (raised,) = analyse(Source("a.yaml", text), Plan(RULES, Target())).raised
    assert "hunter" not in raised.finding.message
    (raised,) = analyse(Source("a.yaml", "tor: *hunter2"), Plan(RULES, Target())).raised
    assert "hunter2" in raised.finding.message


@pytest.mark.parametrize("value", ["a == 'b'", "&a == 'b'\n  peerSelector: *a", "&a has(b)", "!!str has(b)"])
def test_selector_that_yaml_leaves_alone(value: str) -> None:
    raised = analyse(Source("a.yaml", in_peer(f"nodeSelector: {value}")), Plan(RULES, Target())).raised
    assert "selector-as-yaml-tag" not in {each.rule.name for each in raised}


@pytest.mark.parametrize(
    ("value", "help"),
    [
        ("asNumber: 1.10", "write 65546, which is 1.10 in decimal"),
        ("asNumber: -1.5", "write a whole number"),
        ("asNumber: AS65000", "write 65000"),
        ("asNumber: -1", "write a whole number from 1 to 4294967295"),
        ("asNumber: '65000'", "write 65000 without quotes"),
        ("maxRestartTime: '120'", "write 120s"),
        ("maxRestartTime: 1d", "write numbers with the units h, m, s or ms, such as 120s or 1m30s"),
        ("nodeSelector: &a == 'b'", "put the whole selector in quotes: \"a == 'b'\""),
        ("nodeSelector: |\n    has(a)", "write it on one line: 'has(a)'"),
    ],
)
def test_what_to_write_instead(value: str, help: str) -> None:  # noqa: A002
    raised = analyse(Source("a.yaml", in_peer(value)), Plan(RULES, Target())).raised
    assert [each.finding.help for each in raised] == [help]


def test_what_to_write_instead_of_a_header() -> None:
    (v1,) = analyse(
        Source("a.yaml", "apiVersion: v1\nkind: ipPool\nmetadata: {cidr: 10.0.0.0/8}\n"), Plan(RULES, Target())
    ).raised
    assert v1.finding.help == "write projectcalico.org/v3 IPPool, and move the fields to their places in v3"
    (near, *_) = analyse(Source("a.yaml", "apiVersion: v3\nkind: IPPool\n"), Plan(RULES, Target())).raised
    assert near.finding.help == "write projectcalico.org/v3 IPPool"
    (stored, *_) = analyse(Source("a.yaml", READ_BACK), Plan(RULES, Target())).raised
    assert stored.finding.help == "write projectcalico.org/v3 and leave the annotation projectcalico.org/metadata out"


@pytest.mark.parametrize(
    ("value", "kubernetes", "rules"),
    [
        ("1.5", None, ["float-as-number"]),
        ("2147483648.5", (1, 36), ["float-as-number"]),
        ("-1", (1, 36), ["invalid-as-number"]),
        ("'AS1'", (1, 36), ["invalid-as-number"]),
        ("4294967296", (1, 36), ["invalid-as-number"]),
        ("'4294967296'", (1, 36), ["invalid-as-number"]),
        ("'4294967294'", (1, 36), ["as-number-over-int32"]),
        ("'2147483648'", (1, 36), ["as-number-over-int32"]),
        ("'2147483648'", (1, 35), ["quoted-as-number"]),
        ("'2147483648'", None, ["quoted-as-number"]),
        ("'2147483647'", (1, 36), ["quoted-as-number"]),
        ("'1.30'", (1, 36), ["quoted-as-number"]),
        ("'0'", None, ["quoted-as-number"]),
        ("4294967294", (1, 36), ["as-number-over-int32"]),
        ("4294967294", None, ["as-number-over-int32"]),
        ("4294967295", (1, 35), ["unsuitable-as-number"]),
        ("4294967294", (1, 35), []),
        ("2147483647", (1, 36), []),
        ("0", None, []),
        ("65000.0", None, ["unsuitable-as-number"]),
    ],
)
def test_one_mistake_of_an_as_number_is_one_finding(
    value: str, kubernetes: tuple[int, int] | None, rules: list[str]
) -> None:
    plan = Plan(RULES, Target(kubernetes_version=kubernetes))
    raised = analyse(Source("a.yaml", in_peer(f"asNumber: {value}")), plan).raised
    assert [each.rule.name for each in raised] == rules


@pytest.mark.parametrize(
    ("cidr", "help"),
    [
        ("10.1.2.3/8", "write 10.0.0.0/8, or the length that was meant"),
        ("'::ffff:10.0.0.1/104'", "clear the bits beyond the length"),
    ],
)
def test_what_to_write_instead_of_a_cidr(cidr: str, help: str) -> None:  # noqa: A002
    raised = analyse(
        Source("a.yaml", f"{RANGES}  serviceClusterIPs: [{{cidr: {cidr}}}]\n"), Plan(RULES, Target())
    ).raised
    assert [each.finding.help for each in raised] == [help]


@pytest.mark.parametrize(
    "text",
    [
        f"a: !!int {'x' * 10_000}",
        f"{'x' * 10_000}: 1\n{'x' * 10_000}: 2",
        in_peer(f"nodeSelector: !has({'x' * 900}) && has(b)"),
        in_peer(f"asNumber: '{'x' * 10_000}'"),
        in_peer(f"nodeSelector: !a == '{'x' * 900}'"),
        in_peer("asNumber: |\n    AS1\n    AS2"),
        PEER.replace("org/v3", f"org/{'v3' * 1000}"),
        PEER.replace("org/v3", "org/v3\\n").replace("projectcalico.org/v3\\n", '"projectcalico.org/v3\\n"'),
    ],
)
def test_messages_are_lines_of_bounded_length(text: str) -> None:
    raised = analyse(Source("a.yaml", text), Plan(RULES, Target())).raised
    assert raised
    for each in raised:
        assert "\n" not in each.finding.message
        assert len(each.finding.message) < 300
