"""Why a document is not valid: the validator's errors, placed on nodes and brought down to one fault a mistake."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from linter.schema.dialect import repeats, types
from linter.schema.faults import (
    DUPLICATE,
    LATER,
    MISPLACED,
    MISSING,
    REPEATED,
    TYPE,
    UNKNOWN,
    UNQUOTED,
    VALUE,
    WORDING,
    SchemaFault,
)
from linter.schema.first_look import compiled_for_names
from linter.schema.names import Names, nearest
from linter.schema.places import locate
from linter.schema.readings import readings, stored
from linter.schema.strangers import explained
from linter.yaml.nodes import Scalar, content
from linter.yaml.plain import escape, plain, steps

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from linter.schema.dialect import Json, Reading
    from linter.schema.places import Place
    from linter.schema.strangers import Stranger
    from linter.schema.validator import Mistake, Validator
    from linter.yaml.nodes import Node

_ABOUT_NAMES = frozenset((UNKNOWN, MISPLACED, DUPLICATE))
_REFUSED = (TYPE, VALUE, LATER)
_AT_FAULT = _ABOUT_NAMES | frozenset(_REFUSED)
_ABOUT_VALUES = (*_REFUSED, REPEATED, UNQUOTED)

_TELLING = ("type", "enum", "const", "format", "pattern", "maxLength", "minLength")
"""Of several keywords that one value breaks, the first says most."""


class Explanation(NamedTuple):
    """The faults in the order of the text, the ids of the nodes at fault, the pointers that strange names meant.

    At fault is a value that is refused, and what stands under a strange name.
    """

    faults: tuple[SchemaFault, ...]
    rejected: frozenset[int]
    presumed: frozenset[str]


class Explainer:
    """Explains the faulty documents of one schema in one reading."""

    def __init__(self, data: Json, reading: Reading) -> None:
        self._data = data
        self._reading = reading
        self._kind = str(data.get("title", ""))
        self._names = Names(data)
        self._strange = compiled_for_names(data, reading)

    def explain(self, root: Node) -> Explanation:
        """One fault for each mistake in a document that the first look did not let pass; none if it is valid."""
        found: list[SchemaFault] = []
        strangers: list[Stranger] = []
        objects = None if self._reading.ignore_case else self._strange(root)
        if objects is None:
            found = self._judged(root, strangers)
        else:
            for pointer, schema in objects.items():
                place = locate(root, steps(pointer))
                strangers += explained(place, schema, self._names, self._kind)
        found += (stranger.fault for stranger in strangers)
        presumed = {stranger.meant for stranger in strangers} - {""}
        faults = tuple(_joined(_settled(found, presumed)))
        strange = [fault for fault in found if fault.rule in _ABOUT_NAMES]
        rejected = frozenset(id(fault.node) for fault in (*faults, *strange) if fault.rule in _AT_FAULT)
        return Explanation(faults, rejected, frozenset(presumed))

    def _judged(self, root: Node, strangers: list[Stranger]) -> list[SchemaFault]:
        """The faults that jsonschema finds; those about names are added to `strangers`."""
        found: list[SchemaFault] = []
        instance = plain(root)
        for mistake in self._validator.mistakes(instance):
            place = locate(root, mistake.path)
            if mistake.keyword == "additionalProperties":
                strangers += explained(place, mistake.schema, self._names, self._kind)
            elif mistake.keyword in {"uniqueItems", "x-uniqueItems"}:
                found += self._repeated(place, mistake)
            else:
                found.append(self._fault(place, mistake))
        if any(fault.rule == VALUE for fault in found):
            spoken_of = self._spoken_of(instance)
            found = [fault for fault in found if fault.rule != VALUE or fault.pointer not in spoken_of]
        return found

    @cached_property
    def _validator(self) -> Validator:
        """Made, and jsonschema imported, for documents that have more wrong with them than names."""
        from linter.schema.validator import Validator

        return Validator(self._reading.throughout(self._data))

    @cached_property
    def _entire(self) -> Validator:
        """The same for all rules' constraints, those that other rules speak for included."""
        from linter.schema.validator import Validator

        return Validator(self._reading._replace(codes=frozenset()).throughout(self._data))

    def _spoken_of(self, instance: Any) -> frozenset[str]:
        """The pointers of values that break a constraint for which a rule of its own speaks."""
        mistakes = self._entire.mistakes(instance)
        return frozenset(mistake.pointer for mistake in mistakes if mistake.speaker in self._reading.codes)

    def _fault(self, place: Place, mistake: Mistake) -> SchemaFault:
        if mistake.keyword == "required":
            return self._missing(place, mistake)
        if mistake.keyword == "type":
            return self._mistyped(place, mistake)
        if place.mapping is not None and isinstance(mistake.value, str):
            key = place.mapping.fields[mistake.value].key
            return self._made(VALUE, place, mistake, span=key.span, node=key, key=key)
        return self._misvalued(place, mistake)

    def _made(self, rule: str, place: Place, mistake: Mistake, **facts: Any) -> SchemaFault:
        """A fault with what the mistake and its place tell, as far as `facts` do not tell otherwise."""
        told: dict[str, Any] = {
            "span": place.span,
            "pointer": place.pointer,
            "node": place.node,
            "key": place.key,
            "parent": place.parent,
            "value": mistake.value,
            "keyword": mistake.keyword,
            "schema": mistake.schema,
            "spoken_by": mistake.speaker,
        }
        return SchemaFault(rule=rule, root=place.root, kind=self._kind, **{**told, **facts})

    def _missing(self, place: Place, mistake: Mistake) -> SchemaFault:
        entry = place.mapping.fields.get(mistake.name) if place.mapping else None
        return self._made(
            MISSING,
            place,
            mistake,
            span=place.span_of_missing,
            pointer=f"{place.pointer}/{escape(mistake.name)}",
            key=None,
            parent=place.mapping,
            value=None,
            related=((entry.key.span, "has no value"),) if entry else (),
        )

    def _mistyped(self, place: Place, mistake: Mistake) -> SchemaFault:
        allowed = types(mistake.schema)
        scalar = content(place.node)
        whole = mistake.schema.get("x-whole", mistake.schema)
        # Whether text is a selector is not for the schema to say.
        selector = mistake.schema.get("x-type") == "Selector"
        possible = readings(scalar, allowed) if isinstance(scalar, Scalar) and not selector else ()
        rule = WORDING.get(mistake.speaker or "", TYPE)
        if rule == UNQUOTED and isinstance(scalar, Scalar):
            possible = filter(None, (stored(scalar),))
        reading = next((each for each in possible if self._validator.accepts(each, whole)), None)
        return self._made(rule, place, mistake, types=allowed, reading=reading)

    def _misvalued(self, place: Place, mistake: Mistake) -> SchemaFault:
        allowed = tuple(mistake.schema.get("enum", ()))
        texts = [value for value in allowed or mistake.schema.get("examples", ()) if isinstance(value, str)]
        near = nearest(mistake.value, texts) if isinstance(mistake.value, str) else None
        since = self._since(mistake)
        return self._made(LATER if since else VALUE, place, mistake, allowed=allowed, nearest=near, since=since)

    def _since(self, mistake: Mistake) -> str:
        """The version that brought a value of an enum, if this one lacks it."""
        later = mistake.schema.get("x-later", {}) if mistake.keyword == "enum" else {}
        return str(later.get(mistake.value, "")) if isinstance(mistake.value, str) else ""

    def _repeated(self, place: Place, mistake: Mistake) -> Iterator[SchemaFault]:
        """One fault for each item that stands in the list already."""
        rule = WORDING.get(mistake.speaker or "", VALUE)
        for again, index in repeats(mistake.value):
            first = locate(place.node, [index]).node
            item = locate(place.root, [*place.path, again])
            related = ((first.span, "the same item"),)
            yield self._made(rule, item, mistake, value=mistake.value[again], related=related)


