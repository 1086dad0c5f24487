"""One ignore as it stands in a file: which rules it names, and which part of the file it covers."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

if TYPE_CHECKING:
    from linter.text import Span

ANNOTATION: Final = "peerlint.dev/ignore"

UNREACHABLE: Final = frozenset(
    {
        "invalid-configuration",
        "unreadable-file",
        "input-limit",
        "internal-error",
        "unused-ignore",
        "unknown-ignore",
        "ignore-without-reason",
        "stale-baseline",
    }
)
"""Rules about peerlint's own input, which only the configuration silences (rule catalogue, CAL010 to CAL017)."""


class Name(NamedTuple):
    """A rule's name or code as an ignore gives it, where it stands, and the reason given with it."""

    text: str
    span: Span
    reason: str


class Ignore(NamedTuple):
    """A comment or an annotation that suppresses findings, or was meant to.

    `span` is the comment from its `#`, or the annotation with its key. `covers` has the places at which a finding must
    begin, both ends included; None where there is nothing to cover. `removal` is the text to delete with the whole
    ignore, `rewrite` the text that lists its names; None where that takes more than one deletion. A `mistake` says why
    it suppresses nothing at all, `repair` what to write instead, if that is clear. In a file of which a part could not
    be read, an ignore for the whole is `doubtful`: what it suppresses there is unknown.
    """

    names: tuple[Name, ...]
    span: Span
    covers: Span | None
    removal: Span | None = None
    rewrite: Span | None = None
    annotation: bool = False
    mistake: str = ""
    repair: tuple[Span, str] | None = None
    doubtful: bool = False
    first: str = ""
    """The key of a document that alone is covered by a comment above its first line."""
