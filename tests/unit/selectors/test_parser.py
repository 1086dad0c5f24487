"""The fast reader: trees and the positions of their parts."""

import pickle
import subprocess
import sys

import pytest

from linter.selectors import Selector, SelectorError, SelectorTable, parse
from linter.selectors.expressions import (
    And,
    Comparison,
    Everything,
    Expression,
    Has,
    Membership,
    Not,
    Or,
    operands,
    walk,
)


def part(text: str, node: Expression) -> str:
    return text[node.start : node.end]


def root(text: str) -> Expression:
    return parse(text).root


@pytest.mark.parametrize("text", ["", " ", " \t ", "all()", "all( \t)", "(all())"])
def test_everything(text: str) -> None:
    node = root(text)
    assert isinstance(node, Everything)
    assert node.name == "all"


def test_blank_text_is_underlined_wholly() -> None:
    node = root("  \t")
    assert (node.start, node.end) == (0, 3)


def test_global_stays_distinct() -> None:
    node = root("global( )")
    assert isinstance(node, Everything)
    assert (node.name, node.start, node.end) == ("global", 0, 9)


def test_has() -> None:
    node = root("  has(\t a/b )")
    assert isinstance(node, Has)
    assert (node.key, node.key_start, node.start, node.end) == ("a/b", 8, 2, 13)


@pytest.mark.parametrize(
    ("written", "operator"),
    [
        ("==", "=="),
        ("!=", "!="),
        ("contains", "contains"),
        ("starts \t with", "starts with"),
        ("startswith", "starts with"),
        ("endswith", "ends with"),
        ("ends with", "ends with"),
    ],
)
def test_comparison(written: str, operator: str) -> None:
    text = f" key\t{written}  'it\"s' "
    node = root(text)
    assert isinstance(node, Comparison)
    assert (node.key, node.operator, node.value) == ("key", operator, 'it"s')
    assert part(text, node) == text.strip()
    assert text[node.operator_start :].startswith(written)
    assert text[node.value_start : node.end] == "'it\"s'"
    assert text[node.key_start :].startswith("key")


@pytest.mark.parametrize("written", ["in", "not in", "notin", "not\t in"])
def test_membership(written: str) -> None:
    text = f"a {written} {{ 'b',\"a'\" , 'b' , }}"
    node = root(text)
    assert isinstance(node, Membership)
    assert node.operator == ("in" if written == "in" else "not in")
    assert node.members == ("b", "a'", "b")
    assert [text[start] for start in node.member_starts] == ["'", '"', "'"]
    assert [text.startswith(m, s + 1) for m, s in zip(node.members, node.member_starts, strict=True)] == [True] * 3
    assert text[node.operator_start :].startswith(written)
    assert part(text, node) == text


@pytest.mark.parametrize("text", ["a in {}", "a in{ \t}", "a not in {}"])
def test_empty_set(text: str) -> None:
    node = root(text)
    assert isinstance(node, Membership)
    assert node.members == ()
    assert node.member_starts == ()


def test_positions_count_code_points() -> None:
    node = root("a == '𝔘é' && has(b)")
    assert isinstance(node, And)
    first, second = node.operands
    assert (first.end, second.start) == (9, 13)


def test_operands_leave_out_their_parentheses_and_wholes_take_them_in() -> None:
    text = "(has(a)) && ! ( has(b) || (has(c)) ) "
    node = root(text)
    assert isinstance(node, And)
    has, negation = node.operands
    assert part(text, node) == text.strip()
    assert part(text, has) == "has(a)"
    assert isinstance(negation, Not)
    assert part(text, negation) == "! ( has(b) || (has(c)) )"
    assert part(text, negation.operand) == "has(b) || (has(c))"


def test_wholes_begin_with_their_first_parenthesis_or_negation() -> None:
    joined, negated, either = root(" (has(a)) && has(b)"), root("!(has(a))"), root("!(has(a) && has(b)) || has(c)")
    assert (joined.start, joined.end) == (1, 19)
    assert (negated.start, negated.end) == (0, 9)
    assert [(each.start, each.end) for each in operands(either)] == [(0, 19), (23, 29)]


def test_an_odd_run_of_negations_is_one_and_an_even_run_none() -> None:
    odd, even = root("! !\t!has(a)"), root("!!has(a)")
    assert isinstance(odd, Not)
    assert (odd.start, odd.end, odd.operand.start) == (0, 11, 5)
    assert isinstance(even, Has)
    nested = root("!(!has(a))")
    assert isinstance(nested, Not)
    assert isinstance(nested.operand, Not)


