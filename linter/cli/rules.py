"""`peerlint rules`: the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.bundle import bundled
from linter.cli.inputs import known_rules
from linter.packs import load

if TYPE_CHECKING:
    from argparse import Namespace

    from linter.rulekit import Rule


def run(options: Namespace) -> int:
    """Print every rule in the asked format."""
    rules = known_rules(load(bundled("rules")), options.config)
    print(FORMATS[options.output](rules), end="")
    return 0


def as_text(rules: tuple[Rule, ...]) -> str:
    """One line a rule: code, name, severity, summary."""
    widest = max(len(rule.name) for rule in rules)
    return "".join(f"{rule.code}  {rule.name:{widest}}  {rule.severity.value:7}  {rule.summary}\n" for rule in rules)


def as_json(rules: tuple[Rule, ...]) -> str:
    """A JSON list of objects with name, code, severity, scope, needs, fix, preview, summary, url, page."""
    import json

    listed = [
        {
            "name": rule.name,
            "code": rule.code,
            "severity": rule.severity.value,
            "scope": rule.scope,
            "needs": list(rule.needs),
            "fix": rule.fix.value if rule.fix else None,
            "preview": rule.preview,
            "summary": rule.summary,
            "url": rule.url,
            "page": rule.page,
        }
        for rule in rules
    ]
    return json.dumps(listed, indent=2, ensure_ascii=False) + "\n"


def as_markdown(rules: tuple[Rule, ...]) -> str:
    """A Markdown table."""
    head = "| code | name | severity | summary | fix |\n| --- | --- | --- | --- | --- |\n"
    rows = (
        f"| {rule.code} | `{rule.name}` | {rule.severity.value} | {rule.summary.replace('|', chr(92) + '|')} "
        f"| {rule.fix.value if rule.fix else 'none'} |\n"
        for rule in rules
    )
    return head + "".join(rows)


FORMATS = {"text": as_text, "json": as_json, "markdown": as_markdown}
