"""`peerlint select`: which nodes a selector matches, and why the others do not."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Any

from linter.cli.arguments import UsageError
from linter.cli.lines import converse

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Iterable, Mapping

    from linter.selectors import Selector, SelectorError

LABELS = "the given labels"
"""What the labels of the command line are called beside nodes."""


def run(options: Namespace) -> int:
    """Answer for one selector, or line by line; status 1 for a text that is no selector."""
    if options.stdin:
        from linter.selectors.wire import answer

        return converse(answer)
    if options.selector is None:
        raise UsageError("a selector is wanted, or --stdin")
    from linter.selectors import SelectorError, parse

    carriers = _carriers(options)
    write = _as_json if options.output == "json" else _as_text
    try:
        selector = parse(options.selector)
    except SelectorError as error:
        print(_refused_as_json(error) if options.output == "json" else _refused_as_text(error))
        return 1
    print(write(selector, carriers, options.explain))
    return 0


def _carriers(options: Namespace) -> dict[str, dict[str, str]]:
    """Label sets by what carries them: the nodes of the inventories, and the labels of the command line."""
    found = _nodes(options.inventory) if options.inventory else {}
    if options.label:
        found[LABELS] = dict(_label(text) for text in options.label)
    return found


def _label(text: str) -> tuple[str, str]:
    key, equals, value = text.partition("=")
    if not key or not equals:
        raise UsageError(f"{text!r} is no label; write it as --label key=value")
    return key, value


def _nodes(paths: Iterable[str]) -> dict[str, dict[str, str]]:
    from linter.cli.inputs import manifest
    from linter.cluster.labels import node_labels
    from linter.discovery import discover
    from linter.engine import Plan, analyse
    from linter.rulekit import Target

    found = discover(tuple(paths))
    if found.missing:
        raise UsageError(f"no such inventory: {', '.join(found.missing)}")
    plan = Plan((), Target())
    read = (manifest(file) for file in found.files)
    analyses = [analyse(one.source, plan, one.faults) for one in read]
    nodes = node_labels(resource for one in analyses for resource in one.resources)
    if not nodes:
        print("peerlint: the inventory holds no Node", file=sys.stderr)
    return dict(sorted(nodes.items()))


def _as_text(selector: Selector, carriers: Mapping[str, Mapping[str, str]], explain: bool) -> str:
    from linter.selectors.matching import failures
    from linter.selectors.trees import tree

    lines = []
    if explain or not carriers:
        lines += [f"canonical: {selector.canonical}", tree(selector.root)]
    matching = [name for name, labels in carriers.items() if selector.matches(labels)]
    lines += [f"{name}: matches" for name in matching]
    for name, labels in carriers.items():
        if name not in matching:
            why = "; ".join(map(str, failures(selector.root, labels)))
            lines.append(f"{name}: no match: {why}")
            lines += [tree(selector.root, labels)] if explain else []
    if len(carriers) > 1:
        lines.append(f"{len(matching)} of {len(carriers)} match")
    return "\n".join(lines)


def _as_json(selector: Selector, carriers: Mapping[str, Mapping[str, str]], explain: bool) -> str:
    import json

    from linter.selectors.trees import tree

    answer: dict[str, Any] = {
        "selector": selector.text,
        "valid": True,
        "canonical": selector.canonical,
        "nodes": [_judged(selector, name, labels) for name, labels in carriers.items()],
    }
    if explain:
        answer["tree"] = tree(selector.root).split("\n")
    return json.dumps(answer, indent=1, ensure_ascii=False)


def _judged(selector: Selector, name: str, labels: Mapping[str, str]) -> dict[str, Any]:
    from linter.selectors.matching import failures

    return {
        "name": None if name == LABELS else name,
        "labels": dict(labels),
        "matches": selector.matches(labels),
        "failed": [
            {
                "expression": str(failure.operation),
                "negated": failure.negated,
                "start": failure.operation.start,
                "end": failure.operation.end,
                "key": getattr(failure.operation, "key", None),
                "value": failure.value,
            }
            for failure in failures(selector.root, labels)
        ],
    }


def _refused_as_text(error: SelectorError) -> str:
    shown = "".join(one if one.isprintable() else "␣" for one in error.text)
    lines = [
        f"error: {error.message}",
        f"  {shown}",
        "  " + " " * error.start + "^" * max(1, error.end - error.start),
    ]
    if error.expected:
        lines.append(f"expected: {' or '.join(error.expected)}")
    if error.suggestion:
        lines.append(f"did you mean: {error.suggestion}")
    return "\n".join(lines)


def _refused_as_json(error: SelectorError) -> str:
    import json

    fault = {
        "class": error.error_class,
        "message": error.message,
        "offset": error.offset,
        "start": error.start,
        "end": error.end,
        "expected": list(error.expected),
        "suggestion": error.suggestion,
    }
    return json.dumps({"selector": error.text, "valid": False, "error": fault}, indent=1, ensure_ascii=False)
