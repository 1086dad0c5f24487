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
    elif value is not None and "string" in types and stored(scalar) == text:
        yield text


def _is_decimal(text: str) -> bool:
    digits = text.removeprefix("-")
    return digits.isascii() and digits.isdigit() and (digits == "0" or not digits.startswith("0"))


def stored(scalar: Scalar) -> str | None:
    """The text that calicoctl makes of a number or boolean (calico-fields §10); None for numbers that it may round."""
    value = scalar.value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, int) and not _is_written_as_float(scalar.text):
        return str(value)
    if not isinstance(value, int | float) or not _LEAST <= abs(value) < _MOST or float(f"{value:.6g}") != value:
        return None
    return f"{value:.6g}"


def _is_written_as_float(text: str) -> bool:
    text = text.lower()
    return "." in text or ("e" in text and "0x" not in text)


_LEAST, _MOST = 1e-4, 1e6
"""Beyond these Go writes an exponent."""
