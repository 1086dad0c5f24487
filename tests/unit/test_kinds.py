"""Which objects are ours, and how lists of them are unwrapped."""

from __future__ import annotations

import pytest

from linter.resources.kinds import Header, identify, manifests
from linter.text import Source
from linter.yaml.nodes import Mapping
from linter.yaml.parser import documents


def read(text: str) -> list[tuple[str, Header]]:
    source = Source("a.yaml", text)
    return [
        (manifest.base, identify(manifest.root))
        for document in documents(source, {})
        if document.root is not None
        for manifest in manifests(document.root)
    ]


def kind_of(text: str) -> str | None:
    ((_, header),) = read(text)
    return header.kind.name if header.kind else None


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("apiVersion: projectcalico.org/v3\nkind: BGPPeer\n", "BGPPeer"),
        ("apiVersion: projectcalico.org/v3\nkind: Node\n", "Node"),
        ("apiVersion: v1\nkind: Secret\n", "Secret"),
        ("apiVersion: crd.projectcalico.org/v1\nkind: IPPool\n", "IPPool"),
        ("kind: BGPPeer\n", "BGPPeer"),
        ("kind: CalicoNodeStatus\napiVersion:\n", "CalicoNodeStatus"),
        ("kind: IPPool\napiVersion: ''\n", "IPPool"),
        ("apiversion: projectcalico.org/v3\nKind: BGPPeer\n", "BGPPeer"),
        ("apiversion: projectcalico.org/v3\nkind: Node\n", "Node"),
        ("kind: Node\n", None),
        ("kind: bgpPeer\n", None),
        ("kind: Secret\n", None),
        ("kind: FelixConfiguration\n", None),
        ("apiVersion: projectcalico.org/v3\n", None),
        ("apiVersion: projectcalico.org/v3\nkind:\n", None),
        ("apiVersion: projectcalico.org/v3\nkind: [BGPPeer]\n", None),
        ("apiVersion: [projectcalico.org/v3]\nkind: GlobalNetworkPolicy\n", None),
        ("a: 1\n", None),
    ],
)
def test_kind(text: str, kind: str | None) -> None:
    assert kind_of(text) == kind


@pytest.mark.parametrize(
    ("text", "bases"),
    [
        ("a: 1\n", [""]),
        ("- a: 1\n- b: 1\n", ["/0", "/1"]),
        ("- - a: 1\n- 3\n", ["/0/0"]),
        (
            "kind: List\nitems:\n- a: 1\n- kind: BGPPeerList\n  items: [{b: 1}, {c: 1}]\n",
            ["/items/0", "/items/1/items/0", "/items/1/items/1"],
        ),
        ("kind: BGPPeerList\nitems: []\n", []),
        ("kind: BGPPeerList\nitems: {}\n", [""]),
        ("kind: Listing\nitems: [{a: 1}]\n", [""]),
        ("items: [{a: 1}]\n", [""]),
        ("text\n", []),
    ],
)
def test_lists_are_unwrapped(text: str, bases: list[str]) -> None:
    assert [base for base, _ in read(text)] == bases


@pytest.mark.parametrize(
    ("text", "kinds"),
    [
        ("apiVersion: v1\nkind: NodeList\nitems: [{a: 1}, {kind: Pod}]\n", ["Node", None]),
        ("apiVersion: projectcalico.org/v3\nkind: NodeList\nitems: [{a: 1}]\n", ["Node"]),
        ("apiVersion: v1\nkind: BGPPeerList\nitems: [{a: 1}]\n", [None]),
        ("apiVersion: v1\nkind: List\nitems: [{a: 1}]\n", [None]),
        (
            "apiVersion: apps/v1\nkind: DaemonSetList\nitems: [{metadata: {name: calico-node}}, {metadata: {}}]\n",
            ["DaemonSet", None],
        ),
        (
            "apiVersion: v1\nkind: List\nitems: [{apiVersion: v1, kind: SecretList, items: [{a: 1}]}, {a: 1}]\n",
            ["Secret", None],
        ),
    ],
)
def test_an_item_without_a_kind_is_what_its_list_holds(text: str, kinds: list[str | None]) -> None:
    (document,) = documents(Source("a.yaml", text), {})
    assert document.root is not None
    listed = [manifest.listed.kind for manifest in manifests(document.root)]
    assert [kind and kind.name for kind in listed] == kinds


@pytest.mark.parametrize(
    ("api", "kind", "legacy"),
    [
        ("v1", "bgpPeer", True),
        ("v1", "ipPool", True),
        ("v1", "BGPPeer", True),
        ("v3", "BGPPeer", False),
        ("projectcalico.org/v1", "bgpPeer", False),
        ("crd.projectcalico.org/v3", "BGPPeer", False),
    ],
)
def test_legacy_is_calico_2(api: str, kind: str, legacy: bool) -> None:
    ((_, header),) = read(f"apiVersion: {api}\nkind: {kind}\n")
    assert header.kind is None
    assert header.fault is not None
    assert header.fault.rule == "wrong-api-version"
    assert header.fault.legacy is legacy


def test_every_text_is_taken_for_something() -> None:
    root = Mapping(0, 0, 0, [], {}, False, None, None)
    assert identify(root) == Header(None)
