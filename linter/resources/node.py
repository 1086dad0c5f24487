"""Calico's own Node, which only calicoctl applies (calico-fields §5.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.resources.base import Resource, mapping, number, text
from linter.yaml.nodes import Mapping, content

if TYPE_CHECKING:
    from linter.resources.base import Located
    from linter.yaml.nodes import Entry


class Node(Resource):
    """A node with its BGP addresses, AS number and reflector role."""

    __slots__ = ()

    bgp = mapping("spec", "bgp")
    as_number = number("spec", "bgp", "asNumber")
    ipv4_address = text("spec", "bgp", "ipv4Address")
    ipv6_address = text("spec", "bgp", "ipv6Address")
    ipv4_ipip_tunnel_address = text("spec", "bgp", "ipv4IPIPTunnelAddr")
    route_reflector_cluster_id = text("spec", "bgp", "routeReflectorClusterID")

    @property
    def labels(self) -> dict[str, Located[object]]:
        """The labels that selectors of BGPPeers see."""
        return self.table("metadata", "labels")

    def label(self, key: str) -> Located[object] | None:
        """The value of one label, as JSON has it."""
        return self.member("metadata", "labels", key)

    def entry(self, path: tuple[str, ...]) -> Entry | None:
        """The entry at `path` in any letter case, because calicoctl alone reads this kind (calico-fields §10)."""
        return super().entry(path) or _entry_in_any_case(self.root, path)


def _entry_in_any_case(root: Mapping, path: tuple[str, ...]) -> Entry | None:
    entry: Entry | None = None
    below: object = root
    for name in path:
        if not isinstance(below, Mapping):
            return None
        entry = below.fields.get(name) or _in_other_case(below, name)
        below = content(entry.value) if entry else None
    return entry


def _in_other_case(mapping: Mapping, name: str) -> Entry | None:
    for key, entry in mapping.fields.items():
        if len(key) == len(name) and key.lower() == name.lower():
            return entry
    return None
