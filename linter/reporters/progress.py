"""A line on a terminal that says how far a long run has come, and leaves no trace."""

from __future__ import annotations

import os
from time import monotonic
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable
    from types import TracebackType
    from typing import TextIO

PATIENCE = 0.5
"""Seconds before the first word: a run that ends sooner needs none."""

PACE = 0.1
"""Seconds between two words."""


class Progress:
    """Shows `checking 1200 of 10000: path` on a terminal and wipes it at the end; silent elsewhere and under CI.

    Used as a context manager. Its stream is there for nothing else at that time, and whether it can be written to
    decides nothing: where it cannot, progress is not shown.
    """

    def __init__(self, stream: TextIO, *, quiet: bool = False, clock: Callable[[], float] = monotonic) -> None:
        self._stream = stream
        self._clock = clock
        self._next = clock() + PATIENCE if not quiet and _watched(stream) else float("inf")
        self._shown = False

    def __enter__(self) -> Progress:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._shown:
            self._write("\r\x1b[K")

    def step(self, done: int, total: int, path: str) -> None:
        """Say that file `path` is next, after `done` of `total`; cheap enough to be called for each."""
        now = self._clock()
        if now < self._next:
            return
        self._next = now + PACE
        self._shown = True
        self._write(f"\r\x1b[K{self._fitted(f'checking {done} of {total}: ', path)}")

    def _fitted(self, text: str, path: str) -> str:
        """The text with as much of the path as keeps the line from wrapping, its end rather than its start."""
        from linter.reporters.frames.glyphs import cells, glyphs
        from linter.reporters.terminal import alphabet, columns

        letters = alphabet(self._stream)
        room = columns(None, self._stream) - 1 - cells(text)
        shown = glyphs(path, letters)
        if sum(glyph.cells for glyph in shown) > room:
            text, room = text + letters.ellipsis, room - len(letters.ellipsis)
        while shown and sum(glyph.cells for glyph in shown) > room:
            shown = shown[1:]
        return text + "".join(glyph.text for glyph in shown)

    def _write(self, text: str) -> None:
        try:
            self._stream.write(text)
            self._stream.flush()
        except (OSError, ValueError):
            self._next = float("inf")


def _watched(stream: TextIO) -> bool:
    """Whether somebody looks: a terminal that can go back in its line, and no build server's."""
    return stream.isatty() and os.environ.get("TERM") != "dumb" and not os.environ.get("CI")
