"""Scalars mean what sigs.k8s.io/yaml makes of them; expectations were made by that library."""

from __future__ import annotations

from math import isinf, isnan
from typing import TYPE_CHECKING

import pytest

from linter.yaml.scalars import HINTED, Refusal, before_json, is_json, name, plain, tagged

if TYPE_CHECKING:
    from linter.yaml.nodes import Value

CORE = "tag:yaml.org,2002:"


@pytest.mark.parametrize(
    ("text", "value"),
    [
        *[(text, True) for text in ("y", "Y", "yes", "Yes", "YES", "true", "True", "TRUE", "on", "On", "ON")],
        *[(text, False) for text in ("n", "N", "no", "No", "NO", "false", "False", "FALSE", "off", "Off", "OFF")],
        *[(text, None) for text in ("", "~", "null", "Null", "NULL")],
        *[(text, text) for text in ("yES", "oN", "nULL", "None", "Inf", "nan", "=", "<<", "has(rr)", "fd00::1")],
        ("0", 0),
        ("00", 0),
        ("65000", 65000),
        ("065000", 27136),
        ("0648", 648),
        ("08", 8),
        ("017", 15),
        ("-017", -15),
        ("0o17", 15),
        ("0O17", 15),
        ("0xFDE8", 65000),
        ("-0x1F", -31),
        ("+0x1f", 31),
        ("0b101", 5),
        ("-0b11", -3),
        ("0b-101", -5),
        ("0b+11", 3),
        ("-0b-1", "-0b-1"),
        ("0b-0b1", "0b-0b1"),
        ("0b+", "0b+"),
        ("65_000", 65000),
        ("0_", 0),
        ("_1", "_1"),
        ("+1_", 1),
        ("0x", "0x"),
        ("0b", "0b"),
        ("0o8", "0o8"),
        ("0b12", "0b12"),
        ("64512:10", "64512:10"),
        ("1,000", "1,000"),
        ("18446744073709551615", 18446744073709551615),
        ("9223372036854775808", 9223372036854775808),
        ("-9223372036854775808", -9223372036854775808),
        ("-9223372036854775809", -9223372036854776000),
        ("18446744073709551616", 18446744073709552000),
        ("0777777777777777777777777", 7.777777777777778e23),
        ("1.10", 1.1),
        ("65000.0", 65000),
        ("6.5e4", 65000),
        ("1e3", 1000),
        ("1.", 1),
        (".5", 0.5),
        (".5_0", 0.5),
        ("._5", "._5"),
        (".5e1_0", 5000000000),
        (".", "."),
        (".e3", ".e3"),
        ("-.5", -0.5),
        ("1e", "1e"),
        ("1e+", "1e+"),
        ("1e400", "1e400"),
        ("-1e400", "-1e400"),
        (".5e400", ".5e400"),
        ("1e-400", 0),
        ("1e21", 1e21),
        ("0x1p4", "0x1p4"),
        ("1" * 400, "1" * 400),
        ("0" * 5000 + "7", 7),
        ("10.0.0.1", "10.0.0.1"),
        ("1.2.3", "1.2.3"),
        ("120s", "120s"),
        ("2001-01-01", "2001-01-01"),
        ("2001-12-14T21:59:43.1Z", "2001-12-14T21:59:43.1Z"),
        ("٣", "٣"),
        ("1٣", "1٣"),
    ],
)
def test_plain(text: str, value: Value) -> None:
    found = plain(text, {})
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize("text", [".inf", ".Inf", ".INF", "+.inf", "+.Inf", "+.INF", "-.inf", "-.Inf", "-.INF"])
def test_infinities_are_floats_that_json_cannot_hold(text: str) -> None:
    value = plain(text, {})
    assert isinstance(value, float)
    assert isinf(value)
    assert (value < 0) == text.startswith("-")
    assert not is_json(value)


@pytest.mark.parametrize("text", [".nan", ".NaN", ".NAN"])
def test_nan(text: str) -> None:
    value = plain(text, {})
    assert isinstance(value, float)
    assert isnan(value)
    assert not is_json(value)


def test_only_what_may_be_no_text_is_remembered() -> None:
    memo: dict[str, Value] = {}
    for text in ("1", "no", "peerIP", ".inf", "", "node", "1" * 41):
        plain(text, memo)
    assert memo == {"1": 1, "no": False, "node": "node"}


def test_remembered_values_are_believed() -> None:
    assert plain("1", {"1": "from the memo"}) == "from the memo"


def test_the_memo_stops_growing() -> None:
    memo: dict[str, Value] = {str(number): number for number in range(1 << 16)}
    plain("yes", memo)
    assert "yes" not in memo


def test_hinted_covers_every_word_that_is_no_text() -> None:
    for text in ("y", "N", "true", "Off", "~", "null", "", ".inf", "-1", "+1", "5"):
        assert text[:1] in HINTED


