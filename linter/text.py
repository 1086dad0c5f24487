"""Sources, spans and positions: the only module that counts lines."""

from __future__ import annotations

import re
from bisect import bisect_right
from typing import NamedTuple

_LINE_END = re.compile(r"\r\n|\r|\n")


class Span(NamedTuple):
    """A half-open range of code-point offsets in one source."""

    start: int
    end: int

    def covers(self, other: Span) -> bool:
        """Whether `other` lies wholly inside this span."""
        return self.start <= other.start and other.end <= self.end


class Position(NamedTuple):
    """A place in a source: line and column count from 1, offset from 0, all in code points."""

    line: int
    column: int
    offset: int


class Source:
    """The text of one file as decoded, without a leading byte order mark, under the path shown to users.

    Lines end at LF, CRLF or CR, as editors and Calico's reader count them.
    """

    __slots__ = ("_starts", "_templated", "path", "text")

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self._starts: list[int] | None = None
        self._templated: bool | None = None

    @property
    def may_hold_placeholders(self) -> bool:
        """Whether a mark that every template placeholder has (`{{`, `$`, `%`) stands in it; found on first use."""
        if self._templated is None:
            self._templated = "{{" in self.text or "$" in self.text or "%" in self.text
        return self._templated

    @property
    def line_starts(self) -> list[int]:
        """Offsets at which lines begin; found on first use, because clean files never need them."""
        if self._starts is None:
            self._starts = _line_starts(self.text)
        return self._starts

    def position(self, offset: int) -> Position:
        """Line and column of an offset between 0 and the length of the text."""
        starts = self.line_starts
        line = bisect_right(starts, offset)
        return Position(line, offset - starts[line - 1] + 1, offset)

    def line(self, number: int) -> str:
        """The text of line `number` (from 1) without its line end; empty beyond the last line."""
        starts = self.line_starts
        if number > len(starts):
            return ""
        end = starts[number] if number < len(starts) else len(self.text)
        return self.text[starts[number - 1] : end].rstrip("\r\n")

    def line_span(self, number: int) -> Span:
        """Where line `number` (from 1) stands, its line end included."""
        starts = self.line_starts
        end = starts[number] if number < len(starts) else len(self.text)
        return Span(starts[number - 1], end)

    def __getitem__(self, span: Span) -> str:
        return self.text[span.start : span.end]

    def __repr__(self) -> str:
        return f"Source({self.path!r})"


def _line_starts(text: str) -> list[int]:
    return [0, *(end.end() for end in _LINE_END.finditer(text))]
