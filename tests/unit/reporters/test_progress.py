"""The progress line: late, on a terminal only, and gone at the end."""

from __future__ import annotations

import io
from typing import NoReturn

import pytest

from linter.reporters.progress import Progress


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


class Clock:
    """Seconds that pass when told to."""

    def __init__(self) -> None:
        self.now = 0.0

    def __call__(self) -> float:
        return self.now


@pytest.fixture
def _no_ci(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("CI", raising=False)
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setenv("COLUMNS", "40")


@pytest.mark.usefixtures("_no_ci")
def test_progress_waits_and_leaves_no_trace() -> None:
    screen, clock = Screen(), Clock()
    with Progress(screen, clock=clock) as progress:
        for done, now in enumerate((0.1, 0.4, 0.6, 0.65, 0.8)):
            clock.now = now
            progress.step(done, 5, "clusters/production/日本/\x1bpeers.yaml")
    words = screen.getvalue().split("\r\x1b[K")
    assert words == ["", "checking 2 of 5: …tion/日本/␛peers.yaml", "checking 4 of 5: …tion/日本/␛peers.yaml", ""]


@pytest.mark.usefixtures("_no_ci")
def test_progress_is_silent_where_nobody_looks(monkeypatch: pytest.MonkeyPatch) -> None:
    clock = Clock()
    screens = [io.StringIO(), Screen()]
    watches = [Progress(screens[0], clock=clock), Progress(screens[1], quiet=True, clock=clock)]
    monkeypatch.setenv("CI", "true")
    screens.append(Screen())
    watches.append(Progress(screens[2], clock=clock))
    clock.now = 9
    for watch in watches:
        with watch:
            watch.step(1, 2, "a.yaml")
    assert [screen.getvalue() for screen in screens] == ["", "", ""]


@pytest.mark.usefixtures("_no_ci")
def test_progress_gives_up_on_a_closed_terminal() -> None:
    class Gone(Screen):
        def write(self, text: str, /) -> NoReturn:
            raise BrokenPipeError(32, "Broken pipe")

    clock = Clock()
    with Progress(Gone(), clock=clock) as progress:
        clock.now = 1
        progress.step(1, 2, "a.yaml")
        progress.step(2, 2, "a.yaml")
