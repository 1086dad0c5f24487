"""What a schema asks of a scalar, as tests by the class of its value."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import TYPE_CHECKING, Any

from linter.schema.dialect import pattern
from linter.values import FORMATS

if TYPE_CHECKING:
    from linter.schema.dialect import Json

Test = Callable[[Any], bool]

_CLASSES: dict[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int, float),
    "number": (int, float),
    "boolean": (bool,),
    "null": (type(None),),
    "object": (),
    "array": (),
}
TYPES = tuple(_CLASSES)
"""The types of JSON."""

_SHORT = 64

REFUSED: tuple[Test, ...] = (lambda _: False,)
"""The tests of a value whose class is not allowed."""


def tests(schema: Json, types: Iterable[str]) -> dict[type, tuple[Test, ...]]:
    """For each class of scalar that `types` allow, what else the schema asks of such a value."""
    types = frozenset(types)
    return {each: tuple(_tests(schema, types, each)) for name in types for each in _CLASSES[name]}


def _tests(schema: Json, types: frozenset[str], wanted: type) -> list[Test]:
    found: list[Test] = []
    if wanted is float and "number" not in types:
        found.append(float.is_integer)
    if "enum" in schema:
        found.append(_alike(schema["enum"], wanted).__contains__)
    if "const" in schema:
        found.append(_alike([schema["const"]], wanted).__contains__)
    if wanted is str:
        found += _text_tests(schema)
    elif wanted in {int, float}:
        found += [test(schema[keyword]) for keyword, test in _NUMBER_TESTS.items() if keyword in schema]
    return found


def _alike(values: list[Any], wanted: type) -> frozenset[Any]:
    """The scalars among `values` that a JSON value of the class can equal: true is not 1, but 1.0 is."""
    classes = {int, float} if wanted in {int, float} else {wanted}
    return frozenset(value for value in values if type(value) in classes)


def _text_tests(schema: Json) -> list[Test]:
    found = [test(schema[keyword]) for keyword, test in _TEXT_TESTS.items() if keyword in schema]
    if schema.get("format") in FORMATS:
        found.append(_remembered(FORMATS[schema["format"]]))
    return found


def _remembered(test: Test) -> Test:
    """The test with a memory for the run: the same short texts come again and again."""
    known: dict[str, bool] = {}

    def remembered(text: str) -> bool:
        answer = known.get(text)
        if answer is None:
            answer = test(text)
            if len(text) <= _SHORT:
                known[text] = answer
        return answer

    return remembered


_TEXT_TESTS: dict[str, Callable[[Any], Test]] = {
    "minLength": lambda bound: lambda text: bound <= len(text),
    "maxLength": lambda bound: lambda text: len(text) <= bound,
    "pattern": lambda wanted: lambda text: pattern(wanted).search(text) is not None,
}
_NUMBER_TESTS: dict[str, Callable[[Any], Test]] = {
    "minimum": lambda bound: lambda value: bound <= value,
    "maximum": lambda bound: lambda value: value <= bound,
    "exclusiveMinimum": lambda bound: lambda value: bound < value,
    "exclusiveMaximum": lambda bound: lambda value: value < bound,
    "multipleOf": lambda bound: lambda value: isinstance(bound, int) and value % bound == 0,
}
