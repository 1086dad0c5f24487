"""FelixConfiguration, as far as it bears on BGP (calico-fields §3.7)."""

from __future__ import annotations

from typing import Final

from linter.resources.base import Resource, flag, integer, text

DEFAULT: Final = "default"


class FelixConfiguration(Resource):
    """Felix's settings: of the whole cluster under the name `default`, of one node under `node.<name>`."""

    __slots__ = ()

    program_cluster_routes = text("spec", "programClusterRoutes")
    ipv4_normal_route_priority = integer("spec", "ipv4NormalRoutePriority")
    ipv6_normal_route_priority = integer("spec", "ipv6NormalRoutePriority")
    bpf_enabled = flag("spec", "bpfEnabled")

    @property
    def is_default(self) -> bool:
        """Whether the cluster's settings are read here."""
        return self.name is not None and self.name.value == DEFAULT
