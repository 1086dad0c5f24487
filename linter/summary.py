"""What a run looked at and what came of it: all that a reporter says at the end."""

from __future__ import annotations

from types import MappingProxyType
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Mapping

    from linter.diagnostics import Severity


class Skip(NamedTuple):
    """A file that was not read as manifests, and why in one or two words ("template")."""

    path: str
    reason: str


class Summary(NamedTuple):
    """Counts of one run; nothing in it depends on the clock, so that equal input gives equal output.

    `resources` counts the checked objects by kind and `foreign` those of kinds that peerlint does not check. `other`
    files are no manifests by name; `skipped` ones are, and say why. `suppressed` findings were silenced in the
    manifests, `baselined` ones by the baseline; `unknown` rules may have kept silent for want of knowledge (0 unless
    asked for). `notes` are sentences for the end, such as how clusters were split.
    """

    tool_version: str
    calico_version: str
    files: int = 0
    documents: int = 0
    resources: Mapping[str, int] = MappingProxyType({})
    skipped: tuple[Skip, ...] = ()
    counts: Mapping[Severity, int] = MappingProxyType({})
    other: int = 0
    foreign: int = 0
    suppressed: int = 0
    baselined: int = 0
    unknown: int = 0
    notes: tuple[str, ...] = ()