@pytest.mark.parametrize(
    ("tag", "text", "value"),
    [
        ("str", "5", "5"),
        ("str", "", ""),
        ("str", "null", "null"),
        ("int", "5", 5),
        ("int", "0x10", 16),
        ("float", "1", 1),
        ("float", "1.5", 1.5),
        ("float", "1e3", 1000),
        ("bool", "yes", True),
        ("bool", "n", False),
        ("null", "", None),
        ("null", "~", None),
        ("binary", "aGk=", "hi"),
        ("binary", "a\r\nGk=", "hi"),
        ("binary", "", ""),
        ("binary", "/w==", "\ufffd"),
        ("binary", "4oI=", "\ufffd\ufffd"),
        ("binary", "8J+YgA==", "😀"),
        ("timestamp", "2001-01-01", "2001-01-01"),
        ("timestamp", "2001-1-1t1:2:3.5Z", "2001-1-1t1:2:3.5Z"),
        ("timestamp", "2001-1-1  01:02:03,5", "2001-1-1  01:02:03,5"),
        ("timestamp", "2000-02-29", "2000-02-29"),
        ("timestamp", "2001-01-01T00:00:00-24:60", "2001-01-01T00:00:00-24:60"),
        ("set", "5", "5"),
        ("merge", "<<", "<<"),
        ("seq", "x", "x"),
    ],
)
def test_tagged(tag: str, text: str, value: Value) -> None:
    found = tagged(text, CORE + tag)
    assert found == value
    assert type(found) is type(value)


@pytest.mark.parametrize(
    ("tag", "text", "reason"),
    [
        ("int", "x", "cannot decode a !!str as a !!int"),
        ("int", "1.5", "cannot decode a !!float as a !!int"),
        ("int", "", "cannot decode a !!null as a !!int"),
        ("int", "true", "cannot decode a !!bool as a !!int"),
        ("float", "18446744073709551615", "cannot decode a !!int as a !!float"),
        ("float", "yes", "cannot decode a !!bool as a !!float"),
        ("bool", "1", "cannot decode a !!int as a !!bool"),
        ("null", "x", "cannot decode a !!str as a !!null"),
        *[
            ("timestamp", text, "cannot decode a !!str as a !!timestamp")
            for text in (
                "x",
                "2001-13-01",
                "2001-02-29",
                "2001-04-31",
                "1900-02-29",
                "2001-1-1T24:00:00Z",
                "2001-1-1T1:60:1Z",
                "2001-00-01",
                "2001-1-1 1:2",
                "2001-1-1T1:2:3",
                "2001-1-1T1:2:3+25:00",
                "2001-1-1T1:2:3+00:61",
                "2001-1-1 1:2:3Z",
                "201-1-1",
            )
        ],
        *[
            ("binary", text, "!!binary value contains invalid base64 data")
            for text in ("?", "a", "aGk", "aGk=a", "ayGk=", "====")
        ],
    ],
)
def test_tags_that_the_text_does_not_meet(tag: str, text: str, reason: str) -> None:
    with pytest.raises(Refusal) as refusal:
        tagged(text, CORE + tag)
    assert str(refusal.value) == reason


def test_local_tags_leave_text() -> None:
    assert tagged("", "!has(rr)") == ""
    assert tagged("5", "!local") == "5"
    assert tagged("5", "tag:example.com,2000:int") == "5"


@pytest.mark.parametrize(
    ("text", "key"),
    [
        ("name", "name"),
        ("1", "1"),
        ("0x10", "16"),
        ("yes", "true"),
        ("off", "false"),
        ("-5", "-5"),
        (".inf", ".inf"),
        ("-.inf", "-.inf"),
        (".nan", ".nan"),
        ("1.5", "1.5"),
        ("1.0", "1"),
        ("100000.0", "100000"),
        ("1e6", "1e+06"),
        ("1234567.0", "1.234567e+06"),
        ("16777217.0", "1.6777216e+07"),
        ("12345678.5", "1.2345678e+07"),
        ("0.0001", "0.0001"),
        ("0.00001", "1e-05"),
        ("1.5e-5", "1.5e-05"),
        ("999999.9", "999999.9"),
        ("123456789.0", "1.2345679e+08"),
        ("-0.0", "-0"),
        ("1e300", ".inf"),
        ("-1e300", "-.inf"),
        ("1e-50", "0"),
        ("0.1", "0.1"),
        ("3.4028235e38", "3.4028235e+38"),
        ("1e-45", "1e-45"),
        ("65000.0", "65000"),
        ("9223372036854775807", "9223372036854775807"),
    ],
)
def test_names_of_keys(text: str, key: str) -> None:
    assert name(before_json(text, None, plain(text, {}))) == key


def test_a_tag_makes_a_key_a_float() -> None:
    assert name(before_json("12345678", CORE + "float", 12345678)) == "1.2345678e+07"


@pytest.mark.parametrize("value", [None, 9223372036854775808, 18446744073709551615])
def test_keys_without_a_name(value: Value) -> None:
    with pytest.raises(Refusal, match="unsupported map key"):
        name(value)
