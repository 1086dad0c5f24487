"""`peerlint test`: hold the rules of a pack to their pages."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING

from linter.bundle import bundled
from linter.catalogue import joined, pack
from linter.cli.arguments import UsageError
from linter.examples import PageError, examples, verify, verify_cases, verify_form
from linter.packs import PackError, load

if TYPE_CHECKING:
    from argparse import Namespace
    from collections.abc import Sequence

    from linter.rulekit import Rule

CASES = "cases"


def run(options: Namespace) -> int:
    """Run every page and every file of further cases; status 1 if one does not hold.

    Raises:
        UsageError: a directory does not exist.
    """
    for directory in options.packs:
        if not os.path.exists(directory):
            raise UsageError(f"no such directory: {directory}")
    return max(_tested(directory) for directory in options.packs)


def _tested(directory: str) -> int:
    try:
        rules = pack(directory)
        known = joined(load(bundled("rules")), rules)
    except PackError as error:
        print(f"FAIL  {error}")
        return 1
    failed = [rule for rule in rules if not _holds(rule, known, directory)]
    failed_words = f"{len(failed)} failed" if failed else "all hold"
    print(f"{directory}: {len(rules)} {'rule' if len(rules) == 1 else 'rules'}, {failed_words}")
    return int(bool(failed))


def _holds(rule: Rule, known: Sequence[Rule], directory: str) -> bool:
    """Whether a rule keeps its promises; says so, or which it breaks."""
    cases = os.path.join(directory, CASES, f"{rule.name}.md")
    try:
        verify_form(rule)
        verify(rule, known)
        number = len(examples(rule.page))
        if os.path.isfile(cases):
            with open(cases, encoding="utf-8") as file:
                page = file.read()
            verify_cases(rule, page, known)
            number += len(examples(page))
    except Exception as error:
        kind = "" if isinstance(error, PageError) else f"{type(error).__name__}: "
        print(f"FAIL  {rule.code}  {rule.name}: {kind}{error}")
        return False
    print(f"ok    {rule.code}  {rule.name}, {number} examples")
    return True
