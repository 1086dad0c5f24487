"""Where nodes really begin and end, in the places where the parser's marks say something else (performance §1.3)."""

from __future__ import annotations

import re
from typing import Final

_BREAKS: Final = "\r\n\x85\u2028\u2029"
_SPACE = re.compile(r"(?:[ \t\r\n\x85\u2028\u2029]|(?<![^ \t\r\n\x85\u2028\u2029])#[^\r\n\x85\u2028\u2029]*)*")
_TAG = re.compile(r"!(?:<[^>]*>)?[^ \t\r\n\x85\u2028\u2029]*")


def after_properties(text: str, start: int, end: int, anchor: str | None) -> int:
    """The offset of a scalar's text when tag and anchor stand before it; `end` when nothing follows them."""
    position = start
    while position < end and text[position] in "!&":
        found = _TAG.match(text, position, end) if text[position] == "!" else None
        position = found.end() if found else position + 1 + len(anchor or "")
        space = _SPACE.match(text, position, end)
        position = space.end() if space else position
    return position


def block_scalar_end(text: str, start: int, end: int) -> int:
    """The end of the last line of a block scalar that is not blank; its mark stands after the blank lines."""
    while end > start:
        blank = end
        while blank > start and text[blank - 1] == " ":
            blank -= 1
        if blank == start or text[blank - 1] not in _BREAKS:
            break
        end = blank - 1
    return end


def empty_value(text: str, start: int, previous: int) -> int:
    """The offset of a value that is not there: right after the `:`, `-` or `?`, or after the previous node's end where
    the parser only noticed at the next line."""
    if any(mark in text[previous:start] for mark in _BREAKS):
        return previous
    while start > previous and text[start - 1] in " \t":
        start -= 1
    return start
