"""The algebra against brute force: every label there can be in a small space, many labels in the space of all texts."""

import os
from collections.abc import Callable, Iterable, Iterator
from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from linter.selectors import Selector, parse
from linter.selectors.algebra import always_true, conflict, disjoint, equivalent, example, implies, satisfiable
from linter.selectors.expressions import Comparison, Membership, walk
from linter.selectors.label_space import LabelSpace
from linter.selectors.label_values import Contradiction, Effort, Question, value_for

EXAMPLES = int(os.environ.get("PEERLINT_EXAMPLES", "200"))

SMALL = LabelSpace(frozenset("xy"), frozenset("-"), 4)
"""Every value of this space is tried: the empty one and 54 of one to four characters that begin and end with x or y."""

INSIDE = [""] + ["".join(letters) for n in range(1, 5) for letters in product("xy-", repeat=n)]
SMALL_VALUES = [value for value in INSIDE if not value or (value[0] != "-" and value[-1] != "-")]
MANY_VALUES = ["".join(letters) for n in range(6) for letters in product("xyz", repeat=n)]
"""Texts of up to five characters, z standing for all that no selector asks for."""

keys = st.sampled_from(["a", "a", "b"])
values = st.text("xy-", max_size=3)
compared = st.tuples(
    keys, st.sampled_from(["==", "!=", "contains", "contains", "starts with", "ends with"]), values
).map(lambda parts: f"{parts[0]} {parts[1]} '{parts[2]}'")
members = st.lists(values, max_size=3).map(lambda found: "{" + ",".join(f"'{member}'" for member in found) + "}")
contained = st.tuples(keys, st.sampled_from(["in", "not in"]), members).map(" ".join)
present = keys.map(lambda key: f"has({key})")
constant = st.sampled_from(["all()", "global()"])
leaves = st.one_of(compared, compared, compared, contained, present, constant)


