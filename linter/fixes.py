"""Edits applied to text."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterable

    from linter.diagnostics import Edit


def applied(text: str, edits: Iterable[Edit]) -> str:
    """The text with every edit made.

    Raises:
        ValueError: two edits overlap.
    """
    parts: list[str] = []
    done = 0
    for edit in sorted(edits, key=lambda edit: edit.span):
        if edit.span.start < done:
            raise ValueError(f"edits overlap at offset {edit.span.start}")
        parts += (text[done : edit.span.start], edit.new_text)
        done = edit.span.end
    return "".join((*parts, text[done:]))
