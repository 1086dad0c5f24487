"""What a run goes by: the configuration, with what the command line says."""

from __future__ import annotations

import os
import re
import sys
from typing import TYPE_CHECKING, NamedTuple

from linter.cli.arguments import UsageError
from linter.cli.paths import common_parent, shown
from linter.discovery import Discovery, File, read
from linter.settings import CONFIGURATION, Settings, find
from linter.text import Source
from linter.workspace import target_of

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Sequence

    from linter.baseline import Baseline
    from linter.catalogue import Catalogue
    from linter.rulekit import Rule, Target
    from linter.workspace import Manifest
    from linter.yaml.nodes import Fault


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


def _version_notes(options: Namespace, target: Target) -> Iterable[str]:
    """What to know of a version that the command line names."""
    if not options.calico_version:
        return ()
    from linter.settings.wording import edition_notes

    return edition_notes(target.calico_version)


def _target(options: Namespace, settings: Settings) -> Target:
    target = target_of(settings)
    if not options.calico_version:
        return target
    match = re.fullmatch(r"v?(\d+)\.(\d+)(\.\d+)?", options.calico_version)
    if match is None:
        raise UsageError(f"{options.calico_version!r} is no Calico version; write it like 3.31")
    return target._replace(calico_version=(int(match[1]), int(match[2])))
