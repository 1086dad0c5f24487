"""Which findings comments and annotations suppress, and what is said about mistaken ones."""

from __future__ import annotations

from io import StringIO
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st
from ruamel.yaml import YAML

from linter.diagnostics import Diagnostic, Edit, Label, Severity
from linter.fixes import applied
from linter.suppressions import UNREACHABLE, Ignore, IgnoreFault, faults, ignores, settle
from linter.text import Source, Span
from linter.yaml.nodes import Fault
from linter.yaml.parser import documents

NAMES = ("rule-a", "rule-b", "rule-c", "peer-without-as-number", *sorted(UNREACHABLE))
RULES = dict(zip(NAMES, NAMES, strict=True)) | {"CAL901": "rule-a", "CAL902": "rule-b", "CAL014": "unused-ignore"}


def read(text: str) -> tuple[Source, tuple[Ignore, ...]]:
    source = Source("a.yaml", text)
    return source, ignores(source, tuple(documents(source, {})))


def diagnostic(source: Source, rule: str, start: int) -> Diagnostic:
    at = Label(source, Span(start, start + 1))
    return Diagnostic(rule, "CAL000", Severity.ERROR, "m", at, (), "", None, "", "", None, None)


def suppressed(text: str, mark: str, rule: str = "rule-a") -> bool:
    """Whether a finding of the rule at the (only) place of `mark` is suppressed."""
    assert text.count(mark) == 1, f"{mark!r} is ambiguous"
    source, found = read(text)
    settled = settle([diagnostic(source, rule, text.index(mark))], found, RULES)
    assert len(settled.kept) + len(settled.suppressed) == 1
    return bool(settled.suppressed)


def judged(text: str, *finds: tuple[str, str], idle: tuple[str, ...] = ()) -> list[IgnoreFault]:
    """What is said about the ignores of a text in which (rule, mark) are found and `idle` rules did not run."""
    source, found = read(text)
    settled = settle([diagnostic(source, rule, text.index(mark)) for rule, mark in finds], found, RULES)
    return list(faults(found, settled.used, RULES, lambda rule: rule not in idle))


def fixed(text: str, *finds: tuple[str, str]) -> str:
    source = Source("a.yaml", text)
    edits = [Edit(source, *edit) for fault in judged(text, *finds) for edit in fault.edits]
    assert edits, "no fix"
    return applied(text, edits)


PEER = """\
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: rr
spec:
  peerIP: 10.0.0.1
  asNumber: 64512
  communities:
    - name: one
      value: x
    - name: two
      value: y
"""


def peer(line: str, suffix: str = "", above: str = "") -> str:
    """The manifest with a comment at the end of a line or on a line of its own above it."""
    assert PEER.count(line) == 1
    whole = next(each for each in PEER.splitlines() if line in each)
    indent = whole[: len(whole) - len(whole.lstrip())]
    text = f"{indent}{above}\n{whole}" if above else f"{whole} {suffix}"
    return PEER.replace(whole, text)


IGNORE = "# peerlint: ignore[rule-a] a reason"


