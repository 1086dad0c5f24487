"""Positioned nodes of one YAML document.

Nodes are built once by the parser and never assigned to afterwards; they are plain slotted classes because a document
has dozens of them. All positions are code-point offsets into the source.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.text import Span

if TYPE_CHECKING:
    from collections.abc import Iterator
    from collections.abc import Sequence as Items
    from typing import Final

    from linter.text import Source

Value = str | int | float | bool | None
"""What a scalar is once Calico's tools have turned YAML into JSON."""


class Scalar:
    """A leaf. `start` is where its properties (`!tag`, `&anchor`) begin, `text_start` where its text does."""

    __slots__ = ("anchor", "end", "start", "style", "tag", "text", "text_start", "value")

    def __init__(
        self,
        start: int,
        text_start: int,
        end: int,
        text: str,
        value: Value,
        style: str,
        tag: str | None,
        anchor: str | None,
    ) -> None:
        self.start: Final = start
        self.text_start: Final = text_start
        self.end: Final = end
        self.text: Final = text
        """Content after folding and unescaping, before it was given a type."""
        self.value: Final = value
        """Content as sigs.k8s.io/yaml resolves it (calico-fields §9–10)."""
        self.style: Final = style
        """"" (plain), "'", '"', "|" or ">"."""
        self.tag: Final = tag
        """As written and resolved by the parser: None, "!", "!has(x)", "tag:yaml.org,2002:str" …"""
        self.anchor: Final = anchor

    @property
    def span(self) -> Span:
        """The scalar with its tag and anchor."""
        return Span(self.start, self.end)

    @property
    def text_span(self) -> Span:
        """The scalar without its tag and anchor."""
        return Span(self.text_start, self.end)


class Sequence:
    """A list of nodes; `end` is the end of its last item in block style, after `]` in flow style."""

    __slots__ = ("anchor", "end", "flow", "items", "start", "tag", "text_start")

    def __init__(
        self, start: int, text_start: int, end: int, items: Items[Node], flow: bool, tag: str | None, anchor: str | None
    ) -> None:
        self.start: Final = start
        self.text_start: Final = text_start
        self.end: Final = end
        self.items: Final = items
        self.flow: Final = flow
        self.tag: Final = tag
        self.anchor: Final = anchor

    @property
    def span(self) -> Span:
        """The list with its tag and anchor."""
        return Span(self.start, self.end)


class Entry:
    """One key of a mapping with its value; `merged` when it came in by `<<`."""

    __slots__ = ("key", "merged", "value")

    def __init__(self, key: Scalar, value: Node, merged: bool = False) -> None:
        self.key: Final = key
        self.value: Final = value
        self.merged: Final = merged

    @property
    def span(self) -> Span:
        """From the key to the end of the value."""
        return Span(self.key.start, max(self.key.end, self.value.end))


class Mapping:
    """Keys with values. `fields` has every effective key as JSON will see it (`1` is "1", `yes` is "true"), merges
    applied, in document order; the written entries, `<<` included, are `entries`.
    """

    __slots__ = ("anchor", "end", "entries", "fields", "flow", "start", "tag", "text_start")

    def __init__(
        self,
        start: int,
        text_start: int,
        end: int,
        entries: Items[Entry],
        fields: dict[str, Entry],
        flow: bool,
        tag: str | None,
        anchor: str | None,
    ) -> None:
        self.start: Final = start
        self.text_start: Final = text_start
        self.end: Final = end
        self.entries: Final = entries
        self.fields: Final = fields
        self.flow: Final = flow
        self.tag: Final = tag
        self.anchor: Final = anchor

    @property
    def span(self) -> Span:
        """The mapping with its tag and anchor."""
        return Span(self.start, self.end)


class Alias:
    """`*name` where it stands; `target` is the shared node it repeats."""

    __slots__ = ("end", "name", "start", "target")

    def __init__(self, start: int, end: int, name: str, target: Content) -> None:
        self.start: Final = start
        self.end: Final = end
        self.name: Final = name
        self.target: Final = target

    @property
    def span(self) -> Span:
        """The alias itself."""
        return Span(self.start, self.end)


Content = Scalar | Sequence | Mapping
Node = Scalar | Sequence | Mapping | Alias


def content(node: Node) -> Content:
    """The node itself, or what its alias repeats."""
    return node.target if isinstance(node, Alias) else node


class Document:
    """One document of a stream: `root` is None when it is empty or broken; then `faults` say why, if it is broken.

    `start` and `end` bound its text in the source: after its `---` to before the next one.
    """

    __slots__ = ("aliases", "end", "faults", "hollow", "index", "root", "source", "start")

    def __init__(
        self,
        source: Source,
        index: int,
        start: int,
        end: int,
        root: Node | None,
        faults: Items[Fault] = (),
        aliases: frozenset[str] = frozenset(),
        hollow: bool = True,
    ) -> None:
        self.source: Final = source
        self.index: Final = index
        self.start: Final = start
        self.end: Final = end
        self.root: Final = root
        self.faults: Final = faults
        self.aliases: Final = aliases
        """Names of the anchors that some alias of this document uses."""
        self.hollow: Final = hollow
        """Whether a null, empty text, 0, false or `{}` may stand anywhere in it."""


class Fault:
    """Something that the engine itself found wrong, for the rule that `rule` names to word.

    `kind` is one of the class constants for what Calico's reader refuses or loses, else the rule's name.
    `reason` is the reader's own complaint in lower case; `related` are other places with a word on each (where the
    open bracket stood, where the key was first).
    """

    INVALID: Final = "invalid-yaml"
    """No YAML, no UTF-8, a value JSON cannot hold: Calico refuses the whole file."""
    LOST: Final = "lost-text"
    """Dropped without a word: text after the end of the root node, one of two keys that JSON cannot tell apart."""
    DUPLICATE: Final = "duplicate-key"
    """A key written twice; `merged` in the reason when it repeats one that `<<` brought in."""
    LIMIT: Final = "input-limit"
    """Beyond the depth, size or alias bounds; the document was not read."""

    __slots__ = ("kind", "reason", "related", "span")

    def __init__(self, kind: str, reason: str, span: Span, related: tuple[tuple[Span, str], ...] = ()) -> None:
        self.kind: Final = kind
        self.reason: Final = reason
        self.span: Final = span
        self.related: Final = related

    @property
    def rule(self) -> str:
        """The name of the rule that words this fault."""
        return Fault.INVALID if self.kind == Fault.LOST else self.kind


def walk(node: Node) -> Iterator[Node]:
    """The node and all below it in document order, aliases as leaves (so that alias bombs stay small)."""
    stack: list[Node] = [node]
    while stack:
        node = stack.pop()
        yield node
        if type(node) is Mapping:
            for entry in reversed(node.entries):
                stack.append(entry.value)
                stack.append(entry.key)
        elif type(node) is Sequence:
            stack.extend(reversed(node.items))
