"""From the command line's words to what a run looks at: settings, target, manifests."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, NamedTuple

from linter.cli.arguments import UsageError
from linter.cli.paths import common_parent, covers, shown
from linter.discovery import STDIN, Discovery, File, TooLargeError, discover, read
from linter.settings import CONFIGURATION, Settings, find
from linter.text import Source, Span
from linter.workspace import UNREADABLE, Manifest, target_of
from linter.yaml.nodes import Fault

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Sequence

    from linter.baseline import Baseline
    from linter.catalogue import Catalogue
    from linter.globs import Globs
    from linter.rulekit import Rule, Target


class Inputs(NamedTuple):
    """All that a run starts from. With `faults`, which are in `configuration`, nothing else is looked at.

    `rules` are the core ones and those of packs that the configuration names; `baseline` is at `baseline_path`. In a
    `whole` run nothing is missing of any cluster that a checked file is in, as far as it lies below the configuration;
    one `as_configured` is for no other version than is configured, and for all clusters.
    """

    settings: Settings
    target: Target
    rules: tuple[Rule, ...]
    manifests: tuple[Manifest, ...] = ()
    found: Discovery = Discovery(())
    configuration: Source = Source(CONFIGURATION, "")
    faults: tuple[Fault, ...] = ()
    notes: tuple[str, ...] = ()
    baseline: Baseline | None = None
    baseline_path: str = ""
    whole: bool = True
    as_configured: bool = True


def gather(options: Namespace, core: tuple[Rule, ...], piped: bytes | None = None) -> Inputs:
    """Find the configuration and the files, and read them all; `piped` is what standard input held, if it was read.

    Raises:
        UsageError: a path, rule or cluster that does not exist, paths that hold no file, a version that is none.
    """
    inputs = configured(options, core)
    if inputs.faults:
        return inputs
    settings = inputs.settings
    path, baseline, faults = _baseline(options, settings)
    if baseline and faults:
        return inputs._replace(configuration=baseline.source, faults=faults)
    found = _without(_found(options, settings), path)
    named = {os.path.abspath(path) for path in options.paths if os.path.isfile(path)}
    context = [file for file in _context(options, settings, found) if file.location not in named]
    read_only = {file.location for file in context}
    checked = [file for file in found.files if file.location not in read_only]
    if options.cluster:
        checked, context = _inside(checked, settings), _inside(context, settings)
    patches = _patches([*checked, *context])
    manifests = [manifest(file, options.stdin_filename, patches, piped=piped) for file in checked]
    manifests += [manifest(file, options.stdin_filename, patches, inventory=True) for file in context]
    return inputs._replace(
        manifests=tuple(manifests),
        found=found,
        notes=(*inputs.notes, *found.notes),
        baseline=baseline and _informed(baseline, options, settings, found),
        baseline_path=path or "",
        whole=_is_whole(options, settings, found, baseline),
    )


def _version_notes(options: Namespace, target: Target) -> Iterable[str]:
    """What to know of a version that the command line names."""
    if not options.calico_version:
        return ()
    from linter.settings.wording import edition_notes

    return edition_notes(target.calico_version)


def configured(options: Namespace, core: tuple[Rule, ...]) -> Inputs:
    """The settings of a run, with what the command line says, before any file is looked for.

    Raises:
        UsageError: a rule or cluster that does not exist, a version that is none.
    """
    configuration, rules, settings, faults = _settings(options, core)
    target = _target(options, settings)
    inputs = Inputs(settings, target, rules, configuration=configuration, faults=faults)
    if faults:
        return inputs
    settings, is_usual = _at_version(_narrowed(settings, options, rules), options, target)
    notes = tuple(dict.fromkeys((*settings.notes, *_version_notes(options, target))))
    return inputs._replace(settings=settings, notes=notes, as_configured=is_usual and not options.cluster)


def _at_version(settings: Settings, options: Namespace, target: Target) -> tuple[Settings, bool]:
    """The settings with one version for all, if the command line names it, and whether no other was configured."""
    if not options.calico_version:
        return settings, True
    from linter.settings.wording import edition_notes

    stated = {one for one in (settings.calico_version, *(each.calico_version for each in settings.clusters)) if one}
    void = {note for one in stated for note in edition_notes(one)}
    clusters = tuple(cluster._replace(calico_version=None) for cluster in settings.clusters)
    notes = tuple(note for note in settings.notes if note not in void)
    return settings._replace(clusters=clusters, notes=notes), stated <= {target.calico_version}


def _baseline(options: Namespace, settings: Settings) -> tuple[str | None, Baseline | None, tuple[Fault, ...]]:
    """The path of the run's baseline, what it says, and what is wrong with it."""
    if options.write_baseline is None and not (options.baseline or options.prune_baseline or settings.baseline):
        return None, None, ()
    from linter.cli.baseline import gathered, located

    path = located(options, settings)
    return (path, *gathered(path, options)) if path else (None, None, ())


