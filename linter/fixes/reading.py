"""What Calico's reader sees outside the fixed values, before and after."""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from itertools import accumulate
from typing import TYPE_CHECKING, NamedTuple

from linter.text import Source, Span
from linter.yaml.nodes import Alias, Mapping, Scalar
from linter.yaml.nodes import Sequence as Listed
from linter.yaml.parser import documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from linter.diagnostics import Edit
    from linter.yaml.nodes import Node

_BLANKS = (" ", "\t", "\n", "\r")


class _Leaf(NamedTuple):
    """A value at the end of a path, positions in lists left out; `is_open` where a fix may have changed it."""

    document: int
    path: tuple[str, ...]
    value: object
    is_open: bool

    @property
    def seen(self) -> tuple[int, tuple[str, ...], object]:
        """What Calico's reader sees."""
        return self.document, self.path, self.value


def is_same_elsewhere(before: Source, after: Source, edits: Iterable[Edit], places: Iterable[Span]) -> bool:
    """Whether all values are as they were, but for those that the edits touch or the findings speak of.

    `edits` made `after` of `before`; `places` are the findings' spans in `before`. A document that Calico's reader
    refuses has no values, so that a mended one may gain any.
    """
    ordered, places = sorted(edits, key=lambda edit: edit.span), tuple(places)
    first, is_whole = _leaves(before, _Places([*_reach(ordered), *map(_inside, places)]))
    second, _ = _leaves(after, _Places([*_written(ordered), *map(_inside, _moved(places, ordered))]))
    if not _is_within(first, second):
        return False
    return not is_whole or _is_within(second, first)


def _reach(edits: Iterable[Edit]) -> Iterator[Span]:
    """What edits may change in the text before them: what they replace, and what they write directly beside."""
    for edit in edits:
        if edit.span.start < edit.span.end:
            yield _inside(edit.span)
        else:
            left, right = edit.new_text.startswith(_BLANKS), edit.new_text.endswith(_BLANKS)
            yield Span(edit.span.start + left, edit.span.end - right)


def _written(edits: Iterable[Edit]) -> Iterator[Span]:
    """What edits may have changed in the text after them."""
    delta = 0
    for edit in edits:
        start = edit.span.start + delta
        yield Span(start, start + len(edit.new_text))
        delta += len(edit.new_text) - (edit.span.end - edit.span.start)


def _moved(places: Iterable[Span], edits: Sequence[Edit]) -> Iterator[Span]:
    """Where spans stand after the edits; they grow and shrink with those inside them."""
    ends = [edit.span.end for edit in edits]
    deltas = [0, *accumulate(len(edit.new_text) - (edit.span.end - edit.span.start) for edit in edits)]
    for place in places:
        start, end = (offset + deltas[bisect_right(ends, offset)] for offset in place)
        yield Span(start, max(start, end))


def _inside(span: Span) -> Span:
    """A span without its borders: what only stands beside it is not touched by it."""
    return Span(span.start + 1, span.end - 1)


class _Places:
    """Spans that answer whether one of them touches another, borders included."""

    def __init__(self, spans: Iterable[Span]) -> None:
        self._spans = sorted(spans)
        self._starts = [span.start for span in self._spans]
        self._ends: list[int] = []
        for span in self._spans:
            self._ends.append(max(span.end, self._ends[-1] if self._ends else span.end))

    def touch(self, span: Span) -> bool:
        """Whether some span reaches this one."""
        beyond = bisect_left(self._starts, span.end + 1)
        return beyond > 0 and self._ends[beyond - 1] >= span.start


def _leaves(source: Source, places: _Places) -> tuple[list[_Leaf], bool]:
    """All values in the order of the text, and whether all documents are read by Calico's tools."""
    found: list[_Leaf] = []
    is_whole = True
    for document in documents(source, {}):
        if document.faults:
            is_whole = False
        elif document.root is not None:
            found += _below(source, document.index, document.root, places)
    return found, is_whole


def _below(source: Source, document: int, root: Node, places: _Places) -> Iterator[_Leaf]:
    stack: list[tuple[Node, tuple[str, ...], bool]] = [(root, (), False)]
    while stack:
        node, path, is_open = stack.pop()
        if isinstance(node, Mapping) and node.entries:
            for entry in reversed(node.entries):
                is_touched = is_open or places.touch(entry.key.span)
                stack.append((entry.value, (*path, entry.key.text), is_touched))
        elif isinstance(node, Listed) and node.items:
            stack += [(item, path, is_open) for item in reversed(node.items)]
        else:
            # what is not written at all may become the parent of lines that are moved below it
            is_touched = node.start == node.end or places.touch(node.span)
            if isinstance(node, Alias):
                is_touched = is_touched or places.touch(node.target.span)
            yield _Leaf(document, path, _value(source, node), is_open or is_touched)


def _value(source: Source, node: Node) -> object:
    if isinstance(node, Scalar):
        return type(node.value), node.value
    return source[node.target.span] if isinstance(node, Alias) else type(node)


def _is_within(some: Iterable[_Leaf], others: Iterable[_Leaf]) -> bool:
    """Whether all closed leaves stand, in this order, among the others."""
    waiting = (leaf.seen for leaf in others)
    return all(leaf.seen in waiting for leaf in some if not leaf.is_open)
