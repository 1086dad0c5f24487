"""CalicoNodeStatus (calico-fields §7.1)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.resources.base import Resource, integer, text

if TYPE_CHECKING:
    from linter.resources.base import Located


class CalicoNodeStatus(Resource):
    """A request that one node report its BGP state."""

    __slots__ = ()

    node = text("spec", "node")
    update_period_seconds = integer("spec", "updatePeriodSeconds")

    @property
    def classes(self) -> tuple[Located[str], ...]:
        """What is to be reported: `Agent`, `BGP`, `Routes`."""
        return self.texts("spec", "classes")
