"""Every distinct text is read and judged once: the table that a workspace keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linter.selectors.expressions import Selector
    from linter.selectors.extent import Extent
    from linter.selectors.label_space import LabelSpace
    from linter.selectors.parser import SelectorError


class SelectorTable(dict[str, "Selector | SelectorError"]):
    """`table[text]` reads a text on first use and answers the same selector, or the same error, ever after."""

    __slots__ = ("_extents",)

    def __init__(self) -> None:
        super().__init__()
        self._extents: dict[tuple[str, LabelSpace], Extent] = {}

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

    def extent(self, selector: Selector, space: LabelSpace) -> Extent:
        """How much the selector takes in of everything whose labels lie in `space`."""
        found = self._extents.get((selector.text, space))
        if found is None:
            from linter.selectors.extent import extent

            found = self._extents[selector.text, space] = extent(selector, space)
        return found
