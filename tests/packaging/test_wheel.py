"""The built wheel brings its rules and schemas, and runs away from the checkout."""

from __future__ import annotations

import json
import os
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

from tests.conftest import PEER, write

CHECKOUT = Path(__file__).parents[2]
RUN = "import sys; sys.argv[0] = 'peerlint'; from linter.__main__ import main; sys.exit(main())"


@pytest.fixture(scope="module")
def unpacked(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("wheel")
    build = [
        sys.executable,
        "-m",
        "pip",
        "wheel",
        "--no-deps",
        "--no-build-isolation",
        "--quiet",
        "--wheel-dir",
        str(folder),
    ]
    subprocess.run([*build, str(CHECKOUT)], check=True, capture_output=True)
    (wheel,) = folder.glob("*.whl")
    with zipfile.ZipFile(wheel) as file:
        file.extractall(folder / "site")
    return folder / "site"


@pytest.mark.slow
def test_the_wheel_runs_by_itself(unpacked: Path, folder: Path) -> None:
    write(folder, {"a.yaml": PEER.replace("asNumber", "asNumbr")})
    answer = subprocess.run(
        [sys.executable, "-P", "-c", RUN, "check", "--output", "json", "a.yaml"],
        env={**os.environ, "PYTHONPATH": str(unpacked)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1, answer.stderr
    assert [one["code"] for one in json.loads(answer.stdout)["diagnostics"]] == ["CAL022"]


@pytest.mark.slow
def test_the_wheel_puts_only_linter_into_site_packages(unpacked: Path) -> None:
    assert {path.name for path in unpacked.iterdir() if not path.name.endswith(".dist-info")} == {"linter"}
    assert (unpacked / "linter" / "_bundled" / "schemas" / "3.33" / "projectcalico.org" / "bgppeer_v3.json").is_file()
    assert (unpacked / "linter" / "py.typed").is_file()


@pytest.mark.slow
def test_the_wheel_knows_its_rules_without_reading_them(unpacked: Path) -> None:
    listed = "from linter.packs import load; from linter.bundle import bundled; import sys; "
    listed += "rules = load(bundled('rules')); print([rule[:5] + rule[6:] for rule in rules]); "
    listed += "print(sum(name.startswith('linter_pack') for name in sys.modules)); print([rule.page for rule in rules])"
    told = []
    for home in (unpacked, CHECKOUT):
        answer = subprocess.run(
            [sys.executable, "-P", "-c", listed],
            env={**os.environ, "PYTHONPATH": str(home)},
            capture_output=True,
            text=True,
            check=True,
        )
        told.append(answer.stdout.splitlines())
    (indexed, opened, pages), (read, _, written) = told
    assert (indexed, pages) == (read, written)
    assert opened == "1"
