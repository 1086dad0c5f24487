"""IP addresses, networks and neighbours as Go and Calico read them (calico-fields §9.2, §9.4)."""

from __future__ import annotations

from functools import lru_cache
from typing import TYPE_CHECKING, Final, NamedTuple

from linter.values.numbers import UINT16_MAX, UINT32_MAX, decimal

if TYPE_CHECKING:
    from collections.abc import Callable

_HEX = "0123456789abcdefABCDEF"
_OCTAL = "01234567"
_REMEMBERED: Final = 4096
"""Texts whose reading is kept: schemas, rules and views ask about the same ones in turn."""


class Address(NamedTuple):
    """An IP address: `number` has 32 or 128 bits as `version`, 4 or 6, says; the version is that of the text."""

    number: int
    version: int

    @property
    def bits(self) -> int:
        """32 or 128."""
        return 32 if self.version == 4 else 128

    @property
    def mapped(self) -> bool:
        """Whether it is IPv4-mapped (`::ffff:10.0.0.1`): IPv6 as text, IPv4 for Go."""
        return self.version == 6 and self.number >> 32 == UINT16_MAX

    @property
    def family(self) -> int:
        """4 or 6 as Calico counts: an IPv4-mapped address is IPv4 (calico-fields §9.4)."""
        return 4 if self.mapped else self.version

    @property
    def canonical(self) -> str:
        """The text Go prints: lower case, zeros compressed (RFC 5952), an IPv4-mapped address as plain IPv4."""
        if self.family == 4:
            return ".".join(str(self.number >> shift & 0xFF) for shift in (24, 16, 8, 0))
        return _ipv6_text(self.number)

    @property
    def kind(self) -> str:
        """`unicast`, `unspecified`, `loopback`, `link-local` (IPv6 alone), `multicast` or `broadcast`."""
        return _kind4(self.number & UINT32_MAX) if self.family == 4 else _kind6(self.number)


@lru_cache(_REMEMBERED)
def _kind4(number: int) -> str:
    if number in {0, UINT32_MAX}:
        return "broadcast" if number else "unspecified"
    return {127: "loopback"}.get(number >> 24) or ("multicast" if number >> 28 == 0xE else "unicast")


def _kind6(number: int) -> str:
    if number in {0, 1}:
        return "loopback" if number else "unspecified"
    if number >> 118 == 0xFE80 >> 6:
        return "link-local"
    return "multicast" if number >> 120 == 0xFF else "unicast"


class Cidr(NamedTuple):
    """A network as written: `length` is None for a bare address."""

    address: Address
    length: int | None

    @property
    def prefix_length(self) -> int:
        """The length that counts: a bare address is a network of one."""
        return self.address.bits if self.length is None else self.length

    @property
    def network(self) -> Address:
        """The address with its host bits cleared."""
        spare = self.address.bits - self.prefix_length
        return self.address._replace(number=self.address.number >> spare << spare)

    @property
    def host_bits(self) -> bool:
        """Whether bits beyond the length are set, which Calico refuses wherever it wants a network."""
        return self.network != self.address

    def overlaps(self, other: Cidr) -> bool:
        """Whether the two networks, of one version, share an address."""
        spare = self.address.bits - min(self.prefix_length, other.prefix_length)
        return (
            self.address.version == other.address.version
            and self.address.number >> spare == other.address.number >> spare
        )

    @property
    def canonical(self) -> str:
        """The masked network with its length, an IPv4-mapped one as plain IPv4."""
        network = self.network
        return f"{network.canonical}/{self.prefix_length - (96 if network.mapped else 0)}"


class PeerAddress(NamedTuple):
    """A neighbour: `port` is None where none is stated."""

    address: Address
    port: int | None


@lru_cache(_REMEMBERED)
def address(text: str) -> Address | None:
    """An address as Go's net.ParseIP reads it: no zone, no mask, no leading zero in an octet."""
    version = 6 if ":" in text else 4
    number = _ipv6(text) if version == 6 else _ipv4(text)
    return None if number is None else Address(number, version)


