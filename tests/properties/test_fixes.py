"""Whatever a manifest looks like, fixing it is safe: once is enough, and nothing but the faults changes."""

from __future__ import annotations

import os
import re
from collections import Counter
from typing import TYPE_CHECKING, NamedTuple

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.bundle import bundled
from linter.diagnostics import Safety
from linter.examples import examples
from linter.fixes import Fixed, applied, fix
from linter.fixes.judging import judging
from linter.packs import load
from linter.rulekit import Target
from linter.settings import Settings
from linter.text import Source, Span
from linter.workspace import Manifest, Workspace
from linter.yaml.nodes import Scalar, walk
from linter.yaml.parser import documents
from linter.yaml.plain import plain, pointer, unescape

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.diagnostics import Diagnostic, Edit
    from linter.workspace import Report

EXAMPLES = int(os.environ.get("PEERLINT_EXAMPLES", "60"))
RULES = load(bundled("rules"))
BAD = sorted(
    {
        file.text
        for rule in RULES
        for example in examples(rule.page)
        for file in example.files
        if file.path.endswith((".yaml", ".json")) and not file.path.startswith(".") and not file.unreadable
    }
)
VALUES = sorted({line.partition(": ")[2] for text in BAD for line in text.splitlines() if ": " in line})
KEYS = sorted({line.partition(":")[0].strip(" -") for text in BAD for line in text.splitlines() if ":" in line})
NAMES = [rule.name for rule in RULES]

KINDS = ["BGPPeer", "BGPConfiguration", "BGPFilter", "IPPool", "Node", "CalicoNodeStatus", "Secret", "bgppeer"]
VERSIONS = ["projectcalico.org/v3", "projectcalico.org/v3", "crd.projectcalico.org/v1", "v1", "projectcalico.org/v1"]

SPOIL = ["value", "key", "drop", "twice", "indent", "comment", "ignore", "quote", "flow"]


@st.composite
def generated(draw: st.DrawFn) -> str:
    """An object of some kind with any fields and values of the pages, in blocks or in braces."""
    fields = draw(st.lists(st.tuples(st.sampled_from(KEYS), st.sampled_from(VALUES)), min_size=1, max_size=6))
    head = f"apiVersion: {draw(st.sampled_from(VERSIONS))}\nkind: {draw(st.sampled_from(KINDS))}\n"
    if draw(st.booleans()):
        members = ", ".join(f"{key}: {value}" for key, value in fields if "#" not in value)
        return f"{head}metadata: {{name: default}}\nspec: {{{members}}}\n"
    deep = draw(
        st.sampled_from(
            ["", "  importV4:\n  - action: Accept\n  ", "  prefixAdvertisements:\n  - cidr: 10.0.0.0/8\n  "]
        )
    )
    lines = "".join(f"{'  ' if deep else ''}  {key}: {value}\n" for key, value in fields)
    return f"{head}metadata:\n  name: default\nspec:\n{deep.removesuffix('  ')}{lines}"


@st.composite
def manifests(draw: st.DrawFn) -> str:
    """One to three documents, from rule pages or made up, spoilt line by line, with comments and any line ends."""
    texts = draw(st.lists(st.sampled_from(BAD) | generated(), min_size=1, max_size=3))
    lines = "---\n".join(text if text.endswith("\n") else text + "\n" for text in texts).splitlines()
    for number in range(draw(st.integers(0, 6))):
        at = draw(st.integers(0, len(lines) - 1))
        lines[at : at + 1] = _spoilt(draw, lines[at], number)
    ends = draw(st.sampled_from([("\n",), ("\r\n",), ("\r",), ("\n", "\r\n"), ("\n", "\r")]))
    text = "".join(line + ends[number % len(ends)] for number, line in enumerate(lines))
    return text.rstrip("\r\n") if draw(st.booleans()) else text


