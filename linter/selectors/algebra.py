"""What can be said of selectors whatever the labels are: keys absent or present, values any text.

The answers are exact. With `space`, labels are those that Kubernetes allows (`label_space.KUBERNETES` for Nodes and
namespaces, `label_space.WORKLOADS` for workloads). A decision takes at most `effort` steps, a fraction of a second; one
that would take more is not made: the answer is None then, never a wrong one. What people write takes hundreds of
steps, dense random selectors of 1,024 characters up to 70,000; the default is exceeded by encoded puzzles only.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.selectors.expressions import And
from linter.selectors.formulas import Formula, model
from linter.selectors.label_values import Contradiction, Effort, Exhausted

if TYPE_CHECKING:
    from linter.selectors.expressions import Expression, Selector
    from linter.selectors.label_space import LabelSpace

EFFORT = 500_000


def satisfiable(selector: Selector, space: LabelSpace | None = None, effort: int = EFFORT) -> bool | None:
    """Whether any labels are selected."""
    return _possible([(selector.root, True)], space, Effort(effort))


def always_true(selector: Selector, space: LabelSpace | None = None, effort: int = EFFORT) -> bool | None:
    """Whether all labels are selected, no label at all included."""
    return _opposite(_possible([(selector.root, False)], space, Effort(effort)))


def implies(first: Selector, second: Selector, space: LabelSpace | None = None, effort: int = EFFORT) -> bool | None:
    """Whether the second selects whatever the first does."""
    return _opposite(_possible([(first.root, True), (second.root, False)], space, Effort(effort)))


def disjoint(first: Selector, second: Selector, space: LabelSpace | None = None, effort: int = EFFORT) -> bool | None:
    """Whether no labels are selected by both."""
    return _opposite(_possible([(first.root, True), (second.root, True)], space, Effort(effort)))


def equivalent(first: Selector, second: Selector, space: LabelSpace | None = None, effort: int = EFFORT) -> bool | None:
    """Whether both select the same labels."""
    if first.canonical == second.canonical:
        return True
    forth = implies(first, second, space, effort)
    back = implies(second, first, space, effort) if forth is not False else False
    return False if back is False else forth and back


def example(
    selector: Selector, but_not: Selector | None = None, space: LabelSpace | None = None, effort: int = EFFORT
) -> dict[str, str] | None:
    """Labels that are selected, and not by `but_not`; None where there are none, or the effort did not find them."""
    wanted = [(selector.root, True)] + ([(but_not.root, False)] if but_not else [])
    try:
        return model(Formula(wanted), space, Effort(effort))
    except (Contradiction, Exhausted):
        return None


def conflict(selector: Selector, space: LabelSpace | None = None, effort: int = EFFORT) -> tuple[Expression, ...]:
    """Why nothing is selected: a part that never holds, or parts that never hold together, none of them to spare.

    Parts are what `&&` joins at the top. Empty where something is selected, or nobody knows.
    """
    steps = Effort(effort)
    parts = _conjuncts(selector.root)
    if _possible([(part, True) for part in parts], space, steps) is not False:
        return ()
    alone = [part for part in parts if _possible([(part, True)], space, steps) is False]
    if alone:
        return (alone[0],)
    for part in tuple(parts):
        rest = [other for other in parts if other is not part]
        if _possible([(other, True) for other in rest], space, steps) is False:
            parts = rest
    return tuple(parts)


def _conjuncts(root: Expression) -> list[Expression]:
    parts: list[Expression] = []
    waiting = [root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, And):
            waiting.extend(reversed(node.operands))
        else:
            parts.append(node)
    return parts


def _possible(wanted: list[tuple[Expression, bool]], space: LabelSpace | None, effort: Effort) -> bool | None:
    try:
        model(Formula(wanted), space, effort)
    except Contradiction:
        return False
    except Exhausted:
        return None
    return True


def _opposite(answer: bool | None) -> bool | None:
    return None if answer is None else not answer
