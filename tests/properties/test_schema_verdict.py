"""The first look and jsonschema give one verdict: on documents of every kind, and on arbitrary schemas."""

import json
import os
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from jsonschema import Draft7Validator

from linter.schema import Schema
from linter.schema.dialect import Json, Reading, resolve
from linter.schema.explain import Explainer
from linter.schema.first_look import _DOUBTFUL, compiled
from linter.schema.validator import Validator
from linter.text import Source
from linter.values import FORMATS
from linter.yaml.nodes import Alias, Entry, Mapping, Node, Scalar, Sequence
from linter.yaml.parser import documents
from linter.yaml.plain import plain

EXAMPLES = int(os.environ.get("PEERLINT_EXAMPLES", "60"))
FOLDER = Path(__file__).parents[2] / "schemas"
SCHEMAS: dict[str, Json] = {
    path.name: json.loads(path.read_text(encoding="utf-8"))
    for path in (*sorted(FOLDER.glob("3.33/projectcalico.org/*.json")), FOLDER / "config.schema.json")
}
CODES = frozenset(f"CAL{number:03}" for number in range(20, 999)) - {f"CAL02{digit}" for digit in range(2, 7)}

TEXTS = (
    """
a|tor-1|Node_1|rack == 'a'|10.20.0.1|10.20.0.1:179|10.0.0.0/8|10.0.0.1/8|10.0.0.0|fd00::/8|fd00::1|::ffff:10.0.0.1
120s|1d|65000|1.10|AS1|64512:10|65536:10|1:2:3|Info|debug|eth0|*|3.31|1.36|Auto|Accept|accept|In|Reject|eBGP|on|self
{{ x }}|${ASN}|a${b}|x$|true|00:11:22:33:44:55|projectcalico.org/v3|BGPPeer|-a|é|BGP|Enabled|None|Always|error
""".replace("\n", "|")
    .strip("|")
    .split("|")
)
texts = st.sampled_from([*TEXTS, "", " ", "a\n", "x" * 64, "x" * 1025])
numbers = st.sampled_from([0, 1, -1, 2, 32, 33, 128, 255, 256, 65535, 65536, 2**31, 2**32, 1.0, 1.5, 65000.0, 1e300])
scalars = st.one_of(st.none(), st.booleans(), numbers, texts)
junk = st.one_of(
    scalars, st.lists(scalars, max_size=2), st.dictionaries(st.sampled_from(["a", "cidr", "name"]), scalars, max_size=2)
)


# Documents


def valid(draw: st.DrawFn, part: Any, root: Json) -> Any:
    """A value that is meant to be valid for a part of a schema; where it is not, so much the better."""
    if part is True:
        return draw(junk)
    if "$ref" in part:
        return valid(draw, resolve(part["$ref"], root), root)
    if "enum" in part or "const" in part:
        return draw(st.sampled_from(part.get("enum", [part.get("const")])))
    types = part.get("type", "string")
    kind = draw(st.sampled_from(types)) if isinstance(types, list) else types
    if kind == "object":
        return valid_object(draw, part, root)
    if kind == "array":
        few = st.integers(part.get("minItems", 0), min(part.get("maxItems", 2), 2))
        return [valid(draw, part.get("items", True), root) for _ in range(draw(few))]
    if kind in {"integer", "number"}:
        return draw(st.integers(part.get("minimum", 0), part.get("maximum", 2**31 - 1)))
    if kind == "string":
        tests = [FORMATS[each["format"]] for each in (part, *part.get("allOf", ())) if each.get("format") in FORMATS]
        return draw(st.sampled_from([text for text in TEXTS if all(test(text) for test in tests)] or TEXTS))
    return None if kind == "null" else draw(st.booleans())


def valid_object(draw: st.DrawFn, part: Json, root: Json) -> dict[str, Any]:
    properties, required = part.get("properties", {}), part.get("required", ())
    most = part.get("maxProperties", 4)
    optional = draw(st.lists(st.sampled_from(sorted(properties)), unique=True, max_size=most)) if properties else []
    names = [name for name in properties if name in required or name in optional]
    members = {name: valid(draw, properties[name], root) for name in names}
    rest = part.get("additionalProperties", True)
    if isinstance(rest, dict):
        members |= {name: valid(draw, rest, root) for name in draw(st.sets(st.sampled_from(["a", "b/c"]), max_size=2))}
    return members


