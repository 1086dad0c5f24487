"""Gateway to the peer without a peerIP, or of the other address family.

`reachableBy` is the gateway of a static host route to `peerIP`. Without a `peerIP` there is nothing to route to, and
the peer is rejected by Calico: up to 3.32 by calicoctl and the Calico API server only, from 3.33 by the CRD schemas,
so on every way of applying it. Stored by kubectl before, the peer vanishes behind Typha.

The gateway must be of the same address family as `peerIP`. If it is not, calicoctl and the Calico API server reject
the peer. Stored by kubectl, the peer is dropped: calico-node logs an error and sets up no session; behind Typha the
peer vanishes. An IPv4-mapped address (`::ffff:10.20.0.254`) counts as the IPv4 address in it.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  peerSelector: has(route-reflector)
  reachableBy: 10.20.0.254  # error: 'reachableBy' without peerIP
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  peerSelector: has(route-reflector)
```

## Bad: of the other family

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  reachableBy: fd00:20::fe  # error: reachableBy fd00:20::fe is an IPv6 address, and peerIP 10.20.0.1 an IPv4 one
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
  reachableBy: 10.20.0.254
```

## Good: IPv4 in IPv6

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1:1790
  asNumber: 65001
  reachableBy: ::ffff:10.20.0.254
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPPeer, Finding, Located, Severity, address, document_rule


@document_rule(BGPPeer, "CAL116", Severity.ERROR, fields=("reachableBy",))
def check(peer: BGPPeer) -> Iterator[Finding]:
    gateway = peer.reachable_by
    if gateway is None or not gateway.value:
        return
    if peer.absent(BGPPeer.peer_ip) and not peer.patch:
        yield Finding(
            "'reachableBy' without peerIP: Calico rejects the peer, because there is no address to route to",
            gateway.key_label(),
            help="write peerIP, or remove reachableBy",
        )
    else:
        yield from _of_other_family(peer, gateway)


def _of_other_family(peer: BGPPeer, gateway: Located[str]) -> Iterator[Finding]:
    read, place, neighbour = address(gateway.value), peer.peer_ip, peer.neighbour
    if read and place and neighbour and read.family != neighbour.address.family:
        yield Finding(
            f"reachableBy {gateway.value} is an IPv{read.family} address, and peerIP {place.value} an "
            f"IPv{neighbour.address.family} one: calicoctl rejects the peer, and stored by kubectl calico-node drops "
            "it",
            gateway.label(),
            (place.label("the neighbour"),),
            f"write a gateway with an IPv{neighbour.address.family} address",
        )
