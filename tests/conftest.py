"""What tests of several rooms share: the command line in this process, and the cases kept outside the repository."""

from __future__ import annotations

import json
import os
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

import pytest

from linter.cli import run

if TYPE_CHECKING:
    from collections.abc import Callable


PEER = """\
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: {name: a}
spec:
  peerIP: 192.0.2.1
  asNumber: 64512
"""
"""A sound manifest, to be spoilt."""


class Outcome(NamedTuple):
    """What one command answered."""

    status: int
    out: str
    err: str

    @property
    def data(self) -> Any:
        return json.loads(self.out)

    @property
    def codes(self) -> list[str]:
        return [one["code"] for one in self.data["diagnostics"]]


@pytest.fixture
def peerlint(capsys: pytest.CaptureFixture[str]) -> Callable[..., Outcome]:
    """Run a command as the command line would, in the working directory of the test."""

    def command(*arguments: str) -> Outcome:
        capsys.readouterr()
        try:
            status = run(arguments)
        except SystemExit as end:
            status = int(end.code or 0)
        out, err = capsys.readouterr()
        return Outcome(status, out, err)

    return command


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty working directory that is no part of any repository."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


def write(folder: Path, files: dict[str, str]) -> None:
    """Write files below a folder, line ends as they are."""
    for name, text in files.items():
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(text.encode())


@pytest.fixture
def cases() -> Path:
    """The folder of cases that stay outside the repository."""
    path = os.environ.get("PEERLINT_CASES")
    if not path:
        pytest.skip("PEERLINT_CASES names no folder of cases")
    return Path(path)


SLOW = ("properties", "packaging", "test_limits.py", "test_hostile.py")
"""Folders and files whose tests search or build; `-m "not slow"` leaves them out."""


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    for item in items:
        if not set(SLOW).isdisjoint(item.path.parts):
            item.add_marker("slow")
