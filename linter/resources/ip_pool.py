"""IPPool, as far as it bears on BGP (calico-fields §7.2)."""

from __future__ import annotations

from linter.resources.base import Resource, flag, integer, text


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
