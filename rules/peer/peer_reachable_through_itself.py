"""Gateway to the peer is the peer itself.

`reachableBy` adds a static route to `peerIP` through a gateway, for a neighbour that is not on a network of the node.
A gateway equal to `peerIP` makes a host route through the very address it leads to: useless at best, because the
address must be reachable without it, and it may hide the route of the connected network. Every check lets it pass.

The addresses are compared, not the texts, and a port is left out. The fix removes `reachableBy`, which takes the route
away.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  reachableBy: 10.20.0.1  # warning: reachableBy 10.20.0.1 is the neighbour itself
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
```

## Good: a gateway beside it

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  reachableBy: 10.20.0.254
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPPeer, Finding, Safety, Severity, address, document_rule


@document_rule(BGPPeer, "CAL118", Severity.WARNING, fields=("peerIP & reachableBy",), fix=Safety.UNSAFE)
def check(peer: BGPPeer) -> Iterator[Finding]:
    gateway, place, neighbour = peer.reachable_by, peer.peer_ip, peer.neighbour
    read = address(gateway.value) if gateway else None
    if gateway and place and neighbour and read and read.canonical == neighbour.address.canonical:
        yield Finding(
            f"reachableBy {gateway.value} is the neighbour itself: a host route through itself leads nowhere and may "
            "hide the connected route",
            gateway.label(),
            (place.label("the neighbour"),),
            "remove reachableBy, or write the gateway that leads to the neighbour",
            peer.removal(gateway, Safety.UNSAFE),
        )
