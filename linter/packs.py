"""Packs: directories of rule files, loaded by path under private module names; nobody imports a rule."""

from __future__ import annotations

import os
import sys
from importlib.util import module_from_spec, spec_from_file_location
from typing import TYPE_CHECKING

from linter.rulekit import Rule

if TYPE_CHECKING:
    from types import ModuleType


class PackError(Exception):
    """A rule file that cannot be loaded, or breaks the form of a rule file; the text names the file and the reason."""


def load(directory: str, pack: str = "core") -> tuple[Rule, ...]:
    """The rules of every `folder/rule_name.py` and `rule_name.py` below `directory`, sorted by code.

    Raises:
        PackError: a file does not import or holds no rule, or two rules share a name or a code.
    """
    rules = tuple(
        sorted((_load_file(path, name) for path, name in _files(directory, pack)), key=lambda rule: rule.code)
    )
    _refuse_twins(rules)
    return rules


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


def _load_file(path: str, name: str) -> Rule:
    module = _module(path, name)
    rules = [value for value in vars(module).values() if isinstance(value, Rule)]
    if len(rules) != 1:
        raise PackError(f"{path}: a rule file holds exactly one decorated check, this one holds {len(rules)}")
    if not rules[0].page:
        raise PackError(f"{path}: the file has no docstring, which is the rule's page")
    return rules[0]


def _module(path: str, name: str) -> ModuleType:
    spec = spec_from_file_location(name, path)
    if spec is None or spec.loader is None:
        raise PackError(f"{path}: no Python file")
    module = module_from_spec(spec)
    sys.modules[name] = module
    try:
        spec.loader.exec_module(module)
    except Exception as error:
        del sys.modules[name]
        raise PackError(f"{path}: {error.__class__.__name__}: {error}") from error
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
