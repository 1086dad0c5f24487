"""A fix as the few lines it takes away and puts in."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.reporters.frames.excerpt import Masked, Page, excerpt, line_bounds
from linter.reporters.frames.glyphs import pieces
from linter.reporters.secrets import touches, within
from linter.text import Source, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linter.diagnostics import Edit, Fix
    from linter.reporters.palette import Line, Role

_LINES = 4
"""Lines that a change may take away or put in and still be shown."""

_HUNKS = 3


class _Hunk(NamedTuple):
    """Neighbouring edits and the lines they touch: `span` of the old text, from the start of line `first`."""

    source: Source
    first: int
    span: Span
    edits: tuple[Edit, ...]


def last_line(fix: Fix) -> int:
    """The largest line number that the difference of a fix may show."""
    return max((edit.source.position(edit.span.end).line + edit.new_text.count("\n") for edit in fix.edits), default=0)


def diff(fix: Fix, page: Page, gutter: int, home: Source) -> list[Line]:
    """The lines that a fix removes and adds; none where that is a long story, or one that tells a secret."""
    if any(touches(page.secrets.of(edit.source), edit.span) for edit in fix.edits):
        return []
    hunks = _hunks(fix.edits)
    shown = [_lines(hunk, page, gutter) for hunk in hunks]
    if len(hunks) > _HUNKS or not all(shown):
        return []
    lines: list[Line] = []
    where = home.path
    for hunk, changed in zip(hunks, shown, strict=True):
        if hunk.source.path != where:
            where = hunk.source.path
            lines.append([(" " * gutter + "::: ", "gutter"), (f"{where}:{hunk.first}", "path")])
        lines += changed
    return lines


def _hunks(edits: Sequence[Edit]) -> list[_Hunk]:
    """Edits that share a line together, in the order of path and place."""
    hunks: list[_Hunk] = []
    for edit in sorted(edits, key=lambda edit: (edit.source.path, edit.span)):
        span, last = _touched(edit), hunks[-1] if hunks else None
        if last and last.source.path == edit.source.path and span.start <= last.span.end:
            hunks[-1] = last._replace(
                span=Span(last.span.start, max(last.span.end, span.end)), edits=(*last.edits, edit)
            )
        else:
            hunks.append(_Hunk(edit.source, edit.source.position(edit.span.start).line, span, (edit,)))
    return hunks


def _touched(edit: Edit) -> Span:
    """The lines of an edit without the last line end; whole lines with it, when nothing or whole lines replace them."""
    source = edit.source
    start = source.line_span(source.position(edit.span.start).line).start
    end = source.position(edit.span.end)
    whole = edit.span.start == start and end.column == 1 and (not edit.new_text or edit.new_text[-1] == "\n")
    return Span(start, end.offset if whole else line_bounds(source, end.line).end)


def _lines(hunk: _Hunk, page: Page, gutter: int) -> list[Line]:
    """The old lines, then the new; nothing if there are too many of either."""
    old, new = _edited(hunk, (), page), _edited(hunk, hunk.edits, page)
    if max(_count(old.source), _count(new.source)) > _LINES:
        return []
    at = hunk.edits[0].span.start - hunk.span.start
    return [
        *_signed(old, hunk.first, Span(at, at), "-", page, gutter),
        *_signed(new, hunk.first, Span(at, at), "+", page, gutter),
    ]


def _edited(hunk: _Hunk, edits: Sequence[Edit], page: Page) -> Masked:
    """The lines of a hunk after some edits, and what in them is secret."""
    source, hidden = page.masked(hunk.source)
    text = ""
    moved: list[Span] = []
    at = hunk.span.start
    for span, new in [*((edit.span, edit.new_text) for edit in edits), (Span(hunk.span.end, hunk.span.end), "")]:
        kept = Span(at, span.start)
        moved += [Span(*(offset - at + len(text) for offset in secret)) for secret in within(hidden, kept)]
        text += source[kept] + new
        at = span.end
    return Masked(Source(source.path, text), tuple(moved))


def _signed(masked: Masked, first: int, focus: Span, sign: str, page: Page, gutter: int) -> list[Line]:
    role: Role = "added" if sign == "+" else "removed"
    lines: list[Line] = []
    for number in range(1, _count(masked.source) + 1):
        shown = excerpt(masked, number, focus, page.width - gutter - 3, page.alphabet)
        text: Line = [(piece, role if kind == "source" else kind) for piece, kind in pieces(shown.glyphs)]
        lines.append([(f"{first + number - 1:>{gutter}} ", "gutter"), (f"{sign} ", role), *text])
    return lines


def _count(source: Source) -> int:
    """Lines of a text; what stands behind its last line end is one only if it is not empty."""
    return len(source.line_starts) - (source.line_starts[-1] == len(source.text))
