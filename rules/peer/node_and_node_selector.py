"""Peer sets both node and nodeSelector.

`node` ties a BGPPeer to one node by name, `nodeSelector` to all nodes whose labels match: Calico wants at most one
of them. With both the peer is rejected by Calico: up to 3.31 by calicoctl and the Calico API server only, from 3.32
by the CRD schemas too.

A peer that was stored unchecked, by kubectl before 3.32, is read in two ways: BIRD follows `nodeSelector`, so that
`node` is silently ignored, while Felix goes by `node`. Behind Typha the peer vanishes up to 3.32.

Empty text counts as unset. A field whose value is at fault still counts as set.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  node: worker-1  # error: 'node' and 'nodeSelector'
  nodeSelector: rack == 'rack-a'
  peerIP: 10.20.0.1
  asNumber: 65001
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  nodeSelector: rack == 'rack-a'
  peerIP: 10.20.0.1
  asNumber: 65001
```

## Good: an empty field is none

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  node: worker-1
  nodeSelector: ""
  peerIP: 10.20.0.1
  asNumber: 65001
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPPeer, Finding, Severity, Target, document_rule


@document_rule(BGPPeer, "CAL101", Severity.ERROR, fields=("node & nodeSelector",))
def check(peer: BGPPeer, target: Target) -> Iterator[Finding]:
    node = peer.stated(BGPPeer.node)
    selector = peer.stated(BGPPeer.node_selector) if node else None
    if node and selector:
        vanishes = " or, behind Typha, the peer vanishes" if target.typha_checks_pairs else ""
        yield Finding(
            "'node' and 'nodeSelector' are both set: Calico rejects the peer, and stored unchecked BIRD follows "
            f"nodeSelector and ignores node{vanishes}",
            node.key_label("ignored by BIRD"),
            (selector.key_label("BIRD follows this one"),),
            "keep node for one node by its name, or nodeSelector for nodes by their labels",
        )
