"""For programs that read as it comes: one diagnostic a line."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING

from linter.reporters.record import record

if TYPE_CHECKING:
    from typing import TextIO

    from linter.diagnostics import Diagnostic
    from linter.reporters import Options
    from linter.summary import Summary


class JsonLines:
    """The `jsonl` format: each line a member of the `diagnostics` of the `json` format, written at once."""

    def __init__(self, stream: TextIO, options: Options) -> None:  # noqa: ARG002 (every format is made alike)
        self._stream = stream

    def report(self, diagnostic: Diagnostic) -> None:
        """Write a diagnostic."""
        self._stream.write(json.dumps(record(diagnostic)) + "\n")

    def finish(self, summary: Summary) -> None:
        """Nothing: every line is a diagnostic, and the summary is none."""
