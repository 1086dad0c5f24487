"""BGPFilter (calico-fields §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.resources.base import Located, Resource, View, integer, mapping, sequence, text
from linter.yaml.nodes import Sequence, content

if TYPE_CHECKING:
    from collections.abc import Iterator

DIRECTIONS = ("exportV4", "importV4", "exportV6", "importV6")


class FilterRule(View):
    """One rule of a direction; the first that matches decides."""

    __slots__ = ()

    action = text("action")
    cidr = text("cidr")
    match_operator = text("matchOperator")
    prefix_length = mapping("prefixLength")
    prefix_length_min = integer("prefixLength", "min")
    prefix_length_max = integer("prefixLength", "max")
    origin = text("source")
    interface = text("interface")
    peer_type = text("peerType")
    communities = mapping("communities")
    as_path_prefix = sequence("asPathPrefix")
    priority = integer("priority")
    operations = sequence("operations")


class BGPFilter(Resource):
    """Rules for the routes that peers naming this filter send and receive."""

    __slots__ = ()

    def rules(self, direction: str) -> tuple[FilterRule, ...]:
        """The rules of `exportV4`, `importV4`, `exportV6` or `importV6`, in order."""
        return self.parts(FilterRule, "spec", direction)

    def directions(self) -> Iterator[tuple[str, Located[Sequence]]]:
        """The rule lists that stand in the manifest."""
        for direction in DIRECTIONS:
            entry = self.entry(("spec", direction))
            below = content(entry.value) if entry else None
            if entry is not None and isinstance(below, Sequence):
                yield direction, Located(below, self.source, entry.key, entry.value)
