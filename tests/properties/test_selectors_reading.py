"""Any text: the fast reader, the two stages of a refusal and TatSu's parser agree, in time linear in the length."""

import os
import re
import time
from typing import Any

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st
from tatsu.exceptions import FailedParse

from linter.selectors import Selector, SelectorError, parse
from linter.selectors._generated import SelectorParser
from linter.selectors.explain import expectation
from linter.selectors.expressions import And, Comparison, Everything, Expression, Has, Membership, Not, Or, walk
from linter.selectors.refusals import _fault
from linter.selectors.tokens import Misreading, tokens

EXAMPLES = int(os.environ.get("PEERLINT_EXAMPLES", "200"))

keys = st.sampled_from(["a", "b", "in", "not", "has", "all", "starts", "kubernetes.io/hostname", "-", "notin", "1"])
blanks = st.sampled_from(["", "", " ", "\t", "  "])
needed_blanks = st.sampled_from([" ", "\t", "  "])
values = st.sampled_from(["", "x", "y", "10", "it's", 'say "x"', "a && b", "\n", "é", "\\", "has(a)"])
texts = values.map(lambda value: f'"{value}"' if "'" in value else f"'{value}'")


@st.composite
def comparisons(draw: st.DrawFn) -> str:
    word = draw(st.sampled_from(["==", "!=", "contains", "startswith", "starts with", "ends\t with", "endswith"]))
    before = draw(needed_blanks if word[0] not in "!=" else blanks)
    return draw(keys) + before + word + draw(blanks) + draw(texts)


@st.composite
def memberships(draw: st.DrawFn) -> str:
    members = draw(st.lists(texts, max_size=4))
    inside = (draw(blanks) + "," + draw(blanks)).join(members) + (
        draw(st.sampled_from(["", ",", " , "])) if members else ""
    )
    operator = draw(st.sampled_from(["in", "not in", "notin", "not \t in"]))
    return f"{draw(keys)}{draw(needed_blanks)}{operator}{draw(blanks)}{{{draw(blanks)}{inside}{draw(blanks)}}}"


@st.composite
def functions(draw: st.DrawFn) -> str:
    inside = draw(st.sampled_from(["has", "has", "all", "global"]))
    return f"{inside}({draw(blanks)}{draw(keys) + draw(blanks) if inside == 'has' else ''})"


