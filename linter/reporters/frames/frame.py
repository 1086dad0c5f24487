"""A whole diagnostic: header, blocks of source, and what to do."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.diagnostics import Label
from linter.reporters.frames.block import Mark, block
from linter.reporters.frames.diff import diff, last_line
from linter.reporters.frames.glyphs import cells, visible
from linter.reporters.frames.prose import paragraph
from linter.reporters.secrets import touches
from linter.reporters.wording import counted, object_name, place

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linter.diagnostics import Diagnostic
    from linter.reporters.frames.excerpt import Page
    from linter.reporters.palette import Line, Role
    from linter.text import Source

SHOWN = 8
"""Related places that get a frame; the others are listed."""

VALUE = 40
"""Code points of a value that a list of places shows."""


def frame(diagnostic: Diagnostic, page: Page, repeats: Sequence[Diagnostic]) -> list[Line]:
    """The lines of a diagnostic, with the places of its repeats in short."""
    gutter = _gutter(diagnostic)
    return [
        *_header(diagnostic, page),
        *_blocks(diagnostic, page, gutter),
        *_notes(diagnostic, page, gutter),
        *_repeats(diagnostic, repeats, page, gutter),
    ]


def _gutter(diagnostic: Diagnostic) -> int:
    labels = (diagnostic.at, *diagnostic.related[:SHOWN])
    lines = [label.source.position(min(label.span.end, len(label.source.text))).line for label in labels]
    return len(str(max(*lines, last_line(diagnostic.fix) if diagnostic.fix else 0)))


def _header(diagnostic: Diagnostic, page: Page) -> list[Line]:
    role = _role(diagnostic)
    head: Line = [(diagnostic.severity.value, role), (f"[{diagnostic.rule}]", role), (": ", "strong")]
    return paragraph(head, diagnostic.message, "strong", 2, page.width, page.alphabet)


def _role(diagnostic: Diagnostic) -> Role:
    return diagnostic.severity.value


def _blocks(diagnostic: Diagnostic, page: Page, gutter: int) -> list[Line]:
    """A block for each source, the diagnostic's own first."""
    at = diagnostic.at
    own = [Mark(at.span, at.message, _role(diagnostic), True)]
    others: dict[tuple[str, str], tuple[Source, list[Mark]]] = {}
    for label in diagnostic.related[:SHOWN]:
        mark = Mark(label.span, label.message, "related", False)
        if (label.source.path, label.source.text) == (at.source.path, at.source.text):
            own.append(mark)
        else:
            others.setdefault((label.source.path, label.source.text), (label.source, []))[1].append(mark)
    lines = [*_arrow(at, object_name(diagnostic.subject), page, gutter), *_block(at.source, own, page, gutter)]
    for source, marks in others.values():
        where = visible(place(Label(source, min(mark.span for mark in marks))), page.alphabet)
        lines.append([(f"{'':{gutter}}::: ", "gutter"), (where, "path")])
        lines += _block(source, marks, page, gutter)
    return lines


def _arrow(label: Label, subject: str, page: Page, gutter: int) -> list[Line]:
    """Where it is; a path is never broken, so that it can be clicked on."""
    head: Line = [(f"{'':{gutter}}--> ", "gutter"), (visible(place(label), page.alphabet), "path")]
    if not subject:
        return [head]
    named = f"({visible(subject, page.alphabet)})"
    if sum(cells(text) for text, _ in head) + 1 + cells(named) <= page.width:
        return [[*head, (f" {named}", "quiet")]]
    return [head, *paragraph([(" " * (gutter + 4), "plain")], named, "quiet", gutter + 4, page.width, page.alphabet)]


def _block(source: Source, marks: list[Mark], page: Page, gutter: int) -> list[Line]:
    if not source.text and not any(mark.message for mark in marks):
        return []
    blank: Line = [(f"{'':{gutter}} {page.alphabet.bar}", "gutter")]
    return [blank, *block(source, marks, page, gutter)]


def _notes(diagnostic: Diagnostic, page: Page, gutter: int) -> list[Line]:
    """Help, link, fix, and the related places that got no frame."""
    lines: list[Line] = []
    for text in diagnostic.help.split("\n") if diagnostic.help else ():
        lines += _note("help", text, page, gutter)
    where = f"peerlint explain {diagnostic.rule}" if diagnostic.url is None else visible(diagnostic.url, page.alphabet)
    lines.append([*_lead(diagnostic.code, gutter), (where, "quiet")])
    for label in diagnostic.related[SHOWN:]:
        lines += _note("also", f"{place(label)} {label.message}".rstrip(), page, gutter)
    if fix := diagnostic.fix:
        lines += _note(f"fix ({fix.safety.value})", fix.title, page, gutter)
        lines += diff(fix, page, gutter, diagnostic.at.source)
    return [[(f"{'':{gutter}} {page.alphabet.bar}", "gutter")], *lines] if lines else []


def _note(kind: str, text: str, page: Page, gutter: int) -> list[Line]:
    return paragraph(_lead(kind, gutter), text, "plain", gutter + 5, page.width, page.alphabet)


def _lead(kind: str, gutter: int) -> Line:
    return [(f"{'':{gutter}} = ", "gutter"), (kind, "strong"), (": ", "plain")]


def _repeats(diagnostic: Diagnostic, repeats: Sequence[Diagnostic], page: Page, gutter: int) -> list[Line]:
    """The places of repeats, with what stands there where that differs from the first."""
    if not repeats:
        return []
    lines = _note("again", f"{counted(len(repeats), 'more place')} of the same cause", page, gutter)
    first = _value(diagnostic, page)
    for repeat in repeats:
        line: Line = [(" " * (gutter + 5), "plain"), (visible(place(repeat.at), page.alphabet), "path")]
        if named := object_name(repeat.subject):
            line.append((f" ({visible(named, page.alphabet)})", "quiet"))
        if (found := _value(repeat, page)) != first:
            line.append((f" {found}", "plain"))
        lines.append(line)
    return lines


def _value(diagnostic: Diagnostic, page: Page) -> str:
    """What stands at the place, quoted, as far as it may be shown and fits on a line."""
    span, source = diagnostic.at.span, diagnostic.at.source
    if touches(page.secrets.of(source), span):
        return page.alphabet.mask
    text = source.text[span.start : min(span.end, span.start + VALUE)].rstrip()
    more = page.alphabet.ellipsis if span.end - span.start > VALUE else ""
    return f"`{visible(text, page.alphabet)}{more}`" if text else ""
