"""Phrases that several formats share: counts, places, objects."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linter.diagnostics import Label, ObjectName


def counted(number: int, noun: str) -> str:
    """`1 error`, `2 errors`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def place(label: Label) -> str:
    """`path:line:column`, as terminals and editors make it clickable."""
    line, column, _ = label.source.position(min(label.span.start, len(label.source.text)))
    return f"{label.source.path}:{line}:{column}"


def object_name(subject: ObjectName | None) -> str:
    """`Kind/name`, `Kind/namespace/name`, `Kind`, or nothing where the manifest does not say."""
    if subject is None:
        return ""
    parts = (subject.kind, subject.namespace, subject.name)
    return "/".join(part for part in parts if part)
