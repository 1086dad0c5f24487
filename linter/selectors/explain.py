"""What could have stood where a text is refused, as the grammar itself has it; imported after a refusal: TatSu is slow.

TatSu recurses and needs microseconds per character. A text that nests deeper than 15, or is longer than any version of
Calico lets a selector be, is explained from the class of its fault.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from tatsu.exceptions import FailedExpectingEndOfText, FailedParse, FailedPattern, FailedToken

from linter.selectors._generated import SelectorParser

if TYPE_CHECKING:
    from linter.selectors.parser import SelectorError

_DEEPEST = 15
_LONGEST = 4096
_OPERATORS = ("`==`", "`!=`", "`contains`", "`starts with`", "`ends with`", "`not in`", "`in`")
_CONNECTORS = ("`&&`", "`||`")
_OPERATION = ("`!`", "`(`", "`has(`", "`all(`", "`global(`", "a label key")
_BY_CLASS = {
    "lex-unterminated-string": ("a quoted value",),
    "lex-lone-equals": ("`==`",),
    "lex-lone-ampersand": ("`&&`",),
    "lex-lone-pipe": ("`||`",),
    "lex-operator-expected": _OPERATORS,
    "lex-identifier-expected": ("a label key",),
    "lex-has-not-closed": ("`)`",),
    "lex-all-not-closed": ("`)`",),
    "lex-global-not-closed": ("`)`",),
    "lex-label-too-long": ("a label key of at most 512 characters",),
    "syn-unexpected-end": _OPERATORS,
    "syn-operator-expected": _OPERATORS,
    "syn-string-expected": ("a quoted value",),
    "syn-set-expected": ("`{`",),
    "syn-brace-not-closed": ("a quoted value", "`}`"),
    "syn-paren-not-closed": (*_CONNECTORS, "`)`"),
    "syn-unexpected-token": _OPERATION,
    "syn-trailing-content": (*_CONNECTORS, "the end"),
}
_RULES = {
    "mark": "`!`",
    "key": "a label key",
    "text": "a quoted value",
    "contains": "`contains`",
    "starts_with": "`starts with`",
    "ends_with": "`ends with`",
    "not_in": "`not in`",
    "in": "`in`",
}


class Expectation(NamedTuple):
    """The furthest place to which the grammar follows a text, and what could stand there, in the grammar's order."""

    offset: int
    items: tuple[str, ...]


def expected(error: SelectorError) -> tuple[str, ...]:
    """What could have stood at the offset of a refusal: tokens in backticks, and words for what varies."""
    found = expectation(error.text)
    return found.items if found and found.offset == error.offset else _BY_CLASS[error.error_class]


def expectation(text: str) -> Expectation | None:
    """What the grammar says of a text; None where it accepts it, or the text is too long or too deep for TatSu.

    Its place lies left of a refusal's where Calico met, further right, a character that starts nothing.
    """
    if len(text) > _LONGEST or _depth(text) > _DEEPEST:
        return None
    recorder = _Recorder(parseinfo=False, memoization=False)
    try:
        recorder.parse(text)
    except FailedParse:
        return Expectation(recorder.furthest, tuple(recorder.items))
    except RecursionError:
        pass
    return None


class _Recorder(SelectorParser):
    """TatSu's parser, noting every token it misses."""

    furthest = -1
    items: dict[str, None]

    def _error(self, item: str, exclass: type[FailedParse] = FailedParse) -> None:
        if exclass in (FailedToken, FailedPattern, FailedExpectingEndOfText) and self._pos >= self.furthest:
            if self._pos > self.furthest:
                self.furthest, self.items = self._pos, {}
            self.items[self._named(item, exclass)] = None
        super()._error(item, exclass=exclass)

    def _named(self, item: str, exclass: type[FailedParse]) -> str:
        if exclass is FailedExpectingEndOfText:
            return "the end"
        return _RULES[self.rule.name] if exclass is FailedPattern else f"`{item}`"


def _depth(text: str) -> int:
    """How many parentheses are open at once at most; those inside quotes count too, which does no harm."""
    deepest = depth = 0
    for character in text:
        if character == "(":
            depth += 1
            deepest = max(depth, deepest)
        elif character == ")":
            depth -= 1
    return deepest
