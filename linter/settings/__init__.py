"""What the configuration says: one frozen value for a run, and which rules it lets speak where."""

from __future__ import annotations

import os
from types import MappingProxyType
from typing import TYPE_CHECKING, Any, Final, NamedTuple

from linter.discovery import CONFIGURATION, repository
from linter.globs import Globs

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Mapping, Sequence

    from linter.diagnostics import Severity
    from linter.resources.base import Located
    from linter.rulekit import Rule
    from linter.text import Source
    from linter.yaml.nodes import Fault

__all__ = [
    "CONFIGURATION",
    "ClusterSettings",
    "Override",
    "Settings",
    "find",
    "load",
    "rule_packs",
    "selected",
    "severity_of",
]

_ALL: Final = "all"


class ClusterSettings(NamedTuple):
    """One declared cluster. `paths` are patterns from the root; `inventory` are paths from it, patterns resolved."""

    name: str
    paths: tuple[str, ...] = ()
    inventory: tuple[str, ...] = ()
    complete: bool = False
    calico_version: tuple[int, int] | None = None
    provider: str | None = None

    @property
    def globs(self) -> Globs:
        """The files that belong to it."""
        return Globs((*self.paths, *self.inventory))

    def target(self) -> dict[str, Any]:
        """What this cluster states of a `Target`, None where it says nothing."""
        return {"calico_version": self.calico_version, "provider": self.provider}


class Override(NamedTuple):
    """Rules that stay silent in some files."""

    files: Globs
    ignore: tuple[str, ...] = ()


class Settings(NamedTuple):
    """The settings of a run; without a configuration file these defaults.

    `root` is the directory of the configuration, absolute; it is empty where there is none, and patterns are then
    compared with paths as they are. Rules are given by name, code, prefix of codes (`CAL7`) or `all`. `rules` holds
    each rule's options by its name, as the rule declares them. `inventory` are paths from the root, patterns resolved,
    `baseline` is one. `notes` tell what was asked for and has no effect.
    """

    root: str = ""
    calico_version: tuple[int, int] | None = None
    kubernetes_version: tuple[int, int] | None = None
    apply_path: str | None = None
    provider: str | None = None
    inventory: tuple[str, ...] = ()
    baseline: str | None = None
    complete: bool = False
    select: tuple[str, ...] = (_ALL,)
    ignore: tuple[str, ...] = ()
    severity: Mapping[str, Severity] = MappingProxyType({})
    rules: Mapping[str, object] = MappingProxyType({})
    clusters: tuple[ClusterSettings, ...] = ()
    fail_level: str = "warning"
    exclude: Globs = Globs()
    overrides: tuple[Override, ...] = ()
    notes: tuple[str, ...] = ()

    @property
    def excluded(self) -> Callable[[str], bool] | None:
        """Whether a location is left out of directories; None where nothing is."""
        return self._excludes if self.exclude else None

    def _excludes(self, location: str) -> bool:
        return self.exclude.matches(self.relative(location))

    def relative(self, path: str) -> str:
        """A path, as shown or absolute, from the root, with `/`."""
        if not self.root:
            return path
        if path.startswith(self.root + "/"):
            return path[len(self.root) + 1 :]
        inside = os.path.join(self.root, "")
        location = os.path.abspath(path)
        if not location.startswith(inside):
            directory, name = os.path.split(location)
            location = os.path.join(os.path.realpath(directory), name)
        below = location.removeprefix(inside) if location.startswith(inside) else os.path.relpath(location, self.root)
        return below.replace(os.sep, "/")


def find(directory: str) -> str | None:
    """The configuration for a directory: the nearest one upward, as far as the root of its git repository."""
    directory = os.path.realpath(directory)
    last = repository(directory)
    while True:
        path = os.path.join(directory, CONFIGURATION)
        if os.path.isfile(path):
            return path
        above = os.path.dirname(directory)
        if directory in {last, above}:
            return None
        directory = above


def load(
    source: Source, rules: Sequence[Rule], root: str = "", *, writing: bool = False
) -> tuple[Settings, tuple[Fault, ...]]:
    """Read a configuration; `rules` are those it may speak of, `root` is its directory (empty: paths go unchecked).

    When `writing`, the baseline that it names is about to be written and need not be there yet.
    Mistakes come back as faults for the rule `invalid-configuration`, in the order of the text; the settings are then
    the defaults.
    """
    from linter.settings.reading import read

    return read(source, rules, os.path.realpath(root) if root else "", writing=writing)


def rule_packs(source: Source) -> tuple[Located[str], ...]:
    """The directories that a configuration names under `rulePacks`; whatever else is wrong with it, `load` says."""
    if "rulePacks" not in source.text:
        return ()
    from linter.resources.base import View
    from linter.yaml.nodes import Mapping, content
    from linter.yaml.parser import documents

    found = tuple(documents(source, {}))
    root = content(found[0].root) if found and found[0].root is not None else None
    return View(source, root).texts("rulePacks") if isinstance(root, Mapping) else ()


def selected(settings: Settings, rule: Rule, path: str) -> bool:
    """Whether a rule is to speak about a file, given by its path as shown.

    Of `select` and `ignore` the more exact word decides: a name or code before a prefix, a longer prefix before a
    shorter one and before `all`; between equals `ignore` does. An override for the file beats both.
    """
    wanted, unwanted = _exactness(settings.select, rule), _exactness(settings.ignore, rule)
    if wanted <= unwanted:
        return False
    silent = [one for one in settings.overrides if _exactness(one.ignore, rule) >= 0]
    return not silent or not _is_meant(silent, settings.relative(path))


def severity_of(settings: Settings, rule: Rule, path: str) -> Severity | None:  # noqa: ARG001
    """The severity that the settings give a rule, by the most exact word for it; None where they leave it."""
    words = sorted(settings.severity, key=lambda word: _exactness((word,), rule))
    return settings.severity[words[-1]] if words and _exactness(words, rule) >= 0 else None


def _exactness(words: Iterable[str], rule: Rule) -> int:
    """How exactly the best of the words names the rule; -1 if none does."""
    return max((_meaning(word, rule) for word in words), default=-1)


def _meaning(word: str, rule: Rule) -> int:
    if word in (rule.name, rule.code):
        return len(rule.code)
    if word == _ALL:
        return 0
    return len(word) if word and rule.code.startswith(word) else -1


def _is_meant(overrides: Iterable[Override], path: str) -> bool:
    return any(override.files.matches(path) for override in overrides)
