"""Foreign text made safe to show, and measured in terminal cells."""

from __future__ import annotations

import unicodedata
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linter.reporters.palette import Line, Role
    from linter.reporters.terminal import Alphabet

LONGEST = 1000
"""Code points of foreign prose that are shown; who needs the rest finds it in the JSON."""

_JOINER = "\u200d"
_BLANK_LETTERS = frozenset("\u115f\u1160\u2800\u3164\uffa0")
"""Letters and symbols that show as nothing (Unicode: fillers, empty braille pattern)."""

_PLAIN = {
    ord(fine): plain for fine, plain in {"•": "*", "…": "...", "→": "->", "—": "--", "≤": "<=", "≥": ">="}.items()
}
"""What peerlint's own sentences fall back to."""

_INVISIBLE = frozenset({"Cc", "Cf", "Cs", "Zl", "Zp"})
_MARKS = frozenset({"Mn", "Me"})


class Glyph(NamedTuple):
    """What stands for some code points of a text: `cells` wide on the terminal, `length` code points long."""

    text: str
    cells: int
    length: int
    role: Role


_ASCII = {character: Glyph(character, 1, 1, "source") for character in map(chr, range(0x20, 0x7F))}


def cells(text: str) -> int:
    """Width of safe text in terminal cells."""
    if text.isascii():
        return len(text)
    from rich.cells import cell_len

    return cell_len(text)


def glyphs(text: str, alphabet: Alphabet) -> list[Glyph]:
    """The text as glyphs, together as long as it; no control character, bidi override or odd blank hides in them."""
    if text.isascii() and text.isprintable():
        return [_ASCII[character] for character in text]
    return [_glyph(cluster, alphabet) for cluster in _clusters(text)]


def visible(text: str, alphabet: Alphabet) -> str:
    """Prose as it may be printed, shortened to `LONGEST`; typography is spelled out where it does not encode."""
    if len(text) > LONGEST:
        return visible(text[:LONGEST], alphabet) + alphabet.ellipsis
    if text.isascii() and text.isprintable():
        return text
    if not _encodes(text, alphabet.encoding):
        text = text.translate(
            {code: plain for code, plain in _PLAIN.items() if not _encodes(chr(code), alphabet.encoding)}
        )
    return "".join(glyph.text for glyph in glyphs(text, alphabet))


def pieces(shown: Sequence[Glyph]) -> Line:
    """Glyphs as pieces of a line, neighbours of one role as one piece."""
    line: Line = []
    for glyph in shown:
        if line and line[-1][1] == glyph.role:
            line[-1] = (line[-1][0] + glyph.text, glyph.role)
        else:
            line.append((glyph.text, glyph.role))
    return line


def _clusters(text: str) -> Iterator[str]:
    """Characters with the marks, joiners and modifiers that share their cells."""
    cluster = ""
    for character in text:
        if cluster and _joins(cluster, character):
            cluster += character
        else:
            if cluster:
                yield cluster
            cluster = character
    if cluster:
        yield cluster


def _joins(cluster: str, character: str) -> bool:
    if character.isascii() or _escaped(cluster[0]):
        return False
    if character == _JOINER or "\U0001f3fb" <= character <= "\U0001f3ff":
        return unicodedata.category(cluster[0]) == "So"
    if unicodedata.category(character) in _MARKS or (len(cluster) == 1 and _regional(cluster) and _regional(character)):
        return True
    return cluster[-1] == _JOINER and not _escaped(character)


def _regional(character: str) -> bool:
    return "\U0001f1e6" <= character <= "\U0001f1ff"


def _escaped(character: str) -> bool:
    category = unicodedata.category(character)
    return category in _INVISIBLE or character in _BLANK_LETTERS or (category == "Zs" and character != " ")


def _glyph(cluster: str, alphabet: Alphabet) -> Glyph:
    if cluster == "\t":
        return Glyph(alphabet.tab, len(alphabet.tab), 1, "strange")
    if alphabet.pictures and (picture := _picture(cluster)):
        return Glyph(picture, 1, 1, "strange")
    if alphabet.pictures and unicodedata.category(cluster[0]) in _MARKS:
        return Glyph(f"\u25cc{cluster}", 1, len(cluster), "strange")
    if _escaped(cluster[0]) or not _encodes(cluster, alphabet.encoding):
        escape = "".join(f"<U+{ord(character):04X}>" for character in cluster)
        return Glyph(escape, len(escape), len(cluster), "strange")
    return Glyph(cluster, cells(cluster), len(cluster), "source")


def _picture(character: str) -> str:
    """The control picture of a control character of ASCII."""
    code = ord(character[0])
    return chr(0x2400 + code) if code < 0x20 else "\u2421" if code == 0x7F else ""


def _encodes(text: str, encoding: str) -> bool:
    try:
        text.encode(encoding)
    except UnicodeEncodeError:
        return False
    return True
