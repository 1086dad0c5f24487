"""What the stream at hand can show: width, colour, characters."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from typing import TextIO

    from linter.reporters import Color

ELSEWHERE = 100
"""Cells of a line where no terminal says otherwise: a log of a build is wider than 80."""

NARROWEST = 24


class Alphabet(NamedTuple):
    """The characters that frames are drawn with, and the encoding that text must fit."""

    encoding: str
    bar: str
    top: str
    bottom: str
    dash: str
    ellipsis: str
    mask: str
    tab: str
    pictures: bool
    """Whether control characters have a picture (U+2400 …)."""


UNICODE = Alphabet("utf-8", "│", "╭", "╰", "─", "…", "•••", "→   ", True)
ASCII = Alphabet("ascii", "|", "/", "|", "_", "...", "***", "    ", False)


def alphabet(stream: TextIO) -> Alphabet:
    """Line art where the stream's encoding has it, ASCII where not; a stream without encoding takes anything."""
    encoding = getattr(stream, "encoding", None) or "utf-8"
    try:
        "".join((*UNICODE[1:-1], "␀")).encode(encoding)
    except (UnicodeEncodeError, LookupError):
        return ASCII._replace(encoding=encoding)
    return UNICODE._replace(encoding=encoding)


def colored(choice: Color, stream: TextIO) -> bool:
    """Whether to colour: as told, else by NO_COLOR, FORCE_COLOR, CLICOLOR_FORCE and TERM, else on a terminal only."""
    if choice != "auto":
        return choice == "always"
    if os.environ.get("NO_COLOR"):
        return False
    if any(os.environ.get(name, "0") not in {"", "0"} for name in ("FORCE_COLOR", "CLICOLOR_FORCE")):
        return True
    return stream.isatty() and os.environ.get("TERM") != "dumb"


def columns(width: int | None, stream: TextIO) -> int:
    """Cells of a line: as told, else COLUMNS, else the terminal's own, else `ELSEWHERE`; never below `NARROWEST`."""
    if width is None:
        named = os.environ.get("COLUMNS", "")
        width = int(named) if named.isdecimal() and int(named) else _terminal(stream)
    return max(width, NARROWEST)


def _terminal(stream: TextIO) -> int:
    if not stream.isatty():
        return ELSEWHERE
    try:
        return os.get_terminal_size(stream.fileno()).columns or ELSEWHERE
    except OSError:
        return ELSEWHERE
