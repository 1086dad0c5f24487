"""Laws of code frames: whatever the source, marks stand under what they mark, and nothing unsafe gets out."""

from __future__ import annotations

import unicodedata
from itertools import pairwise
from typing import TYPE_CHECKING, SupportsIndex

import pytest
from hypothesis import given
from hypothesis import strategies as st
from rich.cells import cell_len

from linter.diagnostics import Diagnostic, Edit, Fix, Label, ObjectName, Safety, Severity
from linter.reporters.frames.block import Mark, block
from linter.reporters.frames.excerpt import Page
from linter.reporters.frames.frame import frame
from linter.reporters.frames.glyphs import LONGEST, cells, glyphs, visible
from linter.reporters.frames.prose import wrapped
from linter.reporters.palette import Line, ansi, plain
from linter.reporters.secrets import Secrets
from linter.reporters.terminal import ASCII, UNICODE, Alphabet
from linter.text import Source, Span

if TYPE_CHECKING:
    from collections.abc import Sequence

NOTHING = Secrets({})
SIMPLE = "ab :-'\"[]{}日本→ü😀\t\x00\x1b\x7f\x85\xa0\u202e\u200b\u3000\ue000"
JOINING = SIMPLE + "\u0301\u20dd\u200d\ufe0f👨👩🏽🇩🇪❤\u1160\ud800"
LINES = JOINING + "\n\r"

alphabets = st.sampled_from([UNICODE, ASCII, UNICODE._replace(encoding="utf-16"), ASCII._replace(encoding="cp1252")])
lines_of_text = st.text(st.sampled_from(LINES), max_size=120)
words = st.text(st.sampled_from("ab 日\x1b\u202e…•" + "\n"), max_size=60)


def unsafe(text: str) -> list[str]:
    """Characters that would act on the terminal or hide, but for the line feeds between lines."""
    acting = {"Cc", "Cf", "Cs", "Zl", "Zp"}
    return [
        character
        for character in text
        if character in "\u1160\u3164\u2800\xa0\u3000"
        or (character not in "\n\u200d" and unicodedata.category(character) in acting)
    ]


@st.composite
def spans(draw: st.DrawFn, source: Source) -> Span:
    start = draw(st.integers(0, len(source.text)))
    return Span(start, draw(st.integers(start, len(source.text))))


@st.composite
def diagnostics(draw: st.DrawFn) -> Diagnostic:
    sources = [Source("a.yaml", draw(lines_of_text)), Source("b.yaml", draw(lines_of_text))]

    def label() -> Label:
        source = draw(st.sampled_from(sources))
        return Label(source, draw(spans(source)), draw(words))

    edits = tuple(Edit(place.source, place.span, place.message) for place in (label() for _ in range(2)))
    return Diagnostic(
        "some-rule",
        "CAL000",
        draw(st.sampled_from(Severity)),
        draw(words),
        label(),
        tuple(label() for _ in range(draw(st.integers(0, 4)))),
        draw(words),
        draw(st.sampled_from([None, Fix(draw(words), Safety.SAFE, edits)])),
        "https://example.com/",
        "f",
        None,
        None,
    )


@given(diagnostics(), st.integers(24, 120), alphabets)
def test_any_frame_is_safe_and_fits(diagnostic: Diagnostic, width: int, alphabet: Alphabet) -> None:
    lines = frame(diagnostic, Page(width, alphabet, NOTHING), [diagnostic])
    text = plain(lines)
    assert not unsafe(text)
    assert text.encode(alphabet.encoding).decode(alphabet.encoding) == text
    for line in text.splitlines():
        assert cell_len(line) <= width or " = CAL000: " in line or ".yaml:" in line


@given(st.text(st.sampled_from(SIMPLE), max_size=60), st.data(), st.integers(24, 100), alphabets)
def test_marks_stand_under_their_text(text: str, data: st.DataObject, width: int, alphabet: Alphabet) -> None:
    source = Source("a.yaml", text)
    span = data.draw(spans(source))
    shown, marked = rows(block(source, [Mark(span, "", "error", True)], Page(width, alphabet, NOTHING), 1))
    under = underlined(shown, marked)
    expected = "".join(glyph.text for glyph in glyphs(text[slice(*span)], alphabet))
    if alphabet.ellipsis in under:
        assert cells(expected) > width - 5 - 2 * len(alphabet.ellipsis)
    elif span.start < span.end:
        assert under == expected
    else:
        assert marked.strip() == "^"


def rows(lines: list[Line]) -> tuple[str, str]:
    """The source and the marks, without the gutter."""
    shown, marked = ("".join(text for text, _ in line)[4:] for line in lines)
    return shown, marked


