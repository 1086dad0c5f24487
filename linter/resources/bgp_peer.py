"""BGPPeer (calico-fields §2)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any

from linter.diagnostics import Edit, Fix
from linter.resources.base import Resource, flag, integer, mapping, number, text
from linter.resources.secret import SecretReference, secret_reference
from linter.values import peer_address
from linter.yaml.nodes import Scalar
from linter.yaml.quoting import quoted

if TYPE_CHECKING:
    from linter.diagnostics import Safety
    from linter.resources.base import Field, Located
    from linter.values import PeerAddress


class BGPPeer(Resource):
    """A peering: from the nodes that `node` or `nodeSelector` names, to an address, to nodes or to local workloads.

    `peerIP`, `peerSelector` and `localWorkloadSelector` are its three shapes (calico-fields §2.1).
    """

    __slots__ = ("__dict__",)  # for what several rules ask, and is read once

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
    password_source = mapping("spec", "password")

    _TARGETS = (peer_ip, peer_selector, local_workload_selector)

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

    @property
    def has_target(self) -> bool:
        """Whether anything says whom to peer with; a misspelt field does."""
        return not all(map(self.absent, BGPPeer._TARGETS))

    def leads_to(self, target: Field[str]) -> bool:
        """Whether `target`, of `peerIP`, `peerSelector` and `localWorkloadSelector`, alone says whom to peer with."""
        return self.stated(target) is not None and self._stands_alone(target)

    def _stands_alone(self, target: Field[str]) -> bool:
        return all(other is target or self.absent(other) for other in BGPPeer._TARGETS)

    @cached_property
    def neighbour(self) -> PeerAddress | None:
        """The address it leads to; None where that cannot be read, or a selector has the say in its place."""
        place = self.peer_ip
        return peer_address(place.value) if place and place.value and self._stands_alone(BGPPeer.peer_ip) else None

    def readdressed(self, text: str) -> tuple[Edit, ...]:
        """Write another peerIP in place of the one that stands: plain where that was and can be, else in quotes."""
        place = self.peer_ip
        if place is None:
            return ()
        style = place.content.style if isinstance(place.content, Scalar) else ""
        plain = not style and text[0] not in "[:" and text[-1] != ":"
        return (place.edit(text if plain else quoted(text, style)),)

    def removal(self, place: Located[Any], safety: Safety) -> Fix | None:
        """Take a member of `spec` out; None where the cut would change more than that."""
        if self.spec is None or place.key is None:
            return None
        from linter.yaml.edits import without

        edit = without(self.document, self.spec.value, place.key)
        return Fix(f"remove {place.key.text}", safety, (edit,)) if edit else None

    def respelt(self, place: Located[Any], name: str, value: str) -> tuple[Edit, ...]:
        """Write another member of `spec` in place of one; none where aliases or `<<` repeat things."""
        if place.key is None or self.document.aliases:
            return ()
        quote = '"' if place.key.style == '"' else ""
        return (Edit(self.source, place.key.span, f"{quote}{name}{quote}"), place.edit(f"{quote}{value}{quote}"))
