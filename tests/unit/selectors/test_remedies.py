"""The text that was probably meant (selector §9-§11)."""

import pytest

from linter.selectors import SelectorError, parse


def suggestion(text: str) -> str | None:
    with pytest.raises(SelectorError) as caught:
        parse(text)
    return caught.value.suggestion


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        # Kubernetes (selector §10)
        ("rack=rack-1", "rack == 'rack-1'"),
        ("rack==rack-1", "rack == 'rack-1'"),
        ("rack!=rack-1", "rack != 'rack-1'"),
        ("rack in (a,b)", "rack in {'a', 'b'}"),
        ("rack notin (a)", "rack not in {'a'}"),
        ("rack in ('a')", "rack in {'a'}"),
        ("rack in {a, b}", "rack in {'a', 'b'}"),
        ("rack", "has(rack)"),
        ("!rack", "!has(rack)"),
        ("a=x,b=y", "a == 'x' && b == 'y'"),
        ("a=x,b,!c", "a == 'x' && has(b) && !has(c)"),
        ("a == 'x', b == 'y'", "a == 'x' && b == 'y'"),
        ("rack,env", "has(rack) && has(env)"),
        ("rack: rack-1", "rack == 'rack-1'"),
        ("kubernetes.io/hostname: == 'n'", "kubernetes.io/hostname == 'n'"),
        ("rack exists", "has(rack)"),
        ("rack DoesNotExist", "!has(rack)"),
        ("rack not exists", "!has(rack)"),
        ("rack NotIn (a)", "rack not in {'a'}"),
        # programs and SQL
        ("x and y", "has(x) && has(y)"),
        ("has(a) AND has(b) OR not has(c)", "has(a) && has(b) || !has(c)"),
        ("NOT (a = 'x' or b = 'y')", "!(a == 'x' || b == 'y')"),
        ("not x", "!has(x)"),
        ("has(a) & has(b)", "has(a) && has(b)"),
        ("has(a) | has(b)", "has(a) || has(b)"),
        ("a === 'x'", "a == 'x'"),
        ("a !== 'x'", "a != 'x'"),
        ("a <> 'x'", "a != 'x'"),
        ("a =! 'x'", "a != 'x'"),
        ("a is not x", "a != 'x'"),
        ("a ! in ('x')", "a not in {'x'}"),
        ("a not contains 'x'", "!a contains 'x'"),
        ("a startsWith 'x'", "a starts with 'x'"),
        ("a ends_with x", "a ends with 'x'"),
        ("a starts with x", "a starts with 'x'"),
        ("a == ['x']", "a == 'x'"),
        ("a == ('x', 'y')", "a in {'x', 'y'}"),
        ("a != (x, y)", "a not in {'x', 'y'}"),
        ("a in 'x'", "a in {'x'}"),
        ("exists(a)", "has(a)"),
        ("HAS(a)", "has(a)"),
        ("ALL()", "all()"),
        ("'x' == a", "a == 'x'"),
        ("'rack' == 'x'", "rack == 'x'"),
        ("role 'x'", "role == 'x'"),
        ("*", "all()"),
        ("true", "all()"),
        ("all", "all()"),
        # brackets, quotes, blanks
        ("has (a)", "has(a)"),
        ("has('a')", "has(a)"),
        ("has(a", "has(a)"),
        ("has(!a)", "(!has(a))"),
        ("has(a, b)", "(has(a) && has(b))"),
        ("(has(a)", "(has(a))"),
        ("has(a))", "has(a)"),
        ("has(a)) && has(b)", "has(a) && has(b)"),
        ("has(a) &&", "has(a)"),
        ("has(a) and", "has(a)"),
        ("a = '' && b in ('', 'x')", "a == '' && b in {'', 'x'}"),
        ("&& has(a)", "has(a)"),
        ("(has(a) && )", "(has(a))"),
        ("has(a) && && has(b)", "has(a) && has(b)"),
        ("has(a) has(b)", "has(a) && has(b)"),
        ("a == 'x", "a == 'x'"),
        ("a == 'x && has(b)", "a == 'x' && has(b)"),
        (r"a == 'it\'s'", 'a == "it\'s"'),
        ("a == 'it''s'", 'a == "it\'s"'),
        ("a == “x”", "a == 'x'"),
        ("a ＝＝ 'x'", "a == 'x'"),
        ("'has(a)'", "has(a)"),
        ("has(a)\n", "has(a)"),
        ("has(a) &&\n  has(b)", "has(a) && has(b)"),
        ("a\xa0==\u200b'x  \ny'", "a == 'x  \ny'"),
        ("a = 'x' # the first rack", "a == 'x'"),
        # words that are label keys after all
        ("not in (a)", "not in {'a'}"),
        ("in in (a)", "in in {'a'}"),
        ("contains = x", "contains == 'x'"),
    ],
)
def test_suggestion(text: str, meant: str) -> None:
    assert suggestion(text) == meant
    parse(meant)


@pytest.mark.parametrize(
    "text",
    [
        *("rack > 5", "rack gt 5", "a b", "a matches 'x'", "rack inx {'x'}", "'x' in a", "a in {'x'..'z'}"),
        *("!", "()", "{}", "%", "has()", "all(x)", "a ==", "a in {", "a in ()", "has(a) || && has(b)", "é == 'x'"),
        *("zone = us east", "this is not valid selector syntax", "a == 'it\"s''", "matchLabels: {a: b}", "\xa0"),
        *("a contains ('x', 'y')", "a == all()", "a == 1 2", "all() == 'x'", "a" * 513, "not not", "has(a) not"),
        *("'a'", "'a' 'b'", "{{ .Values.rack }}", "a == {{ x }}"),
    ],
)
def test_nothing_is_suggested_where_nobody_can_tell(text: str) -> None:
    assert suggestion(text) is None


def test_a_text_too_long_for_any_version_gets_no_suggestion() -> None:
    assert suggestion("rack == " + "a" * 4088) == f"rack == '{'a' * 4088}'"
    assert suggestion("rack == " + "a" * 4089) is None
