"""The configuration to start from: every setting of this release, explained by its schema and commented out."""

from __future__ import annotations

import os
from dataclasses import asdict
from textwrap import wrap
from typing import TYPE_CHECKING, Any, Final

from linter.bundle import bundled
from linter.schema.editions import NEWEST, written

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.rulekit import Rule

_WIDTH: Final = 100

HEAD: Final = """\
# Settings of peerlint for the files below this directory. The nearest such file upward counts, as far as
# the root of the git repository; nothing is merged. `peerlint config show` prints what is in force.
# Everything here is commented out: take away the `# ` before a setting to have it.
"""

EXAMPLES: Final = {
    "calicoVersion": f'"{written(NEWEST)}"',
    "kubernetesVersion": '"1.36"',
    "applyPath": "kubectl",
    "provider": "on-premises",
    "inventory": "[cluster/nodes.yaml]",
    "complete": "true",
    "clusters": '{prod: {paths: ["clusters/prod/**"], complete: true}}',
    "ignore": "[quoted-as-number]",
    "select": "[CAL0, CAL1]",
    "severity": "{quoted-as-number: error}",
    "overrides": '[{files: ["lab/**"], ignore: [CAL3]}]',
    "exclude": '["charts/**"]',
    "failLevel": "error",
    "baseline": ".peerlint-baseline.json",
    "rulePacks": "[./peerlint-rules]",
}
"""Settings in the order in which one comes to them, each with a value that a file may have."""


def starter(rules: tuple[Rule, ...]) -> str:
    """The text of a starter file; thresholds stand in it if one of the rules has any."""
    import json

    with open(os.path.join(bundled("schemas"), "config.schema.json"), encoding="utf-8") as file:
        described: dict[str, Any] = json.load(file)["properties"]
    examples = dict(EXAMPLES)
    threshold = next(_thresholds(rules), None)
    if threshold:
        examples["rules"] = threshold
    return HEAD + "".join(_setting(name, described[name]["description"], text) for name, text in examples.items())


def _setting(name: str, description: str, example: str) -> str:
    told = "".join(f"# {line}\n" for line in wrap(description, _WIDTH, break_on_hyphens=False))
    return f"\n{told}# {name}: {example}\n"


def _thresholds(rules: tuple[Rule, ...]) -> Iterator[str]:
    import json

    for rule in rules:
        declared: Any = rule.options
        if declared is not None:
            options = ", ".join(f"{name}: {json.dumps(value)}" for name, value in asdict(declared()).items())
            yield f"{{{rule.name}: {{{options}}}}}"
