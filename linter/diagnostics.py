"""What a rule says and what a user reads: findings, and diagnostics stamped with a rule's identity."""

from __future__ import annotations

from enum import Enum
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from linter.text import Source, Span


class Severity(Enum):
    """How bad a finding is; the order of definition is the order of weight, heaviest first."""

    ERROR = "error"
    WARNING = "warning"
    HINT = "hint"

    @property
    def weight(self) -> int:
        """2 for an error, 1 for a warning, 0 for a hint."""
        return _WEIGHTS[self]


_WEIGHTS = {Severity.ERROR: 2, Severity.WARNING: 1, Severity.HINT: 0}


class Safety(Enum):
    """Whether a fix keeps what Calico does with the object (design: rule catalogue, "Fix")."""

    SAFE = "safe"
    UNSAFE = "unsafe"


class Label(NamedTuple):
    """A place in a source and what to say there."""

    source: Source
    span: Span
    message: str = ""


class Edit(NamedTuple):
    """Replace the text of a span."""

    source: Source
    span: Span
    new_text: str


class Fix(NamedTuple):
    """A titled set of edits that is applied wholly or not at all."""

    title: str
    safety: Safety
    edits: tuple[Edit, ...]


class Finding(NamedTuple):
    """What a rule yields: anonymous, the engine stamps it.

    `severity` is given only where one finding weighs less than its rule; `field` (a JSON Pointer) only where the place
    does not say it, for something missing.
    """

    message: str
    at: Label
    related: tuple[Label, ...] = ()
    help: str = ""
    fix: Fix | None = None
    severity: Severity | None = None
    field: str | None = None


class ObjectName(NamedTuple):
    """The identity of the Kubernetes object a diagnostic is about, as far as the manifest states it."""

    api_version: str | None
    kind: str | None
    namespace: str | None
    name: str | None


class Diagnostic(NamedTuple):
    """A finding with the identity of its rule: plain values that sort, travel and print.

    `fingerprint` is a hash of rule, object, field path and value, so that moved lines do not change it.
    """

    rule: str
    code: str
    severity: Severity
    message: str
    at: Label
    related: tuple[Label, ...]
    help: str
    fix: Fix | None
    url: str | None
    fingerprint: str
    subject: ObjectName | None
    field: str | None
