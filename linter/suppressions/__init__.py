"""Ignores: which findings a file's own comments and annotations suppress, and which of them are mistaken."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.suppressions.faults import IgnoreFault, faults
from linter.suppressions.ignore import UNREACHABLE, Ignore, Name

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from linter.diagnostics import Diagnostic
    from linter.text import Source
    from linter.yaml.nodes import Document

__all__ = ["UNREACHABLE", "Ignore", "IgnoreFault", "Name", "Settled", "faults", "ignores", "settle"]


class Settled(NamedTuple):
    """The diagnostics of one file after its ignores: `used` are the names that suppressed something."""

    kept: tuple[Diagnostic, ...]
    suppressed: tuple[Diagnostic, ...]
    used: frozenset[Name]


def ignores(source: Source, documents: Sequence[Document]) -> tuple[Ignore, ...]:
    """All ignores of a file in the order in which they stand, near misses included."""
    if "peerlint" not in source.text:
        return ()
    from linter.suppressions.annotations import in_annotations
    from linter.suppressions.comments import in_comments

    found = [*in_comments(source, documents), *in_annotations(documents)]
    return tuple(sorted(found, key=lambda ignore: ignore.span))


def settle(diagnostics: Iterable[Diagnostic], ignores: Sequence[Ignore], rules: Mapping[str, str]) -> Settled:
    """Divide the diagnostics of one file; `rules` has the rules by name and by code.

    A diagnostic is suppressed where an ignore names its rule and covers the beginning of its primary place. All ignores
    that do so are used. Nothing reaches the rules of `UNREACHABLE`.
    """
    kept: list[Diagnostic] = []
    suppressed: list[Diagnostic] = []
    used: set[Name] = set()
    for diagnostic in diagnostics:
        names = _naming(diagnostic, ignores, rules)
        (suppressed if names else kept).append(diagnostic)
        used.update(names)
    return Settled(tuple(kept), tuple(suppressed), frozenset(used))


def _naming(diagnostic: Diagnostic, ignores: Sequence[Ignore], rules: Mapping[str, str]) -> list[Name]:
    if diagnostic.rule in UNREACHABLE:
        return []
    place = diagnostic.at.span.start
    return [
        name
        for ignore in ignores
        if ignore.covers and ignore.covers.start <= place <= ignore.covers.end
        for name in ignore.names
        if rules.get(name.text) == diagnostic.rule
    ]
