"""Paths as the command line gives them and as messages show them."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Sequence


def common_parent(paths: Sequence[str]) -> str:
    """The directory from which the configuration is looked for."""
    directories = [path if os.path.isdir(path) else os.path.dirname(path) for path in paths if path != "-"]
    return os.path.commonpath([os.path.abspath(path) for path in directories]) if directories else os.getcwd()


def shown(path: str) -> str:
    """A path from the working directory, where it lies below that, with `/`."""
    relative = os.path.relpath(path)
    return (path if relative.startswith("..") else relative).replace(os.sep, "/")


def covers(paths: Sequence[str], place: str) -> bool:
    """Whether one of the paths is a place, which is absolute and real, or a directory above it."""
    return any(os.path.join(place, "").startswith(os.path.join(os.path.realpath(path), "")) for path in paths)
