"""Calico's selector language (reference: selector): reading, matching, explaining and comparing selectors.

`parse(text)` answers a `Selector` or raises a `SelectorError`. Beyond that, `matching` says which part decided,
`trees` draws, `algebra` knows what holds whatever the labels are, `kubernetes` translates, `wire` speaks JSON lines.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linter.selectors.expressions import Selector
    from linter.selectors.memory import SelectorTable
    from linter.selectors.parser import SelectorError, parse

__all__ = ["Selector", "SelectorError", "SelectorTable", "parse"]

_MODULES = {"Selector": "expressions", "SelectorError": "parser", "SelectorTable": "memory", "parse": "parser"}


def __getattr__(name: str) -> object:
    if name not in _MODULES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(f"{__name__}.{_MODULES[name]}"), name)
