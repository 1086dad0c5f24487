"""Peer sets asNumber beside peerSelector.

The AS numbers of Calico nodes are known: those that `peerSelector` matches are peered with under their own. With an
`asNumber` other than 0 beside it the peer is rejected by Calico: up to 3.31 by calicoctl and the Calico API server
only, from 3.32 by the CRD schemas too. In a peer that was stored unchecked, by kubectl before 3.32, the number is
silently ignored. Behind Typha the peer vanishes up to 3.32.

The fix removes `asNumber`, which is how Calico reads the object where it lets it pass.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  nodeSelector: all()
  peerSelector: has(route-reflector)
  asNumber: 64512  # error: asNumber 64512 beside 'peerSelector'
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

## Bad: in braces

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: {name: reflectors}
spec: {asNumber: 64512, peerSelector: has(route-reflector)}  # error: the selected nodes' own AS numbers
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: {name: reflectors}
spec: {peerSelector: has(route-reflector)}
```

## Good: 0 is unset

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  peerSelector: has(route-reflector)
  asNumber: 0
```

## Good: the AS number of this end

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  localASNumber: 64600
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPPeer, Finding, Safety, Severity, Target, document_rule


@document_rule(BGPPeer, "CAL103", Severity.ERROR, fields=("asNumber & peerSelector",), fix=Safety.SAFE)
def check(peer: BGPPeer, target: Target) -> Iterator[Finding]:
    selector = peer.stated(BGPPeer.peer_selector)
    number = peer.stated(BGPPeer.as_number) if selector else None
    if number is None or selector is None or _counts_as_unset(peer):
        return
    # Beside localWorkloadSelector asNumber is needed: what is wrong there is said by CAL104.
    if peer.absent(BGPPeer.local_workload_selector):
        vanishes = " or, behind Typha, the peer vanishes" if target.typha_checks_pairs else ""
        yield Finding(
            f"asNumber {number.value} beside 'peerSelector': Calico rejects the peer, and stored unchecked the "
            f"selected nodes' own AS numbers are used{vanishes}",
            number.key_label("ignored by calico-node"),
            (selector.key_label("peers with Calico nodes, whose AS numbers are known"),),
            "remove asNumber; a node's own AS number belongs into its Node, the cluster's into BGPConfiguration",
            peer.removal(number, Safety.SAFE),
        )


def _counts_as_unset(peer: BGPPeer) -> bool:
    return peer.as_number is not None and peer.as_number.value == 0
