"""What calicoctl's loader makes of a file, where a page cannot show it: its size and its last line."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from linter.bundle import bundled
from linter.calicoctl import LoaderFault, refusals
from linter.packs import load
from linter.text import Source
from linter.yaml.limits import SIZE
from linter.yaml.parser import documents
from tests.conftest import PEER, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome


def refused(text: str) -> list[tuple[str, str]]:
    source = Source("x.yaml", text)
    faults = list(refusals(source, tuple(documents(source, {}))))
    return [(fault.kind, source[fault.span]) for fault in faults]


@pytest.mark.parametrize("tail", [" ", " # why", "\r", " {}", "\t"])
def test_the_document_above_an_open_last_separator_is_lost(tail: str) -> None:
    assert refused(f"{PEER}---{tail}") == [(LoaderFault.LAST_LINE, f"---{tail}")]


@pytest.mark.parametrize("tail", ["", "\n", " \n", " # why\n", "\r\n", "\n "])
def test_a_last_separator_that_ends_loses_nothing(tail: str) -> None:
    assert refused(f"{PEER}---{tail}") == []
    assert refused(f"--- # {PEER.rstrip()}") == []


def test_a_lost_document_of_others_is_nobodys_business() -> None:
    assert refused("a: 1\n--- # why") == []
    assert refused("") == []
    assert refused('{"apiVersion": "projectcalico.org/v3", "kind": "BGPPeer", "metadata": {"name": "a"}}') == []


def test_a_document_is_as_large_as_calicoctl_reads_it() -> None:
    filled = PEER + "#" * (SIZE - len(PEER))
    assert refused(filled) == []
    assert refused(filled + "#") == [(LoaderFault.SIZE, "a")]
    assert refused("#" * (SIZE + 1)) == []
    assert refused(f"{PEER}  filters: {'[' * 200}{']' * 200}") == []


def test_the_words(folder: Path, peerlint: Callable[..., Outcome]) -> None:
    write(folder, {".peerlint.yaml": "applyPath: calicoctl\n", "a.yaml": f"{PEER}--- # why"})
    write(folder, {"b.yaml": PEER.replace("name: a", "name: b") + "#" * SIZE})
    said = peerlint("check", "--output", "json", "--exit-zero", ".").data["diagnostics"]
    found = [(one["path"], one["message"], one["help"]) for one in said if one["code"] == "CAL009"]
    assert found == [
        (
            "a.yaml",
            "--- # why ends the file without a line break: calicoctl drops the document above it without a word",
            "end the line after ---, or remove it",
        ),
        ("b.yaml", "the document is larger than 10 MiB: calicoctl rejects the whole file", "split it"),
    ]
    write(folder, {".peerlint.yaml": "applyPath: kubectl\n"})
    assert "CAL009" not in peerlint("check", "--output", "json", "--exit-zero", ".").codes


def test_what_the_rule_needs() -> None:
    (rule,) = (rule for rule in load(bundled("rules")) if rule.code == "CAL009")
    assert rule.needs == ("applyPath",)
