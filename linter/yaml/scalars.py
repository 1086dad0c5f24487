"""What a scalar is once Calico's tools have turned YAML into JSON: sigs.k8s.io/yaml over go.yaml.in/yaml/v2.

The reader types a plain scalar by its first character, then by YAML 1.1's words and Go's number syntax; quoted scalars
stay text, tags demand a type (calico-fields §9.1, §10; every statement here is held to the cases of that library).
"""

from __future__ import annotations

import re
from math import isfinite
from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from linter.yaml.nodes import Value

    Memo = dict[str, Value]

HINTED: Final = frozenset(["", *"+-.0123456789yYnNtTfFoO~"])
"""First characters of the plain scalars that may be something else than text."""

_MEMO_TEXT = 40
_MEMO_SIZE = 1 << 16
_CORE = "tag:yaml.org,2002:"
_TYPED = frozenset(["null", "bool", "int", "float", "timestamp"])
_NAMES = {type(None): "null", bool: "bool", int: "int", float: "float", str: "str"}
_INT64 = 1 << 63

_WORDS: Final[dict[str, Value]] = {
    **dict.fromkeys(["", "~", "null", "Null", "NULL"]),
    **dict.fromkeys(["y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON"], True),
    **dict.fromkeys(["n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF"], False),
    **dict.fromkeys([".nan", ".NaN", ".NAN"], float("nan")),
    **dict.fromkeys([".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF"], float("inf")),
    **dict.fromkeys(["-.inf", "-.Inf", "-.INF"], float("-inf")),
}

_INTEGER = re.compile(r"([-+]?)(?:0[xX]([0-9a-fA-F]+)|0[bB]([01]+)|0[oO]?([0-7]+)|(0|[1-9][0-9]*))")
_SIGNED_BINARY = re.compile(r"0b([-+][01]+)")
_FLOAT = re.compile(r"[-+]?(?:\.[0-9]+|[0-9]+(?:\.[0-9]*)?)(?:[eE][-+]?[0-9]+)?")
_POINT_FLOAT = re.compile(r"\.[0-9](?:_?[0-9])*(?:[eE][-+]?[0-9](?:_?[0-9])*)?")
_DATE = r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})"
_CLOCK = r"([0-9]{1,2}):([0-9]{1,2}):([0-9]{1,2})(?:[.,][0-9]+)?"
_UNDECODED = re.compile("[\udc80-\udcff]")
_TIMESTAMP = re.compile(_DATE + "(?:(?:[Tt]" + _CLOCK + "(?:Z|[-+]([0-9]{2}):([0-9]{2}))| +" + _CLOCK + "))?")


class Refusal(ValueError):
    """A scalar that Calico's reader refuses; the message is its complaint in lower case."""


def plain(text: str, memo: Memo) -> Value:
    """The value of an untagged plain scalar, remembered by its text; infinities and NaN are floats here."""
    if text[:1] not in HINTED:
        return text
    if text in memo:
        return memo[text]
    value = _typed(text)
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
    if name not in _TYPED:
        return text
    value = _typed(text)
    kind = "timestamp" if name == "timestamp" and is_timestamp(text) else _NAMES[type(value)]
    if kind == name:
        return value
    if name == "float" and kind == "int" and value < _INT64:  # type: ignore[operator]
        return float(value)  # type: ignore[arg-type]
    raise Refusal(f"cannot decode !!{kind} `{text}` as a !!{name}")


def is_json(value: Value) -> bool:
    """False for the infinities and NaN, which JSON cannot hold (as keys they have names)."""
    return value.__class__ is not float or isfinite(value)  # type: ignore[arg-type]


def key(value: Value) -> str:
    """The member name that JSON gets for a key of this value.

    Raises:
        Refusal: the key is null or an integer beyond 64 signed bits.
    """
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if value is None:
        raise Refusal("a key that is null has no name in JSON")
    if isinstance(value, float):
        return _single(value)
    if value >= _INT64:
        raise Refusal(f"unsupported map key {value}: it is no signed 64-bit integer")
    return str(value)


def is_timestamp(text: str) -> bool:
    """Whether the text is a date or a time as the reader knows them; such plain scalars stay text."""
    found = _TIMESTAMP.fullmatch(text)
    if not found:
        return False
    numbers = [int(group or 0) for group in found.groups()]
    year, month, day, *clock = numbers
    hours, minutes, seconds = max(clock[0], clock[5]), max(clock[1], clock[6]), max(clock[2], clock[7])
    if hours > 23 or minutes > 59 or seconds > 59 or clock[3] > 24 or clock[4] > 60:
        return False
    return 1 <= month <= 12 and 1 <= day <= _days(year, month)


def _days(year: int, month: int) -> int:
    if month == 2:
        return 29 if year % 4 == 0 and (year % 100 != 0 or year % 400 == 0) else 28
    return 30 if month in (4, 6, 9, 11) else 31


def _typed(text: str) -> Value:
    if text in _WORDS:
        return _WORDS[text]
    first = text[0]
    if first == ".":
        return _finite(text, text) if _POINT_FLOAT.fullmatch(text) else text
    return _number(text) if first in "+-0123456789" else text


def _number(text: str) -> Value:
    digits = text.replace("_", "")
    value = _integer(digits)
    if value is not None:
        return value
    if _FLOAT.fullmatch(digits):
        return _finite(digits, text)
    odd = _SIGNED_BINARY.fullmatch(digits)
    if odd and -_INT64 <= (value := int(odd[1], 2)) < _INT64:
        return value
    return text


def _integer(digits: str) -> int | None:
    found = _INTEGER.fullmatch(digits)
    if not found:
        return None
    sign, hexadecimal, binary, octal, decimal = found.groups()
    if decimal and len(decimal) > 20:
        return None
    base = 16 if hexadecimal else 2 if binary else 8 if octal else 10
    value = int(sign + (hexadecimal or binary or octal or decimal), base)
    return value if -_INT64 <= value < (_INT64 if sign else 2 * _INT64) else None


def _finite(digits: str, text: str) -> Value:
    value = float(digits)
    return value if isfinite(value) else text


def _binary(text: str) -> str:
    from binascii import Error, a2b_base64

    try:
        data = a2b_base64(text.replace("\r", "").replace("\n", ""), strict_mode=True)
    except (Error, ValueError):
        raise Refusal("!!binary value contains invalid base64 data") from None
    return _as_json(data)


def _as_json(data: bytes) -> str:
    """Every byte that is no UTF-8 becomes one replacement character, as Go's JSON has it."""
    return _UNDECODED.sub("\ufffd", data.decode("utf-8", "surrogateescape"))


def _single(value: float) -> str:
    if value != value:  # noqa: PLR0124
        return ".nan"
    single = _to_single(value)
    if abs(single) == float("inf"):
        return ".inf" if single > 0 else "-.inf"
    shortest = next(text for text in (f"{single:.{p}e}" for p in range(17)) if _to_single(float(text)) == single)
    mantissa, _, exponent = shortest.partition("e")
    if int(exponent) < -4 or int(exponent) >= 6:
        return f"{mantissa}e{exponent}"
    digits = len(mantissa.lstrip("-").replace(".", ""))
    return f"{float(shortest):.{max(digits - 1 - int(exponent), 0)}f}"


def _to_single(value: float) -> float:
    from struct import pack, unpack

    try:
        (single,) = unpack("<f", pack("<f", value))
    except OverflowError:
        return float("inf") if value > 0 else float("-inf")
    return float(single)
