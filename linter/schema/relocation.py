"""The edits that put the misplaced fields of one object where they belong."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.diagnostics import Edit
from linter.schema.braces import Destination, carried
from linter.text import Span
from linter.yaml.nodes import Alias, Mapping, Scalar, Sequence, content, walk
from linter.yaml.plain import at, unescape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from linter.schema.faults import Move, SchemaFault
    from linter.text import Source
    from linter.yaml.nodes import Entry, Node

_STEP = 2
"""Columns by which an object stands below a key that is new."""


def relocated(fault: SchemaFault, source: Source) -> tuple[Edit, ...]:
    """The edits for `fault.moves`; none where a place is not certain, is taken, or is not to be had by moving lines."""
    parent = fault.parent
    if parent is None or not _can_move(fault, parent):
        return ()
    groups: dict[str, list[Move]] = {}
    for move in fault.moves:
        groups.setdefault((move.target or "").rpartition("/")[0], []).append(move)
    targets = [_target(fault.root, pointer) for pointer in groups]
    if parent.flow or any(target and target.mapping.flow for target in targets):
        return _in_flow(fault, parent, source, zip(targets, groups.values(), strict=True))
    lines = _Lines(source)
    if all(_moved(lines, parent, _target(fault.root, pointer), moves) for pointer, moves in groups.items()):
        return tuple(lines.edits())
    return ()


def _in_flow(
    fault: SchemaFault, parent: Mapping, source: Source, groups: Iterable[tuple[_Target | None, list[Move]]]
) -> tuple[Edit, ...]:
    places = []
    for target, moves in groups:
        if target is None or target.empty:
            return ()
        places.append(Destination(target.mapping, target.missing, tuple(moves)))
    return carried(source, parent, places, '"' if fault.in_json else "")


def _can_move(fault: SchemaFault, parent: Mapping) -> bool:
    targets = [move.target for move in fault.moves]
    written = {id(entry.key) for entry in parent.entries}
    return (
        None not in targets
        and len(set(targets)) == len(targets)
        and not any((one or "").startswith(f"{other}/") for one in targets for other in targets)
        and not any(_is_taken(fault.root, target or "") for target in targets)
        and all(id(move.key) in written and not _is_bound(move.node) for move in fault.moves)
    )


def _is_taken(root: Node, target: str) -> bool:
    node = at(root, target)
    return node is not None and not _is_null(node)


def _is_null(node: Node) -> bool:
    inner = content(node)
    return isinstance(inner, Scalar) and inner.value is None


def _is_bound(node: Node) -> bool:
    """Whether anchors or aliases bind the text to its place in the document."""
    return any(isinstance(each, Alias) or each.anchor is not None for each in walk(node))


class _Target(NamedTuple):
    """Where an object is or is to be made: `missing` below the empty value of `empty`, else as members of `mapping`."""

    mapping: Mapping
    empty: Entry | None
    missing: tuple[str, ...]


def _target(root: Node, pointer: str) -> _Target | None:
    """The object at `pointer`; None where something else stands on the way."""
    node = root
    names = tuple(unescape(step) for step in pointer.split("/")[1:])
    for index, name in enumerate(names):
        if isinstance(node, Sequence) and name.isdigit() and int(name) < len(node.items):
            node = node.items[int(name)]
            continue
        if not isinstance(node, Mapping):
            return None
        entry = node.fields.get(name)
        if entry is None or _is_null(entry.value):
            return _Target(node, entry, names[index + (entry is not None) :])
        node = entry.value
    return _Target(node, None, ()) if isinstance(node, Mapping) else None


def _moved(lines: _Lines, parent: Mapping, target: _Target | None, moves: list[Move]) -> bool:
    """Move entries of the block mapping `parent`; False if that cannot be done by moving lines."""
    if target is None or target.mapping.flow:
        return False
    blocks = [lines.block(move.key, move.node) for move in moves]
    if target.mapping is parent and target.empty is None and target.missing:
        first, *others = blocks
        written = _nested(target.missing, first.column, blocks)
        lines.drop(first, [first.prefix + written[0].lstrip(), *written[1:]])
        return all(map(lines.drop, reversed(others)))
    entry = target.empty or target.mapping.entries[-1]
    if target.empty and target.empty.value.span.start < target.empty.value.span.end:
        return False
    column = lines.column(target.mapping.entries[0].key) + (_STEP if target.empty else 0)
    lines.put_after(lines.block(entry.key, entry.value), _nested(target.missing, column, blocks))
    return all(map(lines.drop, reversed(blocks)))


def _nested(names: tuple[str, ...], column: int, blocks: Iterable[_Block]) -> list[str]:
    """Lines with the blocks as members of an object at `column`, or of the new ones that `names` make below it."""
    keys = [" " * (column + _STEP * depth) + f"{name}:" for depth, name in enumerate(names)]
    inner = column + _STEP * len(names)
    return [*keys, *(line for block in blocks for line in block.at(inner))]


class _Block(NamedTuple):
    """The lines of one entry of a block mapping, and the column of its key."""

    first: int
    last: int
    column: int
    lines: tuple[str, ...]

    @property
    def numbers(self) -> range:
        """The numbers of its lines."""
        return range(self.first, self.last + 1)

    @property
    def prefix(self) -> str:
        """What stands before the key on its line: blanks, and the dash of a list item."""
        return self.lines[0][: self.column]

    def at(self, column: int) -> list[str]:
        """The lines, indented so that the key stands at `column`."""
        head, *rest = self.lines
        shifted = [line[min(self.column, len(line) - len(line.lstrip())) :] for line in rest]
        return [" " * column + line if line else "" for line in (head[self.column :], *shifted)]


class _Lines:
    """The lines of a source as they will be: for each line that changes, what stands there instead (None: itself)."""

    def __init__(self, source: Source) -> None:
        self._source = source
        self._now: dict[int, list[str | None]] = {}

    def column(self, key: Scalar) -> int:
        return self._source.position(key.start).column - 1

    def block(self, key: Scalar, value: Node) -> _Block:
        first = self._source.position(key.start).line
        last = max(first, self._source.position(max(key.end, value.span.end) - 1).line)
        lines = tuple(self._source.line(number) for number in range(first, last + 1))
        return _Block(first, last, self.column(key), lines)

    def put_after(self, block: _Block, lines: list[str]) -> None:
        self._now.setdefault(block.last, [None]).extend(lines)

    def drop(self, block: _Block, instead: Iterable[str] = ()) -> bool:
        """Take the block's lines out; False if something else on them has to stay."""
        lines: list[str] = list(instead)
        if not all(self._write(number, lines if number == block.first else []) for number in block.numbers):
            return False
        return bool(lines) or not block.prefix.strip() or self._take_over(block)

    def _take_over(self, block: _Block) -> bool:
        """Let the next entry stand behind the dash of a list item that began with the block."""
        number = block.last + 1
        while self._now.get(number) == []:
            number += 1
        after = self._source.line(number)
        key = after[block.column :]
        if after[: block.column].strip() or not key.strip() or key[0] in " #":
            return False
        return self._write(number, [block.prefix + key])

    def _write(self, number: int, lines: list[str]) -> bool:
        now = self._now.setdefault(number, [None])
        if None not in now:
            return False
        now[now.index(None) : now.index(None) + 1] = lines
        return True

    def edits(self) -> Iterable[Edit]:
        newline = "\r\n" if "\r\n" in self._source.text else "\n"
        for number, now in sorted(self._now.items()):
            span = self._source.line_span(number)
            kept = None in now
            lines = [line for line in now if line is not None]
            text = "".join(line + newline for line in lines)
            if span.end == len(self._source.text) and not self._source.text.endswith(("\n", "\r")):
                text = (newline if kept else "") + text.removesuffix(newline)
            yield Edit(self._source, Span(span.end, span.end) if kept else span, text)
