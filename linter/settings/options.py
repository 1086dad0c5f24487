"""The options that a configuration gives to rules, in the form each rule declares."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final

from linter.settings.checks import mistake, stranger
from linter.yaml.nodes import Mapping, content
from linter.yaml.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from dataclasses import Field

    from linter.rulekit import Rule
    from linter.settings.view import ConfigurationView
    from linter.yaml.nodes import Entry, Fault

_KINDS: Final[dict[str, type | tuple[type, ...]]] = {"int": int, "float": (int, float), "bool": bool, "str": str}
_WORDS: Final = {
    "int": "a whole number",
    "float": "a number",
    "bool": "true or false",
    "str": "text",
    "tuple[int, ...]": "a list of whole numbers",
    "tuple[str, ...]": "a list of texts",
}


def options(view: ConfigurationView, rules: Sequence[Rule]) -> tuple[dict[str, object], list[Fault]]:
    """Each rule's options by its name, as instances of the class it declares, and what is wrong with the others."""
    chosen: dict[str, object] = {}
    mistakes: list[Fault] = []
    met: dict[str, Entry] = {}
    declared = view.mapping("rules")
    for entry in declared.entries if declared else ():
        rule = next((rule for rule in rules if entry.key.text in (rule.name, rule.code)), None)
        given = content(entry.value)
        if rule is None:
            mistakes.append(mistake(f"`{entry.key.text}` {stranger(entry.key.text, rules)}", entry.key.span))
        elif rule.options is None:
            mistakes.append(mistake(f"`{entry.key.text}` has no options", entry.key.span))
        elif rule.name in met:
            first = (met[rule.name].key.span, "its options stand here")
            reason = f"`{entry.key.text}` is the rule `{met[rule.name].key.text}`, which has its options already"
            mistakes.append(mistake(reason, entry.key.span, first))
        elif isinstance(given, Mapping):
            met[rule.name] = entry
            mistaken = list(_mistakes(rule.options, given, entry))
            mistakes += mistaken
            if not mistaken:
                chosen[rule.name] = _made(rule.options, given)
    return chosen, mistakes


def _mistakes(declared: Any, given: Mapping, entry: Entry) -> Iterator[Fault]:
    from dataclasses import fields

    known = {one.name: one for one in fields(declared)}
    faults = [fault for option in given.entries for fault in _judged(known, option)]
    if not faults:
        try:
            _made(declared, given)
        except ValueError as error:
            faults.append(mistake(f"`{entry.key.text}` refuses this: {error}", entry.value.span))
    yield from faults


def _made(declared: Any, given: Mapping) -> object:
    return declared(**{name: _value(one) for name, one in given.fields.items()})


def _judged(known: dict[str, Field[Any]], option: Entry) -> Iterator[Fault]:
    name = option.key.text
    if name not in known:
        yield mistake(f"`{name}` is no option of this rule: it has {_listed(known)}", option.key.span)
        return
    kind = _named(known[name].type)
    if kind not in _WORDS:
        yield mistake(f"`{name}` cannot be set here: the rule declares it as {kind}", option.key.span)
    elif not _fits(_value(option), kind):
        yield mistake(f"`{name}` must be {_WORDS[kind]}", option.value.span)


def _listed(known: dict[str, Field[Any]]) -> str:
    return ", ".join(f"`{name}`" for name in known) or "none"


def _named(declared: object) -> str:
    """A declared type as it is written; a class, where the file does not postpone its annotations, by its name."""
    if isinstance(declared, str):
        return declared
    return declared.__name__ if type(declared) is type else str(declared)


def _fits(value: object, kind: str) -> bool:
    if kind.startswith("tuple"):
        item = kind.removeprefix("tuple[").split(",", 1)[0]
        return isinstance(value, tuple) and all(_fits(one, item) for one in value)
    if isinstance(value, bool) or kind == "bool":
        return isinstance(value, bool) and kind == "bool"
    return isinstance(value, _KINDS[kind])


def _value(entry: Entry) -> Any:
    data = plain(entry.value)
    return tuple(data) if isinstance(data, list) else data
