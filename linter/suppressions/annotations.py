"""Ignores as annotations on the object: `peerlint.dev/ignore: "rule: reason"`, which survives kustomize and the API."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linter.resources.kinds import manifests
from linter.suppressions.ignore import ANNOTATION, Ignore, Name
from linter.text import Span
from linter.yaml.edits import without
from linter.yaml.nodes import Alias, Mapping, Scalar, content, walk

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linter.text import Source
    from linter.yaml.nodes import Document, Entry

_KEY = re.compile(r"peerlint[\w.-]*/.+", re.IGNORECASE)
_PART = re.compile(r"[^;\r\n]+")


def in_annotations(documents: Sequence[Document]) -> Iterator[Ignore]:
    """The ignores on the objects of a file, near misses included.

    A value is `rule, rule: reason`; several such parts are separated by `;` or line ends, so that a reason has neither.
    An ignore covers the whole object it stands on; in a list, the one item.
    """
    for document in documents:
        if document.root is None:
            continue
        known: set[int] = set()
        for manifest in manifests(document.root):
            below = _annotations(manifest.root)
            for entry in below.fields.values() if below else ():
                if _KEY.fullmatch(entry.key.text):
                    known.add(id(entry.key))
                    yield _ignore(document, manifest.root, entry)
        for node in walk(document.root):
            for entry in node.entries if isinstance(node, Mapping) else ():
                if entry.key.text == ANNOTATION and id(entry.key) not in known:
                    mistake = "stands where it has no effect, because only `metadata.annotations` of an object is read"
                    yield Ignore((), entry.span, None, annotation=True, mistake=mistake)


def _annotations(root: Mapping) -> Mapping | None:
    metadata = _below(root, "metadata")
    return _below(metadata, "annotations") if metadata else None


def _below(node: Mapping, name: str) -> Mapping | None:
    entry = node.fields.get(name)
    below = content(entry.value) if entry else None
    return below if isinstance(below, Mapping) else None


def _ignore(document: Document, root: Mapping, entry: Entry) -> Ignore:
    value = content(entry.value)
    mistaken = Ignore((), entry.span, None, annotation=True)
    if entry.key.text != ANNOTATION:
        repair = (entry.key.text_span, ANNOTATION)
        return mistaken._replace(mistake="is no annotation that peerlint reads", repair=repair)
    if not isinstance(value, Scalar) or not isinstance(value.value, str):
        return mistaken._replace(mistake="is no text and so names no rule")
    names = tuple(_names(document.source, value))
    if not names:
        return mistaken._replace(mistake="names no rule")
    rewrite = None if isinstance(entry.value, Alias) else value.text_span
    return Ignore(names, entry.span, root.span, _removal(document, root, entry), rewrite, annotation=True)


def _names(source: Source, value: Scalar) -> Iterator[Name]:
    place = value.text_start
    for part in _PART.findall(value.text):
        listed, _, reason = part.partition(":")
        begin = source.text.find(part.strip(), place, value.end)
        for name in filter(None, map(str.strip, listed.split(","))):
            at = source.text.find(name, max(begin, place), value.end) if begin >= 0 else -1
            place = at + len(name) if at >= 0 else place
            yield Name(name, Span(at, place) if at >= 0 else value.text_span, reason.strip())
        place = max(place, begin + len(part.strip()))


def _removal(document: Document, root: Mapping, entry: Entry) -> Span | None:
    """The annotation; all of `annotations` if it is the only one."""
    parent, key = _annotations(root), entry.key
    if parent is not None and len(parent.entries) == 1:
        parent = _below(root, "metadata")
        key = parent.fields["annotations"].key if parent else key
    edit = without(document, parent, key) if parent else None
    return edit.span if edit else None
