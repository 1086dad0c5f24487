"""The schemas as data: well-formed, described, closed, and as strict as Calico (design: rule catalogue, table B)."""

from __future__ import annotations

import copy
import json
import re
from functools import cache
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator, FormatChecker, ValidationError, validators

from linter.schema.dialect import repeats
from linter.schema.editions import NEWEST, SHIPPED, minor, written
from linter.schema.versions import edition, editions
from linter.selectors import SelectorError, parse
from linter.values import FORMATS, is_on_one_line
from tests.unit.schema_rows import CALICO, EXAMPLES, HERE, Row, rows, with_value
from tests.unit.schema_rows import FILES as KIND_FILES

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

SCHEMAS = HERE.parents[1] / "schemas"
SOURCE = SCHEMAS / "source"
KINDS = (*KIND_FILES,)
FILES = sorted(path.relative_to(SCHEMAS).as_posix() for path in SCHEMAS.rglob("*.json") if SOURCE not in path.parents)
NEWEST_FILES = [path for path in FILES if not path.startswith("3.") or path.startswith(written(NEWEST))]
CLAUSES = ("x-consequence", "x-unchecked")
X_TYPES = {"AnnotationValue", "AsNumber", "Cidr", "Community", "Duration", "LabelValue", "PeerAddress", "Selector"}
JUDGED = set(Draft7Validator.VALIDATORS) - {"$ref", "properties", "items", "allOf", "propertyNames"}
GENERIC = {"type": "CAL025", "required": "CAL024", "additionalProperties": "CAL022"}
CATALOGUE = """
001-009 010-017 020-032 040-045 050-053 060-064 101-118 201-213 301-309 401-410 501-506 601-615 701-713 720-732
740-750 801-807 901-909
"""


def codes() -> set[str]:
    ranges = (part.split("-") for part in CATALOGUE.split())
    return {f"CAL{number:03}" for first, last in ranges for number in range(int(first), int(last) + 1)}


def load(path: str) -> Any:
    return json.loads((SCHEMAS / path).read_text(encoding="utf-8"))


def schema_of(section: str) -> Any:
    others = {"configuration": "config.schema.json", "output": "output.schema.json"}
    return load(others.get(section) or "/".join((written(NEWEST), *KIND_FILES[section])) + ".json")