def compound(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    connectors = st.tuples(blanks, st.sampled_from(["&&", "||"]), blanks).map("".join)
    negated = st.tuples(st.sampled_from(["!", "!!", "! !\t!"]), blanks, parts).map("".join)
    grouped = st.tuples(st.just("("), blanks, parts, blanks, st.just(")")).map("".join)
    joined = st.tuples(parts, connectors, parts, connectors, parts).map("".join)
    return st.one_of(joined, negated, grouped, st.tuples(parts, connectors, parts).map("".join))


selectors = st.recursive(st.one_of(comparisons(), memberships(), functions()), compound, max_leaves=8)

MARKS = [*"(){}(){}!&|=,'\"#é.-/:>[\\ \t\n\xa0", "!!", "&&", "||", "==", "!=", "'x'", '"y"', "''"]
WORDS = [
    "a",
    "b",
    "key",
    "in",
    "not",
    "notin",
    "starts",
    "with",
    "ends",
    "contains",
    "startswith",
    "endswith",
    "and",
    "or",
]
FUNCTIONS = ["has(", "has", "all(", "all", "global(", "has(a)", "all()", "a == 'x'", "a in {'x'}", "a" * 512, "a" * 513]
fragments = st.sampled_from(MARKS + WORDS + FUNCTIONS)
soup = st.lists(st.one_of(fragments, st.just(" ")), max_size=12).map("".join)


@st.composite
def mutations(draw: st.DrawFn) -> str:
    """A selector with a few characters taken out or put in."""
    text = draw(selectors)
    for _ in range(draw(st.integers(1, 3))):
        at = draw(st.integers(0, len(text)))
        text = text[:at] + draw(st.one_of(st.just(""), fragments)) + text[at + draw(st.integers(0, 2)) :]
    return text


any_text = st.one_of(selectors, mutations(), soup, st.text(max_size=20))
Tree = tuple[Any, ...]


def outline(node: Expression) -> Tree:
    if isinstance(node, And | Or):
        return (type(node).__name__, *map(outline, node.operands))
    if isinstance(node, Not):
        return "Not", outline(node.operand)
    if isinstance(node, Comparison):
        return node.operator, node.key, node.value
    if isinstance(node, Membership):
        return node.operator, node.key, node.members
    return ("has", node.key) if isinstance(node, Has) else (node.name,)


class Outlines:
    """TatSu's semantics: what `outline` makes of the fast reader's tree."""

    def start(self, tree: Tree | None) -> Tree:
        return tree or ("all",)

    def disjunction(self, tree: Any) -> Tree:
        parts = tree["alternatives"]
        return parts[0] if len(parts) == 1 else ("Or", *parts)

    def conjunction(self, tree: Any) -> Tree:
        parts = tree["factors"]
        return parts[0] if len(parts) == 1 else ("And", *parts)

    def negation(self, tree: Any) -> Tree:
        return ("Not", tree["operand"]) if len(tree["marks"]) % 2 else tree["operand"]

    def has(self, tree: Any) -> Tree:
        return "has", tree["key"]

    def all(self, _: Any) -> Tree:
        return ("all",)

    def global_(self, _: Any) -> Tree:
        return ("global",)

    def comparison(self, tree: Any) -> Tree:
        return re.sub(r"[ \t]*with", " with", tree["operator"]), tree["key"], tree["value"]

    def membership(self, tree: Any) -> Tree:
        return re.sub(r"not[ \t]*in", "not in", tree["operator"]), tree["key"], tuple(tree["members"] or ())

    def text(self, quoted: str) -> str:
        return quoted[1:-1]


def attempt(text: str) -> Selector | SelectorError:
    try:
        return parse(text)
    except SelectorError as error:
        return error


def tatsu_outline(text: str) -> Tree | None:
    try:
        tree: Tree = SelectorParser(semantics=Outlines(), parseinfo=False).parse(text)
    except FailedParse:
        return None
    return tree


def depth(text: str) -> int:
    opened = [0]
    for character in text:
        opened.append(opened[-1] + (character == "(") - (character == ")"))
    return max(opened)


@settings(max_examples=EXAMPLES, deadline=None)
@given(any_text.filter(lambda text: depth(text) <= 15))
@example("a in {'x',}")
@example("not in {'x'}")
@example("has (a)")
@example(" \t")
def test_tatsu_and_the_fast_reader_agree_on_verdict_and_tree(text: str) -> None:
    read = attempt(text)
    assert (outline(read.root) if isinstance(read, Selector) else None) == tatsu_outline(text)


@settings(max_examples=EXAMPLES, deadline=None)
@given(selectors)
def test_what_the_grammar_makes_is_accepted(text: str) -> None:
    assert isinstance(attempt(text), Selector)


def first_fault(text: str) -> str | None:
    """The class of the first mistake that the two stages find, None where the text is a selector."""
    try:
        words = tokens(text)
        if len(list(tokens(text))) == 1:
            return None
        fault = _fault(words)
        list(words)
    except Misreading as misreading:
        return misreading.fault.error_class
    return None if (fault.error_class, fault.token.kind) == ("syn-trailing-content", "end") else fault.error_class


@settings(max_examples=EXAMPLES, deadline=None)
@given(any_text)
def test_calicos_two_stages_and_the_fast_reader_agree(text: str) -> None:
    read = attempt(text)
    assert (read.error_class if isinstance(read, SelectorError) else None) == first_fault(text)


@settings(max_examples=EXAMPLES, deadline=None)
@given(any_text)
def test_a_refusal_has_a_place_and_a_remedy_that_parses(text: str) -> None:
    read = attempt(text)
    if isinstance(read, Selector):
        return
    assert 0 <= read.offset <= len(text)
    assert 0 <= read.start < read.end <= len(text)
    assert read.message.isprintable()
    suggestion = read.suggestion
    assert suggestion is None or isinstance(attempt(suggestion), Selector)


@settings(max_examples=EXAMPLES, deadline=None)
@given(any_text.filter(lambda text: depth(text) <= 15))
def test_the_place_of_a_refusal_is_the_grammars(text: str) -> None:
    """Unless a character that starts nothing, further right, came first for Calico."""
    read = attempt(text)
    found = expectation(text)
    if isinstance(read, Selector):
        assert found is None
        return
    assert found is not None
    assert read.expected
    if read.error_class.startswith("syn-"):
        assert found.offset == read.offset
    else:
        assert found.offset <= read.offset


@settings(max_examples=EXAMPLES, deadline=None)
@given(selectors)
def test_every_part_stands_where_it_says(text: str) -> None:
    for node in walk(parse(text).root):
        part = text[node.start : node.end]
        if isinstance(node, Everything):
            assert re.fullmatch(rf"{node.name}\([ \t]*\)", part)
            continue
        assert outline(parse(part).root) == outline(node)
        if isinstance(node, Comparison):
            assert text[node.value_start + 1 : node.end - 1] == node.value
        if isinstance(node, Membership):
            assert len(node.member_starts) == len(node.members)
            starts = zip(node.member_starts, node.members, strict=True)
            assert all(text.startswith(member, start + 1) and text[start] in "'\"" for start, member in starts)
        if isinstance(node, Comparison | Membership):
            assert text.startswith(node.operator.split(" ")[0], node.operator_start)
        if isinstance(node, Comparison | Membership | Has):
            assert text.startswith(node.key, node.key_start)


labels = st.dictionaries(st.sampled_from(["a", "b", "in", "has"]), values, max_size=3)


def evaluate(tree: Tree, found: dict[str, str]) -> bool:
    """Selector §4, once more and as plainly as can be."""
    name, *rest = tree
    if name in ("And", "Or", "Not"):
        parts = [evaluate(part, found) for part in rest]
        return {"And": all(parts), "Or": any(parts), "Not": not parts[0]}[name]
    if name in ("all", "global"):
        return True
    value = found.get(rest[0])
    if value is None:
        return name in ("!=", "not in")
    if name == "has":
        return True
    asked = rest[1]
    answers: dict[str, bool] = {
        "==": value == asked,
        "!=": value != asked,
        "in": isinstance(asked, tuple) and value in asked,
        "not in": value not in asked if isinstance(asked, tuple) else False,
        "contains": isinstance(asked, str) and value.find(asked) >= 0,
        "starts with": value[: len(asked)] == asked,
        "ends with": value[max(len(value) - len(asked), 0) :] == asked,
    }
    return answers[name]


@settings(max_examples=EXAMPLES, deadline=None)
@given(selectors, labels)
def test_evaluation_and_the_canonical_text_keep_the_meaning(text: str, found: dict[str, str]) -> None:
    selector = parse(text)
    meant = evaluate(outline(selector.root), found)
    assert selector.matches(found) is meant
    assert parse(selector.canonical).matches(found) is meant


@settings(max_examples=EXAMPLES, deadline=None)
@given(selectors)
def test_canonical_text_is_a_fixed_point_but_for_nested_negations(text: str) -> None:
    canonical = parse(text).canonical
    if "!!" not in canonical:
        assert parse(canonical).canonical == canonical


BOMBS = {
    "open": "(",
    "closed": ")",
    "negated": "!",
    "negated groups": "!(",
    "groups": "(has(a)&&",
    "members": "a in {'x',",
    "texts": "'x' ",
    "quotes": "'\"",
    "conjunction": "has(a) && ",
    "has": "has( ",
    "keys": "a",
    "words": "a starts  ",
    "two words": "a not in ",
    "equals": "=",
    "blanks": " \t",
    "commas": ",",
    "braces": "{",
    "lines": "\n",
}


def seconds(text: str) -> float:
    started = time.process_time()
    read = attempt(text)
    if isinstance(read, SelectorError):
        assert read.message
        assert read.suggestion is None
    return time.process_time() - started


@pytest.mark.parametrize("name", BOMBS)
def test_a_megabyte_of_anything_takes_linear_time(name: str) -> None:
    unit = BOMBS[name]
    tenth, whole = seconds(unit * (100_000 // len(unit))), seconds(unit * (1_000_000 // len(unit)))
    assert whole < 25 * max(tenth, 0.02)


@pytest.mark.parametrize(
    "text",
    [
        "(" * 400_000 + "has(a)" + ")" * 400_000,
        "!(" * 300_000 + "has(a)" + ")" * 300_000,
        "!" * 1_000_000 + "has(a)",
        "(a == 'x' && " * 70_000 + "all()" + ")" * 70_000,
        "a in {" + "'x', " * 200_000 + "}",
        " " * 1_000_000,
    ],
)
def test_a_megabyte_of_a_selector_is_read_and_evaluated(text: str) -> None:
    started = time.process_time()
    selector = parse(text)
    assert selector.matches({"a": "x"}) is selector.matches({"a": "x"})
    assert selector.canonical
    assert time.process_time() - started < 15


@settings(max_examples=EXAMPLES // 4, deadline=None)
@given(any_text, st.integers(1, 2000))
def test_repeating_any_text_never_takes_long(text: str, times: int) -> None:
    assert seconds_at_most(text * times)


def seconds_at_most(text: str) -> bool:
    started = time.process_time()
    attempt(text[:40_000])
    return time.process_time() - started < 1
