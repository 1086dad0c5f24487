"""Kubernetes label selectors, which are mappings, in Calico's spelling (selector §10)."""

from __future__ import annotations

from collections.abc import Mapping

from linter.selectors.parser import SelectorError, parse

_PARTS = frozenset(("matchLabels", "matchExpressions"))


def from_label_selector(selector: object) -> str | None:
    """The Calico selector that means the same as `matchLabels` and `matchExpressions`, or as bare `key: value` pairs.

    Takes plain data. None where it is no label selector that Kubernetes would take, or Calico's language has no way to
    write a key or value of it.
    """
    if not isinstance(selector, Mapping):
        return None
    labels: object = selector
    expressions: object = ()
    if not _PARTS.isdisjoint(selector):
        if not _PARTS.issuperset(selector):
            return None
        labels, expressions = _part(selector, "matchLabels", {}), _part(selector, "matchExpressions", ())
    if not isinstance(labels, Mapping) or not isinstance(expressions, list | tuple):
        return None
    parts = [_equality(key, labels[key]) for key in sorted(labels, key=str)]
    parts += [_requirement(expression) for expression in expressions]
    text = " && ".join([part or "" for part in parts]) or "all()"
    return text if all(parts) and _accepted(text) else None


def _part(selector: Mapping[object, object], name: str, absent: object) -> object:
    stated = selector.get(name)
    return absent if stated is None else stated


def _accepted(text: str) -> bool:
    try:
        parse(text)
    except SelectorError:
        return False
    return True


def _equality(key: object, value: object) -> str | None:
    quoted = _quoted(value)
    return f"{key} == {quoted}" if quoted else None


def _requirement(expression: object) -> str | None:
    if not isinstance(expression, Mapping):
        return None
    key, operator, values = expression.get("key"), expression.get("operator"), expression.get("values", ())
    if operator == "Exists":
        return f"has({key})"
    if operator == "DoesNotExist":
        return f"!has({key})"
    if operator not in ("In", "NotIn") or not isinstance(values, list | tuple) or not values:
        return None
    members = [_quoted(value) for value in values]
    if not all(members):
        return None
    return f"{key} {'in' if operator == 'In' else 'not in'} {{{', '.join(map(str, members))}}}"


def _quoted(value: object) -> str | None:
    """A value in quotes; a number or Boolean is what YAML made of a text that was meant."""
    if isinstance(value, bool):
        return f"'{str(value).lower()}'"
    if not isinstance(value, str | int) or ("'" in str(value) and '"' in str(value)):
        return None
    return f'"{value}"' if "'" in str(value) else f"'{value}'"
