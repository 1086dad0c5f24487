"""Durations as Go reads them (calico-fields §9.3)."""

from __future__ import annotations

from functools import lru_cache

from linter.values.numbers import decimal

SECOND = 1_000_000_000

_LIMIT = 1 << 63
_DIGITS = "0123456789"
_UNITS = {
    "ns": 1,
    "us": 1_000,
    "µs": 1_000,  # U+00B5, the micro sign
    "μs": 1_000,  # U+03BC, the Greek letter
    "ms": 1_000_000,
    "s": SECOND,
    "m": 60 * SECOND,
    "h": 3600 * SECOND,
}


@lru_cache(256)
def duration(text: str) -> int | None:
    """Nanoseconds as Go's time.ParseDuration counts them, negative ones included."""
    negative = text.startswith("-")
    terms = text[1:] if text.startswith(("-", "+")) else text
    if terms == "0":
        return 0
    total, position = 0, 0
    while position < len(terms):
        amount, position = _term(terms, position)
        if amount is None or total + amount > _LIMIT:
            return None
        total += amount
    if not terms or (total == _LIMIT and not negative):
        return None
    return -total if negative else total


def whole_seconds(nanoseconds: int) -> int:
    """The seconds calico-node writes for BIRD: halves are rounded away from zero."""
    seconds = (abs(nanoseconds) + SECOND // 2) // SECOND
    return -seconds if nanoseconds < 0 else seconds


def _term(text: str, start: int) -> tuple[int | None, int]:
    """The nanoseconds of the number with its unit at `start` (None if it is none), and where the next begins."""
    point = _digits_end(text, start)
    unit_start = _digits_end(text, point + 1) if text.startswith(".", point) else point
    unit_end = unit_start
    while unit_end < len(text) and text[unit_end] not in "." + _DIGITS:
        unit_end += 1
    whole_text, fraction = text[start:point], text[point + 1 : unit_start]
    unit = _UNITS.get(text[unit_start:unit_end])
    whole = decimal(whole_text or "0", _LIMIT)
    if unit is None or whole is None or not (whole_text or fraction) or whole * unit > _LIMIT:
        return None, unit_end
    return whole * unit + _fraction(fraction, unit), unit_end


def _digits_end(text: str, start: int) -> int:
    while start < len(text) and text[start] in _DIGITS:
        start += 1
    return start


def _fraction(digits: str, unit: int) -> int:
    """What `.digits` of a unit is worth: in floating point, digits beyond 63 bits dropped, as Go does it."""
    value, scale = 0, 1.0
    for digit in digits:
        longer = value * 10 + int(digit)
        if longer > _LIMIT:
            break
        value, scale = longer, scale * 10
    return int(value * (unit / scale))
