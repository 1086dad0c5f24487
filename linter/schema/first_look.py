"""The first look: a JSON Schema as a tree of closures over nodes, which settles valid documents without jsonschema.

It answers "valid" or "not valid" and gathers, on the way, the values that the schema gives a type (`x-type`, or whole
numbers alone); those made from a template placeholder are left out. It never calls a document valid that jsonschema
refuses; keywords that Calico's schemas do not use (`_DOUBTFUL`) it leaves to jsonschema by answering "not valid".
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, Any

from linter.schema import scalars
from linter.schema.dialect import Json, Reading, is_templated, pattern, repeats, resolve, size, spelling, types
from linter.yaml.nodes import Alias, Entry, Mapping, Scalar, Sequence, content
from linter.yaml.plain import escape, plain

if TYPE_CHECKING:
    from linter.yaml.nodes import Node

Typed = tuple[str, Scalar | None, "Node", str]
"""A value of a known type: its `x-type`, its key (None for a list item), the node as it stands, its JSON Pointer.

A field that takes whole numbers alone has the type `Integer` without being given it.
"""

Check = Callable[["Node", Scalar | None, str, list[Typed]], bool]
"""Whether a node is valid, given its key, the pointer of the last list item or open member above it (the fixed steps
below that are compiled in) and the list that typed values are added to."""

Fields = dict[str, Entry]

_DOUBTFUL = frozenset(("additionalItems", "contains", "dependencies", "if"))
_UNPROVEN = _DOUBTFUL | {"$ref", "const", "enum", "multipleOf", "uniqueItems"}


def compiled(schema: Json, reading: Reading) -> Check:
    """The schema as one closure; call it with (root node, None, "", []). Parts are compiled when they are first met.

    Raises:
        KeyError: a `$ref` points nowhere, or out of the schema.
    """
    return _Compiler(schema, reading).check(schema, "")


Strange = dict[str, Json]
"""Objects with names that they do not know: the pointer of each, and its schema."""


def compiled_for_names(schema: Json, reading: Reading) -> Callable[[Node], Strange | None]:
    """Finds the objects with strange names in a document that is otherwise valid; None in any other.

    Raises:
        KeyError: a `$ref` points nowhere, or out of the schema.
    """
    strange: Strange = {}
    check = _Compiler(schema, reading, strange).check(schema, "")

    def names(root: Node) -> Strange | None:
        strange.clear()
        return dict(strange) if check(root, None, "", []) else None

    return names


class _Compiler:
    """Compiles the parts of one schema; `suffix` is a part's fixed pointer below the one passed at run time.

    With `strange`, names that an object does not know are gathered there and are no fault, but for alternatives.
    """

    def __init__(self, root: Json, reading: Reading, strange: Strange | None = None) -> None:
        self._root = root
        self._reading = reading
        self._strange = strange
        self._refs: dict[str, Check] = {}

    def check(self, schema: Any, suffix: str) -> Check:
        if isinstance(schema, bool):
            return _anything if schema else _nothing
        if "$ref" in schema:
            return self._referred(schema["$ref"], suffix)
        schema = self._reading.of(schema)
        if not _DOUBTFUL.isdisjoint(schema) or isinstance(schema.get("items"), list):
            return _nothing
        if any(_may_be_doubted(schema[keyword]) for keyword in ("oneOf", "not") if keyword in schema):
            return _nothing
        return _every([self._value(schema, suffix), *self._combinations(schema, suffix)])

    def _referred(self, ref: str, suffix: str) -> Check:
        if suffix:
            return self.check(resolve(ref, self._root), suffix)
        if ref not in self._refs:
            self._refs[ref] = self.check(resolve(ref, self._root), "")
        return self._refs[ref]

    def _late(self, schema: Any) -> Check:
        """A part that may hold itself, as the items of a list can."""
        check: Check | None = None

        def late(node: Node, key: Scalar | None, base: str, found: list[Typed]) -> bool:
            nonlocal check
            if check is None:
                check = self.check(schema, "")
            return check(node, key, base, found)

        return late

    def _combinations(self, schema: Json, suffix: str) -> list[Check]:
        checks = [self.check(part, suffix) for part in schema.get("allOf", ()) if not self._says_nothing(part)]
        strict = self if self._strange is None else _Compiler(self._root, self._reading)
        for keyword, only_one in (("anyOf", False), ("oneOf", True)):
            if keyword in schema:
                checks.append(_some([strict.check(part, suffix) for part in schema[keyword]], only_one))
        if "not" in schema:
            refused = strict.check(schema["not"], suffix)
            checks.append(lambda node, key, base, _: not refused(node, key, base, []))
        return checks

    def _says_nothing(self, part: Any) -> bool:
        if isinstance(part, bool):
            return part
        return all(keyword == "description" or keyword.startswith("x-") for keyword in self._reading.of(part))

    def _value(self, schema: Json, suffix: str) -> Check:
        allowed = types(schema) if "type" in schema else scalars.TYPES
        wanted = scalars.tests(schema, allowed)
        listed = "enum" in schema or "const" in schema
        on_mapping = self._mapping(schema, suffix) if "object" in allowed and not listed else _no_members
        on_sequence = self._sequence(schema, suffix) if "array" in allowed and not listed else _no_items
        kind: str | None = schema.get("x-type", "Integer" if allowed == ("integer",) else None)

        def value(node: Node, key: Scalar | None, base: str, found: list[Typed]) -> bool:
            inner = node.target if type(node) is Alias else node
            if type(inner) is Scalar:
                bare = inner.value
                tests = wanted.get(type(bare), scalars.REFUSED)
                ok = True
                for test in tests:
                    if not test(bare):
                        ok = False
                        break
                if kind is None or bare is None or tests is scalars.REFUSED:
                    return ok or (type(bare) is str and is_templated(bare))
                if type(bare) is str and is_templated(bare):
                    return True
                # One that breaks a bound is met too: a rule of its own may speak instead of the generic ones.
                found.append((kind, key, node, base + suffix))
                return ok
            if type(inner) is Mapping:
                return on_mapping(inner.fields, base, found)
            return type(inner) is Sequence and on_sequence(inner, base, found)

        return value

    def _mapping(self, schema: Json, suffix: str) -> Callable[[Fields, str, list[Typed]], bool]:
        properties = schema.get("properties", {})
        stranger = self._stranger(schema, suffix)
        children: dict[str, Check] = {}
        ignore_case = "x-ignore-case" in schema
        required = schema.get("required", ())
        wholes = _whole_tests(schema)

        def mapping(fields: Fields, base: str, found: list[Typed]) -> bool:
            ok = True
            if ignore_case:
                fields = _respelt(fields, properties)
            for name, entry in fields.items():
                child = children.get(name)
                if child is None:
                    if name not in properties:
                        ok = stranger(name, entry, base, found) and ok
                        continue
                    child = children[name] = self.check(properties[name], f"{suffix}/{escape(name)}")
                if not child(entry.value, entry.key, base, found) and not _is_null(entry):
                    ok = False
            for name in required:
                if name not in fields or (type(fields[name].value) is not Mapping and _is_null(fields[name])):
                    ok = False
            return ok and (not wholes or all(test(fields) for test in wholes))

        return mapping

    def _stranger(self, schema: Json, suffix: str) -> Callable[[str, Entry, str, list[Typed]], bool]:
        """The check of a member that is no property."""
        patterns = [(pattern(each), self.check(part, "")) for each, part in schema.get("patternProperties", {}).items()]
        other = schema.get("additionalProperties", True)
        rest = [] if other is False else [self._late(other)]
        later, strange = schema.get("x-later", ()), self._strange

        def stranger(name: str, entry: Entry, base: str, found: list[Typed]) -> bool:
            checks = [check for each, check in patterns if each.search(name)] if patterns else []
            checks = checks or rest
            if not checks or name in later:
                if strange is not None and not is_templated(name):
                    strange[base + suffix] = schema
                    return True
                return is_templated(name)
            return _every(checks)(entry.value, entry.key, f"{base}{suffix}/{escape(name)}", found) or _is_null(entry)

        return stranger

    def _sequence(self, schema: Json, suffix: str) -> Callable[[Sequence, str, list[Typed]], bool]:
        item = self._late(schema.get("items", True))
        least, most = schema.get("minItems", 0), schema.get("maxItems")
        unique = schema.get("uniqueItems") or schema.get("x-uniqueItems")

        def sequence(node: Sequence, base: str, found: list[Typed]) -> bool:
            ok = least <= len(node.items) and (most is None or len(node.items) <= most)
            for index, each in enumerate(node.items):
                ok = item(each, None, f"{base}{suffix}/{index}", found) and ok
            return ok and (not unique or _are_distinct(node))

        return sequence


def _may_be_doubted(part: Any) -> bool:
    """Whether "not valid" may only mean "not known" somewhere in a part, so that its contrary proves nothing."""
    if isinstance(part, list):
        return any(map(_may_be_doubted, part))
    if not isinstance(part, dict):
        return False
    if isinstance(part.get("items"), list):
        return True
    return not _UNPROVEN.isdisjoint(part) or any(map(_may_be_doubted, part.values()))


def _anything(_node: Node, _key: Scalar | None, _base: str, _found: list[Typed]) -> bool:
    return True


def _nothing(_node: Node, _key: Scalar | None, _base: str, _found: list[Typed]) -> bool:
    return False


def _no_members(_fields: Fields, _base: str, _found: list[Typed]) -> bool:
    return False


def _no_items(_node: Sequence, _base: str, _found: list[Typed]) -> bool:
    return False


def _every(checks: list[Check]) -> Check:
    """All checks, each made whatever the others say, because each may meet typed values."""
    if len(checks) == 1:
        return checks[0]

    def every(node: Node, key: Scalar | None, base: str, found: list[Typed]) -> bool:
        ok = True
        for check in checks:
            ok = check(node, key, base, found) and ok
        return ok

    return every


def _some(checks: list[Check], only_one: bool) -> Check:
    def some(node: Node, key: Scalar | None, base: str, found: list[Typed]) -> bool:
        valid = 0
        for check in checks:
            typed: list[Typed] = []
            if check(node, key, base, typed):
                valid += 1
                found += typed
                if not only_one:
                    return True
        return valid == 1

    return some


def _whole_tests(schema: Json) -> list[Callable[[Fields], bool]]:
    """What a schema asks of the members together, or of their names."""
    tests: list[Callable[[Fields], bool]] = []
    if "minProperties" in schema or "maxProperties" in schema:
        least, most = schema.get("minProperties", 0), schema.get("maxProperties", float("inf"))
        tests.append(lambda fields: least <= sum(not _is_null(entry) for entry in fields.values()) <= most)
    if "propertyNames" in schema:
        named = scalars.tests(schema["propertyNames"], scalars.TYPES)[str]
        tests.append(lambda fields: all(test(name) or is_templated(name) for name in fields for test in named))
    if "x-maxBytes" in schema:
        tests.append(lambda fields: size(map(_bare, fields.items())) <= schema["x-maxBytes"])
    return tests


def _bare(field: tuple[str, Entry]) -> tuple[str, object]:
    node = content(field[1].value)
    return field[0], node.value if isinstance(node, Scalar) else None


def _is_null(entry: Entry) -> bool:
    node = entry.value
    inner = node.target if type(node) is Alias else node
    return type(inner) is Scalar and inner.value is None


def _are_distinct(node: Sequence) -> bool:
    """Whether no item stands twice in a list."""
    return len(node.items) < 2 or not repeats([plain(item) for item in node.items])


def _respelt(fields: Fields, known: Json) -> Fields:
    """The fields under the names that are known; a second spelling of one field stays a stranger."""
    left: Fields = {}
    for name, entry in fields.items():
        meant = name if name in known else spelling(name, known) or name
        left[name if meant in left or (meant != name and meant in fields) else meant] = entry
    return left
