"""Diagnostics that say the same of several places."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linter.diagnostics import Diagnostic

TOLERATED = 3
"""Findings of one cause that are still shown in full, each with its frame."""

_LONGEST = 200
"""Code points of a value that a message may hold."""

_TELLING = 3
"""Code points of a text that is looked for without backquotes around it; shorter ones occur in any sentence."""


def grouped(diagnostics: Sequence[Diagnostic]) -> Iterator[tuple[Diagnostic, Sequence[Diagnostic]]]:
    """Diagnostics in order, the first of more than `TOLERATED` of one cause with the others of it."""
    causes = [_cause(diagnostic) for diagnostic in diagnostics]
    groups: dict[tuple[str, ...], list[Diagnostic]] = {}
    for cause, diagnostic in zip(causes, diagnostics, strict=True):
        groups.setdefault(cause, []).append(diagnostic)
    for cause, diagnostic in zip(causes, diagnostics, strict=True):
        first, *others = groups[cause]
        if len(others) < TOLERATED:
            yield diagnostic, ()
        elif diagnostic is first:
            yield first, others


def _cause(diagnostic: Diagnostic) -> tuple[str, ...]:
    """What findings of one cause share: rule, weight, and words but for the value at the place and the object."""
    said = diagnostic.message
    for local in _local(diagnostic):
        said = said.replace(f"`{local}`", "\0")
        if len(local) >= _TELLING:
            said = said.replace(local, "\0")
    return diagnostic.rule, diagnostic.severity.value, said


def _local(diagnostic: Diagnostic) -> list[str]:
    """Texts that belong to the place: value, name and namespace, the longest first."""
    span = diagnostic.at.span
    texts = [diagnostic.at.source.text[span.start : min(span.end, span.start + _LONGEST)].strip("'\" ")]
    if diagnostic.subject:
        texts += [diagnostic.subject.name or "", diagnostic.subject.namespace or ""]
    return sorted(filter(None, texts), key=len, reverse=True)
