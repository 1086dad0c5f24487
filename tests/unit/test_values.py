"""Values as Calico's Go code reads them: a table of texts, and properties held against Python's standard library."""

from __future__ import annotations

import ipaddress
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter import values
from linter.values import FORMATS, Address, Cidr, Community, PeerAddress
from linter.values.forms import FORMS

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

SECOND = 10**9
LIMIT = 2**63
READERS = tuple(name for name in values.__all__ if name.islower())
NAMES = {"SECOND": SECOND}


def rows() -> Iterator[tuple[str, str, str]]:
    """Reader or format, expected answer and text of every row of value_rows.txt."""
    for line in (Path(__file__).parent / "value_rows.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            reader, answer, *texts = line.split(" | ")
            yield from ((reader, answer, text) for text in texts)


def reader(name: str) -> Callable[[Any], Any]:
    return FORMATS[name] if "-" in name else getattr(values, name)


def plain(answer: object) -> object:
    """What the rows say of an answer."""
    match answer:
        case Address():
            return answer.canonical, answer.family
        case Cidr():
            return answer.length, answer.host_bits, answer.canonical
        case PeerAddress():
            return answer.address.canonical, answer.port
        case Community():
            return answer.parts, answer.in_range
    return answer


@pytest.mark.parametrize(("name", "answer", "text"), [pytest.param(*row, id=" ".join(row)[:80]) for row in rows()])
def test_row(name: str, answer: str, text: str) -> None:
    written, expected = eval(text, {}), eval(answer, NAMES)  # noqa: S307 - our own rows, some of which want arithmetic
    read = plain(reader(name)(written))
    assert read == expected
    assert type(read) is type(expected)


def test_rows_cover_every_reader_and_format() -> None:
    assert {name for name, _, _ in rows()} == {*READERS, *FORMATS}


@pytest.mark.parametrize("name", FORMATS)
def test_rows_have_both_verdicts_of_every_format(name: str) -> None:
    assert {answer for row, answer, _ in rows() if row == name} == {"True", "False"}


@given(st.integers(0, 2**32 - 1))
def test_every_as_number_is_read_in_both_notations(number: int) -> None:
    assert values.as_number(str(number)) == number
    assert values.as_number(f"{number >> 16}.{number & 0xFFFF}") == number


UNITS = {"ns": 1, "us": 10**3, "µs": 10**3, "ms": 10**6, "s": SECOND, "m": 60 * SECOND, "h": 3600 * SECOND}
TERMS = st.lists(st.tuples(st.integers(0, 10**6), st.sampled_from(sorted(UNITS))), min_size=1, max_size=5)


@given(TERMS, st.sampled_from(["", "+", "-"]))
def test_duration_is_the_sum_of_its_terms(terms: list[tuple[int, str]], sign: str) -> None:
    total = sum(number * UNITS[unit] for number, unit in terms)
    text = sign + "".join(f"{number}{unit}" for number, unit in terms)
    refused = total > LIMIT or (total == LIMIT and sign != "-")
    assert values.duration(text) == (None if refused else -total if sign == "-" else total)


@given(st.integers(0, 9), st.integers(0, 10**9 - 1))
def test_fraction_of_a_second_is_off_by_a_nanosecond_at_most(whole: int, fraction: int) -> None:
    read = values.duration(f"{whole}.{fraction:09}s")
    assert read is not None
    assert 0 <= whole * SECOND + fraction - read <= 1


PIECES = st.sampled_from(
    ["0", "1", "10", "255", "256", "00", "01", "ffff", "FFFF", "db8", "12345", ".", ".", ":", ":", "::", "1.2.3.4"]
)
NEAR_ADDRESSES = st.one_of(
    st.lists(PIECES, max_size=17).map("".join),
    st.ip_addresses().map(str),
    st.ip_addresses(v=6).map(lambda read: read.exploded),
    st.lists(st.sampled_from(["0", "1", "ab", "ffff"]), min_size=6, max_size=9).map(":".join),
    st.lists(st.integers(0, 260).map(str), min_size=3, max_size=5).map(".".join),
    st.ip_addresses(v=4).map(lambda read: f"::ffff:{read}"),
)


@given(NEAR_ADDRESSES)
def test_addresses_are_those_of_the_standard_library(text: str) -> None:
    """Python and Go agree but for zones and for the text of IPv4-mapped addresses."""
    try:
        expected = ipaddress.ip_address(text)
    except ValueError:
        assert values.address(text) is None
        return
    read = values.address(text)
    assert read == Address(int(expected), expected.version)
    mapped = getattr(expected, "ipv4_mapped", None)
    assert (read.canonical, read.mapped) == (str(mapped or expected), mapped is not None)


@given(NEAR_ADDRESSES, st.integers(0, 140))
def test_networks_are_those_of_the_standard_library(text: str, length: int) -> None:
    try:
        expected = ipaddress.ip_interface(f"{text}/{length}")
    except ValueError:
        assert values.cidr(f"{text}/{length}") is None
        return
    read = values.cidr(f"{text}/{length}")
    assert read == Cidr(Address(int(expected.ip), expected.version), length)
    assert read.network.number == int(expected.network.network_address)
    assert read.host_bits == (expected.ip != expected.network.network_address)
    assert values.cidr(read.canonical) is not None


@given(st.ip_addresses(), st.ip_addresses(), st.integers(0, 32), st.integers(0, 32))
def test_networks_overlap_as_those_of_the_standard_library(
    one: ipaddress.IPv4Address | ipaddress.IPv6Address,
    other: ipaddress.IPv4Address | ipaddress.IPv6Address,
    length: int,
    other_length: int,
) -> None:
    texts = f"{one}/{length}", f"{other}/{other_length}"
    read = [network for network in map(values.cidr, texts) if network]
    expected = [ipaddress.ip_interface(text).network for text in texts]
    same = one.version == other.version
    assert read[0].overlaps(read[1]) == read[1].overlaps(read[0]) == (same and expected[0].overlaps(expected[1]))


@given(st.ip_addresses(), st.integers(1, 65535))
def test_both_readers_agree_on_plain_ports(ip: ipaddress.IPv4Address | ipaddress.IPv6Address, port: int) -> None:
    text = f"[{ip}]:{port}" if ip.version == 6 else f"{ip}:{port}"
    expected = PeerAddress(Address(int(ip), ip.version), port)
    assert values.peer_address(text) == values.rendered_peer_address(text) == expected


@given(st.text() | st.text("0123456789.:/[]-+shmnuµ") | NEAR_ADDRESSES)
def test_any_text_is_read_without_an_exception(text: str) -> None:
    for name in READERS:
        if name != "whole_seconds":
            reader(name)(text)
    for test in FORMATS.values():
        assert test(text) in {True, False}


@given(st.text() | NEAR_ADDRESSES)
def test_one_mistake_in_a_network_has_one_format(text: str) -> None:
    """What is no network at all is at fault for that alone."""
    if not FORMATS["calico-network"](text):
        for part in ("has-length", "masked", "ipv4-text", "ipv6-text"):
            assert FORMATS[f"calico-network-{part}"](text)


def test_every_format_has_its_words() -> None:
    assert set(FORMS) == {name.removesuffix("-or-empty") for name in FORMATS}
    assert all(form.noun and form.looks for form in FORMS.values())
