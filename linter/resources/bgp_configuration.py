"""BGPConfiguration (calico-fields §3)."""

from __future__ import annotations

from linter.resources.base import Resource, View, flag, integer, number, text


class Community(View):
    """One item of `communities`: a name for a community value."""

    __slots__ = ()

    name = text("name")
    value = text("value")


class PrefixAdvertisement(View):
    """One item of `prefixAdvertisements`."""

    __slots__ = ()

    cidr = text("cidr")


class ServiceRange(View):
    """One item of a service range list."""

    __slots__ = ()

    cidr = text("cidr")


class BGPConfiguration(Resource):
    """Cluster-wide settings under the name `default`, overrides of one node under `node.<name>`."""

    __slots__ = ()

    log_severity_screen = text("spec", "logSeverityScreen")
    node_to_node_mesh_enabled = flag("spec", "nodeToNodeMeshEnabled")
    as_number = number("spec", "asNumber")
    listen_port = integer("spec", "listenPort")
    bind_mode = text("spec", "bindMode")
    node_mesh_password_secret = text("spec", "nodeMeshPassword", "secretKeyRef", "name")
    node_mesh_password_key = text("spec", "nodeMeshPassword", "secretKeyRef", "key")
    node_mesh_max_restart_time = text("spec", "nodeMeshMaxRestartTime")
    service_load_balancer_aggregation = text("spec", "serviceLoadBalancerAggregation")
    local_workload_peering_ipv4 = text("spec", "localWorkloadPeeringIPV4")
    local_workload_peering_ipv6 = text("spec", "localWorkloadPeeringIPV6")
    program_cluster_routes = text("spec", "programClusterRoutes")
    ipv4_normal_route_priority = integer("spec", "ipv4NormalRoutePriority")
    ipv6_normal_route_priority = integer("spec", "ipv6NormalRoutePriority")

    @property
    def communities(self) -> tuple[Community, ...]:
        """The named communities."""
        return self.parts(Community, "spec", "communities")

    @property
    def prefix_advertisements(self) -> tuple[PrefixAdvertisement, ...]:
        """The prefixes with the communities they carry."""
        return self.parts(PrefixAdvertisement, "spec", "prefixAdvertisements")

    def service_ranges(self, field: str) -> tuple[ServiceRange, ...]:
        """The items of `serviceClusterIPs`, `serviceExternalIPs` or `serviceLoadBalancerIPs`."""
        return self.parts(ServiceRange, "spec", field)
