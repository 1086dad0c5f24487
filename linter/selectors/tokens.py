"""Calico's first stage: a text cut into words, or the place where it cannot be (selector §1, §9 `lex-…`)."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterator

_LETTER = "[A-Za-z0-9_./-]"
_KEY = f"{_LETTER}{{1,512}}+"
_TOKEN = re.compile(
    r"(?P<mark>==|!=|&&|\|\||[!(){},])"
    r"""|(?P<text>"[^"]*+"|'[^']*+')"""
    rf"|(?P<operation>has\([ \t]*+{_KEY}[ \t]*+\)|(?:all|global)\([ \t]*+\))"
    rf"|(?!has\(|all\(|global\()(?P<key>{_KEY})(?!{_LETTER})"
)
_OPERATOR = re.compile(
    rf"(?:(?P<comparison>contains(?!{_LETTER})|(?:starts|ends)[ \t]*+with(?![ \t]*+{_LETTER}))"
    rf"|(?P<membership>in(?!{_LETTER})|not[ \t]*+in(?![ \t]*+{_LETTER})))"
)
_TWO_WORDS = re.compile(
    rf"(?:(?P<comparison>(?:starts|ends)[ \t]*+with)|(?P<membership>not[ \t]*+in))[ \t]++(?={_LETTER})"
)
_BLANKS = re.compile(r"[ \t]*+")
_WORD = re.compile(f"{_LETTER}++")
_FUNCTION = re.compile(rf"(has|all|global)\([ \t]*+({_LETTER}*+)[ \t]*+")
_LONE = {"=": "lex-lone-equals", "&": "lex-lone-ampersand", "|": "lex-lone-pipe"}


class Token(NamedTuple):
    """One word. `kind` is the mark itself, or one of the names below.

    "text", "operation" (a whole `has(…)`, `all()` or `global()`), "key", "comparison" (`contains`, `starts with`,
    `ends with`), "membership" (`in`, `not in`), "end", and "unreadable" where there is no word.
    """

    kind: str
    start: int
    end: int


class Fault(NamedTuple):
    """What is wrong with a text: the token at fault, the one before it, and the offset where something else belongs."""

    error_class: str
    before: Token
    token: Token
    offset: int


class Misreading(Exception):  # noqa: N818 - never leaves the package
    """No word can be read any further."""

    def __init__(self, fault: Fault) -> None:
        super().__init__(fault)
        self.fault = fault


def tokens(text: str) -> Iterator[Token]:
    """Every word from left to right, then an "end" of no width.

    Raises:
        Misreading: what comes next is no word.
    """
    at = _after_blanks(text, 0)
    token = Token("end", 0, 0)
    while at < len(text):
        after_key = token.kind == "key"
        found = (_OPERATOR if after_key and _WORD.match(text, at) else _TOKEN).match(text, at)
        if not found:
            raise Misreading(_misreading(text, at, token))
        kind = found.lastgroup or ""
        token = Token(found[0] if kind == "mark" else kind, at, found.end())
        yield token
        at = _after_blanks(text, token.end)
    yield Token("end", at, at)


def _after_blanks(text: str, at: int) -> int:
    blanks = _BLANKS.match(text, at)
    return blanks.end() if blanks else at


def _misreading(text: str, at: int, before: Token) -> Fault:
    function = _FUNCTION.match(text, at)
    if function and before.kind != "key":
        return _unclosed(function, before)
    two_words = _TWO_WORDS.match(text, at)
    if two_words and before.kind == "key":  # an operator of two words is none when a bare word follows it
        kind = two_words.lastgroup or ""
        before = Token(kind, at, two_words.end(kind))
        return Fault("lex-operator-expected", before, _bare_word(text, two_words.end()), two_words.end())
    word = _WORD.match(text, at)
    end = word.end() if word else at + 1
    if text[at] in "\"'":
        error_class, end = "lex-unterminated-string", len(text)
    elif text[at] in _LONE:
        error_class = _LONE[text[at]]
    elif before.kind == "key":
        error_class = "lex-operator-expected"
    else:
        error_class = "lex-label-too-long" if word else "lex-identifier-expected"
    return Fault(error_class, before, Token("unreadable", at, end), at)


def _bare_word(text: str, at: int) -> Token:
    word = _WORD.match(text, at)
    return Token("key", at, word.end() if word else at)


def _unclosed(function: re.Match[str], before: Token) -> Fault:
    """`has(`, `all(` or `global(` around something that it does not take."""
    name, key = function.groups()
    closing = min(function.end() + 1, len(function.string))
    whole = Token("unreadable", function.start(), closing)
    if name != "has":
        return Fault(f"lex-{name}-not-closed", before, whole, function.start(2))
    if not key:
        return Fault("lex-identifier-expected", before, whole, function.end())
    if len(key) > 512:
        return Fault("lex-label-too-long", before, Token("unreadable", *function.span(2)), function.start(2))
    return Fault("lex-has-not-closed", before, whole, function.end())
