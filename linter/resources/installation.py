"""Installation of the Tigera operator, as far as it bears on BGP (calico-fields §7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from linter.resources.base import Resource, View, flag, integer, mapping, sequence, text

if TYPE_CHECKING:
    from linter.resources.base import Field, Located
    from linter.values import Cidr

OVERLAY: Final = "overlay"
_CALICO: Final = "Calico"
_NETWORK: Final = ("spec", "calicoNetwork")


class InstallationPool(View):
    """One item of `ipPools`, of which the operator makes an IPPool."""

    __slots__ = ()

    name = text("name")
    cidr = text("cidr")
    encapsulation = text("encapsulation")
    nat_outgoing = text("natOutgoing")
    node_selector = text("nodeSelector")
    block_size = integer("blockSize")
    disable_bgp_export = flag("disableBGPExport")
    assignment_mode = text("assignmentMode")

    @property
    def allowed_uses(self) -> tuple[Located[str], ...]:
        """`Workload`, `Tunnel` or `LoadBalancer`; none written means the first two."""
        return self.texts("allowedUses")

    @property
    def network(self) -> Cidr | None:
        """The range, where the text is one."""
        from linter.values import cidr

        return cidr(self.cidr.value) if self.cidr else None


class Autodetection(View):
    """How the nodes' addresses of one family are found."""

    __slots__ = ()

    first_found = flag("firstFound")
    kubernetes = text("kubernetes")
    interface = text("interface")
    skip_interface = text("skipInterface")
    can_reach = text("canReach")
    cidrs = sequence("cidrs")

    @property
    def methods(self) -> tuple[Located[object], ...]:
        """The methods it asks for, in the order in which they are written; `firstFound: false` asks for nothing."""
        found = filter(None, map(self.stated, _METHODS))
        return tuple(sorted(found, key=lambda method: method.span))

    @property
    def asks_nothing(self) -> bool:
        """Whether no member of it is set, not even one that is not known here."""
        return not any(self.stated(text(name)) for name in self.root.fields)


_METHODS: Final[tuple[Field[Any], ...]] = (
    Autodetection.first_found,
    Autodetection.kubernetes,
    Autodetection.interface,
    Autodetection.skip_interface,
    Autodetection.can_reach,
    Autodetection.cidrs,
)


class Installation(Resource):
    """How the operator is to install Calico; what `overlay` states is laid over `default`."""

    __slots__ = ()

    kubernetes_provider = text("spec", "kubernetesProvider")
    cni_type = text("spec", "cni", "type")
    calico_network = mapping(*_NETWORK)
    bgp = text(*_NETWORK, "bgp")
    cluster_routing_mode = text(*_NETWORK, "clusterRoutingMode")
    linux_dataplane = text(*_NETWORK, "linuxDataplane")
    ip_pools = sequence(*_NETWORK, "ipPools")
    autodetection_v4 = mapping(*_NETWORK, "nodeAddressAutodetectionV4")
    autodetection_v6 = mapping(*_NETWORK, "nodeAddressAutodetectionV6")

    @property
    def is_partial(self) -> bool:
        """Whether it states only what differs from another one, so that absence says nothing."""
        return self.patch or (self.name is not None and self.name.value == OVERLAY)

    @property
    def uses_calico_cni(self) -> bool:
        """Whether, as far as is stated, Calico's own CNI plugin is used: with another, pools are not read."""
        return self.cni_type is None or self.cni_type.value in {"", _CALICO}

    @property
    def pools(self) -> tuple[InstallationPool, ...]:
        """The pools it asks for; where none are written, the operator makes one of its own."""
        return self.parts(InstallationPool, *_NETWORK, "ipPools")

    def has_autodetection(self, version: int) -> bool:
        """Whether anything is written for a family, readable or not; null is as good as nothing."""
        field = Installation.autodetection_v6 if version == 6 else Installation.autodetection_v4
        return self.autodetection(version) is not None or not self.absent(field)

    def autodetection(self, version: int) -> Autodetection | None:
        """What is stated for a family, 4 or 6."""
        stated = self.autodetection_v6 if version == 6 else self.autodetection_v4
        pointer = f"/spec/calicoNetwork/nodeAddressAutodetectionV{version}"
        return Autodetection(self.source, stated.value, pointer, self.rejected, self.presumed) if stated else None