def mutated(draw: st.DrawFn, value: Any, names: list[str]) -> Any:
    """The value with something changed somewhere."""
    if isinstance(value, dict) and draw(st.booleans()):
        name = draw(st.sampled_from([*names, *map(str.lower, names), "x", "$patch", "{{ key }}"]))
        if name in value and draw(st.booleans()):
            return {each: below for each, below in value.items() if each != name}
        return {**value, name: draw(junk)}
    if isinstance(value, dict) and value:
        name = draw(st.sampled_from(sorted(value)))
        if draw(st.integers(0, 7)) == 0:
            return {each.upper() if each == name else each: below for each, below in value.items()}
        return {**value, name: mutated(draw, value[name], names)}
    if isinstance(value, list) and value and draw(st.integers(0, 3)):
        if draw(st.booleans()):
            return [*value, draw(st.one_of(st.sampled_from(value), scalars))]
        index = draw(st.integers(0, len(value) - 1))
        return [*value[:index], mutated(draw, value[index], names), *value[index + 1 :]]
    return draw(junk)


@st.composite
def manifests(draw: st.DrawFn, schema: Json) -> Any:
    document = valid(draw, schema, schema)
    for _ in range(draw(st.sampled_from([0, 0, 1, 1, 2, 3]))):
        document = mutated(draw, document, NAMES[schema["title"]])
    return document


def names_of(part: Any) -> Iterator[str]:
    for key, below in part.items() if isinstance(part, dict) else ():
        yield from below if key == "properties" else ()
        yield from names_of(below)


NAMES = {schema["title"]: sorted(set(names_of(schema))) for schema in SCHEMAS.values()}


def node(value: Any, aliased: bool = False) -> Node:
    """Plain data as nodes; with `aliased` every value stands behind an alias."""
    made: Scalar | Sequence | Mapping
    if isinstance(value, dict):
        fields = {name: Entry(leaf(name), node(below, aliased)) for name, below in value.items()}
        made = Mapping(0, 0, 0, list(fields.values()), fields, True, None, None)
    elif isinstance(value, list):
        made = Sequence(0, 0, 0, [node(item, aliased) for item in value], True, None, None)
    else:
        made = leaf(value)
    return Alias(0, 0, "a", made) if aliased else made


def leaf(value: Any) -> Scalar:
    return Scalar(0, 0, 0, str(value), value, "", None, None)


READINGS = [
    Reading(codes, patch, ignore_case)
    for codes in (frozenset[str](), CODES)
    for patch in (False, True)
    for ignore_case in (False, True)
]
FIRST_LOOKS = {(name, reading): compiled(schema, reading) for name, schema in SCHEMAS.items() for reading in READINGS}
VALIDATORS = {
    (name, reading): Validator(reading.throughout(schema)) for name, schema in SCHEMAS.items() for reading in READINGS
}


@pytest.mark.parametrize("name", SCHEMAS)
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.data())
def test_one_verdict_on_documents(name: str, data: st.DataObject) -> None:
    document = data.draw(manifests(SCHEMAS[name]))
    reading = data.draw(st.sampled_from(READINGS))
    root = node(document, aliased=data.draw(st.booleans()))
    assert plain(root) == document
    mistakes = list(VALIDATORS[name, reading].mistakes(document))
    assert FIRST_LOOKS[name, reading](root, None, "", []) == (not mistakes), mistakes


@pytest.mark.parametrize("name", SCHEMAS)
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.data())
def test_explanations_keep_their_promises(name: str, data: st.DataObject) -> None:
    """Every fault is about something that is there, and nothing is told twice."""
    document = data.draw(manifests(SCHEMAS[name]))
    schema = Schema(SCHEMAS[name], ignore_case=data.draw(st.booleans()))
    root = node(document)
    result = schema.examine(root, data.draw(st.sampled_from([frozenset[str](), CODES])), data.draw(st.booleans()))
    everything = {id(each) for each in below(root)}
    assert {id(fault.node) for fault in result.faults} <= everything
    assert result.rejected <= everything
    assert not {id(value[2]) for value in result.values} & result.rejected
    told = [(fault.rule, fault.pointer, id(fault.node)) for fault in result.faults]
    assert len(told) == len(set(told))
    for fault in result.faults:
        assert fault.rule != "missing-field" or fault.pointer not in result.presumed
        assert all(move.target is None or move.target in result.presumed for move in fault.moves)


