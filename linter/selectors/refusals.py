"""Why Calico refuses a text: its two stages, words first and grammar second (selector §9).

Only the verdict is Calico's; its own messages have no position. All words are read before a mistake of grammar counts:
a stray character further right hides one further left.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.selectors.parser import SelectorError
from linter.selectors.tokens import Fault, Misreading, Token, tokens
from linter.selectors.wordings import underlined, wording

if TYPE_CHECKING:
    from collections.abc import Iterator


def refusal(text: str) -> SelectorError:
    """What is wrong with a text that is no selector."""
    try:
        words = tokens(text)
        found = _fault(words)
        for _ in words:
            pass
    except Misreading as misreading:
        found = misreading.fault
    return SelectorError(text, found.error_class, wording(text, found), found.offset, *underlined(text, found))


def _fault(words: Iterator[Token]) -> Fault:
    """The first mistake of grammar. Parentheses are all that nests, and what counts of them is how many are open."""
    depth = 0
    before = Token("end", 0, 0)
    token = next(words)
    while True:
        while token.kind in ("!", "("):
            depth += token.kind == "("
            before, token = token, next(words)
        found = _operation(before, token, words)
        if isinstance(found, Fault):
            return found
        before, token = found, next(words)
        while token.kind == ")" and depth:
            depth -= 1
            before, token = token, next(words)
        if token.kind not in ("&&", "||"):
            return _at("syn-paren-not-closed" if depth else "syn-trailing-content", before, token)
        before, token = token, next(words)


def _operation(before: Token, token: Token, words: Iterator[Token]) -> Fault | Token:
    """The last token of the operation that begins with `token`."""
    if token.kind == "operation":
        return token
    if token.kind != "key":
        return _at("syn-unexpected-token", before, token)
    operator = next(words)
    if operator.kind == "membership":
        return _set(operator, words)
    if operator.kind in ("==", "!=", "comparison"):
        value = next(words)
        return value if value.kind == "text" else _at("syn-string-expected", operator, value)
    return _at("syn-unexpected-end" if operator.kind == "end" else "syn-operator-expected", token, operator)


def _set(operator: Token, words: Iterator[Token]) -> Fault | Token:
    before = next(words)
    if before.kind != "{":
        return _at("syn-set-expected", operator, before)
    token = next(words)
    while token.kind == "text":
        before, token = token, next(words)
        if token.kind == ",":
            before, token = token, next(words)
        elif token.kind == "text":
            break
    return token if token.kind == "}" else _at("syn-brace-not-closed", before, token)


def _at(error_class: str, before: Token, token: Token) -> Fault:
    return Fault(error_class, before, token, token.start)
