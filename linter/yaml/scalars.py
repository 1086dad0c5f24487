"""What a scalar is once Calico's tools have turned YAML into JSON: sigs.k8s.io/yaml over go.yaml.in/yaml/v2.

The reader types a plain scalar by its first character, then by YAML 1.1's words and Go's number syntax; quoted scalars
stay text, tags demand a type (calico-fields §9.1, §10; `cases/yaml.json` holds this module to that library).
"""

from __future__ import annotations

from math import isfinite
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from typing import Final

    from linter.yaml.nodes import Value

    Memo = dict[str, Value]

HINTED: Final = frozenset(["", *"+-.0123456789yYnNtTfFoO~"])
"""First characters of the plain scalars that may be something else than text."""

_MEMO_TEXT = 40
_MEMO_SIZE = 1 << 16
_CORE = "tag:yaml.org,2002:"
_INT64 = 1 << 63
_NUMERIC = frozenset("0123456789abcdefABCDEFxXoO.+-")
_NAMES = {type(None): "null", bool: "bool", int: "int", float: "float", str: "str"}

_WORDS: Final[dict[str, Value]] = {
    **dict.fromkeys(["", "~", "null", "Null", "NULL"]),
    **dict.fromkeys(["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"], True),
    **dict.fromkeys(["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"], False),
    **dict.fromkeys([".nan", ".NaN", ".NAN"], float("nan")),
    **dict.fromkeys([".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"], float("inf")),
    **dict.fromkeys(["-.inf", "-.Inf", "-.INF"], float("-inf")),
}


class Refusal(ValueError):  # noqa: N818
    """A scalar that Calico's reader refuses; the message is its complaint in lower case."""


def plain(text: str, memo: Memo) -> Value:
    """The value of an untagged plain scalar, remembered by its text; infinities and NaN are floats here."""
    if text[:1] not in HINTED:
        return text
    if text in memo:
        return memo[text]
    value = _as_json(_typed(text))
    if 0 < len(text) <= _MEMO_TEXT and len(memo) < _MEMO_SIZE and is_json(value):
        memo[text] = value
    return value


def tagged(text: str, tag: str) -> Value:
    """The value of a scalar of any style under a tag other than `!`.

    Raises:
        Refusal: the text does not have the type that the tag demands.
    """
    name = tag[len(_CORE) :] if tag.startswith(_CORE) else ""
    if name == "binary":
        return _binary(text)
    if name not in ("null", "bool", "int", "float", "timestamp"):
        return text
    value = _typed(text)
    kind = _NAMES[type(value)]
    if kind == name or (name == "timestamp" and _is_timestamp(text)):
        return _as_json(value)
    if name == "float" and isinstance(value, int) and kind == "int" and value < _INT64:
        return _as_json(float(value))
    raise Refusal(f"cannot decode a !!{kind} as a !!{name}")


def is_json(value: Value) -> bool:
    """False for the infinities and NaN, which JSON cannot hold (as keys they have names)."""
    return not isinstance(value, float) or isfinite(value)


def before_json(text: str, tag: str | None, value: Value) -> Value:
    """A key before JSON: `1.0` is a float to the reader, though JSON makes it the integer 1 as a value."""
    if isinstance(value, bool) or not isinstance(value, (int, float)):
        return value
    number = _typed(text)
    return float(number) if tag == _CORE + "float" and isinstance(number, int) else number


