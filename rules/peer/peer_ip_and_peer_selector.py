"""Peer sets both peerIP and peerSelector.

A BGPPeer leads either to an address (`peerIP`) or to the Calico nodes that `peerSelector` matches. With both the
peer is rejected by Calico: up to 3.31 by calicoctl and the Calico API server only, from 3.32 by the CRD schemas
too.

In a peer that was stored unchecked, by kubectl before 3.32, `peerIP` is silently ignored: sessions to the selected
nodes are set up, none to that address. Behind Typha the peer vanishes up to 3.32.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  nodeSelector: all()
  peerIP: 10.20.0.1  # error: 'peerIP' and 'peerSelector'
  peerSelector: has(route-reflector)
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  nodeSelector: all()
  peerSelector: has(route-reflector)
```

## Good: two peers

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  peerSelector: has(route-reflector)
---
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

from linter.rulekit import BGPPeer, Finding, Severity, Target, document_rule


@document_rule(BGPPeer, "CAL102", Severity.ERROR, fields=("peerIP & peerSelector",))
def check(peer: BGPPeer, target: Target) -> Iterator[Finding]:
    selector = peer.stated(BGPPeer.peer_selector)
    address = peer.stated(BGPPeer.peer_ip) if selector else None
    if address and selector:
        vanishes = " or, behind Typha, vanishes" if target.typha_checks_pairs else ""
        yield Finding(
            "'peerIP' and 'peerSelector' are both set: Calico rejects the peer, and stored unchecked it never peers "
            f"with {address.value}{vanishes}",
            address.key_label("ignored by calico-node"),
            (selector.key_label("calico-node follows this one"),),
            "keep peerIP for a router, or peerSelector for Calico nodes; to have both write two BGPPeers",
        )
