"""Nodes as plain JSON data, and JSON Pointers (RFC 6901) to nodes and back."""

from __future__ import annotations

import re
from bisect import bisect_right
from operator import attrgetter
from typing import TYPE_CHECKING, Final

from linter.yaml.nodes import Alias, Entry, Mapping, Scalar, Sequence, content

if TYPE_CHECKING:
    from linter.text import Span
    from linter.yaml.nodes import Document, Node, Value

    Json = Value | list["Json"] | dict[str, "Json"]

_POSITION: Final = re.compile(r"/\d+(?=/|$)")
_START: Final = attrgetter("start")
_KEY_START: Final = attrgetter("key.start")


def plain(node: Node | None) -> Json:
    """What Calico's tools see: an absent node is null, keys are text, merges are applied. What an alias repeats is
    one shared object, so that the data is never larger than the text.
    """
    return _plain(node, {}) if node is not None else None


def _plain(node: Node, shared: dict[int, Json]) -> Json:
    if type(node) is Scalar:
        return node.value
    if isinstance(node, Alias):
        target = node.target
        if id(target) not in shared:
            shared[id(target)] = _plain(target, shared)
        return shared[id(target)]
    known = shared.get(id(node))
    if known is not None:
        return known
    data: Json
    if isinstance(node, Sequence):
        data = [_plain(item, shared) for item in node.items]
    elif isinstance(node, Mapping):
        data = {name: _plain(entry.value, shared) for name, entry in node.fields.items()}
    if node.anchor is not None:
        shared[id(node)] = data
    return data


def at(root: Node, pointer: str) -> Node | None:
    """The node under a JSON Pointer, aliases followed on the way; None where there is none."""
    node = root
    for token in steps(pointer):
        step = _step(content(node), token)
        if step is None:
            return None
        node = step.value if isinstance(step, Entry) else step
    return node


def entry_at(root: Node, pointer: str) -> Entry | None:
    """The key and value under a JSON Pointer; None where there is none, or an item of a list."""
    parent, _, token = pointer.rpartition("/")
    node = at(root, parent)
    step = _step(content(node), unescape(token)) if node is not None and pointer else None
    return step if isinstance(step, Entry) else None


def pointer(document: Document, span: Span) -> str:
    """The JSON Pointer of the deepest entry or item whose key or value covers a span of the source; "" at the root.

    Inside what `<<` merges in, it is the pointer of the merged field.
    """
    path = ""
    node = document.root
    while node is not None:
        node, token = _covering(node, span)
        if token is not None:
            path += "/" + escape(token)
    return path


def escape(token: str) -> str:
    """A member name as one token of a JSON Pointer."""
    return token.replace("~", "~0").replace("/", "~1")


def unescape(token: str) -> str:
    """The member name that a token of a JSON Pointer stands for."""
    return token.replace("~1", "/").replace("~0", "~")


def without_positions(pointer: str) -> str:
    """A JSON Pointer with `-` for each place in a list, so that it stays what it is when items are moved."""
    return _POSITION.sub("/-", pointer)


def steps(pointer: str) -> list[str]:
    """The member names and list positions of a JSON Pointer."""
    return [unescape(token) for token in pointer.split("/")[1:]]


def _step(node: Node, token: str) -> Entry | Node | None:
    if isinstance(node, Mapping):
        return node.fields.get(token)
    if isinstance(node, Sequence) and token.isdecimal() and int(token) < len(node.items):
        return node.items[int(token)]
    return None


def _covering(node: Node, span: Span) -> tuple[Node | None, str | None]:
    """The child that covers the span, and its token; a merge has none. Children stand in the order of the text."""
    if isinstance(node, Sequence):
        number = bisect_right(node.items, span.start, key=_START) - 1
        if number >= 0 and node.items[number].span.covers(span):
            return node.items[number], str(number)
    if isinstance(node, Mapping):
        number = bisect_right(node.entries, span.start, key=_KEY_START) - 1
        if number >= 0 and node.entries[number].span.covers(span):
            return _below(node.entries[number], span)
    return None, None


def _below(entry: Entry, span: Span) -> tuple[Node | None, str | None]:
    from linter.yaml.fields import is_merge, name

    if not is_merge(entry.key):
        return entry.value, name(entry.key)
    if isinstance(entry.value, Sequence):
        return next((item for item in entry.value.items if item.span.covers(span)), None), None
    return entry.value, None
