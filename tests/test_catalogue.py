"""The catalogue of rules in the repository is the one that the rules give."""

from __future__ import annotations

from pathlib import Path

from linter.bundle import bundled
from linter.cli.rules import as_markdown
from linter.packs import load

CATALOGUE = Path(__file__).parents[1] / "rules" / "README.md"


def test_the_catalogue_is_fresh() -> None:
    said = "rules/README.md is not fresh: peerlint rules --output markdown > rules/README.md"
    assert CATALOGUE.read_text(encoding="utf-8") == as_markdown(load(bundled("rules"))), said
