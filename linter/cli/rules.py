"""`peerlint rules`: the catalogue."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.bundle import bundled
from linter.cli.configuration import known_rules
from linter.diagnostics import Severity
from linter.packs import CORE, load

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
    """A Markdown page with a table for each family of codes and for each pack; `rules/README.md` is this text."""
    families = {_family(rule): [one for one in rules if _family(one) == _family(rule)] for rule in rules}
    severities = ", ".join(f"{sum(rule.severity is one for rule in rules)} {one.value}s" for one in Severity)
    head = f"# Rules\n\n{len(rules)} rules: {severities}. `peerlint explain RULE` prints a rule's page.\n"
    return head + "".join(_table(title, family) for title, family in families.items())


def _family(rule: Rule) -> str:
    return FAMILIES[rule.code[3]] if rule.pack == CORE else f"Of {rule.pack}"


def _table(title: str, rules: list[Rule]) -> str:
    head = "| code | name | severity | what is wrong | fix | needs |\n| --- | --- | --- | --- | --- | --- |\n"
    return f"\n## {title}\n\n{head}" + "".join(f"| {' | '.join(_cells(rule))} |\n" for rule in rules)


def _cells(rule: Rule) -> tuple[str, ...]:
    name = f"[`{rule.name}`]({rule.url})" if rule.url else f"`{rule.name}`"
    said = rule.summary.replace("|", "\\|")
    return rule.code, name, rule.severity.value, said, rule.fix.value if rule.fix else "", ", ".join(rule.needs)


FAMILIES = {
    "0": "CAL0xx: YAML, Kubernetes objects, values that several kinds share, peerlint's own findings",
    "1": "CAL1xx: one BGPPeer alone",
    "2": "CAL2xx: one BGPConfiguration alone",
    "3": "CAL3xx: one BGPFilter alone",
    "4": "CAL4xx: Node, IPPool, CalicoNodeStatus, Installation or calico-node's environment alone",
    "5": "CAL5xx: passwords and Secrets",
    "6": "CAL6xx: names, selectors and duplicates across objects",
    "7": "CAL7xx: what the sessions and the propagation of routes prove",
    "8": "CAL8xx: service ranges, advertisements and communities across objects",
    "9": "CAL9xx: before and after a change",
}
FORMATS = {"text": as_text, "json": as_json, "markdown": as_markdown}
