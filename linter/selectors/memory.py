"""Every distinct text is read and judged once: the table that a workspace keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linter.selectors.expressions import Selector
    from linter.selectors.extent import Extent
    from linter.selectors.parser import SelectorError


class SelectorTable(dict[str, "Selector | SelectorError"]):
    """`table[text]` reads a text on first use and answers the same selector, or the same error, ever after."""

    __slots__ = ("_extents",)

    def __init__(self) -> None:
        super().__init__()
        self._extents: dict[tuple[str, str], Extent] = {}

    def __missing__(self, text: str) -> Selector | SelectorError:
        # a run whose manifests have no selector never loads the reader
        from linter.selectors.parser import SelectorError, parse

        read: Selector | SelectorError
        try:
            read = parse(text)
        except SelectorError as error:
            read = error.with_traceback(None)
        self[text] = read
        return read

    def extent(self, selector: Selector, selects: str) -> Extent:
        """How much of all there can be of "node", "workload" or "namespace" the selector takes in."""
        found = self._extents.get((selector.text, selects))
        if found is None:
            from linter.selectors.extent import extent
            from linter.selectors.label_space import SPACES

            found = self._extents[selector.text, selects] = extent(selector, SPACES[selects])
        return found
