"""Where the findings go: `--output FORMAT[=FILE]`, several at once."""

from __future__ import annotations

import sys
from contextlib import ExitStack
from typing import TYPE_CHECKING, NamedTuple

from linter.cli.arguments import UsageError
from linter.reporters import REPORTERS, Options, make

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Mapping, Sequence

    from linter.diagnostics import Diagnostic
    from linter.reporters import Color
    from linter.summary import Summary
    from linter.text import Span


class Output(NamedTuple):
    """One format and the file it goes to; "" is standard output."""

    format: str
    file: str


def outputs(wanted: Iterable[str]) -> tuple[Output, ...]:
    """The outputs that the options ask for.

    Raises:
        UsageError: an unknown format, or two outputs to one place.
    """
    found: list[Output] = []
    for text in wanted:
        name, _, file = text.partition("=")
        if name not in REPORTERS:
            raise UsageError(f"no output format is called {name!r}; there are {', '.join(sorted(REPORTERS))}")
        if any(other.file == file for other in found):
            place = file or "standard output"
            raise UsageError(f"two outputs go to {place}; give all but one a file of its own: --output {name}=FILE")
        found.append(Output(name, file))
    return tuple(found)


def write(
    chosen: Iterable[Output],
    diagnostics: Sequence[Diagnostic],
    summary: Summary,
    options: Namespace,
    secrets: Mapping[str, Sequence[Span]],
) -> None:
    """Report everything to every output.

    Raises:
        UsageError: a file cannot be written.
    """
    with ExitStack() as files:
        for output in chosen:
            stream = sys.stdout
            if output.file:
                try:
                    stream = files.enter_context(open(output.file, "w", encoding="utf-8", newline="\n"))
                except OSError as error:
                    raise UsageError(f"cannot write {output.file}: {error.strerror}") from error
            color: Color = options.color if not output.file or options.color == "always" else "never"
            told = Options(
                color=color, statistics=options.statistics, quiet=options.quiet, secrets=secrets, aside=sys.stderr
            )
            reporter = make(output.format, stream, told)
            for diagnostic in diagnostics:
                reporter.report(diagnostic)
            reporter.finish(summary)
