"""From the command line's words to what a run looks at: the files, read."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from linter.cli.arguments import UsageError
from linter.cli.configuration import configured
from linter.cli.paths import covers
from linter.discovery import STDIN, Discovery, File, TooLargeError, discover, read
from linter.text import Source, Span
from linter.workspace import UNREADABLE, Manifest
from linter.yaml.nodes import Fault

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Iterator, Sequence

    from linter.baseline import Baseline
    from linter.cli.configuration import Inputs
    from linter.globs import Globs
    from linter.rulekit import Rule
    from linter.settings import Settings


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
    names, wanted = sorted(shown), [globs] if globs else [cluster.globs for cluster in settings.clusters]
    return [shown[name] for name in dict.fromkeys(name for one in wanted for name in one.matching(names))]


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
