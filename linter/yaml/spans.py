"""Where nodes really begin and end, in the places where the parser's marks say something else (performance §1.3)."""

from __future__ import annotations

BREAKS = "\r\n\x85\u2028\u2029"
_BLANKS = " \t" + BREAKS
_INDICATORS = frozenset("?:-")


def after_properties(text: str, start: int, end: int, anchor: str | None) -> int:
    """The offset of a scalar's text when a tag and an anchor may stand before it; `end` when nothing follows them."""
    position = start
    while position < end and text[position] in "!&":
        if text[position] == "&":
            position += 1 + len(anchor or "")
        else:
            while position < end and text[position] not in _BLANKS:
                position += 1
        position = _after_blanks(text, position, end)
    return position


def block_scalar_end(text: str, start: int, end: int) -> int:
    """The end of the last line of a block scalar that is not blank; its mark stands after the blank lines."""
    while end > start:
        blank = end
        while blank > start and text[blank - 1] == " ":
            blank -= 1
        if blank == start or text[blank - 1] not in BREAKS:
            break
        end = blank - 1
    return end


def empty_value(text: str, start: int, previous: int) -> int:
    """The offset of a value that is not there: right after its `:`, or after its key where it has none.

    The parser only notices it at the next token, `start`; `previous` is where the node before it ends.
    """
    if text[start - 1 : start] in _INDICATORS:
        return start
    gap = text[previous:start]
    line = min((gap.find(mark) for mark in BREAKS if mark in gap), default=len(gap))
    comment = gap.find("#", 0, line)
    return previous + len(gap[: comment if comment >= 0 else line].rstrip(" \t"))


def _after_blanks(text: str, start: int, end: int) -> int:
    """Past spaces, line ends and comments."""
    position = start
    while position < end and (text[position] in _BLANKS or (text[position] == "#" and position > start)):
        if text[position] == "#":
            while position < end and text[position] not in BREAKS:
                position += 1
        else:
            position += 1
    return position
