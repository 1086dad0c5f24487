"""The predicates behind the `format` names of the schemas (schemas/README.md)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.values.addresses import address, cidr, peer_address
from linter.values.communities import community, filter_community
from linter.values.durations import duration
from linter.values.names import (
    is_annotation_key,
    is_ignored_interface,
    is_interface,
    is_label_key,
    is_label_value,
    is_mac,
    is_name,
    is_on_one_line,
    is_secret_data,
    is_secret_key,
    is_wireguard_key,
)
from linter.values.numbers import as_number

if TYPE_CHECKING:
    from collections.abc import Callable

_LOG_SEVERITIES = frozenset(("", "trace", "debug", "info", "warning", "error", "fatal"))


def _or_empty(test: Callable[[str], bool]) -> Callable[[str], bool]:
    return lambda text: not text or test(text)


def _reads(reader: Callable[[str], object]) -> Callable[[str], bool]:
    return lambda text: reader(text) is not None


def _address_family(family: int) -> Callable[[str], bool]:
    return lambda text: (written := address(text)) is not None and written.family == family


def _network_family(family: int) -> Callable[[str], bool]:
    return lambda text: (network := cidr(text)) is not None and network.address.family == family


def _is_masked(text: str) -> bool:
    network = cidr(text)
    return network is None or not network.host_bits


def _is_ipv6_text(text: str) -> bool:
    network = cidr(text)
    return network is None or network.address.family == 6


def _is_in_range(text: str) -> bool:
    read = community(text)
    return read is None or read.in_range


FORMATS: dict[str, Callable[[str], bool]] = {
    "calico-address": _reads(address),
    "calico-address-or-empty": _or_empty(_reads(address)),
    "calico-as-number": _reads(as_number),
    "calico-community": _reads(community),
    "calico-community-range": _is_in_range,
    "calico-duration": _reads(duration),
    "calico-filter-community": _reads(filter_community),
    "calico-ignored-interface": is_ignored_interface,
    "calico-interface-or-empty": _or_empty(is_interface),
    "calico-ipv4": _address_family(4),
    "calico-ipv4-network-or-empty": _or_empty(_network_family(4)),
    "calico-ipv4-or-empty": _or_empty(_address_family(4)),
    "calico-ipv6-network-or-empty": _or_empty(_network_family(6)),
    "calico-ipv6-or-empty": _or_empty(_address_family(6)),
    "calico-log-severity": lambda text: text.lower() in _LOG_SEVERITIES,
    "calico-mac-or-empty": _or_empty(is_mac),
    "calico-network": _reads(cidr),
    "calico-network-has-length": lambda text: "/" in text or address(text) is None,
    "calico-network-ipv4-text": lambda text: ":" not in text or cidr(text) is None,
    "calico-network-ipv6-text": _is_ipv6_text,
    "calico-network-masked": _is_masked,
    "calico-network-or-empty": _or_empty(_reads(cidr)),
    "calico-peer-address-or-empty": _or_empty(_reads(peer_address)),
    "calico-selector-line": is_on_one_line,
    "calico-wireguard-key-or-empty": _or_empty(is_wireguard_key),
    "kubernetes-annotation-key": is_annotation_key,
    "kubernetes-label-key": is_label_key,
    "kubernetes-label-value": is_label_value,
    "kubernetes-name": is_name,
    "kubernetes-name-or-empty": _or_empty(is_name),
    "kubernetes-secret-data": is_secret_data,
    "kubernetes-secret-key": is_secret_key,
}
"""By name. `calico-selector` is not here: rule CAL060 judges it, so that each distinct text is read once."""
