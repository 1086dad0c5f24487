"""Every format of one list of awkward diagnostics, compared with the files of `tests/golden`.

`PEERLINT_GOLDEN=write pytest tests/unit/reporters` writes the files anew; read the difference before you commit it.
"""

from __future__ import annotations

import io
import os
import re
from pathlib import Path

import pytest

from linter.diagnostics import Diagnostic, Edit, Fix, Label, ObjectName, Safety, Severity
from linter.reporters import Color, Options, make
from linter.summary import Skip, Summary
from linter.text import Source, Span

GOLDEN = Path(__file__).parents[2] / "golden"

PEERS = Source(
    "clusters/prod/peers.yaml",
    """\
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: rr
spec:
  nodeSelector: !has(rr)
  peerSelector: has(rr)
  asNumber: 64512
---
# 対向ルータ 👨‍👩‍👧
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: {name: tor-日本, annotations: {owner: "café 👍🏽 ネットワーク"}, labels: {site: "東京", rack: r1}}
spec:
\tpeerIP: 10.0.0.1
  filters:
    - one
    - two
    - three
    - four
    - five
    - six
  password: {secretKeyRef: {name: bgp, key: \u202ereversed\u202c}}
""",
)
WINDOWS = Source("clusters/prod/windows.yaml", "kind: BGPPeer\r\nspec:\r\n  asNumber: 1.10 \r\n  ttlSecurity: 256\r\n")
HOSTILE = Source(
    "odd/[red]name.yaml",
    "kind: '[bold red]BGPPeer[/] \x1b[31mred\x1b[0m'\nspec: \"\x00\u200b\xa0\u0301x\" # \x7f \x85 ünïcödé\n",
)
SECRET = Source(
    "clusters/prod/secret.yaml",
    """\
apiVersion: v1
kind: Secret
metadata: {name: bgp, namespace: calico-system}
stringData:
  rr: correct-horse-battery-staple
  tor: |
    first line of it

    second line of it
type: Opaque
""",
)
LONG = Source(
    "clusters/prod/long.json", '{"filler": "' + "x" * 300 + '", "asNumber": "65000", "more": "' + "y" * 300 + '"}'
)
EMPTY = Source("locked.yaml", "")


def at(source: Source, text: str, message: str = "", nth: int = 0) -> Label:
    """The `nth` place of a text in a source."""
    start = [match.start() for match in re.finditer(re.escape(text), source.text)][nth]
    return Label(source, Span(start, start + len(text)), message)


def between(source: Source, first: str, last: str, message: str = "") -> Label:
    start = source.text.index(first)
    return Label(source, Span(start, source.text.index(last, start) + len(last)), message)


def found(
    rule: str,
    code: str,
    message: str,
    place: Label,
    *related: Label,
    severity: Severity = Severity.ERROR,
    advice: str = "",
    fix: Fix | None = None,
    subject: ObjectName | None = None,
    field: str | None = None,
) -> Diagnostic:
    url = f"https://peerlint.dev/rules/{rule}"
    fingerprint = f"{code}-{place.span.start}"
    return Diagnostic(rule, code, severity, message, place, related, advice, fix, url, fingerprint, subject, field)


def peer(name: str | None) -> ObjectName:
    return ObjectName("projectcalico.org/v3", "BGPPeer", None, name)


RR = at(PEERS, "!has(rr)")
BGP = ObjectName("v1", "Secret", "calico-system", "bgp")
PASSWORD = at(SECRET, "correct-horse-battery-staple")
BLOCK = Span(SECRET.text.index("|"), SECRET.text.index("type: Opaque"))
SECRETS = {SECRET.path: (PASSWORD.span, BLOCK)}

