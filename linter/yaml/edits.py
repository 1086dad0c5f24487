"""Minimal text edits on positioned nodes: every line they do not concern stays as it is, comments included."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.diagnostics import Edit
from linter.text import Span
from linter.yaml.nodes import Alias, Mapping, Scalar, content, walk

if TYPE_CHECKING:
    from collections.abc import Mapping as Members
    from collections.abc import Sequence as Items

    from linter.text import Source
    from linter.yaml.nodes import Document, Entry, Node, Sequence


def replaced(source: Source, node: Node, text: str) -> Edit:
    """Write `text` in place of a node and its tag.

    An anchor stays, for the aliases that use it, and so does the comment behind the `|` or `>` of a block scalar.
    """
    anchor = None if isinstance(node, Alias) else node.anchor
    return Edit(source, node.span, f"{f'&{anchor} ' if anchor else ''}{text}{_header_comment(source, node)}")


def _header_comment(source: Source, node: Node) -> str:
    if not isinstance(node, Scalar) or node.style not in {"|", ">"}:
        return ""
    header = source.text[node.text_start : node.end].partition("\n")[0].rstrip()
    before, mark, comment = header.partition("#")
    return before.lstrip("|>+-0123456789") + mark + comment if mark else ""


def without(document: Document, parent: Mapping, key: Scalar) -> Edit | None:
    """Take the entry of `key` out of `parent`, with the comment on its last line.

    None where a cut would change more than that: the only entry of a mapping, one that `<<` brought in, a comment
    inside what has to go, a document in which aliases repeat things.
    """
    index = next((index for index, entry in enumerate(parent.entries) if entry.key is key), None)
    if index is None or len(parent.entries) < 2 or document.aliases:
        return None
    cut = _flow_cut if parent.flow else _block_cut
    span = cut(document.source, parent.entries, index)
    return Edit(document.source, span, "") if span else None


def with_item(document: Document, items: Sequence, item: Members[str, str]) -> Edit | None:
    """Append an object of plain scalars to a list, in the list's own style.

    None for an empty list, and in a document in which aliases repeat things.
    """
    if not items.items or document.aliases:
        return None
    source, end = document.source, _end(document.source, items.items[-1])
    if items.flow:
        quote = '"' if is_json(items.items[-1]) else ""
        members = ", ".join(f"{quote}{name}{quote}: {quote}{value}{quote}" for name, value in item.items())
        return Edit(source, Span(end, end), f", {{{members}}}")
    line = source.position(end).line
    offset = source.line_span(line).start + len(source.line(line))
    if not _is_comment(source.text[end:offset]):
        return None
    indent = source.line(source.position(items.text_start).line)[: source.position(items.text_start).column - 1]
    if indent.strip():
        return None
    newline = "\r\n" if "\r\n" in source.text else "\n"
    members = f"{newline}{indent}  ".join(f"{name}: {value}" for name, value in item.items())
    return Edit(source, Span(offset, offset), f"{newline}{indent}- {members}")


def with_entry(document: Document, parent: Mapping, key: Scalar, name: str, value: str) -> Edit | None:
    """Add a plain entry to `parent` behind that of `key`, in the parent's own style.

    None where text follows the entry of `key` on its line, and in a document in which aliases repeat things.
    """
    entry = next((entry for entry in parent.entries if entry.key is key), None)
    if entry is None or document.aliases:
        return None
    source, end = document.source, _end(document.source, entry.value, key.end)
    if parent.flow:
        quote = key.style if key.style == '"' else ""
        return Edit(source, Span(end, end), f", {quote}{name}{quote}: {value}")
    line = source.position(end).line
    offset = source.line_span(line).start + len(source.line(line))
    if not _is_comment(source.text[end:offset]):
        return None
    newline = "\r\n" if "\r\n" in source.text else "\n"
    indent = " " * (source.position(key.start).column - 1)
    return Edit(source, Span(offset, offset), f"{newline}{indent}{name}: {value}")


def without_item(source: Source, items: Sequence, index: int) -> Edit | None:
    """Take an item that is not the first out of a list, with the comment on its last line.

    None where a cut would change more than that: a comment inside what has to go, an anchor or alias in it, a list that
    is repeated elsewhere.
    """
    item = items.items[index]
    bound = items.anchor or any(isinstance(each, Alias) or each.anchor for each in walk(item))
    if bound or not index or "#" in source[item.span]:
        return None
    span = _item_cut(source, items, index)
    return Edit(source, span, "") if span else None


def _item_cut(source: Source, items: Sequence, index: int) -> Span | None:
    item, text = items.items[index], source.text
    start, end = item.span.start, _end(source, item)
    if items.flow:
        before = _end(source, items.items[index - 1])
        return Span(before, end) if text[before:start].strip() == "," else None
    first, last = source.line_span(source.position(start).line), source.line_span(source.position(end).line)
    if text[first.start : start].strip() != "-" or not _is_comment(text[end : last.end]):
        return None
    return Span(first.start, last.end)


def _block_cut(source: Source, entries: Items[Entry], index: int) -> Span | None:
    entry, text = entries[index], source.text
    first = source.line_span(source.position(entry.key.start).line)
    end = _end(source, entry.value, entry.key.end)
    last = source.line_span(source.position(end).line)
    before = text[first.start : entry.key.start]
    if not before.strip():
        return Span(first.start, last.end) if _is_comment(text[end : last.end]) else None
    # The first key of a list item stands behind the dash: the next one takes its place.
    if index or before.strip(" \t-"):
        return None
    after = entries[1].key.start
    return Span(entry.key.start, after) if not text[end:after].strip() else None


def _flow_cut(source: Source, entries: Items[Entry], index: int) -> Span | None:
    entry, text = entries[index], source.text
    if index + 1 < len(entries):
        start, end = entry.key.start, entries[index + 1].key.start
        between = text[_end(source, entry.value, entry.key.end) : end]
    else:
        start, end = _end(source, entries[index - 1].value, entries[index - 1].key.end), entry.span.end
        between = text[start : entry.key.start]
    return Span(start, end) if between.strip() == "," else None


def _end(source: Source, node: Node, least: int = 0) -> int:
    """The end of a node's last character that is no blank; an empty value ends with its key, at `least`."""
    end = max(node.span.end, least)
    while end > least and source.text[end - 1].isspace():
        end -= 1
    return end


def is_json(node: Node) -> bool:
    """Whether an object is written as JSON is, with its keys in double quotes."""
    below = content(node)
    return isinstance(below, Mapping) and all(entry.key.style == '"' for entry in below.entries)


def _is_comment(rest: str) -> bool:
    """Whether what follows on a line is nothing, or a comment."""
    rest = rest.strip()
    return not rest or rest.startswith("#")
