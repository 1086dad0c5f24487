"""What fixes change, as a unified diff: a patch for programs, coloured on a terminal, secret values taken out."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING, NamedTuple

from linter.reporters.concealment import MASK, veiled

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from linter.diagnostics import Edit
    from linter.reporters.palette import Line
    from linter.reporters.secrets import Hidden
    from linter.text import Source

CONTEXT = 3
_LINE = re.compile(r"[^\n]*\n|[^\n]+")
_VALUE = re.compile(r"[^\r\n]+")


class Side(NamedTuple):
    """A file before or after, and what of it must not be shown."""

    source: Source
    hidden: Hidden = ()


class _Range(NamedTuple):
    """Lines that give way to others: numbers from 0, ends exclusive."""

    start: int
    end: int
    new_start: int
    new_end: int


def difference(before: Side, after: Side, edits: Iterable[Edit]) -> list[Line]:
    """The lines of a patch from one side to the other, without their line feeds; `edits` make it of the first.

    A line ends where patches say it does, at a line feed: a carriage return is part of it.
    """
    olds, news = _shown(before, after)
    ranges = _ranges(before.source.text, after.source.text, edits)
    path = before.source.path
    inside = "" if path.startswith(("/", "../", "<")) or path[1:2] == ":" else "{}/"
    lines: list[Line] = [
        [(f"--- {inside.format('a')}{path}", "strong")],
        [(f"+++ {inside.format('b')}{path}", "strong")],
    ]
    raw = _LINE.findall(before.source.text), _LINE.findall(after.source.text)
    for hunk in _hunks(_trimmed(one, *raw) for one in ranges):
        lines += _hunk(hunk, olds, news)
    return lines


def _shown(before: Side, after: Side) -> tuple[list[str], list[str]]:
    """The lines of both sides as they may be shown: a secret of one is none to be shown in the other either."""
    sides = (before, after)
    old, new = veiled(map(_masked, sides), ((side.source, side.hidden) for side in sides))
    return _LINE.findall(old), _LINE.findall(new)


def _masked(side: Side) -> str:
    text, parts, done = side.source.text, [], 0
    for span in side.hidden:
        parts += [text[done : span.start], _VALUE.sub(MASK, text[span.start : span.end])]
        done = span.end
    return "".join((*parts, text[done:]))


def _ranges(before: str, after: str, edits: Iterable[Edit]) -> list[_Range]:
    """The lines that each edit touches; those that touch the same or neighbouring lines are one."""
    olds, news = _starts(before), _starts(after)
    found: list[_Range] = []
    # nothing stands below a last line without a line feed
    most = len(olds) - 1 - (before[-1:] not in {"", "\n"})
    delta = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        first, last = (min(bisect_right(olds, offset) - 1, most) for offset in edit.span)
        if not _is_whole(edit, olds[first], olds[last]):
            last = min(last + 1, len(olds) - 1)
        new_start = bisect_left(news, olds[first] + delta)
        delta += len(edit.new_text) - (edit.span.end - edit.span.start)
        new_end = bisect_left(news, olds[last] + delta)
        if found and first <= found[-1].end:
            found[-1] = found[-1]._replace(end=last, new_end=new_end)
        else:
            found.append(_Range(first, last, new_start, new_end))
    return found


def _trimmed(one: _Range, olds: Sequence[str], news: Sequence[str]) -> _Range:
    """The range without the lines at its ends that stay as they are."""
    start, end, new_start, new_end = one
    while start < end and new_start < new_end and olds[start] == news[new_start]:
        start, new_start = start + 1, new_start + 1
    while start < end and new_start < new_end and olds[end - 1] == news[new_end - 1]:
        end, new_end = end - 1, new_end - 1
    return _Range(start, end, new_start, new_end)


def _starts(text: str) -> list[int]:
    """Where lines begin, and where the text ends."""
    starts = [0]
    starts += [line.end() for line in _LINE.finditer(text)]
    return starts


def _is_whole(edit: Edit, first: int, last: int) -> bool:
    """Whether an edit puts whole lines in place of whole lines, so that the line on which it ends stays."""
    whole = edit.span.start == first if not edit.new_text else edit.new_text.endswith("\n")
    return edit.span.end == last and whole


def _hunks(ranges: Iterable[_Range]) -> Iterator[list[_Range]]:
    hunk: list[_Range] = []
    for one in ranges:
        if hunk and one.start - hunk[-1].end > 2 * CONTEXT:
            yield hunk
            hunk = []
        hunk.append(one)
    if hunk:
        yield hunk


def _hunk(ranges: Sequence[_Range], olds: Sequence[str], news: Sequence[str]) -> Iterator[Line]:
    first, last = ranges[0], ranges[-1]
    above, below = min(first.start, CONTEXT), min(len(olds) - last.end, CONTEXT)
    old = _numbers(first.start - above, last.end + below)
    new = _numbers(first.new_start - above, last.new_end + below)
    yield [(f"@@ -{old} +{new} @@", "gutter")]
    done = first.start - above
    for one in ranges:
        yield from _lines(" ", olds[done : one.start])
        yield from _lines("-", olds[one.start : one.end])
        yield from _lines("+", news[one.new_start : one.new_end])
        done = one.end
    yield from _lines(" ", olds[done : done + below])


def _numbers(start: int, end: int) -> str:
    """A stretch of lines as a hunk's head counts them."""
    if end - start == 1:
        return str(start + 1)
    return f"{start + (end > start)},{end - start}"


def _lines(mark: str, lines: Iterable[str]) -> Iterator[Line]:
    for line in lines:
        yield [(mark + line.removesuffix("\n"), {"-": "removed", "+": "added"}.get(mark, "plain"))]  # type: ignore[list-item]
        if not line.endswith("\n"):
            yield [("\\ No newline at end of file", "quiet")]
