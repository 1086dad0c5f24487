"""Fields of a BGPPeer that exclude each other: what becomes of the peer behind Typha, in the versions that it is so."""

from __future__ import annotations

import os

import pytest

from linter.bundle import bundled
from linter.engine import Plan, analyse
from linter.packs import load
from linter.rulekit import Target
from linter.text import Source

RULES = load(os.path.join(bundled("rules"), "peer"))
HEAD = "apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: a}\nspec: "


@pytest.mark.parametrize(
    ("code", "spec"),
    [
        ("CAL101", "{peerIP: 10.20.0.1, asNumber: 65001, node: a, nodeSelector: has(b)}"),
        ("CAL102", "{peerIP: 10.20.0.1, peerSelector: has(b)}"),
        ("CAL103", "{asNumber: 65001, peerSelector: has(b)}"),
        ("CAL104", "{asNumber: 65001, peerIP: 10.20.0.1, localWorkloadSelector: has(b)}"),
        ("CAL104", "{localWorkloadSelector: has(b)}"),
        ("CAL117", "{peerIP: 10.20.0.1, asNumber: 65001, nextHopMode: Keep, keepOriginalNextHop: true}"),
    ],
)
@pytest.mark.parametrize("minor", range(30, 35))
def test_the_peer_vanishes_behind_typha_up_to_3_32(code: str, spec: str, minor: int) -> None:
    source = Source("a.yaml", f"{HEAD}{spec}\n")
    (said,) = (one for one in analyse(source, Plan(RULES, Target((3, minor)))).raised if one.rule.code == code)
    assert ("Typha" in said.finding.message) is (minor <= 32)
