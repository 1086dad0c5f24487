"""Peer address that no BGP session can lead to.

Every check lets these addresses pass. A link-local IPv6 address (`fe80::1`) and an unspecified one (`0.0.0.0`,
`::`) are refused by BIRD together with the whole file, which freezes BIRD config on every node in the peer's scope
that has an address of that family: no later BGP change reaches the node, and a node that restarts has no BGP at
all. Calico always renders `multihop`, and has no field for the interface that a link-local address needs.

With a multicast address, or the broadcast address 255.255.255.255, BIRD takes the file and the session is never up.

An IPv4-mapped address (`::ffff:0.0.0.0`) counts as the IPv4 address in it. An IPv4 link-local address is fine:
clouds and hosts use 169.254.0.0/16 for their routers.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: fe80::1  # error: fe80::1 is a link-local address
  asNumber: 65001
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: anybody
spec:
  peerIP: 0.0.0.0  # error: BIRD refuses it and with it every later BGP change
  asNumber: 65001
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: fd00:20::1
  asNumber: 65001
```

## Bad: groups of hosts

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: routers
spec:
  peerIP: 224.0.0.5  # error: 224.0.0.5 is a multicast address: the session is never up
  asNumber: 65001
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: routers
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
```

## Good: IPv4 link-local

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: cloud-router
spec:
  peerIP: 169.254.10.1
  asNumber: 64600
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPPeer, Finding, PeerAddress, Severity, peer_address, value_rule

_FREEZES = "BIRD refuses it and with it every later BGP change on the nodes in scope"
_SILENT = "the session is never up"


@value_rule(PeerAddress, "CAL109", Severity.ERROR)
def check(value: PeerAddress) -> Iterator[Finding]:
    peer = value.resource
    if not isinstance(value.value, str) or (isinstance(peer, BGPPeer) and _is_unread(peer)):
        return
    read = peer_address(value.value)
    if read is None:
        return
    kind = _kind4(read.address.number & 0xFFFFFFFF) if read.address.family == 4 else _kind6(read.address.number)
    if kind:
        effect = _FREEZES if kind in {"an unspecified", "a link-local"} else _SILENT
        yield Finding(
            f"{value.shown} is {kind} address: {effect}",
            value.label(),
            help="write the router's own unicast address, global, unique local (fd00::/8) or private",
        )


def _is_unread(peer: BGPPeer) -> bool:
    """Whether a selector has the say in place of peerIP."""
    return peer.stated(BGPPeer.peer_selector) is not None or peer.stated(BGPPeer.local_workload_selector) is not None


def _kind4(number: int) -> str:
    if number == 0xFFFFFFFF:
        return "the broadcast"
    return "an unspecified" if number == 0 else "a multicast" if number >> 28 == 0xE else ""


def _kind6(number: int) -> str:
    if number == 0:
        return "an unspecified"
    return "a link-local" if number >> 118 == 0xFE80 >> 6 else "a multicast" if number >> 120 == 0xFF else ""
