"""Every distinct text is read once: the table that a workspace keeps."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from linter.selectors.expressions import Selector
    from linter.selectors.parser import SelectorError


class SelectorTable(dict[str, "Selector | SelectorError"]):
    """`table[text]` reads a text on first use and answers the same selector, or the same error, ever after."""

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
