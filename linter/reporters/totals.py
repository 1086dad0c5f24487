"""The end of a report for people: what was found, what was checked, what was left out and why."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

from linter.diagnostics import Safety, Severity
from linter.reporters.wording import counted
from linter.yaml.quoting import listed

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linter.diagnostics import Diagnostic
    from linter.reporters.palette import Line, Piece
    from linter.reporters.terminal import Alphabet
    from linter.summary import Summary

NAMED = 5
"""Skipped files of one reason that are named; the JSON names all."""


def summed(summary: Summary, diagnostics: Sequence[Diagnostic], width: int, alphabet: Alphabet) -> list[Line]:
    """The closing lines of a run."""
    from linter.reporters.frames.prose import paragraph

    lines = paragraph([*_verdict(summary), (" ", "plain")], _extent(summary, diagnostics), "plain", 2, width, alphabet)
    for kind, text in _remarks(summary, diagnostics):
        lines += paragraph([(kind, "strong"), (": ", "plain")], text, "plain", 2, width, alphabet)
    return lines


def statistics(diagnostics: Sequence[Diagnostic]) -> list[Line]:
    """A table of rules, the busiest first."""
    rules = Counter((one.rule, one.code, one.severity) for one in diagnostics)
    ranked = sorted(rules.items(), key=lambda item: (-item[1], item[0][0], item[0][2].weight))
    width = max(len(str(number)) for number in rules.values())
    return [
        [
            (f"{number:>{width}} ", "strong"),
            (f"{severity.value:<7} ", severity.value),
            (rule, "plain"),
            (f" {code}", "quiet"),
        ]
        for (rule, code, severity), number in ranked
    ]


def closing(summary: Summary) -> str:
    """The verdict and what it is about, in one line."""
    return f"{''.join(text for text, _ in _verdict(summary))} {_extent(summary, ())}"


def _verdict(summary: Summary) -> Line:
    found: list[Piece] = [
        (counted(summary.counts[severity], severity.value), severity.value)
        for severity in Severity
        if summary.counts.get(severity)
    ]
    if not found:
        return [("no findings", "good")]
    line: Line = [found[0]]
    for piece in found[1:-1]:
        line += [(", ", "plain"), piece]
    return [*line, (" and ", "plain"), found[-1]] if len(found) > 1 else line


def _extent(summary: Summary, diagnostics: Sequence[Diagnostic]) -> str:
    """`in 2 of 14 files (38 objects: 30 BGPPeer, 8 Node)`."""
    faulty = len({one.at.source.path for one in diagnostics})
    files = counted(summary.files, "file")
    where = f"in {faulty} of {files}" if 0 < faulty < summary.files else f"in {files}"
    return where + (f" ({checked})" if (checked := _checked(summary)) else "")


def _checked(summary: Summary) -> str:
    kinds = [f"{number} {kind}" for kind, number in sorted(summary.resources.items()) if number]
    objects = sum(summary.resources.values())
    parts = [counted(summary.documents, "document")] if summary.documents != objects + summary.foreign else []
    if objects:
        parts.append(f"{counted(objects, 'object')}: {', '.join(kinds)}")
    return ", ".join(parts)


def _remarks(summary: Summary, diagnostics: Sequence[Diagnostic]) -> Iterator[tuple[str, str]]:
    """What else there is to tell, each with its kind."""
    if fixes := _fixes(diagnostics):
        yield "fixes", fixes
    yield from (("skipped", skipped) for skipped in _skipped(summary))
    if summary.foreign:
        yield "left alone", f"{counted(summary.foreign, 'object')} of kinds that have no bearing on BGP"
    if summary.other:
        are = "is no manifest" if summary.other == 1 else "are no manifests"
        yield "left alone", f"{counted(summary.other, 'file')} that {are} by name"
    if summary.suppressed:
        yield "suppressed", f"{counted(summary.suppressed, 'finding')}"
    if summary.baselined:
        yield "baseline", f"{counted(summary.baselined, 'finding')} not reported"
    if summary.unknown:
        yield "unknown", f"{counted(summary.unknown, 'rule')} that needed to know more than is here"
    yield from (("note", note) for note in summary.notes)


def _fixes(diagnostics: Sequence[Diagnostic]) -> str:
    graded = Counter(one.fix.safety for one in diagnostics if one.fix)
    return ", ".join(f"{graded[safety]} {safety.value}" for safety in Safety if graded[safety])


def _skipped(summary: Summary) -> Iterator[str]:
    """Skipped files by reason."""
    reasons: dict[str, list[str]] = {}
    for path, reason in summary.skipped:
        reasons.setdefault(reason, []).append(path)
    for reason, paths in sorted(reasons.items()):
        named = paths if len(paths) <= NAMED else [*paths[: NAMED - 1], f"{len(paths) - NAMED + 1} more"]
        yield f"{counted(len(paths), 'file')} ({reason}): {listed(named)}"
