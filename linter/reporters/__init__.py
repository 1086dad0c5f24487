"""How diagnostics reach people and programs: one format a file, two verbs."""

from __future__ import annotations

from importlib import import_module
from types import MappingProxyType
from typing import TYPE_CHECKING, Literal, NamedTuple, Protocol, TextIO, cast

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from linter.diagnostics import Diagnostic
    from linter.summary import Summary
    from linter.text import Span

Color = Literal["auto", "always", "never"]


class Reporter(Protocol):
    """One output of a run. Errors of the stream, BrokenPipeError among them, pass through both verbs."""

    def report(self, diagnostic: Diagnostic) -> None:
        """Take one diagnostic; they come in the order in which they are to be read."""

    def finish(self, summary: Summary) -> None:
        """Write what is left; called once, after the last diagnostic."""


class Options(NamedTuple):
    """How to say it. Each format uses what it has a use for.

    `color` "auto" follows the stream and the environment. `width` is in terminal cells; None asks the terminal.
    `group` folds repeats of one cause, `statistics` adds a table by rule, `quiet` leaves out all but the findings.
    `secrets` holds, by path as shown, the spans that must never be shown (`linter.secrets`); it is looked into when a
    diagnostic is reported, so it may still grow. `aside` takes the closing line of formats whose own stream is for
    findings alone (standard error, as a rule).
    """

    color: Color = "auto"
    width: int | None = None
    group: bool = True
    statistics: bool = False
    quiet: bool = False
    secrets: Mapping[str, Sequence[Span]] = MappingProxyType({})
    aside: TextIO | None = None


REPORTERS: Mapping[str, str] = MappingProxyType(
    {
        "text": "linter.reporters.text:Text",
        "concise": "linter.reporters.concise:Concise",
        "json": "linter.reporters.json:Json",
        "jsonl": "linter.reporters.jsonl:JsonLines",
    }
)
"""Formats by name, as "module:Class", so that a format is imported when it is used."""


def make(name: str, stream: TextIO, options: Options) -> Reporter:
    """The reporter of a format, which gets each diagnostic with the values of `options.secrets` taken out.

    Raises:
        KeyError: there is no format of this name.
    """
    from linter.reporters.concealment import Concealing

    module, _, made = REPORTERS[name].partition(":")
    reporter = getattr(import_module(module), made)(stream, options)
    return Concealing(cast("Reporter", reporter), options.secrets)
