"""Fixes: edits applied to texts, round by round, judged after each, and written back whole or not at all."""

from __future__ import annotations

from linter.fixes.edits import applied, composed
from linter.fixes.rounds import Fixed, fix
from linter.fixes.trial import Judge, Refused
from linter.fixes.verdict import Judgement

__all__ = ["Fixed", "Judge", "Judgement", "Refused", "applied", "composed", "fix"]
