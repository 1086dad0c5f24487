"""Views of the BGP kinds: what no rule reads yet is read right all the same."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest

from linter.resources.bgp_configuration import BGPConfiguration
from linter.resources.bgp_filter import BGPFilter
from linter.resources.bgp_peer import BGPPeer
from linter.resources.calico_node_status import CalicoNodeStatus
from linter.resources.ip_pool import IPPool
from linter.resources.node import Node
from linter.text import Source
from linter.yaml.nodes import Mapping
from linter.yaml.parser import documents

if TYPE_CHECKING:
    from collections.abc import Iterable

    from linter.resources.base import Located, Resource

R = TypeVar("R", bound="Resource")


def view(kind: type[R], text: str) -> R:
    document = next(documents(Source("x.yaml", text), {}))
    assert isinstance(document.root, Mapping)
    return kind(document, document.root)


def values(items: Iterable[Located[str]]) -> list[str]:
    return [item.value for item in items]


def test_filters_keep_their_order_and_their_repeats() -> None:
    assert values(view(BGPPeer, "spec: {filters: [b, a, 1, b]}").filters) == ["b", "a", "b"]


@pytest.mark.parametrize(
    "password", ["null", "{}", "{secretKeyRef: {}}", "{secretKeyRef: {name: a}}", "{secretKeyRef: {name: '', key: b}}"]
)
def test_a_password_without_name_and_key_refers_to_nothing(password: str) -> None:
    assert view(BGPPeer, f"spec: {{password: {password}}}").password is None
    assert view(BGPConfiguration, f"spec: {{nodeMeshPassword: {password}}}").node_mesh_password is None


@pytest.mark.parametrize(("kind", "field"), [(BGPPeer, "password"), (BGPConfiguration, "nodeMeshPassword")])
def test_a_password_refers_to_a_secret_and_its_key(kind: type[BGPPeer | BGPConfiguration], field: str) -> None:
    resource = view(kind, f"spec: {{{field}: {{secretKeyRef: {{name: a, key: b}}}}}}")
    reference = resource.password if isinstance(resource, BGPPeer) else resource.node_mesh_password
    assert reference is not None
    assert (reference.name.value, reference.key.value) == ("a", "b")


@pytest.mark.parametrize(
    ("name", "is_default", "node"),
    [("default", True, None), ("node.a", False, "a"), ("node.a.b", False, "a.b"), ("node-a", False, None)],
)
def test_a_configuration_is_for_the_cluster_or_for_a_node(name: str, is_default: bool, node: str | None) -> None:
    configuration = view(BGPConfiguration, f"metadata: {{name: {name}}}")
    assert (configuration.is_default, configuration.node) == (is_default, node)


def test_a_configuration_without_a_name_is_neither() -> None:
    configuration = view(BGPConfiguration, "spec: {asNumber: 1}")
    assert (configuration.is_default, configuration.node) == (False, None)


def test_lists_of_a_configuration() -> None:
    configuration = view(
        BGPConfiguration,
        "spec: {ignoredInterfaces: [eth1, 'docker*'], communities: [{name: a, value: '1:2'}],\n"
        " prefixAdvertisements: [{cidr: 10.0.0.0/8, communities: [a, '3:4']}],\n"
        " serviceClusterIPs: [{cidr: 10.96.0.0/12}]}",
    )
    assert values(configuration.ignored_interfaces) == ["eth1", "docker*"]
    assert [community.name.value for community in configuration.communities if community.name] == ["a"]
    assert values(configuration.prefix_advertisements[0].communities) == ["a", "3:4"]
    assert [item.cidr.value for item in configuration.service_ranges("serviceClusterIPs") if item.cidr] == [
        "10.96.0.0/12"
    ]


def test_directions_stand_where_they_are_written() -> None:
    text = "spec: {importV6: [{action: Accept}], exportV4: [], exportV6: null, importV4: 1}"
    directions = list(view(BGPFilter, text).directions())
    assert [(each.name, each.family, each.imports, len(each.rules)) for each in directions] == [
        ("exportV4", 4, False, 0),
        ("importV6", 6, True, 1),
    ]


def test_classes_of_a_node_status() -> None:
    assert values(view(CalicoNodeStatus, "spec: {classes: [BGP, Routes]}").classes) == ["BGP", "Routes"]


@pytest.mark.parametrize("spec", ["{bgp: {asNumber: 64600}}", "{BGP: {ASNumber: 64600}}", "{bgp: {asnumber: 64600}}"])
def test_a_node_is_read_in_any_letter_case(spec: str) -> None:
    node = view(Node, f"spec: {spec}")
    assert node.as_number is not None
    assert node.as_number.value == 64600
    assert node.ipv4_address is None


@pytest.mark.parametrize("text", ["spec: 1", "spec: {bgp: [1]}", "spec: {bgp: {}}", "spec:", "a: 1"])
def test_a_node_without_its_fields_is_read_too(text: str) -> None:
    assert view(Node, text).as_number is None


def test_labels_of_a_node() -> None:
    labels = view(Node, "metadata: {labels: {rack: a, route-reflector: true}}").labels
    assert {name: label.value for name, label in labels.items()} == {"rack": "a", "route-reflector": True}


@pytest.mark.parametrize(
    ("pool", "needing"),
    [
        ("{}", {"Enabled", "EnabledNoEncapOnly"}),
        ("{ipipMode: Never, vxlanMode: Never}", {"Enabled", "EnabledNoEncapOnly"}),
        ("{ipipMode: Always}", {"Enabled", "EnabledIPIPOnly"}),
        ("{ipipMode: CrossSubnet}", {"Enabled", "EnabledIPIPOnly"}),
        ("{vxlanMode: Always}", set()),
        ("{vxlanMode: CrossSubnet}", set()),
        ("{allowedUses: [LoadBalancer]}", set()),
        ("{allowedUses: [Workload, LoadBalancer]}", {"Enabled", "EnabledNoEncapOnly"}),
    ],
)
def test_who_programs_a_pool(pool: str, needing: set[str]) -> None:
    modes = {"Enabled", "Disabled", "EnabledIPIPOnly", "EnabledNoEncapOnly"}
    assert {mode for mode in modes if view(IPPool, f"spec: {pool}").needs_bird(mode)} == needing
