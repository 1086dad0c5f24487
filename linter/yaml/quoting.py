"""Text on one line: as a YAML scalar, or for a message."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

_CONTROL = {code: f"\\u{code:04x}" for code in (*range(0x20), *range(0x7F, 0xA0), 0x2028, 0x2029)}


def quoted(text: str, style: str = "") -> str:
    """The text in quotes, so that every reader takes it for text.

    `style` is that of the scalar it replaces: a double-quoted one stays so, because it may stand in JSON.
    """
    if style == '"' or text != text.translate(_CONTROL):
        import json

        return json.dumps(text, ensure_ascii=False).translate(_CONTROL)
    if "'" in text and '"' not in text and "\\" not in text:
        return f'"{text}"'
    return "'" + text.replace("'", "''") + "'"


def on_one_line(text: str) -> str:
    """A message with the line breaks and other control characters of the values in it written out as escapes."""
    return text if text.isprintable() else text.translate(_CONTROL | {10: "\\n", 13: "\\r", 9: "\\t"})


def brief(text: str, limit: int = 60) -> str:
    """The text on one line for a message, cut to `limit` characters."""
    line = " ".join(text[: 4 * limit].split())
    return line if len(line) <= limit else line[: limit - 1] + "…"


def listed(parts: Iterable[str], last: str = "and") -> str:
    """`a`, `a and b`, `a, b and c`; `last` is the word before the last part."""
    *most, final = parts
    return f"{', '.join(most)} {last} {final}" if most else final
