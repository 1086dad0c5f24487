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

    from linter.rulekit import Rule
    from linter.text import Source
    from linter.yaml.nodes import Document


def read(source: Source, rules: Sequence[Rule], root: str) -> tuple[Settings, tuple[Fault, ...]]:
    """Settings and mistakes, as `linter.settings.load` promises them."""
    found = tuple(documents(source, {}))
    mistakes = list(_illegible(found))
    node = content(found[0].root) if found and found[0].root is not None else None
    if node is not None:
        result = _schema().examine(node)
        mistakes += (mistake(worded(fault, source), fault.span, *fault.related) for fault in result.faults)
        if isinstance(node, Mapping):
            view = ConfigurationView(source, node, rejected=result.rejected)
            chosen, mistaken = options(view, rules)
            mistakes += [*mistaken, *beyond_schema(view, rules, root)]
            if not mistakes:
                return _settings(view, chosen, root), ()
    return Settings(root=root), tuple(sorted(mistakes, key=lambda one: one.span))


def _schema() -> Schema:
    import json

    with open(os.path.join(bundled("schemas"), "config.schema.json"), encoding="utf-8") as file:
        return Schema(json.load(file))


def _illegible(found: Sequence[Document]) -> Iterator[Fault]:
    for document in found[:1]:
        for fault in document.faults:
            twice = fault.kind == Fault.DUPLICATE
            reason = fault.reason if twice else f"this configuration is no YAML: {fault.reason}"
            yield mistake(reason, fault.span, *fault.related)
    for document in found[1:2]:
        span = document.root.span if document.root else document.faults[0].span
        yield mistake("this document is not read: a configuration is one document, join this one with the first", span)


def _settings(view: ConfigurationView, rules: Members[str, object], root: str) -> Settings:
    severities = {word: Severity(one.value) for word, one in view.table("severity").items()}
    return Settings(
        root=root,
        calico_version=version(view.calico_version),
        kubernetes_version=version(view.kubernetes_version),
        apply_path=value(view.apply_path),
        provider=value(view.provider),
        inventory=matching(root, texts(view, "inventory")),
        complete=value(view.complete) or False,
        select=texts(view, "select") if view.entry(("select",)) else ("all",),
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
