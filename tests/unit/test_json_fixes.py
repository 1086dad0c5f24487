"""What is JSON stays JSON when it is fixed: quotes of YAML would make it unreadable to other tools."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from linter.bundle import bundled
from linter.diagnostics import Safety
from linter.examples import examples
from linter.fixes import fix
from linter.fixes.judging import judging
from linter.packs import load
from linter.rulekit import Rule, Target
from linter.settings import Settings
from linter.text import Source
from linter.workspace import Manifest, Workspace
from linter.yaml.parser import documents
from linter.yaml.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator

RULES = load(bundled("rules"))
FIXERS = [rule for rule in RULES if rule.fix and rule.name not in {"unused-ignore", "unknown-ignore"}]
IDLE = {"unquoted-template", "ipip-on-azure", "secret-in-wrong-namespace", "secret-access-missing"}
"""Rules whose mistakes JSON cannot hold, and those that a configuration wakes."""


def as_json(page: str) -> Iterator[str]:
    """The objects of the bad examples, as JSON."""
    for example in examples(page):
        for file in example.files:
            if not file.path.startswith(".") and not file.unreadable:
                roots = [document.root for document in documents(Source(file.path, file.text), {}) if document.root]
                if not any(root is None for root in roots):
                    items = [plain(root) for root in roots]
                    whole = items[0] if len(items) == 1 else {"apiVersion": "v1", "kind": "List", "items": items}
                    yield json.dumps(whole, indent=2) + "\n"


def fixed(text: str) -> dict[str, str]:
    workspace = Workspace(RULES, Settings(), Target(), preview=True, strict=True)
    workspace.update(Manifest(Source("a.json", text)))
    return dict(fix({"a.json": text}, judging(workspace), Safety.UNSAFE).texts)


@pytest.mark.parametrize("rule", FIXERS, ids=lambda rule: rule.name)
def test_json_stays_json(rule: Rule) -> None:
    texts = [text for each in as_json(rule.page) for text in fixed(each).values()]
    assert texts or rule.name in IDLE
    for text in texts:
        json.loads(text)


@pytest.mark.parametrize(
    ("kind", "before", "after"),
    [
        ("BGPPeer", {"filters": [1, "a"]}, {"filters": ["1", "a"]}),
        ("BGPPeer", {"node": 12}, {"node": "12"}),
        ("BGPPeer", {"nodeSelector": {"matchLabels": {"a": ""}}}, {"nodeSelector": "a == ''"}),
        (
            "BGPPeer",
            {"nodeSelector": {"matchExpressions": [{"key": "a", "operator": "Exists"}]}},
            {"nodeSelector": "has(a)"},
        ),
        (
            "BGPPeer",
            {"secretKeyRef": {"name": "a", "key": "b"}},
            {"password": {"secretKeyRef": {"name": "a", "key": "b"}}},
        ),
        (
            "BGPFilter",
            {"importV4": [{"action": "Reject", "cidr": "10.0.0.0/8{16,24}", "matchOperator": "In"}]},
            {
                "importV4": [
                    {
                        "action": "Reject",
                        "cidr": "10.0.0.0/8",
                        "prefixLength": {"min": 16, "max": 24},
                        "matchOperator": "In",
                    }
                ]
            },
        ),
    ],
)
@pytest.mark.parametrize("indent", [None, 2])
def test_what_json_becomes(kind: str, before: object, after: object, indent: int | None) -> None:
    own = {"peerIP": "10.20.0.1", "asNumber": 65001} if kind == "BGPPeer" else {}
    assert isinstance(before, dict)
    text = json.dumps(
        {
            "apiVersion": "projectcalico.org/v3",
            "kind": kind,
            "metadata": {"name": "a"},
            "spec": {**own, **before},
        },
        indent=indent,
    )
    assert isinstance(after, dict)
    assert json.loads(fixed(text)["a.json"])["spec"] == {**own, **after}


@pytest.mark.parametrize("written", ["1", '"projectcalico.org/v1"'])
def test_the_header_of_json(written: str) -> None:
    text = '{"apiVersion": %s, "kind": "BGPPeer", "metadata": {"name": "a"}, "spec": {"peerSelector": "all()"}}'
    assert json.loads(fixed(text % written)["a.json"])["apiVersion"] == "projectcalico.org/v3"


def test_nothing_moves_into_a_list_that_should_be_an_object() -> None:
    text = (
        '{"apiVersion": "projectcalico.org/v3", "kind": "BGPPeer", "metadata": {"name": "a"}, "spec": ["b"], "key": 1}'
    )
    assert fixed(text) == {}
