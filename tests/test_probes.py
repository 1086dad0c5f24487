"""Small manifests with known verdicts, judged through the command line."""

from __future__ import annotations

import json
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from linter.bundle import bundled
from linter.packs import load

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Outcome

PROBES = json.loads((Path(__file__).parent / "cases" / "probes.json").read_text(encoding="utf-8"))
CODES = {rule.code for rule in load(bundled("rules"))}
FORBIDDEN = {"error": ("error",), "warning": ("error", "warning"), "any": ("error", "warning", "hint")}


@pytest.mark.parametrize("probe", PROBES, ids=lambda probe: probe["name"])
def test_probe(probe: dict[str, Any], folder: Path, peerlint: Callable[..., Outcome]) -> None:
    if reason := not_yet(probe):
        pytest.skip(reason)
    files = dict(probe["files"]) | (
        {".peerlint.yaml": json.dumps(probe["config"])} if probe["config"] is not None else {}
    )
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())
    outcome = peerlint("check", "--output", "json", "--exit-zero", ".")
    assert outcome.status == 0, outcome.err
    said = [one | {"line": one["range"]["start"]["line"]} for one in outcome.data["diagnostics"]]
    for expected in probe["expect"]:
        match = next((one for one in said if all(one[key] == expected[key] for key in ("code", "path", "line"))), None)
        assert match, f"{expected} was not said ({probe['why']}); said: {told(said)}"
        said.remove(match)
    over = [one for one in said if one["severity"] in FORBIDDEN[probe["forbid"]]]
    assert not over, f"{told(over)} should not be said: {probe['why']}"


def not_yet(probe: dict[str, Any]) -> str:
    """Why a probe cannot be judged yet; empty if it can."""
    codes = [expected["code"] for expected in probe["expect"]]
    missing = [code for code in codes if code not in CODES]
    return f"no rule yet: {', '.join(missing)}" if missing else ""


def told(said: list[dict[str, Any]]) -> str:
    return "; ".join(f"{one['path']}:{one['line']} {one['code']} {one['message']}" for one in said)
