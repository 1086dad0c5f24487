"""Rounds of fixes, each judged before the next, until nothing is left that can be fixed: a function of texts."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from linter.diagnostics import Safety
from linter.fixes.changes import Limits, by_path, changes, compatible, written
from linter.fixes.edits import composed
from linter.fixes.trial import Trial
from linter.fixes.verdict import gained
from linter.text import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterable, Mapping

    from linter.diagnostics import Diagnostic, Edit
    from linter.fixes.changes import Change, Texts
    from linter.fixes.trial import Judge, Refused
    from linter.fixes.verdict import Complaint, Judgement

ROUNDS = 100
"""A fix that finds work in every round is none; honest ones are done in two or three."""

_RESTARTS = 10


class Fixed(NamedTuple):
    """What came of fixing.

    `texts` are the new texts of the files that changed, `edits` what makes them of the old ones, by path. `made` are
    the findings whose fixes were made, each as it stood in its round; `refused` those at the end whose fixes would make
    a file worse, and why. `before` and `after` say what is said about the old and the new texts.
    """

    texts: Texts
    edits: Mapping[str, tuple[Edit, ...]]
    made: tuple[Diagnostic, ...]
    refused: tuple[Refused, ...]
    before: Judgement
    after: Judgement


class _Run(NamedTuple):
    """Rounds from the first to the last; `restless` are the rules and files that kept them going without end.

    `debts` are complaints that a round brought because a fix for them was at hand; `refused` is what was tried after
    the last round.
    """

    texts: Texts
    rounds: tuple[tuple[Change, ...], ...]
    judgement: Judgement
    debts: Counter[Complaint]
    restless: frozenset[tuple[str, str]] = frozenset()
    refused: tuple[Refused, ...] = ()


def fix(texts: Texts, judge: Judge, safety: Safety = Safety.SAFE, writable: Collection[str] | None = None) -> Fixed:
    """Make all fixes up to a grade in the `writable` files (all, if not said), until none is left to make.

    Of fixes that collide the first by place is made, and the others are looked at again in the next round. After each
    round everything is judged anew; a fix that makes any file worse is not made: one after which a file is no longer
    read, a finding of its own weight or more appears that is not mended in turn, its own finding is still there, or
    anything changes but what it speaks of. Fixing what was fixed changes nothing. The last texts that are judged are
    those that are returned.
    """
    last = [texts]

    def judged(some: Texts) -> Judgement:
        last[0] = some
        return judge(some)

    before = judged(texts)
    limits = Limits(safety, texts.keys() if writable is None else writable)
    run = _settled(texts, before, judged, limits)
    if last[0] != run.texts:
        judge(run.texts)
    originals = {path: Source(path, text) for path, text in texts.items() if run.texts[path] != text}
    return Fixed(
        texts={path: run.texts[path] for path in originals},
        edits=_edits(run, originals),
        made=tuple(one for changes in run.rounds for change in changes for one in change.findings),
        refused=run.refused,
        before=before,
        after=run.judgement,
    )


def _edits(run: _Run, originals: Mapping[str, Source]) -> dict[str, tuple[Edit, ...]]:
    """What all rounds together did to each file."""
    rounds = [by_path(made) for made in run.rounds]
    return {
        path: composed(source, [edits[path] for edits in rounds if path in edits]) for path, source in originals.items()
    }


def _settled(texts: Texts, before: Judgement, judge: Judge, limits: Limits) -> _Run:
    """Run the rounds, and again from the start without what kept them from an end, or made debts that nobody paid."""
    for _ in range(_RESTARTS):
        run = _run(texts, before, judge, limits)
        unpaid = frozenset(run.debts & gained(before, run.judgement, 0))
        if not run.restless and not unpaid:
            return run
        limits = limits._replace(restless=limits.restless | run.restless, unpaid=limits.unpaid | unpaid)
    return _Run(texts, (), before, Counter())


def _run(texts: Texts, judgement: Judgement, judge: Judge, limits: Limits) -> _Run:
    run = _Run(texts, (), judgement, Counter())
    seen = [texts]
    while len(seen) <= ROUNDS:
        after = _round(run, judge, limits)
        if len(after.rounds) == len(run.rounds):
            return after
        if after.texts in seen:
            return after._replace(restless=_sources(after.rounds[seen.index(after.texts) :]))
        seen.append(after.texts)
        run = after
    return run._replace(restless=_sources(run.rounds[ROUNDS // 2 :]))


def _sources(rounds: Iterable[Iterable[Change]]) -> frozenset[tuple[str, str]]:
    return frozenset(source for changes in rounds for change in changes for source in change.sources)


def _round(run: _Run, judge: Judge, limits: Limits) -> _Run:
    """One round: all fixes that do not collide, but for those that make something worse."""
    trial = Trial(run.texts, judge, limits)
    accepted, judgement = trial.accept((), compatible(changes(run.judgement, limits)), run.judgement)
    if not accepted:
        return run._replace(refused=tuple(trial.refused))
    debts = run.debts + trial.debts
    return _Run(written(run.texts, accepted), (*run.rounds, accepted), judgement, debts)
