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

from linter.rulekit import BGPPeer, Finding, Severity, document_rule

_FREEZES = "BIRD refuses it and with it every later BGP change on the nodes in scope"
_SILENT = "the session is never up"
_KINDS = {
    "unspecified": ("an unspecified", _FREEZES),
    "link-local": ("a link-local", _FREEZES),
    "multicast": ("a multicast", _SILENT),
    "broadcast": ("the broadcast", _SILENT),
}


@document_rule(BGPPeer, "CAL109", Severity.ERROR, fields=("peerIP",))
def check(peer: BGPPeer) -> Iterator[Finding]:
    neighbour = peer.neighbour
    kind, effect = _KINDS.get(neighbour.address.kind, ("", "")) if neighbour else ("", "")
    place = peer.peer_ip if kind else None
    if place:
        yield Finding(
            f"{place.value} is {kind} address: {effect}",
            place.label(),
            help="write the router's own unicast address, global, unique local (fd00::/8) or private",
        )