@pytest.mark.parametrize("name", SCHEMAS)
@settings(max_examples=EXAMPLES, deadline=None)
@given(data=st.data())
def test_strange_names_are_explained_alike_without_jsonschema(name: str, data: st.DataObject) -> None:
    document = data.draw(manifests(SCHEMAS[name]))
    strange = st.sampled_from(["asNumbr", "peerip", "PEERIP", "name", "spec", "cidr", "extensions", "x", "${X}"])
    for place in data.draw(st.lists(st.sampled_from(["", "spec", "metadata"]), max_size=2)):
        within = document.get(place) if place and isinstance(document, dict) else document
        if isinstance(within, dict):
            within[data.draw(strange)] = data.draw(junk)
    root = next(iter(documents(Source("a.json", json.dumps(document)), {}))).root
    if root is None:
        return
    explainer = Explainer(SCHEMAS[name], data.draw(st.sampled_from(READINGS)))
    quick = explainer.explain(root)
    explainer._strange = lambda _: None
    slow = explainer.explain(root)
    assert [fault._replace(schema={}) for fault in quick.faults] == [fault._replace(schema={}) for fault in slow.faults]
    assert quick[1:] == slow[1:]


def below(root: Node) -> Iterator[Node]:
    yield root
    if isinstance(root, Mapping):
        for entry in root.entries:
            yield entry.key
            yield from below(entry.value)
    elif isinstance(root, Sequence):
        for item in root.items:
            yield from below(item)


# Arbitrary schemas

NUMBERS = st.integers(-2, 4)
MEMBERS = st.sampled_from("abc")
bare = st.one_of(st.none(), st.booleans(), NUMBERS, st.sampled_from([0.5, 1.0, 2.5]), st.sampled_from(["", "a", "1\n"]))
values = st.recursive(
    bare,
    lambda inner: st.one_of(st.lists(inner, max_size=3), st.dictionaries(MEMBERS, inner, max_size=3)),
    max_leaves=6,
)
leaf_types = st.sampled_from(["string", "integer", "number", "boolean", "null", "object", "array"])


def keywords(inner: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    branches = st.lists(inner, min_size=1, max_size=3)
    return st.fixed_dictionaries(
        {},
        optional={
            "type": st.one_of(leaf_types, st.lists(leaf_types, min_size=1, max_size=3, unique=True)),
            "enum": st.lists(values, min_size=1, max_size=3),
            "const": values,
            "minimum": NUMBERS,
            "exclusiveMaximum": NUMBERS,
            "multipleOf": st.sampled_from([1, 2, 0.5]),
            "minLength": st.integers(0, 2),
            "maxLength": st.integers(0, 2),
            "pattern": st.sampled_from(["^a", "b$", "^[0-9]+$"]),
            "items": inner,
            "minItems": st.integers(0, 2),
            "maxItems": st.integers(0, 2),
            "uniqueItems": st.booleans(),
            "properties": st.dictionaries(MEMBERS, inner, max_size=3),
            "patternProperties": st.dictionaries(st.sampled_from(["a", "^b"]), inner, max_size=2),
            "additionalProperties": inner,
            "propertyNames": st.just({"pattern": "^[ab]$"}),
            "required": st.lists(MEMBERS, unique=True, max_size=2),
            "minProperties": st.integers(0, 2),
            "maxProperties": st.integers(0, 2),
            "allOf": branches,
            "anyOf": branches,
            "oneOf": branches,
            "not": inner,
        },
    )


schemas: st.SearchStrategy[Any] = st.recursive(st.one_of(st.booleans(), st.just({})), keywords, max_leaves=4)
_ONLY_JSONSCHEMA_KNOWS = ("enum", "const", "uniqueItems", "multipleOf", *_DOUBTFUL)


@settings(max_examples=5 * EXAMPLES, deadline=None)
@given(schemas.filter(lambda schema: isinstance(schema, dict)), values)
def test_one_verdict_on_any_schema(schema: Json, value: Any) -> None:
    Draft7Validator.check_schema(schema)
    reading = Reading()
    passed = compiled(schema, reading)(node(value), None, "", [])
    mistakes = list(Validator(reading.throughout(schema)).mistakes(value))
    assert not (passed and mistakes), mistakes
    if not any(f"'{keyword}'" in repr(schema) for keyword in _ONLY_JSONSCHEMA_KNOWS):
        assert passed == (not mistakes)


@pytest.mark.parametrize("name", SCHEMAS)
def test_no_schema_of_ours_is_left_to_jsonschema(name: str) -> None:
    """Else every valid document of the kind would pay for it."""
    assert not any(f"'{keyword}':" in repr(SCHEMAS[name]) for keyword in _DOUBTFUL)
