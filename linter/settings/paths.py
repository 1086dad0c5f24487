"""The files that paths and patterns of a configuration mean."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from linter.discovery import MANIFESTS, discover
from linter.globs import Globs, fixed_part, is_glob

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator


def matching(root: str, patterns: Iterable[str]) -> tuple[str, ...]:
    """The paths from `root` that patterns stand for: a path stands for itself, a glob for the files that git knows.

    Without a root everything stands for itself.
    """
    return tuple(
        path
        for pattern in Globs(patterns).patterns
        for path in (_files(root, pattern) if root and is_glob(pattern) else [pattern])
    )


def _files(root: str, pattern: str) -> list[str]:
    globs, top = Globs([pattern]), os.path.join(root, fixed_part(pattern))
    found = discover([top]).files if os.path.isdir(top) else ()
    names = (os.path.relpath(file.location, os.path.realpath(root)).replace(os.sep, "/") for file in found)
    return [name for name in names if globs.matches(name)]


def leads_nowhere(root: str, pattern: str) -> bool:
    """Whether no manifest is meant by a pattern for files below `root`; looks no further than the first that is."""
    bare = pattern.removeprefix("/").removesuffix("**")
    if not is_glob(bare) and any(_manifests(root, os.path.join(root, bare))):
        return False
    globs = Globs([pattern])
    return not any(globs.matches(name) for name in _manifests(root, os.path.join(root, fixed_part(pattern))))


def _manifests(root: str, top: str) -> Iterator[str]:
    """Paths from `root` of the manifests in a folder below it, one directory after the other."""
    for directory, folders, names in os.walk(top):
        folders[:] = sorted(name for name in folders if name != ".git")
        prefix = os.path.relpath(directory, root).replace(os.sep, "/").removeprefix(".").removeprefix("/")
        for name in names:
            if name.endswith(MANIFESTS):
                yield f"{prefix}/{name}" if prefix else name