def _spoilt(draw: st.DrawFn, line: str, number: int) -> list[str]:
    key, colon, value = line.partition(": ")
    blanks = line[: len(line) - len(line.lstrip())]
    match draw(st.sampled_from(SPOIL)):
        case "value" if colon:
            return [f"{key}: {draw(st.sampled_from(VALUES))}"]
        case "key" if ":" in line:
            return [f"{blanks}{draw(st.sampled_from(KEYS))}:{line.partition(':')[2]}"]
        case "drop":
            return []
        case "twice":
            return [line, line]
        case "indent":
            return [draw(st.sampled_from(["  ", " "])) + line] if draw(st.booleans()) else [line.removeprefix("  ")]
        case "ignore":
            names = ", ".join(draw(st.lists(st.sampled_from([*NAMES, "no-such-rule"]), min_size=1, max_size=2)))
            return [f"{line}  # peerlint: ignore[{names}] kept {number}"]
        case "quote" if colon and value and "#" not in value:
            return [f'{key}: "{value}"'] if draw(st.booleans()) else [f"{key}: {value.strip(chr(34) + chr(39))}"]
        case "flow" if colon:
            return [f"{key}: {{{value}: {value}}}", *([line] if draw(st.booleans()) else [])]
        case _:
            return [f"{blanks}# kept {number}: é", f"{line}  # kept {number}"]


class Outcome(NamedTuple):
    """Fixing one text: what was said before and after, with and without ignores."""

    before: str
    after: str
    fixed: Fixed
    reports: tuple[Report, Report]
    bare: tuple[tuple[Diagnostic, ...], tuple[Diagnostic, ...]]


def workspace(text: str, *, ignores: bool = True) -> Workspace:
    made = Workspace(RULES, Settings(), Target(), preview=True, strict=True, ignores=ignores)
    made.update(Manifest(Source("a.yaml", text)))
    return made


def fixing(text: str, safety: Safety) -> Outcome:
    own = workspace(text)
    before = own.report()
    fixed = fix({"a.yaml": text}, judging(own), safety)
    after = fixed.texts.get("a.yaml", text)
    bare = tuple(workspace(each, ignores=False).report().diagnostics for each in (text, after))
    return Outcome(text, after, fixed, (before, own.report()), (bare[0], bare[1]))


@given(manifests(), st.sampled_from(Safety))
@settings(max_examples=EXAMPLES, deadline=None, suppress_health_check=list(HealthCheck))
def test_fixing_is_safe(text: str, safety: Safety) -> None:
    outcome = fixing(text, safety)
    again = fixing(outcome.after, safety)
    assert not again.fixed.texts
    _is_made_of_its_edits(outcome)
    _is_no_worse(outcome)
    _is_read_alike(outcome)
    _keeps_comments(outcome)
    _leaves_what_is_suppressed(outcome)


def _is_made_of_its_edits(outcome: Outcome) -> None:
    edits = outcome.fixed.edits.get("a.yaml", ())
    assert applied(outcome.before, edits) == outcome.after
    assert all(outcome.before[edit.span.start : edit.span.end] != edit.new_text for edit in edits)
    ends = set(re.findall(r"\r\n|\r|\n", outcome.before))
    assert set(re.findall(r"\r\n|\r|\n", outcome.after)) <= (ends or {"\n"})


def _is_no_worse(outcome: Outcome) -> None:
    """What is new is lighter than the heaviest that was mended, and there are no more errors than before."""
    was, now = (
        Counter((one.severity.weight, one.rule, re.sub(r"/\d+", "", one.field or "")) for one in report.diagnostics)
        for report in outcome.reports
    )
    heaviest = max((one.severity.weight for one in outcome.fixed.made), default=0)
    assert all(weight < heaviest for weight, *_ in now - was)
    errors = [sum(one.severity.weight == 2 for one in report.diagnostics) for report in outcome.reports]
    assert errors[1] <= errors[0]
    assert "invalid-yaml" in {one.rule for one in outcome.bare[0]} or "invalid-yaml" not in {
        one.rule for one in outcome.bare[1]
    }


