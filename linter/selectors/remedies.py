"""The selector that was probably meant by a text that is none (selector §9-§11): Kubernetes, SQL and program habits.

The text is read as loosely as a person would and written again in Calico's spelling. Where it has no single likely
reading (`rack > 5`, `a b`) nothing is suggested, and never anything that Calico would not accept.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linter.selectors.habits import END, Word, words
from linter.selectors.parser import SelectorError, parse

if TYPE_CHECKING:
    from collections.abc import Iterator

_LONGEST = 4096
_QUOTED_OR_SPACE = re.compile(r"""("[^"]*"|'[^']*')|[\s\u200b\u2060\ufeff]+""")
_EVERYTHING = frozenset(("all", "global", "any", "true", "everything", "*"))
_PRESENCE = ("has", "exists", "exist")
_OPERATORS = {
    "is": "==",
    "eq": "==",
    "equal": "==",
    "equals": "==",
    "ne": "!=",
    "neq": "!=",
    "in": "in",
    "notin": "not in",
    "contains": "contains",
    "contain": "contains",
    "includes": "contains",
    "starts": "starts with",
    "startswith": "starts with",
    "beginswith": "starts with",
    "begins": "starts with",
    "hasprefix": "starts with",
    "ends": "ends with",
    "endswith": "ends with",
    "hassuffix": "ends with",
    "exists": "has",
    "exist": "has",
    "doesnotexist": "has not",
}
_OPPOSITE = {"==": "!=", "!=": "==", "in": "not in", "not in": "in", "has": "has not", "has not": "has"}


class _Unclear(Exception):  # noqa: N818 - never leaves this module
    """The words have no single likely reading."""


def suggestion(text: str) -> str | None:
    """The selector that was probably meant; None where nobody can tell, or the text is too long for one."""
    if len(text) > _LONGEST:
        return None
    return next((candidate for candidate in _candidates(text) if _accepted(candidate)), None)


def _candidates(text: str) -> Iterator[str]:
    line = _QUOTED_OR_SPACE.sub(lambda found: found[1] or " ", text).strip()
    yield line
    if line[:1] == line[-1:] and line[:1] in ("'", '"'):
        yield line[1:-1]
    for escapes in (True, False):
        try:
            yield _Rewriting(words(text, escapes=escapes)).selector()
        except _Unclear:
            continue


def _accepted(candidate: str) -> bool:
    try:
        parse(candidate)
    except SelectorError:
        return False
    return bool(candidate)


