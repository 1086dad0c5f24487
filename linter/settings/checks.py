"""What a schema cannot say about a configuration: rules that do not exist, paths that lead nowhere."""

from __future__ import annotations

import os
import re
from typing import TYPE_CHECKING, Final

from linter.globs import Globs, is_glob
from linter.settings.paths import leads_nowhere
from linter.settings.view import VERSION
from linter.yaml.nodes import Fault

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

    from linter.resources.base import Located
    from linter.rulekit import Rule
    from linter.settings.view import ConfigurationView
    from linter.text import Span
    from linter.yaml.nodes import Entry

RULE: Final = "invalid-configuration"


def mistake(reason: str, span: Span, *related: tuple[Span, str]) -> Fault:
    """A fault that `invalid-configuration` words."""
    return Fault(RULE, reason, span, related)


def beyond_schema(
    view: ConfigurationView, rules: Sequence[Rule], root: str, *, writing: bool = False
) -> Iterator[Fault]:
    """All mistakes that only the rules and the files show; without a root no file is looked at.

    When `writing`, the baseline need not be there yet.
    """
    for word, span in _words(view):
        if not _means_rules(word, rules):
            yield mistake(f"`{word}` {stranger(word, rules)}", span)
    yield from _twice(view, rules)
    for one in (view, *view.clusters()):
        for located in (one.calico_version, one.kubernetes_version):
            if located and not VERSION.fullmatch(located.value):
                yield mistake(
                    f"`{located.value}` is no version: write major and minor number, as in 3.31", located.span
                )
    for pattern in _patterns(view):
        reason = _refusal(pattern.value)
        if reason:
            yield mistake(f"`{pattern.value}` is no pattern for files: {reason}", pattern.span)
    if root:
        yield from _lost(view, root)
        if view.baseline and not writing and not os.path.isfile(os.path.join(root, view.baseline.value)):
            shown = view.baseline.value
            yield mistake(f"`{shown}` is no file: `peerlint check --write-baseline` writes it", view.baseline.span)


def stranger(word: str, rules: Sequence[Rule]) -> str:
    """What to say of a word that names no rule."""
    from linter.schema.names import nearest

    near = nearest(word, [name for rule in rules for name in (rule.name, rule.code)])
    return f"is no rule: did you mean `{near}`?" if near else "is no rule: `peerlint rules` lists them"


def _words(view: ConfigurationView) -> Iterator[tuple[str, Span]]:
    for name in ("select", "ignore"):
        for one in view.texts(name):
            yield one.value, one.span
    for override in view.overrides():
        for one in override.texts("ignore"):
            yield one.value, one.span
    severities = view.mapping("severity")
    for entry in severities.entries if severities else ():
        yield entry.key.text, entry.key.span


def _twice(view: ConfigurationView, rules: Sequence[Rule]) -> Iterator[Fault]:
    """A rule whose severity is given by its name and by its code: neither is the more exact word."""
    severities = view.mapping("severity")
    names = {key: rule.name for rule in rules for key in (rule.name, rule.code)}
    met: dict[str, Entry] = {}
    for entry in severities.entries if severities else ():
        name = names.get(entry.key.text)
        first = met.setdefault(name, entry) if name else entry
        if first is not entry and first.key.text != entry.key.text:
            reason = f"`{entry.key.text}` is the rule `{first.key.text}`, which has its severity already"
            yield mistake(reason, entry.key.span, (first.key.span, "its severity stands here"))


def _means_rules(word: str, rules: Sequence[Rule]) -> bool:
    return word == "all" or any(word == rule.name or rule.code.startswith(word) for rule in rules)


def _patterns(view: ConfigurationView) -> Iterator[Located[str]]:
    yield from view.texts("exclude")
    for override in view.overrides():
        yield from override.texts("files")
    for one in (view, *view.clusters()):
        yield from one.texts("inventory")
        yield from one.texts("paths")


def _refusal(pattern: str) -> str:
    """Why a pattern is none; names and folders, most of them, are not even asked about."""
    if not is_glob(pattern.removesuffix("/**")):
        return ""
    try:
        Globs([pattern]).matches("a")
    except (ValueError, re.error) as error:
        return str(error)
    return ""


def _lost(view: ConfigurationView, root: str) -> Iterator[Fault]:
    """Paths are relative to the configuration, so that a path from elsewhere is the usual mistake."""
    for one in (view, *view.clusters()):
        for path in one.texts("inventory"):
            if not is_glob(path.value) and not os.path.exists(os.path.join(root, path.value)):
                yield mistake(f"`{path.value}` does not exist: paths are relative to this file", path.span)
            elif is_glob(path.value) and leads_nowhere(root, path.value):
                yield mistake(f"`{path.value}` matches no manifest: paths are relative to this file", path.span)
        for path in one.texts("paths"):
            if leads_nowhere(root, path.value):
                yield mistake(f"`{path.value}` matches no manifest: paths are relative to this file", path.span)
