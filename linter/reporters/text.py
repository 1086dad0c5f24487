"""For people: a code frame for each finding, repeats folded, a summary at the end."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.reporters.palette import painter
from linter.reporters.terminal import alphabet, colored, columns
from linter.reporters.totals import statistics, summed

if TYPE_CHECKING:
    from typing import TextIO

    from linter.diagnostics import Diagnostic
    from linter.reporters import Options
    from linter.reporters.palette import Line
    from linter.summary import Summary


class Text:
    """The `text` format. All is written at the end, in one piece, because repeats must be known before the first."""

    def __init__(self, stream: TextIO, options: Options) -> None:
        self._stream = stream
        self._options = options
        self._diagnostics: list[Diagnostic] = []

    def report(self, diagnostic: Diagnostic) -> None:
        """Keep a diagnostic."""
        self._diagnostics.append(diagnostic)

    def finish(self, summary: Summary) -> None:
        """Write frames, statistics and summary, as far as they are wanted."""
        paint = painter(colored(self._options.color, self._stream))
        parts = self._frames() if self._diagnostics else []
        width, letters = columns(self._options.width, self._stream), alphabet(self._stream)
        if self._options.statistics and self._diagnostics:
            parts.append(statistics(self._diagnostics))
        if not self._options.quiet:
            parts.append(summed(summary, self._diagnostics, width, letters))
        self._stream.write("\n".join(map(paint, parts)))

    def _frames(self) -> list[list[Line]]:
        from linter.reporters.frames.excerpt import Page
        from linter.reporters.frames.frame import frame
        from linter.reporters.repeats import grouped
        from linter.reporters.secrets import Secrets

        options = self._options
        page = Page(columns(options.width, self._stream), alphabet(self._stream), Secrets(options.secrets))
        shown = grouped(self._diagnostics) if options.group else ((one, ()) for one in self._diagnostics)
        return [frame(diagnostic, page, repeats) for diagnostic, repeats in shown]