@lru_cache(_REMEMBERED)
def cidr(text: str) -> Cidr | None:
    """A network as Go's net.ParseCIDR reads it, host bits kept, or a bare address."""
    address_text, slash, length_text = text.partition("/")
    written = address(address_text)
    if written is None:
        return None
    if not slash:
        return Cidr(written, None)
    length = decimal(length_text, written.bits)
    return None if length is None else Cidr(written, length)


def peer_address(text: str) -> PeerAddress | None:
    """`peerIP` as Calico's validator reads it: a port is decimal, 1 to 65535, leading zeros allowed."""
    return _peer_address(text, lambda port: decimal(port, UINT16_MAX) or None)


def rendered_peer_address(text: str) -> PeerAddress | None:
    """`peerIP` as calico-node reads it for BIRD: a leading zero makes the port octal, port 0 is none.

    None means that calico-node drops the peer.
    """
    return _peer_address(text, _port_with_base)


def _peer_address(text: str, read_port: Callable[[str], int | None]) -> PeerAddress | None:
    host, port_text = _split_port(text)
    written = address(host)
    if written is None:
        return None
    if port_text is None:
        return PeerAddress(written, None)
    port = read_port(port_text)
    return None if port is None else PeerAddress(written, port or None)


def _split_port(text: str) -> tuple[str, str | None]:
    """Host and port text: `[host]:port`, or `host:port` where the only colon stands before the port."""
    if text.startswith("["):
        host, closing, port = text[1:].rpartition("]:")
        return (host, port) if closing else (text, None)
    if text.count(":") == 1:
        host, _, port = text.partition(":")
        return host, port
    return text, None


def _port_with_base(text: str) -> int | None:
    octal = text.lstrip("0")
    if octal == text:
        return decimal(text, UINT16_MAX)
    if octal.strip(_OCTAL) or len(octal) > 6:
        return None
    port = int(octal or "0", 8)
    return port if port <= UINT16_MAX else None


_OCTETS = {str(number): number for number in range(256)}
"""Octets as Go takes them: no sign, no leading zero, ASCII."""


def _ipv4(text: str) -> int | None:
    octets = [_OCTETS.get(octet) for octet in text.split(".")]
    if len(octets) != 4:
        return None
    number = 0
    for octet in octets:
        if octet is None:
            return None
        number = number << 8 | octet
    return number


def _ipv6(text: str) -> int | None:
    head, gap, tail = text.partition("::")
    left, right = _groups(head, embedded=not gap), _groups(tail, embedded=True)
    if left is None or right is None:
        return None
    missing = 8 - len(left) - len(right)
    # Go wants `::` to stand for one group at least.
    if missing < (1 if gap else 0) or (missing and not gap):
        return None
    number = 0
    for group in (*left, *[0] * missing, *right):
        number = number << 16 | group
    return number


def _groups(text: str, *, embedded: bool) -> list[int] | None:
    """The 16-bit groups on one side of `::`; the last two may be an `embedded` dotted IPv4 address."""
    if not text:
        return []
    groups = text.split(":")
    suffix: list[int] = []
    if embedded and "." in groups[-1]:
        ipv4 = _ipv4(groups.pop())
        if ipv4 is None:
            return None
        suffix = [ipv4 >> 16, ipv4 & UINT16_MAX]
    if any(not 1 <= len(group) <= 4 or group.strip(_HEX) for group in groups):
        return None
    return [int(group, 16) for group in groups] + suffix


def _ipv6_text(number: int) -> str:
    groups = [f"{number >> shift & UINT16_MAX:x}" for shift in range(112, -1, -16)]
    zeros = [_zeros(groups, start) for start in range(8)]
    longest = max(zeros)
    if longest < 2:
        return ":".join(groups)
    start = zeros.index(longest)
    return ":".join(groups[:start]) + "::" + ":".join(groups[start + longest :])


def _zeros(groups: list[str], start: int) -> int:
    end = start
    while end < 8 and groups[end] == "0":
        end += 1
    return end - start
