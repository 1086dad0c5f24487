"""`peerlint config`: the settings in force and where each comes from, and a file to start from."""

from __future__ import annotations

import os
import sys
from dataclasses import asdict
from typing import TYPE_CHECKING, Any, NamedTuple

from linter.bundle import bundled
from linter.cli.arguments import UsageError
from linter.cli.check import misconfigured, workspace_of
from linter.cli.configuration import Inputs, configured
from linter.cli.outputs import outputs
from linter.discovery import CONFIGURATION
from linter.packs import load
from linter.schema.editions import written as version
from linter.settings import Settings, find

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterator, Mapping

    from linter.rulekit import Rule

MASK = "•••"


class Setting(NamedTuple):
    """One setting in force; `line` is that of its key in the configuration, `flags` are those that had a say."""

    name: str
    value: Any
    line: int | None = None
    flags: tuple[str, ...] = ()


def run(options: Namespace) -> int:
    """Show the settings or write a file; returns the exit status."""
    return {"show": show, "init": init}[options.action](options)


def show(options: Namespace) -> int:
    """Print the settings in force; a wrong configuration is reported as `check` reports it."""
    chosen = outputs([options.output])
    inputs = configured(options, load(bundled("rules")))
    if inputs.faults:
        return misconfigured(options, inputs, workspace_of(options, inputs), chosen)
    settings = tuple(resolved(options, inputs))
    print({"text": as_text, "json": as_json}[options.output](settings, inputs), end="")
    return 0


def init(options: Namespace) -> int:
    """Write a starter file.

    Raises:
        UsageError: there is a configuration already, or the file cannot be written.
    """
    from linter.cli.starter import starter

    path = os.path.join(options.directory, CONFIGURATION).replace(os.sep, "/").removeprefix("./")
    above, text = find(options.directory), starter(load(bundled("rules")))
    try:
        with open(path, "x", encoding="utf-8", newline="\n") as file:
            file.write(text)
    except FileExistsError as error:
        raise UsageError(f"{path} is there already and is left alone") from error
    except OSError as error:
        raise UsageError(f"cannot write {path}: {error.strerror}") from error
    print(f"wrote {path}")
    if above:
        print(f"peerlint: for the files below, it takes the place of {above}", file=sys.stderr)
    return 0


def resolved(options: Namespace, inputs: Inputs) -> Iterator[Setting]:
    """Every setting that a configuration may have, in the order of the schema."""
    given, lines = _given(inputs)
    flags = _flags(options)
    for name, value in _in_force(given, options, inputs).items():
        yield Setting(name, masked(value), lines.get(name), flags.get(name, ()))


def masked(value: Any) -> Any:
    """A value without the passwords in it; a reference to a Secret is none."""
    if isinstance(value, list):
        return [masked(item) for item in value]
    if not isinstance(value, dict):
        return value
    return {
        name: MASK if name == "password" and not isinstance(below, dict) else masked(below)
        for name, below in value.items()
    }


def as_text(settings: tuple[Setting, ...], inputs: Inputs) -> str:
    """The settings as YAML, each with where it comes from; what is not set is a comment."""
    import json

    path = inputs.configuration.path if inputs.settings.root else ""
    lines = [f"# {path or 'no configuration: defaults'}\n"]
    for one in settings:
        told = ", ".join(([f"{path}:{one.line}"] if one.line else []) + list(one.flags)) or "default"
        shown = f"{one.name}: {json.dumps(one.value, ensure_ascii=False)}"
        lines.append(f"# {one.name} is not set\n" if one.value is None else f"{shown}  # {told}\n")
    return "".join([*lines, *(f"# note: {note}\n" for note in inputs.notes)])


def as_json(settings: tuple[Setting, ...], inputs: Inputs) -> str:
    """The settings as one JSON document: each with its value and the list of where that comes from."""
    import json

    path = inputs.configuration.path if inputs.settings.root else None
    listed = {one.name: {"value": one.value, "from": list(_sources(one, path))} for one in settings}
    document = {"schemaVersion": 1, "configuration": path, "settings": listed, "notes": list(inputs.notes)}
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _sources(one: Setting, path: str | None) -> Iterator[Mapping[str, object]]:
    if one.line:
        yield {"source": "file", "path": path, "line": one.line}
    yield from ({"source": "flag", "flag": flag} for flag in one.flags)
    if not one.line and not one.flags:
        yield {"source": "default"}


def _given(inputs: Inputs) -> tuple[dict[str, Any], dict[str, int]]:
    """What the configuration states, and on which line each setting begins."""
    from linter.yaml.nodes import Mapping, content
    from linter.yaml.parser import documents
    from linter.yaml.plain import plain

    source = inputs.configuration
    document = next(documents(source, {}), None)
    root = content(document.root) if document and document.root else None
    if not isinstance(root, Mapping):
        return {}, {}
    lines = {name: source.position(entry.key.start).line for name, entry in root.fields.items()}
    values = {name: plain(entry.value) for name, entry in root.fields.items()}
    given = {name: value for name, value in values.items() if value is not None}
    return given, {name: line for name, line in lines.items() if name in given}


def _flags(options: Namespace) -> dict[str, tuple[str, ...]]:
    """The flags that had a say in each setting; `--select` sets aside what the configuration ignores."""
    said = {
        "calicoVersion": {"--calico-version": options.calico_version},
        "inventory": {"--inventory": options.inventory},
        "baseline": {"--baseline": options.baseline},
        "select": {"--select": options.select},
        "ignore": {"--select": options.select, "--ignore": options.ignore},
        "clusters": {"--cluster": options.cluster},
        "failLevel": {"--fail-level": options.fail_level},
    }
    return {name: tuple(flag for flag, value in flags.items() if value) for name, flags in said.items()}


def _in_force(given: dict[str, Any], options: Namespace, inputs: Inputs) -> dict[str, Any]:
    """Every setting with its value: what is given, else the default, and what flags make of it."""
    settings, target = inputs.settings, inputs.target
    named = {cluster.name for cluster in settings.clusters}
    kubernetes = target.kubernetes_version
    return {
        "calicoVersion": version(target.calico_version),
        "kubernetesVersion": version(kubernetes) if kubernetes else None,
        "applyPath": target.apply_path,
        "provider": target.provider,
        "inventory": [*given.get("inventory", ()), *options.inventory],
        "complete": settings.complete,
        "clusters": {name: cluster for name, cluster in given.get("clusters", {}).items() if name in named},
        "select": list(settings.select),
        "ignore": list(settings.ignore),
        "severity": given.get("severity", {}),
        "rules": dict(_thresholds(settings, inputs.rules)),
        "overrides": given.get("overrides", []),
        "exclude": given.get("exclude", []),
        "failLevel": options.fail_level or settings.fail_level,
        "baseline": options.baseline or settings.baseline,
        "rulePacks": given.get("rulePacks", []),
        "externals": given.get("externals", []),
        "underlay": given.get("underlay", {}),
    }


def _thresholds(settings: Settings, rules: tuple[Rule, ...]) -> Iterator[tuple[str, dict[str, Any]]]:
    """The options of every rule that has any."""
    for rule in rules:
        declared: Any = rule.options
        if declared is not None:
            yield rule.name, asdict(settings.rules.get(rule.name, declared()))  # type: ignore[call-overload]