def subschemas(schema: Any, place: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every subschema with where it stands."""
    yield place, schema
    for keyword in ("properties", "definitions"):
        for name, below in schema.get(keyword, {}).items():
            yield from subschemas(below, f"{place}/{keyword}/{name}")
    for keyword in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(keyword), dict):
            yield from subschemas(schema[keyword], f"{place}/{keyword}")
    for index, below in enumerate(schema.get("allOf", ())):
        yield from subschemas(below, f"{place}/allOf/{index}")


# A reader of the schemas as schemas/README.md describes it: own formats, one own keyword, one finding a place.


def max_bytes(_: Any, limit: int, instance: Any, __: Any) -> Iterator[ValidationError]:
    members = instance.items() if isinstance(instance, dict) else ()
    size = sum(len(text.encode()) for member in members for text in member if isinstance(text, str))
    if size > limit:
        yield ValidationError(f"{size} bytes are more than {limit}")


def no_repeats(_: Any, wanted: bool, instance: Any, __: Any) -> Iterator[ValidationError]:
    if wanted and isinstance(instance, list) and repeats(instance):
        yield ValidationError("an item stands twice")


def reads(text: str) -> bool:
    """Whether the text is a selector, or another format has a say."""
    try:
        parse(text)
    except SelectorError:
        return not is_on_one_line(text)
    return True


def validator(schema: Any) -> Any:
    checker = FormatChecker(formats=())
    for name, test in FORMATS.items():
        checker.checks(name)(lambda value, test=test: not isinstance(value, str) or test(value))
    checker.checks("calico-selector")(lambda value: not isinstance(value, str) or reads(value))
    extend: Any = validators.extend  # its stub has no types
    return extend(Draft7Validator, {"x-maxBytes": max_bytes, "x-uniqueItems": no_repeats})(
        schema, format_checker=checker
    )


VALIDATORS = {section: validator(schema_of(section)) for section in EXAMPLES}


def verdict(errors: Iterable[Any]) -> set[tuple[str, str]]:
    """Pointer and code of every mistake: a wrong type speaks alone, then a dedicated rule, then the generic ones."""
    found: dict[str, list[tuple[int, str]]] = {}
    for error in errors:
        spoken = error.schema.get("x-spoken-by", {}).get(error.validator)
        if isinstance(spoken, dict):
            spoken = spoken.get(json_type(error.instance))
        rank = 0 if error.validator == "type" else 1 if spoken else 2
        code = spoken or GENERIC.get(error.validator, "CAL026")
        found.setdefault("/" + "/".join(map(str, error.absolute_path)), []).append((rank, code))
    return {(place, code) for place, said in found.items() for rank, code in said if rank == min(said)[0]}


def json_type(value: object) -> str:
    names = {bool: "boolean", int: "number", float: "number", str: "string", list: "array", dict: "object"}
    return names[type(value)]


# The files


def test_the_catalogue_is_complete() -> None:
    assert len(codes()) == 169


def test_every_kind_has_its_file_in_every_version() -> None:
    for version in SHIPPED:
        folder = SCHEMAS / written(version)
        names = {tuple(path.relative_to(folder).with_suffix("").parts) for path in folder.rglob("*.json")}
        assert names == set(KIND_FILES.values())
    assert {path.name for path in SCHEMAS.iterdir() if path.is_dir()} == {*map(written, SHIPPED), "source"}


def test_the_editions_are_fresh() -> None:
    """`python -m linter.schema.versions` would change nothing."""
    made = dict(editions(SOURCE))
    assert set(made) == {path for path in FILES if path.startswith("3.")}
    for path, text in made.items():
        assert (SCHEMAS / path).read_text(encoding="utf-8") == text, path


@pytest.mark.parametrize("kind", KINDS)
def test_a_schema_names_its_kind(kind: str) -> None:
    for version in SHIPPED:
        schema = load("/".join((written(version), *KIND_FILES[kind])) + ".json")
        for name in ("apiVersion", "kind"):
            stated = schema["properties"][name]
            assert (stated["type"], stated["const"]) == ("string", EXAMPLES[kind][name])


def test_the_default_is_that_of_the_version() -> None:
    defaults = {
        version: load(f"{written(version)}/projectcalico.org/bgpconfiguration_v3.json")["properties"]["spec"]
        for version in SHIPPED[-2:]
    }
    found = [spec["properties"]["programClusterRoutes"]["default"] for spec in defaults.values()]
    assert found == ["Enabled", "EnabledNoEncapOnly"]


def test_an_edition_has_what_its_version_has() -> None:
    part = {
        "type": "object",
        "properties": {
            "old": {"$ref": "#/definitions/Text", "x-since": "3.16"},
            "new": {"$ref": "#/definitions/Number", "x-since": "3.30.2"},
            "mode": {"enum": ["A", "B"], "x-since-values": {"B": "3.31"}},
        },
        "definitions": {
            "Text": {"type": "string", "x-versions": {"= 3.30": {"maxLength": 5}, "≤ 3.29": {"type": None}}},
            "Number": {"type": "number"},
        },
    }
    of_3_29, of_3_30, of_3_31 = (edition(part, minor(version)) for version in ("3.29", "3.30", "3.31"))
    assert of_3_29["x-later"] == {"new": "3.30.2"}
    assert of_3_29["definitions"] == {"Text": {}}
    assert set(of_3_29["properties"]) == {"old", "mode"}
    assert of_3_30["properties"]["mode"] == {"enum": ["A"], "x-later": {"B": "3.31"}}
    assert of_3_30["definitions"] == {"Text": {"type": "string", "maxLength": 5}, "Number": {"type": "number"}}
    assert of_3_31["properties"]["mode"] == {"enum": ["A", "B"]}
    assert of_3_31["definitions"]["Text"] == {"type": "string"}
    assert "x-later" not in of_3_31


def test_what_came_later_is_known_to_the_next_version() -> None:
    """No member is forgotten on the way from the oldest to the newest version."""
    for kind, name in KIND_FILES.items():
        for version in SHIPPED[:-1]:
            for place, schema in subschemas(load("/".join((written(version), *name)) + ".json")):
                for member in schema.get("x-later", {}):
                    assert minor(schema["x-later"][member]) > version, (kind, place)
                    assert member not in [*schema.get("properties", ()), *schema.get("enum", ())], (kind, place)


@pytest.mark.parametrize("path", FILES)
def test_schema_is_valid_draft_07(path: str) -> None:
    schema = load(path)
    assert schema["$schema"] == "http://json-schema.org/draft-07/schema#"
    Draft7Validator.check_schema(schema)


@pytest.mark.parametrize("path", FILES)
def test_file_is_printed_with_two_spaces(path: str) -> None:
    text = (SCHEMAS / path).read_text(encoding="utf-8")
    assert text == json.dumps(json.loads(text), indent=2, ensure_ascii=False) + "\n"


@pytest.mark.parametrize("path", FILES)
def test_every_property_is_described(path: str) -> None:
    for place, schema in subschemas(load(path)):
        for name, below in schema.get("properties", {}).items():
            assert len(below.get("description", "")) > 10, f"{place}/{name}"
            assert below["description"].endswith("."), f"{place}/{name}"


@pytest.mark.parametrize("path", FILES)
def test_objects_are_closed(path: str) -> None:
    """Objects take no members but those named, save maps and what Calico or a rule defines elsewhere."""
    opened = {
        place
        for place, schema in subschemas(load(path))
        if "object" in schema.get("type", ()) and schema.get("additionalProperties", True) is True
    }
    allowed = {"#/properties/status", "#/definitions/ObjectMeta/properties/managedFields/items/properties/fieldsV1"}
    if path.startswith("3.") and path.rpartition("/")[2] not in {f"{kind.lower()}_v3.json" for kind in CALICO}:
        return  # kinds of which only a part is described
    assert opened <= (allowed if "projectcalico" in path else {"#/properties/rules/additionalProperties"})


@pytest.mark.parametrize("path", FILES)
def test_references_are_local_and_used(path: str) -> None:
    schema = load(path)
    used = {below["$ref"] for _, below in subschemas(schema) if "$ref" in below}
    assert used == {f"#/definitions/{name}" for name in schema.get("definitions", {})}


def test_formats_are_those_of_the_values() -> None:
    used = {below["format"] for path in FILES for _, below in subschemas(load(path)) if "format" in below}
    assert used == {*FORMATS, "calico-selector"}


@pytest.mark.parametrize("path", [path for path in FILES if path.startswith("3.")])
def test_annotations_speak_of_what_is_there(path: str) -> None:
    for place, schema in subschemas(load(path)):
        spoken = schema.get("x-spoken-by", {})
        assert set(spoken) | set(schema.get("x-consequence", {})) | set(schema.get("x-unchecked", {})) <= set(schema)
        assert all(isinstance(clause, str) for name in CLAUSES for clause in schema.get(name, {}).values()), place
        for code in spoken.values():
            assert set(code.values() if isinstance(code, dict) else [code]) <= codes(), place
        assert schema.get("x-type", "AsNumber") in X_TYPES, place
        assert "null" not in schema.get("type", ()) or place.endswith("/creationTimestamp"), place


@pytest.mark.parametrize("kind", KINDS)
def test_patterns_say_what_formats_say(kind: str) -> None:
    """Python's `$` also matches before a last line break, so no pattern may stand without its format."""
    samples = (
        "||a|A|a.b|-a|a-|a_b|a..b|eth0|*|eth*|**|é|a\n|Info|TRACE|none|1:2|01:2|1:2:3|65535:65535|65536:1|1:65536"
        "|4294967295:0:0|4294967296:0:0|0:0:0|1:2:3:4|a/b|" + "|".join("a" * length for length in (15, 16, 63, 64, 253))
    ).split("|")
    for place, schema in subschemas(schema_of(kind)):
        if "pattern" in schema:
            exact = re.compile(schema["pattern"].removesuffix("$") + r"\Z")
            for text in (text for text in samples if len(text) <= schema.get("maxLength", len(text))):
                assert bool(exact.search(text)) == FORMATS[schema["format"]](text), (place, text)


PATTERNED = {
    "calico-community",
    "calico-filter-community",
    "calico-ignored-interface",
    "calico-interface-or-empty",
    "calico-log-severity",
    "kubernetes-label-value",
    "kubernetes-name",
    "kubernetes-name-or-empty",
}


@pytest.mark.parametrize("kind", KINDS)
def test_other_tools_see_what_a_pattern_can_say(kind: str) -> None:
    for place, schema in subschemas(schema_of(kind)):
        assert ("pattern" in schema) == (schema.get("format") in PATTERNED) or place.endswith("/anyOf/1"), place


def test_definitions_of_one_name_are_alike_everywhere() -> None:
    seen: dict[str, Any] = {}
    for kind in KINDS:
        for name, definition in schema_of(kind).get("definitions", {}).items():
            alike = copy.deepcopy(definition)
            if name == "ObjectMeta":
                del alike["properties"]["name"]["description"]
            if name == "Cidr":
                alike = alike["allOf"]
            assert seen.setdefault(name, alike) == alike, name


# The documents


@pytest.mark.parametrize("section", EXAMPLES)
def test_example_is_valid(section: str) -> None:
    assert verdict(VALIDATORS[section].iter_errors(EXAMPLES[section])) == set()


@pytest.mark.parametrize("section", EXAMPLES)
def test_example_leaves_no_member_out(section: str) -> None:
    """Of what may be written by hand: no metadata of servers."""
    schema = schema_of(section)
    members = {place: set(below["properties"]) for place, below in reached(schema, schema) if "properties" in below}
    met: dict[str, set[str]] = {}
    note_members(schema, schema, "#", EXAMPLES[section], met)
    missing = {place: names - met.get(place, set()) for place, names in members.items() if "metadata" not in place}
    assert {place: names for place, names in missing.items() if names} == {}


def reached(root: Any, schema: Any, place: str = "#") -> Iterator[tuple[str, dict[str, Any]]]:
    """Every subschema that judges values, references followed, with the path that jsonschema reports."""
    if "$ref" in schema:
        schema = root["definitions"][schema["$ref"].rpartition("/")[2]]
    yield place, schema
    for name, below in schema.get("properties", {}).items():
        yield from reached(root, below, f"{place}/properties/{name}")
    for keyword in ("items", "additionalProperties", "propertyNames"):
        if isinstance(schema.get(keyword), dict):
            yield from reached(root, schema[keyword], f"{place}/{keyword}")
    for index, below in enumerate(schema.get("allOf", ())):
        yield from reached(root, below, f"{place}/allOf/{index}")


def note_members(root: Any, schema: Any, place: str, value: Any, met: dict[str, set[str]]) -> None:
    """Which members of the objects of a schema occur in a document."""
    if "$ref" in schema:
        schema = root["definitions"][schema["$ref"].rpartition("/")[2]]
    if isinstance(value, list):
        for item in value:
            note_members(root, schema.get("items", {}), f"{place}/items", item, met)
    if isinstance(value, dict):
        known = schema.get("properties", {})
        met.setdefault(place, set()).update(set(value) & set(known))
        for name, member in value.items():
            step = f"properties/{name}" if name in known else "additionalProperties"
            below = known.get(name) or schema.get("additionalProperties")
            note_members(root, below if isinstance(below, dict) else {}, f"{place}/{step}", member, met)


FOR_TOOLS = {"bound", "unbound"}
ROWS = [row for row in rows() if NEWEST in row.versions]


@cache
def mistakes(row: Row) -> tuple[ValidationError, ...]:
    """What is wrong with the example once the row's value stands at its place."""
    return tuple(VALIDATORS[row.kind].iter_errors(with_value(EXAMPLES[row.kind], row.place, row.value)))


@pytest.mark.parametrize("row", [row for row in ROWS if row.code not in FOR_TOOLS], ids=str)
def test_row(row: Row) -> None:
    said = verdict(mistakes(row))
    code, _, member = row.code.partition(":")
    if code == "fault":
        assert {found for found, _ in said} in ({row.place}, {row.parent})
    elif code == "ok":
        assert said == set() or "{{" in row.text or "ENC[" in row.text
    else:
        assert said == {(row.parent if code in {"CAL022", "CAL024"} and not member else row.place, code)}


@pytest.mark.parametrize("row", [row for row in rows() if row.code in FOR_TOOLS], ids=str)
def test_tools_without_our_formats_see_the_bound(row: Row) -> None:
    accepted, *refused = (eval(text, {}) for text in row.text.split(" | "))  # noqa: S307 - our own rows
    for version in row.versions:
        plain = Draft7Validator(load("/".join((written(version), *KIND_FILES[row.kind])) + ".json"))
        before = len(list(plain.iter_errors(EXAMPLES[row.kind])))
        assert len(list(plain.iter_errors(with_value(EXAMPLES[row.kind], row.place, accepted)))) == before
        for value in refused:
            assert len(list(plain.iter_errors(with_value(EXAMPLES[row.kind], row.place, value)))) > before


def test_rows_try_every_constraint() -> None:
    """A constraint that no row breaks would not be missed."""
    broken = {
        f"{row.kind} #" + "".join(f"/{step}" for step in error.schema_path)
        for row in ROWS
        if row.code not in FOR_TOOLS
        for error in mistakes(row)
    }
    constraints = {
        f"{kind} {place}/{keyword}"
        for kind in KINDS
        for place, below in reached(schema_of(kind), schema_of(kind))
        for keyword in JUDGED & set(below)
        if keyword != "additionalProperties" or below[keyword] is False
    }
    # What names a kind is recognised by it; three uses are all there are, so a list of eleven repeats one.
    assert {each for each in constraints - broken if not each.endswith(_BY_HEADER)} == {
        "IPPool #/properties/spec/properties/allowedUses/maxItems"
    }


_BY_HEADER = tuple(f"/properties/{name}/{keyword}" for name in ("apiVersion", "kind") for keyword in ("type", "const"))