SAMPLES = [
    found(
        "selector-as-yaml-tag",
        "CAL001",
        "`!has(rr)` is read as a YAML tag, so the selector is empty and this peer is configured on every node",
        at(PEERS, "!has(rr)", "Calico sees an empty text here"),
        advice="write it in quotes: `nodeSelector: '!has(rr)'`",
        fix=Fix("quote the selector", Safety.UNSAFE, (Edit(PEERS, RR.span, "'!has(rr)'"),)),
        subject=peer("rr"),
        field="/spec/nodeSelector",
    ),
    found(
        "as-number-with-peer-selector",
        "CAL103",
        "`64512` has no effect beside peerSelector: the selected nodes' own AS numbers are used",
        at(PEERS, "asNumber", "ignored"),
        at(PEERS, "peerSelector", "because of this"),
        at(SECRET, "namespace: calico-system", "and this is in another file"),
        at(WINDOWS, "ttlSecurity"),
        fix=Fix("remove asNumber", Safety.SAFE, (Edit(PEERS, PEERS.line_span(8), ""),)),
        subject=peer("rr"),
        field="/spec/asNumber",
    ),
    found(
        "unquoted-label-value",
        "CAL007",
        "`東京` stands behind wide characters, emoji and a combining accent",
        at(PEERS, "東京", "the label"),
        at(PEERS, "👍🏽", "a thumb of two code points"),
        at(PEERS, "é", "an accent"),
        at(PEERS, "r1", "the rack, said with so many words that they cannot possibly stand on one narrow line"),
        severity=Severity.WARNING,
        subject=peer("tor-日本"),
    ),
    found(
        "invalid-yaml",
        "CAL002",
        "a tab cannot indent YAML, so nothing in this file is applied",
        at(PEERS, "\t", "use blanks"),
        at(PEERS, "peerIP"),
        at(PEERS, "rr", "very far above", nth=0),
    ),
    found(
        "duplicate-list-item",
        "CAL029",
        "six filters where four do",
        between(PEERS, "filters:", "six", "the whole list"),
        at(PEERS, "two", "within it"),
        between(PEERS, "one\n", "three", "a part of it"),
        severity=Severity.HINT,
        subject=peer("tor-日本"),
    ),
    found(
        "missing-field",
        "CAL024",
        "nothing stands here",
        Label(PEERS, Span(len(PEERS.text), len(PEERS.text)), "end of file"),
        at(PEERS, "\u202ereversed\u202c", "bidi overrides shown, not obeyed"),
    ),
    found(
        "float-as-number",
        "CAL040",
        "`1.10` is 1.1 to Calico, no AS number",
        at(WINDOWS, "1.10"),
        Label(WINDOWS, Span(WINDOWS.text.index(" \r\n"), WINDOWS.text.index("ttlSecurity") - 2), "line end"),
        fix=Fix(
            "write 65546 and drop the TTL",
            Safety.UNSAFE,
            (Edit(WINDOWS, at(WINDOWS, "1.10 ").span, "65546"), Edit(WINDOWS, at(WINDOWS, "256").span, "255")),
        ),
        subject=peer(None),
    ),
    found(
        "wrong-api-version",
        "CAL020",
        "`[bold red]BGPPeer[/] \x1b[31mred\x1b[0m` is no kind, \u202eand this is not reversed",
        at(HOSTILE, "[bold red]BGPPeer[/] \x1b[31mred\x1b[0m", "[blink]\x07 no bell[/blink]"),
        at(HOSTILE, "\u200b", "invisible"),
        at(HOSTILE, "\u0301", "accent without a letter"),
        at(HOSTILE, "\x85"),
        advice="use [link=x]BGPPeer[/link]\nor another kind",
        subject=ObjectName("[v3]", "[bold red]BGPPeer\x1b[31m", "ns\n", "name"),
    ),
    found(
        "password-too-long",
        "CAL501",
        "`correct-horse-battery-staple` has 28 bytes where BIRD reads 20",
        at(SECRET, "correct-horse-battery-staple", "correct-horse-battery-staple"),
        at(SECRET, "second line of it", "deep inside a block"),
        at(PEERS, "secretKeyRef", "used here"),
        advice="shorten correct-horse-battery-staple",
        fix=Fix("cut it", Safety.UNSAFE, (Edit(SECRET, PASSWORD.span, "correct-horse"),)),
        subject=BGP,
        field="/stringData/rr",
    ),
    found(
        "unquoted-label-value",
        "CAL007",
        "a change beside a secret",
        between(SECRET, "rr", "staple"),
        fix=Fix("another key", Safety.SAFE, (Edit(SECRET, at(SECRET, "type: Opaque").span, "type: basic-auth"),)),
        severity=Severity.WARNING,
        subject=BGP,
    ),
    found("quoted-as-number", "CAL042", '`"65000"` is text, no number', at(LONG, '"65000"', "take the quotes off")),
    found("unreadable-file", "CAL011", "permission denied", Label(EMPTY, Span(0, 0))),
]
REPEATED = [
    found(
        "peer-without-as-number",
        "CAL105",
        f"`{address}` has no asNumber, so BIRD gets AS 0 and its configuration freezes on every node",
        at(source, address),
        subject=peer(f"tor-{number}"),
    )
    for source in [Source("a.yaml", "".join(f"peerIP: 10.0.0.{number}\n" for number in range(1, 7)))]
    for number, address in enumerate(re.findall(r"10\.\S+", source.text), 1)
]
SUMMARY = Summary(
    tool_version="0.1.0",
    calico_version="3.33",
    files=14,
    documents=40,
    resources={"Node": 4, "BGPPeer": 20},
    skipped=(*(Skip(f"charts/{name}.yaml", "template") for name in "abcdefg"), Skip("big.json", "larger than 64 MiB")),
    counts={Severity.ERROR: 9, Severity.WARNING: 2, Severity.HINT: 1},
    other=3,
    foreign=12,
    suppressed=1,
    baselined=3,
    unknown=2,
    notes=("two clusters: clusters/lab and clusters/prod; say so with `clusters: {lab: …, prod: …}`",),
)
CLEAN = Summary("0.1.0", "3.33", files=3, documents=4, resources={"BGPPeer": 2, "Node": 2})


