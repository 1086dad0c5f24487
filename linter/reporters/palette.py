"""From lines of pieces with a role to text, with or without colour."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from typing import Literal

Role = Literal[
    "plain", "source", "strange", "secret", "gutter", "path", "quiet", "strong",
    "error", "warning", "hint", "related", "added", "removed", "good",
]  # fmt: skip
"""What a piece of a line is; the palette alone knows how that looks."""

Piece = tuple[str, Role]
Line = list[Piece]
Paint = Callable[[Iterable[Line]], str]

# The sixteen colours of the terminal: its owner has chosen how they look on its background.
_LOOKS: dict[Role, str] = {
    "strange": "magenta",
    "secret": "dim",
    "gutter": "blue",
    "path": "bold",
    "quiet": "dim",
    "strong": "bold",
    "error": "bold red",
    "warning": "bold yellow",
    "hint": "bold cyan",
    "related": "bold blue",
    "added": "green",
    "removed": "red",
    "good": "bold green",
}


def painter(colored: bool) -> Paint:
    """What turns lines into text that ends with a line feed."""
    return ansi if colored else plain


def plain(lines: Iterable[Line]) -> str:
    """Lines as text alone."""
    return "".join("".join(text for text, _ in line).rstrip() + "\n" for line in lines)


def ansi(lines: Iterable[Line]) -> str:
    """Lines with the escape sequences of their roles."""
    return "".join("".join(_painted(text, role) for text, role in _trimmed(line)) + "\n" for line in lines)


def _trimmed(line: Line) -> Line:
    """The line without the blanks at its end, which would show in a selection."""
    while line and not line[-1][0].rstrip():
        line = line[:-1]
    return [*line[:-1], (line[-1][0].rstrip(), line[-1][1])] if line else line


def _painted(text: str, role: Role) -> str:
    if role not in _LOOKS or text.isspace():
        return text
    from rich.style import Style

    return Style.parse(_LOOKS[role]).render(text)
