"""A rule is added by adding one file: the one that CONTRIBUTING.md shows."""

from __future__ import annotations

import re
import shutil
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

from linter.bundle import bundled
from linter.examples import verify
from linter.packs import PackError, load
from tests.conftest import PEER, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Outcome

CONTRIBUTING = (Path(__file__).parents[1] / "CONTRIBUTING.md").read_text(encoding="utf-8")
MODULES = ("linter.cli.check", "linter.cli.rules", "linter.cli.explain")


@pytest.fixture
def pack(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """The core pack with the rule of CONTRIBUTING.md beside the others."""
    (text,) = re.findall(r"````python\n(.*?)````", CONTRIBUTING, re.DOTALL)
    (name,) = re.findall(r"`(rules/peer/\w+\.py)`", CONTRIBUTING)
    rules = tmp_path / "rules"
    shutil.copytree(bundled("rules"), rules, ignore=shutil.ignore_patterns("__pycache__"))
    (tmp_path / name).write_text(text, encoding="utf-8")
    for module in MODULES:
        monkeypatch.setattr(f"{module}.bundled", lambda _: str(rules))
    return rules


def test_one_file_is_a_rule(pack: Path, folder: Path, peerlint: Callable[..., Outcome]) -> None:
    rules = load(str(pack))
    (rule,) = (rule for rule in rules if rule.name == "my-rule")
    verify(rule, rules)
    write(folder, {"a.yaml": PEER + "  nextHopMode: Keep\n"})
    assert peerlint("check", "--output", "json", "a.yaml").codes == [rule.code]
    write(folder, {"a.yaml": PEER + "  nextHopMode: Keep  # peerlint: ignore[my-rule] it is meant\n"})
    assert peerlint("check", "--output", "json", "a.yaml").codes == []
    assert "my-rule" in peerlint("rules").out
    assert rule.summary in peerlint("explain", "my-rule").out


def test_rules_on_trial_speak_when_asked(pack: Path, folder: Path, peerlint: Callable[..., Outcome]) -> None:
    path = pack / "peer" / "my_rule.py"
    path.write_text(path.read_text().replace("Severity.WARNING)", "Severity.WARNING, preview=True)"))
    write(folder, {"a.yaml": PEER + "  nextHopMode: Keep\n"})
    assert peerlint("check", "--output", "json", "a.yaml").codes == []
    assert peerlint("check", "--output", "json", "--preview", "a.yaml").codes == ["CAL199"]


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda text: text.replace("CAL199", "CAL112"), "CAL112 names two rules"),
        (lambda text: text.replace("@document_rule", "# "), "exactly one decorated check"),
        (lambda text: text.replace("from linter", "from nowhere"), "ModuleNotFoundError"),
        (lambda text: text.split('"""', 2)[2], "no docstring"),
        (lambda text: text + "\nraise ValueError('x')\n", "ValueError: x"),
    ],
)
def test_a_malformed_rule_file_is_refused_by_name(pack: Path, change: Callable[[str], str], complaint: str) -> None:
    path = pack / "peer" / "my_rule.py"
    path.write_text(change(path.read_text()))
    with pytest.raises(PackError, match=re.escape(complaint)):
        load(str(pack))


def test_a_rule_that_raises_is_one_finding(pack: Path, folder: Path, peerlint: Callable[..., Outcome]) -> None:
    path = pack / "peer" / "my_rule.py"
    path.write_text(path.read_text().replace("    if (mode", "    raise RuntimeError('broken')\n    if (mode"))
    write(folder, {"a.yaml": PEER + "  ttlSecurity: 256\n"})
    outcome = peerlint("check", "--output", "json", "a.yaml")
    assert sorted(outcome.codes) == ["CAL013", "CAL112"]
    assert "my-rule" in outcome.data["diagnostics"][0]["message"]
