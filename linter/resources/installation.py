"""Installation of the Tigera operator, as far as it bears on BGP (calico-fields §7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from linter.resources.base import Resource, View, flag, integer, mapping, sequence, text

if TYPE_CHECKING:
    from linter.resources.base import Located
    from linter.yaml.nodes import Mapping

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
    def is_overlay(self) -> bool:
        """Whether it states only what differs from `default`, so that absence says nothing."""
        return self.name is not None and self.name.value == OVERLAY

    @property
    def uses_calico_cni(self) -> bool:
        """Whether, as far as is stated, Calico's own CNI plugin is used: with another, pools are not read."""
        return self.cni_type is None or self.cni_type.value in {"", _CALICO}

    @property
    def pools(self) -> tuple[InstallationPool, ...]:
        """The pools it asks for; where none are written, the operator makes one of its own."""
        return self.parts(InstallationPool, *_NETWORK, "ipPools")

    @property
    def autodetections(self) -> tuple[Located[Mapping], ...]:
        """How the nodes' addresses are found, for each family that states it, IPv4 first."""
        return tuple(stated for stated in (self.autodetection_v4, self.autodetection_v6) if stated)
