"""The baseline of a run: which file it is, what it says, and how it is written anew."""

from __future__ import annotations

import os
from argparse import Namespace
from typing import TYPE_CHECKING

from linter.baseline import STALE, Baseline, read, recorded, written
from linter.cli.arguments import UsageError
from linter.cli.paths import covers, shown
from linter.discovery import BASELINE, File
from linter.discovery import read as bytes_of
from linter.reporters.wording import counted
from linter.text import Source

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Sequence

    from linter.settings import Settings
    from linter.workspace import Report, Workspace
    from linter.yaml.nodes import Fault

DEFAULT = BASELINE
"""Where `--write-baseline` writes when nothing names a file: beside the configuration, or here."""


def told_apart(options: Namespace) -> Namespace:
    """The options with the word after `--write-baseline` among the paths, if it can only be one.

    People read `--write-baseline clusters/` like that, and `--baseline FILE --write-baseline a.yaml`.
    """
    word = options.write_baseline
    is_path = word == "-" or os.path.isdir(word) or options.baseline not in {None, word}
    if not is_path:
        return options
    return Namespace(**{**vars(options), "write_baseline": "", "paths": [word, *options.paths]})


def located(options: Namespace, settings: Settings) -> str | None:
    """The path of the run's baseline, whether or not it is there; None if there is to be none.

    Raises:
        UsageError: entries are to be removed from a baseline that nothing names.
    """
    named = options.write_baseline or options.baseline
    if named:
        return str(named)
    if settings.baseline:
        return os.path.join(settings.root, settings.baseline)
    if options.prune_baseline:
        raise UsageError("no baseline is named: give --baseline FILE, or `baseline` in .peerlint.yaml")
    return os.path.join(settings.root, DEFAULT) if options.write_baseline is not None else None


def gathered(path: str, options: Namespace) -> tuple[Baseline, tuple[Fault, ...]]:
    """The baseline at a path, and what is wrong with it; an empty one where it is still to be written.

    Raises:
        UsageError: it cannot be read.
    """
    from linter.yaml.encoding import decode

    directory = os.path.dirname(os.path.abspath(path))
    try:
        source, faults = decode(shown(path), bytes_of(File(path, path)))
    except OSError as error:
        if isinstance(error, FileNotFoundError) and options.write_baseline is not None:
            return Baseline(Source(shown(path), ""), os.path.realpath(directory)), ()
        raise UsageError(f"cannot read the baseline {path}: {error.strerror}") from error
    baseline, mistakes = read(source, directory)
    return baseline, (*faults, *mistakes)


def gone(baseline: Baseline, paths: Sequence[str], checked: Collection[str]) -> frozenset[str]:
    """The files of entries that are no more, as far as they would have been found where the run looked."""
    places = {entry.path: os.path.normpath(os.path.join(baseline.directory, entry.path)) for entry in baseline.entries}
    lost = {path: place for path, place in places.items() if place not in checked and not os.path.lexists(place)}
    return frozenset(path for path, place in lost.items() if covers(paths, place))


def update(path: str, options: Namespace, report: Report, workspace: Workspace) -> Report:
    """Write the baseline anew, if that is asked for; the report without what it now holds, and with a note.

    A file that is not there yet takes all findings; one that is only ever loses entries.

    Raises:
        UsageError: it cannot be written.
    """
    baseline = workspace.baseline
    if baseline is None or (options.write_baseline is None and not options.prune_baseline):
        return report
    entries = report.remaining if baseline.source.text else recorded(report.diagnostics, workspace.named)
    text = written(entries)
    if text != baseline.source.text:
        save(path, baseline.source.text, text)
    held = baseline._replace(entries=entries).divide(report.diagnostics, workspace.named)
    kept = tuple(one for one in held.kept if one.rule != STALE)
    notes = tuple(_notes(baseline, sum(entry.times for entry in entries), bool(kept), options, workspace.settings))
    return report._replace(diagnostics=kept, baselined=report.baselined + held.held, notes=(*report.notes, *notes))


def _notes(baseline: Baseline, now: int, is_more: bool, options: Namespace, settings: Settings) -> Iterator[str]:
    path = baseline.source.path
    if not baseline.source.text:
        is_named = options.baseline or settings.baseline
        advice = "" if is_named else "; name it as `baseline` in .peerlint.yaml, or give --baseline"
        yield f"{path} holds {counted(now, 'finding')} now{advice}"
        return
    before = sum(entry.times for entry in baseline.entries)
    change = f"{before - now} fewer than before" if now < before else "as before"
    yield f"{path} holds {counted(now, 'finding')}, {change}"
    if options.write_baseline is not None and is_more:
        yield f"{path} only shrinks: what is reported here was not added; delete the file to begin anew"


def save(path: str, before: str, after: str) -> None:
    """Give a baseline its new text, wholly or not at all; without one before it is a new file.

    Raises:
        UsageError: that cannot be done.
    """
    from linter.fixes.files import Rewrite, WriteError, rewrite

    try:
        if not before:
            open(path, "x").close()
        rewrite([Rewrite(File(shown(path), path), before, after)])
    except OSError as error:
        raise UsageError(f"cannot write {path}: {(error.strerror or str(error)).lower()}") from error
    except WriteError as error:
        if not before:
            os.remove(path)
        raise UsageError(str(error)) from error
