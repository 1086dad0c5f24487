"""The options that a configuration gives to rules, in the form each rule declares."""

from __future__ import annotations

from dataclasses import fields
from typing import TYPE_CHECKING, Any

from linter.settings.checks import mistake, stranger
from linter.yaml.nodes import Mapping, Scalar, content

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linter.rulekit import Rule
    from linter.settings.view import ConfigurationView
    from linter.yaml.nodes import Entry, Fault

_TYPES = {"int": int, "float": float, "bool": bool, "str": str}
_WORDS = {"int": "a whole number", "float": "a number", "bool": "true or false", "str": "text"}


def options(view: ConfigurationView, rules: Sequence[Rule]) -> tuple[dict[str, object], list[Fault]]:
    """Each rule's options by its name, as instances of the class it declares, and what is wrong with the others."""
    chosen: dict[str, object] = {}
    mistakes: list[Fault] = []
    declared = view.mapping("rules")
    for entry in declared.entries if declared else ():
        rule = next((rule for rule in rules if entry.key.text in (rule.name, rule.code)), None)
        given = content(entry.value)
        if rule is None:
            mistakes.append(mistake(f"`{entry.key.text}` {stranger(entry.key.text, rules)}", entry.key.span))
        elif rule.options is None:
            mistakes.append(mistake(f"`{entry.key.text}` has no options", entry.key.span))
        elif isinstance(given, Mapping):
            mistaken = [fault for option in given.entries for fault in _judged(rule.options, option)]
            mistakes += mistaken
            if not mistaken:
                chosen[rule.name] = rule.options(**{name: _value(one) for name, one in given.fields.items()})
    return chosen, mistakes


def _judged(declared: Any, option: Entry) -> Iterator[Fault]:
    name = option.key.text
    known = {one.name: str(one.type) for one in fields(declared)}
    if name not in known:
        yield mistake(
            f"`{name}` is no option of this rule: it has {', '.join(f'`{one}`' for one in known)}", option.key.span
        )
    elif not _fits(_value(option), known[name]):
        yield mistake(f"`{name}` must be {_WORDS[known[name]]}", option.value.span)


def _fits(value: object, kind: str) -> bool:
    if isinstance(value, bool) or kind == "bool":
        return isinstance(value, bool) and kind == "bool"
    return isinstance(value, (int, float) if kind == "float" else _TYPES[kind])


def _value(entry: Entry) -> Any:
    node = content(entry.value)
    return node.value if isinstance(node, Scalar) else node
