"""What is wrong with a text, where, and in which words (selector §9)."""

import pytest

from linter.selectors import SelectorError, parse
from linter.selectors.explain import expectation


def refused(text: str) -> SelectorError:
    with pytest.raises(SelectorError) as caught:
        parse(text)
    return caught.value


# text, class, offset, what is underlined, how the message begins and what it contains
REFUSALS = [
    ("a == 'x", "lex-unterminated-string", 5, "'x", "`'x` has no closing quote", ""),
    (r"a == 'it\'s'", "lex-unterminated-string", 11, "'", "`'` has no closing quote", "a backslash escapes nothing"),
    ("a = 'x'", "lex-lone-equals", 2, "=", "`=` is no operator", "equality is `==`"),
    ("a === 'x'", "lex-lone-equals", 4, "===", "`===` is no operator", "equality is `==`"),
    ("not&", "lex-lone-ampersand", 3, "&", "`&` is no operator", "and is `&&`"),
    ("has(a) & has(b)", "lex-lone-ampersand", 7, "&", "`&` is no operator", "and is `&&`"),
    ("has(a) | has(b)", "lex-lone-pipe", 7, "|", "`|` is no operator", "or is `||`"),
    ("rack: rack-1", "lex-operator-expected", 4, ":", "`:` is no operator", "equality is `==`"),
    ("rack > 5", "lex-operator-expected", 5, ">", "`>` is no operator", "no order"),
    ("rack gt 5", "lex-operator-expected", 5, "gt", "`gt` is no operator", "no order"),
    ("rack exists", "lex-operator-expected", 5, "exists", "`exists` is no operator", "`has(…)`"),
    ("rack DoesNotExist", "lex-operator-expected", 5, "DoesNotExist", "`DoesNotExist` is no", "`!has(…)`"),
    ("rack matches 'a.*'", "lex-operator-expected", 5, "matches", "`matches` is no operator", "no patterns"),
    ("rack inx {'x'}", "lex-operator-expected", 5, "inx", "`inx` is no operator", "label key `rack`"),
    ("rack\xa0== 'x'", "lex-operator-expected", 4, "\xa0", "`<U+00A0>` is no operator", ""),
    ("has(a) and has(b)", "lex-operator-expected", 11, "and", "`and` is read as a label key", "`&&`"),
    ("has(a) OR has(b)", "lex-operator-expected", 10, "OR", "`OR` is read as a label key", "`||`"),
    ("not has(a)", "lex-operator-expected", 4, "not", "`not` is read as a label key", "`!`"),
    ("a and b", "lex-operator-expected", 2, "and", "`and` is no operator", "`has(a)`"),
    ("a starts with b", "lex-operator-expected", 14, "b", "`b` is not quoted", "`'b'`"),
    ("a starts with b && has(c)", "lex-operator-expected", 14, "b", "`b` is not quoted", "`'b'`"),
    ("a not in b", "lex-operator-expected", 9, "b", "`b` stands where `not in` wants a set", "{"),
    ("\n", "lex-identifier-expected", 0, "\n", "a line break cannot stand here", "one line"),
    ("has(a)\n", "lex-identifier-expected", 6, "\n", "a line break cannot stand here", "one line"),
    ("has(a) \u200b", "lex-identifier-expected", 7, "\u200b", "`<U+200B>` cannot stand here", "only blanks and tabs"),
    ("has(a) # x", "lex-identifier-expected", 7, "#", "`#` cannot stand here", "no comments"),
    ("a == “x”", "lex-identifier-expected", 5, "“", "`“` cannot stand here", "straight quotes"),
    ("[has(a)]", "lex-identifier-expected", 0, "[", "`[` cannot stand here", "`{…}`"),
    ("has()", "lex-identifier-expected", 4, "has()", "`has()` names no label key", ""),
    ("has('a')", "lex-identifier-expected", 4, "has('", "`has('` names no label key", "without quotes"),
    ("has(a b)", "lex-has-not-closed", 6, "has(a b", "`has(a b` takes one label key", "`)`"),
    ("has( a", "lex-has-not-closed", 6, "has( a", "`has( a` takes one label key", "`)`"),
    ("has(b) && has(a b)", "lex-has-not-closed", 16, "has(a b", "`has(a b` takes one label key", "`)`"),
    ("has(" + "a" * 512 + " b)", "lex-has-not-closed", 517, "has(" + "a" * 512 + " b", "`has(aaa", "`)`"),
    ("has( " + "a" * 513 + " b)", "lex-label-too-long", 5, "a" * 513, "`aaaaaaa", "513 characters: 512 are the most"),
    ("all(x)", "lex-all-not-closed", 4, "all(x)", "`all(x)` takes nothing", "`)`"),
    ("global(", "lex-global-not-closed", 7, "global(", "`global(` takes nothing", "`)`"),
    ("a" * 600, "lex-label-too-long", 0, "a" * 600, "`aaaaaaa", "600 characters: 512 are the most"),
    ("rack ", "syn-unexpected-end", 5, "rack", "`rack` alone", "`has(rack)`"),
    ("has(a) && !b", "syn-unexpected-end", 12, "b", "`b` alone", "`has(b)`"),
    ("true", "syn-unexpected-end", 4, "true", "`true` alone", "`all()`"),
    ("has (a)", "syn-operator-expected", 4, "has (", "`has (` is no function", "`has(`"),
    ("ALL()", "syn-operator-expected", 3, "ALL(", "`ALL(` is no function", "lower case"),
    ("exists(a)", "syn-operator-expected", 6, "exists(", "`exists(` is no function", "`has(key)`"),
    ("not (a)", "syn-operator-expected", 4, "not", "`not` is read as a label key", "`!`"),
    ("rack,env", "syn-operator-expected", 4, ",", "`,` follows the label key `rack`", "`has(rack)`"),
    ("role 'x'", "syn-operator-expected", 5, "'x'", "`'x'` follows the label key `role`", "`==`"),
    ("anotin {'x'}", "syn-operator-expected", 7, "{", "`{` follows the label key `anotin`", "`not in`"),
    ("rack == rack-1", "syn-string-expected", 8, "rack-1", "`rack-1` is not quoted", "`'rack-1'`"),
    ("rack == ", "syn-string-expected", 8, "==", "`==` has no value", ""),
    ("rack == (x)", "syn-string-expected", 8, "(", "`(` stands where `==` wants", "quoted value"),
    ("rack in (a)", "syn-set-expected", 8, "(", "`(` stands where `in` wants a set", "`{'a', 'b'}`"),
    ("rack not in", "syn-set-expected", 11, "not in", "`not in` has no set", ""),
    ("rack in {a}", "syn-brace-not-closed", 9, "a", "`a` is not quoted", "`'a'`"),
    ("rack in {'a' 'b'}", "syn-brace-not-closed", 13, "'b'", "`'b'` follows `'a'` without a comma", ""),
    ("rack in {,}", "syn-brace-not-closed", 9, ",", "`,` stands where a set wants", "`}`"),
    ("rack in {'a'", "syn-brace-not-closed", 12, "'a'", "the set after `'a'` is not closed", "`}`"),
    ("(has(a)", "syn-paren-not-closed", 7, "has(a)", "`has(a)` ends the text while a `(` is open", ""),
    ("(has(a) has(b))", "syn-paren-not-closed", 8, "has(b)", "`has(b)` stands where a group wants", "`)`"),
    ("'x' == a", "syn-unexpected-token", 0, "'x'", "`'x'` is quoted", "label key"),
    ("has(a) && ", "syn-unexpected-token", 10, "&&", "`&&` has nothing after it", ""),
    ("()", "syn-unexpected-token", 1, ")", "`)` stands where an operation begins", "`all()`"),
    ("has(a))", "syn-trailing-content", 6, ")", "`)` closes nothing", ""),
    ("a == 'x', b == 'y'", "syn-trailing-content", 8, ",", "`,` joins nothing", "`&&`"),
    ("a == 'it''s'", "syn-trailing-content", 9, "'s'", "`'s'` follows a closed quote", "not doubled"),
    ("has(a) has(b)", "syn-trailing-content", 7, "has(b)", "`has(b)` follows a whole operation", "`||`"),
    ("all() == 'x'", "syn-trailing-content", 6, "==", "`==` follows a whole operation", "`&&`"),
]