def name(value: Value) -> str:
    """The member name that JSON gets for a key of this value.

    Raises:
        Refusal: the key is null or an integer beyond 64 signed bits.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        raise Refusal("unsupported map key: null has no name in JSON")
    if isinstance(value, float):
        return _single(value)
    if value >= _INT64:
        raise Refusal(f"unsupported map key: {value} is no signed 64-bit integer")
    return str(value)


def _typed(text: str) -> Value:
    if text in _WORDS:
        return _WORDS[text]
    if text[0] not in "+-.0123456789":
        return text
    digits = text.replace("_", "")
    if not _NUMERIC.issuperset(digits):
        return text
    value = _real(text) if text[0] == "." else _number(digits)
    return text if value is None else value


def _as_json(value: Value) -> Value:
    """Go writes a whole float below 1e21 without point or exponent: to all who read the JSON it is an integer."""
    if not isinstance(value, float) or not value.is_integer() or abs(value) >= 1e21:
        return value
    mantissa, _, exponent = repr(value).partition("e")
    whole, _, fraction = mantissa.partition(".")
    return int(whole + fraction + "0" * (int(exponent) - len(fraction))) if exponent else int(whole)


def _number(digits: str) -> int | float | None:
    """Go's syntax of integers, then YAML's of decimal floats, then a slip of the reader: `0b-11` is -3."""
    value: int | float | None = _integer(digits, 0)
    if value is None and digits.lstrip("+-")[:1] == "0":
        value = _integer(digits, 8)
    if value is None:
        value = _real(digits)
    if value is None and digits[:3] in ("0b+", "0b-") and not digits[3:].strip("01"):
        value = _integer(digits[2:], 2)
    return value


def _integer(digits: str, base: int) -> int | None:
    try:
        value = int(digits, base)
    except ValueError:
        return None
    signed = digits[0] in "+-"
    return value if -_INT64 <= value < (_INT64 if signed else 2 * _INT64) else None


def _real(digits: str) -> float | None:
    """A float that is finite; the reader takes one beyond the range for text."""
    try:
        value = float(digits)
    except ValueError:
        return None
    return value if isfinite(value) else None


def _is_timestamp(text: str) -> bool:
    import re

    clock = r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?"
    time = rf"[Tt]{clock}(?:Z|[-+]([0-9]{{2}}):([0-9]{{2}}))| +{clock}"
    found = re.fullmatch(rf"([0-9]{{4}})-([0-9]{{1,2}})-([0-9]{{1,2}})(?:{time})?", text)
    if not found:
        return False
    year, month, day, *clocks = (int(group or 0) for group in found.groups())
    bounds = (23, 59, 59, 24, 60, 23, 59, 59)
    return _is_date(year, month, day) and all(number <= most for number, most in zip(clocks, bounds, strict=True))


def _is_date(year: int, month: int, day: int) -> bool:
    leap = year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)
    longest = 30 if month in (4, 6, 9, 11) else 31 if month != 2 else 29 if leap else 28
    return 1 <= month <= 12 and 1 <= day <= longest


def _binary(text: str) -> str:
    """What base64 hides; every byte that is no UTF-8 becomes one replacement character, as Go's JSON has it."""
    import re
    from binascii import a2b_base64

    digits = text.replace("\r", "").replace("\n", "")
    if not re.fullmatch("(?:[A-Za-z0-9+/]{4})*(?:[A-Za-z0-9+/]{2}==|[A-Za-z0-9+/]{3}=)?", digits):
        raise Refusal("!!binary value contains invalid base64 data")
    decoded = a2b_base64(digits).decode("utf-8", "surrogateescape")
    return "".join("\ufffd" if "\ud800" <= character <= "\udfff" else character for character in decoded)


def _single(value: float) -> str:
    """A float key as the reader writes it: the shortest text of its 32-bit neighbour, `1e+06` from seven digits on."""
    single = _to_single(value)
    if not isfinite(single):
        return ".inf" if single > 0 else "-.inf" if single < 0 else ".nan"
    shortest = next(text for text in (f"{single:.{p}e}" for p in range(17)) if _to_single(float(text)) == single)
    mantissa, _, exponent = shortest.partition("e")
    if int(exponent) < -4 or int(exponent) >= 6:
        return shortest
    digits = len(mantissa.lstrip("-").replace(".", ""))
    return f"{float(shortest):.{max(digits - 1 - int(exponent), 0)}f}"


def _to_single(value: float) -> float:
    from struct import pack, unpack

    try:
        (single,) = unpack("<f", pack("<f", value))
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
    return float(single)
