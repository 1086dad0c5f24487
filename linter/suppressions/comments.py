"""Ignore comments: `# peerlint: ignore[rule, …] reason` and `# peerlint: ignore-file[rule, …] reason`."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final

from linter.suppressions.ignore import Ignore, Name
from linter.suppressions.layout import Layout
from linter.text import Span
from linter.yaml.nodes import Fault, content

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linter.text import Source
    from linter.yaml.nodes import Document

_MARK: Final = r"(?<!\S)#+[ \t]*(?i:peerlint)\b"
_COMMENT = re.compile(rf"{_MARK}(?:(?!\s{_MARK})[^\r\n\x85\u2028\u2029])*")
_HEAD = re.compile(r"(?:[ \t\r\n]++|(?<!\S)#[^\r\n]*+|(?<![^\r\n])(?:%[^\r\n]*+|---(?!\S)))*+")

_FORM = re.compile(r"(#+[ \t]*peerlint:[ \t]*(ignore(?:-file)?)\[)([^\[\]]*)\][ \t:–—-]*(.*)")
_ATTEMPT = re.compile(r"#+[ \t]*peerlint([ \t.:/_-]*)([a-z][\w-]*)?[ \t:=]*(.*)", re.IGNORECASE)
_BRACKETS = re.compile(r"[\[({<]([^\])}>]*)[\])}>]?[ \t:–—-]*(.*)")
_RULES = re.compile(r"((?:[ \t,]*\b(?:CAL\d{3}|[a-z]+(?:-[a-z]+)+)(?![\w-]))*)[ \t,:]*(.*)")

_CODE = re.compile(r"CAL\d{3}", re.IGNORECASE)

_COMMANDS: Final = frozenset({"disable", "ignore", "ignore-file", "nolint", "noqa"})
_VERBS: Final = _COMMANDS | {
    *("allow", "disable-file", "disable-line", "disable-next-line", "file-ignore", "ignore-all", "ignore-line"),
    *("ignore-next-line", "ignore-rule", "ignored", "ignores", "off", "skip", "skip-file", "suppress"),
}


def in_comments(source: Source, documents: Sequence[Document]) -> Iterator[Ignore]:
    """The ignore comments of a file, near misses included.

    Where a document could not be read nothing tells a comment from a text, so that only the head of the file counts.
    """
    head = _HEAD.match(source.text)
    page = _Page(source, documents, head.end() if head else 0)
    for found in _COMMENT.finditer(source.text):
        comment = Span(found.start(), found.start() + len(found[0].rstrip()))
        if page.is_comment(comment.start):
            ignore = _well_formed(page, comment) or _near_miss(page, comment)
            if ignore is not None:
                yield ignore


class _Page:
    """A file with the layouts of the documents that could be read; `head` is where its first content begins."""

    def __init__(self, source: Source, documents: Sequence[Document], head: int) -> None:
        self.source = source
        self.documents = documents
        self.head = head
        self.layouts = {one.index: Layout(source, one.root) for one in documents if one.root is not None}
        self.is_whole = all(one.root is not None and _legible_end(one) == one.end for one in documents)

    def is_comment(self, offset: int) -> bool:
        if offset < self.head:
            return True
        document, layout = self.document(offset), self.layout(offset)
        return document is None or (
            layout is not None and offset < _legible_end(document) and not layout.is_text(offset)
        )

    def document(self, offset: int) -> Document | None:
        """The document that a comment belongs to; one above the first `---` belongs to the first."""
        return next((one for one in self.documents if offset < one.end), None)

    def layout(self, offset: int) -> Layout | None:
        document = self.document(offset)
        return self.layouts.get(document.index) if document is not None else None

    def before(self, offset: int) -> Span:
        """The line up to a comment."""
        return Span(self.source.line_span(self.source.position(offset).line).start, offset)


def _legible_end(document: Document) -> int:
    return min([document.end, *(fault.span.start for fault in document.faults if fault.kind == Fault.LOST)])


def _well_formed(page: _Page, comment: Span) -> Ignore | None:
    form = _FORM.fullmatch(page.source[comment])
    if form is None:
        return None
    names = tuple(_names(form[3], comment.start + form.start(3), form[4]))
    for_file = form[2] == "ignore-file"
    if not names:
        return Ignore((), comment, None, mistake="names no rule")
    if for_file and comment.start >= page.head:
        return Ignore((), comment, None, mistake="stands below the first content of the file")
    rewrite = Span(comment.start + form.start(3), comment.start + form.end(3))
    ignore = Ignore(names, comment, None, _removal(page, comment), rewrite)
    if for_file:
        return ignore._replace(covers=Span(0, len(page.source.text)), doubtful=not page.is_whole)
    return _covering(page, ignore)


def _names(text: str, start: int, reason: str) -> Iterator[Name]:
    for part in text.split(","):
        name = part.strip()
        if name:
            at = start + part.index(name)
            yield Name(name, Span(at, at + len(name)), reason)
        start += len(part) + 1


def _covering(page: _Page, ignore: Ignore) -> Ignore:
    """With the node below a comment on a line of its own, else with the values on its line."""
    offset = ignore.span.start
    layout, before = page.layout(offset), page.before(offset)
    if layout is None:
        return ignore._replace(doubtful=page.document(offset) is not None)
    if not _is_alone(page, layout, before):
        return ignore._replace(covers=layout.beside(before.start, offset))
    place = layout.below(offset)
    if place is None:
        return ignore
    root = content(layout.root)
    first = place.key.text if place.key and place.start == root.start else ""
    return ignore._replace(covers=Span(place.start, place.end), first=first)


def _is_alone(page: _Page, layout: Layout, before: Span) -> bool:
    """Whether nothing but blanks or another comment stands before."""
    text = page.source[before].lstrip()
    return not text or (text[0] == "#" and not layout.is_text(before.end - len(text)))


def _removal(page: _Page, comment: Span) -> Span:
    """The comment with the blanks before it; with the whole line if nothing else stands there."""
    before = page.before(comment.start)
    text = page.source[before].rstrip()
    if text:
        return Span(before.start + len(text), comment.end)
    return page.source.line_span(page.source.position(comment.start).line)


def _near_miss(page: _Page, comment: Span) -> Ignore | None:
    """What was surely meant to be an ignore and is none; other comments may speak of peerlint as they like."""
    attempt = _ATTEMPT.fullmatch(page.source[comment])
    if attempt is None or not _is_attempt(attempt[1], (attempt[2] or "").lower(), attempt[3]):
        return None
    names, reason = _meant(attempt)
    mistake = "has not the form of an ignore" if names else "names no rule"
    verb = "ignore-file" if "file" in (attempt[2] or "").lower() else "ignore"
    repair = (comment, f"# peerlint: {verb}[{', '.join(names)}] {reason}".rstrip()) if names else None
    return Ignore((), comment, None, mistake=mistake, repair=repair)


def _is_attempt(joint: str, verb: str, rest: str) -> bool:
    joined = joint.strip() in {":", "-", "_"}
    if verb in _COMMANDS or (joined and (verb in _VERBS or _CODE.fullmatch(verb))):
        return True
    return rest[:1] in {"[", "("} and (joined or verb in _VERBS or _is_near(verb))


def _is_near(verb: str) -> bool:
    from linter.schema.names import nearest

    return nearest(verb, ("ignore", "ignore-file")) is not None


def _meant(attempt: re.Match[str]) -> tuple[list[str], str]:
    """The rules that a near miss names, and its reason."""
    rest = attempt[3]
    if _CODE.fullmatch(attempt[2] or ""):
        rest = f"{attempt[2]} {rest}"
    found = _BRACKETS.fullmatch(rest) or _RULES.fullmatch(rest)
    if found is None:
        return [], ""
    return [name for name in re.split(r"[ \t,]+", found[1]) if name], found[2]
