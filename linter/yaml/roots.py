"""A slip of Calico's reader: a bracket at the start of a document ends it although a `:` makes it a key.

It concerns `[]`, `{}` and brackets that hold nothing but `? key` entries, at the root: go.yaml.in/yaml/v2 forgets that
they might be a key, takes them for the whole document and drops the rest.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linter.yaml.spans import BREAKS

if TYPE_CHECKING:
    from linter.yaml.nodes import Fault

_SPACE = re.compile(r"(?:\s++|#[^\r\n\x85\u2028\u2029]*+|^---(?=\s))*+", re.MULTILINE)
_PROPERTIES = re.compile(r"(?:[!&]\S+[ \t]*){1,2}(?=[\r\n\x85\u2028\u2029])")


def end_of_root(chunk: str, start: int, fault: Fault) -> int | None:
    """Where such a root ends in a document's text; None where there is none, or the reader refuses it nevertheless.

    `fault` is what the C parser refused, `start` the offset of the text in its file.
    """
    if "control characters" in fault.reason:
        return None
    begin = _after_space(chunk, 0)
    properties = _PROPERTIES.match(chunk, begin)
    if properties:
        begin = _after_space(chunk, properties.end())
    end = _closing_bracket(chunk, begin)
    if end is None or not _has_no_simple_key(chunk[begin + 1 : end - 1]):
        return None
    after = _after_space(chunk, end)
    if any(mark in chunk[end:after] for mark in BREAKS):
        return None
    parsed = any(word.startswith("while parsing a block") for _, word in fault.related)
    places = {fault.span.start, *(span.start for span, _ in fault.related)}
    return None if start + after in places and not parsed else end


def _after_space(text: str, start: int) -> int:
    space = _SPACE.match(text, start)
    return space.end() if space else start


def _closing_bracket(text: str, start: int) -> int | None:
    """The end of the brackets that begin here, as far as counting can tell; a key is no longer than 1024 characters."""
    if text[start : start + 1] not in ("[", "{"):
        return None
    depth = 0
    for bracket in re.compile(r"[\[\]{}]").finditer(text, start, start + 1024):
        depth += 1 if bracket[0] in "[{" else -1
        if depth == 0:
            return bracket.end()
    return None


def _has_no_simple_key(inside: str) -> bool:
    """Whether every entry between the brackets begins with `?`."""
    flat, depth = "", 0
    for character in inside:
        depth += (character in "[{") - (character in "]}")
        flat += character if depth == 0 else " "
    *entries, last = (entry.strip() for entry in flat.split(","))
    return all(entry.startswith("?") for entry in entries) and last[:1] in ("", "?")
