"""jsonschema, taught our dialect: the judge that can say why."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from jsonschema import Draft7Validator, FormatChecker, ValidationError
from jsonschema.validators import extend

from linter.schema.dialect import is_templated, members, pattern, repeats, size, strangers, unlisted
from linter.values import FORMATS
from linter.yaml.plain import escape

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from linter.schema.dialect import Json

    Judge = Callable[[Any, Any, Any, Any], Iterator[ValidationError]]


_TYPES = {bool: "boolean", int: "number", float: "number", str: "string", list: "array", dict: "object"}


class Mistake(NamedTuple):
    """What is wrong with one value: the keyword it breaks in `schema` ("" where no value is allowed).

    `path` leads there, in the schema's spelling; `name` is the missing member of "required".
    """

    keyword: str
    path: tuple[str | int, ...]
    schema: Json
    value: Any
    name: str = ""

    @property
    def pointer(self) -> str:
        """The path as a JSON Pointer."""
        return "".join(f"/{escape(str(step))}" for step in self.path)

    @property
    def speaker(self) -> str | None:
        """The rule that speaks of this keyword, if it is not a generic one."""
        code = self.schema.get("x-spoken-by", {}).get(self.keyword)
        if isinstance(code, dict):
            code = code.get(_TYPES.get(type(self.value), ""))
        return code if isinstance(code, str) else None


class Validator:
    """One schema of our dialect (`Reading.throughout`), for the documents that need an explanation."""

    def __init__(self, schema: Json) -> None:
        checker = FormatChecker(formats=())
        for name, test in FORMATS.items():
            checker.checks(name)(_for_text(test))
        self._judge = _DIALECT(schema, format_checker=checker)

    def mistakes(self, data: Any) -> Iterator[Mistake]:
        """All that is wrong; of alternatives, what is wrong with the one that was most likely meant.

        Values made from a template placeholder are left out: what they will be is not known.
        """
        for error in _lowest(self._judge.iter_errors(data)):
            keyword = "type" if error.context else str(error.validator or "")
            schema = error.schema if isinstance(error.schema, dict) else {}
            name = error.message if keyword == "required" else ""
            yield Mistake(keyword, tuple(error.absolute_path), schema, error.instance, name)

    def accepts(self, value: Any, schema: Json) -> bool:
        """Whether a value is valid for a part of the schema."""
        return bool(self._judge.evolve(schema=schema).is_valid(value))


def _lowest(errors: Iterable[ValidationError]) -> Iterator[ValidationError]:
    for error in errors:
        if error.context and not _is_type_of_all(error):
            yield from _lowest(_likeliest(error))
        elif not (isinstance(error.instance, str) and is_templated(error.instance)):
            yield error


def _is_type_of_all(error: ValidationError) -> bool:
    """Whether a value has the type of none of the alternatives."""
    return all(any(map(_is_of_type, branch)) for branch in _branches(error))


def _likeliest(error: ValidationError) -> list[ValidationError]:
    return min(_branches(error), key=lambda branch: (any(map(_is_of_type, branch)), len(branch)))


def _branches(error: ValidationError) -> list[list[ValidationError]]:
    branches: dict[object, list[ValidationError]] = {}
    for each in error.context or ():
        branches.setdefault(each.schema_path[0] if each.schema_path else len(branches), []).append(each)
    return list(branches.values())


def _is_of_type(error: ValidationError) -> bool:
    return error.validator == "type" and not error.path


def _for_text(test: Callable[[str], bool]) -> Callable[[object], bool]:
    return lambda value: not isinstance(value, str) or test(value)


def _without_nulls(keyword: str) -> Judge:
    """The keyword's judge, for the members that count."""
    judge = Draft7Validator.VALIDATORS[keyword]

    def check(validator: Any, value: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
        counted = members(instance, schema) if isinstance(instance, dict) else instance
        yield from judge(validator, value, counted, schema)

    return check


def _required(_validator: Any, names: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    """One error for each missing member; its message is the name."""
    if isinstance(instance, dict):
        present = members(instance, schema)
        yield from (ValidationError(name) for name in names if name not in present)


def _additional_properties(validator: Any, allowed: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if not isinstance(instance, dict):
        return
    if allowed is not False:
        counted = members(instance, schema)
        for name in unlisted(counted, schema):
            yield from validator.descend(counted[name], allowed, path=name)
    if strangers(instance, schema):
        yield ValidationError("unknown members")


def _pattern_properties(validator: Any, patterns: Any, instance: Any, schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, dict):
        for name, value in members(instance, schema).items():
            for each in filter(lambda each: pattern(each).search(name), patterns):
                yield from validator.descend(value, patterns[each], path=name, schema_path=each)


def _pattern(_validator: Any, wanted: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, str) and not pattern(wanted).search(instance):
        yield ValidationError("another pattern")


def _max_bytes(_validator: Any, most: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    if isinstance(instance, dict) and size(instance.items()) > most:
        yield ValidationError("too many bytes")


def _unique(_validator: Any, wanted: Any, instance: Any, _schema: Any) -> Iterator[ValidationError]:
    if wanted and isinstance(instance, list) and repeats(instance):
        yield ValidationError("an item stands twice")


_DIALECT: Any = extend(  # type: ignore[no-untyped-call]
    Draft7Validator,
    {
        **{keyword: _without_nulls(keyword) for keyword in ("properties", "minProperties", "maxProperties")},
        "required": _required,
        "additionalProperties": _additional_properties,
        "patternProperties": _pattern_properties,
        "pattern": _pattern,
        "x-maxBytes": _max_bytes,
        "uniqueItems": _unique,
        "x-uniqueItems": _unique,
    },
)
