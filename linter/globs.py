"""Patterns for files in the language of `.gitignore`, relative to one directory."""

from __future__ import annotations

import re
from bisect import bisect_left
from itertools import islice, takewhile
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from pathspec import GitIgnoreSpec

_WILD: Final = re.compile(r"[*?\[\]\\!]")


class Globs:
    """Some patterns, compared as text; pathspec is imported when the first path is held against them."""

    __slots__ = ("_folders", "_spec", "patterns")

    def __init__(self, patterns: Iterable[str] = ()) -> None:
        self.patterns: Final = tuple(pattern.removeprefix("./") for pattern in patterns)
        self._spec: GitIgnoreSpec | None = None
        # clusters are folders as a rule, and every file is held against every cluster: no pattern need be compiled
        folders = [pattern.removesuffix("**") for pattern in self.patterns if pattern.endswith("/**")]
        plain = len(folders) == len(self.patterns) and not any(is_glob(folder) for folder in folders)
        self._folders: Final = tuple(folder.removeprefix("/") for folder in folders) if plain else ()

    def matches(self, path: str) -> bool:
        """Whether a path from the directory, with `/`, is meant by name or lies in a folder that is.

        Raises:
            ValueError: a pattern is none; the text says why.
        """
        if self._folders:
            return path.startswith(self._folders)
        if self._spec is None:
            from pathspec import GitIgnoreSpec

            self._spec = GitIgnoreSpec.from_lines(self.patterns)
        return self._spec.match_file(path)

    def matching(self, paths: Sequence[str]) -> list[str]:
        """Those of some sorted paths that are meant, sorted.

        Raises:
            ValueError: a pattern is none; the text says why.
        """
        if len(self._folders) == 1:
            (folder,) = self._folders
            start = bisect_left(paths, folder)
            return list(takewhile(lambda path: path.startswith(folder), islice(paths, start, None)))
        return [path for path in paths if self.matches(path)]

    def __bool__(self) -> bool:
        return bool(self.patterns)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Globs) and other.patterns == self.patterns

    def __hash__(self) -> int:
        return hash(self.patterns)

    def __repr__(self) -> str:
        return f"Globs{self.patterns!r}"


def is_glob(pattern: str) -> bool:
    """Whether a pattern is more than the path of one file or folder."""
    return _WILD.search(pattern) is not None


def fixed_part(pattern: str) -> str:
    """The folder below which everything lies that a pattern can match; empty for the directory itself."""
    pattern = pattern.removeprefix("./")
    if "/" not in pattern.rstrip("/"):
        return ""
    parts = pattern.removeprefix("/").split("/")
    fixed = next((index for index, part in enumerate(parts) if is_glob(part)), len(parts) - 1)
    return "/".join(parts[:fixed])
