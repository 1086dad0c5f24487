"""What holds whatever the labels are."""

import time

import pytest

from linter.selectors import Selector, parse
from linter.selectors.algebra import always_true, conflict, disjoint, equivalent, example, implies, satisfiable
from linter.selectors.label_space import KUBERNETES, WORKLOADS, LabelSpace


@pytest.mark.parametrize(
    "text",
    [
        # the blind spots of Calico's own analysis (selector §6)
        "a in {}",
        "!all()",
        "a == 'x' && a != 'x'",
        "a == 'x' && a not in {'x'}",
        "a contains 'x' && a == 'y'",
        "a starts with 'x' && a starts with 'y'",
        "!(!has(a)) && !has(a)",
        "a == 'x' && a == 'y' || a in {}",
        # and others
        "!global()",
        "has(a) && !has(a)",
        "a == '' && a != ''",
        "a starts with '' && !has(a)",
        "a in {'x', 'y'} && a in {'y', 'z'} && a != 'y'",
        "a ends with 'xy' && a ends with 'zy'",
        "a ends with 'xy' && !a contains 'x'",
        "a starts with 'xy' && !a starts with 'x'",
        "a starts with 'x' && !has(a)",
        "a in {'xy', 'yx'} && a starts with 'x' && a ends with 'x'",
        "(a == 'x' || b == 'x') && a != 'x' && b != 'x'",
        "!(a != 'x' || b == 'y') && (a != 'x' || b == 'y')",
    ],
)
def test_nothing_is_selected(text: str) -> None:
    selector = parse(text)
    assert satisfiable(selector) is False
    assert example(selector) is None
    assert always_true(parse(f"!({text})")) is True
    assert conflict(selector)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "global()",
        "has(a) || !has(a)",
        "a != 'x' || a != 'y'",
        "a == 'x' || a != 'x'",
        "!a in {}",
        "a not in {}",
        "!(a starts with 'x' && a starts with 'y')",
        "!has(a) || a contains ''",
    ],
)
def test_everything_is_selected(text: str) -> None:
    assert always_true(parse(text)) is True
    assert satisfiable(parse(text)) is True


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ("has(a)", {"a": ""}),
        ("a != 'x'", {}),
        ("has(a) && a != ''", {"a": "x"}),
        ("a starts with 'xy' && a ends with 'yz'", {"a": "xyyz"}),
        ("a ends with 'y' && a ends with 'pqy'", {"a": "pqy"}),
        ("a in {'x', 'y'} && a != 'x'", {"a": "y"}),
        ("a contains 'p' && a contains 'q' && !a contains 'pq'", {"a": "xpxqx"}),
        ("!(has(a) && b == 'x') && has(a)", {"a": ""}),
    ],
)
def test_example(text: str, labels: dict[str, str]) -> None:
    assert example(parse(text)) == labels
    assert parse(text).matches(labels)


def test_example_that_only_one_selects() -> None:
    labels = example(parse("has(rack)"), but_not=parse("rack == 'x' || rack == ''"))
    assert labels is not None
    assert labels["rack"] not in ("", "x")


def test_the_value_that_keeps_everything_apart_avoids_every_letter_asked_for() -> None:
    letters = "".join(map(chr, range(33, 127))).replace("'", "")
    avoided = " && ".join(f"!a contains '{letter}'" for letter in letters)
    selector = parse(f"has(a) && a != '' && {avoided}")
    labels = example(selector)
    assert labels is not None
    assert selector.matches(labels)
    assert satisfiable(selector, KUBERNETES) is False


def relations(first: str, second: str) -> tuple[bool | None, ...]:
    one, other = parse(first), parse(second)
    return implies(one, other), implies(other, one), disjoint(one, other), equivalent(one, other)


@pytest.mark.parametrize(
    ("first", "second", "answers"),
    [
        ("a == 'x'", "a in {'x', 'y'}", (True, False, False, False)),
        ("a == 'x'", "a in {'x'}", (True, True, False, True)),
        ("a == 'x'", "has(a)", (True, False, False, False)),
        ("a == 'x'", "a == 'y'", (False, False, True, False)),
        ("a == 'x'", "b == 'x'", (False, False, False, False)),
        ("a != 'x'", "!a == 'x'", (True, True, False, True)),
        ("a starts with 'xy'", "a starts with 'x'", (True, False, False, False)),
        ("a starts with 'xy'", "a contains 'y'", (True, False, False, False)),
        ("has(a) && has(b)", "has(b) && has(a)", (True, True, False, True)),
        ("!(has(a) || has(b))", "!has(a) && !has(b)", (True, True, False, True)),
        ("a in {}", "b == 'x'", (True, False, True, False)),
        ("", "global()", (True, True, False, True)),
        ("a contains ''", "has(a)", (True, True, False, True)),
    ],
)
def test_relations(first: str, second: str, answers: tuple[bool, ...]) -> None:
    assert relations(first, second) == answers
    assert relations(second, first) == (answers[1], answers[0], *answers[2:])


