"""One line of a source as it can be shown: masked, safe, and cut to the room there is."""

from __future__ import annotations

from bisect import bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from linter.reporters.frames.glyphs import Glyph, glyphs
from linter.reporters.secrets import within
from linter.text import Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linter.reporters.secrets import Hidden, Secrets
    from linter.reporters.terminal import Alphabet
    from linter.text import Source


class Masked(NamedTuple):
    """A source and the spans of it that must not be shown."""

    source: Source
    hidden: Hidden


class Page(NamedTuple):
    """What frames are laid out on: cells to a line, characters to draw with, and what to hide."""

    width: int
    alphabet: Alphabet
    secrets: Secrets

    def masked(self, source: Source) -> Masked:
        """The source with what must not be shown of it."""
        return Masked(source, self.secrets.of(source))


class Excerpt:
    """A line of a source, every code point of which belongs to one glyph; offsets are those of the source."""

    __slots__ = ("_cells", "_starts", "glyphs")

    def __init__(self, start: int, shown: Sequence[Glyph]) -> None:
        self.glyphs = shown
        self._starts = list(accumulate((glyph.length for glyph in shown), initial=start))
        self._cells = list(accumulate((glyph.cells for glyph in shown), initial=0))

    @property
    def cells(self) -> int:
        """Width of the whole line."""
        return self._cells[-1]

    def left(self, offset: int) -> int:
        """The cell at which the glyph of an offset begins; the line's width at or beyond its end."""
        return self._cells[max(bisect_right(self._starts, offset) - 1, 0)]

    def right(self, offset: int) -> int:
        """The cell at which the glyph before an offset ends."""
        return self._cells[min(bisect_right(self._starts, offset - 1), len(self.glyphs))]

    def cut(self, focus: Span, room: int, ellipsis: str) -> Excerpt:
        """The part of the line around `focus` that fits into `room` cells, the rest behind ellipses."""
        if self.cells <= room:
            return self
        mark = len(ellipsis)
        first = self._first(focus, room, mark)
        end = self._cells[first] + room - (mark if first else 0)
        last = len(self.glyphs) if self.cells <= end else max(bisect_right(self._cells, end - mark) - 1, first)
        before, after = self._starts[first] - self._starts[0], self._starts[-1] - self._starts[last]
        shown = [Glyph(ellipsis, mark, before, "quiet")] if before else []
        shown += self.glyphs[first:last]
        shown += [Glyph(ellipsis, mark, after, "quiet")] if after else []
        return Excerpt(self._starts[0], shown)

    def _first(self, focus: Span, room: int, mark: int) -> int:
        """The first glyph to show: of the line where the focus fits then, else some way before the focus."""
        left = self.left(focus.start)
        right = max(self.right(focus.end), self.right(focus.start + 1), left + 1)
        if right + mark <= room:
            return 0
        spare = room - 2 * mark - (right - left)
        before = spare // 2 if spare >= 0 else min(8, room // 4)
        begin = max(min(left - before, self.cells - room + mark), 0)
        return bisect_right(self._cells, begin - 1)


def excerpt(masked: Masked, number: int, focus: Span, room: int, alphabet: Alphabet) -> Excerpt:
    """Line `number` (from 1) of a source, cut to `room` cells around `focus`.

    Of a line beyond all measure only the neighbourhood of the focus is looked at, so that cost does not grow with it.
    """
    start, end = line_bounds(masked.source, number)
    near = 4 * room
    first = start if end - start <= 2 * near else min(max(focus.start - near, start), end)
    last = min(first + 2 * near, end)
    mark = alphabet.ellipsis
    shown = [Glyph(mark, len(mark), first - start, "quiet")] if first > start else []
    shown += _glyphs(masked, Span(first, last), alphabet)
    shown += [Glyph(mark, len(mark), end - last, "quiet")] if last < end else []
    return Excerpt(start, shown).cut(focus, room, mark)


def line_bounds(source: Source, number: int) -> Span:
    """Where line `number` stands, its line end left out."""
    start, end = source.line_span(number)
    while end > start and source.text[end - 1] in "\r\n":
        end -= 1
    return Span(start, end)


def _glyphs(masked: Masked, part: Span, alphabet: Alphabet) -> list[Glyph]:
    shown: list[Glyph] = []
    text, at = masked.source.text, part.start
    for secret in within(masked.hidden, part):
        shown += glyphs(text[at : secret.start], alphabet)
        shown += _mask(text[slice(*secret)], alphabet)
        at = secret.end
    return shown + glyphs(text[at : part.end], alphabet)


def _mask(text: str, alphabet: Alphabet) -> list[Glyph]:
    """A secret's part of one line: its indentation, then the mask over all the rest."""
    rest = text.lstrip(" ")
    shown = glyphs(text[: len(text) - len(rest)], alphabet)
    if rest:
        shown.append(Glyph(alphabet.mask, len(alphabet.mask), len(rest), "secret"))
    return shown
