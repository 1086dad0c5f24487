"""Peer address is a loopback address.

A `peerIP` in 127.0.0.0/8, or `::1`, leads each node to itself: to another BGP speaker that runs beside BIRD, such as
the one of MetalLB. calico-node is not ready before all its sessions are up. Where that speaker runs in a pod, or waits
for the node to be ready, neither ever starts: a deadlock at bootstrap, on every new node and after every restart.

It works only where the speaker is there before Calico, as a service of the host for instance.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: metallb
spec:
  peerIP: 127.0.0.1  # warning: 127.0.0.1 is a loopback address
  asNumber: 65001
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
"""

from collections.abc import Iterator

from linter.rulekit import BGPPeer, Finding, Severity, document_rule


@document_rule(BGPPeer, "CAL110", Severity.WARNING, fields=("peerIP",))
def check(peer: BGPPeer) -> Iterator[Finding]:
    neighbour = peer.neighbour
    place = peer.peer_ip if neighbour and neighbour.address.kind == "loopback" else None
    if place:
        yield Finding(
            f"{place.value} is a loopback address: calico-node is not ready before a speaker on its own node answers, "
            "and a speaker that waits for the node never starts",
            place.label(),
            help="peer with the router itself, and let Calico announce what the other speaker would; see "
            "serviceLoadBalancerIPs in BGPConfiguration",
        )
