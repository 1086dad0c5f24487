"""BGPConfiguration (calico-fields §3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from linter.diagnostics import Label
from linter.resources.base import Located, Resource, View, flag, integer, number, sequence, text
from linter.resources.secret import SecretReference, secret_reference
from linter.yaml.nodes import Scalar, Sequence, content

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.resources.communities import NamedCommunity, PrefixAdvertisement
    from linter.values import Cidr
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

DEFAULT_ONLY_FIELDS: Final = (*REFUSED_BESIDE_DEFAULT, *IGNORED_BESIDE_DEFAULT)
"""Fields that count in `default` alone."""

SERVICE_RANGES: Final = ("serviceClusterIPs", "serviceExternalIPs", "serviceLoadBalancerIPs")
"""The lists of ranges from which addresses of Services are announced (calico-fields §3.3)."""

SAMPLES: Final = frozenset(("104.244.42.129/32", "172.217.3.0/24"))
"""Ranges on Calico's reference page that belong to public sites (pain 8)."""


class ServiceRange(View):
    """One item of a service range list; `field` is the list."""

    __slots__ = ()

    cidr = text("cidr")

    @property
    def field(self) -> str:
        """`serviceClusterIPs`, `serviceExternalIPs` or `serviceLoadBalancerIPs`."""
        return self.pointer.split("/")[2]

    @property
    def network(self) -> Cidr | None:
        """The range of `cidr`, if it can be read."""
        from linter.values import cidr

        return cidr(self.cidr.value) if self.cidr else None

    @property
    def is_empty(self) -> bool:
        """Whether it has no CIDR at all: neither a misspelt one, nor text that is at fault."""
        return self.absent(ServiceRange.cidr)

    @property
    def place(self) -> Label:
        """The key of its CIDR, or without one the item."""
        written = self.written(ServiceRange.cidr)
        return written.key_label() if written else Label(self.source, self.root.span)

    @property
    def is_sample(self) -> bool:
        """Whether it was copied from Calico's reference page."""
        network = self.network
        return network is not None and network.canonical in SAMPLES


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
    community_list = sequence("spec", "communities")
    prefix_advertisement_list = sequence("spec", "prefixAdvertisements")

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
    def is_read(self) -> bool:
        """Whether Calico reads it: under `default` or `node.<name>`; a patch and a template may get such a name."""
        from linter.schema.dialect import is_templated

        name = self.name
        return name is None or self.is_default or self.node is not None or self.patch or is_templated(name.value)

    @property
    def is_of_cluster(self) -> bool:
        """Whether what counts in `default` alone is read here (calico-fields §3.2)."""
        return self.is_read and self.node is None

    def reads(self, field: str) -> bool:
        """Whether Calico reads this member of `spec` under the object's name (calico-fields §3.2)."""
        return self.is_of_cluster if field in DEFAULT_ONLY_FIELDS else self.is_read

    @property
    def when_absent(self) -> str:
        """What follows when Typha takes the whole object for absent (calico-fields §0.8)."""
        return "the mesh comes back with AS 64512" if self.is_of_cluster else "the whole object is absent"

    @property
    def node_mesh_password(self) -> SecretReference | None:
        """Where the password of the node-to-node mesh is kept."""
        return secret_reference(self, "spec", "nodeMeshPassword")

    @property
    def communities(self) -> tuple[NamedCommunity, ...]:
        """The named communities."""
        from linter.resources.communities import NamedCommunity

        return self.parts(NamedCommunity, "spec", "communities")

    @property
    def community_names(self) -> dict[str, Located[object]] | None:
        """The names that advertisements may use, each where it is defined first; None where they cannot all be told."""
        from linter.resources.communities import names

        return names(self)

    @property
    def prefix_advertisements(self) -> tuple[PrefixAdvertisement, ...]:
        """The prefixes with the communities they carry."""
        from linter.resources.communities import PrefixAdvertisement

        return self.parts(PrefixAdvertisement, "spec", "prefixAdvertisements")

    @property
    def ignored_interfaces(self) -> tuple[Located[str], ...]:
        """Interface names and patterns that BIRD leaves alone."""
        return self.texts("spec", "ignoredInterfaces")

    @property
    def undefined_communities(self) -> tuple[Located[str], ...]:
        """What advertisements list that is neither a community nor a known name; none where names cannot be told."""
        from linter.resources.communities import undefined

        return undefined(self)

    @property
    def unused_communities(self) -> tuple[Located[object], ...]:
        """The names that no advertisement lists, where all that they list can be told."""
        from linter.resources.communities import unused

        return unused(self)

    def service_ranges(self, *fields: str) -> Iterator[ServiceRange]:
        """The items of the lists of service ranges, or of those that are named."""
        for field in fields or SERVICE_RANGES:
            yield from self.parts(ServiceRange, "spec", field)

    def announces_whole(self, field: str) -> bool:
        """Whether every node announces the ranges of a list as they are (peering-semantics §10).

        Ranges that are announced so are barred from every node's kernel. A single address among the external and the
        load-balancer ranges is never announced so.
        """
        aggregation = self.service_load_balancer_aggregation
        return field != SERVICE_RANGES[2] or aggregation is None or aggregation.value != "Disabled"

    def default_only(self) -> Iterator[DefaultOnly]:
        """The fields that are set here and count in `default` alone, whether or not their values are at fault.

        Null and an empty list set nothing. For the fields that nobody refuses empty text does not either, nor does
        `serviceLoadBalancerAggregation: Enabled`, which the CRD fills in by itself (calico-fields §3.3). A field that
        the target version lacks counts nowhere.
        """
        for field in REFUSED_BESIDE_DEFAULT:
            place = self.set_value(field)
            if place is not None:
                yield DefaultOnly(field, place, refused=True)
        for field in IGNORED_BESIDE_DEFAULT:
            place = self.set_value(field)
            too_new = f"/spec/{field}" in self.presumed
            if place is not None and not too_new and not _is_filled_in(field, place.value):
                yield DefaultOnly(field, place, refused=False)

    def set_value(self, field: str) -> Located[Content] | None:
        """A member of `spec` unless it is null or an empty list; `{}` counts (calico-fields §3.4)."""
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
