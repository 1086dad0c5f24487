"""Every rule keeps the promises of its page, and of the further cases beside these tests."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from linter.bundle import bundled
from linter.engine import Plan, analyse
from linter.examples import PageError, examples, verify, verify_cases, verify_form
from linter.packs import load
from linter.rulekit import Target
from linter.text import Source
from tests.conftest import PEER

if TYPE_CHECKING:
    from linter.rulekit import Rule

RULES = load(bundled("rules"))
CASES = sorted((Path(__file__).parent / "cases").glob("*.md"))


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_page_holds(rule: Rule) -> None:
    verify(rule, RULES)


@pytest.mark.parametrize("path", CASES, ids=lambda path: path.stem)
def test_the_cases_hold(path: Path) -> None:
    (rule,) = (rule for rule in RULES if rule.name == path.stem)
    verify_cases(rule, path.read_text(encoding="utf-8"), RULES)


@pytest.mark.parametrize("rule", RULES, ids=lambda rule: rule.name)
def test_the_form_of_a_rule(rule: Rule) -> None:
    verify_form(rule)
    assert re.fullmatch(r"CAL\d{3}", rule.code)


def test_every_rule_of_this_release_stands() -> None:
    numbers = [*range(1, 10), *range(10, 18), *range(20, 33), *range(40, 46), *range(50, 54), *range(60, 65)]
    numbers += [*range(101, 119), *range(201, 214), *range(301, 310), *range(401, 411), *range(501, 507), 701]
    assert [f"CAL{number:03}" for number in numbers] == [rule.code for rule in RULES]


class Forgetful(Plan):
    """A plan that asks about every value anew."""

    def silent(self, kind: object) -> set[object]:
        return set()


@pytest.mark.slow
def test_what_was_met_before_changes_nothing() -> None:
    """Value rules go by how a value is written, where and in which kind, so that their silence may be remembered."""
    shared, forgetful = Plan(RULES, Target(), strict=True), Forgetful(RULES, Target(), strict=True)
    pages = [*(rule.page for rule in RULES), *(path.read_text(encoding="utf-8") for path in CASES)]
    files = [file for page in pages for example in examples(page) for file in example.files]
    for file in files * 2:
        source = Source(file.path, file.text)
        alone, among = analyse(source, forgetful), analyse(source, shared)
        assert [one.finding for one in among.raised] == [one.finding for one in alone.raised], file.text


PAGE = """Peer is wrong.

## Bad

```yaml
{bad}
```

## Good

```yaml
{good}
```
"""


def with_page(rule: Rule, page: str) -> Rule:
    body = rule.body()._replace(page=page)
    return rule._replace(body=lambda: body)


@pytest.mark.parametrize(
    ("bad", "good"),
    [
        (PEER + "  ttlSecurity: 256", PEER),
        (PEER + "  ttlSecurity: 255  # error: 255", PEER),
        (PEER + "  ttlSecurity: 256  # error: nonsense", PEER),
        (PEER + "  ttlSecurity: 256  # warning: 256", PEER),
        (PEER.rstrip() + "  # error: 256\n  ttlSecurity: 256", PEER),
        (PEER + "  ttlSecurity: 256  # error: 256", PEER + "  ttlSecurity: 300"),
        (PEER + "  ttlSecurity: 256  # error: 256", PEER + "  asNumbr: 1"),
    ],
)
def test_a_page_that_promises_wrongly_is_refused(bad: str, good: str) -> None:
    (rule,) = (rule for rule in RULES if rule.code == "CAL112")
    with pytest.raises(PageError):
        verify(with_page(rule, PAGE.format(bad=bad, good=good)), RULES)


def test_the_frame_of_such_a_page_is_sound() -> None:
    (rule,) = (rule for rule in RULES if rule.code == "CAL112")
    verify(with_page(rule, PAGE.format(bad=PEER + "  ttlSecurity: 256  # error: 256", good=PEER)), RULES)


@pytest.mark.parametrize(
    "page", ["No example.", "x\n\n## Good\n\n```yaml\na: 1\n```\n", "x\n\n## Bad\n\n```yaml\na: 1  # error: x\n```\n"]
)
def test_a_page_without_both_sides_is_refused(page: str) -> None:
    with pytest.raises(PageError):
        examples(page)
