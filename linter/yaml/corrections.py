r"""Corrections that make the C parser read what Calico's reader reads (`cases/yaml.json` judges).

* U+FEFF inside the text is text to Calico's reader; the C parser skips it at the start of a line.
* Inside `[…]` and `{…}` the C parser stops at a colon that no blank follows (`[64512:10]`); Calico's reader goes on.
* In double quotes Calico's reader takes `\'` for a quote; the C parser knows no such escape.

Characters are replaced one for one by private-use characters that do not occur in the text, so that offsets stay; the
builder gives values, keys and tags their characters back.
"""

from __future__ import annotations

import re
from itertools import chain, islice
from typing import NamedTuple

_MARK, _COLON, _NOTHING = "\ufeff", ":", ""
_RUN = re.compile(
    r"""^%.*                                                        # a directive
      | (?<![^\s\[{,])!\S*                                          # a tag
      | (?<![^\s\[{,])[^\s\-?:,\[\]{}#&*!|>'"%@`][^\s,\[\]{}"']*  # the start of a plain scalar, up to a blank
    """,
    re.MULTILINE | re.VERBOSE,
)
_INNER_COLON = re.compile(r":(?=[^\s,\[\]{}])")


class Corrected(NamedTuple):
    """A text of the same length, and the characters that stand for something else in it."""

    text: str
    stand_ins: dict[str, str]

    def restore(self, text: str) -> str:
        """The text as it was written."""
        return text.translate({ord(stand_in): character for character, stand_in in self.stand_ins.items()})


def without_marks(text: str) -> Corrected:
    """Replaces every U+FEFF but one at the very start."""
    stand_ins = _stand_ins(text)
    return Corrected(text[0] + text[1:].replace(_MARK, stand_ins[_MARK]), stand_ins)


def uncorrected(text: str) -> Corrected:
    """A text in which nothing is replaced yet."""
    return Corrected(text, _stand_ins(text))


def without_inner_colons(corrected: Corrected) -> Corrected:
    """Replaces the colons inside what looks like plain scalars, which is right nearly always and saves readings."""
    stand_in = corrected.stand_ins[_COLON]

    def replace(run: re.Match[str]) -> str:
        return run[0] if run[0][0] in "%!" else _INNER_COLON.sub(stand_in, run[0])

    return corrected._replace(text=_RUN.sub(replace, corrected.text))


def without_cause(corrected: Corrected, problem: str, at: int) -> Corrected | None:
    """Replaces the character at which the C parser stopped, if Calico's reader does not stop there."""
    text = corrected.text
    if problem == "found unexpected ':'":
        stand_in = corrected.stand_ins[_COLON]
    elif problem == "found unknown escape character" and text[at : at + 2] == "\\'":
        stand_in = corrected.stand_ins[_NOTHING]
    else:
        return None
    return corrected._replace(text=text[:at] + stand_in + text[at + 1 :])


def _stand_ins(text: str) -> dict[str, str]:
    used = set(text)
    private = map(chr, chain(range(0xE000, 0xF900), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE)))
    unused = islice((character for character in private if character not in used), 3)
    return dict(zip((_MARK, _COLON, _NOTHING), unused, strict=True))
