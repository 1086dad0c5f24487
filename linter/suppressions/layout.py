"""Where the scalars, keys and items of a document stand: what is a comment, and which node it is about."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import TYPE_CHECKING, NamedTuple

from linter.text import Span
from linter.yaml.nodes import Mapping, Scalar, Sequence, walk

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.text import Source
    from linter.yaml.nodes import Node

_BREAK = re.compile(r"[\r\n\x85\u2028\u2029]")


class Place(NamedTuple):
    """A key with its value, or an item of a list. `key` is None for an item; `value` is the node."""

    start: int
    end: int
    key: Scalar | None
    value: Node


class Layout:
    """The places of one document in the order in which they begin, outer ones before inner ones."""

    __slots__ = ("_source", "_starts", "_texts", "places", "root")

    def __init__(self, source: Source, root: Node) -> None:
        self.root = root
        self._source = source
        nodes = list(walk(root))
        self.places = sorted((place for node in nodes for place in _places(node)), key=lambda place: place.start)
        self._texts = [_text(source, node) for node in nodes if isinstance(node, Scalar)]
        self._starts = [span.start for span in self._texts]

    def is_text(self, offset: int) -> bool:
        """Whether the place lies in a scalar; the rest of a block scalar's first line may hold a comment."""
        index = bisect_right(self._starts, offset) - 1
        return index >= 0 and offset < self._texts[index].end

    def below(self, offset: int) -> Place | None:
        """The first key or item that begins after a comment, the item before its own first key."""
        candidates = [place for place in self.places if place.start >= offset]
        if not candidates:
            return None
        first = [place for place in candidates if place.start == candidates[0].start]
        line = self._source.position(first[0].start).line
        before = self._source[Span(self._source.line_span(line).start, first[0].start)]
        return first[0] if "-" in before else first[-1]

    def beside(self, start: int, offset: int) -> Span:
        """From a line's start to the comment at its end, and all of the values that begin or end there.

        Values of several lines count: scalars, and lists and mappings in brackets; blocks are covered from above.
        """
        low, high = start, offset
        for place in self.places:
            value = place.value
            is_block = isinstance(value, (Mapping, Sequence)) and not value.flow
            if not is_block and (start <= value.start <= offset or start <= value.end <= offset):
                low, high = min(low, place.start), max(high, value.end)
        return Span(low, high)


def _places(node: Node) -> Iterator[Place]:
    if isinstance(node, Mapping):
        for entry in node.entries:
            yield Place(entry.span.start, entry.span.end, entry.key, entry.value)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield Place(item.start, item.end, None, item)


def _text(source: Source, scalar: Scalar) -> Span:
    if scalar.style not in {"|", ">"}:
        return Span(scalar.text_start, scalar.end)
    header = _BREAK.search(source.text, scalar.text_start, scalar.end)
    return Span(header.start() if header else scalar.end, scalar.end)
