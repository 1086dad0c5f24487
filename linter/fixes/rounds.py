"""Rounds of fixes, each judged before the next, until nothing is left that can be fixed: a function of texts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Collection, Mapping
from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from linter.diagnostics import Edit, Safety
from linter.fixes.edits import Taken, adapted, applied, composed
from linter.fixes.verdict import Judgement, complaint, gained, is_unreadable, remain
from linter.text import Source

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from linter.diagnostics import Diagnostic
    from linter.fixes.verdict import Complaint

Texts = Mapping[str, str]
"""Texts by path."""

Judge = Callable[[Texts], Judgement]
"""Says what is to be said about some texts; equal texts get equal answers."""

ROUNDS = 100
"""A fix that finds work in every round is none; honest ones are done in two or three."""

_RESTARTS = 10


class Refused(NamedTuple):
    """A finding whose fix is not made, and what would be worse after it, in a few words."""

    finding: Diagnostic
    reason: str


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


class _Change(NamedTuple):
    """One fix, made wholly or not at all, and the findings that offer it."""

    edits: tuple[Edit, ...]
    findings: tuple[Diagnostic, ...]

    @property
    def sources(self) -> set[tuple[str, str]]:
        """The rules and files of its findings."""
        return {(one.rule, one.at.source.path) for one in self.findings}


class _Limits(NamedTuple):
    """Which fixes may be made: up to which grade, in which files, and not by the rules that came to no end there."""

    safety: Safety
    writable: Collection[str]
    restless: frozenset[tuple[str, str]] = frozenset()
    lenient: bool = True


class _Run(NamedTuple):
    """Rounds from the first to the last; `restless` are the rules and files that kept them going without end.

    `debts` are complaints that a round brought because a fix for them was at hand; `refused` is what was tried after
    the last round.
    """

    texts: Texts
    rounds: tuple[tuple[_Change, ...], ...]
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
    limits = _Limits(safety, texts.keys() if writable is None else writable)
    run = _settled(texts, before, judged, limits)
    if last[0] != run.texts:
        judge(run.texts)
    originals = {path: Source(path, text) for path, text in texts.items() if run.texts[path] != text}
    return Fixed(
        texts={path: run.texts[path] for path in originals},
        edits={path: composed(source, _edits_of(run, path)) for path, source in originals.items()},
        made=tuple(one for changes in run.rounds for change in changes for one in change.findings),
        refused=run.refused,
        before=before,
        after=run.judgement,
    )


def _edits_of(run: _Run, path: str) -> Iterator[list[Edit]]:
    for changes in run.rounds:
        yield [edit for edit in _together(changes) if edit.source.path == path]


def _settled(texts: Texts, before: Judgement, judge: Judge, limits: _Limits) -> _Run:
    """Run the rounds, and again from the start without what kept them from an end, or made debts that nobody paid."""
    for _ in range(_RESTARTS):
        run = _run(texts, before, judge, limits)
        if run.restless:
            limits = limits._replace(restless=limits.restless | run.restless)
        elif _is_owed(run, before):
            limits = limits._replace(lenient=False)
        else:
            return run
    return _Run(texts, (), before, Counter())


def _is_owed(run: _Run, before: Judgement) -> bool:
    return bool(run.debts & gained(before, run.judgement, 0))


def _run(texts: Texts, judgement: Judgement, judge: Judge, limits: _Limits) -> _Run:
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


def _sources(rounds: Iterable[Iterable[_Change]]) -> frozenset[tuple[str, str]]:
    return frozenset(source for changes in rounds for change in changes for source in change.sources)


def _round(run: _Run, judge: Judge, limits: _Limits) -> _Run:
    """One round: all fixes that do not collide, but for those that make something worse."""
    trial = _Trial(run, judge, limits)
    accepted, judgement = trial.accept((), _compatible(_changes(run.judgement, limits)), run.judgement)
    if not accepted:
        return run._replace(refused=tuple(trial.refused))
    debts = run.debts + trial.debts
    return _Run(_written(run.texts, accepted), (*run.rounds, accepted), judgement, debts)


def _changes(judgement: Judgement, limits: _Limits) -> list[_Change]:
    """The fixes that may be made, by place; equal ones are one."""
    found: dict[tuple[Edit, ...], list[Diagnostic]] = {}
    for one in judgement.findings:
        if one.fix is None or (one.fix.safety is Safety.UNSAFE and limits.safety is Safety.SAFE):
            continue
        edits = tuple(sorted(dict.fromkeys(map(adapted, one.fix.edits)), key=_place))
        if _is_possible(edits, limits) and (one.rule, one.at.source.path) not in limits.restless:
            found.setdefault(edits, []).append(one)
    changes = (_Change(edits, tuple(findings)) for edits, findings in found.items())
    return sorted(changes, key=lambda change: [_place(edit) for edit in change.edits])


def _place(edit: Edit) -> tuple[str, int, int]:
    return (edit.source.path, *edit.span)


def _is_possible(edits: Sequence[Edit], limits: _Limits) -> bool:
    """Whether there is something to do, in files that may be written, and the parts do not contradict each other."""
    if not all(edit.source.path in limits.writable for edit in edits):
        return False
    if any(one.source is after.source and one.span.end > after.span.start for one, after in pairwise(edits)):
        return False
    return any(edit.source[edit.span] != edit.new_text for edit in edits)


def _compatible(changes: Iterable[_Change]) -> tuple[_Change, ...]:
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


def _together(changes: Iterable[_Change]) -> list[Edit]:
    return list(dict.fromkeys(edit for change in changes for edit in change.edits))


def _written(texts: Texts, changes: Iterable[_Change]) -> Texts:
    by_path: dict[str, list[Edit]] = {}
    for edit in _together(changes):
        by_path.setdefault(edit.source.path, []).append(edit)
    return {**texts, **{path: applied(texts[path], edits) for path, edits in by_path.items()}}


class _Trial:
    """One round's fixes on trial: `debts` are the complaints that were let pass because they can be mended."""

    def __init__(self, run: _Run, judge: Judge, limits: _Limits) -> None:
        self._texts = run.texts
        self._judge = judge
        self._limits = limits
        self.debts: Counter[Complaint] = Counter()
        self.refused: list[Refused] = []

    def accept(
        self, accepted: tuple[_Change, ...], more: tuple[_Change, ...], before: Judgement
    ) -> tuple[tuple[_Change, ...], Judgement]:
        """Those already accepted with as many more as do no harm, and what is then said; `before` is without them."""
        if not more:
            return accepted, before
        texts = _written(self._texts, (*accepted, *more))
        after = self._judge(texts)
        harm = self._harm((*accepted, *more), more, before, after)
        if not harm:
            return (*accepted, *more), after
        if len(more) == 1:
            self.refused += [Refused(one, harm) for one in more[0].findings]
            return accepted, before
        half = len(more) // 2
        for part in (more[:half], more[half:]):
            accepted, before = self.accept(accepted, part, before)
        return accepted, before

    def _harm(self, made: Iterable[_Change], more: Iterable[_Change], before: Judgement, after: Judgement) -> str:
        """What is worse after the fixes of `more`, with all that are `made`; empty if nothing is."""
        findings = [one for change in more for one in change.findings]
        if is_unreadable(before, after):
            return "YAML would be broken"
        if remain(findings, before, after):
            return "the finding would remain"
        new = gained(before, after, min(one.severity.weight for one in findings))
        if new and not (self._limits.lenient and new <= self._mendable(after)):
            return f"{', '.join(dict.fromkeys(one.rule for one in new))} would be found"
        if not self._is_confined(made):
            return "other values would change"
        self.debts += new
        return ""

    def _mendable(self, judgement: Judgement) -> Counter[Complaint]:
        return Counter(complaint(one) for change in _changes(judgement, self._limits) for one in change.findings)

    def _is_confined(self, changes: Iterable[_Change]) -> bool:
        """Whether nothing changes for Calico's reader but what the findings speak of."""
        from linter.fixes.reading import is_same_elsewhere

        changes = tuple(changes)
        texts, edits = _written(self._texts, changes), _together(changes)
        labels = [label for change in changes for one in change.findings for label in (one.at, *one.related)]
        for path in dict.fromkeys(edit.source.path for edit in edits):
            own = [edit for edit in edits if edit.source.path == path]
            places = [label.span for label in labels if label.source.path == path]
            if not is_same_elsewhere(own[0].source, Source(path, texts[path]), own, places):
                return False
        return True
