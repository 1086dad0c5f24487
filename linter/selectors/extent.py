"""Whether a selector takes in nothing, everything, or some of what there can be: a guess first, then the algebra.

Nearly every selector that people write is fitted by the labels it names and missed by their contrary, which proves that
it takes in something and not everything, at a fraction of what the algebra needs to say the same.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.selectors.algebra import always_true, satisfiable
from linter.selectors.expressions import And, Everything, Has, Membership, Not, Or

if TYPE_CHECKING:
    from linter.selectors.expressions import Expression, Selector, Test
    from linter.selectors.label_space import LabelSpace

Labels = dict[str, str]


class Extent(NamedTuple):
    """What is certain: that nothing at all is selected, or that everything is."""

    nothing: bool
    everything: bool


def extent(selector: Selector, space: LabelSpace) -> Extent:
    """What the selector takes in of everything whose labels lie in `space`."""
    fitting, missing = _guesses(selector.root)
    nothing = not (selector.matches(fitting) and _exist(fitting, space)) and satisfiable(selector, space) is False
    everything = (selector.matches(missing) or not _exist(missing, space)) and always_true(selector, space) is True
    return Extent(nothing, everything)


def _guesses(root: Expression) -> tuple[Labels, Labels]:
    """Labels that are probably selected, and labels that probably are not."""
    fitting: Labels = {}
    missing: Labels = {}
    waiting = [(root, fitting, missing)]
    while waiting:
        node, yes, no = waiting.pop()
        if isinstance(node, Not):
            waiting.append((node.operand, no, yes))
        elif isinstance(node, And | Or):
            waiting += [(operand, yes, no) for operand in node.operands]
        elif not isinstance(node, Everything):
            _add(node, yes, no)
    return fitting, missing


def _add(test: Test, yes: Labels, no: Labels) -> None:
    """Add the label with which the test gives its one answer; without it, it gives the other."""
    if isinstance(test, Has):
        yes.setdefault(test.key, "x")
    elif not isinstance(test, Membership):
        (no if test.operator == "!=" else yes)[test.key] = test.value
    elif test.members:
        (no if test.operator == "not in" else yes)[test.key] = test.members[0]


def _exist(labels: Labels, space: LabelSpace) -> bool:
    """Whether something can carry these labels."""
    return all(
        space.exempts(key) or (space.key_fault(key) is None and space.value_fault(value) is None)
        for key, value in labels.items()
    )