def _leaves(text: str) -> Counter[tuple[str, ...]]:
    """The values that Calico's reader sees, each with its path without positions in lists, and its type."""
    found: Counter[tuple[str, ...]] = Counter()
    for document in documents(Source("a.yaml", text), {}):
        if document.root is not None and not document.faults:
            found.update(_below(plain(document.root), (str(document.index),)))
    return found


def _below(data: object, path: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    if isinstance(data, dict) and data:
        for key, value in data.items():
            yield from _below(value, (*path, key))
    elif isinstance(data, list) and data:
        for item in data:
            yield from _below(item, path)
    else:
        yield (*path, repr(data))


def _is_read_alike(outcome: Outcome) -> None:
    """Every value that is gone or new is at, above or below a place that a mended finding speaks of or writes to."""
    if any(document.faults for document in documents(Source("a.yaml", outcome.before), {})):
        return  # what was refused before has values for the first time
    was, now = _leaves(outcome.before), _leaves(outcome.after)
    places = [place for one in outcome.fixed.made for place in _places(one)]
    written = {word for one in outcome.fixed.made for word in _written(one)}
    for _, *path, value in (was - now) + (now - was):
        named = [part for part in path if part != "-"]
        meant = any(place[: len(named)] == named[: len(place)] for place in places)
        # a parent without children is one more null, and moved fields give it some
        assert meant or value == "None" or not written.isdisjoint(named), path


def _places(one: Diagnostic) -> Iterator[list[str]]:
    """Paths, without positions, of what a finding speaks of and its fix replaces."""
    spans = [label.span for label in (one.at, *one.related)] + [
        _trimmed(edit) for edit in (one.fix.edits if one.fix else ())
    ]
    for document in documents(one.at.source, {}):
        for span in spans:
            if document.start <= span.start < document.end:
                yield [unescape(part) for part in pointer(document, span).split("/")[1:] if not part.isdecimal()]


def _trimmed(edit: Edit) -> Span:
    text = edit.source[edit.span]
    start = edit.span.start + len(text) - len(text.lstrip())
    return Span(start, max(start, edit.span.start + len(text.rstrip())))


def _written(one: Diagnostic) -> Iterator[str]:
    """Member names that a fix writes: of renamed and moved fields."""
    for edit in one.fix.edits if one.fix else ():
        yield from re.findall(r"[\w./-]+(?=[\"']?:)", edit.new_text)
        yield edit.new_text.strip("'\" ")


def _comments(text: str) -> Counter[str]:
    """The comments on lines of their own that are none of a text of several lines."""
    scalars = [
        node.span
        for document in documents(Source("a.yaml", text), {})
        for node in (walk(document.root) if document.root is not None else ())
        if isinstance(node, Scalar)
    ]
    found = re.finditer(r"# kept \d+: é", text)
    return Counter(one[0] for one in found if not any(span.covers(Span(*one.span())) for span in scalars))


def _keeps_comments(outcome: Outcome) -> None:
    """Only a comment at the end of a line goes, with the entry that ends before it."""
    if not any(document.faults for document in documents(Source("a.yaml", outcome.before), {})):
        assert not _comments(outcome.before) - _comments(outcome.after)


def _leaves_what_is_suppressed(outcome: Outcome) -> None:
    """What an ignore covers is still to be found where it was, if nobody looks at ignores."""
    suppressed = Counter(one.fingerprint for one in outcome.bare[0]) - Counter(
        one.fingerprint for one in outcome.reports[0].diagnostics
    )
    touched = {edit.span for edit in outcome.fixed.edits.get("a.yaml", ())}
    found = [one for one in outcome.bare[0] if one.fingerprint in suppressed]
    reported = {one.fingerprint for one in outcome.reports[0].diagnostics}
    for one in found:
        if one.fingerprint not in reported and one.fix:
            assert {edit.span for edit in one.fix.edits if edit.new_text}.isdisjoint(touched), one
