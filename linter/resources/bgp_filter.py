"""BGPFilter (calico-fields §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from linter.resources.base import Located, Resource, View, integer, mapping, sequence, text
from linter.yaml.nodes import Sequence, content

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.values import Cidr

DIRECTIONS: Final = ("exportV4", "importV4", "exportV6", "importV6")


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

    _CONDITIONS = (
        cidr,
        match_operator,
        prefix_length,
        origin,
        interface,
        peer_type,
        communities,
        as_path_prefix,
        priority,
    )

    @property
    def network(self) -> Cidr | None:
        """The network of `cidr`, if it can be read."""
        from linter.values import cidr

        return cidr(self.cidr.value) if self.cidr else None

    @property
    def matches_all(self) -> bool:
        """Whether every route of the direction meets the rule (peering-semantics §7.3).

        A rule without conditions does, one that asks for everything inside 0.0.0.0/0 or ::/0, and on import one that
        asks for routes from remote peers. A misspelt condition is one.
        """
        idle = {FilterRule.origin} if "/import" in self.pointer else set()
        if self._is_in_everything():
            idle |= {FilterRule.cidr, FilterRule.match_operator}
        return all(condition in idle or self.absent(condition) for condition in self._CONDITIONS)

    def _is_in_everything(self) -> bool:
        network, operator = self.network, self.match_operator
        return network is not None and network.prefix_length == 0 and operator is not None and operator.value == "In"


class Direction(NamedTuple):
    """One of the four rule lists, where it stands: `exportV4`, `importV4`, `exportV6` or `importV6`."""

    name: str
    place: Located[Sequence]
    rules: tuple[FilterRule, ...]

    @property
    def family(self) -> int:
        """4 or 6."""
        return int(self.name[-1])

    @property
    def imports(self) -> bool:
        """Whether its rules judge routes that come in."""
        return self.name.startswith("import")


class BGPFilter(Resource):
    """Rules for the routes that peers naming this filter send and receive."""

    __slots__ = ()

    def rules(self, direction: str) -> tuple[FilterRule, ...]:
        """The rules of one direction, in order; items that are no objects are left out."""
        return self.parts(FilterRule, "spec", direction)

    def directions(self) -> Iterator[Direction]:
        """The rule lists that stand in the manifest."""
        for name in DIRECTIONS:
            entry = self.entry(("spec", name))
            below = content(entry.value) if entry else None
            if entry is not None and isinstance(below, Sequence):
                yield Direction(name, Located(below, self.source, entry.key, entry.value), self.rules(name))
