"""Which needs of a rule the input meets."""

from __future__ import annotations

from typing import Any

import pytest

from linter.cluster.cluster import Cluster
from linter.needs import unmet
from linter.resources.kinds import identify, manifests
from linter.rulekit import Body, Rule, Severity, Target
from linter.selectors import SelectorTable
from linter.text import Source
from linter.yaml.parser import documents

OBJECTS = {
    "Secret": "v1",
    "Node": "v1",
    "IPPool": "projectcalico.org/v3",
    "FelixConfiguration": "projectcalico.org/v3",
    "Installation": "operator.tigera.io/v1",
    "ClusterRole": "rbac.authorization.k8s.io/v1",
    "BGPPeer": "projectcalico.org/v3",
}


def wants(need: str) -> Rule:
    body = Body(lambda _: (), "A page.")
    return Rule("a-rule", "CAL999", Severity.ERROR, "cluster", ("Cluster",), lambda: body, needs=(need,))


def cluster(*kinds: str, complete: bool = False, inventory: bool = False) -> Cluster:
    resources = []
    for kind in kinds:
        text = f"apiVersion: {OBJECTS[kind]}\nkind: {kind}\nmetadata: {{name: x}}\n"
        (document,) = documents(Source("a.yaml", text), {})
        assert document.root is not None
        (manifest,) = manifests(document.root)
        known = identify(manifest.root).kind
        assert known is not None
        resources.append(known.view()(document, manifest.root, manifest.base, inventory=inventory))
    return Cluster(resources, SelectorTable(), "", complete)


@pytest.mark.parametrize(
    ("need", "met", "missed"),
    [
        ("complete", {"complete": True}, {}),
        ("secrets", {"kinds": ["Secret"]}, {"kinds": ["BGPPeer"], "complete": True}),
        ("pools", {"kinds": ["IPPool"]}, {"kinds": ["BGPPeer"]}),
        ("pools", {"kinds": ["Installation"]}, {}),
        ("install", {"kinds": ["Installation"]}, {"kinds": ["IPPool"]}),
        ("felix", {"kinds": ["FelixConfiguration"]}, {"kinds": ["Installation"]}),
        ("rbac", {"kinds": ["ClusterRole"]}, {"kinds": ["Secret"]}),
        ("seen nodes", {"kinds": ["Node"]}, {"kinds": ["BGPPeer"]}),
        ("nodes", {"kinds": ["Node"], "complete": True}, {"kinds": ["Node"]}),
        ("nodes", {"kinds": ["Node"], "inventory": True}, {"kinds": ["Secret"], "inventory": True}),
    ],
)
def test_objects_meet_needs(need: str, met: dict[str, Any], missed: dict[str, Any]) -> None:
    assert unmet(wants(need), cluster(*met.pop("kinds", ()), **met), Target()) == ()
    assert unmet(wants(need), cluster(*missed.pop("kinds", ()), **missed), Target()) == (need,)


@pytest.mark.parametrize(
    ("need", "target"),
    [
        ("applyPath", Target(apply_path="kubectl")),
        ("kubernetesVersion", Target(kubernetes_version=(1, 36))),
        ("provider", Target(provider="azure")),
    ],
)
def test_the_target_meets_needs(need: str, target: Target) -> None:
    assert unmet(wants(need), cluster(), target) == ()
    assert unmet(wants(need), cluster(), Target()) == (need,)
    assert unmet(wants(""), cluster(), Target()) == ()
