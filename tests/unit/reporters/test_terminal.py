"""Colour, width and line art follow the user, the environment and the stream."""

from __future__ import annotations

import io
from typing import TYPE_CHECKING

import pytest

from linter.reporters.terminal import NARROWEST, alphabet, colored, columns

if TYPE_CHECKING:
    from linter.reporters import Color


class Screen(io.StringIO):
    """A terminal."""

    def isatty(self) -> bool:
        return True


@pytest.mark.parametrize(
    ("choice", "screen", "environment", "expected"),
    [
        ("auto", True, {}, True),
        ("auto", False, {}, False),
        ("auto", True, {"NO_COLOR": "1"}, False),
        ("auto", True, {"NO_COLOR": ""}, True),
        ("auto", True, {"TERM": "dumb"}, False),
        ("auto", False, {"FORCE_COLOR": "1"}, True),
        ("auto", False, {"FORCE_COLOR": "0"}, False),
        ("auto", False, {"CLICOLOR_FORCE": "1"}, True),
        ("auto", False, {"FORCE_COLOR": "1", "NO_COLOR": "1"}, False),
        ("always", False, {"NO_COLOR": "1"}, True),
        ("never", True, {"FORCE_COLOR": "1"}, False),
    ],
)
def test_colour_follows_the_user_then_the_environment_then_the_stream(
    monkeypatch: pytest.MonkeyPatch, choice: Color, screen: bool, environment: dict[str, str], expected: bool
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "CLICOLOR_FORCE", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert colored(choice, Screen() if screen else io.StringIO()) is expected


def test_width_follows_the_option_then_the_environment(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("COLUMNS", "90")
    assert columns(70, io.StringIO()) == 70
    assert columns(None, io.StringIO()) == 90
    assert columns(3, io.StringIO()) == NARROWEST
    for nonsense in ("0", "-1", "wide", ""):
        monkeypatch.setenv("COLUMNS", nonsense)
        assert columns(None, io.StringIO()) == columns(None, Screen()) == 100


@pytest.mark.parametrize(
    ("encoding", "bar"), [("utf-8", "│"), ("ascii", "|"), ("cp1252", "|"), ("utf-16", "│"), ("gb18030", "│")]
)
def test_line_art_follows_the_encoding(encoding: str, bar: str) -> None:
    assert alphabet(io.TextIOWrapper(io.BytesIO(), encoding=encoding)).bar == bar
