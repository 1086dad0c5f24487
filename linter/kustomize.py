"""Which files are kustomize patches: they change objects and never define one."""

from __future__ import annotations

import os
import posixpath
from typing import TYPE_CHECKING

from linter.text import Source
from linter.yaml.nodes import Mapping, Scalar, Sequence, content
from linter.yaml.parser import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

    from linter.yaml.nodes import Node

NAMES = ("kustomization.yaml", "kustomization.yml", "Kustomization")
_LISTS = ("patches", "patchesStrategicMerge", "patchesJson6902")


def patches(locations: Iterable[str], read: Callable[[str], str | None]) -> frozenset[str]:
    """Absolute locations of the files that a kustomization beside any of `locations` names as patches.

    `read` gives the text of a file, or None where it has none to give.
    """
    directories = {os.path.dirname(location) for location in locations}
    found: set[str] = set()
    for directory in sorted(directories):
        for name in NAMES:
            location = os.path.join(directory, name)
            if os.path.isfile(location) and (text := read(location)) is not None:
                found.update(posixpath.normpath(os.path.join(directory, path)) for path in _named(location, text))
    return frozenset(found)


def _named(location: str, text: str) -> Iterator[str]:
    """Paths of patches as one kustomization writes them; a patch written in place names none."""
    for document in documents(Source(location, text), {}):
        if not isinstance(document.root, Mapping):
            continue
        for name in _LISTS:
            entry = document.root.fields.get(name)
            items = content(entry.value) if entry else None
            for item in items.items if isinstance(items, Sequence) else ():
                yield from _path(content(item))


def _path(item: Node) -> Iterator[str]:
    if isinstance(item, Mapping):
        entry = item.fields.get("path")
        item = content(entry.value) if entry else item
    if isinstance(item, Scalar) and isinstance(item.value, str) and "\n" not in item.value:
        yield item.value
