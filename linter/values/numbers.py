"""Decimal numbers and AS numbers in texts."""

from __future__ import annotations

UINT16_MAX = 0xFFFF
UINT32_MAX = 0xFFFFFFFF


def decimal(text: str, limit: int) -> int | None:
    """Go's strconv.ParseUint in base 10: ASCII digits alone, any number of leading zeros, at most `limit`."""
    if not (text.isascii() and text.isdigit()):
        return None
    digits = text.lstrip("0")
    # Python refuses to convert very long digit strings, and no limit here has more digits.
    if len(digits) > 20:
        return None
    number = int(digits or "0")
    return number if number <= limit else None


def as_number(text: str) -> int | None:
    """An AS number written as text: decimal, or two 16-bit halves `high.low` (calico-fields §9.1)."""
    whole = decimal(text, UINT32_MAX)
    if whole is not None:
        return whole
    high_text, _, low_text = text.partition(".")
    high, low = decimal(high_text, UINT16_MAX), decimal(low_text, UINT16_MAX)
    return None if high is None or low is None else high << 16 | low
