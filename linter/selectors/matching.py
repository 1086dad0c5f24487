"""Which labels an expression selects, and which part of it decided (selector §4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.selectors.expressions import And, Everything, Expression, Has, Membership, Not, Or, Test, quoted, walk

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from typing import Final

    Predicate = Callable[[str | None], bool]

_MATCH: Final = -1
_NO_MATCH: Final = -2


class Program:
    """An expression as tests with jumps: each knows where to go on when it holds and when it does not.

    It decides from left to right and stops as soon as it can, at any depth without a stack; negating is swapping jumps.
    """

    __slots__ = ("_entry", "_steps")

    def __init__(self, root: Expression) -> None:
        self._steps: list[tuple[str, Predicate, int, int]] = []
        self._entry = _MATCH
        waiting: list[tuple[Expression, int | None, int | None]] = [(root, _MATCH, _NO_MATCH)]
        while waiting:  # from right to left: None is wherever the operand to the right begins
            node, then, otherwise = waiting.pop()
            then = self._entry if then is None else then
            otherwise = self._entry if otherwise is None else otherwise
            if isinstance(node, Not):
                waiting.append((node.operand, otherwise, then))
            elif isinstance(node, And):
                waiting += [(operand, None, otherwise) for operand in node.operands[:-1]]
                waiting.append((node.operands[-1], then, otherwise))
            elif isinstance(node, Or):
                waiting += [(operand, then, None) for operand in node.operands[:-1]]
                waiting.append((node.operands[-1], then, otherwise))
            elif isinstance(node, Everything):
                self._entry = then
            else:
                self._add(node, then, otherwise)

    def _add(self, test: Test, then: int, otherwise: int) -> None:
        holds, inverted = _predicate(test)
        self._steps.append((test.key, holds, otherwise, then) if inverted else (test.key, holds, then, otherwise))
        self._entry = len(self._steps) - 1

    def matches(self, labels: Mapping[str, str]) -> bool:
        """Whether these labels are selected."""
        steps = self._steps
        value = labels.get
        at = self._entry
        while at >= 0:
            key, holds, then, otherwise = steps[at]
            at = then if holds(value(key)) else otherwise
        return at == _MATCH


def _predicate(test: Test) -> tuple[Predicate, bool]:
    """What to ask of a label's value (None: no such label), and whether the test holds if the answer is no."""
    if isinstance(test, Has):
        return frozenset((None,)).__contains__, True
    if isinstance(test, Membership):
        return frozenset(test.members).__contains__, test.operator == "not in"
    text = test.value
    if test.operator == "contains":
        return lambda value: value is not None and text in value, False
    if test.operator == "starts with":
        return lambda value: value is not None and value.startswith(text), False
    if test.operator == "ends with":
        return lambda value: value is not None and value.endswith(text), False
    return frozenset((text,)).__contains__, test.operator == "!="


def truths(root: Expression, labels: Mapping[str, str]) -> dict[Expression, bool]:
    """Whether each node of the tree holds for these labels."""
    found: dict[Expression, bool] = {}
    for node in reversed(list(walk(root))):
        if isinstance(node, Not):
            found[node] = not found[node.operand]
        elif isinstance(node, And | Or):
            combined = all if isinstance(node, And) else any
            found[node] = combined(found[operand] for operand in node.operands)
        else:
            found[node] = holds(node, labels)
    return found


def holds(operation: Everything | Test, labels: Mapping[str, str]) -> bool:
    """Whether a single operation holds for these labels."""
    if isinstance(operation, Everything):
        return True
    ask, inverted = _predicate(operation)
    return ask(labels.get(operation.key)) is not inverted


class Failure(NamedTuple):
    """An operation that kept the labels from being selected; `value` is the label it met, None where there is none.

    `negated`: the operation held, and a `!` before it or around it wanted it not to.
    """

    operation: Everything | Test
    negated: bool
    value: str | None

    def __str__(self) -> str:
        wanted = f"!{self.operation}" if self.negated else str(self.operation)
        if isinstance(self.operation, Everything):
            return wanted
        met = "absent" if self.value is None else quoted(self.value)
        return f"{wanted}, but {self.operation.key} is {met}"


def failures(root: Expression, labels: Mapping[str, str]) -> tuple[Failure, ...]:
    """Why these labels are not selected, from left to right; nothing where they are.

    Of operands that all had to hold the first that does not, of alternatives every one.
    """
    truth = truths(root, labels)
    if truth[root]:
        return ()
    found: list[Failure] = []
    waiting: list[tuple[Expression, bool]] = [(root, False)]
    while waiting:
        node, negated = waiting.pop()
        if isinstance(node, Not):
            waiting.append((node.operand, not negated))
        elif isinstance(node, And | Or):
            guilty = [operand for operand in node.operands if truth[operand] is negated]
            each_decides = isinstance(node, And) is not negated
            waiting += [(operand, negated) for operand in (guilty[:1] if each_decides else reversed(guilty))]
        else:
            value = None if isinstance(node, Everything) else labels.get(node.key)
            found.append(Failure(node, negated, value))
    return tuple(found)
