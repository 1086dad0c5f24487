"""The fast reader: one regular expression takes an operation with the brackets around it and the connector after it.

It knows only what Calico accepts; why any other text is refused is found by `linter.selectors.refusals`, imported then.
The language is that of `grammar.tatsu` (selector §2): a property test holds both to the same verdict and tree.
The pattern is possessive wherever it could go back, so the time is linear in the length of any text.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from linter.selectors.expressions import And, Comparison, Everything, Expression, Has, Membership, Not, Or, Selector

if TYPE_CHECKING:
    from typing import Final

_KEY = "[A-Za-z0-9_./-]{1,512}+(?![A-Za-z0-9_./-])"
_TEXT = """(?:"[^"]*+"|'[^']*+')"""
_OPERATION = re.compile(
    r"[ \t]*+(?P<opening>[!(][!( \t]*+)?"
    rf"(?:(?P<key>{_KEY})[ \t]*+(?:"
    rf"(?P<comparator>==|!=|contains|starts[ \t]*+with|ends[ \t]*+with)[ \t]*+(?P<value>{_TEXT})"
    rf"|(?P<membership>in|not[ \t]*+in)[ \t]*+\{{[ \t]*+"
    rf"(?P<members>(?:{_TEXT}[ \t]*+,[ \t]*+)*(?:{_TEXT}[ \t]*+)?)(?P<set_end>\}}))"
    rf"|(?P<has>has\([ \t]*+(?P<present>{_KEY})[ \t]*+\))"
    r"|(?P<everything>(?P<name>all|global)\([ \t]*+\)))"
    r"[ \t]*+(?P<closing>\)[) \t]*+)?(?P<connector>&&|\|\||\Z)"
)
_TEXTS = re.compile(_TEXT)


class SelectorError(ValueError):
    """A text that Calico does not accept as a selector.

    `error_class` is one of selector §9. `offset` is where something else belongs, `start` and `end` enclose what to
    underline, all in code points. `message` begins with the offending text and says what is wrong with it.
    """

    def __init__(self, text: str, error_class: str, message: str, offset: int, start: int, end: int) -> None:
        super().__init__(text, error_class, message, offset, start, end)
        self.text: Final = text
        self.error_class: Final = error_class
        self.message: Final = message
        self.offset: Final = offset
        self.start: Final = start
        self.end: Final = end

    def __str__(self) -> str:
        return self.message

    @property
    def suggestion(self) -> str | None:
        """The selector that was probably meant, in Calico's spelling; always a text that parses."""
        from linter.selectors.remedies import suggestion

        return suggestion(self.text)

    @property
    def expected(self) -> tuple[str, ...]:
        """What could have stood at `offset`: quoted tokens and words for what varies."""
        from linter.selectors.explain import expected

        return expected(self)


class _Group:
    """The text, or what stands between two parentheses: finished alternatives, and the factors of the open one."""

    __slots__ = ("alternatives", "end", "factors", "factors_start", "negated", "opened", "start")

    def __init__(self, opened: int, negated: bool) -> None:
        self.opened = opened
        self.negated = negated
        self.factors: list[Expression] = []
        self.alternatives: list[Expression] = []
        self.start = self.factors_start = self.end = opened

    def take(self, operand: Expression, start: int, end: int) -> None:
        if not self.factors:
            self.factors_start = start
            if not self.alternatives:
                self.start = start
        self.factors.append(operand)
        self.end = end

    def alternate(self) -> None:
        self.alternatives.append(self._conjunction())
        self.factors = []

    def expression(self) -> Expression:
        if not self.alternatives:
            return self._conjunction()
        return Or((*self.alternatives, self._conjunction()), self.start, self.end)

    def _conjunction(self) -> Expression:
        if len(self.factors) == 1:
            return self.factors[0]
        return And(tuple(self.factors), self.factors_start, self.end)


def parse(text: str) -> Selector:
    """Read a selector as Calico does; a text of blanks alone selects everything.

    Raises:
        SelectorError: Calico refuses the text.
    """
    root = _read(text) if text.strip(" \t") else Everything("all", 0, len(text))
    if root is None:
        from linter.selectors.refusals import refusal

        raise refusal(text)
    return Selector(text, root)


def _read(text: str) -> Expression | None:
    group = _Group(0, negated=False)
    enclosing: list[_Group] = []
    position = 0
    while found := _OPERATION.match(text, position):
        node = _operation(found)
        opening, closing, connector = found.group("opening", "closing", "connector")
        start = node.start
        if opening:
            group, start, negated = _open(opening, found.start("opening"), start, group, enclosing)
            if negated:
                node = Not(node, start, node.end)
        group.take(node, start, node.end)
        if closing:
            if closing.count(")") > len(enclosing):
                return None
            group = _close(closing, found.start("closing"), group, enclosing)
        if not connector:
            return None if enclosing else group.expression()
        if connector == "||":
            group.alternate()
        position = found.end()
    return None


def _operation(found: re.Match[str]) -> Expression:
    """The node of one operation, without what stands before and after it."""
    key, comparator, value, present = found.group("key", "comparator", "value", "present")
    if value:
        start, operator_start, end = found.start("key"), found.start("comparator"), found.end("value")
        operator = comparator if comparator in _PLAIN else f"{comparator.removesuffix('with').rstrip()} with"
        return Comparison(key, operator, value[1:-1], start, operator_start, end)
    if present:
        return Has(present, found.start("present"), *found.span("has"))
    return _membership(found) if key else Everything(found["name"], *found.span("everything"))


def _membership(found: re.Match[str]) -> Membership:
    first = found.start("members")
    texts = list(_TEXTS.finditer(found["members"]))
    return Membership(
        found["key"],
        "in" if found["membership"] == "in" else "not in",
        tuple([text[0][1:-1] for text in texts]),
        tuple([first + text.start() for text in texts]),
        found.start("key"),
        found.start("membership"),
        found.end("set_end"),
    )


_PLAIN = frozenset(("==", "!=", "contains"))


def _open(marks: str, offset: int, operand: int, group: _Group, enclosing: list[_Group]) -> tuple[_Group, int, bool]:
    """Enter a group at every `(`; answer the innermost, where its operand begins and whether it is negated."""
    start = -1
    negated = False
    for position, mark in enumerate(marks, offset):
        if mark == "!":
            negated = not negated
            start = position if start < 0 else start
        elif mark == "(":
            enclosing.append(group)
            group = _Group(position if start < 0 else start, negated)
            start, negated = -1, False
    return group, operand if start < 0 else start, negated


def _close(marks: str, offset: int, group: _Group, enclosing: list[_Group]) -> _Group:
    """Leave a group at every `)`; answer the one that is open then."""
    for position, mark in enumerate(marks, offset + 1):
        if mark == ")":
            inner = group.expression()
            operand = Not(inner, group.opened, position) if group.negated else inner
            opened = group.opened
            group = enclosing.pop()
            group.take(operand, opened, position)
    return group
