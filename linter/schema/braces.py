"""Misplaced fields moved where braces are written: out of a flow mapping, into one, or both, as in JSON."""

from __future__ import annotations

from itertools import pairwise
from typing import TYPE_CHECKING, NamedTuple

from linter.diagnostics import Edit
from linter.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterable

    from linter.schema.faults import Move
    from linter.text import Source
    from linter.yaml.nodes import Entry, Mapping


class Destination(NamedTuple):
    """What moves into one object: as members of `mapping`, or of the new objects `missing` below it."""

    mapping: Mapping
    missing: tuple[str, ...]
    moves: tuple[Move, ...]


def carried(source: Source, parent: Mapping, places: Iterable[Destination], quote: str) -> tuple[Edit, ...]:
    """The edits that take entries out of `parent` and put them in; none where that is not to be had without loss.

    `quote` is what stands around the keys that are new.
    """
    edits: list[Edit] = []
    gone: list[Move] = []
    for place in places:
        text = ", ".join(source[_span(move)] for move in place.moves)
        for name in reversed(place.missing):
            text = f"{quote}{name}{quote}: {{{text}}}"
        stays = place.mapping is parent
        if not (parent.flow and place.mapping.flow) and "\n" in text:
            return ()
        if stays and not (parent.flow and place.missing):
            return ()
        edits.append(Edit(source, _span(place.moves[0]), text) if stays else _put(source, place.mapping, text))
        gone += place.moves[1:] if stays else place.moves
    cuts = _in_braces(source, parent, gone) if parent.flow else _lines(source, parent, gone)
    return () if cuts is None else (*edits, *(Edit(source, span, "") for span in cuts))


def _span(move: Move) -> Span:
    return Span(move.key.start, max(move.key.end, move.node.span.end))


def _put(source: Source, mapping: Mapping, text: str) -> Edit:
    """Write one more member behind the last, in the object's own style."""
    if not mapping.entries:
        return Edit(source, Span(mapping.text_start + 1, mapping.text_start + 1), text)
    last = mapping.entries[-1]
    line = source.position(last.key.start).line
    indent = source.line(line)[: source.position(last.key.start).column - 1]
    newline = ("\r\n" if "\r\n" in source.text else "\n") + indent
    end = _end(source, last)
    if mapping.flow:
        return Edit(source, Span(end, end), f",{' ' if indent.strip() else newline}{text}")
    line = source.position(end).line
    end = source.line_span(line).start + len(source.line(line))
    return Edit(source, Span(end, end), f"{newline}{text}")


def _in_braces(source: Source, parent: Mapping, moves: Iterable[Move]) -> list[Span] | None:
    """The entries with one comma each; None where a comment stands between them, or nothing would be left."""
    gone = {id(move.key) for move in moves}
    entries = parent.entries
    kept = [index for index, entry in enumerate(entries) if id(entry.key) not in gone]
    between = [source.text[_end(source, one) : other.key.start] for one, other in pairwise(entries)]
    if not kept or any(each.strip() != "," for each in between):
        return None
    return [
        Span(entry.key.start, entries[index + 1].key.start)
        if index < kept[-1]
        else Span(_end(source, entries[index - 1]), _end(source, entry))
        for index, entry in enumerate(entries)
        if id(entry.key) in gone
    ]


def _lines(source: Source, parent: Mapping, moves: Iterable[Move]) -> list[Span] | None:
    """The lines of the entries; None where something else stands on them, or nothing would be left."""
    spans = []
    for move in moves:
        span = _span(move)
        line = source.line_span(source.position(span.start).line)
        if source.text[line.start : span.start].strip() or source.text[span.end : line.end].strip():
            return None
        spans.append(line)
    return spans if len(spans) < len(parent.entries) else None


def _end(source: Source, entry: Entry) -> int:
    """The end of an entry's last character that is no blank."""
    end = entry.span.end
    while end > entry.key.end and source.text[end - 1].isspace():
        end -= 1
    return end
