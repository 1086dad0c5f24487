"""The baseline file: what it holds, what it says of itself, and how it reads."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import Any

import jsonschema
import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.baseline import Baseline, Entry, read, recorded, written
from linter.bundle import bundled
from linter.diagnostics import Diagnostic, Label, ObjectName, Severity
from linter.text import Source, Span

SCHEMA = json.loads(Path(bundled("schemas"), "baseline.schema.json").read_text(encoding="utf-8"))


def found(rule: str = "rule-a", fingerprint: str = "f1", path: str = "a.yaml", **more: Any) -> Diagnostic:
    at = Label(Source(path, "x: 1\n"), Span(0, 1))
    subject = ObjectName("v3", "BGPPeer", None, "rr")
    made = Diagnostic(rule, "CAL900", Severity.ERROR, "m", at, (), "", None, "", fingerprint, subject, "/spec/a/0/b")
    return made._replace(**more)


def same(path: str) -> str:
    return path


def baseline(*entries: Entry) -> Baseline:
    return Baseline(Source("baseline.json", written(entries)), "/x", entries)


def parsed(text: str) -> tuple[Baseline, list[tuple[str, str]]]:
    source = Source("baseline.json", text)
    read_, faults = read(source, "/x")
    assert {fault.rule for fault in faults} <= {"invalid-configuration"}
    return read_, [(source[fault.span], fault.reason) for fault in faults]


class TestHolding:
    def test_equal_findings_are_counted(self) -> None:
        (entry,) = recorded([found(), found()], same)
        assert entry == Entry("a.yaml", "rule-a", "BGPPeer/rr", "/spec/a/-/b", "f1", 2)

    def test_what_is_held_is_not_kept(self) -> None:
        held = baseline(*recorded([found(), found()], same)).divide([found(), found()], same)
        assert (held.kept, held.held, held.left) == ((), 2, (0,))

    def test_one_more_is_kept_and_it_is_the_last(self) -> None:
        more = [found(message=str(number)) for number in range(3)]
        held = baseline(*recorded(more[:2], same)).divide(more, same)
        assert (held.kept, held.held, held.left) == ((more[2],), 2, (0,))

    @pytest.mark.parametrize("other", [{"rule": "rule-b"}, {"fingerprint": "f2"}, {"path": "b.yaml"}])
    def test_anything_else_is_kept(self, other: dict[str, Any]) -> None:
        held = baseline(Entry("a.yaml", "rule-a", "", "", "f1")).divide([found(**other)], same)
        assert (len(held.kept), held.held, held.left) == (1, 0, (1,))

    def test_object_and_field_are_for_readers(self) -> None:
        assert baseline(Entry("a.yaml", "rule-a", "Other/x", "/y", "f1")).divide([found()], same).held == 1

    def test_entries_that_stand_twice_hold_twice(self) -> None:
        twice = [Entry("a.yaml", "rule-a", "", "", "f1")] * 2
        held = baseline(*twice).divide([found()] * 3, same)
        assert (len(held.kept), held.held) == (1, 2)

    @pytest.mark.parametrize("rule", ["invalid-configuration", "unused-ignore", "stale-baseline", "unreadable-file"])
    def test_what_peerlint_says_of_its_own_input_is_never_held(self, rule: str) -> None:
        assert recorded([found(rule)], same) == ()
        assert baseline(Entry("a.yaml", rule, "", "", "f1")).divide([found(rule)], same).held == 0


class TestStale:
    ENTRIES = (Entry("a.yaml", "rule-a", "", "", "f1", 3), Entry("b.yaml", "rule-a", "", "", "f1"))

    def test_counts_what_is_gone(self) -> None:
        held = baseline(*self.ENTRIES).divide([found()], same)
        assert baseline(*self.ENTRIES).stale(held.left, lambda _: True) == {0: 2, 1: 1}

    def test_only_what_was_judged(self) -> None:
        assert baseline(*self.ENTRIES).stale((3, 1), lambda entry: entry.path == "b.yaml") == {1: 1}

    def test_removing_it_never_adds(self) -> None:
        kept = baseline(*self.ENTRIES).without({0: 2, 1: 1})
        assert kept == (self.ENTRIES[0]._replace(times=1),)
        assert baseline(*self.ENTRIES).without({}) == self.ENTRIES

    def test_each_has_its_place(self) -> None:
        one = baseline(*self.ENTRIES)
        faults = list(one.faults({0: 2, 1: 1}))
        assert [one.source.position(fault.span.start).line for fault in faults] == [4, 5]
        assert [one.source[fault.span] for fault in faults] == ['"rule-a"'] * 2
        assert "2 of these 3" in faults[0].reason
        assert "finds this," in faults[1].reason
        (all_of_them,) = one.faults({0: 3})
        assert "finds these," in all_of_them.reason


class TestForm:
    def test_an_entry_is_a_line(self) -> None:
        text = written([Entry("b.yaml", "r", "", "", "2"), Entry("a.yaml", "r", "Node/ä", "/x", "1", 2)])
        assert text == (
            '{\n  "schemaVersion": 1,\n  "findings": [\n'
            '    {"path": "a.yaml", "rule": "r", "object": "Node/ä", "field": "/x", "fingerprint": "1", "count": 2},\n'
            '    {"path": "b.yaml", "rule": "r", "fingerprint": "2", "count": 1}\n  ]\n}\n'
        )

    def test_nothing(self) -> None:
        assert json.loads(written([])) == {"schemaVersion": 1, "findings": []}

    def test_equal_entries_become_one(self) -> None:
        entry = Entry("a.yaml", "r", "", "", "1")
        assert written([entry, entry]) == written([entry._replace(times=2)])

    ENTRY = st.builds(
        Entry, st.text(min_size=1), st.text(min_size=1), st.text(), st.text(), st.text(min_size=1), st.integers(1, 9)
    )

    @given(st.lists(ENTRY, unique_by=lambda entry: entry[:5]))
    def test_what_is_written_is_read(self, entries: list[Entry]) -> None:
        text = written(entries)
        jsonschema.Draft7Validator(SCHEMA).validate(json.loads(text))
        again, mistakes = parsed(text)
        assert mistakes == []
        assert again.entries == tuple(sorted(entries))
        assert written(again.entries) == text

    def test_paths_are_from_its_directory(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        here = os.path.realpath(tmp_path)
        one = Baseline(Source("b", ""), f"{here}/ci")
        assert one.name("x/a.yaml", f"{here}/x/a.yaml") == "../x/a.yaml"
        assert one.name("<stdin>", "-") == "<stdin>"
        monkeypatch.chdir(tmp_path)
        assert one.name("ci/a.yaml", "-") == "a.yaml"


class TestMistakes:
    GOOD = '{"path": "a", "rule": "r", "fingerprint": "f", "count": 1}'

    @pytest.mark.parametrize(
        ("text", "place", "words"),
        [
            ("", "", "this is no baseline"),
            ("{", "", "is no YAML"),
            ("[]", "[]", "must be a mapping"),
            ('{"schemaVersion": 2, "findings": []}', "2", "it is always 1"),
            ('{"schemaVersion": true, "findings": []}', "true", "must be a whole number"),
            ('{"findings": []}', '"findings"', "this file has no `schemaVersion`"),
            ('{"schemaVersion": 1, "findings": [], "extra": 1}', '"extra"', "is no member"),
            ('{"schemaVersion": 1, "findings": [{}]}', "{}", "has no `"),
            (f'{{"schemaVersion": 1, "findings": [{GOOD.replace(": 1}", ": 0}")}]}}', "0", "the least is 1"),
            (
                f'{{"schemaVersion": 1, "findings": [{GOOD.replace(": 1}", ": 1.5}")}]}}',
                "1.5",
                "must be a whole number",
            ),
            (
                f'{{"schemaVersion": 1, "findings": [{GOOD.replace(chr(34) + "r" + chr(34), "7")}]}}',
                "7",
                "must be text",
            ),
            (f'{{"schemaVersion": 1, "findings": [{GOOD.replace("rule", "rul")}]}}', '"rul"', "did you mean `rule`?"),
        ],
    )
    def test_one(self, text: str, place: str, words: str) -> None:
        again, mistakes = parsed(text)
        assert again.entries == ()
        assert any(words in said and where.startswith(place) for where, said in mistakes), mistakes

    def test_what_yaml_allows_is_allowed(self) -> None:
        again, mistakes = parsed(f"# ours\nschemaVersion: 1\nfindings:\n- {self.GOOD}\n")
        assert mistakes == []
        assert again.entries == (Entry("a", "r", "", "", "f"),)

    MEMBER: st.SearchStrategy[Any] = st.sampled_from(["a", "", 1, 0, True, None, 1.5, []])
    ONE = st.dictionaries(st.sampled_from(["path", "rule", "object", "field", "fingerprint", "count", "x"]), MEMBER)

    @given(
        st.dictionaries(st.sampled_from(["schemaVersion", "findings", "x"]), MEMBER | st.lists(ONE, max_size=2))
        | st.builds(lambda one: {"schemaVersion": 1, "findings": [one]}, ONE)
        | st.builds(lambda one: {"schemaVersion": 1, "findings": [{**json.loads(TestMistakes.GOOD), **one}]}, ONE)
    )
    def test_it_is_refused_exactly_where_the_schema_refuses_it(self, data: Any) -> None:
        _, mistakes = parsed(json.dumps(data))
        assert bool(mistakes) == (not jsonschema.Draft7Validator(SCHEMA).is_valid(data)), mistakes
