"""The published hooks, run by pre-commit itself from this repository."""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

import pytest

from tests.conftest import PEER, write

CHECKOUT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def index(tmp_path_factory: pytest.TempPathFactory) -> None:
    """Hooks are installed by pip, which must reach a package index."""
    asked = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--retries", "0", "pathspec"]
    answer = subprocess.run([*asked, "--dest", tmp_path_factory.mktemp("download")], capture_output=True, check=False)
    if answer.returncode:
        pytest.skip("no package index can be reached, from which pre-commit installs hooks")


@pytest.mark.slow
def test_the_hooks(folder: Path, index: None, tmp_path_factory: pytest.TempPathFactory) -> None:
    faulty, other = PEER + "  ttlSecurity: 256\n", PEER.replace("name: a", "name: b") + "  ttlSecurity: 300\n"
    mended = PEER.replace("name: a", "name: f")
    files = {
        "a.yaml": faulty,
        "f.yaml": mended.replace("64512", "'64512'"),
        "b.yaml": other,
        "ignored/c.yaml": faulty,
        "nodes/d.yaml": other,
        ".gitignore": "ignored/\n",
    }
    write(folder, {**files, ".peerlint.yaml": "inventory: [nodes]\n"})
    subprocess.run(["git", "init", "--quiet"], cwd=folder, check=True)
    subprocess.run(["git", "add", "--all"], cwd=folder, check=True)
    home = tmp_path_factory.mktemp("pre-commit")
    answer = subprocess.run(
        [sys.executable, "-m", "pre_commit", "try-repo", str(CHECKOUT), "--files", "a.yaml", "f.yaml", "--verbose"],
        env={**os.environ, "PRE_COMMIT_HOME": str(home), "GIT_CONFIG_GLOBAL": os.devnull},
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
    )
    assert answer.returncode == 1, answer.stdout + answer.stderr
    _, given, fix, workspace = answer.stdout.split("- hook id: ")
    assert "a.yaml:7:16" in given
    assert "b.yaml:7:16" not in given
    assert workspace.startswith("peerlint-workspace\n")
    assert "a.yaml:7:16" in workspace
    assert "b.yaml:7:16" in workspace
    assert "ignored" not in workspace
    assert "nodes" not in given + workspace
    assert fix.startswith("peerlint-fix\n")
    assert "files were modified by this hook" in fix
    assert "f.yaml:6" in given + workspace
    assert "f.yaml:6" not in fix
    assert (folder / "f.yaml").read_text() == mended
