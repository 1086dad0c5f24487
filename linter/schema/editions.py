"""Which Calico versions have schemas here, and which of them speaks for any other."""

from __future__ import annotations

from typing import Final

Version = tuple[int, int]
"""Major and minor number; Calico's patch releases share one edition."""

SHIPPED: Final[tuple[Version, ...]] = tuple((3, number) for number in range(28, 34))
"""The versions, oldest first (calico-fields §0.4, §12)."""

NEWEST: Final = SHIPPED[-1]
OLDEST: Final = SHIPPED[0]


def nearest(version: Version) -> Version:
    """The shipped version that speaks for `version`: itself, else the oldest or the newest."""
    return min(max(version, OLDEST), NEWEST)


def minor(text: str) -> Version:
    """Major and minor number of a version such as "3.30.2"."""
    major, number, *_ = text.split(".")
    return int(major), int(number)


def written(version: Version) -> str:
    """The version as people write it."""
    return f"{version[0]}.{version[1]}"
