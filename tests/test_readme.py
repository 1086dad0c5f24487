"""What the README shows is what happens."""

from __future__ import annotations

import re
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pytest

    from tests.conftest import Outcome

CHECKOUT = Path(__file__).parents[1]
README = (CHECKOUT / "README.md").read_text(encoding="utf-8")


def test_the_frame_is_rendered(peerlint: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(CHECKOUT)
    monkeypatch.setenv("COLUMNS", "100")
    shown = re.search(r"```text\n\$ peerlint check examples/\n(.*?)```", README, re.DOTALL)
    assert shown
    assert peerlint("check", "examples/").out == shown[1]


def test_the_configuration_is_accepted(peerlint: Callable[..., Outcome], folder: Path) -> None:
    (example,) = re.findall(r"```yaml\n(calicoVersion.*?)```", README, re.DOTALL)
    (folder / "cluster").mkdir()
    (folder / "clusters" / "prod").mkdir(parents=True)
    for name in ("cluster/nodes.yaml", "clusters/prod/a.yaml"):
        (folder / name).write_text("")
    (folder / ".peerlint.yaml").write_text(example)
    assert peerlint("check").status == 0


def test_ci_runs_the_test_command_of_the_readme() -> None:
    script = (CHECKOUT / ".ci" / "run").read_text(encoding="utf-8")
    (command,) = (block for block in re.findall(r"```sh\n(.*?)\n```", README, re.DOTALL) if "pytest" in block)
    assert f"({command})" in script
