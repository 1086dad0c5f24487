"""Which files form one cluster: as the configuration declares it, or as the files tell it (product: Clusters)."""

from __future__ import annotations

import posixpath
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from linter.globs import Globs

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping, Sequence

    from linter.rulekit import Target
    from linter.settings import Settings

Definitions = frozenset[tuple[str, str | None, str | None]]
"""The objects a file defines: kind, namespace, name."""

Group = tuple[str, ...]
"""Paths of the files that form one cluster."""


class ClusterFiles(NamedTuple):
    """The files of one cluster, and what is known about it. `name` is empty where no configuration gives one."""

    name: str
    paths: Group
    target: Target
    complete: bool


class _Place(NamedTuple):
    """A file or a directory: what is defined in it, and the clusters it falls into by itself."""

    name: str
    defined: Definitions
    groups: tuple[Group, ...]


def split(files: Mapping[str, Definitions]) -> tuple[Group, ...]:
    """Groups of paths (separated by `/`), one for each cluster that the files can be told apart into.

    A directory in which two different subdirectories or files define the same object holds several clusters: each such
    subtree is one, what stands beside them belongs to each. No file is lost, and one group is the usual answer.
    """
    tree: dict[str, object] = {}
    for path in files:
        *folders, name = path.split("/")
        below = tree
        for folder in folders:
            below = below.setdefault(folder + "/", {})  # type: ignore[assignment]
        below[name] = path
    return _directory("", tree, files).groups


def declared(locations: Mapping[str, str], settings: Settings, target: Target) -> tuple[ClusterFiles, ...]:
    """The clusters of the configuration with the files that their patterns name; files in none form one more.

    What the configuration calls inventory outside its clusters belongs to each of them.

    `locations` are absolute, by path as shown; patterns are gitignore's, from the directory of the configuration.
    """
    shown = {settings.relative(location): path for path, location in locations.items()}
    names = sorted(shown)
    shared = [shown[name] for name in Globs(settings.inventory).matching(names)] if settings.inventory else []
    found, taken = [], set(shared)
    for cluster in settings.clusters:
        own = [shown[name] for name in cluster.globs.matching(names)]
        taken.update(own)
        meant = target._replace(**{name: value for name, value in cluster.target().items() if value is not None})
        found.append(ClusterFiles(cluster.name, tuple(dict.fromkeys((*own, *shared))), meant, cluster.complete))
    rest = tuple(path for path in locations if path not in taken)
    return (*found, ClusterFiles("", (*rest, *shared), target, settings.complete)) if rest else tuple(found)


def told(clusters: Sequence[ClusterFiles]) -> tuple[str, ...]:
    """One line on how several clusters were told apart, with the configuration that would say so."""
    if len(clusters) < 2:
        return ()
    times = Counter(path for cluster in clusters for path in cluster.paths)
    own = [[path.split("/")[:-1] for path in cluster.paths if times[path] == 1] for cluster in clusters]
    folders = ["/".join(posixpath.commonprefix(paths)) for paths in own if paths]
    entries = ", ".join(f'{posixpath.basename(folder) or "root"}: {{paths: ["{folder}/**"]}}' for folder in folders[:3])
    more = ", …" if len(folders) > 3 else ""
    why = "were told apart, because the same object is defined more than once"
    return (f"{len(clusters)} clusters {why}; in .peerlint.yaml: clusters: {{{entries}{more}}}",)


def _directory(name: str, tree: Mapping[str, object], files: Mapping[str, Definitions]) -> _Place:
    places = [
        _directory(key, value, files) if isinstance(value, dict) else _Place(key, files[str(value)], ((str(value),),))
        for key, value in tree.items()
    ]
    defined = frozenset(definition for place in places for definition in place.defined)
    return _Place(name, defined, _told_apart(places))


def _told_apart(places: Iterable[_Place]) -> tuple[Group, ...]:
    places = list(places)
    times = Counter(definition for place in places for definition in place.defined)
    apart = [place for place in places if len(place.groups) > 1 or any(times[one] > 1 for one in place.defined)]
    shared = tuple(path for place in places if place not in apart for group in place.groups for path in group)
    if not apart:
        return (shared,) if shared else ()
    return tuple(group + shared for place in apart for group in place.groups)