def underlined(shown: str, marked: str) -> str:
    """The characters of a row that begin above a caret."""
    starts = [cell_len(shown[:index]) for index in range(len(shown))]
    return "".join(character for character, cell in zip(shown, starts, strict=True) if marked[cell : cell + 1] == "^")


@pytest.mark.parametrize(
    ("text", "part", "under"),
    [
        ("e\u0301: x", "\u0301", "e\u0301"),
        ("👨‍👩‍👧 x", "👩", "👨‍👩‍👧"),
        ("👨‍👩‍👧 x", "x", "x"),
        ("❤️ x", "x", "x"),
        ("🇩🇪🇫🇷 x", "x", "x"),
        ("👍🏽 x", "🏽", "👍🏽"),
        ("\u0301x", "x", "x"),
        ("\u0301x", "\u0301", "◌\u0301"),
        ("a\u200db", "b", "b"),
    ],
)
def test_marks_cover_whole_characters(text: str, part: str, under: str) -> None:
    source = Source("a.yaml", text)
    start = text.index(part)
    mark = Mark(Span(start, start + len(part)), "", "error", True)
    shown, marked = rows(block(source, [mark], Page(80, UNICODE, NOTHING), 1))
    first, last = marked.index("^"), len(marked)
    before = shown[: shown.index(under)]
    assert (cell_len(before), cell_len(before + under)) == (first, last)


@given(st.text(st.sampled_from(JOINING)), alphabets)
def test_glyphs_are_as_long_as_their_text(text: str, alphabet: Alphabet) -> None:
    shown = glyphs(text, alphabet)
    assert sum(glyph.length for glyph in shown) == len(text)
    for glyph in shown:
        assert glyph.cells == cell_len(glyph.text)


@given(st.text(st.sampled_from("ab 日👍🏽")), st.integers(8, 30), st.integers(0, 8))
def test_wrapped_lines_lose_nothing_and_fit(text: str, width: int, first: int) -> None:
    lines = wrapped(text, width, first)
    assert "".join(lines).replace(" ", "") == text.replace(" ", "")
    assert cell_len(lines[0]) <= first
    assert all(cell_len(line) <= width for line in lines)


@pytest.mark.parametrize("span", [Span(0, 1), Span(900_000, 900_003), Span(0, 1_800_000), Span(1_799_999, 1_800_000)])
def test_a_line_beyond_all_measure_is_cut_around_the_span(span: Span) -> None:
    source = Source("a.json", "x" * 900_000 + "日本語" + "y" * 899_997)
    shown, marked = rows(block(source, [Mark(span, "", "error", True)], Page(80, UNICODE, NOTHING), 1))
    assert cell_len(shown) <= 76
    assert underlined(shown, marked).strip("…") in source.text
    assert "^" in marked


def test_marks_of_one_line_share_it() -> None:
    source = Source("a.yaml", "one: two: three\n")
    marks = [Mark(Span(at, at + 3), f"label {at}", "related", False) for at in (0, 5)]
    marks.append(Mark(Span(10, 15), "label 10", "error", True))
    assert plain(block(source, marks, Page(60, UNICODE, NOTHING), 1)) == (
        "1 │ one: two: three\n"
        "  │ ---  ---  ^^^^^ label 10\n"
        "  │ │    │\n"
        "  │ │    label 5\n"
        "  │ label 0\n"
    )  # fmt: skip


def test_distant_lines_are_told_apart_and_a_single_one_is_shown() -> None:
    source = Source("a.yaml", "\n".join("abcdefghi"))
    marks = [Mark(Span(at, at + 1), "", "related", False) for at in (0, 4, 16)]
    shown = [line.split()[0] for line in plain(block(source, marks, Page(60, UNICODE, NOTHING), 1)).splitlines()]
    assert [number for number in shown if number != "│"] == ["1", "2", "3", "...", "9"]


def test_the_same_mark_twice_is_one() -> None:
    source = Source("a.yaml", "a:\n  b\n")
    mark = Mark(Span(0, 6), "all", "error", True)
    once = block(source, [mark], Page(60, UNICODE, NOTHING), 1)
    assert block(source, [mark, mark], Page(60, UNICODE, NOTHING), 1) == once


def test_colour_changes_no_character() -> None:
    source = Source("a.yaml", "kind: \x1b[31m日本\n")
    mark = Mark(Span(6, 12), "label", "error", True)
    lines = block(source, [mark], Page(60, UNICODE, NOTHING), 1)
    colored = ansi(lines)
    assert "\x1b[1;31m^" in colored
    parts = colored.split("\x1b[")
    stripped = parts[0] + "".join(part.partition("m")[2] for part in parts[1:])
    assert stripped == plain(lines)


