"""Peer names nobody to peer with.

A BGPPeer leads to an address (`peerIP`), to Calico nodes (`peerSelector`) or to local workloads
(`localWorkloadSelector`). Without any of them nothing rejects it, neither calicoctl nor a CRD nor Typha, and
calico-node sets up no session to a neighbour.

But it also looks for the nodes at the other end, in order to peer back from there, and compares the missing address
with the addresses of every node. That matches each node which has addresses of one family only, so all nodes of a
cluster with one family, if its AS number is the peer's `asNumber` (without one: the cluster's). Each of them gets an
IPv4 session to all nodes that `node` or `nodeSelector` selects: an unasked mesh.

With `reversePeering: Manual`, or where every node has addresses of both families, the peer has no effect at all.

A misspelt or misplaced target counts as present; so does one whose value is at fault.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:  # error: no peerIP, peerSelector or localWorkloadSelector
  nodeSelector: rack == 'rack-a'
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

## Bad: without the way back it does nothing

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:  # error: with reversePeering Manual the peer has no effect at all
  nodeSelector: rack == 'rack-a'
  reversePeering: Manual
```

## Good: Calico nodes

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  nodeSelector: rack == 'rack-a'
  peerSelector: has(route-reflector)
  reversePeering: Manual
```

## Good: local workloads

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: virtual-routers
spec:
  localWorkloadSelector: app == 'vrouter'
  asNumber: 65100
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPPeer, Finding, Severity, Target, document_rule

_TARGETS = "peerIP, peerSelector or localWorkloadSelector"


@document_rule(BGPPeer, "CAL106", Severity.ERROR)
def check(peer: BGPPeer, target: Target) -> Iterator[Finding]:
    if peer.has_target or peer.spec is None or peer.patch:
        return
    gateway = peer.reachable_by
    if gateway and gateway.value:
        return  # the missing peerIP is what CAL116 speaks of
    known = _TARGETS if target.calico_version >= (3, 30) else "peerIP or peerSelector"
    yield Finding(
        f"no {known}: nobody rejects it and no session is asked for, but {_effect(peer)}",
        peer.spec.key_label(),
        help="write peerIP and asNumber for a router, or peerSelector for Calico nodes",
    )


def _effect(peer: BGPPeer) -> str:
    back = peer.reverse_peering
    if back and back.value == "Manual":
        return "with reversePeering Manual the peer has no effect at all"
    number = peer.as_number
    whose = f"of AS {number.value}" if number and number.value else "of the cluster's AS"
    who = f"every node {whose} with addresses of one family only, if there is any,"
    return f"{who} peers with all selected nodes: an unasked mesh"
