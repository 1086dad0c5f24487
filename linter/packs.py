"""Packs: directories of rule files, loaded by path under private module names; nobody imports a rule.

A directory may hold an index of its rules, written by `index` when peerlint is built: then a rule's own file is read
when the rule is first asked something that only the file knows.
"""

from __future__ import annotations

import os
import sys
from functools import cache
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING, Final

from linter.diagnostics import Safety, Severity
from linter.rulekit import Rule

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import ModuleType

    from linter.rulekit import Body

INDEX: Final = "_index.py"
CORE: Final = "core"
"""The pack of the rules that ship with peerlint."""


class PackError(Exception):
    """A rule file that cannot be loaded, or breaks the form of a rule file; the text names the file and the reason."""


def load(directory: str, pack: str = CORE) -> tuple[Rule, ...]:
    """The rules of every `folder/rule_name.py` and `rule_name.py` below `directory`, sorted by code.

    Raises:
        PackError: a file does not import or holds no rule, or two rules share a name or a code.
    """
    if os.path.isfile(os.path.join(directory, INDEX)):
        return _indexed(directory, pack)
    rules = tuple(
        sorted((_load_file(path, name, pack) for path, name in _files(directory, pack)), key=lambda rule: rule.code)
    )
    _refuse_twins(rules)
    return rules


def index(directory: str) -> str:
    """The text of a directory's index: a Python module, so that an installer compiles it.

    Raises:
        PackError: as `load`.
    """
    rows = "".join(f"    {_row(rule, directory)},\n" for rule in load(directory))
    return f"RULES = (\n{rows})\n"


def _row(rule: Rule, directory: str) -> tuple[object, ...]:
    """What the index holds of a rule, in the order of its members, the path of its file instead of its body."""
    path = os.path.relpath(rule.check.__code__.co_filename, directory).replace(os.sep, "/")
    fix = rule.fix.value if rule.fix else None
    return (rule.name, rule.code, rule.severity.value, rule.scope, rule.subjects, path, fix, *rule[7:])


def _indexed(directory: str, pack: str) -> tuple[Rule, ...]:
    rows = _module(os.path.join(directory, INDEX), f"linter_pack_{pack}._index").RULES
    return tuple(
        Rule(name, code, Severity(severity), scope, subjects, _body(directory, path, pack), fix and Safety(fix), *more)
        for name, code, severity, scope, subjects, path, fix, *more in rows
    )


def _body(directory: str, path: str, pack: str) -> Callable[[], Body]:
    @cache
    def body() -> Body:
        name = path.removesuffix(".py").replace("/", ".")
        return _load_file(os.path.join(directory, path), f"linter_pack_{pack}.{name}", pack).body()

    return body


def _files(directory: str, pack: str) -> list[tuple[str, str]]:
    """Rule files with the module names they are loaded under."""
    found: list[tuple[str, str]] = []
    for entry in sorted(os.scandir(directory), key=lambda entry: entry.name):
        if entry.name.startswith(("_", ".")):
            continue
        if entry.is_dir():
            found += [(path, name) for path, name in _files(entry.path, f"{pack}.{entry.name}")]
        elif entry.name.endswith(".py"):
            found.append((entry.path, f"linter_pack_{pack}.{entry.name.removesuffix('.py')}"))
    return found


def _load_file(path: str, name: str, pack: str) -> Rule:
    module = _module(path, name)
    rules = [value for value in vars(module).values() if isinstance(value, Rule)]
    if len(rules) != 1:
        raise PackError(f"{path}: a rule file holds exactly one decorated check, this one holds {len(rules)}")
    if not rules[0].page:
        raise PackError(f"{path}: the file has no docstring, which is the rule's page")
    _refuse_needed_options(rules[0], path)
    return rules[0]._replace(pack=pack)


def _refuse_needed_options(rule: Rule, path: str) -> None:
    try:
        _ = rule.options and rule.options()
    except (TypeError, ValueError) as error:
        raise PackError(f"{path}: every option needs a default that is valid: {error}") from error


def _module(path: str, name: str) -> ModuleType:
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise PackError(f"{path}: no Python file")
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except (Exception, SystemExit) as error:
        del sys.modules[name]
        raise PackError(f"{os.path.normpath(path)}: {error.__class__.__name__}: {error}") from error
    return module


def _refuse_twins(rules: tuple[Rule, ...]) -> None:
    seen: dict[str, Rule] = {}
    for rule in rules:
        for key in (rule.name, rule.code):
            other = seen.setdefault(key, rule)
            if other is not rule:
                raise PackError(
                    f"{key} names two rules: {other.check.__code__.co_filename} and {rule.check.__code__.co_filename}"
                )
