"""Which labels can exist at all: what Kubernetes allows as a key and as a value (selector §8, §12)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Final

_LETTERS = "abcdefghijklmnopqrstuvwxyz"
_ALPHANUMERIC = frozenset(_LETTERS + _LETTERS.upper() + "0123456789")
_PREFIX = re.compile(r"[a-z0-9]([-a-z0-9]*[a-z0-9])?(\.[a-z0-9]([-a-z0-9]*[a-z0-9])?)*")


class LabelSpace:
    """All labels that something can carry.

    A value is empty, or has at most `longest` characters, the first and last in `edge`, those between in `inner` too. A
    key is a Kubernetes label key. Keys that begin with one of `free` are exempt, and so are their values.
    """

    __slots__ = ("edge", "free", "inner", "longest")

    def __init__(self, edge: frozenset[str], inner: frozenset[str], longest: int, free: tuple[str, ...] = ()) -> None:
        self.edge: Final = edge
        self.inner: Final = edge | inner
        self.longest: Final = longest
        self.free: Final = free

    def exempts(self, key: str) -> bool:
        """Whether labels of this key may be anything."""
        return bool(self.free) and key.startswith(self.free)

    def key_fault(self, key: str) -> str | None:
        """Why no label can have this key, None where one can."""
        prefix, slash, name = key.rpartition("/")
        if slash and (len(prefix) > 253 or not _PREFIX.fullmatch(prefix)):
            return "what stands before its last `/` is no lower-case domain name of at most 253 characters"
        return _fault(name, _ALPHANUMERIC, _INNER, 63) if name else "it has no name"

    def value_fault(self, value: str) -> str | None:
        """Why no label can have this value, None where one can."""
        return _fault(value, self.edge, self.inner, self.longest) if value else None


_INNER = _ALPHANUMERIC | frozenset("-_.")


def _fault(text: str, edge: frozenset[str], inner: frozenset[str], longest: int) -> str | None:
    if len(text) > longest:
        return f"it has {len(text)} characters, {longest} are the most"
    if not inner.issuperset(text):
        return f"it holds {next(character for character in text if character not in inner)!r}"
    return None if text[0] in edge and text[-1] in edge else "it does not begin and end with a letter or digit"


KUBERNETES = LabelSpace(_ALPHANUMERIC, frozenset("-_."), 63)
"""Labels of Nodes and namespaces."""

WORKLOADS = LabelSpace(_ALPHANUMERIC, frozenset("-_."), 63, free=("pcns.", "pcsa."))
"""Labels of workloads: what they inherit has a prefix before its key, and names of service accounts are longer."""

SPACES = {"node": KUBERNETES, "namespace": KUBERNETES, "workload": WORKLOADS}
"""By what carries the labels."""