class Stream(io.StringIO):
    """A stream with an encoding, which refuses what it cannot encode."""

    def __init__(self, encoding: str = "utf-8") -> None:
        super().__init__()
        self._encoding = encoding

    @property
    def encoding(self) -> str:  # type: ignore[override]
        return self._encoding

    def write(self, text: str, /) -> int:
        text.encode(self._encoding)
        return super().write(text)


def rendered(
    name: str,
    diagnostics: list[Diagnostic],
    summary: Summary = SUMMARY,
    *,
    width: int = 80,
    color: Color = "never",
    encoding: str = "utf-8",
    statistics: bool = False,
) -> str:
    stream, aside = Stream(encoding), io.StringIO()
    options = Options(color=color, width=width, statistics=statistics, secrets=SECRETS, aside=aside)
    reporter = make(name, stream, options)
    for diagnostic in diagnostics:
        reporter.report(diagnostic)
    reporter.finish(summary)
    return stream.getvalue() + aside.getvalue()


CASES = {
    "frames-40.txt": lambda: rendered("text", SAMPLES, width=40),
    "frames-80.txt": lambda: rendered("text", SAMPLES, width=80),
    "frames-120.txt": lambda: rendered("text", SAMPLES, width=120),
    "frames-80.ansi": lambda: rendered("text", SAMPLES, color="always"),
    "frames-80-ascii.txt": lambda: rendered("text", SAMPLES, encoding="ascii"),
    "frames-80-cp1252.txt": lambda: rendered("text", SAMPLES, encoding="cp1252"),
    "repeats.txt": lambda: rendered("text", REPEATED, statistics=True),
    "clean.txt": lambda: rendered("text", [], CLEAN),
    "clean.ansi": lambda: rendered("text", [], CLEAN, color="always"),
    "clean.json": lambda: rendered("json", [], CLEAN),
    "clean.jsonl": lambda: rendered("jsonl", [], CLEAN),
    "clean-concise.txt": lambda: rendered("concise", [], CLEAN),
    "samples.json": lambda: rendered("json", SAMPLES),
    "samples.jsonl": lambda: rendered("jsonl", SAMPLES),
    "concise.txt": lambda: rendered("concise", SAMPLES),
    "concise.ansi": lambda: rendered("concise", SAMPLES, color="always"),
    "concise-ascii.txt": lambda: rendered("concise", SAMPLES, encoding="ascii"),
}


@pytest.mark.parametrize("name", CASES)
def test_output_is_as_recorded(name: str) -> None:
    path, text = GOLDEN / name, CASES[name]()
    if os.environ.get("PEERLINT_GOLDEN") == "write":
        path.write_text(text, encoding="utf-8", newline="")
    assert text == path.read_bytes().decode()