class _Rewriting:
    """One pass over loose words that writes a selector; open parentheses are kept in a list, nothing recurses."""

    def __init__(self, loose: list[Word]) -> None:
        self._words = loose
        self._at = 0
        self._pieces: list[str] = []
        self._open: list[bool] = []
        """For every open group whether it is a `has(`, in which a quoted text may be a key."""
        self._bare = False
        """Whether the last operand was a label key alone."""

    def selector(self) -> str:
        """The whole text in Calico's spelling.

        Raises:
            _Unclear: it has no single likely reading.
        """
        if len(self._words) == 1 and self._words[0].text.lower() in _EVERYTHING:
            return "all()"
        self._between()
        self._operand()
        connector = self._between()
        while self._peek() is not END:
            alone = self._bare
            self._pieces.append(f" {connector or '&&'} ")
            self._operand()
            if not connector and (alone or self._bare):
                raise _Unclear
            connector = self._between()
        return "".join(self._pieces) + ")" * len(self._open)

    def _peek(self, ahead: int = 0) -> Word:
        at = self._at + ahead
        return self._words[at] if at < len(self._words) else END

    def _take(self) -> Word:
        word = self._peek()
        self._at += 1
        return word

    def _says(self, *texts: str, ahead: int = 0) -> bool:
        word = self._peek(ahead)
        return word.kind == "word" and word.text.lower() in texts

    def _between(self) -> str:
        """Close what is closed here, and answer the connector after it, if any; what closes nothing is dropped."""
        connector = ""
        while True:
            word = self._peek()
            if word.kind in (")", "}"):
                connector = ""
                if self._open:
                    self._open.pop()
                    self._pieces.append(")")
                    self._bare = False
            elif word.kind in ("&&", "||", ",") or self._says("and", "or"):
                meant = "||" if "|" in word.kind or self._says("or") else "&&"
                if connector not in ("", meant):
                    raise _Unclear
                connector = meant
            else:
                return connector
            self._take()

    def _operand(self) -> None:
        self._bare = False
        while self._negates() or self._opens():
            self._take()
        word = self._take()
        if self._peek().kind == "(" and word.text.lower() in (*_PRESENCE, "all", "global"):
            self._function(word)
        elif word.kind in ("word", "text"):
            self._test(word)
        else:
            raise _Unclear

    def _negates(self) -> bool:
        compared = self._peek(1).kind in ("==", "!=", ":") or self._says("in", "notin", "contains", ahead=1)
        negates = self._peek().kind == "!" or (self._says("not") and not compared)
        if negates:
            self._pieces.append("!")
        return negates

    def _opens(self) -> bool:
        """Whether a group begins here; `has(` around more than one word is one too."""
        presence = self._says(*_PRESENCE) and self._peek(1).kind == "(" and not self._holds_one_key()
        opens = presence or self._peek().kind == "("
        if opens:
            self._open.append(presence)
            self._pieces.append("(")
            self._at += presence
        return opens

    def _holds_one_key(self) -> bool:
        return self._peek(2).kind in ("word", "text") and self._peek(3).kind in (")", "end")

    def _function(self, name: Word) -> None:
        self._take()
        key = self._take().text if name.text.lower() in _PRESENCE else ""
        if self._take().kind not in (")", "end"):
            raise _Unclear
        self._pieces.append(f"has({key})" if key else f"{name.text.lower()}()")

    def _test(self, key: Word) -> None:
        colon = self._peek().kind == ":"
        self._at += colon
        negated, operator = self._operator()
        compared = colon or (key.kind == "word" and self._peek().kind == "text")
        operator = operator or ("==" if compared else "")
        if not operator:
            if negated or (key.kind == "text" and not any(self._open[-1:])):
                raise _Unclear
            self._bare = True
        if negated and operator not in _OPPOSITE:
            self._pieces.append("!")
        elif negated:
            operator = _OPPOSITE[operator]
        if operator in ("", "has", "has not"):
            self._pieces.append(f"{'!' if operator == 'has not' else ''}has({key.text})")
        else:
            self._pieces.append(_comparison(key, operator, self._values()))

    def _operator(self) -> tuple[bool, str]:
        """Whether the operator that follows is negated, and its name, "" where there is none."""
        negated = False
        operator = ""
        while True:
            word = self._peek()
            if word.kind == "!" or self._says("not"):
                negated = not negated
            elif word.kind in ("==", "!=") and not operator:
                operator = word.kind
            elif word.kind == "word" and not operator:
                operator = _OPERATORS.get(re.sub("[-_]", "", word.text.lower()), "")
                if not operator:
                    return negated, operator
            elif not (operator.endswith("with") and self._says("with")):
                return negated, operator
            self._take()

    def _values(self) -> list[Word]:
        listed = self._peek().kind in ("(", "{")
        if not listed:
            return [_value(self._take())]
        self._take()
        values = []
        while self._peek().kind not in (")", "}", "end"):
            word = self._take()
            if word.kind != ",":
                values.append(_value(word))
        self._take()
        return values


def _value(word: Word) -> Word:
    if word.kind == "text" or (word.kind == "word" and any(map(str.isalnum, word.text))):
        return word
    raise _Unclear


def _comparison(key: Word, operator: str, values: list[Word]) -> str:
    if not values or (len(values) > 1 and operator not in _OPPOSITE):
        raise _Unclear
    if key.kind == "text" and values[0].kind == "word":
        if operator not in ("==", "!=") or len(values) > 1:
            raise _Unclear
        key, values = values[0], [key]
    if len(values) > 1:
        operator = {"==": "in", "!=": "not in"}.get(operator, operator)
    members = ", ".join([_quoted(value.text) for value in values])
    return f"{key.text} {operator} " + (f"{{{members}}}" if operator in ("in", "not in") else members)


def _quoted(value: str) -> str:
    if "'" not in value:
        return f"'{value}'"
    if '"' in value:
        raise _Unclear
    return f'"{value}"'
