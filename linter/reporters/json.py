"""For programs: the whole run as one JSON document."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from linter.diagnostics import Severity
from linter.reporters.record import record

if TYPE_CHECKING:
    from typing import TextIO

    from linter.diagnostics import Diagnostic
    from linter.reporters import Options
    from linter.summary import Summary

SCHEMA_VERSION = 1
"""Rises when a consumer of the document would have to change."""


class Json:
    """The `json` format: ASCII, one line for the run and one for each diagnostic, so that two runs compare well."""

    def __init__(self, stream: TextIO, options: Options) -> None:  # noqa: ARG002 (every format is made alike)
        self._stream = stream
        self._records: list[str] = []

    def report(self, diagnostic: Diagnostic) -> None:
        """Keep a diagnostic as JSON."""
        self._records.append(json.dumps(record(diagnostic)))

    def finish(self, summary: Summary) -> None:
        """Write the document."""
        head = json.dumps(_head(summary))[:-1]
        body = ",\n".join(self._records)
        self._stream.write(f'{head}, "diagnostics": [\n{body}\n]}}\n' if body else f'{head}, "diagnostics": []}}\n')


def _head(summary: Summary) -> dict[str, object]:
    """The document without its diagnostics."""
    return {
        "schemaVersion": SCHEMA_VERSION,
        "tool": {"name": "peerlint", "version": summary.tool_version},
        "calicoVersion": summary.calico_version,
        "summary": {
            "files": summary.files,
            "documents": summary.documents,
            "resources": dict(sorted(summary.resources.items())),
            "skipped": [{"path": path, "reason": reason} for path, reason in summary.skipped],
            "counts": {severity.value: summary.counts.get(severity, 0) for severity in Severity},
            **_unreported(summary),
        },
    }


def _unreported(summary: Summary) -> dict[str, int]:
    """What was found and is not among the diagnostics, where there is any."""
    counted = {"suppressed": summary.suppressed, "baselined": summary.baselined}
    return {what: number for what, number in counted.items() if number}
