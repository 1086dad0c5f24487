"""BGPPeer (calico-fields §2)."""

from __future__ import annotations

from linter.resources.base import Resource, flag, integer, number, text


class BGPPeer(Resource):
    """A peering: from the nodes that `node` or `nodeSelector` names, to an address, to nodes or to local workloads."""

    __slots__ = ()

    node = text("spec", "node")
    node_selector = text("spec", "nodeSelector")
    peer_ip = text("spec", "peerIP")
    as_number = number("spec", "asNumber")
    local_as_number = number("spec", "localASNumber")
    peer_selector = text("spec", "peerSelector")
    local_workload_selector = text("spec", "localWorkloadSelector")
    keep_original_next_hop = flag("spec", "keepOriginalNextHop")
    next_hop_mode = text("spec", "nextHopMode")
    password_secret = text("spec", "password", "secretKeyRef", "name")
    password_key = text("spec", "password", "secretKeyRef", "key")
    source_address = text("spec", "sourceAddress")
    max_restart_time = text("spec", "maxRestartTime")
    keepalive_time = text("spec", "keepaliveTime")
    num_allowed_local_as_numbers = integer("spec", "numAllowedLocalASNumbers")
    ttl_security = integer("spec", "ttlSecurity")
    reachable_by = text("spec", "reachableBy")
    reverse_peering = text("spec", "reversePeering")