class TestEndOfLine:
    def test_covers_what_begins_on_its_line(self) -> None:
        text = peer("peerIP", IGNORE)
        assert suppressed(text, "peerIP")
        assert suppressed(text, "10.0.0.1")
        assert not suppressed(text, "asNumber")
        assert not suppressed(text, "spec")

    def test_names_its_rules_only(self) -> None:
        text = peer("peerIP", "# peerlint: ignore[rule-b, CAL901] why")
        assert suppressed(text, "10.0.0.1", "rule-a")
        assert suppressed(text, "10.0.0.1", "rule-b")
        assert not suppressed(text, "10.0.0.1", "rule-c")

    def test_a_block_beginning_on_the_line_is_not_covered(self) -> None:
        assert not suppressed(peer("apiVersion", IGNORE), "10.0.0.1")
        assert not suppressed(peer("spec:", IGNORE), "10.0.0.1")
        assert suppressed(peer("spec:", IGNORE), "spec")
        assert not suppressed(peer("- name: one", IGNORE), "value: x")

    @pytest.mark.parametrize("head", ["|", ">-", "|2-", ">+ "])
    def test_block_scalars(self, head: str) -> None:
        text = f"a: {head}  {IGNORE}\n  first\n  second # peerlint: ignore[rule-b] text\nb: other\n"
        assert suppressed(text, "a:")
        assert suppressed(text, "second")
        assert not suppressed(text, "other")
        assert not suppressed(text, "second", "rule-b")

    @pytest.mark.parametrize("value", ['"first\n  second"', "'first\n  second'", "first\n  second"])
    def test_scalars_of_several_lines_end_with_their_comment(self, value: str) -> None:
        text = f"z: before\na: {value} {IGNORE}\nb: other\n"
        assert suppressed(text, "a:")
        assert suppressed(text, "first")
        assert suppressed(text, "second")
        assert not suppressed(text, "before")
        assert not suppressed(text, "other")

    def test_brackets_of_several_lines(self) -> None:
        opened = f"a: [ {IGNORE}\n  one,\n  two ]\nb: other\n"
        closed = f"a: [\n  one,\n  two ] {IGNORE}\nb: other\n"
        inner = f"a: [\n  one, {IGNORE}\n  two ]\nb: other\n"
        for text in (opened, closed):
            assert suppressed(text, "one")
            assert suppressed(text, "a:")
            assert not suppressed(text, "other")
        assert suppressed(inner, "one")
        assert not suppressed(inner, "two")
        assert not suppressed(inner, "a:")

    def test_a_value_that_is_not_there(self) -> None:
        text = f"spec:\n  peerIP: {IGNORE}\n  asNumber: 1\n"
        source, found = read(text)
        place = text.index(":", text.index("peerIP")) + 1
        assert settle([diagnostic(source, "rule-a", place)], found, RULES).suppressed
        assert not suppressed(text, "asNumber")


class TestOwnLine:
    def test_covers_the_key_below_with_everything_under_it(self) -> None:
        text = peer("spec:", above=IGNORE)
        for mark in ("spec", "10.0.0.1", "value: y"):
            assert suppressed(text, mark)
        assert not suppressed(text, "name: rr")
        assert not suppressed(text, "BGPPeer")

    def test_covers_one_key_of_several(self) -> None:
        text = peer("peerIP", above=IGNORE)
        assert suppressed(text, "10.0.0.1")
        assert not suppressed(text, "asNumber")

    def test_covers_an_item_with_all_its_keys(self) -> None:
        text = peer("- name: one", above=IGNORE)
        assert suppressed(text, "one")
        assert suppressed(text, "value: x")
        assert not suppressed(text, "two")
        assert not suppressed(text, "value: y")

    def test_below_the_dash_it_covers_a_key(self) -> None:
        text = f"a:\n  -\n    {IGNORE}\n    name: one\n    value: x\n"
        assert suppressed(text, "one")
        assert not suppressed(text, "value")

    def test_nested_lists(self) -> None:
        text = f"a:\n  {IGNORE}\n  - - one\n    - two\n  - three\n"
        assert suppressed(text, "two")
        assert not suppressed(text, "three")

    @pytest.mark.parametrize("indent", ["", "  ", "        "])
    @pytest.mark.parametrize("between", ["", "\n", "  # another comment - with a dash\n\n"])
    def test_indentation_blank_lines_and_other_comments_do_not_matter(self, indent: str, between: str) -> None:
        text = f"a:\n  b: 1\n{indent}{IGNORE}\n{between}  c: 2\n  d: 3\n"
        assert suppressed(text, "c: 2")
        assert not suppressed(text, "d: 3")
        assert not suppressed(text, "b: 1")

    def test_several_above_one_key(self) -> None:
        text = f"a: 1\n{IGNORE}\n# peerlint: ignore[rule-b] why\nb: 2\n"
        assert suppressed(text, "b: 2", "rule-a")
        assert suppressed(text, "b: 2", "rule-b")

    def test_a_value_of_several_lines(self) -> None:
        text = f"{IGNORE}\na: |\n  one\n  two\nb: three\n"
        assert suppressed(text, "two")
        assert not suppressed(text, "three")

    def test_an_empty_value_is_covered(self) -> None:
        text = f"{IGNORE}\na:\nb: 1\n"
        source, found = read(text)
        assert settle([diagnostic(source, "rule-a", text.index("a:\nb") + 2)], found, RULES).suppressed
        assert not suppressed(text, "b: 1")

    def test_in_brackets(self) -> None:
        text = f"a: [\n  one,\n  {IGNORE}\n  two,\n  three]\n"
        assert suppressed(text, "two")
        assert not suppressed(text, "one")
        assert not suppressed(text, "three")

    def test_belongs_to_its_own_document(self) -> None:
        text = f"a: 1\n{IGNORE}\n---\nb: 2\n"
        assert not suppressed(text, "b: 2")
        assert [fault.rule for fault in judged(text)] == ["unused-ignore"]

    def test_above_the_first_separator(self) -> None:
        assert suppressed(f"{IGNORE}\n---\na: 1\nb: 2\n", "a: 1")

    @pytest.mark.parametrize("newline", ["\n", "\r\n", "\r"])
    def test_line_ends(self, newline: str) -> None:
        text = f"a: 1\n{IGNORE}\nb: 2 # peerlint: ignore[rule-b] why\nc: 3\n".replace("\n", newline)
        assert suppressed(text, "b: 2")
        assert suppressed(text, "b: 2", "rule-b")
        assert not suppressed(text, "c: 3")
        assert not suppressed(text, "c: 3", "rule-b")

    def test_yaml_ends_a_comment_at_other_line_breaks_too(self) -> None:
        text = "a: 1 # peerlint: ignore[rule-a] why\x85b: 2\n"
        _, (found,) = read(text)
        assert found.names[0].reason == "why"
        assert text[found.span.end] == "\x85"

    def test_after_another_comment(self) -> None:
        text = f"a: 1\n# see the wiki {IGNORE}\nb: 2 # note {IGNORE}\nc: 3\n"
        assert suppressed(text, "b: 2")
        assert not suppressed(text, "c: 3")
        assert fixed(text) == "a: 1\n# see the wiki\nb: 2 # note\nc: 3\n"


