"""What the rule about templates knows of fields agrees with the schemas of every version."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from linter.bundle import bundled
from linter.packs import load
from linter.schema.dialect import resolve, types

if TYPE_CHECKING:
    from collections.abc import Iterator

(RULE,) = (rule for rule in load(bundled("rules")) if rule.code == "CAL008")
NUMBERS = RULE.check.__globals__["NUMBERS"]
OTHERS = RULE.check.__globals__["OTHERS"]
SCHEMAS = [
    path
    for path in sorted(Path(bundled("schemas")).glob("3.*/projectcalico.org/*.json"))
    if path.stem != "felixconfiguration_v3"
]


def fields(schema: Any, root: Any, name: str = "", above: str = "") -> Iterator[tuple[str, str, tuple[str, ...]]]:
    """Every field below a schema: the one it stands in, its name (`a/` for an item of a), its types."""
    schema = resolve(schema["$ref"], root) if "$ref" in schema else schema
    if name:
        yield above, name, types(schema)
    for member, below in schema.get("properties", {}).items():
        yield from fields(below, root, member, name)
    if isinstance(schema.get("items"), dict):
        yield from fields(schema["items"], root, f"{name}/", above)


@pytest.mark.parametrize("path", SCHEMAS, ids=lambda path: f"{path.parts[-3]}-{path.stem}")
def test_fields_take_what_the_rule_says(path: Path) -> None:
    schema = json.loads(path.read_text(encoding="utf-8"))
    for above, name, allowed in fields(schema["properties"]["spec"], schema):
        takes = set(allowed)
        is_number = name in NUMBERS or f"{above}/{name}" in NUMBERS
        assert is_number == bool({"integer", "number"} & takes), (above, name)
        if not name.endswith("/"):
            assert (name in OTHERS) == takes.isdisjoint({"string", "integer", "number"}), (above, name)


def test_every_field_that_the_rule_names_exists() -> None:
    known: set[str] = set()
    for path in SCHEMAS:
        schema = json.loads(path.read_text(encoding="utf-8"))
        for above, name, _ in fields(schema["properties"]["spec"], schema):
            known |= {name, f"{above}/{name}"}
    assert known >= NUMBERS
    assert known >= OTHERS
