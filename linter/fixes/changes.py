"""The fixes that are offered, and which of them may be made together."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from linter.diagnostics import Edit, Safety
from linter.fixes.edits import Taken, adapted, applied

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from linter.diagnostics import Diagnostic
    from linter.fixes.verdict import Complaint, Judgement

Texts = Mapping[str, str]
"""Texts by path."""


class Change(NamedTuple):
    """One fix, made wholly or not at all, and the findings that offer it."""

    edits: tuple[Edit, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def sources(self) -> set[tuple[str, str]]:
        """The rules and files of its findings."""
        return {(one.rule, one.at.source.path) for one in self.findings}


class Limits(NamedTuple):
    """Which fixes may be made: up to which grade, in which files, and not by the rules that came to no end there.

    `unpaid` are complaints that are not let pass though there is a fix for them: it was not made in the end.
    """

    safety: Safety
    writable: Collection[str]
    restless: frozenset[tuple[str, str]] = frozenset()
    unpaid: frozenset[Complaint] = frozenset()


def changes(judgement: Judgement, limits: Limits) -> list[Change]:
    """The fixes that may be made, by place; equal ones are one."""
    found: dict[tuple[Edit, ...], list[Diagnostic]] = {}
    for one in judgement.findings:
        if one.fix is None or (one.fix.safety is Safety.UNSAFE and limits.safety is Safety.SAFE):
            continue
        edits = tuple(sorted(dict.fromkeys(map(adapted, one.fix.edits)), key=_place))
        if _is_possible(edits, limits) and (one.rule, one.at.source.path) not in limits.restless:
            found.setdefault(edits, []).append(one)
    changes = (Change(edits, tuple(findings)) for edits, findings in found.items())
    return sorted(changes, key=lambda change: [_place(edit) for edit in change.edits])


def _place(edit: Edit) -> tuple[str, int, int]:
    return (edit.source.path, *edit.span)


def _is_possible(edits: Sequence[Edit], limits: Limits) -> bool:
    """Whether there is something to do, in files that may be written, and the parts do not contradict each other."""
    if not all(edit.source.path in limits.writable for edit in edits):
        return False
    if any(one.source is after.source and one.span.end > after.span.start for one, after in pairwise(edits)):
        return False
    return any(edit.source[edit.span] != edit.new_text for edit in edits)


def compatible(changes: Iterable[Change]) -> tuple[Change, ...]:
    """Of fixes that collide the first; an edit that several make in the same way is made once."""
    taken, chosen, made = Taken(), [], set[Edit]()
    for change in changes:
        new = [edit for edit in change.edits if edit not in made]
        if all(map(taken.is_free, new)):
            for edit in new:
                taken.take(edit)
            made.update(new)
            chosen.append(change)
    return tuple(chosen)


def by_path(changes: Iterable[Change]) -> dict[str, list[Edit]]:
    """All edits of some fixes, each once, by the file they write to."""
    found: dict[str, list[Edit]] = {}
    for edit in dict.fromkeys(edit for change in changes for edit in change.edits):
        found.setdefault(edit.source.path, []).append(edit)
    return found


def written(texts: Texts, changes: Iterable[Change]) -> Texts:
    """The texts with some fixes made, which do not collide."""
    return {**texts, **{path: applied(texts[path], edits) for path, edits in by_path(changes).items()}}