def _settled(found: Iterable[SchemaFault], presumed: Iterable[str]) -> Iterator[SchemaFault]:
    """The faults that no other fault explains, in the order of the text."""
    found, there = list(found), _with_parents(presumed)
    odd = {id(fault.parent) for fault in found if fault.rule in _ABOUT_NAMES or fault.rule == MISSING}
    seen: set[tuple[object, ...]] = set()
    for fault in sorted(found, key=_weight):
        if fault.rule == MISSING and fault.pointer in there:
            continue
        if fault.keyword in {"minProperties", "maxProperties"} and id(content(fault.node)) in odd:
            continue
        about = (fault.span, fault.pointer if fault.rule == MISSING else fault.rule in _ABOUT_VALUES)
        if about not in seen:
            seen.add(about)
            yield fault


def _weight(fault: SchemaFault) -> tuple[int, int]:
    telling = _TELLING.index(fault.keyword) if fault.keyword in _TELLING else len(_TELLING)
    return fault.span.start, telling


def _with_parents(pointers: Iterable[str]) -> frozenset[str]:
    """The pointers with those of all that they lie in."""
    tokens = (pointer.split("/") for pointer in pointers)
    return frozenset("/".join(each[:end]) for each in tokens for end in range(2, len(each) + 1))


def _joined(faults: Iterable[SchemaFault]) -> Iterator[SchemaFault]:
    """The faults, with the misplaced fields of one object made one: they have one cause, such as lost indentation."""
    faults = list(faults)
    moves: dict[int, list[SchemaFault]] = {}
    for fault in faults:
        if fault.rule == MISPLACED:
            moves.setdefault(id(fault.parent), []).append(fault)
    for fault in faults:
        together = moves.get(id(fault.parent), []) if fault.rule == MISPLACED else [fault]
        if together[0] is fault:
            yield fault._replace(moves=tuple(move for each in together for move in each.moves))