@pytest.mark.parametrize(
    ("text", "possible"),
    [
        ("rack == 'a b'", False),
        ("rack in {'a b', 'c'}", True),
        ("rack != 'a b'", True),
        ("rack == ''", True),
        ("rack == '-a'", False),
        ("rack contains '-a'", True),
        ("rack starts with '-'", False),
        ("rack ends with '.'", False),
        ("rack contains 'é'", False),
        ("rack == '" + "a" * 63 + "'", True),
        ("rack == '" + "a" * 64 + "'", False),
        ("rack starts with '" + "a" * 64 + "'", False),
        ("rack contains '" + "a" * 63 + "' && rack != '" + "a" * 63 + "'", False),
        ("rack starts with '" + "a" * 62 + "' && rack != '" + "a" * 62 + "'", True),
        ("rack starts with '" + "a" * 61 + "-' && rack != ''", True),
        ("rack starts with '" + "a" * 62 + "-'", False),
        ("rack contains '" + "a" * 40 + "' && rack contains '" + "b" * 40 + "'", False),
        ("rack contains '" + "a" * 40 + "b' && rack contains 'b" + "c" * 22 + "'", True),
        ("rack contains '" + "a" * 40 + "b' && rack contains 'b" + "c" * 23 + "'", False),
        ("has(-)", False),
        ("has(a/b)", True),
        ("has(a/b/c)", False),
        ("has(A/b)", False),
        ("has(/b)", False),
        ("has(a/)", False),
        ("has(A_b.c-D)", True),
        ("has(" + "a" * 64 + ")", False),
        ("has(" + "a" * 253 + "/b)", True),
        ("has(" + "a" * 254 + "/b)", False),
        ("!has(-)", True),
        ("has(a..b/c)", False),
    ],
)
def test_labels_that_kubernetes_allows(text: str, possible: bool) -> None:
    selector = parse(text)
    assert satisfiable(selector) is True
    assert satisfiable(selector, KUBERNETES) is possible
    labels = example(selector, space=KUBERNETES)
    assert (labels is not None) is possible
    assert labels is None or selector.matches(labels)


def test_relations_among_labels_that_kubernetes_allows() -> None:
    illegal, nothing = parse("a == '-x'"), parse("a in {}")
    for first, second in ((illegal, nothing), (nothing, illegal)):
        assert (equivalent(first, second), equivalent(first, second, KUBERNETES)) == (False, True)
    assert (implies(illegal, nothing), implies(illegal, nothing, KUBERNETES)) == (False, True)
    assert (disjoint(illegal, illegal), disjoint(illegal, illegal, KUBERNETES)) == (False, True)


def test_labels_that_workloads_inherit_follow_no_rule() -> None:
    for text in ("pcns." + "a" * 63 + " == 'x'", "pcsa.projectcalico.org/name == '" + "a" * 100 + "'"):
        assert satisfiable(parse(text), KUBERNETES) is False
        assert satisfiable(parse(text), WORKLOADS) is True
    assert satisfiable(parse("app == 'a b'"), WORKLOADS) is False


def test_the_search_for_a_value_knows_letters_that_nothing_asks_for() -> None:
    apart = "a starts with 'x' && a ends with 'y' && " + " && ".join(
        f"!a contains '{one}{two}'" for one in "xy" for two in "xy"
    )
    assert example(parse(apart), space=LabelSpace(frozenset("xy"), frozenset("_"), 3)) == {"a": "x_y"}
    assert satisfiable(parse(apart), LabelSpace(frozenset("xy"), frozenset("_"), 2)) is False
    assert satisfiable(parse(apart), LabelSpace(frozenset("xy"), frozenset(), 9)) is False
    assert example(parse(apart), space=LabelSpace(frozenset("xyz"), frozenset(), 3)) == {"a": "xzy"}


def test_the_search_for_a_value_sees_texts_within_other_texts() -> None:
    space = LabelSpace(frozenset("xy"), frozenset(), 2)
    found = example(parse("a contains 'y' && a not in {'y', 'xyx', 'yx', 'yy'}"), space=space)
    assert found == {"a": "xy"}
    none = " && ".join(f"!a contains '{text}'" for text in ("xx", "xy", "yx", "yy"))
    assert satisfiable(parse(f"has(a) && a not in {{'', 'x', 'y', 'xyx'}} && {none}"), space) is False


def test_the_search_for_a_value_takes_effort() -> None:
    crowded = parse("rack contains '" + "a" * 40 + "' && rack contains '" + "b" * 40 + "'")
    assert satisfiable(crowded, KUBERNETES) is False
    assert satisfiable(crowded, KUBERNETES, effort=300) is None


def parts(text: str, selector: Selector) -> list[str]:
    return [text[part.start : part.end] for part in conflict(selector)]


