"""What a round of fixes may not do: make any file worse by what peerlint itself says about it."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from linter.yaml.plain import without_positions

if TYPE_CHECKING:
    from collections.abc import Iterable

    from linter.diagnostics import Diagnostic


class Judgement(NamedTuple):
    """What is said about some texts.

    `findings` are those that were asked for, suppressed ones left out: their fixes may be made. `weighed` is what all
    rules say, asked for or not. `unread` are the paths of files of which a part is no YAML, or nothing was judged.
    """

    findings: tuple[Diagnostic, ...]
    weighed: tuple[Diagnostic, ...]
    unread: frozenset[str] = frozenset()


class Complaint(NamedTuple):
    """A finding as far as it can be recognised in a changed text: no line, no value, no name, no position in a list."""

    weight: int
    path: str
    rule: str
    field: str


def complaint(one: Diagnostic) -> Complaint:
    """What a finding complains about."""
    return Complaint(one.severity.weight, one.at.source.path, one.rule, without_positions(one.field or ""))


def gained(before: Judgement, after: Judgement, least: int) -> Counter[Complaint]:
    """The complaints of at least a weight that only the later judgement has."""
    new = Counter(map(complaint, after.weighed)) - Counter(map(complaint, before.weighed))
    return Counter({key: number for key, number in new.items() if key.weight >= least})


def is_unreadable(before: Judgement, after: Judgement) -> bool:
    """Whether a file can no longer be read that could be."""
    return not after.unread <= before.unread


def remain(fixed: Iterable[Diagnostic], before: Judgement, after: Judgement) -> bool:
    """Whether a finding is still there after its own fix."""
    was, now = (Counter(map(_print, judgement.weighed)) for judgement in (before, after))
    return any(now[key] > max(was[key] - number, 0) for key, number in Counter(map(_print, fixed)).items())


def _print(one: Diagnostic) -> tuple[str, str]:
    return one.at.source.path, one.fingerprint
