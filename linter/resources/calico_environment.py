"""What calico-node takes of its environment at start, and what makes it exit (rule catalogue, table B)."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any, Final, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from linter.resources.base import Located
    from linter.resources.environment import Environment, Variable

AUTODETECT: Final = "autodetect"
FIRST_FOUND: Final = "first-found"

_NONE: Final = "none"
_NO_BIRD: Final = frozenset((_NONE, "vxlan"))
_METHODS: Final = frozenset((FIRST_FOUND, "kubernetes-internal-ip"))
_METHODS_WITH_VALUE: Final = ("can-reach=", "interface=", "skip-interface=", "cidr=")


class Family(NamedTuple):
    """The variables of one address family, and the least and greatest length of a pool's blocks."""

    version: int
    address: str
    method: str
    pool: str
    shortest: int
    longest: int


FAMILIES: Final = (
    Family(4, "IP", "IP_AUTODETECTION_METHOD", "CALICO_IPV4POOL", 20, 32),
    Family(6, "IP6", "IP6_AUTODETECTION_METHOD", "CALICO_IPV6POOL", 116, 128),
)


class Misfit(NamedTuple):
    """A variable whose value calico-node does not take, and what it would take."""

    variable: Variable
    wanted: str


def misfits(environment: Environment) -> Iterator[Misfit]:
    """The variables that calico-node reads and exits on; those that are empty or known only in the cluster pass."""
    for name, wanted, fits in _readings(environment):
        variable = environment.variables.get(name)
        if variable is not None and variable.value and not fits(variable.value):
            yield Misfit(variable, wanted)


def _readings(environment: Environment) -> Iterator[tuple[str, str, Callable[[str], bool]]]:
    """The variables that are read, each with what it may hold in words, and the test."""
    from linter.values import as_number

    yield "AS", "an AS number", lambda text: as_number(text) is not None
    pools = environment.value("NO_DEFAULT_POOLS")
    for family in FAMILIES:
        yield (
            family.address,
            f"an IPv{family.version} address, with or without a length, {AUTODETECT} or {_NONE}",
            partial(_is_address, family),
        )
        if environment.value(family.address) == AUTODETECT:
            yield family.method, f"one of {', '.join(sorted(_METHODS))}, {_listed()}", _is_method
        if (
            pools is not None
            and pools.lower() != "true"
            and environment.value(f"{family.pool}_CIDR") not in {None, _NONE}
        ):
            size = f"a number from {family.shortest} to {family.longest}"
            yield f"{family.pool}_BLOCK_SIZE", size, partial(_is_size, family)
            yield f"{family.pool}_NODE_SELECTOR", "a selector of Calico", _is_selector


def _listed() -> str:
    return ", ".join(f"{method}…" for method in _METHODS_WITH_VALUE)


def _is_address(family: Family, text: str) -> bool:
    from linter.values import cidr

    written = cidr(text)
    return text in {AUTODETECT, _NONE} or (written is not None and written.address.family == family.version)


def _is_method(text: str) -> bool:
    return text in _METHODS or text.startswith(_METHODS_WITH_VALUE)


def _is_size(family: Family, text: str) -> bool:
    digits = text.removeprefix("+")
    return digits.isascii() and digits.isdecimal() and family.shortest <= int(digits[:9]) <= family.longest


def _is_selector(text: str) -> bool:
    from linter.selectors import SelectorError, parse

    try:
        parse(text)
    except SelectorError:
        return False
    return True


def first_found(environment: Environment) -> Iterator[tuple[Located[Any], str]]:
    """Where calico-node is left to take the first address it finds, and the variable that is unset, if one is.

    Silent where BIRD does not run.
    """
    if environment.value("CALICO_NETWORKING_BACKEND") in _NO_BIRD:
        return
    for family in FAMILIES:
        address, method = environment.variables.get(family.address), environment.variables.get(family.method)
        if address is None or address.value != AUTODETECT or environment.value(family.method) not in {"", FIRST_FOUND}:
            continue
        yield (address.place, family.method) if method is None or not method.value else (method.place, "")
