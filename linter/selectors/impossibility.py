"""Why a selector selects nothing, in words."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.selectors.algebra import conflict
from linter.selectors.expressions import Comparison, Has, Membership
from linter.selectors.wordings import shown

if TYPE_CHECKING:
    from linter.selectors.expressions import Expression, Selector
    from linter.selectors.label_space import LabelSpace


class Impossibility(NamedTuple):
    """The parts of a selector that keep it from selecting anything, and a clause that says how."""

    selector: Selector
    parts: tuple[Expression, ...]
    reason: str


def impossibility(selector: Selector, space: LabelSpace) -> Impossibility | None:
    """Why nothing whose labels lie in `space` is selected; None where something is, or nobody knows."""
    parts = conflict(selector, space)
    if not parts:
        return None
    told = [shown(selector.text[part.start : part.end]) for part in parts]
    if len(parts) > 1:
        return Impossibility(selector, parts, f"{', '.join(told[:-1])} and {told[-1]} never hold together")
    return Impossibility(selector, parts, _unfit(parts[0], space) or f"{told[0]} never holds")


def _unfit(part: Expression, space: LabelSpace) -> str | None:
    """What no label can be, or have, that a single test asks for."""
    if not isinstance(part, Has | Comparison | Membership):
        return None
    fault = space.key_fault(part.key)
    if fault and not space.exempts(part.key):
        return f"no label has the key {shown(part.key)}, because {fault}"
    if not part.values:
        return "its set is empty"
    value = part.values[0]  # one that could be would have been enough
    return f"no label has the value {shown(value)}, because {space.value_fault(value)}"
