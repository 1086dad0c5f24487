"""Two corrections that make the C parser read what Calico's reader reads (`cases/yaml.json` judges).

Characters are replaced one for one by private-use characters that do not occur in the text, so that offsets stay; the
builder gives values, keys and tags their characters back.
"""

from __future__ import annotations

import re
from itertools import chain
from typing import NamedTuple

_BOM = "\ufeff"
_COLON = re.compile(
    r"""^%[^\r\n]*                                  # a directive
      | (?<![^\s\[\]{},])!(?:<[^>\s]*>|[^\s,\[\]{}]*)  # a tag
      | (?<=[^\s"'\[\]{},]):(?=\S)                  # the colon that the C parser stumbles over
    """,
    re.MULTILINE | re.VERBOSE,
)


class Corrected(NamedTuple):
    """A text of the same length, and what its stand-in characters stand for (for `str.translate`)."""

    text: str
    stands_for: dict[int, str]

    def restore(self, text: str) -> str:
        """The text as it was written."""
        return text.translate(self.stands_for)


def without_marks(text: str) -> Corrected:
    """Replaces U+FEFF, which the C parser skips at the start of a line and Calico's reader takes for text."""
    stand_in = _unused(text)
    return Corrected(text.replace(_BOM, stand_in), {ord(stand_in): _BOM})


def without_flow_colons(corrected: Corrected) -> Corrected:
    """Replaces every colon inside plain text, at which the C parser stops in flow context (`[64512:10]`)."""
    stand_in = _unused(corrected.text)
    text = _COLON.sub(lambda found: stand_in if found[0] == ":" else found[0], corrected.text)
    return Corrected(text, {**corrected.stands_for, ord(stand_in): ":"})


def _unused(text: str) -> str:
    used = set(text)
    private = chain(range(0xE000, 0xF900), range(0xF0000, 0xFFFFE), range(0x100000, 0x10FFFE))
    return next(character for character in map(chr, private) if character not in used)
