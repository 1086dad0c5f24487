"""The spans that must not be shown, ready to be asked about any place."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from typing import TYPE_CHECKING

from linter.text import Span

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from linter.text import Source

Hidden = tuple[Span, ...]
"""Spans of one source in order, none empty and none overlapping another."""


class Secrets:
    """What to hide, by path; the spans of a path are put in order once, and again when there are more of them."""

    def __init__(self, spans: Mapping[str, Sequence[Span]]) -> None:
        self._spans = spans
        self._ordered: dict[str, tuple[int, Hidden]] = {}

    def of(self, source: Source) -> Hidden:
        """What to hide of a source."""
        spans = self._spans.get(source.path, ())
        known, hidden = self._ordered.get(source.path, (0, ()))
        if known != len(spans):
            hidden = _merged(spans)
            self._ordered[source.path] = (len(spans), hidden)
        return hidden


def within(hidden: Hidden, part: Span) -> Hidden:
    """What of the hidden spans lies in a part of the text."""
    first = bisect_right(hidden, part.start, key=lambda span: span.end)
    last = bisect_left(hidden, part.end, key=lambda span: span.start)
    return tuple(Span(max(span.start, part.start), min(span.end, part.end)) for span in hidden[first:last])


def touches(hidden: Hidden, span: Span) -> bool:
    """Whether a span overlaps a hidden one or stands directly beside it."""
    return bool(within(hidden, Span(span.start - 1, span.end + 1)))


def _merged(spans: Sequence[Span]) -> Hidden:
    merged: list[Span] = []
    for span in sorted(span for span in spans if span.start < span.end):
        if merged and span.start < merged[-1].end:
            merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
        else:
            merged.append(span)
    return tuple(merged)
