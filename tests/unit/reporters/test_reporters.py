"""What all formats keep to: how they are made, closed streams, poor encodings, what they import."""

from __future__ import annotations

import io
import os
import subprocess
import sys
from typing import TYPE_CHECKING, NoReturn

import pytest

from linter.diagnostics import Diagnostic, Label, ObjectName, Severity
from linter.reporters import REPORTERS, Options, make
from linter.summary import Summary
from linter.text import Source, Span

if TYPE_CHECKING:
    from linter.reporters import Reporter

SUMMARY = Summary("0.1.0", "3.33", files=2, documents=2, resources={"BGPPeer": 2}, counts={Severity.ERROR: 2})
TEXT = "".join(f"asNumber: {number}.10\n" for number in range(8))
SOURCE = Source("a.yaml", TEXT)


def told(line: int = 1) -> Diagnostic:
    start = SOURCE.line_span(line).start + 10
    span = Span(start, start + 4)
    subject = ObjectName("v3", "BGPPeer", None, f"peer-{line}")
    said, place = f"`{SOURCE[span]}` is no AS number", Label(SOURCE, span)
    url = "https://example.com/"
    return Diagnostic("float-as-number", "CAL040", Severity.ERROR, said, place, (), "", None, url, "", subject, None)


class Broken(io.StringIO):
    """A pipe whose reader has gone."""

    def write(self, text: str, /) -> NoReturn:
        raise BrokenPipeError(32, "Broken pipe")


@pytest.mark.parametrize("name", REPORTERS)
def test_a_closed_stream_is_heard_of(name: str) -> None:
    reporter = make(name, Broken(), Options(aside=Broken()))
    with pytest.raises(BrokenPipeError):
        _run(reporter)


def _run(reporter: Reporter) -> None:
    for number in range(1, 9):
        reporter.report(told(number))
    reporter.finish(SUMMARY)


def test_an_unknown_format_is_refused() -> None:
    with pytest.raises(KeyError, match="sarif-9"):
        make("sarif-9", io.StringIO(), Options())


@pytest.mark.parametrize(
    ("name", "found", "absent"),
    [
        ("text", False, ["rich", "json"]),
        ("text", True, ["rich.console", "json"]),
        ("concise", True, ["rich", "json"]),
        ("json", True, ["rich"]),
        ("jsonl", True, ["rich"]),
    ],
)
def test_only_what_is_needed_is_imported(name: str, found: bool, absent: list[str]) -> None:
    script = f"""
import sys
from linter.reporters import Options, make
from linter.summary import Summary
reporter = make({name!r}, sys.stderr, Options())
if {found}:
    from linter.diagnostics import Diagnostic, Label, Severity
    from linter.text import Source, Span
    place = Label(Source("a", "kind: x"), Span(0, 4))
    reporter.report(Diagnostic("r", "CAL000", Severity.ERROR, "m", place, (), "", None, "", "", None, None))
reporter.finish(Summary("1", "3"))
print(*(module for module in {absent!r} if module in sys.modules))
"""
    run = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True, check=True)
    assert run.stdout.strip() == ""


def test_concise_keeps_findings_and_verdict_apart() -> None:
    stream, aside = io.StringIO(), io.StringIO()
    reporter = make("concise", stream, Options(aside=aside))
    reporter.report(told())
    assert stream.getvalue() == "a.yaml:1:11: error[float-as-number CAL040] `0.10` is no AS number (BGPPeer/peer-1)\n"
    reporter.finish(SUMMARY)
    assert stream.getvalue().count("\n") == 1
    assert aside.getvalue() == "2 errors in 2 files (2 objects: 2 BGPPeer)\n"


def test_concise_statistics_stand_aside_too() -> None:
    for quiet in (False, True):
        stream, aside = io.StringIO(), io.StringIO()
        reporter = make("concise", stream, Options(aside=aside, statistics=True, quiet=quiet))
        reporter.report(told())
        reporter.report(told())
        reporter.finish(SUMMARY)
        assert stream.getvalue().count("\n") == 2
        verdict = "" if quiet else "2 errors in 2 files (2 objects: 2 BGPPeer)\n"
        assert aside.getvalue() == "2 error   float-as-number CAL040\n" + verdict


def test_a_real_ascii_stream_takes_every_format() -> None:
    source = Source("日本.yaml", "kind: 日本 – „é“ \ud800 👍🏽\n")
    diagnostic = told(1)._replace(message="`日本` … •••", at=Label(source, Span(6, 8), "→ ≤"))
    for name in REPORTERS:
        raw = io.BytesIO()
        stream = io.TextIOWrapper(raw, encoding="ascii")
        reporter = make(name, stream, Options(color="always", aside=stream))
        reporter.report(diagnostic)
        reporter.finish(SUMMARY)
        stream.flush()
        assert raw.getvalue().isascii()
        assert b"..." in raw.getvalue() or name in {"json", "jsonl"}


def test_a_reader_that_leaves_ends_the_program_as_a_broken_pipe() -> None:
    script = """
import sys
from linter.diagnostics import Diagnostic, Label, Severity
from linter.reporters import Options, make
from linter.summary import Summary
from linter.text import Source, Span
reporter = make(sys.argv[1], sys.stdout, Options())
place = Label(Source("a", "kind: x"), Span(0, 4))
try:
    for number in range(5000):
        rule = f"rule-{number}"
        reporter.report(Diagnostic(rule, "CAL000", Severity.ERROR, "m", place, (), "", None, "", "", None, None))
    reporter.finish(Summary("1", "3"))
    sys.stdout.flush()
except BrokenPipeError:
    import os
    os._exit(9)
"""
    for name in REPORTERS:
        read, write = os.pipe()
        os.close(read)
        try:
            run = subprocess.run(
                [sys.executable, "-c", script, name], check=False, stdout=write, stderr=subprocess.PIPE
            )
        finally:
            os.close(write)
        assert (run.returncode, run.stderr) == (9, b"")
