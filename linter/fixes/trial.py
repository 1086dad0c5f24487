"""One round of fixes on trial: which of them do no harm."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from typing import TYPE_CHECKING, NamedTuple

from linter.fixes.changes import Texts, by_path, changes, written
from linter.fixes.verdict import Judgement, complaint, gained, is_unreadable, remain
from linter.text import Source

if TYPE_CHECKING:
    from collections.abc import Iterable

    from linter.diagnostics import Diagnostic
    from linter.fixes.changes import Change, Limits
    from linter.fixes.verdict import Complaint
    from linter.text import Span

Judge = Callable[[Texts], Judgement]
"""Says what is to be said about some texts; equal texts get equal answers."""


class Refused(NamedTuple):
    """A finding whose fix is not made, and what would be worse after it, in a few words."""

    finding: Diagnostic
    reason: str


class Trial:
    """One round's fixes on trial: `debts` are the complaints that were let pass because they can be mended."""

    def __init__(self, texts: Texts, judge: Judge, limits: Limits) -> None:
        self._texts = texts
        self._judge = judge
        self._limits = limits
        self.debts: Counter[Complaint] = Counter()
        self.refused: list[Refused] = []

    def accept(
        self, accepted: tuple[Change, ...], more: tuple[Change, ...], before: Judgement
    ) -> tuple[tuple[Change, ...], Judgement]:
        """Those already accepted with as many more as do no harm, and what is then said; `before` is without them."""
        if not more:
            return accepted, before
        texts = written(self._texts, (*accepted, *more))
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

    def _harm(self, made: Iterable[Change], more: Iterable[Change], before: Judgement, after: Judgement) -> str:
        """What is worse after the fixes of `more`, with all that are `made`; empty if nothing is."""
        findings = [one for change in more for one in change.findings]
        if is_unreadable(before, after):
            return "YAML would be broken"
        if remain(findings, before, after):
            return "the finding would remain"
        new = gained(before, after, min(one.severity.weight for one in findings))
        if new and not (self._limits.unpaid.isdisjoint(new) and new <= self._mendable(after)):
            return f"{', '.join(dict.fromkeys(one.rule for one in new))} would be found"
        if not self._is_confined(made):
            return "other values would change"
        self.debts += new
        return ""

    def _mendable(self, judgement: Judgement) -> Counter[Complaint]:
        return Counter(complaint(one) for change in changes(judgement, self._limits) for one in change.findings)

    def _is_confined(self, made: Iterable[Change]) -> bool:
        """Whether nothing changes for Calico's reader but what the findings speak of."""
        from linter.fixes.reading import is_same_elsewhere

        made = tuple(made)
        places: dict[str, list[Span]] = {}
        for label in (label for change in made for one in change.findings for label in (one.at, *one.related)):
            places.setdefault(label.source.path, []).append(label.span)
        texts = written(self._texts, made)
        return all(
            is_same_elsewhere(edits[0].source, Source(path, texts[path]), edits, places.get(path, ()))
            for path, edits in by_path(made).items()
        )
