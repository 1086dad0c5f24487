"""Sentences broken into lines by terminal cells."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.reporters.frames.glyphs import cells, visible

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.reporters.palette import Line, Role
    from linter.reporters.terminal import Alphabet

WIDEST = 120
"""Cells beyond which nobody likes to read a sentence, however wide the terminal."""


def wrapped(text: str, width: int, first: int | None = None) -> list[str]:
    """Safe text in lines of at most `width` cells, the first of at most `first`; words too long for a line are cut.

    The first line may be empty, where the first word does not fit into `first`.
    """
    lines: list[str] = []
    line, room = "", width if first is None else first
    if cells(text) <= room:
        return [text]
    for word in (part for whole in text.split(" ") for part in _parts(whole, width)):
        longer = f"{line} {word}" if line else word
        if cells(longer) <= room:
            line = longer
        else:
            lines.append(line)
            line, room = word, width
    return [*lines, line]


def paragraph(head: Line, text: str, role: Role, indent: int, width: int, alphabet: Alphabet) -> list[Line]:
    """A foreign sentence after a head of safe pieces, its further lines indented."""
    width = min(width, WIDEST)
    begun = sum(cells(piece) for piece, _ in head)
    first, *rest = wrapped(visible(text, alphabet), width - indent, width - begun)
    return [[*head, (first, role)], *([(" " * indent, "plain"), (line, role)] for line in rest)]


def _parts(word: str, width: int) -> Iterator[str]:
    """A word in parts that each fit a line, marks kept with their base."""
    while cells(word) > width:
        end = 1
        while cells(word[: end + 1]) <= width:
            end += 1
        yield word[:end]
        word = word[end:]
    yield word
