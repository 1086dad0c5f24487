"""What our schemas mean beyond JSON Schema draft-07: the one reading that both judges of a document share.

A member whose value is null counts as absent (calico-fields §1: calicoctl takes it for unset). `x-spoken-by` names, for
a keyword, the rule that speaks instead of the generic ones; for `type` it may do so by the type that stands there.
`x-maxBytes` bounds all keys and values of an object together. `x-uniqueItems` is `uniqueItems` where Calico takes the
repeat. `x-later` names members, or values of an enum, that newer versions have. `x-applied-by` holds keywords that hold
instead where the manifests are applied that way. A `pattern` beside one of our formats says the same for
tools that do not know the format. Elsewhere `$` at the end of a pattern is the end of the text, and classes of
characters are ASCII, as in Calico's Go.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, NamedTuple

from linter.values import FORMATS

if TYPE_CHECKING:
    from collections.abc import Iterable

Json = dict[str, Any]
"""A schema, or a part of one, as JSON has it."""

WORDING = frozenset({"CAL007", "CAL029"})
"""Rules that put faults of the schema into words; where they are not asked, nobody speaks."""

_ONE = ("items", "additionalItems", "additionalProperties", "propertyNames", "contains", "not", "if", "then", "else")
_MANY = ("allOf", "anyOf", "oneOf", "items")
_NAMED = ("properties", "patternProperties", "definitions", "dependencies")
_CONDITIONS = ("anyOf", "oneOf", "not", "if", "then", "else", "dependencies")
_PLACEHOLDERS = (("{{", "}}"), ("${", "}"), ("{%", "%}"), ("<%", "%>"), ("$(", ")"))
_VARIABLE = re.compile(r"(?<![\w$])\$[A-Z][A-Z0-9_]*(?!\w)", re.ASCII)


class Reading(NamedTuple):
    """How a schema is read.

    `codes` are the rules that speak for themselves; in a `patch` nothing is required and directives such as `$patch`
    may stand anywhere; `ignore_case` takes field names in any letter case; `apply_path` is how manifests are applied.
    """

    codes: frozenset[str] = frozenset()
    patch: bool = False
    ignore_case: bool = False
    apply_path: str | None = None

    def of(self, schema: Json) -> Json:
        """One part of a schema, without what is not the generic rules' to say.

        A part that lost a keyword keeps its whole self under `x-whole`; a closed object whose fields may stand in any
        letter case is marked by `x-ignore-case`. What lies below is as it was.
        """
        instead = schema.get("x-applied-by", {}).get(self.apply_path)
        if instead:
            schema = {name: value for name, value in {**schema, **instead}.items() if value is not None}
        spoken_by = schema.get("x-spoken-by", {})
        left: Json = {}
        for keyword, value in schema.items():
            speaker = spoken_by.get(keyword)
            if isinstance(speaker, dict):
                left[keyword] = [*_listed(value), *(name for name, code in speaker.items() if code in self.codes)]
            elif speaker in self.codes:
                left["x-whole"] = schema
            elif not self._is_moot(keyword, value, schema):
                left[keyword] = value
        if left.get("additionalProperties") is False:
            if self.ignore_case:
                left["x-ignore-case"] = True
            if self.patch:
                left["patternProperties"] = {**left.get("patternProperties", {}), r"^\$": True}
        return left

    def throughout(self, schema: Any) -> Any:
        """A whole schema read like this."""
        if isinstance(schema, list):
            return [self.throughout(part) for part in schema]
        if not isinstance(schema, dict):
            return schema
        return {keyword: self._below(keyword, value) for keyword, value in self.of(schema).items()}

    def _below(self, keyword: str, value: Any) -> Any:
        if keyword in _NAMED:
            return {name: self.throughout(part) for name, part in value.items()}
        return self.throughout(value) if keyword in _ONE or keyword in _MANY else value

    def _is_moot(self, keyword: str, value: Any, schema: Json) -> bool:
        if keyword == "pattern":
            return schema.get("format") in FORMATS
        if not self.patch:
            return False
        return keyword in {"required", "minProperties"} or (keyword in _CONDITIONS and _mentions(value, "required"))


def _mentions(part: Any, keyword: str) -> bool:
    parts = part.values() if isinstance(part, dict) else part if isinstance(part, list) else ()
    return (isinstance(part, dict) and keyword in part) or any(_mentions(each, keyword) for each in parts)


def _listed(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value]


def types(schema: Json) -> tuple[str, ...]:
    """The JSON types that a schema allows by `type`, itself or in its alternatives; empty if it does not say."""
    if "type" in schema:
        return tuple(_listed(schema["type"]))
    parts = (part for keyword in ("anyOf", "oneOf") for part in schema.get(keyword, ()))
    return tuple(dict.fromkeys(name for part in parts if isinstance(part, dict) for name in types(part)))


def resolve(ref: str, root: Json) -> Json:
    """The part of the schema that a local `$ref` points to.

    Raises:
        KeyError: it points nowhere, or out of the schema.
    """
    if not ref.startswith("#"):
        raise KeyError(ref)
    part: Json = root
    for name in ref.split("/")[1:]:
        part = part[name.replace("~1", "/").replace("~0", "~")]
    return part


def pattern(text: str) -> re.Pattern[str]:
    """A schema's pattern, to be searched for."""
    if text.endswith("$") and not text.endswith("\\$"):
        text = text[:-1] + r"\Z"
    return re.compile(text, re.ASCII)


