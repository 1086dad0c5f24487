"""YAML text to positioned documents, read as Calico's tools read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.text import Span
from linter.yaml.builder import Builder, Refused
from linter.yaml.extension import ReaderMissing, clib, events
from linter.yaml.nodes import Document, Fault, Scalar

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator
    from typing import Any, Final

    from linter.text import Source
    from linter.yaml.corrections import Corrected
    from linter.yaml.nodes import Node
    from linter.yaml.scalars import Memo

__all__ = ["NODES", "SIZE", "ReaderMissing", "documents", "first"]

SIZE: Final = 10 * 1024 * 1024
"""Bytes of one document; calicoctl reads no larger one (calico-fields §10)."""

NODES: Final = 500_000
"""Nodes of one document, so that it fits in memory."""

_DIRECTIVES = 100
"""`%TAG` directives of one large document: the C parser looks through all of them for every tag."""

_REREADINGS = 1_000_000
"""How many characters are read again for what only a reading finds."""

_BLANKS = frozenset(["", " ", "\t", "\r", "\n"])


def documents(source: Source, memo: Memo, undecoded: Iterable[Fault] = ()) -> Iterator[Document]:
    """The documents of a stream in order, each read on its own, so that a broken one hides no other.

    A document begins at a line that starts with `---`, as Calico's tools split files before reading (calico-fields
    §10); of one that ends before the next such line the rest is lost. `memo` keeps what plain scalars mean, by text; it
    belongs to the caller's run. `undecoded` are the faults that `linter.yaml.encoding.decode` found in the text.
    """
    corrected = _without_marks(source.text)
    pending = tuple(undecoded)
    index = 0
    for start, body, end in _chunks(source.text):
        faults = [fault for fault in pending if start <= fault.span.start < end]
        document = _document(source, index, (start, body, end), memo, corrected, faults)
        if document is not None:
            index += 1
            yield document


def first(source: Source, memo: Memo) -> Document | None:
    """The first document, as sigs.k8s.io/yaml reads a text by itself; None where there is none."""
    return _document(source, 0, (0, 0, len(source.text)), memo, _without_marks(source.text), [])


def _without_marks(text: str) -> Corrected | None:
    if "\ufeff" not in text:
        return None
    from linter.yaml.corrections import without_marks

    return without_marks(text)


def _chunks(text: str) -> Iterator[tuple[int, int, int]]:
    """For each document: where what precedes its `---` begins, where it begins itself, and where it ends."""
    start = body = 0
    at = _separator(text, 0)
    if at >= 0 and _is_prefix(text[:at]):
        body = at + 3
        at = _separator(text, body)
    while at >= 0:
        yield start, body, at
        start, body = at, at + 3
        at = _separator(text, body)
    yield start, body, len(text)


def _separator(text: str, start: int) -> int:
    """The next line that starts with `---` and goes on with a blank, or -1."""
    if start == 0 and text.startswith("---") and text[3:4] in _BLANKS:
        return 0
    at = text.find("\n---", start)
    while at >= 0 and text[at + 4 : at + 5] not in _BLANKS:
        at = text.find("\n---", at + 4)
    return at + 1 if at >= 0 else -1


def _is_prefix(text: str) -> bool:
    """Whether a text only has what may stand before a document: comments, directives, blank lines."""
    return all(line[:1] == "%" or line.lstrip(" \t")[:1] in ("", "#") for line in text.splitlines())


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
    root, aliases, found = _outcome(source.text, chunk, start, memo, corrected)
    if found and found[0].kind == Fault.INVALID and chunk.lstrip("- \t\r\n\x85\u2028\u2029")[:1] in ("[", "{", "#"):
        from linter.yaml.roots import end_of_root

        length = end_of_root(chunk, start, found[0])
        if length is not None:
            root, aliases, found = _outcome(source.text, chunk[:length], start, memo, corrected)
            found += _lost(chunk, length, start)
    faults += found
    if root is None and not faults:
        return None
    broken = any(fault.kind in (Fault.INVALID, Fault.LIMIT) for fault in faults)
    if broken or (type(root) is Scalar and root.start == root.end):
        root = None
    return Document(source, index, body, end, root, faults, aliases)


def _outcome(
    text: str, chunk: str, start: int, memo: Memo, corrected: Corrected | None
) -> tuple[Node | None, frozenset[str], list[Fault]]:
    """The root of a document's text, the aliases it uses and what is wrong with it."""
    try:
        builder, root, last = _read(text, chunk, start, memo, corrected)
        if root is None:
            return None, frozenset(), []
        faults = _judged(builder, root)
        end = last.end_mark.index if last.explicit else last.start_mark.index
        if end < len(chunk):
            faults += _lost(chunk, end, start)
        return root, frozenset(builder.aliases), faults
    except Refused as refused:
        return None, frozenset(), [refused.fault]
    except (clib.YAMLError, UnicodeEncodeError) as error:
        return None, frozenset(), [_fault(error, chunk, start)]


def _read(
    text: str, chunk: str, start: int, memo: Memo, corrected: Corrected | None
) -> tuple[Builder, Node | None, Any]:
    builder = Builder(text, start, memo, corrected)
    try:
        return builder, *builder.build(_events(chunk, start))
    except clib.ScannerError as error:
        from linter.yaml.corrections import uncorrected, without_cause, without_inner_colons

        again = corrected._replace(text=chunk) if corrected else uncorrected(chunk)
        if without_cause(again, error.problem, error.problem_mark.index) is None:
            raise
    try:
        return _reread(text, start, memo, without_inner_colons(again))
    except clib.YAMLError:
        return _reread(text, start, memo, again)


def _reread(text: str, start: int, memo: Memo, corrected: Corrected) -> tuple[Builder, Node | None, Any]:
    """Reads on past everything that only stops the C parser."""
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


def _events(chunk: str, start: int) -> Callable[[], Any]:
    """The parser's events, for a large text within bounds.

    Raises:
        Refused: the text is larger than is read.
    """
    if len(chunk) < NODES // 2:
        return events(chunk)
    here = Span(start, start + 1)
    if len(chunk) > SIZE or len(chunk.encode("utf-8", "replace")) > SIZE:
        raise Refused(Fault(Fault.LIMIT, f"larger than {SIZE >> 20} MiB", here))
    if chunk.count("%TAG") > _DIRECTIVES:
        raise Refused(Fault(Fault.LIMIT, f"more than {_DIRECTIVES} %TAG directives", here))
    return _counted(events(chunk), here)


def _counted(get: Callable[[], Any], here: Span) -> Callable[[], Any]:
    left = NODES

    def counted() -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            raise Refused(Fault(Fault.LIMIT, f"more than {NODES:,} nodes", here))
        return get()

    return counted


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
    return builder.faults


def _lost(chunk: str, end: int, start: int) -> list[Fault]:
    """The text that comes after the end of the document."""
    import re

    space = re.compile(r"(?:\s|(?<=\s)#.*|^\.\.\.(?!\S)|^%.*)*", re.MULTILINE).match(chunk, end)
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
            context = start + error.context_mark.index
            related = ((Span(context, context + 1), error.context),)
        return Fault(Fault.INVALID, error.problem, Span(start + at, start + min(at + 1, len(chunk))), related)
    import re

    control = re.search("[^\t\n\r -~\x85\xa0-\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]", chunk)
    at = control.start() if control else 0
    character = f"U+{ord(chunk[at]):04X}: " if control else ""
    return Fault(Fault.INVALID, f"{character}control characters are not allowed", Span(start + at, start + at + 1))
