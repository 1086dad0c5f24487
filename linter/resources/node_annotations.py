"""The annotations of a Kubernetes Node that Calico reads, and how (calico-fields §5.2, §0.8, §9.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from linter.resources.kubernetes_node import is_json_list, json_texts
from linter.values import (
    as_number,
    cidr,
    is_annotation_key,
    is_label_key,
    is_label_value,
    is_mac,
    is_wireguard_key,
)
from linter.yaml.quoting import brief

if TYPE_CHECKING:
    from collections.abc import Callable


def _is_anything(_text: str) -> bool:
    return True


def _nothing(_text: str) -> str:
    return ""


class NodeAnnotation(NamedTuple):
    """What Calico wants an annotation to hold, and what becomes of the node without it.

    `is_read` tells whether its reader takes a text; `refusal` says why Typha refuses a Node with a text that the reader
    takes, empty if it does not.
    """

    wanted: str
    effect: str
    is_read: Callable[[str], bool] = _is_anything
    refusal: Callable[[str], str] = _nothing


def _is_network(family: int, *, masked: bool) -> Callable[[str], bool]:
    def test(text: str) -> bool:
        network = cidr(text)
        return network is not None and network.address.family == family and not (masked and network.host_bits)

    return test


def _is_as_number(text: str) -> bool:
    return as_number(text) is not None


def _is_json_object(text: str) -> bool:
    return json_texts(text) is not None


def _length(text: str) -> str:
    return "has a length, which Typha refuses" if "/" in text else ""


def _key(text: str) -> str:
    return "" if is_wireguard_key(text) else "is no WireGuard key"


def _labels(text: str) -> str:
    for key, value in (json_texts(text) or {}).items():
        if not is_label_key(key):
            return f'holds the illegal label key "{brief(key)}"'
        if not is_label_value(value):
            return f'holds the illegal label value "{brief(value)}"'
    return ""


def _notes(text: str) -> str:
    illegal = next((key for key in json_texts(text) or {} if not is_annotation_key(key)), None)
    return "" if illegal is None else f'holds the illegal annotation key "{brief(illegal)}"'


def _address(family: int, device: str) -> NodeAnnotation:
    effect = f"Calico knows no IPv{family} address of its {device} device"
    return NodeAnnotation(f"an IPv{family} address", effect, _is_network(family, masked=True), _length)


def _bgp_address(family: int) -> NodeAnnotation:
    effect = f"the node has no IPv{family} address for BGP"
    return NodeAnnotation(f"an IPv{family} address", effect, _is_network(family, masked=False))


_MAC = NodeAnnotation("a MAC address", "Calico knows no MAC address of its VXLAN device", is_mac)
_KEY = NodeAnnotation("a WireGuard key", "Calico knows no WireGuard key of it", refusal=_key)
_OWN = "Calico's own notes are elsewhere"

NODE_ANNOTATIONS: Final = {
    "IPv4Address": _bgp_address(4),
    "IPv6Address": _bgp_address(6),
    "ASNumber": NodeAnnotation("an AS number", "the node has the AS number of the cluster", _is_as_number),
    "RouteReflectorClusterID": NodeAnnotation(
        "an IPv4 address", "the node is no route reflector", _is_network(4, masked=True)
    ),
    "IPv4IPIPTunnelAddr": _address(4, "IPIP"),
    "IPv4VXLANTunnelAddr": _address(4, "VXLAN"),
    "IPv6VXLANTunnelAddr": _address(6, "VXLAN"),
    "IPv4WireguardInterfaceAddr": _address(4, "WireGuard"),
    "IPv6WireguardInterfaceAddr": _address(6, "WireGuard"),
    "VXLANTunnelMACAddr": _MAC,
    "VXLANTunnelMACAddrV6": _MAC,
    "WireguardPublicKey": _KEY,
    "WireguardPublicKeyV6": _KEY,
    "labels": NodeAnnotation("a JSON object of texts", "selectors do not see these labels", _is_json_object, _labels),
    "Interfaces": NodeAnnotation("a JSON list", "Calico knows no interfaces of the node", is_json_list),
    "annotations": NodeAnnotation("", _OWN, refusal=_notes),
    "metadata": NodeAnnotation("", _OWN),
    "kube-labels": NodeAnnotation("", _OWN),
}
"""By what follows `projectcalico.org/` in their keys; the last three are Calico's book-keeping."""
