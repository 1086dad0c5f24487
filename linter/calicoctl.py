"""What calicoctl's loader refuses or loses in a file that other tools read (calico-fields §10)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from linter.resources.base import Resource, object_name
from linter.resources.kinds import CALICO, CRD, identify, manifests
from linter.text import Span
from linter.yaml.nodes import Fault, Mapping, Sequence, content

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from linter.text import Source
    from linter.yaml.nodes import Document, Node


class LoaderFault:
    """Something because of which calicoctl refuses a file or drops text of it.

    `kind` is one of the class constants; `shown` is the kind of a foreign object, the lost text, or how large it is.
    """

    FOREIGN: Final = "an object that is not Calico's"
    LIST: Final = "a List of Kubernetes around objects of Calico's"
    SEPARATOR: Final = "text on the line of a separator"
    LAST_LINE: Final = "text on the last line, behind a separator and without a line break"
    SIZE: Final = "a document larger than calicoctl reads"

    __slots__ = ("kind", "resource", "shown", "span")

    def __init__(self, kind: str, span: Span, shown: str, resource: Resource | None = None) -> None:
        self.kind: Final = kind
        self.span: Final = span
        self.shown: Final = shown
        self.resource: Final = resource

    @property
    def rule(self) -> str:
        """The name of the rule that words this fault."""
        return "calicoctl-unreadable-file"


def refusals(source: Source, documents: Iterable[Document]) -> Iterator[LoaderFault]:
    """What is wrong with a file that holds objects of Calico's; other files are not meant for calicoctl."""
    read = tuple(documents)
    objects = [(document, root) for document in read if document.root for root in _objects(document.root)]
    if any(_holds_calico(root) for _, root in objects):
        for document, root in objects:
            yield from _foreign(document, root)
        yield from _lost(source, read)
    yield from _oversized(source, read)


def _objects(node: Node) -> Iterator[Mapping]:
    """The objects that the loader sees: it takes apart lists at the root and lists of Calico's kinds."""
    below = content(node)
    if isinstance(below, Sequence):
        for item in below.items:
            yield from _objects(item)
    elif isinstance(below, Mapping):
        if _is_calico(below) and (items := below.fields.get("items")):
            yield from _objects(items.value)
        else:
            yield below


def _is_calico(root: Mapping) -> bool:
    return (object_name(root).api_version or "").startswith(f"{CALICO}/")


def _holds_calico(root: Mapping) -> bool:
    """Whether it is an object of Calico's, or a list with one."""
    return any(_is_calico(one.root) for one in manifests(root))


def _foreign(document: Document, root: Mapping) -> Iterator[LoaderFault]:
    name = object_name(root)
    # Near misses of Calico's headers are told by rules of their own.
    if not name.kind or not name.api_version or _is_calico(root) or identify(root).fault:
        return
    if not name.api_version.startswith(f"{CRD}/"):
        fault, resource = LoaderFault.LIST if _holds_calico(root) else LoaderFault.FOREIGN, Resource(document, root)
        yield LoaderFault(fault, resource.kind_label().span, name.kind, resource)


def _lost(source: Source, documents: Iterable[Document]) -> Iterator[LoaderFault]:
    """Text on the line of a separating `---`, comments apart."""
    text = source.text
    last = _last_separator(text)
    if last is not None:
        yield LoaderFault(LoaderFault.LAST_LINE, last, text[last.start : last.end])
    for document in documents:
        end = text.find("\n", document.start)
        if end < 0 or document.faults or text[document.start - 4 : document.start] != "\n---":
            continue
        lost = text[document.start : end].strip()
        if lost and not lost.startswith("#"):
            start = text.index(lost, document.start)
            yield LoaderFault(LoaderFault.SEPARATOR, Span(start, start + len(lost)), lost)


def _last_separator(text: str) -> Span | None:
    """A `---` with anything behind it on a last line without a line break."""
    at = text.rfind("\n---") + 1
    return Span(at, len(text)) if at and at + 3 < len(text) and "\n" not in text[at:] else None


def _oversized(source: Source, documents: Iterable[Document]) -> Iterator[LoaderFault]:
    for document in documents:
        too_large = (one for one in document.faults if one.kind == Fault.LIMIT and one.reason.startswith("larger than"))
        if (fault := next(too_large, None)) and f"{CALICO}/v3" in source.text[document.start : document.end]:
            yield LoaderFault(LoaderFault.SIZE, fault.span, fault.reason)