@pytest.mark.parametrize(("text", "error_class", "offset", "underlined", "begins", "contains"), REFUSALS)
def test_refusal(text: str, error_class: str, offset: int, underlined: str, begins: str, contains: str) -> None:
    error = refused(text)
    assert (error.error_class, error.offset) == (error_class, offset)
    assert text[error.start : error.end] == underlined
    assert error.message.startswith(begins)
    assert contains in error.message


def test_every_class_has_an_example() -> None:
    from linter.selectors.wordings import _SENTENCES

    assert {row[1] for row in REFUSALS} == set(_SENTENCES)


def test_messages_are_one_sentence_on_one_line() -> None:
    for text, *_ in REFUSALS:
        message = refused(text).message
        assert message == message.strip().rstrip(".")
        assert message.isprintable()
        assert len(message) < 200


def test_a_stray_character_hides_a_mistake_of_grammar_further_left() -> None:
    assert refused("a == b && %").error_class == "lex-identifier-expected"
    assert refused("a == b && c").error_class == "syn-string-expected"
    assert refused("foo in {'', ||").error_class == "syn-brace-not-closed"


def test_what_is_expected_comes_from_the_grammar() -> None:
    assert refused("rack in (a)").expected == ("`{`",)
    assert refused("rack == a").expected == ("a quoted value",)
    assert refused("has(a) has(b)").expected == ("`&&`", "`||`", "the end")
    assert refused("(has(a) has(b))").expected == ("`&&`", "`||`", "`)`")
    assert refused("has()").expected == ("a label key",)
    assert refused("rack in {'a' 'b'}").expected == ("`,`", "`}`")
    assert set(refused("rack eq").expected) == {
        *("`==`", "`!=`", "`contains`", "`starts with`", "`ends with`", "`not in`", "`in`")
    }


@pytest.mark.parametrize("text", [row[0] for row in REFUSALS])
def test_too_deep_for_tatsu_the_class_says_what_is_expected(text: str) -> None:
    deep = "(" * 16 + text
    assert expectation(deep) is None
    assert refused(deep).expected
    assert expectation(text) is not None


def test_the_grammar_accepts_what_it_should() -> None:
    assert expectation("a in {'x',} && !has(b)") is None
