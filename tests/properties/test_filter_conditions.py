"""Containment of filter conditions, held to every route of a small universe."""

from __future__ import annotations

from fnmatch import fnmatchcase
from itertools import product
from typing import Any, NamedTuple

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linter.resources.filter_conditions import Block, Conditions, Prefixes

BITS = 3
"""Addresses of three bits have fifteen prefixes."""

PREFIXES = [(number << BITS - length, length) for length in range(BITS + 1) for number in range(1 << length)]

BLOCKS = [
    Block(number, length, least, most, BITS)
    for number, length in PREFIXES
    for least in range(length, BITS + 1)
    for most in range(BITS + 1)
]

SETS = [Prefixes(block, inverted) for block in BLOCKS for inverted in (False, True)]


def members(prefixes: Prefixes) -> frozenset[tuple[int, int]]:
    """The prefixes of a set, one by one."""
    number, length, least, most, bits = prefixes.block
    inside = frozenset(
        (each, own)
        for each, own in PREFIXES
        if own >= length and each >> bits - length == number >> bits - length and least <= own <= most
    )
    return frozenset(PREFIXES) - inside if prefixes.inverted else inside


MEMBERS = {prefixes: members(prefixes) for prefixes in SETS}


def test_one_set_of_prefixes_contains_another_where_it_has_all_its_members() -> None:
    wrong = [(a, b) for a, b in product(SETS, SETS) if a.contains(b) != (MEMBERS[a] >= MEMBERS[b])]
    assert not wrong[:3]


def test_a_set_is_empty_or_whole_where_it_has_no_member_or_all() -> None:
    for prefixes in SETS:
        assert prefixes.empty == (not MEMBERS[prefixes])
        assert prefixes.whole == (len(MEMBERS[prefixes]) == len(PREFIXES))


def test_what_contains_a_set_is_found_at_its_place() -> None:
    conditions = [Conditions(prefixes) for prefixes in SETS]
    wrong = [
        (wide, narrow)
        for wide, narrow in product(conditions, conditions)
        if wide.contains(narrow) and not narrow.empty and wide.place not in set(narrow.wider_places)
    ]
    assert not wrong[:3]


class Route(NamedTuple):
    prefix: tuple[int, int]
    remote: bool
    interface: str | None
    peer_type: str
    communities: frozenset[str]
    as_path: tuple[int, ...]
    priority: int


def meets(route: Route, asked: Conditions) -> bool:
    interface = asked.interface == "" or (route.interface is not None and fnmatchcase(route.interface, asked.interface))
    return (
        route.prefix in MEMBERS[asked.prefixes]
        and (route.remote or not asked.remote)
        and interface
        and asked.peer_type in {"", route.peer_type}
        and (asked.community == "" or asked.community in route.communities)
        and route.as_path[: len(asked.as_path)] == asked.as_path
        and asked.priority in {None, route.priority}
    )


NAMES = ("", "e", "ee", "xe", "x", "xx", "ex", "exe", "e-e")
ROUTES = [
    Route(prefix, remote, interface, peer_type, frozenset(communities), as_path, priority)
    for prefix in ((0, 0), (0, 1), (4, 2), (5, 3))
    for remote in (True, False)
    for interface in (None, *NAMES[1:])
    for peer_type in ("eBGP", "iBGP")
    for communities in ((), ("1:1",), ("1:2",), ("1:1", "1:2"))
    for as_path in ((), (1,), (2,), (1, 2))
    for priority in (1, 2)
]

POOL = [each for each in SETS if each.block.length < 2]
asked = st.builds(
    Conditions,
    st.sampled_from([Prefixes(Block(0, 0, 0, BITS, BITS)), *POOL]),
    st.booleans(),
    st.sampled_from(["", "", "*", "e", "e*", "*e", "e*e", "x*"]),
    st.sampled_from(["", "", "eBGP", "iBGP"]),
    st.sampled_from(["", "", "1:1", "1:2"]),
    st.sampled_from([(), (), (1,), (1, 2), (2,)]),
    st.sampled_from([None, None, 1, 2]),
)


@given(asked, asked)
@settings(max_examples=150, deadline=None)
def test_conditions_that_contain_others_are_met_by_all_their_routes(wide: Conditions, narrow: Conditions) -> None:
    if wide.contains(narrow):
        assert all(meets(route, wide) for route in ROUTES if meets(route, narrow))


ANY = Conditions(Prefixes(Block(0, 0, 0, BITS, BITS)))
NONE = Conditions(Prefixes(Block(0, 0, 1, 0, BITS)), remote=True)


@pytest.mark.parametrize(
    ("wide", "narrow", "contained"),
    [
        ({}, {"remote": True}, True),
        ({"remote": True}, {}, False),
        ({"remote": True}, {"remote": True}, True),
        ({"interface": "*"}, {}, False),
        ({"interface": "e*"}, {"interface": "eth*"}, True),
        ({"interface": "eth*"}, {"interface": "e*"}, False),
        ({"interface": "*"}, {"interface": "eth0"}, True),
        ({"interface": "eth0"}, {"interface": "*"}, False),
        ({"interface": "e*0"}, {"interface": "eth*0"}, True),
        ({"interface": "e*0"}, {"interface": "eth*"}, False),
        ({"peer_type": "eBGP"}, {"peer_type": "eBGP"}, True),
        ({"peer_type": "eBGP"}, {"peer_type": "iBGP"}, False),
        ({"peer_type": "eBGP"}, {}, False),
        ({"community": "1:1"}, {"community": "1:1"}, True),
        ({"community": "1:1"}, {"community": "1:2"}, False),
        ({"community": "1:1"}, {}, False),
        ({"as_path": (1,)}, {"as_path": (1, 2)}, True),
        ({"as_path": (1, 2)}, {"as_path": (1,)}, False),
        ({"as_path": (2,)}, {"as_path": (1, 2)}, False),
        ({"priority": 1}, {"priority": 1}, True),
        ({"priority": 1}, {"priority": 2}, False),
        ({"priority": 1}, {}, False),
        ({}, {"priority": 1, "community": "1:1"}, True),
    ],
)
def test_each_condition_narrows(wide: dict[str, Any], narrow: dict[str, Any], contained: bool) -> None:
    assert ANY._replace(**wide).contains(ANY._replace(**narrow)) is contained


def test_only_conditions_that_ask_nothing_are_whole() -> None:
    assert ANY.whole
    assert not ANY.empty
    asked: tuple[dict[str, Any], ...] = ({"remote": True}, {"interface": "*"}, {"peer_type": "eBGP"})
    for more in (*asked, {"community": "1:1"}, {"as_path": (0,)}):
        assert not ANY._replace(**more).whole
    assert not ANY._replace(priority=1).whole
    assert NONE.empty
    assert ANY._replace(priority=1).contains(NONE)
