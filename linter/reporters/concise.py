"""For grep, editors and eyes in a hurry: one line a finding."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.reporters.frames.glyphs import visible
from linter.reporters.palette import painter, plain
from linter.reporters.terminal import alphabet, colored
from linter.reporters.totals import closing, statistics
from linter.reporters.wording import object_name, place

if TYPE_CHECKING:
    from typing import TextIO

    from linter.diagnostics import Diagnostic
    from linter.reporters import Options
    from linter.reporters.palette import Line
    from linter.summary import Summary


class Concise:
    """The `concise` format, `path:line:col: severity[rule CALnnn] message (Kind/name)`, each line written at once.

    Programs read it as they read a compiler: Vim's `errorformat` is `%f:%l:%c: %t%*[a-z][%*[^]]] %m`. The stream holds
    findings alone, so that counting lines counts them; statistics and the closing line go to `Options.aside`.
    """

    def __init__(self, stream: TextIO, options: Options) -> None:
        self._stream = stream
        self._options = options
        self._counted: list[Diagnostic] = []
        self._paint = painter(colored(options.color, stream))
        self._alphabet = alphabet(stream)

    def report(self, diagnostic: Diagnostic) -> None:
        """Write a diagnostic."""
        self._stream.write(self._paint([self._line(diagnostic)]))
        if self._options.statistics:
            self._counted.append(diagnostic)

    def finish(self, summary: Summary) -> None:
        """Say statistics and the verdict aside, as far as they are wanted."""
        aside = self._options.aside
        if aside and self._counted:
            aside.write(plain(statistics(self._counted)))
        if aside and not self._options.quiet:
            aside.write(closing(summary) + "\n")

    def _line(self, diagnostic: Diagnostic) -> Line:
        named = object_name(diagnostic.subject)
        return [
            (visible(place(diagnostic.at), self._alphabet), "path"),
            (": ", "quiet"),
            (diagnostic.severity.value, diagnostic.severity.value),
            (f"[{diagnostic.rule} {diagnostic.code}] ", "quiet"),
            (visible(diagnostic.message, self._alphabet), "plain"),
            (f" ({visible(named, self._alphabet)})" if named else "", "quiet"),
        ]