def compound(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.tuples(st.lists(parts, min_size=2, max_size=4), st.sampled_from([" && ", " && ", " || "]))
    return st.one_of(parts.map("!({})".format), joined.map(lambda found: f"({found[1].join(found[0])})"))


selectors = st.recursive(leaves, compound, max_leaves=7).map(parse)


def asked(selector: Selector, key: str) -> list[tuple[str, str]]:
    """What a selector asks of a label: pairs of a way to compare and a text."""
    pairs = []
    for node in walk(selector.root):
        if isinstance(node, Comparison) and node.key == key:
            pairs.append((node.operator.replace("!=", "=="), node.value))
        elif isinstance(node, Membership) and node.key == key:
            pairs.extend(("==", member) for member in node.members)
    return pairs


def alike(value: str, questions: Iterable[tuple[str, str]]) -> tuple[bool, ...]:
    answers: dict[str, Callable[[str], bool]] = {
        "==": lambda text: value == text,
        "contains": lambda text: text in value,
        "starts with": value.startswith,
        "ends with": value.endswith,
    }
    return tuple(answers[how](text) for how, text in questions)


def labels(universe: list[str], *compared: Selector) -> Iterator[dict[str, str]]:
    """Labels over a universe of values, one of each sort that these selectors can tell apart."""
    choices = []
    for key in sorted({key for selector in compared for key in selector.keys}):
        questions = sorted({question for selector in compared for question in asked(selector, key)})
        sorts = {alike(value, questions): value for value in reversed(universe)}
        choices.append([(key, value) for value in (None, *sorts.values())])
    for chosen in product(*choices):
        yield {key: value for key, value in chosen if value is not None}


def check_example(selector: Selector, but_not: Selector | None, space: LabelSpace | None) -> bool:
    found = example(selector, but_not, space)
    if found is None:
        return False
    assert selector.matches(found)
    assert but_not is None or not but_not.matches(found)
    assert space is None or all(value in SMALL_VALUES for value in found.values())
    return True


kinds = st.sampled_from(["contains", "contains", "contains", "starts", "ends"])
patterns = st.builds(Question, st.just("a"), kinds, st.text("xy-", min_size=1, max_size=4))
sets = st.builds(lambda found: Question("a", "one of", members=frozenset(found)), st.lists(values, max_size=3))
answers = st.lists(st.tuples(st.one_of(patterns, patterns, sets), st.booleans()), min_size=1, max_size=7)


@settings(max_examples=2 * EXAMPLES, deadline=None)
@given(answers)
def test_a_value_is_found_exactly_where_there_is_one(wanted: list[tuple[Question, bool]]) -> None:
    wanted.append((Question("a", "present"), True))
    fitting = [value for value in SMALL_VALUES if all(question.holds(value) is yes for question, yes in wanted)]
    try:
        found = value_for(wanted, SMALL, Effort(1_000_000))
    except Contradiction:
        found = None
    assert found in fitting if fitting else found is None


@settings(max_examples=EXAMPLES, deadline=None)
@given(selectors, selectors)
def test_in_a_small_space_every_answer_is_that_of_brute_force(first: Selector, second: Selector) -> None:
    outcomes = {(first.matches(found), second.matches(found)) for found in labels(SMALL_VALUES, first, second)}
    assert satisfiable(first, SMALL) is any(one for one, _ in outcomes)
    assert always_true(first, SMALL) is all(one for one, _ in outcomes)
    assert implies(first, second, SMALL) is ((True, False) not in outcomes)
    assert disjoint(first, second, SMALL) is ((True, True) not in outcomes)
    assert equivalent(first, second, SMALL) is outcomes.isdisjoint({(True, False), (False, True)})
    assert check_example(first, second, SMALL) is ((True, False) in outcomes)


@settings(max_examples=EXAMPLES, deadline=None)
@given(selectors, selectors)
def test_among_all_texts_no_label_contradicts_an_answer(first: Selector, second: Selector) -> None:
    """What brute force finds the algebra must know; what the algebra claims to exist it must show."""
    outcomes = {(first.matches(found), second.matches(found)) for found in labels(MANY_VALUES, first, second)}
    shown = {(True, False): check_example(first, second, None), (False, True): check_example(second, first, None)}
    assert all(shown[outcome] for outcome in outcomes if outcome in shown)
    assert implies(first, second) is not shown[True, False]
    assert implies(second, first) is not shown[False, True]
    assert equivalent(first, second) is not any(shown.values())
    assert satisfiable(first) is check_example(first, None, None)
    assert satisfiable(first) or not any(one for one, _ in outcomes)
    assert not disjoint(first, second) or (True, True) not in outcomes
    assert disjoint(first, second) is not check_example(parse(f"({first.text}) && ({second.text})"), None, None)
    assert not always_true(first) or all(one for one, _ in outcomes)


@settings(max_examples=EXAMPLES, deadline=None)
@given(st.lists(selectors, min_size=2, max_size=5))
def test_a_conflict_is_one_and_has_no_part_to_spare(parts: list[Selector]) -> None:
    whole = parse(" && ".join(f"({part.text})" for part in parts))
    found = [f"({whole.text[part.start : part.end]})" for part in conflict(whole, SMALL)]
    assert bool(found) is (satisfiable(whole, SMALL) is False)
    if found:
        assert satisfiable(parse(" && ".join(found)), SMALL) is False
    for part in found:
        rest = [other for other in found if other is not part]
        assert not rest or satisfiable(parse(" && ".join(rest)), SMALL) is True


@settings(max_examples=EXAMPLES, deadline=None)
@given(selectors, st.integers(0, 400))
def test_too_little_effort_never_gives_another_answer(selector: Selector, effort: int) -> None:
    for space in (None, SMALL):
        assert satisfiable(selector, space, effort) in (satisfiable(selector, space), None)
        assert always_true(selector, space, effort) in (always_true(selector, space), None)
