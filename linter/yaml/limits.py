"""Bounds for large documents, so that none takes more time and memory than it is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.text import Span
from linter.yaml.builder import Refused
from linter.yaml.extension import events
from linter.yaml.nodes import Fault

if TYPE_CHECKING:
    from collections.abc import Callable
    from typing import Any, Final

SIZE: Final = 10 * 1024 * 1024
"""Bytes of one document; calicoctl reads no larger one (calico-fields §10)."""

EVENTS: Final = 500_000
"""Events of one document (a node is one or two), so that its nodes fit in memory."""

DIRECTIVES: Final = 100
"""`%TAG` directives of one document: the C parser looks through all of them for every tag."""


def bounded(chunk: str, start: int) -> Callable[[], Any]:
    """The parser's events of a large text that begins at offset `start` of its file.

    Raises, here or when called:
        Refused: the text, or the number of its nodes, is larger than is read.
    """
    if len(chunk) > SIZE or len(chunk.encode("utf-8", "replace")) > SIZE:
        raise _refused(f"larger than {SIZE >> 20} MiB", start)
    if chunk.count("%TAG") > DIRECTIVES:
        raise _refused(f"more than {DIRECTIVES} %TAG directives", start)
    get = events(chunk)
    left = EVENTS

    def counted() -> Any:
        nonlocal left
        left -= 1
        if left < 0:
            raise _refused(f"more than {EVENTS:,} values", start)
        return get()

    return counted


def _refused(reason: str, start: int) -> Refused:
    return Refused(Fault(Fault.LIMIT, reason, Span(start, start + 1)))