def _informed(baseline: Baseline, options: Namespace, settings: Settings, found: Discovery) -> Baseline:
    from linter.cli.baseline import gone

    lost = gone(baseline, options.paths or [settings.root or "."], {file.location for file in found.files})
    return baseline._replace(gone=lost)


def _without(found: Discovery, path: str | None) -> Discovery:
    """What was found, less the baseline, which is no manifest."""
    if path is None:
        return found
    directory, name = os.path.split(os.path.abspath(path))
    location = os.path.join(os.path.realpath(directory), name)
    files = tuple(file for file in found.files if file.location != location)
    return found._replace(files=files, other=found.other + len(found.files) - len(files))


def _is_whole(options: Namespace, settings: Settings, found: Discovery, baseline: Baseline | None) -> bool:
    top = settings.root or (baseline.directory if baseline else os.path.realpath(os.curdir))
    is_declared = bool(settings.clusters) and len(_inside(found.files, settings)) == len(found.files)
    return settings.complete or is_declared or _is_covered(options, top)


def _is_covered(options: Namespace, top: str) -> bool:
    """Whether the paths hold everything below a directory, so that nothing else need be sought."""
    return not options.paths or covers(options.paths, top)


def _narrowed(settings: Settings, options: Namespace, rules: Sequence[Rule]) -> Settings:
    """The settings with what the command line says of rules and clusters."""
    select, ignore = _words(options.select), _words(options.ignore)
    for word in (*select, *ignore):
        if word != "all" and not any(rule.name == word or rule.code.startswith(word) for rule in rules):
            from linter.settings.checks import stranger

            raise UsageError(f"`{word}` {stranger(word, rules)}")
    if select:
        settings = settings._replace(select=select, ignore=())
    settings = settings._replace(ignore=(*settings.ignore, *ignore))
    if options.cluster:
        clusters = tuple(cluster for cluster in settings.clusters if cluster.name == options.cluster)
        if not clusters:
            names = ", ".join(cluster.name for cluster in settings.clusters) or "none"
            raise UsageError(f"no cluster is called {options.cluster!r}; the configuration declares: {names}")
        settings = settings._replace(clusters=clusters)
    return settings


def _words(given: Iterable[str]) -> tuple[str, ...]:
    return tuple(word for text in given for word in text.replace(",", " ").split())


def _settings(
    options: Namespace, core: tuple[Rule, ...]
) -> tuple[Source, tuple[Rule, ...], Settings, tuple[Fault, ...]]:
    """The configuration: its text, the rules it may speak of, what it says, and what is wrong with it."""
    path = options.config or find(common_parent(options.paths))
    if path is None:
        return Source(CONFIGURATION, ""), core, Settings(), ()
    from linter.settings import load

    source, faults = _read_configuration(path)
    root = os.path.dirname(os.path.abspath(path))
    known = _catalogue(core, source, root, options.config)
    settings, mistakes = load(source, known.rules, root, writing=options.write_baseline is not None)
    return source, known.rules, settings, (*faults, *known.mistakes, *mistakes)


def _read_configuration(path: str) -> tuple[Source, tuple[Fault, ...]]:
    from linter.yaml.encoding import decode

    try:
        return decode(shown(path), read(File(path, path)))
    except OSError as error:
        raise UsageError(f"cannot read {path}: {error.strerror}") from error


def _catalogue(core: tuple[Rule, ...], source: Source, root: str, named: str | None) -> Catalogue:
    from linter.catalogue import Catalogue, catalogue, is_trusted

    if "rulePacks" not in source.text:
        return Catalogue(core)
    return catalogue(core, source, root, trusted=bool(named) or is_trusted(os.path.join(root, CONFIGURATION)))


