"""Every rule keeps the promises of its page."""

from __future__ import annotations

import pytest

from linter.bundle import bundled
from linter.examples import examples, verify
from linter.packs import load

RULES = load(bundled("rules"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_page_holds(rule):
    verify(rule, RULES)
