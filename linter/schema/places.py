"""Where in a document something is: the way from a schema's path to nodes and spans."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.schema.dialect import spelling
from linter.text import Span
from linter.yaml.nodes import Mapping, Scalar, Sequence, content
from linter.yaml.plain import escape

if TYPE_CHECKING:
    from collections.abc import Iterable

    from linter.schema.names import Path
    from linter.yaml.nodes import Node


class Place(NamedTuple):
    """A node on its path from the root; `key` and `parent` are None in a list and at the root."""

    node: Node
    key: Scalar | None
    parent: Mapping | None
    path: Path
    root: Node

    @property
    def pointer(self) -> str:
        """The path as a JSON Pointer."""
        return "".join(f"/{escape(step)}" for step in self.path)

    @property
    def span(self) -> Span:
        """The node; of an empty item the dash before it."""
        span = self.node.span
        return span if span.start < span.end or not span.start else Span(span.start - 1, span.end)

    @property
    def mapping(self) -> Mapping | None:
        """The node, if it is an object."""
        inner = content(self.node)
        return inner if isinstance(inner, Mapping) else None

    @property
    def span_of_missing(self) -> Span:
        """Where a missing member is reported: its parent's key, at the root the value of `kind` (product, "The primary
        span"), in a list the first key of the item.
        """
        if self.key is not None:
            return self.key.span
        mapping = self.mapping
        if mapping is None or not mapping.entries:
            return self.node.span
        kind = mapping.fields.get("kind") if not self.path else None
        return kind.value.span if kind else mapping.entries[0].key.span


def locate(root: Node, path: Iterable[str | int]) -> Place:
    """The place of a path of member names (in the schema's spelling) and list positions.

    Raises:
        LookupError: there is no such place.
    """
    place = Place(root, None, None, (), root)
    for step in path:
        inner = content(place.node)
        if isinstance(inner, Sequence):
            place = Place(inner.items[int(step)], None, None, (*place.path, str(step)), root)
        elif isinstance(inner, Mapping):
            name = str(step) if step in inner.fields else spelling(str(step), inner.fields)
            entry = inner.fields[name or str(step)]
            place = Place(entry.value, entry.key, inner, (*place.path, str(step)), root)
        else:
            raise LookupError(f"nothing lies below {place.pointer}")
    return place
