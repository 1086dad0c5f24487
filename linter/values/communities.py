"""BGP communities as Calico reads them (calico-fields §9.7)."""

from __future__ import annotations

from typing import NamedTuple

from linter.values.numbers import UINT16_MAX, UINT32_MAX


class Community(NamedTuple):
    """A community of two parts, or a large one of three; a part far beyond its range is cut to one beyond it."""

    parts: tuple[int, ...]

    @property
    def limit(self) -> int:
        """What no part may exceed: 65535 of two, 4294967295 of three."""
        return UINT16_MAX if len(self.parts) == 2 else UINT32_MAX

    @property
    def in_range(self) -> bool:
        """Whether BIRD can hold every part."""
        return max(self.parts) <= self.limit


def community(text: str) -> Community | None:
    """`a:b` or `a:b:c` of decimal digits, in range or not: the form of BGPConfiguration."""
    parts = text.split(":")
    if len(parts) not in {2, 3} or not all(part.isascii() and part.isdigit() for part in parts):
        return None
    # Eleven digits are beyond any range, and Python refuses to convert thousands.
    return Community(tuple(int(part.lstrip("0")[:11] or "0") for part in parts))


def filter_community(text: str) -> Community | None:
    """A community as BGPFilter takes it: every part in range and without leading zeros."""
    read = community(text)
    if read is None or not read.in_range or text != ":".join(map(str, read.parts)):
        return None
    return read
