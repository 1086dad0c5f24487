"""The lines of one source with marks below them, as rustc draws them."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.reporters.frames.excerpt import Excerpt, Page, excerpt, line_bounds
from linter.reporters.frames.glyphs import cells, pieces, visible
from linter.reporters.frames.prose import WIDEST, wrapped
from linter.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from linter.reporters.palette import Line, Piece, Role
    from linter.text import Source

SAID_IN = 20
"""Cells that a label wants for a line; with less it stands below its mark, and further to the left."""

_WHOLE = 5
"""Lines of a marked region that are all shown; of a longer one the first two and the last."""


class Mark(NamedTuple):
    """A span to underline, with `^` where the fault is and `-` elsewhere, and what to say there."""

    span: Span
    message: str
    role: Role
    primary: bool


class Reach(NamedTuple):
    """A mark with the lines it covers (from 1); blanks and line ends at the end of several lines are left out."""

    mark: Mark
    span: Span
    first: int
    last: int


def reach(source: Source, mark: Mark) -> Reach:
    """The lines of a mark; a span that leaves the text is held within it."""
    start = min(mark.span.start, len(source.text))
    end = min(max(mark.span.end, start), len(source.text))
    first = source.position(start).line
    if end > line_bounds(source, first).end:
        end = max(start + len(source.text[start:end].rstrip()), min(end, line_bounds(source, first).end), start)
    return Reach(mark, Span(start, end), first, source.position(max(end - 1, start)).line)


def block(source: Source, marks: Iterable[Mark], page: Page, gutter: int) -> list[Line]:
    """The marked lines of a source with what is said about them; line numbers take `gutter` cells."""
    return _Block(source, [reach(source, mark) for mark in marks], page, gutter).lines()


class _Row:
    """One line below the source: marks by cell, then perhaps words."""

    def __init__(self, width: int = 0) -> None:
        self.cells: Line = [(" ", "plain")] * width
        self.words: list[Piece] = []

    def fill(self, start: int, end: int, character: str, role: Role) -> None:
        self.cells += [(" ", "plain")] * (end - len(self.cells))
        self.cells[start:end] = [(character, role)] * (end - start)

    def say(self, at: int, words: str, role: Role) -> None:
        self.cells += [(" ", "plain")] * (at - len(self.cells))
        self.words.append((words, role))

    def line(self) -> Line:
        joined: Line = []
        for text, role in self.cells:
            if joined and joined[-1][1] == role:
                joined[-1] = (joined[-1][0] + text, role)
            else:
                joined.append((text, role))
        return joined + self.words


class _Said(NamedTuple):
    """A label and the cells of its mark."""

    left: int
    right: int
    words: str
    role: Role


class _Block:
    """The layout of one block. Cells of rows count from behind the gutter: first the margin, then the source."""

    def __init__(self, source: Source, reaches: Sequence[Reach], page: Page, gutter: int) -> None:
        self.source = source
        self.masked = page.masked(source)
        self.reaches = sorted(dict.fromkeys(reaches), key=lambda one: (one.span, one.mark.primary))
        self.page = page
        self.gutter = gutter
        self.depths = _depths([one for one in self.reaches if one.last > one.first])
        self.margin = 2 * (max(self.depths.values(), default=-1) + 1)
        self.room = page.width - gutter - 3

    def lines(self) -> list[Line]:
        numbers = _numbers(self.reaches)
        shown: list[Line] = []
        for previous, number in zip([numbers[0], *numbers], numbers, strict=False):
            if number - previous > 1:
                shown.append(self._gap(previous))
            shown += self._numbered(number)
        return shown

    def _gap(self, above: int) -> Line:
        row = self._row(one for one in self.depths if one.first <= above < one.last)
        return [("...".ljust(self.gutter + 3), "gutter"), *row.line()]

    def _numbered(self, number: int) -> list[Line]:
        here = [one for one in self.reaches if number in {one.first, one.last}]
        room = self.room - self.margin - 1  # a mark may stand behind the last character
        shown = excerpt(self.masked, number, self._focus(here, number), room, self.page.alphabet)
        bar = self.page.alphabet.bar
        head: Line = [(f"{number:>{self.gutter}} {bar} ", "gutter")]
        top = [one for one in here if self._opens(one, number)]
        margin = self._row([one for one in self.depths if one.first < number <= one.last])
        for one in top:
            margin.fill(2 * self.depths[one], 2 * self.depths[one] + 1, self.page.alphabet.top, one.mark.role)
        rows = self._rows(here, number, shown)
        below: Line = [(f"{'':>{self.gutter}} {bar} ", "gutter")]
        return [head + margin.line() + pieces(shown.glyphs), *(below + row.line() for row in rows)]

    def _focus(self, here: Sequence[Reach], number: int) -> Span:
        """What of a line must be seen: all marks if they stand close, else the main one."""
        spans = [self._part(one, number) for one in sorted(here, key=lambda one: not one.mark.primary)]
        if not spans:
            start = line_bounds(self.source, number).start
            return Span(start, start)
        hull = Span(min(span.start for span in spans), max(span.end for span in spans))
        return hull if hull.end - hull.start <= self.room // 2 else spans[0]

    def _part(self, one: Reach, number: int) -> Span:
        if one.first == one.last:
            return one.span
        at = one.span.start if number == one.first else one.span.end - 1
        return Span(at, at + 1)

    def _opens(self, one: Reach, number: int) -> bool:
        """Whether several marked lines begin here with the line's own text, so that the margin says it all."""
        if one.first == one.last or one.first != number:
            return False
        return not self.source.text[line_bounds(self.source, number).start : one.span.start].strip()

    def _rows(self, here: Sequence[Reach], number: int, shown: Excerpt) -> list[_Row]:
        """What stands below a line: where regions begin, the marks within the line, where regions end."""
        active = [one for one in self.depths if one.first < number <= one.last or self._opens(one, number)]
        rows: list[_Row] = []
        for one in here:
            if one.first == number < one.last and one not in active:
                rows.append(self._corner(one, self.page.alphabet.top, active, shown.left(one.span.start)))
                active.append(one)
        rows += self._marks([one for one in here if one.first == one.last], active, shown)
        for one in here:
            if one.first < number == one.last:
                active.remove(one)
                at = max(shown.right(one.span.end) - 1, 0)
                row = self._corner(one, self.page.alphabet.bottom, active, at)
                rows += self._labels(row, [self._said(one, at, at + 1)], active)
        return rows

    def _corner(self, one: Reach, corner: str, active: Sequence[Reach], at: int) -> _Row:
        row = self._row(active)
        depth, role = 2 * self.depths[one], one.mark.role
        row.fill(depth, depth + 1, corner, role)
        row.fill(depth + 1, self.margin + at, self.page.alphabet.dash, role)
        row.fill(self.margin + at, self.margin + at + 1, _sign(one.mark), role)
        return row

    def _marks(self, here: Sequence[Reach], active: Sequence[Reach], shown: Excerpt) -> list[_Row]:
        if not here:
            return []
        row = self._row(active)
        places = {one: (left := shown.left(one.span.start), max(shown.right(one.span.end), left + 1)) for one in here}
        # A mark inside another is drawn over it.
        for one in sorted(here, key=lambda one: (one.span.start - one.span.end, one.mark.primary)):
            left, right = places[one]
            row.fill(self.margin + left, self.margin + right, _sign(one.mark), one.mark.role)
        said = [self._said(one, *places[one]) for one in sorted(here, key=lambda one: one.mark.primary)]
        return self._labels(row, sorted(said, key=lambda label: label.left), active)

    def _said(self, one: Reach, left: int, right: int) -> _Said:
        words = visible(one.mark.message, self.page.alphabet)
        return _Said(self.margin + left, self.margin + right, words, one.mark.role)

    def _labels(self, row: _Row, labels: Sequence[_Said], active: Sequence[Reach]) -> list[_Row]:
        """The row of marks with the last label behind it where it fits, the others hung below, last first."""
        waiting = [label for label in labels if label.words]
        rows = [row]
        at = len(row.cells) + 1
        if waiting and waiting[-1].right == len(row.cells) and self.room - at >= self._wanted(waiting[-1]):
            label = waiting.pop()
            first, *more = self._wrapped(label, at)
            row.say(at, first, label.role)
            rows += [self._hung(active, waiting, at, words, label.role) for words in more]
            if waiting:
                rows.append(self._connected(active, waiting))
        elif len(waiting) > 1:
            rows.append(self._connected(active, waiting))
        while waiting:
            label = waiting.pop()
            at = max(min(label.left, self.room - self._wanted(label)), self.margin)
            rows += [self._hung(active, waiting, at, words, label.role) for words in self._wrapped(label, at)]
            if any(other.left >= at for other in waiting):
                rows.append(self._connected(active, waiting))
        return rows

    def _wanted(self, label: _Said) -> int:
        return min(cells(label.words), SAID_IN)

    def _wrapped(self, label: _Said, at: int) -> list[str]:
        return wrapped(label.words, min(self.room - at, WIDEST))

    def _hung(self, active: Sequence[Reach], waiting: Sequence[_Said], at: int, words: str, role: Role) -> _Row:
        row = self._connected(active, [label for label in waiting if label.left < at])
        row.say(at, words, role)
        return row

    def _connected(self, active: Sequence[Reach], waiting: Sequence[_Said]) -> _Row:
        row = self._row(active)
        for label in waiting:
            row.fill(label.left, label.left + 1, self.page.alphabet.bar, label.role)
        return row

    def _row(self, active: Iterable[Reach]) -> _Row:
        """A row with the margin's bars of the regions that go on there."""
        row = _Row(self.margin)
        for one in active:
            row.fill(2 * self.depths[one], 2 * self.depths[one] + 1, self.page.alphabet.bar, one.mark.role)
        return row


def _sign(mark: Mark) -> str:
    return "^" if mark.primary else "-"


def _depths(regions: Sequence[Reach]) -> dict[Reach, int]:
    """The column of the margin for each region of several lines: the first that is free where it begins."""
    depths: dict[Reach, int] = {}
    for region in sorted(regions, key=lambda one: (one.first, -one.last)):
        taken = {depth for other, depth in depths.items() if other.last >= region.first}
        depths[region] = next(depth for depth in range(len(regions)) if depth not in taken)
    return depths


def _numbers(reaches: Sequence[Reach]) -> list[int]:
    """The lines to show, in order: all marked ones, and single ones between them rather than a gap."""
    shown: set[int] = set()
    for one in reaches:
        whole = one.last - one.first < _WHOLE
        shown |= set(range(one.first, one.last + 1)) if whole else {one.first, one.first + 1, one.last}
    return sorted(shown | {number + 1 for number in shown if number + 2 in shown})
