"""A diagnostic as the JSON value that `schemas/output.schema.json` describes."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linter.diagnostics import Diagnostic, Edit, Fix, Label, ObjectName
    from linter.text import Source, Span

Json = dict[str, object]


def record(diagnostic: Diagnostic) -> Json:
    """The diagnostic as data (design: product page, "Diagnostics"); lines and columns from 1, offsets from 0."""
    return {
        "rule": diagnostic.rule,
        "code": diagnostic.code,
        "severity": diagnostic.severity.value,
        "message": diagnostic.message,
        "help": diagnostic.help,
        "url": diagnostic.url,
        "fingerprint": diagnostic.fingerprint,
        "path": diagnostic.at.source.path,
        "range": extent(diagnostic.at.source, diagnostic.at.span),
        "object": diagnostic.subject and _object(diagnostic.subject),
        "field": diagnostic.field,
        "related": [_related(label) for label in diagnostic.related],
        "fix": diagnostic.fix and _fix(diagnostic.fix),
    }


def extent(source: Source, span: Span) -> Json:
    """A span as start and end, the end exclusive; kept within the text."""
    return {"start": _position(source, span.start), "end": _position(source, max(span.end, span.start))}


def _position(source: Source, offset: int) -> Json:
    return source.position(min(offset, len(source.text)))._asdict()


def _object(subject: ObjectName) -> Json:
    return {
        "apiVersion": subject.api_version,
        "kind": subject.kind,
        "namespace": subject.namespace,
        "name": subject.name,
    }


def _related(label: Label) -> Json:
    return {"path": label.source.path, "range": extent(label.source, label.span), "message": label.message}


def _fix(fix: Fix) -> Json:
    return {"title": fix.title, "safety": fix.safety.value, "edits": [_edit(edit) for edit in fix.edits]}


def _edit(edit: Edit) -> Json:
    return {"path": edit.source.path, "range": extent(edit.source, edit.span), "newText": edit.new_text}