def test_precedence_and_no_flattening() -> None:
    node = root("has(a) || has(b) && has(c) || (has(d) || has(e))")
    assert isinstance(node, Or)
    assert [type(operand) for operand in node.operands] == [Has, And, Or]
    inner = root("has(a) && (has(b) && has(c)) && has(d)")
    assert isinstance(inner, And)
    assert [type(operand) for operand in inner.operands] == [Has, And, Has]


def test_negation_binds_to_a_whole_comparison() -> None:
    node = root("!a == 'x' && has(b)")
    assert isinstance(node, And)
    assert isinstance(node.operands[0], Not)


@pytest.mark.parametrize(
    "key", ["in", "not", "notin", "contains", "starts", "has", "all", "global", "1", "-", "..", "a//b/c"]
)
def test_no_word_is_reserved(key: str) -> None:
    node = root(f"{key} in {{'x'}} && has({key}) && {key} contains 'x' && {key} startswith 's' && {key} not in {{}}")
    assert [n.key for n in operands(node) if not isinstance(n, Everything | Not | And | Or)] == [key] * 5


def test_longest_key() -> None:
    assert parse("a" * 512 + " == ''").keys == {"a" * 512}
    assert parse("has(" + "a" * 512 + ")").keys == {"a" * 512}
    for text in ("a" * 513 + " == ''", "has(" + "a" * 513 + ")", "a" * 512 + "contains ''", "a" * 512 + "in{}"):
        with pytest.raises(SelectorError) as caught:
            parse(text)
        assert caught.value.error_class == "lex-label-too-long"


@pytest.mark.parametrize("value", ["", "\n", "\t", "\0", "\\", "é𝔘", "&&", "has(a)", " x "])
def test_a_quoted_text_is_taken_as_it_is(value: str) -> None:
    for quote in "'\"":
        node = root(f"a == {quote}{value}{quote}")
        assert isinstance(node, Comparison)
        assert node.value == value


@pytest.mark.parametrize("separator", ["\n", "\r", "\f", "\v", "\xa0", "\ufeff", "\u200b", "\u2028"])
def test_only_blanks_and_tabs_separate(separator: str) -> None:
    for text in (
        f"a{separator}== 'x'",
        f"a =={separator}'x'",
        f"has({separator}a)",
        f"all(){separator}",
        f"a not{separator}in {{}}",
    ):
        with pytest.raises(SelectorError):
            parse(text)


def test_walk_goes_from_left_to_right() -> None:
    text = "has(a) && !(has(b) || has(c)) || all()"
    assert [type(node).__name__ for node in walk(root(text))] == [
        "Or",
        "And",
        "Has",
        "Not",
        "Or",
        "Has",
        "Has",
        "Everything",
    ]


@pytest.mark.parametrize("depth", [200, 509, 2045, 20_000])
def test_any_depth(depth: int) -> None:
    selector = parse("!(" * depth + "has(a)" + ")" * depth)
    assert selector.canonical == "!" * depth + "has(a)"
    assert selector.matches({"a": ""}) is (depth % 2 == 0)
    grouped = parse("(has(a) && " * depth + "has(b)" + ")" * depth)
    assert grouped.matches({"a": "", "b": ""})
    assert not grouped.matches({"a": ""})
    assert parse("(" * depth + ")" * 0 + "all()" + ")" * depth).canonical == "all()"


def test_errors_travel_between_processes() -> None:
    with pytest.raises(SelectorError) as caught:
        parse("rack == rack-1")
    copy = pickle.loads(pickle.dumps(caught.value))  # noqa: S301 - our own bytes
    assert (copy.text, copy.error_class, copy.offset) == ("rack == rack-1", "syn-string-expected", 8)
    assert str(copy) == copy.message == caught.value.message


def test_selectors_are_equal_by_text() -> None:
    assert parse("has(a)") == parse("has(a)")
    assert len({parse("has(a)"), parse("has(a)"), parse(" has(a)")}) == 2
    assert parse("has(a)") != "has(a)"


def test_a_table_reads_every_text_once() -> None:
    table = SelectorTable()
    assert isinstance(table["has(a)"], Selector)
    assert table["has(a)"] is table["has(a)"]
    assert isinstance(table["a"], SelectorError)
    assert table["a"] is table["a"]
    assert list(table) == ["has(a)", "a"]


def test_a_valid_selector_loads_only_the_reader() -> None:
    code = (
        "import sys; from linter.selectors import parse; parse(\"a == 'x'\");"
        "print(*sorted(m for m in sys.modules if m.startswith(('linter.selectors', 'tatsu', 'json', 'dataclasses'))))"
    )
    loaded = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True).stdout.split()
    assert loaded == ["linter.selectors", "linter.selectors.expressions", "linter.selectors.parser"]


def test_the_package_has_no_other_names() -> None:
    import linter.selectors

    with pytest.raises(AttributeError, match="nonsense"):
        _ = linter.selectors.nonsense
