"""BGPFilter (calico-fields §4)."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Final, NamedTuple

from linter.diagnostics import Label
from linter.resources.base import Located, Resource, View, integer, mapping, sequence, text
from linter.text import Span
from linter.yaml.nodes import Alias, Scalar, Sequence, content

if TYPE_CHECKING:
    from collections.abc import Iterator
    from typing import Any

    from linter.resources.base import Field
    from linter.resources.filter_conditions import Conditions
    from linter.values import Cidr

DIRECTIONS: Final = ("exportV4", "importV4", "exportV6", "importV6")

_FEW: Final = 16
"""Networks whose rules are all compared: asking for those around a network is dearer."""

_MOST_COMPARED: Final = 100
"""Rules about one network that later ones are compared with: time would grow with the square of their number."""


class FilterRule(View):
    """One rule of a direction; the first that matches decides."""

    __slots__ = ("__dict__",)  # for what several rules ask, and is read once

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

    @property
    def number(self) -> int:
        """Its position in the direction's list, from 1."""
        return int(self.pointer.rpartition("/")[2]) + 1

    @property
    def imports(self) -> bool:
        """Whether it judges routes that come in."""
        return "/import" in self.pointer

    @property
    def bits(self) -> int:
        """32 or 128, as its direction says."""
        return 32 if "V4/" in self.pointer else 128

    def present(self, field: Field[Any]) -> bool:
        """Whether the field has a value, good or bad, or a misspelt key was probably meant for it."""
        entry = self.entry(field.path)
        below = content(entry.value) if entry else None
        is_null = below is None or (isinstance(below, Scalar) and below.value is None)
        return not is_null or not self.absent(field)

    @property
    def has_strangers(self) -> bool:
        """Whether it has members that are not Calico's: one of them may be meant for what is missing."""
        from linter.resources.filter_conditions import MEMBERS

        return not self.root.fields.keys() <= MEMBERS

    @cached_property
    def network(self) -> Cidr | None:
        """The network of `cidr`, if it can be read."""
        from linter.values import cidr

        return cidr(self.cidr.value) if self.cidr else None

    @cached_property
    def conditions(self) -> Conditions | None:
        """What a route must meet; None where that is not known."""
        from linter.resources.filter_conditions import conditions

        return conditions(self)

    @property
    def matches_all(self) -> bool:
        """Whether every route of the direction meets the rule (peering-semantics §7.3).

        A rule without conditions does, one that asks for everything inside 0.0.0.0/0 or ::/0, and on import one that
        asks for routes from remote peers. A condition that cannot be read may be met by few.
        """
        conditions = self.conditions
        return conditions is not None and conditions.whole


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

    def label(self, rule: FilterRule, message: str = "") -> Label:
        """One of the rules as a place: the line it begins on, or the alias that repeats it."""
        item = self.place.value.items[rule.number - 1]
        repeated = isinstance(item, Alias) or not rule.root.entries
        end = item.end if repeated else rule.root.entries[0].span.end
        return Label(rule.source, Span(item.start, end), message)

    def unreachable(self) -> Iterator[tuple[FilterRule, FilterRule]]:
        """The rules whose routes an earlier one all takes, each with that one.

        One that no route meets is another rule's to report.
        """
        reached: dict[object, list[tuple[FilterRule, Conditions]]] = {}
        for rule in self.rules:
            conditions = rule.conditions
            if conditions is None or conditions.empty:
                continue
            places = reached if len(reached) <= _FEW else conditions.wider_places
            wider = (each for place in places for each in reached.get(place, ()))
            earlier = [each for each, other in wider if other.contains(conditions)]
            if earlier:
                yield rule, min(earlier, key=lambda each: each.number)
            elif rule.action and len(alike := reached.setdefault(conditions.place, [])) < _MOST_COMPARED:
                alike.append((rule, conditions))


class BGPFilter(Resource):
    """Rules for the routes that peers naming this filter send and receive."""

    __slots__ = ("__dict__",)

    def rules(self, direction: str) -> tuple[FilterRule, ...]:
        """The rules of one direction, in order; items that are no objects are left out."""
        return self.parts(FilterRule, "spec", direction)

    def directions(self) -> tuple[Direction, ...]:
        """The rule lists that stand in the manifest."""
        return self._directions

    @cached_property
    def _directions(self) -> tuple[Direction, ...]:
        return tuple(self._listed())

    def _listed(self) -> Iterator[Direction]:
        for name in DIRECTIONS:
            entry = self.entry(("spec", name))
            below = content(entry.value) if entry else None
            if entry is not None and isinstance(below, Sequence):
                yield Direction(name, Located(below, self.source, entry.key, entry.value), self.rules(name))
