"""The configuration file: YAML read as manifests are, held against its schema, and checked beyond it."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from linter.bundle import bundled
from linter.diagnostics import Severity
from linter.globs import Globs
from linter.schema import Schema
from linter.settings import ClusterSettings, Override, Settings
from linter.settings.checks import beyond_schema, mistake
from linter.settings.options import options
from linter.settings.paths import matching
from linter.settings.view import ConfigurationView, texts, value, version
from linter.settings.wording import notes, worded
from linter.yaml.nodes import Fault, Mapping, content
from linter.yaml.parser import documents

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from collections.abc import Mapping as Members

    from linter.resources.base import Located
    from linter.rulekit import Rule
    from linter.text import Source
    from linter.yaml.nodes import Content, Document


def read(
    source: Source, rules: Sequence[Rule], root: str, *, writing: bool = False
) -> tuple[Settings, tuple[Fault, ...]]:
    """Settings and mistakes, as `linter.settings.load` promises them."""
    node, rejected, mistakes = examined(source, "config.schema.json", "setting")
    if isinstance(node, Mapping):
        view = ConfigurationView(source, node, rejected=rejected)
        chosen, mistaken = options(view, rules)
        mistakes = (*mistakes, *mistaken, *beyond_schema(view, rules, root, writing=writing))
        if not mistakes:
            return _settings(view, chosen, root), ()
    return Settings(root=root), tuple(sorted(mistakes, key=lambda one: one.span))


def examined(source: Source, schema: str, member: str) -> tuple[Content | None, frozenset[int], tuple[Fault, ...]]:
    """A file of peerlint's own held against its schema: its content, the ids of rejected nodes, its mistakes.

    `member` is what its keys are called.
    """
    found = tuple(documents(source, {}))
    mistakes = tuple(_illegible(found))
    node = content(found[0].root) if found and found[0].root is not None else None
    if node is None:
        return None, frozenset(), mistakes
    result = _schema(schema).examine(node)
    worded_faults = (mistake(worded(fault, source, member), fault.span, *fault.related) for fault in result.faults)
    return node, result.rejected, (*mistakes, *worded_faults)


def rule_packs(source: Source) -> tuple[Located[str], ...]:
    """The directories that a configuration names under `rulePacks`, as far as it can be read."""
    document = next(documents(source, {}), None)
    node = content(document.root) if document is not None and document.root is not None else None
    return tuple(ConfigurationView(source, node).texts("rulePacks")) if isinstance(node, Mapping) else ()


def _schema(name: str) -> Schema:
    import json

    with open(os.path.join(bundled("schemas"), name), encoding="utf-8") as file:
        return Schema(json.load(file))


def _illegible(found: Sequence[Document]) -> Iterator[Fault]:
    for document in found[:1]:
        for fault in document.faults:
            twice = fault.kind == Fault.DUPLICATE
            reason = fault.reason if twice else f"this file is no YAML: {fault.reason}"
            yield mistake(reason, fault.span, *fault.related)
    for document in found[1:2]:
        span = document.root.span if document.root else document.faults[0].span
        yield mistake("this document is not read: one file is one document, join this one with the first", span)


def _settings(view: ConfigurationView, rules: Members[str, object], root: str) -> Settings:
    severities = {word: Severity(one.value) for word, one in view.table("severity").items()}
    return Settings(
        root=root,
        calico_version=version(view.calico_version),
        kubernetes_version=version(view.kubernetes_version),
        apply_path=value(view.apply_path),
        provider=value(view.provider),
        inventory=matching(root, texts(view, "inventory")),
        baseline=value(view.baseline),
        complete=value(view.complete) or False,
        select=texts(view, "select") if view.is_list("select") else ("all",),
        ignore=texts(view, "ignore"),
        severity=severities,
        rules=rules,
        clusters=tuple(_cluster(cluster, root) for cluster in view.clusters()),
        fail_level=value(view.fail_level) or "warning",
        exclude=Globs(texts(view, "exclude")),
        overrides=tuple(Override(Globs(texts(one, "files")), texts(one, "ignore")) for one in view.overrides()),
        notes=tuple(dict.fromkeys(note for one in (view, *view.clusters()) for note in notes(one))),
    )


def _cluster(view: ConfigurationView, root: str) -> ClusterSettings:
    return ClusterSettings(
        view.name,
        Globs(texts(view, "paths")).patterns,
        matching(root, texts(view, "inventory")),
        value(view.complete) or False,
        version(view.calico_version),
        value(view.provider),
    )
