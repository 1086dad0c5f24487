"""Whatever stands in place of a value, the manifest rules place what they say, and their fixes are the end of it."""

from __future__ import annotations

import os

from hypothesis import given, settings
from hypothesis import strategies as st

from linter.bundle import bundled
from linter.engine import Plan, analyse
from linter.fixes import applied
from linter.packs import load
from linter.rulekit import Target
from linter.text import Source

PLAN = Plan(load(os.path.join(bundled("rules"), "manifest")), Target(), strict=True)
OBJECT = "apiVersion: projectcalico.org/v3\nkind: {}\nmetadata:\n  name: default\nspec:\n  {}: {}\n"
HEADER = "apiVersion: {}\nkind: {}\nmetadata:\n  {}\nspec:\n  asNumber: 65001\n"

MARKS = st.sampled_from(
    ["", "! ", "!a ", "!", "&a ", "!!str ", "!!float ", "!<x> ", "&a !b ", "|\n    ", ">-\n    ", "|-\n    "]
)
SELECTORS = [
    "has(a)",
    "a == 'b'",
    "== 'b'",
    "!= 'b'",
    "in {'a'}",
    " || ",
    " &&\n    ",
    "\n    ",
    "\n\n",
    '"',
    "'",
    "\\n",
    " # x",
    ":",
]
NUMBERS = [
    "AS",
    " ",
    ".",
    "0",
    "1",
    "65000",
    "4294967295",
    "-",
    "_",
    "x",
    "e",
    '"',
    "'",
    "10.0.0.1",
    "/8",
    "fd00::1",
    "/64",
    "s",
    "h",
    "d",
]


def texts(pieces: list[str]) -> st.SearchStrategy[str]:
    text = st.lists(st.sampled_from(pieces), min_size=1, max_size=5).map("".join)
    style = st.sampled_from(["{}", "{}", "'{}'", '"{}"'])
    return st.builds(lambda mark, style, text: mark + style.format(text), MARKS, style, text)


FIELDS = [("BGPPeer", "asNumber"), ("BGPPeer", "maxRestartTime"), ("BGPConfiguration", "asNumber"), ("IPPool", "cidr")]
VALUES = st.builds(
    lambda field, value: OBJECT.format(*field, value), st.sampled_from(FIELDS), texts(NUMBERS)
) | st.builds(
    lambda field, value: OBJECT.format(*field, value),
    st.sampled_from([("BGPPeer", "nodeSelector"), ("BGPPeer", "peerSelector"), ("IPPool", "namespaceSelector")]),
    texts(SELECTORS),
)
HEADERS = st.builds(
    HEADER.format,
    st.sampled_from(
        ["projectcalico.org/v3", "projectcalico.org/v1", "v1", "'v3'", "crd.projectcalico.org/v1", "'{{ api }}'"]
    ),
    st.sampled_from(["BGPPeer", "bgpPeer", '"IPPool"', "BGPConfiguration", "node"]),
    st.sampled_from(["name: tor", "scope: global\n  peerIP: 10.0.0.1", "scope: node\n  node: n\n  peerIP: fd00::1"]),
)


def said(text: str) -> list[str]:
    return [raised.rule.name for raised in analyse(Source("a.yaml", text), PLAN).raised]


@given(VALUES | HEADERS)
@settings(max_examples=400, deadline=None)
def test_findings_have_places_and_fixes_end(text: str) -> None:
    for rule, finding, _ in analyse(Source("a.yaml", text), PLAN).raised:
        assert 0 <= finding.at.span.start < finding.at.span.end <= len(text)
        assert "\n" not in finding.message
        if finding.fix:
            after = said(applied(text, finding.fix.edits))
            assert "invalid-yaml" not in after
            assert after.count(rule.name) < said(text).count(rule.name)
