"""Conversations: a line asked, a line answered."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable


def converse(answer: Callable[[str], str]) -> int:
    """Answer standard input line by line until it ends."""
    # readline, not iteration: the asker waits for each answer before it asks on
    for line in iter(sys.stdin.readline, ""):
        sys.stdout.write(answer(line) + "\n")
        sys.stdout.flush()
    return 0
