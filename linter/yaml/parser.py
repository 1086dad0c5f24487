"""YAML text to positioned documents, read as Calico's tools read it."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Any, Final

from linter.text import Span
from linter.yaml.builder import Builder, Refused
from linter.yaml.extension import ReaderMissing, clib
from linter.yaml.nodes import Document, Fault, Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from linter.text import Source
    from linter.yaml.builder import Events
    from linter.yaml.corrections import Corrected
    from linter.yaml.nodes import Node
    from linter.yaml.scalars import Memo

__all__ = ["ReaderMissing", "documents"]

SIZE: Final = 10 * 1024 * 1024
"""Bytes of one document; calicoctl reads no larger one (calico-fields §10)."""

NODES: Final = 500_000
"""Nodes of one document, so that it fits in memory."""

_DIRECTIVES = 100

_SEPARATOR = re.compile(r"---(?<![^\r\n]---)(?![^ \t\r\n])")
_PREFIX = re.compile(r"(?:[ \t\r\n]|(?<![^ \t\r\n])#[^\r\n]*|(?<![^\r\n])%[^\r\n]*)*")
_AFTER_END = re.compile(r"(?:[ \t\r\n]|(?<![^ \t\r\n])#[^\r\n]*|(?<![^\r\n])(?:%[^\r\n]*|\.\.\.(?![^ \t\r\n])))*")
_NO_YAML = re.compile("[^\t\n\r\x20-\x7e\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")


def documents(source: Source, memo: Memo, undecoded: Iterable[Fault] = ()) -> Iterator[Document]:
    """The documents of a stream in order, each read on its own, so that a broken one hides no other.

    A document begins at a line that starts with `---`, as Calico's tools split files before reading (calico-fields
    §10). `memo` keeps what plain scalars mean, by text; it belongs to the caller's run. `undecoded` are the faults
    that `linter.yaml.encoding.decode` found in the text.
    """
    text, corrected = source.text, None
    if "\ufeff" in text:
        from linter.yaml.corrections import without_marks

        corrected = without_marks(text)
    pending = list(undecoded)
    index = 0
    for start, body, end in _chunks(text):
        faults = [fault for fault in pending if start <= fault.span.start < end] if pending else []
        document = _document(source, index, (start, body, end), memo, corrected, faults)
        if document is not None:
            index += 1
            yield document


def _chunks(text: str) -> Iterator[tuple[int, int, int]]:
    """Where each document's text starts with what stands before its `---`, where after it, and where it ends."""
    start = body = 0
    for separator in _SEPARATOR.finditer(text):
        at = separator.start()
        if body == 0:
            if _PREFIX.fullmatch(text, 0, at):
                body = at + 3
                continue
        yield start, body, at
        start, body = at, at + 3
    yield start, body, len(text)


def _document(
    source: Source,
    index: int,
    bounds: tuple[int, int, int],
    memo: Memo,
    corrected: Corrected | None,
    faults: list[Fault],
) -> Document | None:
    start, body, end = bounds
    chunk = (corrected.text if corrected else source.text)[start:end]
    root: Node | None = None
    aliases: frozenset[str] = frozenset()
    try:
        builder = Builder(source.text, start, memo, corrected)
        try:
            root, last = builder.build(_events(chunk, start))
        except clib.ScannerError as error:
            if error.problem != "found unexpected ':'":
                raise
            builder = _corrected_builder(source.text, chunk, start, memo, corrected)
            root, last = builder.build(_events(builder.corrected.text, start))
        if root is None:
            return Document(source, index, body, end, None, faults) if faults else None
        aliases = frozenset(builder.aliases)
        faults = faults + _judge(builder, root)
        lost = _lost(last, chunk)
        if lost is not None:
            faults.append(Fault(Fault.LOST, "the document has ended before this text, which is dropped without a word", Span(start + lost, start + lost + 1)))
    except Refused as refused:
        faults = [*faults, refused.fault]
    except (clib.YAMLError, UnicodeEncodeError) as error:
        faults = [*faults, _fault(error, chunk, start)]
    if any(fault.kind in (Fault.INVALID, Fault.LIMIT) for fault in faults):
        root = None
    elif isinstance(root, Scalar) and root.start == root.end:
        root = None
    return Document(source, index, body, end, root, faults, aliases)


def _corrected_builder(text: str, chunk: str, start: int, memo: Memo, corrected: Corrected | None) -> Builder:
    from linter.yaml.corrections import Corrected, without_flow_colons

    return Builder(text, start, memo, without_flow_colons(Corrected(chunk, corrected.stands_for if corrected else {})))


def _events(chunk: str, start: int) -> Events:
    """The parser's events.

    Raises:
        Refused: the text is larger than is read.
    """
    if len(chunk) > SIZE // 4 and len(chunk.encode("utf-8", "replace")) > SIZE:
        raise Refused(Fault(Fault.LIMIT, f"the document is larger than {SIZE >> 20} MiB", Span(start, start)))
    get: Events = clib.CParser(chunk).get_event
    return get if len(chunk) < NODES // 2 else _counted(get, chunk, start)


def _counted(get: Events, chunk: str, start: int) -> Events:
    if chunk.count("%TAG") > _DIRECTIVES:
        raise Refused(Fault(Fault.LIMIT, f"the document has more than {_DIRECTIVES} %TAG directives", Span(start, start)))
    left = NODES

    def counted() -> Any:
        nonlocal left
        left -= 1
        event = get()
        if left < 0:
            place = event.start_mark.index + start
            raise Refused(Fault(Fault.LIMIT, f"the document has more than {NODES:,} nodes", Span(place, place)))
        return event

    return counted


def _judge(builder: Builder, root: Node) -> list[Fault]:
    """What only the whole document shows."""
    faults = builder.faults
    if builder.aliases:
        from linter.yaml.expansion import Expansion

        Expansion().check(root)
    if builder.unsettled:
        from linter.yaml.fields import settle

        for mapping in builder.unsettled:
            settle(mapping, faults)
    if builder.doubtful:
        from linter.yaml.fields import unholdable

        faults.extend(unholdable(root))
    return faults


def _lost(last: Any, chunk: str) -> int | None:
    """Where the text begins that comes after the end of the document."""
    position = last.end_mark.index if last.explicit else last.start_mark.index
    found = _AFTER_END.match(chunk, position)
    position = found.end() if found else position
    return position if position < len(chunk) else None


def _fault(error: Exception, chunk: str, start: int) -> Fault:
    """The C parser's complaint, and where it was reading from."""
    if isinstance(error, (clib.ScannerError, clib.ParserError)):
        related = ()
        at = error.problem_mark.index + start
        if error.context_mark is not None:
            context = error.context_mark.index + start
            related = ((Span(context, context + 1), error.context),)
        return Fault(Fault.INVALID, error.problem, Span(at, min(at + 1, start + len(chunk))), related)
    control = _NO_YAML.search(chunk)
    at = control.start() if control else 0
    name = f" (U+{ord(chunk[at]):04X})" if control else ""
    return Fault(Fault.INVALID, f"control characters are not allowed{name}", Span(start + at, start + at + 1))
