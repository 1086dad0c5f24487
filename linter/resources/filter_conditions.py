"""Which routes the conditions of a filter rule take in, exactly (peering-semantics §7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.resources.base import Field, Located
    from linter.resources.bgp_filter import FilterRule
    from linter.values import Cidr


class Block(NamedTuple):
    """All prefixes of `least` to `most` bits inside one network.

    The network is `number`, its host bits cleared, with `length`; addresses have `bits` bits, and `least` is not below
    `length`. With `least` above `most` there are none.
    """

    number: int
    length: int
    least: int
    most: int
    bits: int

    @property
    def empty(self) -> bool:
        """Whether no prefix is in it."""
        return self.least > self.most

    @property
    def whole(self) -> bool:
        """Whether every prefix of the family is in it."""
        return self.least == 0 and self.most == self.bits

    def is_inside(self, other: Block) -> bool:
        """Whether each of its prefixes is in the other."""
        within = other.least <= self.least and self.most <= other.most
        return self.empty or (other.length <= self.length and self._is_nested(other) and within)

    def meets(self, other: Block) -> bool:
        """Whether a prefix is in both."""
        return self._is_nested(other) and max(self.least, other.least) <= min(self.most, other.most)

    def fills(self, other: Block) -> bool:
        """Whether each prefix of the family is in one of the two."""
        if self.whole or other.whole:
            return True
        # Outside of a network smaller than the family there are prefixes of every length but 0.
        low, high = sorted((self, other), key=lambda each: each.least)
        ends = self.length == other.length == low.least == 0 and high.most == self.bits
        return ends and high.least <= low.most + 1

    def beginning(self, length: int) -> tuple[int, int]:
        """A network of `length` that it lies inside, or that lies inside it: the first bits, and how many."""
        return self.number >> self.bits - length, length

    def _is_nested(self, other: Block) -> bool:
        """Whether one of the two networks is a part of the other."""
        shared = min(self.length, other.length)
        return self.beginning(shared) == other.beginning(shared)


class Prefixes(NamedTuple):
    """The prefixes of a block, or all of the family but these."""

    block: Block
    inverted: bool = False

    @property
    def empty(self) -> bool:
        """Whether no prefix is among them."""
        return self.block.whole if self.inverted else self.block.empty

    @property
    def whole(self) -> bool:
        """Whether every prefix of the family is among them."""
        return self.block.empty if self.inverted else self.block.whole

    def contains(self, other: Prefixes) -> bool:
        """Whether each prefix of the other set, of the same family, is among them."""
        if self.inverted:
            return self.block.is_inside(other.block) if other.inverted else not self.block.meets(other.block)
        return self.block.fills(other.block) if other.inverted else other.block.is_inside(self.block)


class Conditions(NamedTuple):
    """What a route must meet, all of it: empty text, an empty path and None ask nothing.

    `remote` asks for routes learned by BGP; `interface` is a name with `*` for any text; the others are the values of
    `peerType`, `communities`, `asPathPrefix` and `priority`.
    """

    prefixes: Prefixes
    remote: bool = False
    interface: str = ""
    peer_type: str = ""
    community: str = ""
    as_path: tuple[int, ...] = ()
    priority: int | None = None

    @property
    def empty(self) -> bool:
        """Whether no route meets them, whatever else it is like."""
        return self.prefixes.empty

    @property
    def whole(self) -> bool:
        """Whether every route meets them."""
        return self.prefixes.whole and self[1:] == _NOTHING_ASKED

    @property
    def place(self) -> object:
        """The network that the prefixes lie inside; None where they lie outside of one."""
        return None if self.prefixes.inverted else self.prefixes.block.beginning(self.prefixes.block.length)

    @property
    def wider_places(self) -> Iterator[object]:
        """The places of all conditions that may contain these."""
        block, inverted = self.prefixes
        yield None
        for length in range(1 if inverted else block.length + 1):
            yield block.beginning(length)

    def contains(self, other: Conditions) -> bool:
        """Whether each route that meets the other conditions meets these as well."""
        return other.empty or (
            (not self.remote or other.remote)
            and self.peer_type in {"", other.peer_type}
            and self.community in {"", other.community}
            and self.priority in {None, other.priority}
            and self.as_path == other.as_path[: len(self.as_path)]
            and _takes_in(self.interface, other.interface)
            and self.prefixes.contains(other.prefixes)
        )


_NOTHING_ASKED: Final = (False, "", "", "", (), None)

_INVERTED: Final = {"In": False, "Equal": False, "NotIn": True, "NotEqual": True}

_OF_PREFIXES: Final = frozenset(("action", "cidr", "matchOperator", "prefixLength", "operations"))
"""What a rule holds that goes by the prefix of a route alone."""

MEMBERS: Final = _OF_PREFIXES | {"source", "interface", "peerType", "communities", "asPathPrefix", "priority"}
"""All that a rule may hold."""


def _takes_in(pattern: str, other: str) -> bool:
    """Whether each interface name that meets the other pattern meets this one; an unknown interface meets neither."""
    if not pattern or pattern == other:
        return True
    from fnmatch import fnmatchcase

    # Any text at all is what a text of its own can stand for, here one that no interface name holds.
    return bool(other) and fnmatchcase(other.replace("*", "#"), pattern)


def conditions(rule: FilterRule) -> Conditions | None:
    """What BIRD asks of a route before the rule decides it.

    None where that is not known: a condition at fault, misspelt or made from a template, or one that does the opposite
    of what it says (CAL306).
    """
    prefixes = _prefixes(rule)
    if prefixes is not None and rule.root.fields.keys() <= _OF_PREFIXES and not rule.presumed:
        return Conditions(prefixes)
    community, as_path = _community(rule), _as_path(rule)
    if prefixes is None or community is None or as_path is None or not _is_read(rule):
        return None
    return Conditions(
        prefixes,
        rule.origin is not None and not rule.imports,
        rule.interface.value if rule.interface else "",
        rule.peer_type.value if rule.peer_type else "",
        community,
        as_path,
        rule.priority.value if rule.priority else None,
    )


def _is_read(rule: FilterRule) -> bool:
    """Whether the rule has no members but Calico's, and the single values among them can be read."""
    kind = type(rule)
    fields: tuple[Field[Any], ...] = (kind.origin, kind.interface, kind.peer_type, kind.priority)
    values = (rule.origin, rule.interface, rule.peer_type, rule.priority)
    return not rule.has_strangers and all(
        _is_plain(value) or rule.absent(field) for field, value in zip(fields, values, strict=True)
    )


