"""The schemas of every Calico version, made from one source: `python -m linter.schema.versions` writes `schemas/3.*`.

The source is draft-07 with five keywords of its own, which the editions do not have (schemas/README.md):

* `x-since` of a property, `x-since-values` of an enum: what an older version lacks; its edition has it in `x-later`.
* `x-versions`: what is otherwise in some versions ("≤ 3.31", "= 3.32", "≥ 3.33"), merged in; null takes a keyword away.
* `x-like` of a definition: another one that it is merged into.
* A definition of `definitions.json` is every kind's; one of the same name in a kind's own source is merged into it.
"""

from __future__ import annotations

import json
import operator
from pathlib import Path
from typing import TYPE_CHECKING, Any, Final

from linter.bundle import bundled
from linter.schema.editions import SHIPPED, minor

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from linter.schema.editions import Version

Json = dict[str, Any]

_SOURCE: Final = "source"
_RELATIONS: Final = {"≤": operator.le, "=": operator.eq, "≥": operator.ge}
_BUILDING: Final = frozenset(("x-since", "x-since-values", "x-versions", "x-like"))


def editions(source: Path) -> Iterator[tuple[str, str]]:
    """Every file below `schemas/` that the sources in the folder `source` make: its path there, and its text."""
    shared = _read(source / "definitions.json")
    for path in sorted(source.glob("*/*.json")):
        kind = _read(path)
        kind["definitions"] = _defined(_merged(shared, kind.get("definitions", {})))
        for version in SHIPPED:
            name = f"{version[0]}.{version[1]}/{path.parent.name}/{path.name}"
            yield name, json.dumps(edition(kind, version), indent=2, ensure_ascii=False) + "\n"


def edition(kind: Json, version: Version) -> Json:
    """The schema of one kind as `version` has it, with the definitions that it needs."""
    schema: Json = _at(kind, version)
    definitions = schema.pop("definitions")
    needed = _needed(schema, definitions)
    return {**schema, "definitions": {name: definitions[name] for name in needed}} if needed else schema


def _read(path: Path) -> Json:
    schema: Json = json.loads(path.read_text(encoding="utf-8"))
    return schema


def _defined(definitions: Json) -> Json:
    """The definitions, each merged into the one that it is like."""
    return {
        name: _merged(definitions[each["x-like"]], each) if "x-like" in each else each
        for name, each in definitions.items()
    }


def _merged(base: Mapping[str, Any], change: Mapping[str, Any]) -> Json:
    """`base` with all of `change` in it, members of objects one by one; null takes a member away."""
    merged = {**base}
    for name, value in change.items():
        if value is None:
            merged.pop(name, None)
        elif isinstance(value, dict) and isinstance(merged.get(name), dict):
            merged[name] = _merged(merged[name], value)
        else:
            merged[name] = value
    return merged


def _at(part: Any, version: Version) -> Any:
    """A part of a source as one version has it."""
    if isinstance(part, list):
        return [_at(each, version) for each in part]
    if not isinstance(part, dict):
        return part
    for range_, change in part.get("x-versions", {}).items():
        relation, _, bound = range_.partition(" ")
        if _RELATIONS[relation](version, minor(bound)):
            part = _merged(part, change)
    later = {**_later_values(part, version), **_later_members(part, version)}
    left = {name: value for name, value in part.items() if name not in _BUILDING}
    if "properties" in part:
        left["properties"] = {name: below for name, below in part["properties"].items() if name not in later}
    if "enum" in part:
        left["enum"] = [value for value in part["enum"] if value not in later]
    left = {name: value if name in _DATA else _at(value, version) for name, value in left.items()}
    return {**left, "x-later": later} if later else left


_DATA: Final = frozenset(
    ("x-applied-by", "x-consequence", "x-later", "x-spoken-by", "x-unchecked", "enum", "examples", "default", "const")
)
"""What is no schema and not to be looked into."""


def _later_members(part: Json, version: Version) -> dict[str, str]:
    """The members that this version lacks, each with the version that brought it."""
    members = part.get("properties", {})
    since = {name: below["x-since"] for name, below in members.items() if "x-since" in below}
    return {name: first for name, first in since.items() if minor(first) > version}


def _later_values(part: Json, version: Version) -> dict[str, str]:
    return {value: first for value, first in part.get("x-since-values", {}).items() if minor(first) > version}


def _needed(part: Any, definitions: Json, known: tuple[str, ...] = ()) -> tuple[str, ...]:
    """The names of the definitions that a part refers to, those of the definitions themselves included."""
    below = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    if isinstance(part, dict) and isinstance(part.get("$ref"), str):
        name = part["$ref"].rpartition("/")[2]
        if name not in known:
            known = _needed(definitions[name], definitions, (*known, name))
    for each in below:
        known = _needed(each, definitions, known)
    return known


def main() -> None:
    """Write all editions."""
    root = Path(bundled("schemas"))
    for name, text in editions(root / _SOURCE):
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text, encoding="utf-8")


if __name__ == "__main__":
    main()
