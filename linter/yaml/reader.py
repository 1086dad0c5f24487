"""The text of one document to its root node, and all that is wrong with it."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.text import Span
from linter.yaml.builder import Builder, Refused
from linter.yaml.extension import clib, events
from linter.yaml.nodes import Fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Final

    from linter.yaml.corrections import Corrected
    from linter.yaml.nodes import Node
    from linter.yaml.scalars import Memo

    Built = tuple[Builder, Node | None, Any]

_LARGE = 100_000
_REREADINGS = 1_000_000
"""How many characters are read again for what only a reading finds."""

_MOST_FAULTS = 100
"""How many faults of one document are told."""

_BEFORE_BRACKETS = frozenset("[{#!&")

_NO_ALIASES: Final[frozenset[str]] = frozenset()


class Outcome(NamedTuple):
    """What came of a document: its root, the anchors that aliases use, its faults, whether it may hold nothings."""

    root: Node | None
    aliases: frozenset[str] = _NO_ALIASES
    faults: list[Fault] = []  # noqa: RUF012 - never added to
    hollow: bool = True


def read(text: str, start: int, end: int, memo: Memo, corrected: Corrected | None) -> Outcome:
    """The document that stands between two offsets of a text.

    Without a root and faults there is no document. A root given together with faults that refuse it is for nobody.
    """
    chunk = (text if corrected is None else corrected.text)[start:end]
    outcome = _outcome(text, chunk, start, memo, corrected)
    faults = outcome.faults
    if faults and faults[0].kind == Fault.INVALID and chunk.lstrip("- \t\r\n\x85\u2028\u2029")[:1] in _BEFORE_BRACKETS:
        from linter.yaml.roots import end_of_root

        length = end_of_root(chunk, start, faults[0])
        if length is not None:
            alone = _outcome(text, chunk[:length], start, memo, corrected)
            if alone.root is not None:
                return alone._replace(faults=alone.faults + _lost(chunk, length, start))
    return outcome


def _outcome(text: str, chunk: str, start: int, memo: Memo, corrected: Corrected | None) -> Outcome:
    try:
        builder = Builder(text, start, memo, corrected)
        try:
            root, last = builder.build(_events(chunk, start))
        except clib.ScannerError as error:
            builder, root, last = _reread(error, text, chunk, start, memo, corrected)
        if root is None:
            return Outcome(None)
        faults = _judged(builder, root)
        end = last.end_mark.index if last.explicit else last.start_mark.index
        if end < len(chunk):
            faults += _lost(chunk, end, start)
        aliases = frozenset(builder.aliases) if builder.aliases else _NO_ALIASES
        return Outcome(root, aliases, faults, builder.hollow)
    except Refused as refused:
        return Outcome(None, faults=[refused.fault])
    except (clib.YAMLError, UnicodeEncodeError) as error:
        return Outcome(None, faults=[_fault(error, chunk, start)])


def _events(chunk: str, start: int) -> Callable[[], Any]:
    if len(chunk) < _LARGE:
        return events(chunk)
    from linter.yaml.limits import bounded

    return bounded(chunk, start)


def _reread(error: Any, text: str, chunk: str, start: int, memo: Memo, corrected: Corrected | None) -> Built:
    """Reads again what Calico's reader may not have refused."""
    from linter.yaml.corrections import uncorrected, without_cause, without_inner_colons

    again = uncorrected(chunk) if corrected is None else corrected._replace(text=chunk)
    if without_cause(again, error.problem, error.problem_mark.index) is None:
        raise error
    try:
        return _read_on(text, start, memo, without_inner_colons(again))
    except (clib.YAMLError, Refused):
        return _read_on(text, start, memo, again)


def _read_on(text: str, start: int, memo: Memo, corrected: Corrected) -> Built:
    """Reads past everything that only stops the C parser."""
    from linter.yaml.corrections import without_cause

    for _ in range(_REREADINGS // len(corrected.text) + 1):
        builder = Builder(text, start, memo, corrected)
        try:
            return builder, *builder.build(_events(corrected.text, start))
        except clib.ScannerError as error:
            at = error.problem_mark.index
            again = without_cause(corrected, error.problem, at)
            if again is None:
                raise
            corrected = again
    reason = "too many colons in plain flow-style text: quote what holds one"
    raise Refused(Fault(Fault.LIMIT, reason, Span(start + at, start + at + 1)))


def _judged(builder: Builder, root: Node) -> list[Fault]:
    """What only the whole document shows."""
    if builder.aliases:
        from linter.yaml.expansion import Expansion

        Expansion().check(root)
    if builder.unsettled:
        from linter.yaml.fields import settle

        for mapping in builder.unsettled:
            settle(mapping, builder.faults)
    if builder.doubtful:
        from linter.yaml.fields import unholdable

        builder.faults.extend(unholdable(root))
    return builder.faults[:_MOST_FAULTS]


def _lost(chunk: str, end: int, start: int) -> list[Fault]:
    """The text that comes after the end of the document."""
    import re

    space = re.compile(r"(?:\s++|(?<=\s)#[^\r\n]*+|^\.\.\.(?!\S)|^%.*+)*+", re.MULTILINE).match(chunk, end)
    at = space.end() if space else end
    if at >= len(chunk):
        return []
    reason = "the document has ended before this text, which is dropped without a word"
    return [Fault(Fault.LOST, reason, Span(start + at, start + at + 1))]


def _fault(error: Any, chunk: str, start: int) -> Fault:
    """The C parser's complaint, and where it was reading from."""
    if isinstance(error, (clib.ScannerError, clib.ParserError)):
        at = min(error.problem_mark.index, len(chunk))
        related: tuple[tuple[Span, str], ...] = ()
        if error.context_mark is not None:
            context = min(error.context_mark.index, len(chunk))
            related = ((Span(start + context, start + min(context + 1, len(chunk))), error.context),)
        return Fault(Fault.INVALID, error.problem, Span(start + at, start + min(at + 1, len(chunk))), related)
    import re

    control = re.search("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", chunk)
    at = control.start() if control else 0
    character = f"U+{ord(chunk[at]):04X}: " if control else ""
    return Fault(Fault.INVALID, f"{character}control characters are not allowed", Span(start + at, start + at + 1))
