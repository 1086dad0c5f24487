"""`peerlint fix`: what `peerlint check` finds and knows how to mend, mended."""

from __future__ import annotations

import sys
from contextlib import redirect_stdout
from typing import TYPE_CHECKING, NamedTuple

from linter.bundle import bundled
from linter.cli.arguments import UsageError
from linter.cli.check import misconfigured, status, summarised, workspace_of
from linter.cli.inputs import gather
from linter.cli.outputs import outputs, write
from linter.diagnostics import Safety
from linter.discovery import STDIN, File, read
from linter.fixes import fix
from linter.fixes.files import Rewrite, WriteError, is_writable, links, rewrite
from linter.fixes.judging import judging
from linter.packs import load
from linter.reporters.progress import Progress
from linter.reporters.wording import counted, place
from linter.text import Source

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping, Sequence

    from linter.cli.configuration import Inputs
    from linter.fixes import Fixed
    from linter.text import Span
    from linter.workspace import Report, Workspace

NAMED = 5
"""Fixes of one kind that are named; the rest is counted."""


class _Work(NamedTuple):
    """What is to be fixed: all files by path, the texts, the paths that may be written, the bytes of standard input."""

    files: Mapping[str, File]
    texts: Mapping[str, str]
    writable: frozenset[str]
    piped: bytes | None


def run(options: Namespace) -> int:
    """Fix, write, and report what remains; returns the exit status."""
    chosen = outputs(options.output or ["text"])
    piped = _piped() if "-" in options.paths else None
    inputs = gather(options, load(bundled("rules")), piped)
    workspace = workspace_of(options, inputs)
    if inputs.faults:
        return misconfigured(options, inputs, workspace, chosen)
    work = _work(inputs, piped)
    with Progress(sys.stderr, quiet=options.quiet) as progress:
        hidden = _filled(workspace, inputs).report(progress.step).secrets
        safety = Safety.UNSAFE if options.unsafe else Safety.SAFE
        fixed = fix(work.texts, judging(workspace), safety, work.writable)
    report = workspace.report()
    if options.diff:
        _show(fixed, work, hidden, report, options)
    else:
        _write(fixed, work)
    _tell(fixed, work, report, options)
    if options.output or not options.diff:
        with redirect_stdout(sys.stderr if options.diff or piped is not None else sys.stdout):
            write(chosen, report.diagnostics, summarised(inputs, report), options, report.secrets)
    if options.diff and fixed.texts and not options.exit_zero:
        return 1
    return status(report.diagnostics, options.fail_level or inputs.settings.fail_level, options.exit_zero)


def _piped() -> bytes:
    try:
        return read(File(STDIN, "-"))
    except OSError as error:
        raise UsageError(f"cannot read standard input: {(error.strerror or str(error)).lower()}") from error


def _filled(workspace: Workspace, inputs: Inputs) -> Workspace:
    for manifest in inputs.manifests:
        workspace.update(manifest)
    return workspace


def _work(inputs: Inputs, piped: bytes | None) -> _Work:
    """Inventories are not fixed, nor is what could not be read whole."""
    own = [one for one in inputs.manifests if not one.inventory]
    files = {one.source.path: File(one.source.path, one.location) for one in own}
    sound = (one.source.path for one in own if not one.faults)
    writable = frozenset(path for path in sound if files[path].location == "-" or is_writable(files[path]))
    return _Work(files, {one.source.path: one.source.text for one in own}, writable, piped)


def _write(fixed: Fixed, work: _Work) -> None:
    """Write what changed; standard input goes to standard output, changed or not.

    Raises:
        UsageError: something cannot be written; no file is changed then.
    """
    rewrites = [
        Rewrite(work.files[path], work.texts[path], text)
        for path, text in fixed.texts.items()
        if work.files[path].location != "-"
    ]
    many = [(one.file.path, links(one.file) - 1) for one in rewrites]
    try:
        rewrite(rewrites)
    except WriteError as error:
        raise UsageError(f"{error}; no file was changed") from error
    for path, more in many:
        if more:
            print(f"note: {path} has {counted(more, 'other name')}, which still lead to the old text", file=sys.stderr)
    if work.piped is not None:
        _answer(fixed, work, work.piped)


def _answer(fixed: Fixed, work: _Work, piped: bytes) -> None:
    from linter.yaml.encoding import encode

    path = next(path for path, file in work.files.items() if file.location == "-")
    sys.stdout.flush()
    sys.stdout.buffer.write(encode(fixed.texts[path], piped) if path in fixed.texts else piped)
    sys.stdout.buffer.flush()


def _show(fixed: Fixed, work: _Work, hidden: Mapping[str, Sequence[Span]], report: Report, options: Namespace) -> None:
    """Print the difference; as bytes, because a patch has the line ends of its file."""
    from linter.reporters.difference import Side, difference
    from linter.reporters.palette import ansi
    from linter.reporters.secrets import Secrets
    from linter.reporters.terminal import colored

    was, now = Secrets(hidden), Secrets(report.secrets)
    sys.stdout.flush()
    for path, text in sorted(fixed.texts.items()):
        before, after = Source(path, work.texts[path]), Source(path, text)
        lines = difference(Side(before, was.of(before)), Side(after, now.of(after)), fixed.edits[path])
        is_colored = colored(options.color, sys.stdout)
        shown = ansi(lines) if is_colored else "".join("".join(part for part, _ in line) + "\n" for line in lines)
        sys.stdout.buffer.write(shown.encode("utf-8", "backslashreplace"))
    sys.stdout.buffer.flush()


def _tell(fixed: Fixed, work: _Work, report: Report, options: Namespace) -> None:
    if options.show_fixes:
        for one in fixed.made:
            print(f"{place(one.at)}: {'would fix' if options.diff else 'fixed'} {one.rule}", file=sys.stderr)
    if not options.quiet:
        for line in _told(fixed, work, report, options):
            print(line, file=sys.stderr)


def _told(fixed: Fixed, work: _Work, report: Report, options: Namespace) -> Iterator[str]:
    """What was done, what was not and why, what more could be."""
    verb = "would fix" if options.diff else "fixed"
    where = f" in {counted(len(fixed.texts), 'file')}"
    done = f"{verb} {counted(len(fixed.made), 'finding')}{where}" if fixed.texts else "nothing to fix"
    offered = [(one, one.fix) for one in report.diagnostics if one.fix and one.at.source.path in work.files]
    kept = [one for one, offer in offered if not all(edit.source.path in work.writable for edit in offer.edits)]
    more = sum(offer.safety is Safety.UNSAFE for one, offer in offered if one not in kept)
    yield done + (f"; {more} more with --unsafe" if more and not options.unsafe else "")
    refused = [f"{place(one.at)} ({one.rule}: {why})" for one, why in fixed.refused]
    if refused:
        yield f"not made, because something would be worse: {_some(refused)}"
    if kept:
        named = [f"{place(one.at)} ({one.rule})" for one in kept]
        yield f"not made, because the file cannot be written: {_some(named)}"
    if options.diff and report.diagnostics and not options.output:
        yield f"{counted(len(report.diagnostics), 'finding')} would remain"


def _some(named: Sequence[str]) -> str:
    return ", ".join(named[:NAMED]) + (f" and {len(named) - NAMED} more" if len(named) > NAMED else "")
