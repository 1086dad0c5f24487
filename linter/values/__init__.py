"""How Calico's Go code reads texts: AS numbers, durations, addresses, networks, communities, names.

Every reader takes one text and answers None where Calico refuses it, every test says whether Calico accepts it. Nothing
here raises, whatever the text; nothing imports `re` or `ipaddress`, because a clean file reads values too.
"""

from linter.values.addresses import Address, Cidr, PeerAddress, address, cidr, peer_address, rendered_peer_address
from linter.values.communities import Community, community, filter_community
from linter.values.durations import duration, whole_seconds
from linter.values.formats import FORMATS
from linter.values.names import (
    is_annotation_key,
    is_ignored_interface,
    is_interface,
    is_label_key,
    is_label_value,
    is_mac,
    is_name,
    is_on_one_line,
    is_wireguard_key,
)
from linter.values.numbers import as_number

__all__ = [
    "FORMATS",
    "Address",
    "Cidr",
    "Community",
    "PeerAddress",
    "address",
    "as_number",
    "cidr",
    "community",
    "duration",
    "filter_community",
    "is_annotation_key",
    "is_ignored_interface",
    "is_interface",
    "is_label_key",
    "is_label_value",
    "is_mac",
    "is_name",
    "is_on_one_line",
    "is_wireguard_key",
    "peer_address",
    "rendered_peer_address",
    "whole_seconds",
]
