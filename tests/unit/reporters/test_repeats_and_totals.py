"""What the text format says of repeated causes and at the end."""

from __future__ import annotations

import io

from linter.diagnostics import Diagnostic, Fix, Label, ObjectName, Safety, Severity
from linter.reporters import Options, make
from linter.summary import Skip, Summary
from linter.text import Source, Span

SUMMARY = Summary("0.1.0", "3.33", files=2, documents=2, resources={"BGPPeer": 2}, counts={Severity.ERROR: 2})
TEXT = "".join(f"asNumber: {number}.10\n" for number in range(8))
SOURCE = Source("a.yaml", TEXT)


def told(line: int = 1, message: str = "`{}` is no AS number", **more: object) -> Diagnostic:
    start = SOURCE.line_span(line).start + 10
    span = Span(start, start + 4)
    subject = ObjectName("v3", "BGPPeer", None, f"peer-{line}")
    said, place = message.format(SOURCE[span], subject.name), Label(SOURCE, span)
    url = "https://example.com/"
    made = Diagnostic("float-as-number", "CAL040", Severity.ERROR, said, place, (), "", None, url, "", subject, None)
    return made._replace(**more)  # type: ignore[arg-type]


def text(diagnostics: list[Diagnostic], summary: Summary = SUMMARY, options: Options | None = None) -> str:
    stream = io.StringIO()
    reporter = make("text", stream, options or Options(width=80))
    for diagnostic in diagnostics:
        reporter.report(diagnostic)
    reporter.finish(summary)
    return stream.getvalue()


def test_three_of_a_kind_are_shown_and_four_are_folded() -> None:
    assert text([told(number) for number in (1, 2, 3)]).count("-->") == 3
    folded = text([told(number) for number in (1, 2, 3, 4)])
    assert folded.count("-->") == 1
    assert "  = again: 3 more places of the same cause\n      a.yaml:2:11 (BGPPeer/peer-2) `1.10`\n" in folded
    assert text([told(number) for number in (1, 2, 3, 4)], options=Options(width=80, group=False)).count("-->") == 4


def test_names_and_values_of_the_place_do_not_make_another_cause() -> None:
    same = [told(number, "`{}` in {} is no AS number") for number in range(1, 6)]
    assert text(same).count("-->") == 1
    other = [told(number, f"{{}} is wrong for reason {number}") for number in range(1, 6)]
    assert text(other).count("-->") == 5
    rules = [told(number, rule=f"rule-{number}") for number in range(1, 6)]
    assert text(rules).count("-->") == 5


def test_folded_findings_stand_where_the_first_of_them_stood() -> None:
    single = told(5, "something else")
    shown = text([told(1), single, told(2), told(3), told(4)])
    assert shown.index("a.yaml:1:11") < shown.index("a.yaml:4:11") < shown.index("something else")


def test_every_place_of_a_repeat_is_named() -> None:
    source = Source("b.yaml", "x\n" * 500)
    many = [told(1, "same", at=Label(source, Span(2 * line, 2 * line + 1)), subject=None) for line in range(500)]
    assert {f"b.yaml:{line}:1" for line in range(1, 501)} <= set(text(many).split())


def test_statistics_rank_the_rules() -> None:
    shown = text([told(1), told(2), told(3, rule="other", severity=Severity.HINT)], options=Options(statistics=True))
    assert "\n2 error   float-as-number CAL040\n1 hint    other CAL040\n" in shown


def test_quiet_leaves_the_findings() -> None:
    assert text([], options=Options(quiet=True)) == ""
    assert "error in" not in text([told()], options=Options(quiet=True))


def test_the_summary_names_what_was_left_out() -> None:
    skipped = tuple(Skip(f"{letter}.yaml", "template") for letter in "abcdefg")
    summary = SUMMARY._replace(
        counts={}, skipped=skipped, documents=5, foreign=1, notes=("[red]two[/red] clusters\x1b",)
    )
    assert text([], summary) == (
        "no findings in 2 files (5 documents, 2 objects: 2 BGPPeer)\n"
        "skipped: 7 files (template): a.yaml, b.yaml, c.yaml, d.yaml and 3 more\n"
        "left alone: 1 object of kinds that have no bearing on BGP\n"
        "note: [red]two[/red] clusters␛\n"
    )


def test_all_files_faulty_are_not_so_many_of_so_many() -> None:
    other = told()._replace(at=Label(Source("b.yaml", "x"), Span(0, 1)))
    assert text([told(), other]).splitlines()[-1].startswith("2 errors in 2 files (")


def test_fixes_are_counted_by_safety() -> None:
    shown = text([told(1, fix=Fix("a", Safety.SAFE, ())), told(2, fix=Fix("b", Safety.UNSAFE, ())), told(3)])
    assert shown.endswith("2 errors in 1 of 2 files (2 objects: 2 BGPPeer)\nfixes: 1 safe, 1 unsafe\n")
