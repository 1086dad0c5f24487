"""Bytes become text as Calico's reader decodes them, and never an exception."""

from __future__ import annotations

import pytest

from linter.yaml.encoding import decode
from linter.yaml.nodes import Document, Fault
from linter.yaml.parser import documents

TEXT = "a: é😀\nb: 1\n"


def read(data: bytes) -> tuple[Document, ...]:
    source, faults = decode("a.yaml", data)
    return tuple(documents(source, {}, faults))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be"])
def test_encodings_of_yaml(encoding: str) -> None:
    mark = "\ufeff" if encoding in ("utf-16-le", "utf-16-be") else ""
    source, faults = decode("a.yaml", (mark + TEXT).encode(encoding))
    assert source.text == TEXT
    assert source.path == "a.yaml"
    assert faults == ()


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be"])
def test_utf_16_without_a_mark_is_shown_and_refused(encoding: str) -> None:
    source, (fault,) = decode("a.yaml", "kind: Node\n".encode(encoding))
    assert source.text == "kind: Node\n"
    assert fault.kind == Fault.INVALID
    assert fault.reason.startswith("UTF-16 without a byte order mark")
    assert fault.span == (0, 1)
    (document,) = read("kind: Node\n".encode(encoding))
    assert document.root is None


def test_a_nul_is_no_sign_of_utf_16() -> None:
    source, faults = decode("a.yaml", b"a: b\0c: d\n")
    assert (source.text, faults) == ("a: b\0c: d\n", ())


def test_a_byte_that_is_no_utf_8_has_its_place() -> None:
    source, (fault,) = decode("a.yaml", b"a: \xc3\xa9\nb: caf\xe9\nc: 1\n")
    assert source.text == "a: é\nb: caf\ufffd\nc: 1\n"
    assert source[fault.span] == "\ufffd"
    assert source.position(fault.span.start)[:2] == (2, 7)
    assert fault.reason == "0xE9: no UTF-8 (invalid continuation byte)"


@pytest.mark.parametrize(
    "data",
    [b"\xff", b"a\xc0\xaf", b"\xed\xa0\x80", b"\xf4\x90\x80\x80", b"\xe2\x82", b"\xfe\xff\xd8\x00", b"\xff\xfea"],
)
def test_what_is_no_text_is_refused(data: bytes) -> None:
    source, faults = decode("a.yaml", data)
    assert faults
    for fault in faults:
        assert source[fault.span] == "\ufffd"


def test_many_wrong_bytes_are_told_a_few_times() -> None:
    source, faults = decode("a.yaml", b"\xff" * 100_000)
    assert len(source.text) == 100_000
    assert 0 < len(faults) <= 20


def test_a_wrong_byte_breaks_its_own_document() -> None:
    broken, sound = read(b"a: \xff\n---\nb: 1\n")
    assert broken.root is None
    assert [fault.kind for fault in broken.faults] == [Fault.INVALID]
    assert sound.root is not None
    assert not sound.faults


def test_a_wrong_byte_in_a_comment_is_told_too() -> None:
    (document,) = read(b"# caf\xe9\n")
    assert document.root is None
    assert [fault.kind for fault in document.faults] == [Fault.INVALID]


@pytest.mark.parametrize(
    ("character", "name"),
    [("\0", "U+0000"), ("\x07", "U+0007"), ("\x7f", "U+007F"), ("\x9f", "U+009F"), ("\uffff", "U+FFFF")],
)
def test_control_characters(character: str, name: str) -> None:
    broken, sound = read(f"a: 1\nb: é{character}\n---\nc: 1\n".encode())
    (fault,) = broken.faults
    assert (fault.kind, fault.reason) == (Fault.INVALID, f"{name}: control characters are not allowed")
    assert broken.source[fault.span] == character
    assert sound.root is not None