class TestTextIsNoComment:
    @pytest.mark.parametrize(
        "value",
        [
            f'"{IGNORE}"',
            f"'it {IGNORE}'",
            f"|\n  {IGNORE}\n  b: 1",
            f">\n  some\n  {IGNORE}\n\n  b: 1",
            f"x{IGNORE}",
            f'"first\n  {IGNORE}\n  b: 1"',
            f"[x, '{IGNORE}']",
            f'{{x: "{IGNORE}"}}',
        ],
    )
    def test_in_scalars(self, value: str) -> None:
        _, found = read(f"a: {value}\nz: 1\n")
        assert found == ()

    def test_in_keys(self) -> None:
        _, found = read(f'"{IGNORE}": 1\n? "{IGNORE}"\n: 2\n')
        assert found == ()

    def test_between_tag_and_text_it_is_one(self) -> None:
        text = f"a: !tag {IGNORE}\n  one\nb: two\n"
        assert suppressed(text, "one")
        assert not suppressed(text, "two")

    def test_embedded_manifests(self) -> None:
        _, found = read(
            f"kind: ConfigMap\ndata:\n  peer.yaml: |\n    {IGNORE}\n    kind: BGPPeer\n  {IGNORE}\n  b: c\n"
        )
        assert len(found) == 1

    def test_in_text_after_the_end_of_the_root(self) -> None:
        source, found = read(f"{{a: 1}}\n'x {IGNORE}\n'\n")
        assert [fault.kind for document in documents(source, {}) for fault in document.faults] == [Fault.LOST]
        assert found == ()

    def test_in_a_document_that_could_not_be_read(self) -> None:
        text = f"a: [\n{IGNORE}\n---\nb: 1 {IGNORE}\n"
        _, found = read(text)
        assert len(found) == 1
        assert suppressed(text, "b: 1")
        assert judged(f"{IGNORE}\na: [\n") == []


