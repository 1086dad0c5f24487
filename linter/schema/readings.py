"""What a scalar of the wrong type could be read as."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.yaml.nodes import Scalar

_WORDS = {"true": True, "yes": True, "on": True, "false": False, "no": False, "off": False}
"""The words that YAML 1.1 has for booleans."""


def readings(scalar: Scalar, types: tuple[str, ...]) -> Iterator[object]:
    """The value of an allowed JSON type that the author can have meant by what is written; one at most."""
    text, value = scalar.text, scalar.value
    if isinstance(value, str):
        if "boolean" in types and text.lower() in _WORDS:
            yield _WORDS[text.lower()]
        if {"integer", "number"} & set(types) and _is_decimal(text):
            yield int(text)
    elif value is not None and "string" in types and _as_text(value) == text:
        yield text


def _is_decimal(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and (digits == "0" or not digits.startswith("0"))


def _as_text(value: float) -> str:
    """A number or boolean as calicoctl makes text of it (calico-fields §10)."""
    return ("true" if value else "false") if isinstance(value, bool) else str(value)
