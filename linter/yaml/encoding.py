"""Bytes to text, as Calico's reader decodes them."""

from __future__ import annotations

from codecs import BOM_UTF8, BOM_UTF16_BE, BOM_UTF16_LE

from linter.text import Source, Span
from linter.yaml.nodes import Fault

_MOST_FAULTS = 20


def decode(path: str, data: bytes) -> tuple[Source, tuple[Fault, ...]]:
    """The text of a file, without its byte order mark, and what in it is no text.

    UTF-8, or UTF-16 where a byte order mark says so (the rule of go.yaml.in/yaml/v2). Bytes that are none of it are
    refused, each shown as U+FFFD; UTF-16 without a mark is shown as what it is, and refused too.
    """
    encoding, marked = _encoding(data)
    text, faults = _decode(data[marked:], encoding)
    if encoding.startswith("utf-16") and not marked:
        reason = "UTF-16 without a byte order mark: Calico's reader takes it for UTF-8 and stops at the first NUL"
        faults = (Fault(Fault.INVALID, reason, Span(0, 1)), *faults)
    return Source(path, text), faults


def encode(text: str, like: bytes) -> bytes:
    """The bytes of a text in the encoding of other bytes, with the byte order mark that those have."""
    encoding, marked = _encoding(like)
    return like[:marked] + text.encode(encoding)


def _encoding(data: bytes) -> tuple[str, int]:
    """The encoding and the length of the mark that tells it; without a mark, UTF-16 by where its NUL bytes stand."""
    for mark, encoding in ((BOM_UTF16_LE, "utf-16-le"), (BOM_UTF16_BE, "utf-16-be"), (BOM_UTF8, "utf-8")):
        if data.startswith(mark):
            return encoding, len(mark)
    start = data[:64]
    if len(start) >= 4 and b"\0" in start:
        if not any(start[1::2]) and all(start[::2]):
            return "utf-16-le", 0
        if not any(start[::2]) and all(start[1::2]):
            return "utf-16-be", 0
    return "utf-8", 0


def _decode(data: bytes, encoding: str) -> tuple[str, tuple[Fault, ...]]:
    text = ""
    faults: list[Fault] = []
    while len(faults) < _MOST_FAULTS:
        try:
            return text + data.decode(encoding), tuple(faults)
        except UnicodeDecodeError as error:
            wrong = data[error.start : error.end]
            text += data[: error.start].decode(encoding)
            name = encoding[:6].upper().rstrip("-")
            reason = f"{' '.join(f'0x{byte:02X}' for byte in wrong)}: no {name} ({error.reason})"
            faults.append(Fault(Fault.INVALID, reason, Span(len(text), len(text) + 1)))
            text += "\ufffd"
            data = data[error.end :]
    return text + data.decode(encoding, "replace"), tuple(faults)
