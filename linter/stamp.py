"""Findings become diagnostics: identity, severity, field path and a fingerprint that moved lines do not change."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from linter.diagnostics import Diagnostic, Finding, Severity
from linter.yaml.quoting import on_one_line

if TYPE_CHECKING:
    from linter.engine import Raised
    from linter.resources.base import Resource
    from linter.text import Span

MASK = "•••"


def stamp(raised: Raised, severity: Severity | None, secrets: tuple[Span, ...]) -> Diagnostic:
    """The diagnostic of one finding.

    `severity` is what the settings say, if anything; `secrets` are the spans of the finding's file whose text must not
    reach even the fingerprint.
    """
    rule, finding, resource = raised.rule, raised.finding, raised.resource
    field = _field(finding, resource)
    return Diagnostic(
        rule=rule.name,
        code=rule.code,
        severity=severity or finding.severity or rule.severity,
        message=on_one_line(finding.message),
        at=finding.at,
        related=finding.related,
        help=on_one_line(finding.help),
        fix=finding.fix,
        url=rule.url,
        fingerprint=_fingerprint(raised, field, secrets),
        subject=resource.identity if resource else None,
        field=field,
    )


def _field(finding: Finding, resource: Resource | None) -> str | None:
    """The JSON Pointer, from the object's root, of the field a finding is about."""
    if finding.field is not None or resource is None or finding.at.source is not resource.source:
        return finding.field
    from linter.yaml.plain import pointer

    whole = pointer(resource.document, finding.at.span)
    return whole.removeprefix(resource.base) if whole is not None else None


def _fingerprint(raised: Raised, field: str | None, secrets: tuple[Span, ...]) -> str:
    """Nothing in it says where in the file, or at which place of a list, the value stands."""
    from hashlib import blake2b

    from linter.yaml.plain import without_positions

    at, resource = raised.finding.at, raised.resource
    hidden = any(secret.start < at.span.end and at.span.start < secret.end for secret in secrets)
    value = MASK if hidden else _value(raised, field)
    named = resource.identity if resource else None
    what = (named.kind, named.namespace, named.name) if named else (os.path.basename(at.source.path),)
    place = None if field is None else without_positions(field)
    return blake2b("\0".join(map(str, (raised.rule.name, *what, place, value))).encode(), digest_size=16).hexdigest()


def _value(raised: Raised, field: str | None) -> str:
    """What stands at a finding's place: a mapping or list as data, anything else as written but for blanks."""
    at, resource = raised.finding.at, raised.resource
    if field and resource is not None and at.source is resource.source:
        from linter.yaml.nodes import Scalar
        from linter.yaml.plain import at as node_at
        from linter.yaml.plain import plain

        node = node_at(resource.root, field)
        if node is not None and node.span == at.span and not isinstance(node, Scalar):
            from json import dumps

            return dumps(plain(node), sort_keys=True)
    return " ".join(at.source[at.span].split())