def is_templated(text: str) -> bool:
    """Whether a template placeholder (`{{ x }}`, `${X}`, `{% x %}`, `<% x %>`, `$(X)`, `$X`) stands in the text."""
    if "{" not in text and "$" not in text and "<" not in text:
        return False
    if any(0 <= text.find(opening) < text.rfind(closing) for opening, closing in _PLACEHOLDERS):
        return True
    return "$" in text and _VARIABLE.search(text) is not None


def unlisted(names: Iterable[str], schema: Json) -> list[str]:
    """The names that neither the properties nor their patterns of `schema` know."""
    known, patterns = schema.get("properties", {}), schema.get("patternProperties", ())
    return [name for name in names if name not in known and not any(pattern(each).search(name) for each in patterns)]


def strangers(names: Iterable[str], schema: Json) -> list[str]:
    """The names that an object refuses by `schema`; template placeholders are nobody's business here.

    An open one refuses what came later. With `x-ignore-case` other spellings are known, unless two of them stand for
    one field.
    """
    names = list(names)
    if schema.get("additionalProperties", True) is not False:
        return [name for name in names if name in schema.get("x-later", ())]
    unknown = [name for name in unlisted(names, schema) if not is_templated(name)]
    if not schema.get("x-ignore-case"):
        return unknown
    lowered = [name.lower() for name in names]
    known = schema.get("properties", {})
    return [name for name in unknown if spelling(name, known) is None or lowered.count(name.lower()) > 1]


def spelling(name: str, known: Iterable[str]) -> str | None:
    """How a known name that differs from `name` at most in letter case is spelt."""
    lowered = name.lower()
    return next((each for each in known if each.lower() == lowered), None)


def repeats(items: list[Any]) -> list[tuple[int, int]]:
    """The positions of items that stand in a list already, each with that of the first; templates are left out."""
    seen: dict[object, int] = {}
    found = []
    for index, item in enumerate(items):
        first = seen.setdefault(key_of(item), index)
        if first != index and not _holds_template(item):
            found.append((index, first))
    return found


def key_of(value: Any) -> object:
    """Something hashable that is equal for equal values of JSON: true is not 1, the order of members does not count."""
    if isinstance(value, dict):
        return frozenset((name, key_of(member)) for name, member in value.items())
    if isinstance(value, list):
        return tuple(map(key_of, value))
    return type(value) is bool, value


def _holds_template(value: Any) -> bool:
    below = value.values() if isinstance(value, dict) else value if isinstance(value, list) else ()
    return (isinstance(value, str) and is_templated(value)) or any(map(_holds_template, below))


def members(instance: dict[str, Any], schema: Json) -> dict[str, Any]:
    """The members of plain data that count, under the names the schema has for them."""
    known = schema.get("properties", {})
    counted = {name: value for name, value in instance.items() if value is not None}
    if not schema.get("x-ignore-case"):
        return counted
    return {name if name in known else spelling(name, known) or name: value for name, value in counted.items()}


def size(names_and_values: Iterable[tuple[str, object]]) -> int:
    """Bytes of all names and text values together, in UTF-8."""
    return sum(
        len((name + (value if isinstance(value, str) else "")).encode(errors="surrogatepass"))
        for name, value in names_and_values
    )
