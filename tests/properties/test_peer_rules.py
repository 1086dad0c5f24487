"""Numbers as other readers see them, and whatever fields a peer has: nothing raises, and no fix makes it worse."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from hypothesis import given, settings
from hypothesis import strategies as st
from ruamel.yaml import YAML

from linter.bundle import bundled
from linter.diagnostics import Severity
from linter.engine import Plan, analyse
from linter.examples import ExampleFile, judge
from linter.fixes import applied
from linter.packs import load
from linter.rulekit import Target
from linter.text import Source

if TYPE_CHECKING:
    from linter.diagnostics import Diagnostic

RULES = load(bundled("rules"))
PLAN = Plan(RULES, Target((3, 31)), strict=True)
HEAD = "apiVersion: projectcalico.org/v3\nkind: {}\nmetadata: {{name: default}}\nspec:\n"

PARTS = st.integers(0, 70) | st.sampled_from(["00", "05", "59", "60", "010", "64512", "65535", "4294967295"])
COMMUNITIES = st.lists(PARTS.map(str), min_size=2, max_size=3).map(":".join)


def codes(text: str) -> list[str]:
    return [raised.rule.code for raised in analyse(Source("a.yaml", text), PLAN).raised]


def yaml_1_1(text: str) -> object:
    reader = YAML(typ="safe", pure=True)
    reader.version = (1, 1)
    return reader.load(text)


@settings(deadline=None, max_examples=150)
@given(COMMUNITIES)
def test_a_community_is_a_number_where_yaml_1_1_says_so(text: str) -> None:
    manifest = (
        HEAD.format("BGPConfiguration") + f"  prefixAdvertisements: [{{cidr: 10.0.0.0/8, communities: [{text}]}}]\n"
    )
    assert ("CAL006" in codes(manifest)) == isinstance(yaml_1_1(text), int)


@settings(deadline=None, max_examples=200)
@given(st.from_regex(r"[-+]?0?[0-9_]{1,7}", fullmatch=True))
def test_a_number_is_octal_where_its_digits_are(text: str) -> None:
    digits = text.replace("_", "")
    octal = re.fullmatch("[-+]?0[0-7]+", digits) is not None and not text.startswith("_")
    manifest = HEAD.format("BGPPeer") + f"  peerIP: 10.20.0.1\n  asNumber: 1\n  numAllowedLocalASNumbers: {text}\n"
    assert ("CAL005" in codes(manifest)) == (octal and int(digits, 8) != int(digits))


FIELDS = {
    "node": ["a", '""'],
    "nodeSelector": ["all()", "!has(x)", "a = b"],
    "peerIP": ["10.20.0.1", "FD00::1", "fd00::1:179", "10.20.0.1:0100", '"[::ffff:10.0.0.1]:0179"', "::1", "tor", "[]"],
    "asNumber": ["65001", "0", "065000", '"1.10"', "AS1", "null"],
    "localASNumber": ["65010", "0"],
    "peerSelector": ["has(rr)", '""', "!has(rr)", "{a: b}"],
    "localWorkloadSelector": ["has(v)", "null"],
    "keepOriginalNextHop": ["true", "no", "maybe"],
    "nextHopMode": ["Keep", "keep", '""'],
    "password": ["{secretKeyRef: {name: a, key: b}}", "{}", "x"],
    "sourceAddress": ["None"],
    "maxRestartTime": ["60s", "1d"],
    "keepaliveTime": ["30s"],
    "numAllowedLocalASNumbers": ["1", "-1", "65001", "1e30", "-010"],
    "ttlSecurity": ["1", "256", "0377"],
    "reachableBy": ["10.20.0.1", "fd00::1", "gateway"],
    "reversePeering": ["Manual"],
    "peerip": ["10.20.0.1"],
}
SPECS = st.lists(st.sampled_from(sorted(FIELDS)), min_size=1, max_size=6, unique=True).flatmap(
    lambda names: st.tuples(*(st.sampled_from([f"  {name}: {value}\n" for value in FIELDS[name]]) for name in names))
)


def verdict(text: str, version: str) -> list[Diagnostic]:
    files = [ExampleFile(".peerlint.yaml", f'calicoVersion: "{version}"\n'), ExampleFile("a.yaml", text)]
    return [one for one in judge(files, RULES) if one.at.source.path == "a.yaml"]


def errors(said: list[Diagnostic]) -> int:
    return sum(one.severity is Severity.ERROR for one in said)


@settings(deadline=None, max_examples=60)
@given(SPECS, st.sampled_from(["3.29", "3.30", "3.31", "3.33"]))
def test_no_fix_makes_a_peer_worse(lines: tuple[str, ...], version: str) -> None:
    text = HEAD.format("BGPPeer") + "".join(lines)
    said = verdict(text, version)
    for one in said:
        if one.fix and (one.code.startswith("CAL1") or one.code in {"CAL005", "CAL032"}):
            assert errors(verdict(applied(text, one.fix.edits), version)) <= errors(said), one
