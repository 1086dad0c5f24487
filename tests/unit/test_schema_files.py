"""The schemas as data: well-formed, described, closed, and as strict as Calico (design: rule catalogue, table B)."""

from __future__ import annotations

import copy
import json
import re
from functools import cache
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from jsonschema import Draft7Validator, FormatChecker, ValidationError, validators

from linter.selectors import SelectorError, parse
from linter.values import FORMATS, is_on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

HERE = Path(__file__).parent
SCHEMAS = HERE.parents[1] / "schemas"
FOLDER = SCHEMAS / "3.33" / "projectcalico.org"
KINDS = ("BGPPeer", "BGPConfiguration", "BGPFilter", "Node", "CalicoNodeStatus", "IPPool")
FILES = sorted(path.relative_to(SCHEMAS).as_posix() for path in SCHEMAS.rglob("*.json"))
EXAMPLES: dict[str, Any] = json.loads((HERE / "schema_examples.json").read_text(encoding="utf-8"))
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
    return load(others.get(section, f"3.33/projectcalico.org/{section.lower()}_v3.json"))


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
    return extend(Draft7Validator, {"x-maxBytes": max_bytes})(schema, format_checker=checker)


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


def test_every_kind_has_its_file() -> None:
    assert {path.name for path in FOLDER.iterdir()} == {f"{kind.lower()}_v3.json" for kind in KINDS}


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
    assert opened <= (allowed if "projectcalico" in path else {"#/properties/rules/additionalProperties"})


@pytest.mark.parametrize("path", FILES)
def test_references_are_local_and_used(path: str) -> None:
    schema = load(path)
    used = {below["$ref"] for _, below in subschemas(schema) if "$ref" in below}
    assert used == {f"#/definitions/{name}" for name in schema.get("definitions", {})}


def test_formats_are_those_of_the_values() -> None:
    used = {below["format"] for path in FILES for _, below in subschemas(load(path)) if "format" in below}
    assert used == {*FORMATS, "calico-selector"}


@pytest.mark.parametrize("kind", KINDS)
def test_annotations_speak_of_what_is_there(kind: str) -> None:
    for place, schema in subschemas(schema_of(kind)):
        spoken = schema.get("x-spoken-by", {})
        assert set(spoken) | set(schema.get("x-consequence", {})) <= set(schema), place
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


def test_definitions_of_one_name_are_alike_everywhere() -> None:
    seen: dict[str, Any] = {}
    for kind in KINDS:
        for name, definition in schema_of(kind)["definitions"].items():
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


def rows() -> Iterator[Any]:
    """Section, pointer, expected code and value of every row of schema_rows.txt."""
    sections: tuple[str, ...] = ()
    for line in (HERE / "schema_rows.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if " | " not in line:
            sections = KINDS if line == "every kind" else (line,)
            continue
        places, code, *values = line.split(" | ")
        for section, place, value in product(sections, either(places), values):
            yield pytest.param(section, place, code, value, id=f"{section}{place}={value}"[:120])


def either(places: str) -> list[str]:
    """`/a/{b,c}` written out."""
    parts = [part.split(",") for part in re.split(r"[{}]", places)]
    return ["".join(choice) for choice in product(*parts)]


def with_value(document: Any, place: str, value: Any) -> Any:
    """A copy with `value` at the pointer `place`, without that member where the value is `...`."""
    if place == "/":
        return value
    changed = copy.deepcopy(document)
    target, *steps = changed, *place[1:].split("/")
    for step in steps[:-1]:
        target = target[int(step) if isinstance(target, list) else step]
    last = int(steps[-1]) if isinstance(target, list) else steps[-1]
    if value is ...:
        del target[last]
    else:
        target[last] = value
    return changed


@cache
def mistakes(section: str, place: str, value: str) -> tuple[ValidationError, ...]:
    """What is wrong with the example once `value`, a Python expression, stands at `place`."""
    written = eval(value, {})  # noqa: S307 - our own rows, some of which want arithmetic
    return tuple(VALIDATORS[section].iter_errors(with_value(EXAMPLES[section], place, written)))


@pytest.mark.parametrize(("section", "place", "code", "value"), list(rows()))
def test_row(section: str, place: str, code: str, value: str) -> None:
    said = verdict(mistakes(section, place, value))
    parent = place.rpartition("/")[0] or "/"
    code, _, member = code.partition(":")
    if code == "fault":
        assert {found for found, _ in said} in ({place}, {parent})
    elif code == "ok":
        assert said == set()
    else:
        assert said == {(parent if code in {"CAL022", "CAL024"} and not member else place, code)}


def test_rows_try_every_constraint() -> None:
    """A constraint that no row breaks would not be missed."""
    broken = {
        f"{section} #" + "".join(f"/{step}" for step in error.schema_path)
        for section, place, _, value in (row.values for row in rows())
        for error in mistakes(section, place, value)
    }
    constraints = {
        f"{kind} {place}/{keyword}"
        for kind in KINDS
        for place, below in reached(schema_of(kind), schema_of(kind))
        for keyword in JUDGED & set(below)
        if keyword != "additionalProperties" or below[keyword] is False
    }
    # Three uses are all there are, so a list of eleven repeats one.
    assert constraints - broken == {"IPPool #/properties/spec/properties/allowedUses/maxItems"}
