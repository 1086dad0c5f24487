"""Places and fixes of the rules about what a manifest does not need, where pages cannot show them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from linter.bundle import bundled
from linter.engine import Plan, analyse
from linter.examples import ExampleFile, judge
from linter.packs import load
from linter.rulekit import Target
from linter.text import Source

if TYPE_CHECKING:
    from linter.diagnostics import Diagnostic

RULES = load(bundled("rules"))
HEADER = "apiVersion: projectcalico.org/v3\nkind: BGPPeer\n"


def said(text: str, code: str) -> list[Diagnostic]:
    return [one for one in judge([ExampleFile("x.yaml", HEADER + text)], RULES) if one.code == code]


@pytest.mark.parametrize(
    ("spec", "marked"),
    [
        ("peerSelector: has(rr)\n  node: ''", "''"),
        ("peerSelector: has(rr)\n  node: &a ''", "&a ''"),
        ("peerSelector: has(rr)\n  node:", "node"),
        ("peerSelector: has(rr)\n  node: ~", "~"),
        ("peerSelector: has(rr)\n  password: {}", "{}"),
        ("peerSelector: has(rr)\n  keepaliveTime: 1ms", "1ms"),
    ],
)
def test_an_empty_value_is_marked_where_it_stands(spec: str, marked: str) -> None:
    (one,) = said(f"metadata: {{name: a}}\nspec:\n  {spec}\n", "CAL028")
    assert one.at.source[one.at.span] == marked
    assert one.fix is not None


@pytest.mark.parametrize(
    ("text", "code"),
    [
        ("metadata: {name: a}\nspec:\n  node: ''\n", "CAL028"),
        ("metadata: {name: a, labels: {a: &x b, c: *x}}\nspec: {peerSelector: has(rr), node: ''}\n", "CAL028"),
        ("metadata:\n  uid: a\nspec: {peerSelector: has(rr)}\n", "CAL030"),
        ("metadata:\n  namespace: a\nspec: {peerSelector: has(rr)}\n", "CAL031"),
        ("metadata: {name: &x '${A}', labels: {a: &y '${A}', b: !x $(A)}}\nspec: {peerSelector: has(rr)}\n", "CAL008"),
    ],
)
def test_no_fix_where_a_cut_would_change_more(text: str, code: str) -> None:
    (one,) = said(text, code)
    assert one.fix is None


def test_inventories_may_hold_what_servers_write() -> None:
    text = f"{HEADER}metadata: {{name: a, uid: b}}\nspec: {{peerSelector: has(rr)}}\n"
    plan = Plan(RULES, Target(), strict=True)
    for inventory, count in ((False, 1), (True, 0)):
        raised = analyse(Source("x.yaml", text), plan, inventory=inventory).raised
        assert sum(one.rule.code == "CAL030" for one in raised) == count


@pytest.mark.parametrize("placeholder", ["${A}", "$(A)", "<% a %>"])
def test_a_quoted_placeholder_is_left_alone(placeholder: str) -> None:
    peer = "metadata: {{name: a}}\nspec:\n  peerSelector: {}\n"
    (one,) = said(peer.format(placeholder), "CAL008")
    assert one.fix is not None
    assert one.fix.edits[0].new_text == f'"{placeholder}"'
    assert not said(peer.format(f'"{placeholder}"'), "CAL008")
    assert not said(peer.format(f">\n    {placeholder}"), "CAL008")
