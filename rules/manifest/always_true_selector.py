r"""Selector that matches everything without saying so.

Blank text, `global()`, or conditions that hold whatever the labels are. Calico reads such a text as `all()`, and as
*set*, which an empty or absent field is not:

- `nodeSelector` of a BGPPeer: every node opens the sessions, as peers of single nodes. A peer without `node` and
  `nodeSelector` is global: it goes before peers of single nodes to the same address. And with `node` beside it the
  BGPPeer is rejected by Calico.
- `peerSelector`: every Calico node is a peer, which excludes `peerIP` and `asNumber`.
- `localWorkloadSelector`: every local workload may peer, which excludes `peerIP` and `peerSelector`.
- `nodeSelector` of an IPPool: every node draws from it; a pool for LoadBalancer takes exactly `all()` and is rejected
  otherwise.
- `namespaceSelector`: every namespace uses the pool.

peerlint decides this exactly, over everything that labels can be. `rack != 'rack 1'` is one such text: no label can
have that value.

`all()` itself says what it does and is never reported. The fix writes it and is safe: Calico does the same with it.

## Bad: blank text, and global()

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  nodeSelector: " "  # warning: " " selects every node, yet counts as set: the peer is not global
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: mesh
spec:
  nodeSelector: has(rr)
  peerSelector: global()  # warning: global() selects every node, yet counts as set: peerIP and asNumber are excluded
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
  nodeSelector: "all()"
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: mesh
spec:
  nodeSelector: has(rr)
  peerSelector: all()
```

## Bad: conditions that always hold

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: vms
spec:
  asNumber: 65010
  localWorkloadSelector: has(app) || !has(app)  # warning: selects every workload
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: v4
spec:
  cidr: 10.244.0.0/16
  vxlanMode: Always
  allowedUses: [Workload]
  nodeSelector: rack not in {}  # warning: rack not in {} selects every node
  namespaceSelector: team != 'a' || team != 'b'  # warning: selects every namespace
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: vms
spec:
  asNumber: 65010
  localWorkloadSelector: all()
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: v4
spec:
  cidr: 10.244.0.0/16
  vxlanMode: Always
  allowedUses: [Workload]
  nodeSelector: all()
  namespaceSelector: all()
```

## Good: empty is unset, and some things are left out after all

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  nodeSelector: ""
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: spine
spec:
  peerIP: 10.20.0.2
  asNumber: 65001
  nodeSelector: rack != 'a' || zone != 'b'
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: edge
spec:
  peerIP: 10.20.0.3
  asNumber: 65001
  nodeSelector: rack contains ''
```
"""

from collections.abc import Iterator

from linter.rulekit import Finding, Fix, IPPool, Safety, Selector, Severity, value_rule

_ALL = "all()"
_OF_PEER = {
    "nodeSelector": "yet counts as set: the peer is not global, and node is excluded",
    "peerSelector": "yet counts as set: peerIP and asNumber are excluded",
    "localWorkloadSelector": "yet counts as set: peerIP and peerSelector are excluded",
}
_OF_POOL = {
    "nodeSelector": "yet counts as set: for LoadBalancer only all() is accepted",
    "namespaceSelector": "yet counts as set: a pool for Tunnel is rejected with it",
}


@value_rule(Selector, "CAL062", Severity.WARNING, fix=Safety.SAFE)
def check(selector: Selector) -> Iterator[Finding]:
    pool = isinstance(selector.resource, IPPool)
    # A pool whose selector holds the text `global(` is rejected: CAL406 speaks.
    if selector.value == _ALL or (pool and "global(" in str(selector.value)):
        return
    extent = selector.extent
    if extent is None or not extent.everything:
        return
    effect = (_OF_POOL if pool else _OF_PEER)[selector.field]
    yield Finding(
        f"{selector.shown} selects every {selector.selects}, {effect}",
        selector.label(),
        help=f"write {_ALL} if every {selector.selects} is meant, else leave the field out or correct the condition",
        fix=Fix(f"write {_ALL}", Safety.SAFE, (selector.requote(_ALL),)),
    )
