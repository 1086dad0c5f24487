"""Where secret values stand, so that no output shows them (product: Bad input)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linter.resources.kinds import manifests
from linter.text import Span
from linter.yaml.nodes import Mapping, Scalar, content, walk
from linter.yaml.parser import documents

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.resources.kinds import Manifest
    from linter.text import Source
    from linter.yaml.nodes import Content, Document, Node

_SAYS_SECRET = re.compile(r"\bkind[\"']?\s*:\s*[\"']?Secret\b", re.IGNORECASE)
_VALUE = re.compile(r"(?m)^[ \t]*(?:- +)*(?:[^\s:#]+:[ \t]+)?(\S.*?)[ \t]*$")
_APPLIED = "kubectl.kubernetes.io/last-applied-configuration"
_REFERENCE = ("name", "key", "namespace", "optional")
"""What a reference to a Secret may hold, and the namespace that people add to it: none is a password."""
_PASSWORDS = frozenset({"password", "nodeMeshPassword"})
_OPEN = frozenset({"apiversion", "kind", "metadata", "type", "immutable"})
"""The members of a Secret that hold no value; what stands under any other name may be a misspelt or misplaced one."""

_TEMPLATES = {"sealedsecret": ("spec", "template"), "externalsecret": ("spec", "target", "template")}
"""Where the kinds that a controller makes a Secret of hold what it is made of."""


def secret_spans(source: Source, documents: tuple[Document, ...]) -> tuple[Span, ...]:
    """Spans that must never be shown: values of Secrets, their applied copies, passwords written as plain text.

    A document that could not be read but speaks of a Secret is hidden line by line, all but its keys.
    """
    found: list[Span] = []
    for document in documents:
        if document.root is not None:
            for manifest in manifests(document.root):
                found += _in_object(manifest)
        elif _SAYS_SECRET.search(source.text, document.start, document.end):
            found += _in_broken(source, document)
    return tuple(sorted({span for span in found if span.end > span.start}))


def configured_passwords(source: Source) -> tuple[Span, ...]:
    """Spans of the passwords that a configuration gives its external routers as plain text."""
    found = [
        span
        for document in documents(source, {})
        for node in (walk(document.root) if document.root is not None else ())
        for entry in (node.entries if isinstance(node, Mapping) else ())
        if entry.key.text == "password"
        for span in _scalars(entry.value)
    ]
    return tuple(sorted(span for span in found if span.end > span.start))


def _in_object(manifest: Manifest) -> Iterator[Span]:
    root, listed = manifest.root, manifest.listed.kind
    kind = str(getattr(_below(root, "kind"), "value", listed.name if listed else "")).lower()
    if kind == "secret":
        yield from _in_secret(root)
    elif kind in _TEMPLATES:
        template = _below(root, *_TEMPLATES[kind])
        for name in ("data", "stringData"):
            for value in _member(template, name):
                yield from _scalars(value)
    spec = _below(root, "spec")
    for name in _PASSWORDS:
        entry = spec.fields.get(name) if isinstance(spec, Mapping) else None
        if entry is not None:
            yield from _in_password(entry.value)


def _below(root: Content, *path: str) -> Content | None:
    below: Content | None = root
    for name in path:
        below = next(iter(_member(below, name)), None)
    return below


def _in_password(node: Node) -> Iterator[Span]:
    """All but a reference: what stands there instead of one is the password itself, as likely as not."""
    below = content(node)
    reference = below.fields.get("secretKeyRef") if isinstance(below, Mapping) else None
    inner = content(reference.value) if reference else None
    if isinstance(below, Mapping) and isinstance(inner, Mapping) and len(below.fields) == 1 and _names_only(inner):
        return
    named = {id(scalar) for name in _REFERENCE for scalar in _member(inner, name)}
    for span, scalar in _texts(node):
        if id(scalar) not in named:
            yield span


def _names_only(reference: Mapping) -> bool:
    return all(name in _REFERENCE and isinstance(entry.value, Scalar) for name, entry in reference.fields.items())


def _member(node: Content | None, name: str) -> Iterator[Content]:
    if isinstance(node, Mapping) and name in node.fields:
        yield content(node.fields[name].value)


def _in_secret(root: Mapping) -> Iterator[Span]:
    for entry in root.entries:
        if entry.key.text.lower() not in _OPEN:
            yield from _scalars(entry.value)
    for applied in _member(_below(root, "metadata", "annotations"), _APPLIED):
        yield from _scalars(applied)


def _scalars(node: Node) -> Iterator[Span]:
    return (span for span, _ in _texts(node))


def _texts(node: Node) -> Iterator[tuple[Span, Content]]:
    """Every scalar value below with its place, through aliases; keys stay readable.

    A tag or an anchor belongs to the value: a password that begins with `!` or `&` and has no quotes is read as one.
    """
    stack, seen = [node], set[int]()
    while stack:
        below = content(stack.pop())
        if id(below) in seen:
            continue
        seen.add(id(below))
        if isinstance(below, Scalar):
            yield below.span, below
        else:
            yield Span(below.start, below.text_start), below
            stack += [entry.value for entry in below.entries] if isinstance(below, Mapping) else below.items


def _in_broken(source: Source, document: Document) -> Iterator[Span]:
    for line in _VALUE.finditer(source.text, document.start, document.end):
        yield Span(line.start(1), line.end(1))
