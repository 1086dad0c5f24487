"""An expression as an indented tree, for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.selectors.expressions import And, Everything, Expression, Not, Or, operands, quoted
from linter.selectors.matching import truths

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

_WIDEST = 120
"""Branches are indented no further, so that a text nested thousands deep stays as long as it is."""


class Line(NamedTuple):
    """One node of the tree: the lines drawn before it, what it says, and the node itself."""

    branches: str
    text: str
    expression: Expression


def lines(root: Expression) -> Iterator[Line]:
    """The tree from top to bottom."""
    waiting = [("", "", root)]
    while waiting:
        branches, margin, node = waiting.pop()
        yield Line(branches, _title(node), node)
        parts = operands(node)
        deeper = margin if len(margin) < _WIDEST else margin[:-3]
        for part in reversed(parts):
            last = part is parts[-1]
            waiting.append((deeper + ("└─ " if last else "├─ "), deeper + ("   " if last else "│  "), part))


def tree(root: Expression, labels: Mapping[str, str] | None = None) -> str:
    """The tree as text; with labels, every line says whether it holds for them and which value it met."""
    if labels is None:
        return "\n".join([branches + text for branches, text, _ in lines(root)])
    truth = truths(root, labels)
    return "\n".join([line.branches + line.text + _outcome(line.expression, truth, labels) for line in lines(root)])


def _title(node: Expression) -> str:
    if isinstance(node, And):
        return "all of"
    if isinstance(node, Or):
        return "any of"
    return "not" if isinstance(node, Not) else str(node)


def _outcome(node: Expression, truth: Mapping[Expression, bool], labels: Mapping[str, str]) -> str:
    answer = ": yes" if truth[node] else ": no"
    if isinstance(node, Everything | Not | And | Or):
        return answer
    value = labels.get(node.key)
    return f"{answer}, it is absent" if value is None else f"{answer}, it is {quoted(value)}"
