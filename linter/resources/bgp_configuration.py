"""BGPConfiguration (calico-fields §3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from linter.resources.base import Located, Resource, View, flag, integer, number, text
from linter.resources.secret import SecretReference, secret_reference
from linter.yaml.nodes import Scalar, Sequence, content

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.yaml.nodes import Content

DEFAULT: Final = "default"
NODE_PREFIX: Final = "node."

REFUSED_BESIDE_DEFAULT: Final = (
    "nodeToNodeMeshEnabled",
    "asNumber",
    "serviceLoadBalancerIPs",
    "serviceExternalIPs",
    "serviceClusterIPs",
    "nodeMeshPassword",
    "nodeMeshMaxRestartTime",
)
"""Fields that calicoctl and the Calico API server refuse under any name but `default` (calico-fields §3.2)."""

IGNORED_BESIDE_DEFAULT: Final = (
    "serviceLoadBalancerAggregation",
    "bindMode",
    "ignoredInterfaces",
    "localWorkloadPeeringIPV4",
    "localWorkloadPeeringIPV6",
    "programClusterRoutes",
    "ipv4NormalRoutePriority",
    "ipv6NormalRoutePriority",
)
"""Fields that everybody accepts, and nobody reads, under any name but `default` (calico-fields §3.2)."""


class Community(View):
    """One item of `communities`: a name for a community value."""

    __slots__ = ()

    name = text("name")
    value = text("value")


class PrefixAdvertisement(View):
    """One item of `prefixAdvertisements`."""

    __slots__ = ()

    cidr = text("cidr")

    @property
    def communities(self) -> tuple[Located[str], ...]:
        """Communities written out, or names that the same object defines (calico-fields §3.4)."""
        return self.texts("communities")


class ServiceRange(View):
    """One item of a service range list."""

    __slots__ = ()

    cidr = text("cidr")


class DefaultOnly(NamedTuple):
    """A field that Calico reads in `default` alone; `refused` tells that Calico's client checks it too."""

    field: str
    place: Located[Content]
    refused: bool


class BGPConfiguration(Resource):
    """Cluster-wide settings under the name `default`, overrides of one node under `node.<name>`."""

    __slots__ = ()

    log_severity_screen = text("spec", "logSeverityScreen")
    node_to_node_mesh_enabled = flag("spec", "nodeToNodeMeshEnabled")
    as_number = number("spec", "asNumber")
    listen_port = integer("spec", "listenPort")
    bind_mode = text("spec", "bindMode")
    node_mesh_max_restart_time = text("spec", "nodeMeshMaxRestartTime")
    service_load_balancer_aggregation = text("spec", "serviceLoadBalancerAggregation")
    local_workload_peering_ipv4 = text("spec", "localWorkloadPeeringIPV4")
    local_workload_peering_ipv6 = text("spec", "localWorkloadPeeringIPV6")
    program_cluster_routes = text("spec", "programClusterRoutes")
    ipv4_normal_route_priority = integer("spec", "ipv4NormalRoutePriority")
    ipv6_normal_route_priority = integer("spec", "ipv6NormalRoutePriority")

    @property
    def is_default(self) -> bool:
        """Whether the cluster's settings are read here."""
        return self.name is not None and self.name.value == DEFAULT

    @property
    def node(self) -> str | None:
        """The node whose overrides these are (calico-fields §3.1)."""
        name = self.name.value if self.name else ""
        return name.removeprefix(NODE_PREFIX) if name.startswith(NODE_PREFIX) else None

    @property
    def node_mesh_password(self) -> SecretReference | None:
        """Where the password of the node-to-node mesh is kept."""
        return secret_reference(self, "spec", "nodeMeshPassword")

    @property
    def communities(self) -> tuple[Community, ...]:
        """The named communities."""
        return self.parts(Community, "spec", "communities")

    @property
    def prefix_advertisements(self) -> tuple[PrefixAdvertisement, ...]:
        """The prefixes with the communities they carry."""
        return self.parts(PrefixAdvertisement, "spec", "prefixAdvertisements")

    @property
    def ignored_interfaces(self) -> tuple[Located[str], ...]:
        """Interface names and patterns that BIRD leaves alone."""
        return self.texts("spec", "ignoredInterfaces")

    def service_ranges(self, field: str) -> tuple[ServiceRange, ...]:
        """The items of `serviceClusterIPs`, `serviceExternalIPs` or `serviceLoadBalancerIPs`."""
        return self.parts(ServiceRange, "spec", field)

    def default_only(self) -> Iterator[DefaultOnly]:
        """The fields that are set here and count in `default` alone, whether or not their values are at fault.

        Null and an empty list set nothing. For the fields that nobody refuses empty text does not either, nor does
        `serviceLoadBalancerAggregation: Enabled`, which the CRD fills in by itself (calico-fields §3.3).
        """
        for field in REFUSED_BESIDE_DEFAULT:
            place = self._set(field)
            if place is not None:
                yield DefaultOnly(field, place, refused=True)
        for field in IGNORED_BESIDE_DEFAULT:
            place = self._set(field)
            if place is not None and not _is_filled_in(field, place.value):
                yield DefaultOnly(field, place, refused=False)

    def _set(self, field: str) -> Located[Content] | None:
        entry = self.entry(("spec", field))
        below = content(entry.value) if entry else None
        if entry is None or below is None or _sets_nothing(below):
            return None
        return Located(below, self.source, entry.key, entry.value)


def _sets_nothing(node: Content) -> bool:
    return (isinstance(node, Scalar) and node.value is None) or (isinstance(node, Sequence) and not node.items)


def _is_filled_in(field: str, node: Content) -> bool:
    default = "Enabled" if field == "serviceLoadBalancerAggregation" else ""
    return isinstance(node, Scalar) and node.value in {"", default}