def test_cut_keeps_every_width() -> None:
    text = "".join(f"{index:03d}日" for index in range(60))
    source = Source("a.yaml", text)
    for room, start in [(width, at) for width in (24, 31, 40) for at in range(0, len(text) - 4, 7)]:
        shown, marked = rows(
            block(source, [Mark(Span(start, start + 3), "", "error", True)], Page(room, UNICODE, NOTHING), 1)
        )
        assert cell_len(shown) <= room - 4
        assert underlined(shown, marked) == text[start : start + 3]


def test_a_region_that_begins_where_another_ends_has_its_own_margin() -> None:
    source = Source("a.yaml", "a:\n  b\n  c\n")
    marks = [Mark(Span(0, 6), "up", "related", False), Mark(Span(5, 10), "down", "error", True)]
    assert plain(block(source, marks, Page(60, UNICODE, NOTHING), 1)) == (
        "1 │ ╭   a:\n"
        "2 │ │ ╭   b\n"
        "  │ ╰─────- up\n"
        "3 │   │   c\n"
        "  │   ╰───^ down\n"
    )  # fmt: skip


def test_blanks_at_the_end_of_a_region_are_no_part_of_it() -> None:
    source = Source("a.yaml", "a: |\n  b\n\n  \nc: 1\n")
    numbers = [
        line.split()[0]
        for line in plain(
            block(source, [Mark(Span(3, 12), "", "error", True)], Page(60, UNICODE, NOTHING), 1)
        ).splitlines()
    ]
    assert [number for number in numbers if number.isdigit()] == ["1", "2"]
    shown = plain(block(source, [Mark(Span(8, 11), "", "error", True)], Page(60, UNICODE, NOTHING), 1))
    assert shown == "2 │   b\n  │    ^\n"


def test_only_the_neighbourhood_of_a_span_is_looked_at() -> None:
    class Watched(str):
        """A text that knows how long a part of it was asked for."""

        __slots__ = ("longest",)

        def __getitem__(self, key: SupportsIndex | slice) -> str:
            part = super().__getitem__(key)
            self.longest = max(getattr(self, "longest", 0), len(part))
            return part

    text = Watched("x" * 50_000)
    block(Source("a.json", text), [Mark(Span(30_000, 30_001), "", "error", True)], Page(80, UNICODE, NOTHING), 1)
    assert 0 < text.longest < 1000


def test_prose_without_end_is_cut() -> None:
    assert len(visible("y" * 2000, UNICODE)) == LONGEST + 1
    assert visible("y" * LONGEST, UNICODE) == "y" * LONGEST


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("👨\u200d\u202e", "👨\u200d<U+202E>"),
        ("a\u200d\u202e", "a<U+200D><U+202E>"),
        ("\u3164\u2800", "<U+3164><U+2800>"),
        ("\ud800", "<U+D800>"),
        ("\xa0", "<U+00A0>"),
        ("\x1b[31m\x7f\x9b", "␛[31m␡<U+009B>"),
        ("a\nb\tc", "a␊b→   c"),
    ],
)
def test_what_acts_or_hides_is_spelled_out(text: str, shown: str) -> None:
    assert visible(text, UNICODE) == shown


def test_typography_is_spelled_out_where_it_does_not_encode() -> None:
    assert visible("a → b … • ≤ é", ASCII) == "a -> b ... * <= <U+00E9>"
    assert visible("a → b … • é", ASCII._replace(encoding="cp1252")) == "a -> b … • é"


@pytest.mark.parametrize("width", range(24, 60))
def test_the_object_stands_behind_the_place_where_it_fits(width: int) -> None:
    subject = ObjectName("projectcalico.org/v3", "BGPPeer", "日本", "rack-1")
    told = made(Source("peers.yaml", "kind: BGPPeer\n"), (), subject=subject)
    lines = plain(frame(told, Page(width, UNICODE, NOTHING), ())).splitlines()
    if width >= 41:
        assert lines[1] == " --> peers.yaml:1:1 (BGPPeer/日本/rack-1)"
    else:
        assert lines[1:3] == [" --> peers.yaml:1:1", "     (BGPPeer/日本/rack-1)"] or width < 27
    assert all(cell_len(line) <= width for line in lines)


