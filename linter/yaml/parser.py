"""YAML text to positioned documents, read as Calico's tools read it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.yaml.extension import ReaderMissing
from linter.yaml.nodes import Document, Fault, Scalar
from linter.yaml.reader import read

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from linter.text import Source
    from linter.yaml.corrections import Corrected
    from linter.yaml.scalars import Memo

__all__ = ["ReaderMissing", "documents", "first"]

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
    for start, body, end in _bounds(source.text):
        faults = [fault for fault in pending if start <= fault.span.start < end] if pending else []
        document = _document(source, index, start, body, end, memo, corrected, faults)
        if document is not None:
            index += 1
            yield document


def first(source: Source, memo: Memo) -> Document | None:
    """The first document, as sigs.k8s.io/yaml reads a text by itself; None where there is none."""
    return _document(source, 0, 0, 0, len(source.text), memo, _without_marks(source.text), [])


def _without_marks(text: str) -> Corrected | None:
    if "\ufeff" not in text:
        return None
    from linter.yaml.corrections import without_marks

    return without_marks(text)


def _bounds(text: str) -> Iterator[tuple[int, int, int]]:
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
    start: int,
    body: int,
    end: int,
    memo: Memo,
    corrected: Corrected | None,
    faults: list[Fault],
) -> Document | None:
    root, aliases, found, hollow = read(source.text, start, end, memo, corrected)
    faults += found
    if faults and any(fault.kind in (Fault.INVALID, Fault.LIMIT) for fault in faults):
        root = None
    elif root is None and not faults:
        return None
    elif type(root) is Scalar and root.start == root.end:
        root = None
    return Document(source, index, body, end, root, faults, aliases, hollow)