def known_rules(core: tuple[Rule, ...], config: str | None = None) -> tuple[Rule, ...]:
    """The rules that a run in the working directory would know; of packs that cannot be loaded stderr is told.

    Raises:
        UsageError: the configuration cannot be read.
    """
    path = config or find(os.getcwd())
    if path is None:
        return core
    source, _ = _read_configuration(path)
    known = _catalogue(core, source, os.path.dirname(os.path.abspath(path)), config)
    for fault in known.mistakes:
        print(f"peerlint: {source.path}: {fault.reason}", file=sys.stderr)
    return known.rules


def _target(options: Namespace, settings: Settings) -> Target:
    target = target_of(settings)
    if not options.calico_version:
        return target
    match = re.fullmatch(r"v?(\d+)\.(\d+)(\.\d+)?", options.calico_version)
    if match is None:
        raise UsageError(f"{options.calico_version!r} is no Calico version; write it like 3.31")
    return target._replace(calico_version=(int(match[1]), int(match[2])))


def _found(options: Namespace, settings: Settings) -> Discovery:
    found = discover(options.paths or [settings.root or "."], settings.excluded)
    if found.missing:
        raise UsageError(f"no such file or directory: {', '.join(found.missing)}")
    if not (found.files or found.skipped or found.other or options.allow_empty):
        raise UsageError("the paths hold no file at all (--allow-empty accepts that)")
    return found


def _context(options: Namespace, settings: Settings, found: Discovery) -> Iterator[File]:
    """Files that are read but not reported on: inventories, and the rest of what the configuration calls complete."""
    declared = (*settings.inventory, *(path for cluster in settings.clusters for path in cluster.inventory))
    paths = [*options.inventory, *(os.path.join(settings.root, path) for path in declared)]
    if paths:
        inventory = discover(paths)
        if inventory.missing:
            raise UsageError(f"no such inventory: {', '.join(inventory.missing)}")
        yield from inventory.files
    if (settings.complete or settings.clusters) and not _is_covered(options, settings.root):
        given = {file.location for file in found.files}
        whole = discover([settings.root], settings.excluded).files
        touched = [cluster for cluster in settings.clusters if _inside(found.files, settings, cluster.globs)]
        related = (
            whole if settings.complete else [file for one in touched for file in _inside(whole, settings, one.globs)]
        )
        yield from (file for file in dict.fromkeys(related) if file.location not in given)


def _inside(files: Sequence[File], settings: Settings, globs: Globs | None = None) -> list[File]:
    """The files that belong to one cluster, or to any of them."""
    shown = {settings.relative(file.location): file for file in files}
    wanted = [globs] if globs else [cluster.globs for cluster in settings.clusters]
    return [shown[name] for name in dict.fromkeys(name for one in wanted for name in one.matching(shown))]


def _patches(files: Iterable[File]) -> frozenset[str]:
    from linter.kustomize import patches

    def text(location: str) -> str | None:
        from linter.yaml.encoding import decode

        try:
            return decode(location, read(File(location, location)))[0].text
        except OSError:
            return None

    return patches((file.location for file in files if file.path != STDIN), text)


def manifest(
    file: File,
    name: str | None = None,
    patches: frozenset[str] = frozenset(),
    *,
    inventory: bool = False,
    piped: bytes | None = None,
) -> Manifest:
    """Read one file; what cannot be read or is too large becomes a fault. `name` is what standard input is called."""
    from linter.yaml.encoding import decode

    path = name if file.path == STDIN and name else file.path
    try:
        source, faults = decode(path, read(file) if piped is None or file.path != STDIN else piped)
    except TooLargeError as error:
        fault = Fault(Fault.LIMIT, str(error.strerror), Span(0, 0))
        return Manifest(Source(path, ""), (fault,), file.location, inventory)
    except OSError as error:
        reason = (error.strerror or str(error)).lower()
        return Manifest(Source(path, ""), (Fault(UNREADABLE, reason, Span(0, 0)),), file.location, inventory)
    return Manifest(source, faults, file.location, inventory, patch=file.location in patches)