class TestFile:
    FILE = "# peerlint: ignore-file[rule-a] generated"

    @pytest.mark.parametrize(
        "head", ["", "# a licence\n\n", "---\n", "%YAML 1.1\n---\n", "--- ", "\n  \t\n  ", "# x\r\n"]
    )
    def test_at_the_head_of_the_file(self, head: str) -> None:
        text = f"{head}{self.FILE}\nkind: A\n---\nb: two\n"
        assert suppressed(text, "kind")
        assert suppressed(text, "two")
        assert not suppressed(text, "two", "rule-b")

    def test_below_the_first_content_it_is_mistaken(self) -> None:
        for text in (f"a: 1 {self.FILE}\n", f"a: 1\n{self.FILE}\nb: 2\n", f"a: 1\n---\n{self.FILE}\nb: 2\n"):
            (fault,) = judged(text, ("rule-a", "a: 1"))
            assert (fault.rule, fault.mistake) == ("unknown-ignore", "stands below the first content of the file")
            assert not suppressed(text, "a: 1")

    def test_covers_what_has_no_node(self) -> None:
        text = f"{self.FILE}\na: [\n"
        source, found = read(text)
        assert settle([diagnostic(source, "rule-a", len(text))], found, RULES).suppressed

    def test_is_not_called_unused_where_something_could_not_be_read(self) -> None:
        assert judged(f"{self.FILE}\na: [\n") == []
        assert judged(f"{self.FILE}\na: 1\n---\n[b]\n]\n") == []
        assert [fault.rule for fault in judged(f"{self.FILE}\na: 1\n")] == ["unused-ignore"]

    def test_a_file_of_comments(self) -> None:
        assert [fault.rule for fault in judged(f"{self.FILE}\n{IGNORE}\n")] == ["unused-ignore"] * 2


def annotated(value: str, more: str = "") -> str:
    annotation = f"{more}peerlint.dev/ignore: {value}"
    return f"kind: A\nmetadata:\n  annotations:\n    {annotation}\n  name: x\nspec:\n  body: 1\n---\nc: two\n"


