"""`peerlint check`: the command of hooks and of CI."""

from __future__ import annotations

import sys
from collections import Counter
from typing import TYPE_CHECKING

from linter import __version__
from linter.bundle import bundled
from linter.cli.inputs import gather
from linter.cli.outputs import outputs, write
from linter.packs import load
from linter.reporters.progress import Progress
from linter.secrets import configured_passwords
from linter.summary import Skip, Summary
from linter.workspace import Report, Workspace

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping, Sequence

    from linter.cli.configuration import Inputs
    from linter.cli.outputs import Output
    from linter.diagnostics import Diagnostic

NOTHING = Report((), (), 0, (), {})
LEVELS = {"hint": 0, "warning": 1, "error": 2, "never": 3}


def run(options: Namespace) -> int:
    """Lint and report; returns the exit status."""
    chosen = outputs(options.output or ["text"])
    if options.write_baseline:
        from linter.cli.baseline import told_apart

        options = told_apart(options)
    inputs = gather(options, load(bundled("rules")))
    workspace = workspace_of(options, inputs)
    if inputs.faults:
        return misconfigured(options, inputs, workspace, chosen)
    for manifest in inputs.manifests:
        workspace.update(manifest)
    with Progress(sys.stderr, quiet=options.quiet) as progress:
        report = workspace.report(progress.step)
    if inputs.baseline:
        from linter.cli.baseline import update

        report = update(inputs.baseline_path, options, report, workspace)
    summary = summarised(inputs, report)
    if options.show_unknown:
        notes = (*summary.notes, *_wants(report.unknown))
        summary = summary._replace(unknown=len(report.unknown), notes=notes)
    write(chosen, report.diagnostics, summary, options, report.secrets)
    return status(report.diagnostics, options.fail_level or inputs.settings.fail_level, options.exit_zero)


def workspace_of(options: Namespace, inputs: Inputs) -> Workspace:
    """The workspace of a run, still without files. It stays on the options, so that whoever keeps them keeps it."""
    options.workspace = Workspace(
        inputs.rules,
        inputs.settings,
        inputs.target,
        ignores=not options.no_ignores,
        preview=options.preview,
        baseline=inputs.baseline,
        whole=inputs.whole,
        as_configured=inputs.as_configured,
    )
    return options.workspace  # type: ignore[no-any-return]


def misconfigured(options: Namespace, inputs: Inputs, workspace: Workspace, chosen: Sequence[Output]) -> int:
    """Report what is wrong with the configuration; returns the exit status."""
    source = inputs.configuration
    secrets = {source.path: configured_passwords(source)}
    said = workspace.worded(source, inputs.faults)
    write(chosen, said, summarised(inputs, NOTHING._replace(diagnostics=said)), options, secrets)
    return 2


def status(diagnostics: Sequence[Diagnostic], fail_level: str, exit_zero: bool) -> int:
    """0 where nothing was found at or above the fail level, else 1."""
    least = LEVELS[fail_level]
    return int(not exit_zero and any(one.severity.weight >= least for one in diagnostics))


def summarised(inputs: Inputs, report: Report) -> Summary:
    """What a run looked at and what came of it."""
    found, analyses = inputs.found, report.analyses
    templates = tuple((one.source.path, "template") for one in analyses if one.template)
    return Summary(
        tool_version=__version__,
        calico_version=".".join(map(str, inputs.target.calico_version)),
        files=len(analyses),
        documents=sum(one.documents for one in analyses),
        resources=Counter(resource.title for one in analyses for resource in one.resources),
        skipped=tuple(Skip(*skip) for skip in sorted((*found.skipped, *templates))),
        counts=Counter(one.severity for one in report.diagnostics),
        other=found.other,
        foreign=sum(one.foreign for one in analyses),
        suppressed=report.suppressed,
        baselined=report.baselined,
        notes=(*inputs.notes, *report.notes),
    )


def _wants(unknown: Mapping[str, Sequence[str]]) -> Iterator[str]:
    """What would let silent rules speak, with the rules that need all of it."""
    from linter.yaml.quoting import listed

    rules: dict[tuple[str, ...], list[str]] = {}
    for rule, words in unknown.items():
        rules.setdefault(tuple(words), []).append(rule)
    for words, names in sorted(rules.items()):
        yield f"may have kept silent, because they need {listed(words)}: {', '.join(names)}"
