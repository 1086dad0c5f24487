"""A text cut into words as loosely as a person reads it: what Kubernetes, SQL, YAML and word processors write."""

from __future__ import annotations

import re
from typing import NamedTuple

_QUOTED = r"""|"(?P<double>[^"]*)"|'(?P<single>[^']*)'"""
_ESCAPED = r"""|"(?P<double>(?:[^"\\]|\\.|"")*)"|'(?P<single>(?:[^'\\]|\\.|'')*)'"""
_BLANK = r"(?P<blank>[\s\u200b\u2060\ufeff]+(?:#[^\n]*)?)"
_OTHER = (
    "|[“”„](?P<curly>[^“”]*)[“”]|[‘’‚](?P<curled>[^‘’]*)[‘’]|`(?P<back>[^`]*)`"
    r"""|["'](?P<open>[^"'&|(){},]*)"""
    r"|(?P<equal>={1,3}(?!=|!)|＝{1,2})|(?P<unequal>!={1,2}|={1,2}!|<>)|(?P<and>&+)|(?P<or>\|+)"
    r"|(?P<mark>[!(){}\[\],;:])|(?P<word>[A-Za-z0-9_./-]+)|(?P<strange>.)"
)
_PLAINLY = re.compile(_BLANK + _QUOTED + _OTHER, re.DOTALL)
_UNESCAPING = re.compile(_BLANK + _ESCAPED + _OTHER, re.DOTALL)
_ESCAPE = re.compile(r"""\\(.)|(["'])\2""", re.DOTALL)
_KINDS = {"equal": "==", "unequal": "!=", "and": "&&", "or": "||"}
_MARKS = {"[": "(", "]": ")", ";": ","}


class Word(NamedTuple):
    """`kind` is "word", "text" (quoted in any way), "strange", or the mark that was meant; `text` is without quotes."""

    kind: str
    text: str


END = Word("end", "")


def words(text: str, *, escapes: bool) -> list[Word]:
    """The words of a text, blanks and comments left out; `escapes`: a backslash or a doubled quote hides a quote."""
    reader = _UNESCAPING if escapes else _PLAINLY
    return [_word(found, escapes) for found in reader.finditer(text) if found.lastgroup != "blank"]


def _word(found: re.Match[str], escapes: bool) -> Word:
    kind = found.lastgroup or ""
    text = found[kind]
    if kind in ("double", "single"):
        return Word("text", _ESCAPE.sub(r"\1\2", text) if escapes else text)
    if kind == "open":
        return Word("text", text.rstrip())
    if kind in ("curly", "curled", "back"):
        return Word("text", text)
    if kind == "mark":
        return Word(_MARKS.get(text, text), text)
    return Word(_KINDS.get(kind, kind), text)
