"""What the pages of the rules about one peer cannot promise: who stays silent, where it is said, the fixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from linter.bundle import bundled
from linter.examples import ExampleFile, judge
from linter.fixes import applied
from linter.packs import load

if TYPE_CHECKING:
    from linter.diagnostics import Diagnostic

RULES = load(bundled("rules"))
HEAD = "apiVersion: projectcalico.org/v3\nkind: {}\nmetadata: {{name: {}}}\n"
TOR = "peerIP: 10.20.0.1\nasNumber: 65001\n"
WORKLOADS = "localWorkloadSelector: all()\nasNumber: 65100\n"
REFERENCE = "password: {secretKeyRef: {name: bgp, key: tor}}\n"


def peer(spec: str) -> str:
    body = "".join(f"  {line}\n" for line in spec.splitlines())
    return HEAD.format("BGPPeer", "tor") + f"spec:\n{body}"


def said(text: str, version: str = "3.33") -> list[Diagnostic]:
    files = [ExampleFile(".peerlint.yaml", f'calicoVersion: "{version}"\n'), ExampleFile("a.yaml", text)]
    return [one for one in judge(files, RULES) if one.at.source.path == "a.yaml"]


def found(text: str, code: str) -> Diagnostic:
    (one,) = (one for one in said(text) if one.code == code)
    return one


@pytest.mark.parametrize(
    ("spec", "codes"),
    [
        (WORKLOADS + TOR.splitlines()[0], ["CAL104"]),
        (WORKLOADS + REFERENCE, ["CAL115"]),
        (WORKLOADS + "ttlSecurity: 1", ["CAL114"]),
        (WORKLOADS + "ttlSecurity: 256", ["CAL112"]),
        (WORKLOADS + "ttlSecurity: 0777", ["CAL005"]),
        (WORKLOADS + "numAllowedLocalASNumbers: 4200010201", ["CAL113"]),
        (WORKLOADS + "keepOriginalNextHop: true", ["CAL114"]),
        (WORKLOADS + "reachableBy: 10.20.0.254", ["CAL116"]),
        ("peerSelector: has(rr)\nlocalASNumber: 65010", ["CAL114"]),
        ("peerSelector: has(rr)\nnumAllowedLocalASNumbers: 65010", ["CAL114"]),
        ("peerSelector: has(rr)\nreachableBy: 10.20.0.254", ["CAL116"]),
        ("peerSelector: has(rr)\nkeepOriginalNextHop: true", ["CAL032"]),
        ("nodeSelector: has(rr)", ["CAL106"]),
        ("nodeSelector: has(rr)\nreachableBy: 10.20.0.254", ["CAL116"]),
        (TOR + "keepOriginalNextHop: true\nnextHopMode: Keep", ["CAL117"]),
        (TOR + "reachableBy: 10.20.0.1", ["CAL118"]),
        (TOR + "numAllowedLocalASNumbers: 65001", ["CAL113"]),
        (TOR + "numAllowedLocalASNumbers: 04000", ["CAL005"]),
        ("peerIP: 127.0.0.1\nasNumber: 65001", ["CAL110"]),
        ("peerIP: 0:0::1\nasNumber: 65001", ["CAL110"]),
        ("peerIP: FD00::1\nasNumber: 65001", ["CAL111"]),
        ("peerIP: FE80::1:179\nasNumber: 65001", ["CAL109"]),
        ("peerIP: fd00::1:179\nasNumber: 65001", ["CAL108"]),
        ("peerIP: 10.20.0.1:0179\nasNumber: 65001", ["CAL108"]),
        ("peerIP: FD00::1/64\nasNumber: 65001", ["CAL107"]),
        ("peerIP: 10.20.0.1\nasNumber: 07777777777777777", ["CAL041"]),
    ],
)
def test_one_mistake_is_one_finding(spec: str, codes: list[str]) -> None:
    assert [one.code for one in said(peer(spec))] == codes


@pytest.mark.parametrize(
    ("spec", "codes"),
    [
        (WORKLOADS + TOR.splitlines()[0], ["CAL027"]),
        ("localWorkloadSelector: all()", ["CAL027"]),
        (WORKLOADS + "ttlSecurity: 1", ["CAL027"]),
        (WORKLOADS + REFERENCE, ["CAL027"]),
        (TOR + "keepOriginalNextHop: true\nnextHopMode: Keep", ["CAL027"]),
        (TOR + "keepOriginalNextHop: true", []),
        ("peerSelector: all()\nlocalASNumber: 65010", ["CAL027"]),
    ],
)
def test_of_a_field_that_is_too_new_nothing_else_is_said(spec: str, codes: list[str]) -> None:
    assert [one.code for one in said(peer(spec), "3.29")] == codes


@pytest.mark.parametrize(
    ("spec", "code", "at", "others", "field"),
    [
        (WORKLOADS + "peerIP: 10.0.0.1", "CAL104", "peerIP", ["localWorkloadSelector"], "peerIP"),
        (WORKLOADS + "peerSelector: all()", "CAL104", "peerSelector", ["localWorkloadSelector"], "peerSelector"),
        ("localWorkloadSelector: all()", "CAL104", "spec", ["localWorkloadSelector"], "asNumber"),
        ("localWorkloadSelector: all()\nasNumber: 0", "CAL104", "0", ["localWorkloadSelector"], "asNumber"),
        (WORKLOADS + "ttlSecurity: 1", "CAL114", "ttlSecurity", ["localWorkloadSelector"], "ttlSecurity"),
        (WORKLOADS + REFERENCE, "CAL115", "password", ["localWorkloadSelector"], "password"),
        ("peerSelector: a\nreachableBy: ::1", "CAL116", "reachableBy", [], "reachableBy"),
        (TOR + "reachableBy: ::1", "CAL116", "::1", ["10.20.0.1"], "reachableBy"),
        (
            TOR + "keepOriginalNextHop: true\nnextHopMode: Auto",
            "CAL117",
            "keepOriginalNextHop",
            ["nextHopMode"],
            "keepOriginalNextHop",
        ),
        (TOR + "reachableBy: 10.20.0.1", "CAL118", "10.20.0.1", ["10.20.0.1"], "reachableBy"),
        (TOR + "numAllowedLocalASNumbers: 256", "CAL113", "256", [], "numAllowedLocalASNumbers"),
        ("peerIP: '::1'\nasNumber: 1", "CAL110", "'::1'", [], "peerIP"),
    ],
)
def test_where_it_is_said(spec: str, code: str, at: str, others: list[str], field: str) -> None:
    one = found(peer(spec), code)
    assert one.at.source[one.at.span] == at
    assert [label.source[label.span] for label in one.related] == others
    assert one.field == f"/spec/{field}"


def test_the_port_of_the_cluster_is_shown() -> None:
    configuration = HEAD.format("BGPConfiguration", "default") + "spec: {listenPort: 1790}\n---\n"
    one = found(configuration + peer("peerIP: fd00::1:1790\nasNumber: 65001"), "CAL108")
    assert [label.source[label.span] for label in one.related] == ["1790"]


@pytest.mark.parametrize(
    ("code", "before", "after"),
    [
        ("CAL108", "peerIP: fd00::1:179", "peerIP: '[fd00::1]:179'"),
        ("CAL108", 'peerIP: "fd00::1:179"', 'peerIP: "[fd00::1]:179"'),
        ("CAL108", "peerIP: &a fd00::1:179", "peerIP: &a '[fd00::1]:179'"),
        ("CAL108", "peerIP: 10.20.0.1:0179 # x", "peerIP: 10.20.0.1:179 # x"),
        ("CAL108", "peerIP: '[fd00::1]:0179'", "peerIP: '[fd00::1]:179'"),
        ("CAL111", "peerIP: FD00::1", "peerIP: fd00::1"),
        ("CAL111", "peerIP: 0:0:0:0:0:0:0:2", "peerIP: '::2'"),
        ("CAL111", "peerIP: fd00:0:0:0:0:0:0:0", "peerIP: 'fd00::'"),
        ("CAL111", "peerIP: '::ffff:10.0.0.1'", "peerIP: '10.0.0.1'"),
        ("CAL111", "peerIP: '[::ffff:10.0.0.1]:179'", "peerIP: '10.0.0.1:179'"),
        ("CAL111", "peerIP: |-\n  FD00::1", "peerIP: 'fd00::1'"),
        ("CAL005", "asNumber: 065000", "asNumber: 65000"),
        ("CAL005", "asNumber: &a 065000 # x", "asNumber: &a 65000 # x"),
        ("CAL005", "asNumber: !!int '065000'", "asNumber: 65000"),
        ("CAL005", TOR + "numAllowedLocalASNumbers: -0_10", TOR + "numAllowedLocalASNumbers: -10"),
        ("CAL032", TOR + "keepOriginalNextHop: yes", TOR + "nextHopMode: Keep"),
        ("CAL032", TOR + "'keepOriginalNextHop': true", TOR + "nextHopMode: Keep"),
        ("CAL032", TOR + "keepOriginalNextHop: &a true", TOR + "nextHopMode: &a Keep"),
        ("CAL032", TOR + "keepOriginalNextHop: &a true\nnode: *a", None),
        ("CAL117", TOR + "keepOriginalNextHop: &a true\nnextHopMode: Keep\nnode: *a", None),
        ("CAL118", TOR + "reachableBy: &a 10.20.0.1\nnode: *a", None),
        ("CAL114", "peerSelector: &a all()\nlocalASNumber: 1\nnodeSelector: *a", None),
    ],
)
def test_fix(code: str, before: str, after: str | None) -> None:
    text = peer(before)
    fix = found(text, code).fix
    assert (applied(text, fix.edits) if fix else None) == (peer(after) if after else None)


def test_fixes_in_json() -> None:
    text = HEAD.format("BGPPeer", "tor") + 'spec: {"peerIP": "FD00::1", "asNumber": 1, "keepOriginalNextHop": true}\n'
    fixed = text
    for code in ("CAL111", "CAL032"):
        fix = found(fixed, code).fix
        assert fix
        fixed = applied(fixed, fix.edits)
    assert fixed == text.replace("FD00", "fd00").replace('keepOriginalNextHop": true', 'nextHopMode": "Keep"')


@pytest.mark.parametrize(
    "value", ["a:10", "10:a", "\u0663:10", "10:\u0663", "12345678901:1:1", "10:1:", "10::1", ":10"]
)
def test_what_is_no_community_is_no_number_either(value: str) -> None:
    text = HEAD.format("BGPConfiguration", "default") + (
        f"spec:\n  prefixAdvertisements:\n    - cidr: 10.0.0.0/8\n      communities:\n        - {value}\n"
    )
    assert not {"CAL006", "CAL013"} & {one.code for one in said(text, "3.31")}