class TestAnnotation:
    @pytest.mark.parametrize(
        "value",
        [
            '"rule-a: reason"',
            "'CAL901: reason'",
            "rule-a",
            "rule-b, rule-a",
            '"rule-b: one; rule-a: two"',
            "|\n      rule-b: one\n      rule-a: two",
            '"rule-b: one\\nrule-a: two"',
            '"rule-c:x;rule-b , rule-a :y;"',
        ],
    )
    def test_covers_its_object(self, value: str) -> None:
        text = annotated(value)
        assert suppressed(text, "body: 1")
        assert suppressed(text, "kind")
        assert not suppressed(text, "c: two")

    @pytest.mark.parametrize("form", ["kind: List\nitems:\n", "kind: BGPPeerList\nitems:\n", ""])
    def test_covers_one_item_of_a_list(self, form: str) -> None:
        items = (
            "- kind: A\n  metadata: {annotations: {peerlint.dev/ignore: 'rule-a: why'}}\n  spec: one\n"
            "- kind: A\n  spec: two\n"
        )
        assert suppressed(form + items, "one")
        assert not suppressed(form + items, "two")

    def test_the_wrong_place_is_mistaken(self) -> None:
        for place in (
            "metadata:\n  labels:\n    ",
            "",
            "spec:\n  template:\n    metadata:\n      annotations:\n        ",
        ):
            text = f"kind: A\n{place}peerlint.dev/ignore: 'rule-a: why'\n"
            (fault,) = judged(text, ("rule-a", "kind"))
            assert fault.rule == "unknown-ignore"
            assert "metadata.annotations" in fault.mistake
            assert not suppressed(text, "kind")

    @pytest.mark.parametrize(
        "key", ["peerlint.dev/ignores", "peerlint/ignore", "Peerlint.dev/ignore", "peerlint.dev/rule-a"]
    )
    def test_a_near_key_is_mistaken(self, key: str) -> None:
        text = annotated("'rule-a: why' # peerlint").replace("peerlint.dev/ignore", key)
        (fault,) = judged(text)
        assert fault.mistake == "is no annotation that peerlint reads"
        assert fixed(text) == annotated("'rule-a: why' # peerlint")

    def test_other_keys_are_left_alone(self) -> None:
        assert read("kind: A\nmetadata:\n  labels: {app: peerlint, peerlint: x}\ndata:\n  .peerlint.yaml: a\n")[1] == ()

    @pytest.mark.parametrize("value", ["[rule-a]", "{rule-a: x}", "1", "true", "", "null"])
    def test_a_value_that_is_no_text_is_mistaken(self, value: str) -> None:
        (fault,) = judged(annotated(value))
        assert (fault.rule, fault.mistake) == ("unknown-ignore", "is no text and so names no rule")

    @pytest.mark.parametrize("value", ['""', "';'", '": reason"'])
    def test_a_value_without_a_name_is_mistaken(self, value: str) -> None:
        (fault,) = judged(annotated(value))
        assert (fault.rule, fault.mistake) == ("unknown-ignore", "names no rule")

    def test_names_have_places(self) -> None:
        for value in ('"rule-x: one; rule-y: two"', "|\n      rule-x: one\n      rule-y: two"):
            text = annotated(value)
            assert [text[slice(*fault.span)] for fault in judged(text)] == ["rule-x", "rule-y"]
        text = annotated('"rule-b: not rule-x: two; rule-x: two; rule-x,rule-x: three"')
        assert [fault.span.start for fault in judged(text) if fault.rule == "unknown-ignore"] == [
            text.index(part) + part.index("rule-x") for part in ("; rule-x: two", "rule-x,", ",rule-x: three")
        ]
        (fault,) = judged(annotated('"rule-\\x78: one"'))
        assert fault.names == ("rule-x",)

    def test_a_fix_takes_the_annotation_away(self) -> None:
        assert fixed(annotated("'rule-a: why'")) == "kind: A\nmetadata:\n  name: x\nspec:\n  body: 1\n---\nc: two\n"
        more = annotated("'rule-a: why'", "other: 1\n    ")
        assert fixed(more) == more.replace("    peerlint.dev/ignore: 'rule-a: why'\n", "")

    def test_a_fix_keeps_what_is_used(self) -> None:
        text = annotated('"rule-a, rule-b: it\'s; rule-c"')
        assert fixed(text, ("rule-b", "body")) == annotated('"rule-b: it\'s"')
        text = annotated("|\n      rule-a: one\n      rule-b: 2\n      rule-c: 3")
        assert fixed(text, ("rule-a", "body: 1"), ("rule-c", "body: 1")) == annotated("'rule-a: one; rule-c: 3'")

    def test_through_an_alias(self) -> None:
        text = "x: &m\n  annotations: {peerlint.dev/ignore: 'rule-a: why'}\nmetadata: *m\nspec: one\n"
        assert suppressed(text, "one")
        assert judged(text, ("rule-a", "one")) == []


