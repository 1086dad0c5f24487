"""The workspace as the judge of fixes."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.baseline import STALE
from linter.fixes.verdict import Judgement
from linter.text import Source
from linter.yaml.nodes import Fault

if TYPE_CHECKING:
    from linter.diagnostics import Diagnostic
    from linter.fixes.changes import Texts
    from linter.fixes.trial import Judge
    from linter.workspace import Report, Workspace


def judging(workspace: Workspace) -> Judge:
    """A judge that puts the texts into the workspace in place of those of the same paths, and leaves them there.

    What fixes may do is said by the workspace's settings; what they must not do, by all rules.
    """

    def judge(texts: Texts) -> Judgement:
        for path, text in texts.items():
            manifest = workspace.manifest(path)
            if manifest.source.text != text:
                workspace.update(manifest._replace(source=Source(path, text)))
        report = workspace.report()
        # what a baseline no longer needs to hold has become better, not worse
        weighed = tuple(one for one in _everything(workspace, report) if one.rule != STALE)
        return Judgement(report.diagnostics, weighed, _unread(report))

    return judge


def _everything(workspace: Workspace, report: Report) -> tuple[Diagnostic, ...]:
    settings = workspace.settings
    everything = settings._replace(select=("all",), ignore=(), overrides=())
    if everything == settings:
        return report.diagnostics
    workspace.settings = everything
    try:
        return workspace.report().diagnostics
    finally:
        workspace.settings = settings


def _unread(report: Report) -> frozenset[str]:
    """Files of which Calico's reader refuses a part, whatever is ignored, and templates, in which nothing is judged."""
    return frozenset(
        one.source.path
        for one in report.analyses
        if one.template or any(raised.rule.name == Fault.INVALID for raised in one.raised)
    )
