"""What calicoctl's loader makes of a file, where a page cannot show it: its size and its last line."""

from __future__ import annotations

import pytest

from linter.calicoctl import LoaderFault, refusals
from linter.text import Source
from linter.yaml.limits import SIZE
from linter.yaml.parser import documents
from tests.conftest import PEER


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


def test_a_document_is_as_large_as_calicoctl_reads_it() -> None:
    filled = PEER + "#" * (SIZE - len(PEER))
    assert refused(filled) == []
    assert refused(filled + "#") == [(LoaderFault.SIZE, "a")]
    assert refused("#" * (SIZE + 1)) == []
