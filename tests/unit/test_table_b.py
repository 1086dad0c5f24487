"""Table B of the rule catalogue, row by row: through the engine, by the right rule, once, for every Calico version."""

from __future__ import annotations

import json
from functools import cache
from itertools import product
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from linter.bundle import bundled
from linter.engine import Plan, analyse
from linter.packs import load as load_rules
from linter.rulekit import Target
from linter.schema import Schema, load
from linter.schema.dialect import Reading
from linter.schema.editions import SHIPPED, Version, minor
from linter.schema.first_look import compiled
from linter.text import Source
from linter.yaml.parser import documents
from tests.unit.schema_rows import CALICO, EXAMPLES, FILES, HERE, RELATIONS, Row, either, rows, with_value

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.engine import Raised
    from linter.schema.first_look import Check
    from linter.yaml.nodes import Node

RULES = load_rules(bundled("rules"))
ROWS = [row for row in rows() if row.kind in FILES and row.code not in {"bound", "unbound"}]
GENERIC = {"CAL003", "CAL007", "CAL022", "CAL023", "CAL024", "CAL025", "CAL026", "CAL027", "CAL029"}
"""The rules that speak for the schema stage."""
VALUES = {f"CAL{number:03}" for number in (4, 20, 40, 41, 50, 52, 53, 60, 107, 112, 113, 207, 303)}
"""Rules of their own for a constraint of one value."""
SAME = {"CAL022": {"CAL022", "CAL023", "CAL003"}}
"""A member that the object does not know may be known elsewhere, or twice there."""


@cache
def schema(kind: str, version: Version) -> Schema:
    folder, name = FILES[kind]
    return load("" if folder == "v1" else folder, name, version)


@cache
def check(kind: str, version: Version) -> Check:
    return compiled(schema(kind, version).data, Reading())


@cache
def example(kind: str, version: Version) -> Any:
    """The kind's example without what this version lacks."""
    data = schema(kind, version).data
    return older(EXAMPLES[kind], data, data)


