"""Edits applied to text, told apart where they collide, and added up over several rounds."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING, NamedTuple

from linter.diagnostics import Edit
from linter.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from linter.text import Source

_BREAK = re.compile(r"\r\n|\r|\n")


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with every edit made.

    Raises:
        ValueError: two edits overlap.
    """
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        if edit.span.start < done:
            raise ValueError(f"edits overlap at offset {edit.span.start}")
        parts += (text[done : edit.span.start], edit.new_text)
        done = edit.span.end
    return "".join((*parts, text[done:]))


def adapted(edit: Edit) -> Edit:
    """The edit with the line ends of the place where it is made: those of its line, else of the line before."""
    if not _BREAK.search(edit.new_text):
        return edit
    source = edit.source
    line = source.position(edit.span.start).line
    nearby = (source[source.line_span(number)] for number in (line, line - 1) if number)
    found = next((end[0] for text in nearby if (end := _BREAK.search(text))), "\n")
    return edit._replace(new_text=_BREAK.sub(found, edit.new_text))


class Taken:
    """The spans that the edits of one round take, by path."""

    def __init__(self) -> None:
        self._spans: dict[str, list[Span]] = {}

    def is_free(self, edit: Edit) -> bool:
        """Whether an edit collides with none of those taken; an insertion collides with all that it touches."""
        spans = self._spans.get(edit.source.path, [])
        at = bisect_left(spans, edit.span)
        return not any(_collide(edit.span, other) for other in spans[max(at - 1, 0) : at + 1])

    def take(self, edit: Edit) -> None:
        """Keep others off an edit's span."""
        spans = self._spans.setdefault(edit.source.path, [])
        spans.insert(bisect_left(spans, edit.span), edit.span)


def _collide(one: Span, other: Span) -> bool:
    if one.start == one.end or other.start == other.end:
        return one.start <= other.end and other.start <= one.end
    return one.start < other.end and other.start < one.end


class _Piece(NamedTuple):
    """A stretch of a changed text: `origin` is where it stands in the first text, None for what an edit wrote."""

    text: str
    origin: int | None


def composed(original: Source, rounds: Iterable[Iterable[Edit]]) -> tuple[Edit, ...]:
    """One set of edits on the original that does what several rounds did, each to the text that the one before left."""
    pieces = [_Piece(original.text, 0)]
    for edits in rounds:
        pieces = list(_edited(pieces, sorted(edits, key=lambda edit: edit.span)))
    return tuple(_differences(original, pieces))


def _edited(pieces: Iterable[_Piece], edits: list[Edit]) -> Iterator[_Piece]:
    """The pieces after one more round; `start` is where a piece stands in the text before it."""
    start, waiting = 0, iter(edits)
    edit = next(waiting, None)
    for piece in pieces:
        end, done = start + len(piece.text), start
        while edit is not None and edit.span.start < end:
            yield from _part(piece, done - start, max(edit.span.start, start) - start)
            if edit.span.start >= start:
                yield _Piece(edit.new_text, None)
            done = min(edit.span.end, end)
            if edit.span.end > end:
                break
            edit = next(waiting, None)
        yield from _part(piece, done - start, end - start)
        start = end
    while edit is not None:
        if edit.span.start >= start:
            yield _Piece(edit.new_text, None)
        edit = next(waiting, None)


def _part(piece: _Piece, start: int, end: int) -> Iterator[_Piece]:
    if start < end:
        yield _Piece(piece.text[start:end], None if piece.origin is None else piece.origin + start)


def _differences(original: Source, pieces: Iterable[_Piece]) -> Iterator[Edit]:
    done, written = 0, ""
    for piece in (*pieces, _Piece("", len(original.text))):
        if piece.origin is None:
            written += piece.text
            continue
        if written != original.text[done : piece.origin]:
            yield Edit(original, Span(done, piece.origin), written)
        done, written = piece.origin + len(piece.text), ""