@pytest.mark.parametrize(
    ("text", "culprits"),
    [
        ("has(a) && a == 'x' && has(b) && a == 'y'", ["a == 'x'", "a == 'y'"]),
        ("has(b) && (a == 'x' && (has(c) && !has(a)))", ["a == 'x'", "!has(a)"]),
        ("has(a) && b in {} && c == 'x' && c == 'y'", ["b in {}"]),
        ("a == 'x' && a == 'y' || a in {}", ["a == 'x' && a == 'y' || a in {}"]),
        ("(a == 'x' || b == 'y') && a != 'x' && has(c) && b != 'y'", ["a == 'x' || b == 'y'", "a != 'x'", "b != 'y'"]),
        ("has(a)", []),
    ],
)
def test_conflict(text: str, culprits: list[str]) -> None:
    assert parts(text, parse(text)) == culprits


@pytest.mark.parametrize(
    ("text", "culprits"),
    [
        ("a == '-x' && has(b)", ["a == '-x'"]),
        ("a == '-x' && b == '-x'", ["a == '-x'"]),
        (
            "has(b) && a contains '" + "x" * 40 + "' && a contains '" + "y" * 40 + "'",
            ["a contains '" + "x" * 40 + "'", "a contains '" + "y" * 40 + "'"],
        ),
    ],
)
def test_conflict_among_labels_that_kubernetes_allows(text: str, culprits: list[str]) -> None:
    assert [text[part.start : part.end] for part in conflict(parse(text), KUBERNETES)] == culprits
    assert conflict(parse(text)) == ()


def pigeons(holes: int) -> Selector:
    """More pigeons than holes: impossible, and a classic of what is hard to see."""
    pigeon = [" || ".join(f"has(p{i}.{j})" for j in range(holes)) for i in range(holes + 1)]
    pairs = [(i, k) for i in range(holes + 1) for k in range(i)]
    clash = [f"!(has(p{i}.{j}) && has(p{k}.{j}))" for j in range(holes) for i, k in pairs]
    return parse(" && ".join([*(f"({text})" for text in pigeon), *clash]))


def test_a_hard_puzzle_is_left_undecided_in_time() -> None:
    assert satisfiable(pigeons(4)) is False
    hard = pigeons(9)
    started = time.process_time()
    assert satisfiable(hard) is None
    assert time.process_time() - started < 5
    assert implies(hard, pigeons(2), effort=50_000) is None
    assert disjoint(hard, hard, effort=50_000) is None
    assert always_true(hard) is False
    assert example(hard, effort=50_000) is None
    assert conflict(hard, effort=50_000) == ()


def test_too_little_effort_is_no_answer() -> None:
    first, second = parse("a == 'x'"), parse("b == 'x'")
    assert satisfiable(first, effort=1) is None
    assert always_true(first, effort=1) is None
    assert implies(first, second, effort=1) is None
    assert equivalent(first, second, effort=1) is None
    assert example(first, effort=1) is None
    assert equivalent(first, parse('(a=="x")'), effort=0) is True


def test_one_way_that_is_not_known_leaves_both_open_unless_the_other_fails() -> None:
    first, second = parse("has(a)"), parse("has(a) && (has(b) || !has(b))")
    assert [implies(*pair, effort=18) for pair in ((first, second), (second, first))] == [None, True]
    assert equivalent(first, second, effort=18) is None
    assert equivalent(second, first, effort=18) is None
    assert implies(pigeons(9), first, effort=50_000) is None
    assert equivalent(pigeons(9), first, effort=50_000) is False


@pytest.mark.parametrize(
    ("text", "always"),
    [
        ("!(a == 'x' && " * 5_000 + "has(a)" + ")" * 5_000, True),
        ("!(a == 'x' && " * 5_001 + "has(a)" + ")" * 5_001, False),
        (" && ".join(f"a{i} == 'x'" for i in range(5_000)), False),
        ("a in {" + ",".join(f"'{i}'" for i in range(50_000)) + "}", False),
        ("(" * 100_000 + "has(a)" + ")" * 100_000, False),
    ],
)
def test_any_size_is_decided_or_left(text: str, always: bool) -> None:
    selector = parse(text)
    started = time.process_time()
    assert satisfiable(selector) is True
    assert always_true(selector) is always
    assert satisfiable(selector, effort=10) in (True, None)
    assert time.process_time() - started < 10


@pytest.mark.parametrize(
    "text",
    [
        " && ".join(f"a contains 'v{i}'" for i in range(10_000)),
        " && ".join(f"!a contains 'v{i}' && a contains 'w{i}'" for i in range(5_000)),
        " && ".join(f"(has(a{i}) || has(b{i}))" for i in range(3_000)),
        " && ".join("a in {" + ",".join(f"'{j}'" for j in range(i, 2000)) + "}" for i in range(100)),
        " || ".join(f"a{i} starts with '{'x' * 500}' && a{i} == 'x'" for i in range(300)),
    ],
)
@pytest.mark.parametrize("space", [None, KUBERNETES])
def test_a_huge_selector_is_decided_or_left_in_time(text: str, space: LabelSpace | None) -> None:
    selector = parse(text)
    started = time.process_time()
    answers = satisfiable(selector, space), always_true(selector, space)
    assert answers[0] is not True or selector.matches(example(selector, space=space) or {})
    assert answers[1] is not True
    assert time.process_time() - started < 12