def test_related_places_beyond_measure_are_listed() -> None:
    source = Source("a.yaml", "x\n" * 20)
    related = tuple(Label(source, Span(2 * line, 2 * line + 1), f"label {line}") for line in range(1, 12))
    text = plain(frame(made(source, ())._replace(related=related), Page(80, UNICODE, NOTHING), ()))
    assert [f"label {line}" in text for line in range(1, 12)] == [True] * 11
    assert text.count("= also: a.yaml:") == 3
    assert "  = also: a.yaml:12:1 label 11\n" in text.replace("   = ", "  = ")


CRLF = Source("a.yaml", "a: 1\r\nb: 2\r\nc: 3\r\n")


@pytest.mark.parametrize(
    ("edits", "shown"),
    [
        pytest.param([(Span(3, 4), "9")], ["1 - a: 1", "1 + a: 9"], id="replaced"),
        pytest.param([(Span(6, 12), "")], ["2 - b: 2"], id="removed"),
        pytest.param([(Span(6, 9), "")], ["2 - b: 2", "2 + 2"], id="shortened"),
        pytest.param([(Span(6, 6), "x: 0\r\n")], ["2 + x: 0"], id="put in"),
        pytest.param([(Span(6, 6), "x: 0\n"), (Span(9, 10), "9")], ["2 - b: 2", "2 + x: 0", "3 + b: 9"], id="both"),
        pytest.param([(Span(4, 6), " ")], ["1 - a: 1", "2 - b: 2", "1 + a: 1 b: 2"], id="joined"),
        pytest.param([(Span(0, 1), "z"), (Span(3, 4), "9")], ["1 - a: 1", "1 + z: 9"], id="twice in a line"),
        pytest.param(
            [(Span(0, 1), "z"), (Span(12, 13), "y")],
            ["1 - a: 1", "1 + z: 1", "3 - c: 3", "3 + y: 3"],
            id="far apart",
        ),
        pytest.param([(Span(18, 18), "d: 4\n")], ["4 + d: 4"], id="at the end"),
        pytest.param([(Span(18, 18), "d: 4")], ["4 + d: 4"], id="at the end without line end"),
        pytest.param([(Span(0, 0), "x\n" * 4)], [f"{number} + x" for number in range(1, 5)], id="four lines"),
        pytest.param([(Span(0, 0), "x\n" * 5)], [], id="too many lines"),
    ],
)
def test_edits_are_shown_as_the_lines_they_change(edits: list[tuple[Span, str]], shown: list[str]) -> None:
    lines = plain(frame(made(CRLF, edits), Page(80, UNICODE, NOTHING), ())).splitlines()
    assert lines[lines.index("  = fix (safe): it") + 1 :] == shown


def test_many_changes_are_not_shown() -> None:
    source = Source("a.yaml", "x\n" * 20)
    few, many = ([(Span(4 * line, 4 * line + 1), "y") for line in range(count)] for count in (3, 4))
    assert plain(frame(made(source, few), Page(80, UNICODE, NOTHING), ())).count(" + y\n") == 3
    assert plain(frame(made(source, many), Page(80, UNICODE, NOTHING), ())).count(" + y\n") == 0


def test_a_change_beside_a_secret_shows_the_mask() -> None:
    source = Source("a.yaml", "{a: 1, p: hunter22, b: 2}\n")
    page = Page(80, UNICODE, Secrets({"a.yaml": (Span(10, 18), Span(12, 14))}))
    edits = [(Span(4, 5), "1000"), (Span(23, 24), "3")]
    lines = plain(frame(made(source, edits), page, ())).splitlines()
    assert lines[-2:] == ["1 - {a: 1, p: •••, b: 2}", "1 + {a: 1000, p: •••, b: 3}"]
    assert "•" in plain(frame(made(source, [(Span(0, 1), "")]), page, ()))
    assert "fix" in plain(frame(made(source, [(Span(10, 11), "x")]), page, ())).splitlines()[-1]


def made(source: Source, edits: Sequence[tuple[Span, str]], subject: ObjectName | None = None) -> Diagnostic:
    fix = Fix("it", Safety.SAFE, tuple(Edit(source, span, text) for span, text in edits))
    place = Label(source, Span(0, 0))
    return Diagnostic("r", "CAL000", Severity.ERROR, "m", place, (), "", fix if edits else None, "", "", subject, None)


@given(diagnostics())
def test_line_numbers_rise_within_a_block(diagnostic: Diagnostic) -> None:
    marks = [Mark(label.span, "", "error", True) for label in (diagnostic.at, *diagnostic.related)]
    lines = block(diagnostic.at.source, marks, Page(60, UNICODE, NOTHING), 3)
    numbers = [int(line[0][0][:3]) for line in lines if line[0][0][:3].strip().isdigit()]
    assert all(before < after for before, after in pairwise(numbers))