def older(value: Any, part: Any, root: Any) -> Any:
    if "$ref" in part:
        part = root["definitions"][part["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        return [older(each, part.get("items", {}), root) for each in value]
    if not isinstance(value, dict):
        return value
    known, later = part.get("properties", {}), part.get("x-later", {})
    return {name: older(below, known.get(name, {}), root) for name, below in value.items() if name not in later}


def read(document: Any) -> Node:
    (found,) = documents(Source("a.json", json.dumps(document)), {})
    assert found.root is not None
    return found.root


def is_there(row: Row, version: Version) -> bool:
    """Whether a version has the member at a row's place, and all above it; rows with versions know it themselves."""
    now, ever = example(row.kind, version), EXAMPLES[row.kind]
    for step in row.place.split("/")[1:]:
        if row.ranged or not step:
            return True
        if isinstance(now, dict) and step not in now:
            return step not in ever
        now, ever = (each.get(step) if isinstance(each, dict) else each[int(step)] for each in (now, ever))
    return True


@pytest.mark.slow
@pytest.mark.parametrize("version", SHIPPED, ids=str)
def test_every_row_in_every_version(version: Version) -> None:
    """Valid or not, by all that the schema says; whether a text is a selector it does not say."""
    wrong = []
    for row in ROWS:
        if version in row.versions and row.code != "CAL060" and is_there(row, version):
            root = read(with_value(example(row.kind, version), row.place, row.value))
            if check(row.kind, version)(root, None, "", []) != (row.code == "ok"):
                wrong.append(str(row))
    assert wrong == []


@cache
def plan(version: Version) -> Plan:
    return Plan(RULES, Target(calico_version=version), strict=True)


def said(document: Any, version: Version, also: str = "") -> list[Raised]:
    """What rules about values say, and a rule that goes by other fields as well."""
    raised = analyse(Source("a.json", json.dumps(document)), plan(version)).raised
    return [one for one in raised if one.rule.code in GENERIC | VALUES | {also}]


@pytest.mark.parametrize("row", ROWS, ids=str)
def test_row(row: Row) -> None:
    """In the newest of its versions: one finding, by the rule that the table names."""
    version = row.versions[-1]
    code, _, _ = row.code.partition(":")
    raised = said(with_value(example(row.kind, version), row.place, row.value), version, code)
    found = [one.rule.code for one in raised]
    if row.place in {"/", "/kind", "/apiVersion"}:
        return
    if code == "ok":
        assert found == []
    else:
        assert len(found) == 1
        assert found[0] in SAME.get(code, {code})


@pytest.mark.parametrize("kind", FILES)
def test_an_example_is_sound(kind: str) -> None:
    """In every version no rule about a value speaks of it."""
    for version in SHIPPED:
        assert [one.finding.message for one in said(example(kind, version), version)] == []
        assert check(kind, version)(read(example(kind, version)), None, "", [])


LATER_ITEMS = ("/1", "/2")
"""Of the items of a list the first stands for all."""


def parts(value: Any, part: Any, root: Any, place: str = "") -> Iterator[tuple[str, Any]]:
    """The schemas of all that stands in a document, each with its place."""
    if "$ref" in part:
        part = root["definitions"][part["$ref"].rpartition("/")[2]]
    yield place, part
    if isinstance(value, list):
        for index, item in enumerate(value):
            yield from parts(item, part.get("items", {}), root, f"{place}/{index}")
    if isinstance(value, dict):
        for name, below in value.items():
            yield from parts(below, part.get("properties", {}).get(name, {}), root, f"{place}/{name}")


@pytest.mark.parametrize("kind", FILES)
def test_every_value_of_an_enum_is_tried(kind: str) -> None:
    """And nothing else is in it, in any version."""
    for version in SHIPPED:
        data = schema(kind, version).data
        for place, part in parts(example(kind, version), data, data):
            if "enum" in part and not place.endswith(LATER_ITEMS):
                assert set(part["enum"]) == set(accepted(kind, place, version)), (place, version)


def accepted(kind: str, place: str, version: Version) -> Iterator[object]:
    """The words that rows call right at a place, those in whole lists included."""
    for row in ROWS:
        if row.kind == kind and version in row.versions and row.code == "ok" and row.value is not ...:
            if row.place == place:
                yield row.value
            elif f"{row.place}/0" == place:
                yield from row.value


# The table itself


class Constraint(NamedTuple):
    """One cell of the table: which rule speaks at a place of a kind, and in which versions ("≥ 3.32") if not in all."""

    kind: str
    place: str
    code: str
    versions: str

    def __str__(self) -> str:
        return f"{self.kind}{self.place} {self.code} {self.versions}"

    def rows(self) -> list[Row]:
        return [row for row in ROWS if row.kind == self.kind and row.place in {self.place, f"{self.place}/0"}]


def table() -> list[Constraint]:
    found = []
    for line in (HERE / "table_b.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            kind, places, _, codes = line.split(" | ")
            for name, place, code in product(
                CALICO if kind == "every kind" else [kind], either(places), codes.split("; ")
            ):
                found.append(Constraint(name, place, *code.partition(" ")[::2]))
    return found


@pytest.mark.parametrize("constraint", table(), ids=str)
def test_every_constraint_is_tried(constraint: Constraint) -> None:
    """There is a row that breaks it, and next to the versions in which it holds one that does not."""
    rows = constraint.rows()
    broken = {row.versions for row in rows if row.code.partition(":")[0] == constraint.code}
    assert broken
    if constraint.versions:
        relation, bound = constraint.versions.split()
        holds = tuple(each for each in SHIPPED if RELATIONS[relation](each, minor(bound)))
        beyond = {"≤": SHIPPED.index(holds[-1]) + 1, "≥": SHIPPED.index(holds[0]) - 1}.get(relation)
        sound = {version for row in rows if row.code == "ok" and row.ranged for version in row.versions}
        assert holds in broken
        assert beyond is None or SHIPPED[beyond] in sound
