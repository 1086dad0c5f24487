"""Names that an object does not know: misplaced, misspelt, of another product, or twice there."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from linter.schema.dialect import spelling, strangers
from linter.schema.faults import DUPLICATE, LATER, MISPLACED, UNKNOWN, Move, SchemaFault
from linter.schema.names import nearest
from linter.yaml.plain import escape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.schema.dialect import Json
    from linter.schema.names import Names
    from linter.schema.places import Place
    from linter.yaml.nodes import Entry

_ENTERPRISE = {
    "BGPPeer": frozenset(
        ("failureDetectionMode", "restartMode", "birdGatewayMode", "extensions", "externalNetwork", "network")
    ),
    "BGPConfiguration": frozenset(("extensions",)),
}
"""Members that only Calico Enterprise has (calico-fields §2.2, §3.3)."""

_ELSEWHERE = {
    "BGPPeer": {
        "asNumber": "as asn asnum remoteas remoteasn remoteasnumber peeras peerasn peerasnumber neighboras",
        "localASNumber": "localas localasn myas myasn",
        "peerIP": "address ip neighbor neighbour neighborip neighboraddress peer peeraddress remoteip remoteaddress",
    },
    "BGPConfiguration": {"asNumber": "as asn asnum localas localasn localasnumber myas myasn"},
}
"""What other BGP speakers and their manifests call a field of `spec`, in small letters alone."""

_TELLING = 4
"""How many letters two names must begin with, to be taken for one."""


class Stranger(NamedTuple):
    """A fault about a name, and the pointer of the field that was probably meant (empty if none was)."""

    fault: SchemaFault
    meant: str = ""


def explained(place: Place, schema: Json, names: Names, kind: str) -> Iterator[Stranger]:
    """What to say about the names that the object at `place`, closed by `schema`, does not know."""
    fields = place.mapping.fields if place.mapping else {}
    unknown = dict.fromkeys(strangers(fields, schema))
    at = _Object(place, schema, names, kind, names.elsewhere(place.path) if unknown else ())
    for spellings in _doubles(list(fields), schema):
        yield from at.doubles(fields, spellings)
        known = schema.get("x-ignore-case") or any(name not in unknown for name in spellings)
        for name in spellings if known else spellings[1:]:
            unknown.pop(name, None)
    for name in unknown:
        yield at.stranger(fields[name], name)


def _doubles(written: list[str], schema: Json) -> list[list[str]]:
    """Groups of names that are spellings of one and the same field."""
    known = schema.get("properties", {})
    groups: dict[str, list[str]] = {}
    for name in written:
        meant = name if name in known else spelling(name, known)
        if meant:
            groups.setdefault(meant, []).append(name)
    return [spellings for spellings in groups.values() if len(spellings) > 1]


class _Object(NamedTuple):
    """The object that has strange names, its schema, all names that the kind knows, and those known elsewhere in it."""

    place: Place
    schema: Json
    names: Names
    kind: str
    elsewhere: tuple[str, ...]

    def doubles(self, fields: dict[str, Entry], spellings: list[str]) -> Iterator[Stranger]:
        """Every spelling of a field after the first."""
        first = fields[spellings[0]].key
        for name in spellings[1:]:
            related = ((first.span, "the same field: letter case does not tell fields apart"),)
            yield Stranger(self._fault(DUPLICATE, fields[name], name, spellings[0], related=related))

    def stranger(self, entry: Entry, name: str) -> Stranger:
        """A name that is no second spelling: of a newer Calico, else misplaced if known elsewhere, else unknown."""
        later = self.schema.get("x-later", {})
        brought = name if name in later else spelling(name, later)
        if brought is not None:
            fault = self._fault(LATER, entry, name, brought, since=later[brought])
            return Stranger(fault, f"{self.place.pointer}/{escape(brought)}")
        if name in _ENTERPRISE.get(self.kind, ()):
            return Stranger(self._fault(UNKNOWN, entry, name, None, enterprise=True))
        if name in self.elsewhere:
            return self._misplaced(entry, name, name)
        own = self.schema.get("properties", {})
        near = _translated(self.kind, name, own) or nearest(name, own) or self._shortened(name)
        if near is not None:
            fault = self._fault(UNKNOWN, entry, name, near)
            return Stranger(fault, f"{self.place.pointer}/{escape(near)}")
        respelt = spelling(name, self.elsewhere)
        if respelt is not None:
            return self._misplaced(entry, name, respelt)
        near = nearest(name, self.elsewhere)
        fault = self._fault(UNKNOWN, entry, name, near, elsewhere=self._shown(near))
        return Stranger(fault, self._meant(near) if near else "")

    def _misplaced(self, entry: Entry, name: str, known_as: str) -> Stranger:
        target = self.names.meant(known_as, self.place.path)
        pointer = f"{self.place.pointer}/{escape(name)}"
        fault = self._fault(
            MISPLACED,
            entry,
            name,
            known_as,
            elsewhere=self._shown(known_as),
            moves=(Move(entry.key, entry.value, pointer, target),),
        )
        return Stranger(fault, self._meant(known_as))

    def _fault(self, rule: str, entry: Entry, name: str, near: str | None, **facts: Any) -> SchemaFault:
        return SchemaFault(
            rule=rule,
            span=entry.key.span,
            pointer=f"{self.place.pointer}/{escape(name)}",
            keyword="additionalProperties",
            schema=self.schema,
            node=entry.value,
            key=entry.key,
            parent=self.place.mapping,
            root=self.place.root,
            kind=self.kind,
            nearest=near,
            known=tuple(self.schema.get("properties", {})),
            **facts,
        )

    def _shortened(self, name: str) -> str | None:
        """The required field that is missing and was written shorter or longer: `updatePeriod`, `nodeName`."""
        written, asked = name.lower(), self.schema.get("required", ())
        missing = [field for field in asked if not self.place.mapping or field not in self.place.mapping.fields]
        alike = [field for field in missing if _begins(written, field.lower()) or _begins(field.lower(), written)]
        return alike[0] if len(alike) == 1 else None

    def _shown(self, name: str | None) -> tuple[str, ...]:
        return tuple(known.shown for known in self.names.places(name, self.place.path)) if name else ()

    def _meant(self, name: str) -> str:
        path = self.place.path
        return self.names.meant(name, path) or self.names.common(name, path)


def _translated(kind: str, name: str, known: Json) -> str | None:
    """The field that other BGP speakers call so: `peerASN` is `asNumber`."""
    word = "".join(filter(str.isalnum, name.lower()))
    fields = _ELSEWHERE.get(kind, {})
    return next((field for field, words in fields.items() if field in known and word in words.split()), None)


def _begins(start: str, text: str) -> bool:
    return len(start) >= _TELLING and text.startswith(start)