class TestFaults:
    def test_all_is_well(self) -> None:
        assert judged(f"a: 1 {IGNORE}\n", ("rule-a", "a: 1")) == []

    def test_unused(self) -> None:
        text = f"a: 1   {IGNORE}\nb: 2\n"
        (fault,) = judged(text)
        assert (fault.rule, fault.names, text[slice(*fault.span)]) == ("unused-ignore", ("rule-a",), IGNORE)
        assert fixed(text) == "a: 1\nb: 2\n"

    def test_unused_on_a_line_of_its_own(self) -> None:
        text = f"a: 1\n  {IGNORE}\nb: 2\n"
        assert fixed(text) == "a: 1\nb: 2\n"
        assert fixed(f"a: 1\n{IGNORE}") == "a: 1\n"
        assert fixed(f"a: 1\r\n{IGNORE}\r\nb: 2\r\n") == "a: 1\r\nb: 2\r\n"

    @pytest.mark.parametrize(
        ("names", "used", "left"),
        [
            ("rule-a, rule-b", "rule-a", "rule-a"),
            ("rule-a,rule-b,rule-c", "rule-b", "rule-b"),
            (" rule-a , CAL902 ", "rule-b", "CAL902"),
            ("rule-a, rule-x, rule-b", "rule-b", "rule-x, rule-b"),
        ],
    )
    def test_only_some_unused(self, names: str, used: str, left: str) -> None:
        text = f"a: 1 # peerlint: ignore[{names}] why\n"
        unused = [fault for fault in judged(text, (used, "a: 1")) if fault.rule == "unused-ignore"]
        ((span, new),) = unused[0].edits
        assert text[: span.start] + new + text[span.end :] == f"a: 1 # peerlint: ignore[{left}] why\n"
        assert text[slice(*unused[0].span)] in names

    def test_a_rule_that_did_not_run_proves_nothing(self) -> None:
        assert judged(f"a: 1 {IGNORE}\n", idle=("rule-a",)) == []
        (fault,) = judged("a: 1 # peerlint: ignore[rule-a, rule-b] why\n", idle=("rule-a",))
        assert fault.names == ("rule-b",)

    def test_every_ignore_that_covers_is_used(self) -> None:
        text = f"# peerlint: ignore-file[rule-a] why\na: 1\n{IGNORE}\nb: 2 {IGNORE}\n"
        assert judged(text, ("rule-a", "b: 2")) == []

    def test_findings_about_ignores_are_out_of_reach(self) -> None:
        for rule in UNREACHABLE:
            text = f"a: 1 # peerlint: ignore[{rule}] why\n"
            assert not suppressed(text, "a: 1", rule)
            (fault,) = judged(text, (rule, "a: 1"), idle=(rule,))
            assert fault.rule == "unused-ignore"
            assert fault.unreachable

    def test_unknown(self) -> None:
        text = "a: 1 # peerlint: ignore[rule-aa, peer-without-as-numbr, zzz] why\n"
        found = judged(text)
        assert [(fault.rule, text[slice(*fault.span)]) for fault in found] == [
            ("unknown-ignore", "rule-aa"),
            ("unknown-ignore", "peer-without-as-numbr"),
            ("unknown-ignore", "zzz"),
        ]
        assert [fault.nearest for fault in found] == ["rule-a", "peer-without-as-number", ""]
        assert found[2].edits == ()
        assert fixed(text) == "a: 1 # peerlint: ignore[rule-a, peer-without-as-number, zzz] why\n"

    def test_letter_case_counts(self) -> None:
        assert fixed("a: 1 # peerlint: ignore[cal901] why\n") == "a: 1 # peerlint: ignore[CAL901] why\n"

    @pytest.mark.parametrize("name", ["all", "*", "CAL9", "CAL"])
    def test_no_blanket_names(self, name: str) -> None:
        text = f"a: 1 # peerlint: ignore[{name}] why\n"
        assert not suppressed(text, "a: 1")
        assert [fault.rule for fault in judged(text)] == ["unknown-ignore"]

    def test_a_finding_beside_an_unused_ignore_is_pointed_at(self) -> None:
        text = f"a: 1\nb: 2 {IGNORE}\nc: 3\n"
        source, found = read(text)
        other = [diagnostic(source, "rule-a", text.index(mark)) for mark in ("a: 1", "c: 3")]
        other.append(diagnostic(source, "rule-b", text.index("b: 2")))
        (fault,) = faults(found, (), RULES, lambda _: True, other)
        assert fault.missed == Span(text.index("a: 1"), text.index("a: 1") + 1)
        (fault,) = faults(found, (), RULES, lambda _: True, other[1:])
        assert fault.missed == Span(text.index("c: 3"), text.index("c: 3") + 1)
        (fault,) = judged(text)
        assert fault.missed is None

    def test_without_reason(self) -> None:
        text = "a: 1 # peerlint: ignore[rule-a]\n"
        (fault,) = judged(text, ("rule-a", "a: 1"))
        assert (fault.rule, fault.names, fault.edits) == ("ignore-without-reason", ("rule-a",), ())
        assert [fault.rule for fault in judged(text)] == ["unused-ignore"]

    def test_without_reason_in_an_annotation(self) -> None:
        text = annotated("'rule-a; rule-b: why'")
        (fault,) = judged(text, ("rule-a", "body: 1"), ("rule-b", "body: 1"))
        assert (fault.rule, text[slice(*fault.span)]) == ("ignore-without-reason", "rule-a")

    @pytest.mark.parametrize("reason", [" why", ": why", " - why", " -- why", "why", " — why"])
    def test_reasons(self, reason: str) -> None:
        _, (found,) = read(f"a: 1 # peerlint: ignore[rule-a]{reason}\n")
        assert [name.reason for name in found.names] == ["why"]

    def test_a_comment_above_the_first_key_says_that_it_covers_no_more(self) -> None:
        (fault,) = judged(f"{IGNORE}\nkind: A\nb: 1\n", ("rule-a", "b: 1"))
        assert (fault.rule, fault.first) == ("unused-ignore", "kind")
        (fault,) = judged(f"kind: A\n{IGNORE}\nb: 1\n")
        assert fault.first == ""


