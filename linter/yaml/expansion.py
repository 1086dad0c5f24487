"""How large a document becomes when its aliases are written out, and when that is too much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from linter.text import Span
from linter.yaml.builder import DEPTH, Refused
from linter.yaml.fields import is_merge
from linter.yaml.nodes import Alias, Fault, Mapping, Sequence

if TYPE_CHECKING:
    from collections.abc import Iterable

    from linter.yaml.nodes import Node

_LOW, _HIGH = 400_000, 4_000_000


class Expansion:
    """Counts as Calico's reader does (go.yaml.in/yaml/v2): one step for every node it decodes, aliases written out."""

    __slots__ = ("_known", "_repeated", "_steps")

    def __init__(self) -> None:
        self._known: Final[dict[int, tuple[int, int]]] = {}
        self._steps = 1
        self._repeated = 0

    def check(self, node: Node, depth: int = 0) -> None:
        """Goes through a document.

        Raises:
            Refused: nearly all of it comes from aliases, so that the reader gives up, or they nest it too deep.
        """
        self._steps += 1
        if isinstance(node, Alias):
            steps, height = self._measure(node.target)
            self._steps += steps
            self._repeated += steps
            if depth + height > DEPTH:
                raise Refused(_fault(f"aliases nest the document more than {DEPTH} deep", node))
        if self._excessive():
            raise Refused(_fault("document contains excessive aliasing", node))
        for child in _decoded(node):
            self.check(child, depth + 1)

    def _measure(self, node: Node) -> tuple[int, int]:
        """Steps to decode a node and levels below it."""
        known = self._known.get(id(node))
        if known is None:
            children = [node.target] if isinstance(node, Alias) else list(_decoded(node))
            measures = [self._measure(child) for child in children]
            level = 0 if isinstance(node, Alias) else 1
            height = max((level + height for _, height in measures), default=0)
            known = self._known[id(node)] = (1 + sum(steps for steps, _ in measures), height)
        return known

    def _excessive(self) -> bool:
        if self._repeated <= 100 or self._steps <= 1000:
            return False
        share = 0.99 - 0.89 * (min(max(self._steps, _LOW), _HIGH) - _LOW) / (_HIGH - _LOW)
        return self._repeated / self._steps > share


def _decoded(node: Node) -> Iterable[Node]:
    """The nodes below this one that the reader decodes; of a merge only what it brings in."""
    if isinstance(node, Sequence):
        yield from node.items
    elif isinstance(node, Mapping):
        for entry in node.entries:
            if not is_merge(entry.key):
                yield entry.key
                yield entry.value
            elif isinstance(entry.value, Sequence):
                yield from reversed(entry.value.items)
            else:
                yield entry.value


def _fault(reason: str, node: Node) -> Fault:
    return Fault(Fault.LIMIT, reason, Span(node.start, node.end))
