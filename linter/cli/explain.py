"""`peerlint explain`: a rule's page in the terminal."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING

from linter.bundle import bundled
from linter.cli.arguments import UsageError
from linter.cli.configuration import known_rules
from linter.packs import load

if TYPE_CHECKING:
    from argparse import Namespace

    from linter.rulekit import Rule


def run(options: Namespace) -> int:
    """Print the page of one rule."""
    rules = known_rules(load(bundled("rules")), options.config)
    wanted = options.rule.strip()
    rule = next((rule for rule in rules if wanted.lower() == rule.name or wanted.upper() == rule.code), None)
    if rule is None:
        raise UsageError(f"no rule is called {wanted!r}{_near(wanted, rules)}")
    _print(rule, options.color)
    return 0


def _near(wanted: str, rules: tuple[Rule, ...]) -> str:
    from difflib import get_close_matches

    family = [rule.code for rule in rules if wanted and rule.code.startswith(wanted.upper())]
    if family:
        return f"; {wanted.upper()} begins the codes from {family[0]} to {family[-1]}"
    names = [name for rule in rules for name in (rule.name, rule.code)]
    near = get_close_matches(wanted.lower(), names, 1) or get_close_matches(wanted.upper(), names, 1)
    return f"; did you mean {near[0]!r}?" if near else "; 'peerlint rules' lists them"


def page(rule: Rule) -> str:
    """A rule's page as Markdown, with a head that says what the table of rules says."""
    fix = f" · {rule.fix.value} fix" if rule.fix else ""
    needs = f" · needs {', '.join(rule.needs)}" if rule.needs else ""
    preview = " · preview" if rule.preview else ""
    return f"# {rule.name} ({rule.code})\n\n*{rule.severity.value}{fix}{needs}{preview}*\n\n{rule.page}\n"


def _print(rule: Rule, color: str) -> None:
    from rich.console import Console
    from rich.markdown import Markdown

    console = Console(
        force_terminal=True if color == "always" else None,
        no_color=True if color == "never" else None,
        width=None if sys.stdout.isatty() else 100,
    )
    if not console.is_terminal:
        print(page(rule), end="")
        return
    console.print(Markdown(page(rule), code_theme="ansi_dark"))
