"""BGPPeer (calico-fields §2)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.resources.base import Resource, flag, integer, number, text
from linter.resources.secret import SecretReference, secret_reference

if TYPE_CHECKING:
    from linter.resources.base import Located


class BGPPeer(Resource):
    """A peering: from the nodes that `node` or `nodeSelector` names, to an address, to nodes or to local workloads.

    `peerIP`, `peerSelector` and `localWorkloadSelector` are its three shapes (calico-fields §2.1).
    """

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
    source_address = text("spec", "sourceAddress")
    max_restart_time = text("spec", "maxRestartTime")
    keepalive_time = text("spec", "keepaliveTime")
    num_allowed_local_as_numbers = integer("spec", "numAllowedLocalASNumbers")
    ttl_security = integer("spec", "ttlSecurity")
    reachable_by = text("spec", "reachableBy")
    reverse_peering = text("spec", "reversePeering")

    @property
    def password(self) -> SecretReference | None:
        """Where the password is kept, as written; sessions of local workloads ignore it (calico-fields §2.1)."""
        return secret_reference(self, "spec", "password")

    @property
    def filters(self) -> tuple[Located[str], ...]:
        """The names of the BGPFilters, in the order in which they judge routes."""
        return self.texts("spec", "filters")

    @property
    def node_selectors(self) -> tuple[Located[str], ...]:
        """The selectors of nodes that it states: who opens the sessions, and to whom (selector §7)."""
        return tuple(stated for stated in (self.node_selector, self.peer_selector) if stated and stated.value)
