"""No text takes more time or memory than it is worth."""

from __future__ import annotations

import json
import time
from itertools import pairwise
from typing import TYPE_CHECKING

import pytest

from linter.text import Source
from linter.yaml import limits
from linter.yaml.builder import DEPTH
from linter.yaml.nodes import Document, Fault
from linter.yaml.parser import documents
from linter.yaml.plain import plain

if TYPE_CHECKING:
    from collections.abc import Iterator


def read(text: str) -> Document:
    (document,) = documents(Source("a.yaml", text), {})
    return document


def refused(text: str, reason: str) -> None:
    document = read(text)
    assert document.root is None
    assert [fault.kind for fault in document.faults] == [Fault.LIMIT]
    assert reason in document.faults[0].reason


@pytest.fixture
def within_seconds() -> Iterator[None]:
    """Far above what it takes here, far below what it would take without bounds."""
    start = time.process_time()
    yield
    assert time.process_time() - start < 10


@pytest.mark.usefixtures("within_seconds")
@pytest.mark.parametrize("opening", ["[", "{", "{a: ", "- ", "? ", "[a, ", "[\n"])
@pytest.mark.parametrize("depth", [DEPTH + 1, 10_000, 200_000])
def test_nesting(opening: str, depth: int) -> None:
    refused(opening * depth, "nested more than 100 deep")


def test_nesting_within_the_bound() -> None:
    document = read("[" * DEPTH + "]" * DEPTH)
    assert not document.faults
    json.dumps(plain(document.root))


def laughs(item: str) -> str:
    levels = (
        f"{later}: &{later} {item % ', '.join([f'*{earlier}'] * 9)}\n"
        for earlier, later in pairwise("abcdefghijklmnop")
    )
    return "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(levels)


@pytest.mark.usefixtures("within_seconds")
def test_a_billion_laughs() -> None:
    refused(laughs("[%s]"), "document contains excessive aliasing")


@pytest.mark.usefixtures("within_seconds")
def test_a_billion_merges() -> None:
    bomb = laughs("{<<: [%s]}").replace("[x, x, x, x, x, x, x, x, x]", "{x: 1}")
    refused(bomb, "document contains excessive aliasing")


@pytest.mark.usefixtures("within_seconds")
def test_one_large_mapping_merged_many_times() -> None:
    keys = ", ".join(f"k{number}: 1" for number in range(1000))
    refused(f"a: &a {{{keys}}}\nb:\n" + "- {<<: *a}\n" * 10_000, "document contains excessive aliasing")


def test_aliases_that_the_reader_allows() -> None:
    document = read("a: &a [x, y]\nb: [" + ", ".join(["*a"] * 500) + "]\nc: [" + ", ".join(["1"] * 50) + "]")
    assert not document.faults


@pytest.mark.parametrize(("items", "allowed"), [(199, True), (200, False)])
def test_the_bound_on_aliases_is_the_readers(items: int, allowed: bool) -> None:
    """At most 99 of 100 steps may come from aliases; measured with go.yaml.in/yaml/v2 2.4.4."""
    document = read("a: &a [" + ", ".join(["x"] * 200) + "]\nc: [" + ", ".join(["*a"] * items) + "]")
    assert (document.root is not None) is allowed


@pytest.mark.parametrize(("items", "allowed"), [(198, True), (199, False)])
def test_the_bound_on_merges_is_the_readers(items: int, allowed: bool) -> None:
    keys = ", ".join(f"k{number}: x" for number in range(200))
    document = read(f"a: &a {{{keys}}}\nc:\n" + "- <<: *a\n" * items)
    assert (document.root is not None) is allowed


@pytest.mark.parametrize(("levels", "allowed"), [(97, True), (98, False)])
def test_aliases_nest_as_deep_as_what_is_written_out(levels: int, allowed: bool) -> None:
    chain = "a0: &a0 [[x]]\n" + "".join(f"a{number + 1}: &a{number + 1} [*a{number}]\n" for number in range(levels))
    assert (read(chain).root is not None) is allowed


def test_aliases_that_nest() -> None:
    chain = "a0: &a0 [x]\n" + "".join(f"a{number + 1}: &a{number + 1} [*a{number}]\n" for number in range(3000))
    refused(chain, "aliases nest the document more than 100 deep")


@pytest.mark.usefixtures("within_seconds")
@pytest.mark.parametrize(
    ("start", "unit", "times"),
    [("a: ", "x", 50_000_000), ("[", "1,", 25_000_000), ("", "-", 50_000_000), ("", "é", 6_000_000)],
)
def test_documents_of_more_than_ten_mebibytes(start: str, unit: str, times: int) -> None:
    refused(start + unit * times, "larger than 10 MiB")


def test_the_bound_is_on_documents_not_on_files() -> None:
    long = "a: " + "x" * 6_000_000
    assert [bool(document.root) for document in documents(Source("a", f"{long}\n---\n{long}\n"), {})] == [True, True]


def test_a_document_just_within_the_bound() -> None:
    assert read("a: " + "x" * (limits.SIZE - 3)).root is not None
    refused("a: " + "x" * (limits.SIZE - 2), "larger than 10 MiB")


@pytest.mark.usefixtures("within_seconds")
@pytest.mark.parametrize("unit", ["1,", "- a\n", "- &a a\n"])
def test_documents_of_many_values(unit: str) -> None:
    refused(("[" if unit == "1," else "") + unit * 600_000, "more than 500,000 values")


@pytest.mark.usefixtures("within_seconds")
def test_tag_directives() -> None:
    refused("".join(f"%TAG !a{number}! x\n" for number in range(600_000)) + "---\na: 1", "%TAG directives")


@pytest.mark.usefixtures("within_seconds")
def test_colons_that_only_a_reading_finds() -> None:
    refused("[" + "-a:b, " * 200_000 + "]", "too many colons")
    _, second = documents(Source("a.yaml", "a: 1\n---\n[" + "-a:b, " * 200_000 + "]"), {})
    assert second.source[second.faults[0].span] == ":"
    assert not read("[" + "a:b, " * 80_000 + "]").faults
    assert not read("[" + "-a:b, " * 20 + "]").faults


@pytest.mark.usefixtures("within_seconds")
@pytest.mark.parametrize(
    ("start", "unit", "times"),
    [
        ("", "!", 3_000_000),
        ("!a", " ", 3_000_000),
        ("", "\ufeff", 1_000_000),
        ("", " ", 9_000_000),
        ("", "# x\n", 1_000_000),
        ("", '"', 3_000_000),
        ('"', "\\x41", 1_000_000),
        ('"', "\\'", 1_000_000),
        ('"', "\\/", 1_000_000),
        ("a: >\n", " x\n", 1_000_000),
        ("a: |\n", "  \n", 1_000_000),
        ("", "? \n", 50_000),
        ("", "k: 1\n", 50_000),
        ("", "\n---", 50_000),
        ("a:", " \n", 1_000_000),
        ("", "%", 1_000_000),
        ("", "\n%", 300_000),
        ("[" * 90, "1,", 100_000),
        ("a\n...\n", "#\n", 3_000_000),
        ("{", " \n", 3_000_000),
    ],
)
def test_long_texts_of_one_kind(start: str, unit: str, times: int) -> None:
    for document in documents(Source("a.yaml", start + unit * times), {}):
        assert len(document.faults) <= 100
