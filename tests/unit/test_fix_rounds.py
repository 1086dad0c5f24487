"""Rounds of fixes by rules that no sound pack would hold: what is made, what is not, and that it ends."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from linter.baseline import Baseline, recorded, written
from linter.bundle import bundled
from linter.diagnostics import Safety
from linter.fixes import Fixed, Judgement, applied, composed, fix
from linter.fixes.edits import Taken, adapted
from linter.fixes.judging import judging
from linter.fixes.reading import is_same_elsewhere
from linter.globs import Globs
from linter.packs import load
from linter.rulekit import (
    BGPPeer,
    Cluster,
    Edit,
    Finding,
    Fix,
    Label,
    Rule,
    Severity,
    Span,
    Target,
    cluster_rule,
    document_rule,
)
from linter.settings import Override, Settings
from linter.text import Source
from linter.workspace import Manifest, Workspace

if TYPE_CHECKING:
    from collections.abc import Collection, Iterator, Mapping

CORE = load(bundled("rules"))
INVALID = tuple(rule for rule in CORE if rule.name in {"invalid-yaml", "duplicate-key"})
PLAIN = Settings()
ANY = Globs(("**",))
PEER = "apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata:\n  name: {}\nspec:\n  peerIP: 192.0.2.1\n"


def replacing(
    name: str,
    *pairs: tuple[str, str],
    severity: Severity = Severity.WARNING,
    safety: Safety = Safety.SAFE,
    at: str = "",
) -> Rule:
    """A rule that finds a text in the source of a peer, and would put another in its place; `at` is what it marks."""

    def check(peer: BGPPeer) -> Iterator[Finding]:
        edits, text = [], peer.source.text
        for old, new in pairs:
            start = text.find(old)
            if start >= 0:
                edits.append(Edit(peer.source, Span(start, start + len(old)), new))
        if edits:
            start = text.find(at or pairs[0][0])
            place = Label(peer.source, Span(start, start + len(at or pairs[0][0])))
            yield Finding(f"{name}: {pairs[0][0]!r}", place, fix=Fix("replace", safety, tuple(edits)))

    code = f"TST{sum(name.encode()) % 900 + 100}"
    return document_rule(BGPPeer, code, severity, fix=safety)(check)._replace(name=name)


def fixed(
    texts: dict[str, str] | str,
    *rules: Rule,
    safety: Safety = Safety.SAFE,
    writable: Collection[str] | None = None,
    settings: Settings = PLAIN,
) -> Fixed:
    files = {"a.yaml": texts} if isinstance(texts, str) else texts
    workspace = Workspace([*INVALID, *rules], settings, Target(), strict=True)
    for path, text in files.items():
        workspace.update(Manifest(Source(path, text)))
    result = fix(files, judging(workspace), safety, writable)
    for path, text in files.items():
        assert workspace.manifest(path).source.text == result.texts.get(path, text), "another text was left"
        assert applied(text, result.edits.get(path, ())) == result.texts.get(path, text)
    return result


def peer(body: str = "", name: str = "a") -> str:
    return PEER.format(name) + body


def test_only_safe_fixes_are_made_unless_asked() -> None:
    rules = replacing("one", ("192.0.2.1", "192.0.2.2")), replacing("two", ("name: a", "name: b"), safety=Safety.UNSAFE)
    assert fixed(peer(), *rules).texts["a.yaml"] == peer().replace("192.0.2.1", "192.0.2.2")
    assert fixed(peer(), *rules, safety=Safety.UNSAFE).texts["a.yaml"] == peer(name="b").replace("2.1", "2.2")


def test_of_fixes_that_collide_the_first_by_place_is_made_first() -> None:
    early, late = replacing("late", ("2.0.2", "7.7.7")), replacing("early", ("192.0", "10.0"))
    result = fixed(peer(), early, late)
    assert [one.rule for one in result.made] == ["early"]
    assert "peerIP: 10.0.2.1\n" in result.texts["a.yaml"]
    after = fixed(peer(), early, late, replacing("next", ("0.2.1", "9.9.9")))
    assert [one.rule for one in after.made] == ["early", "next"], "what collided is looked at again"


def test_equal_fixes_of_several_findings_are_made_once() -> None:
    rules = replacing("one", ("192", "10")), replacing("two", ("192", "10"))
    result = fixed(peer(), *rules)
    assert "peerIP: 10.0.2.1\n" in result.texts["a.yaml"]
    assert [one.rule for one in result.made] == ["one", "two"]


def test_a_fix_after_which_the_text_is_no_yaml_is_not_made() -> None:
    result = fixed(peer(), replacing("bad", ("192.0.2.1", "[")), replacing("good", ("name: a", "name: b")))
    assert result.texts == {"a.yaml": peer(name="b")}
    assert [(one.finding.rule, one.reason) for one in result.refused] == [("bad", "YAML would be broken")]


@pytest.mark.parametrize("settings", [Settings(select=("CAL9", "bad")), Settings(ignore=("invalid-yaml",))])
def test_nor_where_nobody_asked_for_that_judgement(settings: Settings) -> None:
    assert not fixed(peer(), replacing("bad", ("192.0.2.1", "[")), settings=settings).texts


@pytest.mark.parametrize("head", ["# peerlint: ignore-file[invalid-yaml] never mind\n", "# {{ x }}\n"])
def test_nor_where_an_ignore_covers_it_or_the_rest_looks_like_a_template(head: str) -> None:
    result = fixed(head + peer(), replacing("bad", ("192.0.2.1", "[")))
    assert not result.texts
    assert [one.reason for one in result.refused] == ["YAML would be broken"]


@pytest.mark.parametrize(
    "settings", [Settings(select=("old",)), Settings(ignore=("new",)), Settings(overrides=(Override(ANY, ("new",)),))]
)
def test_what_a_fix_brings_counts_though_nobody_asked_for_it(settings: Settings) -> None:
    rules = replacing("old", ("2.1", "2.2")), replacing("new", ("2.2", "2.2"), severity=Severity.ERROR)
    assert not fixed(peer(), *rules, settings=settings).texts


def test_each_fix_is_weighed_by_its_own_finding() -> None:
    light = replacing("light", ("2.1", "2.2"), severity=Severity.HINT)
    heavy = replacing("heavy", ("name: a", "name: b"), severity=Severity.ERROR)
    assert fixed(peer(), light, heavy, replacing("new", ("2.2", "2.2"))).texts == {"a.yaml": peer(name="b")}


@pytest.mark.parametrize(
    ("severity", "is_made"), [(Severity.ERROR, False), (Severity.WARNING, False), (Severity.HINT, True)]
)
def test_a_fix_may_bring_findings_that_are_lighter_than_its_own(severity: Severity, is_made: bool) -> None:
    dead = replacing("new", ("192.0.2.2", "192.0.2.2"), severity=severity)
    result = fixed(peer(), replacing("old", ("192.0.2.1", "192.0.2.2")), dead)
    assert bool(result.texts) is is_made
    assert [one.reason for one in result.refused] == [] if is_made else ["new would be found"]


def test_a_fix_may_bring_what_is_mended_in_turn() -> None:
    chain = [replacing(old, (f"2.{old}", f"2.{new}")) for old, new in ("12", "23", "34")]
    result = fixed(peer(), *chain)
    assert [one.rule for one in result.made] == ["1", "2", "3"]
    assert result.texts == {"a.yaml": peer().replace("2.1", "2.4")}
    assert len(result.edits["a.yaml"]) == 1, "three rounds, one edit"


def test_but_not_where_that_does_not_come_to_an_end() -> None:
    dead = replacing("4", ("2.4", "2.4"), severity=Severity.ERROR)
    chain = [replacing(old, (f"2.{old}", f"2.{new}")) for old, new in ("12", "23", "34")]
    result = fixed(peer(), *chain, dead, replacing("else", ("name: a", "name: b")))
    assert result.texts == {"a.yaml": peer(name="b")}


def test_one_chain_without_an_end_does_not_keep_another_from_its_own() -> None:
    dead = replacing("4", ("2.4", "2.4"), severity=Severity.ERROR)
    endless = [replacing(old, (f"2.{old}", f"2.{new}")) for old, new in ("12", "23", "34")]
    good = [replacing(old, (f"name: {old}", f"name: {new}")) for old, new in ("ab", "bc", "cd")]
    assert fixed(peer(), *endless, dead, *good).texts == {"a.yaml": peer(name="d")}


def test_a_fix_that_does_not_mend_its_finding_is_not_made() -> None:
    growing = replacing("growing", ("name: a", "name: a  # again"))
    result = fixed(peer(), growing)
    assert not result.texts
    assert [one.reason for one in result.refused] == ["the finding would remain"]


def test_rules_that_undo_each_other_do_nothing() -> None:
    rules = replacing("there", ("2.1", "2.2")), replacing("back", ("2.2", "2.1"))
    result = fixed(peer(), *rules, replacing("else", ("name: a", "name: b")))
    assert result.texts == {"a.yaml": peer(name="b")}


def test_a_rule_that_never_ends_does_nothing() -> None:
    def check(found: BGPPeer) -> Iterator[Finding]:
        assert found.name
        longer = (found.edit(text) for found, text in [(found.name, found.name.value + "a")])
        yield Finding(found.name.value, found.name.label(), fix=Fix("longer", Safety.SAFE, tuple(longer)))

    endless = document_rule(BGPPeer, "TST001", Severity.WARNING, fix=Safety.SAFE)(check)._replace(name="endless")
    result = fixed(peer(), endless, replacing("else", ("192.0.2.1", "192.0.2.2")))
    assert result.texts == {"a.yaml": peer().replace("2.1", "2.2")}


def test_a_fix_that_changes_more_than_its_finding_speaks_of_is_not_made() -> None:
    far = replacing("far", ("192.0.2.1", "192.0.2.2"), ("name: a", "name: b"))
    assert fixed(peer(), far).texts, "it writes to both"
    eats = replacing("eats", ("# x\n", "# x"))
    assert not fixed(peer().replace("spec:\n", "spec:\n  # x\n"), eats).texts
    moves = replacing("moves", ("# x\n", "password:\n"))
    result = fixed(peer().replace("  peerIP", "  # x\n    peerIP"), moves)
    assert not result.texts
    assert [one.reason for one in result.refused] == ["other values would change"]


def renaming(new: str = "192.0.2.2") -> Rule:
    """A rule about a cluster whose fix writes to two files."""

    def check(cluster: Cluster) -> Iterator[Finding]:
        found = {one.source.path: one for one in cluster.resources}
        if len(found) == 2 and "192.0.2.1" in found["a.yaml"].source.text:
            one, two = found.values()
            texts = (one.source, "192.0.2.2"), (two.source, new)
            edits = [Edit(source, _span(source, "192.0.2.1"), text) for source, text in texts]
            yield Finding("both", Label(one.source, edits[0].span), fix=Fix("both", Safety.SAFE, tuple(edits)))

    return cluster_rule("TST002", Severity.WARNING, fix=Safety.SAFE)(check)._replace(name="both")


def _span(source: Source, text: str) -> Span:
    start = source.text.index(text)
    return Span(start, start + len(text))


def test_a_fix_over_several_files_is_made_wholly_or_not_at_all() -> None:
    texts = {"a.yaml": peer(), "b.yaml": peer(name="b")}
    changed = {path: text.replace("2.1", "2.2") for path, text in texts.items()}
    assert fixed(texts, renaming()).texts == changed
    assert not fixed(texts, renaming(), writable={"a.yaml"}).texts
    assert not fixed(texts, renaming("[")).texts


def test_a_suppressed_finding_is_not_fixed() -> None:
    text = peer().replace("192.0.2.1", "192.0.2.1  # peerlint: ignore[one] it is fine")
    assert not fixed(text, replacing("one", ("192.0.2.1", "192.0.2.2"))).texts


def test_what_a_baseline_held_may_go_as_well() -> None:
    old = replacing("old", ("2.1", "2.2"), severity=Severity.HINT)
    rules = old, replacing("held", ("192.0.2.1", "192.0.2.3"), safety=Safety.UNSAFE)
    first = Workspace(rules[1:], PLAIN, Target())
    first.update(Manifest(Source("a.yaml", peer())))
    entries = recorded(first.report().diagnostics, first.named)
    baseline = Baseline(Source("held.json", written(entries)), "/", entries)
    stale = [rule for rule in CORE if rule.name == "stale-baseline"]
    workspace = Workspace([*INVALID, *stale, *rules], PLAIN, Target(), baseline=baseline)
    workspace.update(Manifest(Source("a.yaml", peer())))
    assert fix({"a.yaml": peer()}, judging(workspace)).texts == {"a.yaml": peer().replace("2.1", "2.2")}
    assert [one.rule for one in workspace.report().diagnostics] == ["stale-baseline"]


def judgements(text: str, *rules: Rule) -> tuple[Fixed, int]:
    """What comes of fixing, and how often everything was judged for it."""
    workspace = Workspace([*INVALID, *rules], PLAIN, Target())
    workspace.update(Manifest(Source("a.yaml", text)))
    judge, asked = judging(workspace), [0]

    def counted(texts: Mapping[str, str]) -> Judgement:
        asked[0] += 1
        return judge(texts)

    return fix({"a.yaml": text}, counted), asked[0]


def test_bad_fixes_among_many_are_found_by_halves() -> None:
    body = "".join(f"  # {number:03}\n" for number in range(64))
    rules = [replacing(f"good-{number}", (f"# {number:03}", "# done")) for number in range(64)]
    result, asked = judgements(peer(body), *rules, replacing("bad", ("kind: BGPPeer", "kind: [")))
    assert len(result.made) == 64
    assert asked < 40


def test_a_circle_is_noticed_when_it_closes() -> None:
    rules = replacing("there", ("2.1", "2.2")), replacing("back", ("2.2", "2.1"))
    assert judgements(peer(), *rules)[1] < 8


def test_an_edit_that_two_fixes_share_keeps_neither_waiting() -> None:
    rules = [replacing(name, ("2.1", "2.2"), (f"# {name}", "#")) for name in ("one", "two")]
    result, asked = judgements(peer("  # one\n  # two\n"), *rules)
    assert result.texts == {"a.yaml": peer("  #\n  #\n").replace("2.1", "2.2")}
    assert asked == 2


@pytest.mark.parametrize(
    ("first", "second", "is_free"),
    [
        ((3, 5), (5, 7), True),
        ((5, 7), (3, 5), True),
        ((3, 5), (4, 7), False),
        ((3, 9), (4, 7), False),
        ((5, 5), (5, 5), False),
        ((3, 5), (5, 5), False),
        ((5, 5), (5, 7), False),
        ((5, 5), (6, 7), True),
    ],
)
def test_what_collides(first: tuple[int, int], second: tuple[int, int], is_free: bool) -> None:
    source, taken = Source("a.yaml", "0123456789"), Taken()
    for other in ((0, 1), (9, 10)):
        taken.take(Edit(source, Span(*other), ""))
    taken.take(Edit(source, Span(*first), "x"))
    assert taken.is_free(Edit(source, Span(*second), "y")) is is_free


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("a: 1\r\nb: 2\r\n", "x\r\ny"),
        ("a: 1\rb: 2", "x\ry"),
        ("a: 1\n", "x\ny"),
        ("a: 1", "x\ny"),
        ("\r\na: 1", "x\r\ny"),
    ],
)
def test_new_lines_end_like_those_around_them(text: str, wanted: str) -> None:
    source = Source("a.yaml", text)
    assert adapted(Edit(source, Span(len(text), len(text)), "x\ny")).new_text == wanted


@pytest.mark.parametrize(
    ("rounds", "wanted"),
    [
        ([[(2, 4, "XY")]], [(2, 4, "XY")]),
        ([[(2, 4, "")], [(2, 2, "new")]], [(2, 4, "new")]),
        ([[(0, 0, "abc")], [(1, 2, "")]], [(0, 0, "ac")]),
        ([[(1, 3, "xyz")], [(0, 5, "-")]], [(0, 4, "-")]),
        ([[(1, 2, "x")], [(1, 2, "1")]], []),
        ([[(0, 1, "a"), (8, 10, "z")], [(9, 9, "!")]], [(0, 1, "a"), (8, 10, "z!")]),
        ([[(10, 10, "end")], [(13, 13, ".")]], [(10, 10, "end.")]),
        ([[(0, 10, "")], [(0, 0, "0123")]], [(0, 10, "0123")]),
    ],
)
def test_rounds_are_added_up(rounds: list[list[tuple[int, int, str]]], wanted: list[tuple[int, int, str]]) -> None:
    original, text, made = Source("a.yaml", "0123456789"), "0123456789", []
    for edits in rounds:
        source = Source("a.yaml", text)
        made.append([Edit(source, Span(start, end), new) for start, end, new in edits])
        text = applied(text, made[-1])
    total = composed(original, made)
    assert [(*edit.span, edit.new_text) for edit in total] == wanted
    assert applied(original.text, total) == text


@pytest.mark.parametrize(
    ("before", "edits", "places", "is_same"),
    [
        ("a: 1\nb: 2\n", [(3, 4, "3")], [], True),
        ("a: 1\nb: 2\n", [(3, 4, "3\nc: 4")], [], True),
        ("a: 1\nb: 2\n", [(0, 0, "# ")], [], False),
        ("a: 1\nb: 2\n", [(4, 5, " ")], [], False),
        ("a: 1\nb: 2\n", [(0, 5, "")], [], True),
        ("a: 1  # x\nb: 2\n", [(6, 9, "")], [], True),
        ("a:\nb: 2\n", [(3, 3, "  ")], [], False),
        ("a:\nb: 2\n", [(3, 3, "  ")], [(3, 4)], True),
        ("a: &x 1\nb: *x\n", [(6, 7, "2")], [], True),
        ("a: [1, 2, 3]\n", [(4, 7, "")], [], True),
        ("a: [1, 2, 3]\n", [(7, 8, "5, 2")], [], True),
        ("a: [1, 2]\n", [(3, 3, "[0], ")], [], False),
        ("a: |\n  b: 1\n", [(3, 4, "")], [], False),
        ("a: [\nb: 1\n", [(3, 4, "x")], [], True),
        ("x: 1\n---\na: [\n", [(12, 13, "b")], [], True),
    ],
)
def test_what_stays_the_same(
    before: str, edits: list[tuple[int, int, str]], places: list[tuple[int, int]], is_same: bool
) -> None:
    source = Source("a.yaml", before)
    made = [Edit(source, Span(start, end), new) for start, end, new in edits]
    after = Source("a.yaml", applied(before, made))
    assert is_same_elsewhere(source, after, made, [Span(*place) for place in places]) is is_same
