"""Calico's own Node, which only calicoctl applies (calico-fields §5.1)."""

from __future__ import annotations

from linter.resources.base import Resource, mapping, number, text


class Node(Resource):
    """A node with its BGP addresses, AS number and reflector role."""

    __slots__ = ()

    bgp = mapping("spec", "bgp")
    as_number = number("spec", "bgp", "asNumber")
    ipv4_address = text("spec", "bgp", "ipv4Address")
    ipv6_address = text("spec", "bgp", "ipv6Address")
    ipv4_ipip_tunnel_address = text("spec", "bgp", "ipv4IPIPTunnelAddr")
    route_reflector_cluster_id = text("spec", "bgp", "routeReflectorClusterID")
