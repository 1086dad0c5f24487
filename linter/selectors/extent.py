"""Whether a selector takes in nothing, everything, or some of what there can be."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.selectors.expressions import And, Everything, Has, Not, Or

if TYPE_CHECKING:
    from linter.selectors.expressions import Selector, Test
    from linter.selectors.label_space import LabelSpace


class Extent(NamedTuple):
    """What is certain: that nothing at all is selected, or that everything is."""

    nothing: bool
    everything: bool


_SOME = Extent(nothing=False, everything=False)


def extent(selector: Selector, space: LabelSpace) -> Extent:
    """What the selector takes in of everything whose labels lie in `space`."""
    if _is_free(selector, space):
        return _SOME
    # what most people write never gets here, and never loads the algebra
    from linter.selectors.algebra import always_true, satisfiable

    return Extent(satisfiable(selector, space) is False, always_true(selector, space) is True)


def _is_free(selector: Selector, space: LabelSpace) -> bool:
    """Whether every test asks about a label of its own and can come out either way: then so can the whole."""
    keys: set[str] = set()
    waiting = [selector.root]
    while waiting:
        node = waiting.pop()
        if isinstance(node, And | Or):
            waiting.extend(node.operands)
        elif isinstance(node, Not):
            waiting.append(node.operand)
        elif isinstance(node, Everything) or node.key in keys or not _may_hold(node, space):
            return False
        else:
            keys.add(node.key)
    return True


def _may_hold(test: Test, space: LabelSpace) -> bool:
    """Whether one of the texts it compares with, or any text, can stand under its key; without a label it fails.

    Of `!=` and `not in` the contrary is meant, which serves as well.
    """
    if space.exempts(test.key):
        return isinstance(test, Has) or bool(test.values)
    if space.key_fault(test.key):
        return False
    return isinstance(test, Has) or any(space.value_fault(value) is None for value in test.values)
