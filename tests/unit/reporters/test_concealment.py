"""Values of secrets leave in no format, wherever a rule or a frame might carry them."""

from __future__ import annotations

import io
import json

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.diagnostics import Diagnostic, Edit, Fix, Label, Safety, Severity
from linter.reporters import REPORTERS, Options, make
from linter.reporters.secrets import Secrets, touches, within
from linter.summary import Summary
from linter.text import Source, Span
from linter.yaml.quoting import on_one_line

MARKED = "¤§¶ø\n '\""
"""Characters that occur in nothing else a report says."""


ByPath = dict[str, tuple[Span, ...]]


def report(name: str, diagnostic: Diagnostic, secrets: ByPath, width: int = 60) -> str:
    stream, aside = io.StringIO(), io.StringIO()
    reporter = make(name, stream, Options(width=width, secrets=secrets, aside=aside))
    reporter.report(diagnostic)
    reporter.finish(Summary("1", "3.33"))
    return stream.getvalue() + aside.getvalue()


def told(place: Label, *related: Label, message: str = "m", fix: Fix | None = None) -> Diagnostic:
    return Diagnostic("r", "CAL000", Severity.ERROR, message, place, related, message, fix, "", "", None, None)


@pytest.mark.parametrize("name", REPORTERS)
@given(st.data())
def test_no_frame_shows_a_secret(name: str, data: st.DataObject) -> None:
    secret = data.draw(st.text(st.sampled_from(MARKED), min_size=1, max_size=40))
    before, after = (data.draw(st.text(st.sampled_from("ab: \n\t日"), max_size=20)) for _ in range(2))
    source = Source("s.yaml", before + secret + after)

    def label() -> Label:
        start = data.draw(st.integers(0, len(source.text)))
        return Label(source, Span(start, data.draw(st.integers(start, len(source.text)))))

    edits = tuple(Edit(source, label().span, "x\n" if index else "") for index in range(2))
    secrets: ByPath = {source.path: (Span(len(before), len(before + secret)),)}
    shown = report(name, told(label(), label(), fix=Fix("t", Safety.SAFE, edits)), secrets)
    assert not set(shown) & set("¤§¶ø")
    assert not [character for character in "¤§¶ø" if f"\\u{ord(character):04x}" in shown]


@pytest.mark.parametrize("name", REPORTERS)
def test_no_sentence_repeats_a_secret(name: str) -> None:
    text = "a: 'hunter22'\nb: |\n  -----BEGIN KEY-----\n  abcdef0123\nc: hunter22-longer\n"
    source = Source("s.yaml", text)
    spans = tuple(
        Span(text.index(start), text.index(start) + size)
        for start, size in (("'hunter22'", 10), ("|", 38), ("hunter22-longer", 15))
    )
    said = "got hunter22, hunter22-longer and abcdef0123 from -----BEGIN KEY-----"
    fix = Fix(said, Safety.SAFE, (Edit(source, Span(0, 1), said), Edit(source, spans[0], "new text")))
    diagnostic = told(Label(source, Span(0, 1), said), Label(source, Span(0, 1), said), message=said, fix=fix)
    shown = report(name, diagnostic, {source.path: spans}, width=200)
    for value in ("hunter22", "longer", "abcdef0123", "BEGIN", "new text"):
        assert value not in shown
    assert "got •••, ••• and ••• from •••" in shown.replace("\\u2022", "•")


def test_a_secret_with_a_control_character_is_hidden_in_either_form() -> None:
    source = Source("s.yaml", "p: 'hunt\ter22'\n")
    said = f"hunt\ter22 is {on_one_line('hunt' + chr(9) + 'er22')}"
    shown = report("text", told(Label(source, Span(0, 1)), message=said), {source.path: (Span(3, 14),)}, width=200)
    assert "••• is •••" in shown


