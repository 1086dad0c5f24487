"""Secret values taken out of diagnostics before any format sees them (product: Bad input)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linter.reporters.secrets import Secrets, touches
from linter.yaml.quoting import on_one_line

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from linter.diagnostics import Diagnostic, Edit, Fix, Label
    from linter.reporters import Reporter
    from linter.reporters.secrets import Hidden
    from linter.summary import Summary
    from linter.text import Source, Span

MASK = "•••"
"""What stands for a secret value, whatever its length."""

_Sources = dict[str, "tuple[Source, Hidden]"]
"""By path: the source and the spans in it that must not be shown."""

_SHORTEST = 4
"""Code points of a value that is looked for in prose; shorter ones would hit half the words of a message."""


class Concealing:
    """Hands diagnostics on without the values of secrets; every format stands behind it, so none can forget.

    Masked are message, help, labels and fix; an edit that touches a secret has the mask for its whole new text. Spans
    and sources stay as they are: who shows text of a source masks it.
    """

    def __init__(self, reporter: Reporter, secrets: Mapping[str, Sequence[Span]]) -> None:
        self._reporter = reporter
        self._secrets = Secrets(secrets)
        self._veils: dict[tuple[tuple[str, int], ...], _Veil] = {}

    def report(self, diagnostic: Diagnostic) -> None:
        """Report what may be said of a diagnostic."""
        found = {source.path: (source, self._secrets.of(source)) for source in _sources(diagnostic)}
        hidden = {path: (source, spans) for path, (source, spans) in found.items() if spans}
        self._reporter.report(self._veil(hidden).diagnostic(diagnostic) if hidden else diagnostic)

    def finish(self, summary: Summary) -> None:
        """End the report."""
        self._reporter.finish(summary)

    def _veil(self, hidden: _Sources) -> _Veil:
        key = tuple(sorted((path, len(spans)) for path, (_, spans) in hidden.items()))
        if key not in self._veils:
            self._veils[key] = _Veil(hidden)
        return self._veils[key]


def veiled(texts: Iterable[str], sources: Iterable[tuple[Source, Hidden]]) -> list[str]:
    """Texts without the values of the secrets of some sources."""
    veil = _Veil({str(number): one for number, one in enumerate(sources)})
    return [veil.text(text) for text in texts]


def _sources(diagnostic: Diagnostic) -> Iterator[Source]:
    yield diagnostic.at.source
    yield from (label.source for label in diagnostic.related)
    yield from (edit.source for edit in diagnostic.fix.edits) if diagnostic.fix else ()


class _Veil:
    """The secrets of the sources that a diagnostic speaks of."""

    def __init__(self, hidden: _Sources) -> None:
        self._hidden = hidden
        values = {value for source, spans in hidden.values() for value in _values(source, spans)}
        longest_first = sorted(values, key=lambda value: (-len(value), value))
        self._pattern = re.compile("|".join(map(re.escape, longest_first))) if values else None

    def diagnostic(self, diagnostic: Diagnostic) -> Diagnostic:
        return diagnostic._replace(
            message=self.text(diagnostic.message),
            help=self.text(diagnostic.help),
            at=self.label(diagnostic.at),
            related=tuple(map(self.label, diagnostic.related)),
            fix=diagnostic.fix and self.fix(diagnostic.fix),
        )

    def text(self, text: str) -> str:
        return self._pattern.sub(MASK, text) if self._pattern else text

    def label(self, label: Label) -> Label:
        return label._replace(message=self.text(label.message))

    def fix(self, fix: Fix) -> Fix:
        return fix._replace(title=self.text(fix.title), edits=tuple(map(self.edit, fix.edits)))

    def edit(self, edit: Edit) -> Edit:
        _, spans = self._hidden.get(edit.source.path, (None, ()))
        told = MASK if edit.new_text and touches(spans, edit.span) else self.text(edit.new_text)
        return edit._replace(new_text=told)


def _values(source: Source, spans: Hidden) -> Iterator[str]:
    """The texts that must not occur in prose: each line of each secret, as written and without its quotes.

    Messages have control characters written out, so that form must not occur either.
    """
    for span in spans:
        for value in _written(source[span]):
            if len(value) >= _SHORTEST:
                yield from {value, on_one_line(value)}


def _written(text: str) -> Iterator[str]:
    for line in text.splitlines():
        value = line.strip()
        yield value
        if value[:1] in {"'", '"'}:
            yield value.strip("'\"")