def _prefixes(rule: FilterRule) -> Prefixes | None:
    kind, written = type(rule), rule.root.fields
    if not rule.presumed and "cidr" not in written and "matchOperator" not in written and "prefixLength" not in written:
        return Prefixes(Block(0, 0, 0, rule.bits, rule.bits))
    if not any(rule.present(field) for field in (kind.cidr, kind.match_operator, kind.prefix_length)):
        return Prefixes(Block(0, 0, 0, rule.bits, rule.bits))
    network, operator = rule.network, rule.match_operator
    inverted = _INVERTED.get(operator.value) if operator else None
    if network is None or operator is None or inverted is None or not _suits(network, rule.bits):
        return None
    block: Block | None = None
    if operator.value in {"In", "NotIn"}:
        block = _inside(rule, network)
    elif not rule.present(kind.prefix_length):
        block = _block(network, 0, network.prefix_length)
    return Prefixes(block, inverted) if block else None


def _suits(network: Cidr, bits: int) -> bool:
    """Whether BIRD takes it in a list of this family (calico-fields §0.7)."""
    plain = not network.host_bits and not network.address.mapped
    return plain and network.length is not None and network.address.bits == bits


def _inside(rule: FilterRule, network: Cidr) -> Block | None:
    """What `In` takes in: `prefixLength` bounds it, but never below the network's own length (calico-fields §4)."""
    if not rule.presumed and "prefixLength" not in rule.root.fields:
        return _block(network, 0, rule.bits)
    kind, least, most = type(rule), rule.prefix_length_min, rule.prefix_length_max
    fields: tuple[Field[Any], ...] = (kind.prefix_length, kind.prefix_length_min, kind.prefix_length_max)
    values = (rule.prefix_length, least, most)
    if any(rule.present(field) and value is None for field, value in zip(fields, values, strict=True)):
        return None
    return _block(network, least.value if least else 0, most.value if most else rule.bits)


def _block(network: Cidr, least: int, most: int) -> Block:
    address, length = network.address, network.prefix_length
    return Block(address.number, length, max(least, length), min(most, address.bits), address.bits)


def _community(rule: FilterRule) -> str | None:
    """The community asked for: empty for none, None where it cannot be read."""
    if not rule.present(type(rule).communities):
        return ""
    values = rule.texts("communities", "values")
    return values[0].value if len(values) == 1 and _is_plain(values[0]) else None


def _as_path(rule: FilterRule) -> tuple[int, ...] | None:
    """The beginning of the AS path asked for: empty for any, None where it cannot be read."""
    if not rule.present(type(rule).as_path_prefix):
        return ()
    path, numbers = rule.as_path_prefix, rule.numbers("asPathPrefix")
    return tuple(number.value for number in numbers) if path and len(path.value.items) == len(numbers) else None


def _is_plain(place: Located[Any] | None) -> bool:
    """Whether it has a value, and none that is made from a template."""
    from linter.schema.dialect import is_templated

    return place is not None and not (isinstance(place.value, str) and is_templated(place.value))
