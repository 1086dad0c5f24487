"""Files in and out, analyses kept, clusters formed, findings settled: the one engine behind every caller."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

from linter.cluster.cluster import Cluster
from linter.engine import FileAnalysis, Plan, analyse, apply, word
from linter.groups import ClusterFiles, declared, split, told
from linter.needs import Sight, unmet
from linter.rulekit import Target
from linter.settings import selected, severity_of
from linter.stamp import stamp
from linter.yaml.nodes import Fault

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence

    from linter.baseline import Baseline, Entry
    from linter.diagnostics import Diagnostic, Label
    from linter.engine import Raised
    from linter.resources.base import Resource
    from linter.rulekit import Rule
    from linter.settings import Settings
    from linter.text import Source, Span

UNREADABLE = "unreadable-file"

_BLINDING = frozenset({Fault.INVALID, Fault.LIMIT, UNREADABLE, "internal-error"})
"""Rules whose finding means that a part of the file was not judged."""


class Manifest(NamedTuple):
    """One file as it was handed in.

    `faults` are what was wrong before it was YAML (unreadable, undecodable); `location` is where it lies, absolute, for
    the configuration's patterns; `inventory` files are read but not reported on; `patch` files hold kustomize patches,
    which define nothing.
    """

    source: Source
    faults: tuple[Fault, ...] = ()
    location: str = ""
    inventory: bool = False
    patch: bool = False


class Report(NamedTuple):
    """Everything there is to say about the files, sorted by file and place, and what it was said about.

    `analyses` are those of the files that are reported on; `suppressed` counts what ignores silenced; `notes` tell
    what was decided on the way; `secrets` are the spans that no output may show, by path. `baselined` counts what the
    baseline holds, `remaining` are its entries without the stale ones. `unknown` tells of the rules that
    were asked and may have kept silent for want of knowledge what they needed to know.
    """

    diagnostics: tuple[Diagnostic, ...]
    analyses: tuple[FileAnalysis, ...]
    suppressed: int
    notes: tuple[str, ...]
    secrets: Mapping[str, tuple[Span, ...]]
    baselined: int = 0
    remaining: tuple[Entry, ...] = ()
    unknown: Mapping[str, tuple[str, ...]] = MappingProxyType({})


class Workspace:
    """All files of a run or an editor, and the analyses of those that did not change: the only mutable object.

    `strict` lets an exception out of a rule (in tests); without `ignores`, suppressions are not heeded; without
    `preview`, rules on trial stay silent. Findings of the `baseline` are not reported. Silence of a rule proves an
    ignore or an entry of the baseline needless only in a run `as_configured`, not for another version or one of several
    clusters, and if the rule is about several files, in a `whole` one.
    """

    def __init__(
        self,
        rules: Iterable[Rule],
        settings: Settings,
        target: Target,
        *,
        ignores: bool = True,
        preview: bool = False,
        strict: bool = False,
        baseline: Baseline | None = None,
        whole: bool = True,
        as_configured: bool = True,
    ) -> None:
        self.rules = tuple(rules)
        self.settings = settings
        self.target = target
        self.ignores = ignores
        self.preview = preview
        self.strict = strict
        self.baseline = baseline
        self.whole = whole
        self.as_configured = as_configured
        self._names = {key: rule.name for rule in self.rules for key in (rule.name, rule.code)}
        self._files: dict[str, Manifest] = {}
        self._plans: dict[Target, Plan] = {}
        self._analyses: dict[tuple[str, Target], FileAnalysis] = {}

    def update(self, manifest: Manifest) -> None:
        """Add a file or replace it; it is analysed when a report is wanted."""
        self.remove(manifest.source.path)
        self._files[manifest.source.path] = manifest

    def manifest(self, path: str) -> Manifest:
        """A file as it was handed in last.

        Raises:
            KeyError: there is none of this path.
        """
        return self._files[path]

    def remove(self, path: str) -> None:
        """Forget a file."""
        self._files.pop(path, None)
        for target in self._plans:
            self._analyses.pop((path, target), None)

    def report(self, progress: Callable[[int, int, str], None] | None = None) -> Report:
        """Judge all files; `progress` hears (files done, files in all, path) while they are read."""
        clusters = self._clusters(progress)
        said, unknown = self._judged(clusters)
        seen = {path: analysis for (path, _), analysis in self._analyses.items()}
        blind = frozenset(path for path, found in said.items() if any(one.rule.name in _BLINDING for one in found))
        sight = Sight(blind, frozenset(unknown), self.whole, self.as_configured)
        settled = [self._settled(seen[path], said[path], sight) for path in said if self._reported(path)]
        report = Report(
            diagnostics=tuple(one for found, _ in settled for one in found),
            analyses=tuple(seen[path] for path in said if self._reported(path)),
            suppressed=sum(silenced for _, silenced in settled),
            notes=() if self.settings.clusters else told(clusters),
            secrets={path: analysis.secrets for path, analysis in seen.items() if analysis.secrets},
            unknown=unknown,
        )
        return self._held(report, self.baseline, sight) if self.baseline else report

    def _judged(self, clusters: Iterable[ClusterFiles]) -> tuple[dict[str, list[Raised]], dict[str, tuple[str, ...]]]:
        """What the rules say of each file, once, whatever clusters it is in; what rules needed to know besides."""
        said: dict[str, dict[object, Raised]] = {path: {} for path in sorted(self._files)}
        unknown: dict[str, dict[str, None]] = {}
        for files in clusters:
            cluster = self._formed(files)
            self._note_unmet(cluster, files.target, unknown)
            for raised in self._said_of(files, cluster):
                label = raised.finding.at
                key = (raised.rule.code, label.span, raised.finding.message)
                said[label.source.path].setdefault(key, raised)
        found = {path: list(raised.values()) for path, raised in said.items()}
        return found, {name: tuple(words) for name, words in sorted(unknown.items())}

    def named(self, path: str) -> str:
        """A file, given by its path as shown, as entries of the baseline call it."""
        file = self._files.get(path)
        return self.baseline.name(path, file.location) if self.baseline and file else path

    def worded(self, source: Source, faults: Iterable[Fault]) -> tuple[Diagnostic, ...]:
        """Faults of the configuration as diagnostics; neither settings nor ignores reach them."""
        plan = self._plan(self.target)
        return tuple(stamp(raised, None, ()) for fault in faults for raised in word(plan, fault, source))

    def _held(self, report: Report, baseline: Baseline, sight: Sight) -> Report:
        """The report without what the baseline holds, and with what is said of the baseline itself at the end."""
        divided = baseline.divide(report.diagnostics, self.named)
        seen = {self.named(one.source.path): one for one in report.analyses}

        def is_judged(entry: Entry) -> bool:
            name, analysis = self._names.get(entry.rule), seen.get(entry.path)
            if analysis is None:
                return entry.path in baseline.gone
            return not analysis.template and self._proves(name, analysis.source.path, sight)

        stale = baseline.stale(divided.left, is_judged)
        plan, source = self._plan(self.target), baseline.source
        said = [raised for fault in baseline.faults(stale) for raised in word(plan, fault, source)]
        return report._replace(
            diagnostics=(*divided.kept, *self._stamped(source.path, (), said)),
            baselined=divided.held,
            remaining=baseline.without(stale),
        )

    def _proves(self, name: str | None, path: str, sight: Sight) -> bool:
        """Whether the silence of a rule about a file proves something; one that is none (None) is always silent."""
        if name is None:
            return sight.judges(path)
        rule = self._plan(self.target).by_name.get(name)
        return rule is not None and selected(self.settings, rule, path) and sight.proves(rule, path)

    def _reported(self, path: str) -> bool:
        return not self._files[path].inventory

    def _plan(self, target: Target) -> Plan:
        if target not in self._plans:
            rules = (rule for rule in self.rules if self.preview or not rule.preview)
            self._plans[target] = Plan(rules, target, self.settings.rules, strict=self.strict)
        return self._plans[target]

    def _analysis(self, path: str, target: Target) -> FileAnalysis:
        key = (path, target)
        if key not in self._analyses:
            self._analyses[key] = _analysed(self._files[path], self._plan(target))
        return self._analyses[key]

    def _clusters(self, progress: Callable[[int, int, str], None] | None) -> tuple[ClusterFiles, ...]:
        """The clusters that the files form, as declared or as what they define tells; every file is analysed here."""
        if self.settings.clusters:
            locations = {path: file.location for path, file in self._files.items()}
            clusters = declared(locations, self.settings, self.target)
        else:
            clusters = (ClusterFiles("", tuple(self._files), self.target, self.settings.complete),)
        wanted = [(path, cluster.target) for cluster in clusters for path in cluster.paths]
        for number, (path, target) in enumerate(wanted):
            if progress:
                progress(number, len(wanted), path)
            self._analysis(path, target)
        return clusters if self.settings.clusters else self._told_apart()

    def _told_apart(self) -> tuple[ClusterFiles, ...]:
        analyses = {path: self._analysis(path, self.target) for path in self._files}
        shared = tuple(path for path in analyses if not self._reported(path))
        groups = split({path: _defined(one.resources) for path, one in analyses.items() if self._reported(path)})
        return tuple(ClusterFiles("", group + shared, self.target, self.settings.complete) for group in groups)

    def _formed(self, files: ClusterFiles) -> Cluster:
        resources = [one for path in files.paths for one in self._analysis(path, files.target).resources]
        return Cluster(resources, self._plan(files.target).selectors, files.name, files.complete)

    def _note_unmet(self, cluster: Cluster, target: Target, unknown: dict[str, dict[str, None]]) -> None:
        for rule, _ in self._plan(target).asked(cluster):
            words = unmet(rule, cluster, target) if rule.needs else ()
            if words and selected(self.settings, rule, ""):
                unknown.setdefault(rule.name, {}).update(dict.fromkeys(words))

    def _said_of(self, files: ClusterFiles, cluster: Cluster) -> Iterator[Raised]:
        for path in files.paths:
            yield from self._analysis(path, files.target).raised
        for raised in apply(self._plan(files.target), cluster):
            yield raised._replace(resource=_around(raised.finding.at, cluster.resources))

    def _settled(self, analysis: FileAnalysis, said: list[Raised], sight: Sight) -> tuple[list[Diagnostic], int]:
        """The file's findings that the settings ask for and no ignore covers, and how many an ignore covered."""
        found = self._stamped(analysis.source.path, analysis.secrets, said)
        silenced = 0
        if analysis.ignores and self.ignores:
            found, silenced = self._heeded(analysis, found, sight)
        return sorted(found, key=lambda one: (one.at.span, one.code, one.message)), silenced

    def _stamped(self, path: str, secrets: tuple[Span, ...], said: Iterable[Raised]) -> list[Diagnostic]:
        asked = (raised for raised in said if selected(self.settings, raised.rule, path))
        return [stamp(raised, severity_of(self.settings, raised.rule, path), secrets) for raised in asked]

    def _heeded(self, analysis: FileAnalysis, found: list[Diagnostic], sight: Sight) -> tuple[list[Diagnostic], int]:
        from linter.suppressions import faults, settle

        plan, path = self._plan(self.target), analysis.source.path
        settled = settle(found, analysis.ignores, self._names)
        mistakes = faults(
            analysis.ignores,
            settled.used,
            self._names,
            lambda name: self._proves(name, path, sight),
            settled.kept,
        )
        said = [raised for mistake in mistakes for raised in word(plan, mistake, analysis.source)]
        return [*settled.kept, *self._stamped(path, analysis.secrets, said)], len(settled.suppressed)


def target_of(settings: Settings) -> Target:
    """What the settings say the manifests are for."""
    version = settings.calico_version or Target().calico_version
    return Target(version, settings.kubernetes_version, settings.apply_path, settings.provider)


def _analysed(file: Manifest, plan: Plan) -> FileAnalysis:
    unread = [fault for fault in file.faults if fault.kind in {UNREADABLE, Fault.LIMIT}]
    if unread:
        return FileAnalysis(file.source, raised=tuple(word(plan, unread[0], file.source)))
    return analyse(file.source, plan, file.faults, patch=file.patch, inventory=file.inventory)


def _defined(resources: Iterable[Resource]) -> frozenset[tuple[str, str | None, str | None]]:
    """What the objects define; those without a name, such as a Kustomization, define nothing that could be repeated."""
    named = ((type(one).__name__, one.identity) for one in resources if not one.patch)
    return frozenset((kind, identity.namespace, identity.name) for kind, identity in named if identity.name is not None)


def _around(label: Label, resources: Sequence[Resource]) -> Resource | None:
    """The object a place lies in."""
    return next((one for one in resources if one.source is label.source and one.root.span.covers(label.span)), None)
