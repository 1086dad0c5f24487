"""What a selector asks of single labels, one by one."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.selectors.expressions import Comparison, Has, Membership, Not, walk

if TYPE_CHECKING:
    from linter.selectors.expressions import Expression, Selector, Test

_NEGATIVE = frozenset(("!=", "not in"))


class Condition(NamedTuple):
    """A test of one label, with the `!` right before it if there is one.

    It stands from `start` to `end` in the selector's text; `holds_without` says what it answers for what has no such
    label.
    """

    test: Test
    text: str
    start: int
    end: int
    holds_without: bool


def conditions(selector: Selector) -> tuple[Condition, ...]:
    """The conditions of a selector, from left to right."""
    negations: dict[Expression, Not] = {}
    found = []
    for node in walk(selector.root):
        if isinstance(node, Not):
            negations[node.operand] = node
        elif isinstance(node, Has | Comparison | Membership):
            whole = negations.get(node, node)
            holds_without = (node.operator in _NEGATIVE) is (whole is node)
            found.append(Condition(node, selector.text[whole.start : whole.end], whole.start, whole.end, holds_without))
    return tuple(found)
