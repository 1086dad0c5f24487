"""From the parser's events to the nodes of one document."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.text import Span
from linter.yaml import scalars, spans
from linter.yaml.extension import clib
from linter.yaml.nodes import Alias, Entry, Fault, Mapping, Scalar, Sequence, content

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Final

    from linter.yaml.corrections import Corrected
    from linter.yaml.nodes import Content, Node, Value

DEPTH: Final = 100
"""How deep nodes may be nested; manifests stay below 30, and deeper ones only cost time."""

_UNKNOWN: Any = object()
_QUOTES = frozenset("'\"")


class Refused(Exception):  # noqa: N818
    """Reading the document ends here, with this fault."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault.reason)
        self.fault: Final = fault


class Builder:
    """Builds one document; `base` is the offset of the parser's text in `text`, the text of the whole file.

    After `build`, `aliases` has the names that were used, `unsettled` the mappings whose `fields` wait for `settle`
    (`linter.yaml.fields`), `faults` what was refused on the way, `doubtful` tells whether some scalar is an infinity
    or no number, and `hollow` whether a null, empty text, 0, false or `{}` stands anywhere.
    """

    __slots__ = ("aliases", "anchors", "base", "corrected", "doubtful", "faults", "hollow", "memo", "text", "unsettled")

    def __init__(self, text: str, base: int, memo: scalars.Memo, corrected: Corrected | None = None) -> None:
        self.text: Final = text
        self.base: Final = base
        self.memo: Final = memo
        self.corrected: Final = corrected
        self.anchors: Final[dict[str, Any]] = {}
        self.aliases: Final[set[str]] = set()
        self.unsettled: Final[list[Mapping]] = []
        self.faults: Final[list[Fault]] = []
        self.doubtful = False
        self.hollow = False

    def build(self, get: Callable[[], Any]) -> tuple[Node | None, Any]:  # noqa: C901, PLR0912, PLR0915
        """The root, and the event that ends the document or, where there is none, the stream.

        One long loop, because it runs for every node of every file.

        Raises:
            Refused: the document is nested too deep, or an alias has no anchor.
            clib.YAMLError: whatever the C parser complains of.
        """
        base, memo, corrected = self.base, self.memo, self.corrected
        mapping_start, mapping_end = clib.MappingStartEvent, clib.MappingEndEvent
        sequence_start, sequence_end = clib.SequenceStartEvent, clib.SequenceEndEvent
        hinted = scalars.HINTED
        stack: list[tuple[list[Any], Callable[[Any], None], Any]] = []
        children: list[Any] = []
        add = children.append
        get()
        get()
        while True:
            event = get()
            kind = event.__class__
            if kind is tuple:
                _, _, _, text, mark, end_mark, style = event
                start = mark.index + base
                end = end_mark.index + base
                if corrected is not None:
                    text = corrected.restore(text)
                if style or end - start != len(text):
                    if end - start == len(text) + 2 and style in _QUOTES:
                        add(Scalar(start, start, end, text, text, style, None, None))
                        if not text:
                            self.hollow = True
                    else:
                        add(self._scalar(event, text, start, end))
                elif text[:1] not in hinted:
                    add(Scalar(start, start, end, text, text, "", None, None))
                else:
                    value = memo.get(text, _UNKNOWN)
                    if value is _UNKNOWN:
                        add(self._plain(text, start, children))
                    else:
                        add(Scalar(start, start, end, text, value, "", None, None))
                        if not value:
                            self.hollow = True
            elif kind is mapping_end:
                items = children
                children, add, opening = stack.pop()
                add(self._mapping(opening, event, items))
            elif kind is mapping_start or kind is sequence_start:
                if event.anchor is not None:
                    self.anchors[event.anchor] = event
                stack.append((children, add, event))
                if len(stack) > DEPTH:
                    raise Refused(_too_deep(event.start_mark.index + base))
                children = []
                add = children.append
            elif kind is sequence_end:
                items = children
                children, add, opening = stack.pop()
                add(self._sequence(opening, event, items))
            elif kind is clib.AliasEvent:
                add(self._alias(event))
            else:
                return (children[0] if children else None), event

    def _plain(self, text: str, start: int, siblings: list[Any]) -> Scalar:
        if not text and siblings:
            start = spans.empty_value(self.text, start, siblings[-1].end)
        value = scalars.plain(text, self.memo)
        if not scalars.is_json(value):
            self.doubtful = True
        if not value:
            self.hollow = True
        return Scalar(start, start, start + len(text), text, value, "", None, None)

    def _scalar(self, event: tuple[Any, ...], text: str, start: int, end: int) -> Scalar:
        """A scalar with properties, escapes or several lines."""
        anchor, tag, _, _, _, _, style = event
        text_start = spans.after_properties(self.text, start, end, anchor)
        if style in ("|", ">"):
            end = spans.block_scalar_end(self.text, text_start, end)
        elif style == '"':
            self._check_escapes(text_start, end)
        tag = self._tag(tag)
        value = self._value(text, tag, style, Span(start, end))
        scalar = Scalar(start, text_start, end, text, value, style, tag, anchor)
        if not value:
            self.hollow = True
        if anchor is not None:
            self.anchors[anchor] = scalar
        return scalar

    def _check_escapes(self, start: int, end: int) -> None:
        r"""Calico's reader does not know `\/`, though JSON and the C parser do."""
        at = self.text.find("\\", start, end)
        while at >= 0:
            if self.text[at + 1] == "/":
                self.faults.append(Fault(Fault.INVALID, "found unknown escape character", Span(at, at + 2)))
            at = self.text.find("\\", at + 2, end)

    def _value(self, text: str, tag: str | None, style: str, span: Span) -> Value:
        if tag is None and style:
            return text
        try:
            value = scalars.plain(text, self.memo) if tag is None else scalars.tagged(text, tag)
        except scalars.Refusal as refusal:
            self.faults.append(Fault(Fault.INVALID, str(refusal), span))
            return None
        if not scalars.is_json(value):
            self.doubtful = True
        return value

    def _alias(self, event: Any) -> Alias:
        name = event.anchor
        span = Span(event.start_mark.index + self.base, event.end_mark.index + self.base)
        target = self.anchors.get(name)
        if target is None:
            raise Refused(Fault(Fault.INVALID, f"unknown anchor '{name[:60]}' referenced", span))
        if not isinstance(target, (Scalar, Sequence, Mapping)):
            opened = target.start_mark.index + self.base
            related = ((Span(opened, opened + 1 + len(name)), "the anchor stands here"),)
            raise Refused(Fault(Fault.INVALID, f"anchor '{name[:60]}' value contains itself", span, related))
        self.aliases.add(name)
        return Alias(span.start, span.end, name, target)

    def _sequence(self, opening: Any, closing: Any, items: list[Any]) -> Sequence:
        start = opening.start_mark.index + self.base
        end = self._end(closing, items)
        anchor = opening.anchor
        if anchor is None and opening.implicit:
            return Sequence(start, start, end, items, opening.flow_style, None, None)
        tag = self._tag(opening.tag)
        sequence = Sequence(start, self._content(opening), end, items, opening.flow_style, tag, anchor)
        self._close(anchor, opening, sequence)
        return sequence

    def _mapping(self, opening: Any, closing: Any, children: list[Any]) -> Mapping:
        start = opening.start_mark.index + self.base
        flow = opening.flow_style
        end = self._end(closing, children) if flow else children[-1].end
        entries: list[Entry] = []
        fields: dict[str, Entry] = {}
        settled = True
        nodes = iter(children)
        for node in nodes:
            key = node if node.__class__ is Scalar else self._key(node)
            name: Any = key.value
            if name.__class__ is not str:
                settled = False
            fields[name] = entry = Entry(key, next(nodes))
            entries.append(entry)
        if not settled or len(fields) != len(entries) or "<<" in fields:
            settled = False
            fields = {}
        if not entries:
            self.hollow = True
        anchor = opening.anchor
        if anchor is None and opening.implicit:
            mapping = Mapping(start, start, end, entries, fields, flow, None, None)
        else:
            text_start, tag = self._content(opening), self._tag(opening.tag)
            mapping = Mapping(start, text_start, end, entries, fields, flow, tag, anchor)
            self._close(anchor, opening, mapping)
        if not settled:
            self.unsettled.append(mapping)
        return mapping

    def _key(self, node: Sequence | Mapping | Alias) -> Scalar:
        """A key that is an alias reads as its target's text; a list or a mapping cannot be a key."""
        target = content(node)
        if isinstance(target, Scalar):
            return Scalar(node.start, node.start, node.end, target.text, target.value, target.style, target.tag, None)
        kind = "list" if isinstance(target, Sequence) else "mapping"
        reason = f"invalid map key: a {kind} cannot be a key"
        raise Refused(Fault(Fault.INVALID, reason, node.span))

    def _end(self, closing: Any, children: list[Any]) -> int:
        """After the closing bracket; without one (block style, a lone pair in a list) the last child's end."""
        end = closing.end_mark.index
        if end == closing.start_mark.index and children:
            return children[-1].end  # type: ignore[no-any-return]
        return end + self.base  # type: ignore[no-any-return]

    def _content(self, opening: Any) -> int:
        """Where a collection with properties begins: at its bracket, its dash or its first key."""
        end: int = opening.end_mark.index + self.base
        if opening.flow_style or (opening.__class__ is clib.SequenceStartEvent and self.text[end : end + 1] != "-"):
            return end - 1
        return end

    def _tag(self, tag: str | None) -> str | None:
        return tag if tag is None or self.corrected is None else self.corrected.restore(tag)

    def _close(self, anchor: str | None, opening: Any, node: Content) -> None:
        """The node takes its anchor's name, unless a child has taken it since."""
        if anchor is not None and self.anchors[anchor] is opening:
            self.anchors[anchor] = node


def _too_deep(offset: int) -> Fault:
    return Fault(Fault.LIMIT, f"nested more than {DEPTH} deep", Span(offset, offset + 1))
