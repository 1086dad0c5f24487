"""Sentences about a configuration: what its schema found wrong in it, and what in it has no effect."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from linter.schema.editions import NEWEST, nearest, written
from linter.schema.faults import DUPLICATE, MISPLACED, MISSING, TYPE, UNKNOWN, VALUE
from linter.settings.view import version

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.schema.faults import SchemaFault
    from linter.settings.view import ConfigurationView
    from linter.text import Source

_LONGEST: Final = 40
_TYPES: Final = {
    "array": "a list",
    "boolean": "true or false",
    "integer": "a whole number",
    "null": "empty",
    "number": "a number",
    "object": "a mapping",
    "string": "text",
}
WITHOUT_EFFECT: Final = ("externals", "underlay")
_BOUNDS: Final = {
    "minimum": "is too small: the least is",
    "maximum": "is too large: the most is",
    "minItems": "has too few items: the least is",
    "maxItems": "has too many items: the most is",
    "minLength": "has too few characters: the least is",
    "maxLength": "has too many characters: the most is",
}


def worded(fault: SchemaFault, source: Source, member: str = "setting") -> str:
    """One mistake that the schema found, the value first; a password is never repeated. Keys are called `member`."""
    if fault.rule in {UNKNOWN, DUPLICATE, MISPLACED}:
        return _unknown(fault, _shown(fault, source), member)
    word = _WORDINGS.get(fault.rule, _bad_value)
    return word(fault, _shown(fault, source))


def _shown(fault: SchemaFault, source: Source) -> str:
    text = source[fault.span].split("\n", 1)[0].strip()
    if fault.name == "password" or (fault.rule in {TYPE, VALUE} and "assword" in source[fault.span]):
        return "this value"
    return f"`{text[:_LONGEST]}…`" if len(text) > _LONGEST else f"`{text}`"


def _unknown(fault: SchemaFault, shown: str, member: str) -> str:
    if fault.nearest and fault.nearest != fault.name:
        return f"{shown} is no {member}: did you mean `{fault.nearest}`?"
    if fault.elsewhere:
        above = fault.elsewhere[0].rpartition("/")[0].strip("/").replace("/", ".")
        return f"{shown} is no {member} of `{fault.above}`: it belongs {f'in `{above}`' if above else 'to the whole'}"
    return f"{shown} is no {member}: known here are {', '.join(sorted(fault.known))}"


def _missing(fault: SchemaFault, _: str) -> str:
    lacking = f"`{fault.above}`" if fault.above else "this file"
    return f"{lacking} has no `{fault.name}`, without which it means nothing"


def _mistyped(fault: SchemaFault, shown: str) -> str:
    why = fault.schema.get("x-consequence", {}).get("type")
    wanted = " or ".join(_TYPES.get(one, one) for one in fault.types)
    return f"{shown} must be {wanted}" + (f": {why}" if why else "")


def _bad_value(fault: SchemaFault, shown: str) -> str:
    if fault.nearest:
        return f"{shown} is not known here: did you mean `{fault.nearest}`?"
    if fault.allowed:
        which = "one of " if fault.allowed[1:] else "always "
        return f"{shown} is not known here: it is {which}{', '.join(map(str, fault.allowed))}"
    limit = fault.schema.get(fault.keyword)
    if fault.keyword in _BOUNDS:
        return f"{shown} {_BOUNDS[fault.keyword]} {limit}"
    if fault.keyword == "uniqueItems":
        return f"{shown} stands in the list twice"
    examples = fault.schema.get("examples")
    if examples:
        return f'{shown} is malformed: write it like "{examples[0]}"'
    wanted = str(fault.schema.get("description", "")).rstrip(".")
    return f"{shown} is malformed: wanted is {wanted[:1].lower()}{wanted[1:]}"


_WORDINGS: Final = {
    MISSING: _missing,
    TYPE: _mistyped,
}


def edition_notes(asked: tuple[int, int]) -> Iterator[str]:
    """That a Calico version has no schemas here, and which one's speak for it."""
    known = nearest(asked)
    if known != asked:
        end = "newest" if known == NEWEST else "oldest"
        yield (
            f"Calico {written(asked)}: fields and values are checked against {written(known)}, "
            f"the {end} version that peerlint knows"
        )


def notes(view: ConfigurationView) -> Iterator[str]:
    """What a configuration, or one of its clusters, asks for in vain, so that nobody relies on it."""
    asked = version(view.calico_version)
    if asked is not None:
        yield from edition_notes(asked)
    for name in WITHOUT_EFFECT:
        if view.states(name):
            yield f"`{name}` in the configuration has no effect yet"
