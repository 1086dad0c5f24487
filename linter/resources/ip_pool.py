"""IPPool, as far as it bears on BGP (calico-fields §7.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from linter.resources.base import Resource, flag, integer, sequence, text

if TYPE_CHECKING:
    from linter.resources.base import Located
    from linter.values import Cidr

_NEVER: Final = "Never"
_ENCAPSULATED: Final = frozenset(("Always", "CrossSubnet"))
_BIRD_PROGRAMS_IPIP: Final = frozenset(("Enabled", "EnabledIPIPOnly"))
_BIRD_PROGRAMS_UNENCAPSULATED: Final = frozenset(("Enabled", "EnabledNoEncapOnly"))


class IPPool(Resource):
    """A range of pod, tunnel or load-balancer addresses."""

    __slots__ = ()

    cidr = text("spec", "cidr")
    block_size = integer("spec", "blockSize")
    ipip_mode = text("spec", "ipipMode")
    vxlan_mode = text("spec", "vxlanMode")
    nat_outgoing = flag("spec", "natOutgoing")
    disabled = flag("spec", "disabled")
    disable_bgp_export = flag("spec", "disableBGPExport")
    node_selector = text("spec", "nodeSelector")
    namespace_selector = text("spec", "namespaceSelector")
    assignment_mode = text("spec", "assignmentMode")
    uses = sequence("spec", "allowedUses")

    @property
    def allowed_uses(self) -> tuple[Located[str], ...]:
        """`Workload`, `Tunnel` or `LoadBalancer`; none written means the first two."""
        return self.texts("spec", "allowedUses")

    @property
    def network(self) -> Cidr | None:
        """The range, where the text is one."""
        from linter.values import cidr

        return cidr(self.cidr.value) if self.cidr else None

    @property
    def ipip(self) -> Located[str] | None:
        """`ipipMode` where it is on."""
        mode = self.ipip_mode
        return mode if mode and mode.value in _ENCAPSULATED else None

    @property
    def vxlan(self) -> Located[str] | None:
        """`vxlanMode` where it is on."""
        mode = self.vxlan_mode
        return mode if mode and mode.value in _ENCAPSULATED else None

    @property
    def node_selectors(self) -> tuple[Located[str], ...]:
        """The selector of the nodes that may draw from it, if it states one (selector §7)."""
        stated = self.node_selector
        return (stated,) if stated and stated.value else ()

    def needs_bird(self, program_cluster_routes: str) -> bool:
        """Whether BIRD writes the routes between nodes for this pool, so that without sessions pods lose each other.

        `program_cluster_routes` is the field of BGPConfiguration `default`, or its default (peering-semantics §9). A
        pool of load-balancer addresses has no such routes.
        """
        if {use.value for use in self.allowed_uses} == {"LoadBalancer"}:
            return False
        if self.vxlan_mode and self.vxlan_mode.value not in {"", _NEVER}:
            return False
        if self.ipip_mode and self.ipip_mode.value not in {"", _NEVER}:
            return program_cluster_routes in _BIRD_PROGRAMS_IPIP
        return program_cluster_routes in _BIRD_PROGRAMS_UNENCAPSULATED
