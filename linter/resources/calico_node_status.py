"""CalicoNodeStatus (calico-fields §7.1)."""

from __future__ import annotations

from linter.resources.base import Resource, integer, text


class CalicoNodeStatus(Resource):
    """A request that one node report its BGP state."""

    __slots__ = ()

    node = text("spec", "node")
    update_period_seconds = integer("spec", "updatePeriodSeconds")