class TestNearMisses:
    @pytest.mark.parametrize(
        ("comment", "meant"),
        [
            ("# peerlint:ignore [rule-a] why", "# peerlint: ignore[rule-a] why"),
            ("# peerlint ignore[rule-a] why", "# peerlint: ignore[rule-a] why"),
            ("# peerlint: ignroe[rule-a] why", "# peerlint: ignore[rule-a] why"),
            ("# peerlint: Ignore[rule-a, rule-b]", "# peerlint: ignore[rule-a, rule-b]"),
            ("# PeerLint: ignore[rule-a] peerlint", "# peerlint: ignore[rule-a] peerlint"),
            ("#peerlint:ignore(rule-a):why", "# peerlint: ignore[rule-a] why"),
            ("# peerlint: ignore rule-a, CAL902 because of it", "# peerlint: ignore[rule-a, CAL902] because of it"),
            ("# peerlint: ignore: rule-a", "# peerlint: ignore[rule-a]"),
            ("# peerlint ignore rule-a", "# peerlint: ignore[rule-a]"),
            ("# peerlint: ignore=rule-a", "# peerlint: ignore[rule-a]"),
            ("# peerlint: ignore[rule-a", "# peerlint: ignore[rule-a]"),
            ("# peerlint: disable=CAL901", "# peerlint: ignore[CAL901]"),
            ("# peerlint: CAL901 why", "# peerlint: ignore[CAL901] why"),
            ("# peerlint: file-ignore[rule-a]", "# peerlint: ignore-file[rule-a]"),
            ("# peerlint: ignore_file[rule-a]", "# peerlint: ignore-file[rule-a]"),
            ("# peerlint-ignore: rule-a", "# peerlint: ignore[rule-a]"),
            ("# peerlint: ignore-next-line rule-a", "# peerlint: ignore[rule-a]"),
        ],
    )
    def test_are_noticed(self, comment: str, meant: str) -> None:
        text = f"a: 1 # peerlint\nb: 2 {comment}\n"
        (fault,) = judged(text)
        assert fault.rule == "unknown-ignore"
        assert text[slice(*fault.span)] == comment
        assert fault.mistake == "has not the form of an ignore"
        assert fixed(text) == f"a: 1 # peerlint\nb: 2 {meant}\n"
        assert not suppressed(text, "b: 2")

    @pytest.mark.parametrize(
        "comment",
        [
            "# peerlint: ignore",
            "# peerlint: ignore[]",
            "# peerlint: ignore-file[ , ]",
            "# peerlint: ignore this line",
            "# peerlint ignore",
            "# peerlint: noqa",
            "# peerlint: off",
            "# peerlint: skip this",
        ],
    )
    def test_there_is_no_blanket_form(self, comment: str) -> None:
        text = f"a: 1 {comment}\n"
        (fault,) = judged(text, ("rule-a", "a: 1"))
        assert (fault.rule, fault.mistake, fault.edits) == ("unknown-ignore", "names no rule", ())
        assert not suppressed(text, "a: 1")

    @pytest.mark.parametrize(
        "comment",
        [
            "# peerlint",
            "# peerlint runs here",
            "# checked by peerlint: ignore nothing",
            "# peerlint ignores this kind",
            "# see peerlint.dev/rules",
            "# peerlint: see README[1]",
            "# peerlint (0.1) found this",
            "# peerlint: calico",
            "# say `# peerlint: ignore[rule-a]` to silence",
            "#peerlints: ignore[rule-a]",
            "# peerlint. Ignored by all",
        ],
    )
    def test_other_comments_are_left_alone(self, comment: str) -> None:
        assert read(f"{comment}\na: 1 {comment}\n")[1] == ()

    def test_two_in_one_comment(self) -> None:
        text = "a: 1 # peerlint: ignore[rule-a] why # peerlint: ignore[rule-b] too\n"
        assert suppressed(text, "a: 1", "rule-a")
        assert suppressed(text, "a: 1", "rule-b")
        assert judged(text, ("rule-a", "a: 1"), ("rule-b", "a: 1")) == []


