"""What values of each format are and look like, for messages (schemas/README.md, "Formats")."""

from __future__ import annotations

from typing import Final, NamedTuple


class Form(NamedTuple):
    """`noun` says what such a value is, with its article; `looks` what it looks like, or an example."""

    noun: str
    looks: str


_NAME = "lower-case letters, digits, - and . that begin and end with a letter or digit"
_KEY = "an optional DNS name and /, then 1 to 63 letters, digits, - _ and ."
_INTERFACE = "1 to 15 letters, digits, _ . - and *, which stands for any text"
FORMS: Final = {
    "calico-address": Form("an IP address", "an address without port, length or zone"),
    "calico-as-number": Form("an AS number", "0 to 4294967295"),
    "calico-community": Form("a community", "aa:nn or aa:nn:mm"),
    "calico-community-range": Form(
        "a community", "aa:nn with parts up to 65535, or aa:nn:mm with parts up to 4294967295"
    ),
    "calico-duration": Form("a duration", "numbers with units, such as 90s"),
    "calico-filter-community": Form(
        "a community",
        "aa:nn with parts up to 65535, or aa:nn:mm with parts up to 4294967295, without leading zeros",
    ),
    "calico-ignored-interface": Form("an interface to be ignored", f"{_INTERFACE}, but not * alone"),
    "calico-interface": Form("an interface name or pattern", _INTERFACE),
    "calico-ipv4": Form("a plain IPv4 address", "an IPv4 address without length"),
    "calico-ipv4-network": Form("an IPv4 address", "an IPv4 address, with or without a length"),
    "calico-ipv6": Form("a plain IPv6 address", "an IPv6 address without length"),
    "calico-ipv6-network": Form("an IPv6 address", "an IPv6 address, with or without a length"),
    "calico-log-severity": Form("a log level (Trace, Debug, Info, Warning, Error or Fatal)", "one of these"),
    "calico-mac": Form("a MAC address", "six pairs of hexadecimal digits with colons"),
    "calico-network": Form("a network", "address and length, such as 10.0.0.0/8"),
    "calico-network-has-length": Form("a network but a single address", "address and length, such as 10.0.0.1/32"),
    "calico-network-ipv4-text": Form("an IPv4 network", "such as 10.0.0.0/8"),
    "calico-network-ipv6-text": Form("an IPv6 network", "such as fd00::/8"),
    "calico-network-masked": Form("a network, as bits beyond its length are set", "such as 10.0.0.0/8"),
    "calico-peer-address": Form("an address", "an IP address, with or without a port"),
    "calico-selector-line": Form("a selector", "a selector on one line"),
    "calico-wireguard-key": Form("a WireGuard key", "32 bytes in base64"),
    "kubernetes-annotation-key": Form("an annotation key", _KEY),
    "kubernetes-label-key": Form("a label key", _KEY),
    "kubernetes-label-value": Form("a label value", "at most 63 letters, digits, - _ and ., no mark at either end"),
    "kubernetes-name": Form("a DNS name", _NAME),
    "kubernetes-secret-data": Form("base64", "the value in base64, or as it is under stringData"),
    "kubernetes-secret-key": Form("a key of a Secret", "1 to 253 letters, digits, - _ and ."),
}
"""By the schemas' `format`: what such a value is, and what it looks like."""