def test_a_secret_spoken_of_from_another_file_is_hidden() -> None:
    secret, peer = Source("s.yaml", "p: hunter22\n"), Source("p.yaml", "kind: BGPPeer\n")
    diagnostic = told(Label(peer, Span(0, 4)), Label(secret, Span(3, 11)), message="`hunter22` is short")
    shown = report("text", diagnostic, {"s.yaml": (Span(3, 11),)})
    assert "hunter22" not in shown
    assert "1 │ p: •••\n  │    ---\n" in shown


def test_secrets_may_become_known_late() -> None:
    secrets: ByPath = {}
    stream = io.StringIO()
    reporter = make("concise", stream, Options(secrets=secrets))
    source = Source("s.yaml", "p: hunter22\n")
    for spans in ((Span(0, 1),), (Span(0, 1), Span(3, 11))):
        secrets["s.yaml"] = spans
        reporter.report(told(Label(source, Span(0, 1)), message="`hunter22` is short"))
    first, second = stream.getvalue().splitlines()
    assert "hunter22" in first
    assert "hunter22" not in second


def test_an_edit_at_a_secret_keeps_its_place_and_loses_its_text() -> None:
    source = Source("s.yaml", "p: hunter22\n")
    places = {Span(3, 11): "hunter", Span(3, 3): '"', Span(11, 11): '"', Span(0, 1): "", Span(0, 2): "q:"}
    fix = Fix("cut", Safety.UNSAFE, tuple(Edit(source, span, text) for span, text in places.items()))
    shown = json.loads(report("jsonl", told(Label(source, Span(3, 11)), fix=fix), {"s.yaml": (Span(3, 11),)}))
    assert [edit["newText"] for edit in shown["fix"]["edits"]] == ["•••", "•••", "•••", "", "q:"]
    assert shown["fix"]["edits"][0]["range"]["start"] == {"line": 1, "column": 4, "offset": 3}


def test_carets_stand_under_the_mask() -> None:
    source = Source("s.yaml", "{p: hunter22, q: 1}\n")
    diagnostic = told(Label(source, Span(6, 9), "in it"), Label(source, Span(17, 18), "behind it"))
    shown = report("text", diagnostic, {"s.yaml": (Span(4, 12),)})
    assert "1 │ {p: •••, q: 1}\n  │     ^^^     - behind it\n  │     │\n  │     in it\n" in shown


def test_folded_places_show_the_mask() -> None:
    source = Source("s.yaml", "".join(f"p: hunter{number}\n" for number in range(6)))
    spans = tuple(Span(11 * number + 3, 11 * number + 10) for number in range(6))
    stream = io.StringIO()
    reporter = make("text", stream, Options(secrets={"s.yaml": (*spans, spans[2], Span(23, 34))}))
    for span in spans:
        reporter.report(told(Label(source, span)))
    plain = told(Label(source, Span(0, 1)))
    reporter.report(plain)
    reporter.finish(Summary("1", "3.33"))
    assert "hunter" not in stream.getvalue()
    assert "= again: 6 more places" in stream.getvalue()
    assert "s.yaml:1:1 `p`" in stream.getvalue()


SPANS = st.builds(lambda start, size: Span(start, start + size), st.integers(0, 30), st.integers(0, 10))


@given(st.lists(SPANS), SPANS)
def test_hidden_places_are_found_whatever_the_order_and_overlap(spans: list[Span], part: Span) -> None:
    hidden = Secrets({"s.yaml": spans}).of(Source("s.yaml", ""))
    places = {at for span in spans for at in range(*span)}
    assert [at for span in within(hidden, part) for at in range(*span)] == sorted(places & set(range(*part)))
    assert touches(hidden, part) == bool(places & set(range(part.start - 1, part.end + 1)))


def test_what_is_no_secret_stays() -> None:
    source = Source("p.yaml", "p: hunter22\n")
    diagnostic = told(Label(source, Span(3, 11)), message="`hunter22`")
    assert report("concise", diagnostic, {}) == report("concise", diagnostic, {"s.yaml": (Span(3, 11),)})
    assert "`hunter22`" in report("concise", diagnostic, {})