FRAGMENTS = st.sampled_from(
    (
        "# peerlint: ignore[rule-a] x",
        "# peerlint: ignore-file[rule-a,rule-z]",
        "# peerlint ignore",
        "#",
        "peerlint",
        "  ",
        "a: ",
        "- ",
        "|",
        ">-",
        "'",
        '"',
        "[",
        "]",
        "{",
        "}",
        ",",
        ":",
        "&x ",
        "*x",
        "!t ",
        "---\n",
        "...\n",
        "peerlint.dev/ignore: ",
        "metadata:\n  annotations:\n    ",
        "rule-a: why; rule-b",
        "<<: ",
        "? ",
        "\n",
        "\r",
        "\x85",
        "\u2028",
    )
)


@given(st.one_of(st.text(), st.lists(st.one_of(FRAGMENTS, st.text(max_size=3)), max_size=25).map("".join)))
@example("# peerlint: ignore[rule-a]")
@example("metadata: {annotations: {peerlint.dev/ignore: *x}}")
def test_any_text_is_read_and_every_fix_removes_its_fault(text: str) -> None:
    source, found = read(text)
    for ignore in found:
        assert 0 <= ignore.span.start < ignore.span.end <= len(text)
        assert "peerlint" in source[ignore.span].lower()
        assert all(ignore.annotation or source[name.span] == name.text for name in ignore.names)
    said = list(faults(found, (), RULES, lambda _: True))
    assert len({fault.span for fault in said if fault.mistake}) == sum(1 for fault in said if fault.mistake)
    unused = [fault for fault in said if fault.rule == "unused-ignore" and fault.edits and not fault.annotation]
    if unused:
        after = applied(text, [Edit(source, *edit) for edit in unused[0].edits])
        _, left = read(after)
        assert len(left) == len(found) - 1 or after.count("rule-a") < text.count("rule-a")


TEXTS = st.lists(st.sampled_from([IGNORE, "a b", "\n", " ", "x: y", "'", '"', "- z", "\n\n  "]), max_size=6).map(
    "".join
)
DATA = st.recursive(TEXTS, lambda below: st.lists(below, max_size=3) | st.dictionaries(TEXTS, below, max_size=3))


@given(DATA, st.sampled_from([True, False, None]), st.sampled_from([30, 80, 4000]))
def test_no_text_is_taken_for_a_comment(data: Any, flow: bool | None, width: int) -> None:
    writer = YAML(typ="safe", pure=True)
    writer.default_flow_style = flow
    writer.width = width
    stream = StringIO()
    writer.dump({"data": data}, stream)
    assert read(stream.getvalue())[1] == ()


def test_other_files_cost_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    source = Source("a.yaml", "a: 1 # a comment")
    assert ignores(source, ()) == ()
    assert settle([], (), RULES) == ((), (), frozenset())


def test_long_lines_are_bounded() -> None:
    text = "a: 1 #" + " peerlint: ignore[" * 20000 + "\nb: '" + "# peerlint: ignore[rule-a] " * 20000 + "'\n"
    assert len(read(text)[1]) <= 1
