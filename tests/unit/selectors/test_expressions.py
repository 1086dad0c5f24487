"""Canonical form and identity (selector §5)."""

import pytest

from linter.selectors import parse


@pytest.mark.parametrize(
    ("text", "canonical"),
    [
        ("", "all()"),
        (" \t", "all()"),
        ("(all( ))", "all()"),
        ("global()", "global()"),
        ("has( a )", "has(a)"),
        ("a=='x'", 'a == "x"'),
        ("a!='x\"y'", "a != 'x\"y'"),
        ("a startswith'x'", 'a starts with "x"'),
        ('a ends\t with "it\'s"', 'a ends with "it\'s"'),
        ("a in{'b','a',\"b\",}", 'a in {"a", "b"}'),
        ("a notin {'10','9'}", 'a not in {"10", "9"}'),
        ("a in {'\U0001f600', '\uffff'}", 'a in {"\uffff", "\U0001f600"}'),
        ("a in {'it\"s', 'b'}", 'a in {"b", \'it"s\'}'),
        ("a in { }", "a in {}"),
        ("has(a)&&has(b)||has(c)", "((has(a) && has(b)) || has(c))"),
        ("has(a) && (has(b) && has(c))", "(has(a) && (has(b) && has(c)))"),
        ("!(has(a))", "!has(a)"),
        ("!!!(has(a) || has(b))", "!(has(a) || has(b))"),
        ("!a == 'x'", '!a == "x"'),
    ],
)
def test_canonical_form(text: str, canonical: str) -> None:
    assert parse(text).canonical == canonical
    assert parse(canonical).canonical == canonical


def test_directly_nested_negations_are_no_fixed_point() -> None:
    selector = parse("!(!has(a))")
    assert selector.canonical == "!!has(a)"
    assert parse(selector.canonical).canonical == "has(a)"


def test_identity_is_syntactic() -> None:
    assert parse("").unique_id == "s:5y5I3VdRZfDU01O--xXAPx2yxCQQqMf0M6IWug"
    assert parse("a=='x'").unique_id == parse(' a == "x"').unique_id
    assert parse("has(x) && has(y)").unique_id != parse("has(y) && has(x)").unique_id
    assert parse("a == '\ud800'").unique_id.startswith("s:")


def test_keys() -> None:
    assert parse("a == 'x' && !(has(b) || c in {'y'}) || all()").keys == {"a", "b", "c"}
    assert parse("global()").keys == frozenset()
