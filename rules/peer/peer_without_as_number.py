"""Peer with a peerIP has no AS number.

A BGPPeer with `peerIP` needs `asNumber`: the cluster's AS number is not filled in. Nobody checks it, neither
calicoctl nor any CRD nor Typha. calico-node renders the neighbour with AS 0, which BIRD refuses together with the
whole file, and that freezes BIRD config on every node in the peer's scope that has an address of that family: no
later BGP change reaches the node, and a node that restarts has no BGP at all. `asNumber: 0` is the same as none.

Peers with `peerSelector` or `localWorkloadSelector` are other shapes, with rules of their own.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:  # error: peerIP 10.20.0.1 has no asNumber
  peerIP: 10.20.0.1
  nodeSelector: rack == 'rack-a'
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
  nodeSelector: rack == 'rack-a'
```

## Bad: zero

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 0  # error: asNumber 0 for peerIP 10.20.0.1 counts as none
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 64512
```

## Good: Calico nodes know their AS numbers

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  peerSelector: has(route-reflector)
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPPeer, Finding, Label, Severity, document_rule

_EFFECT = "nobody checks it, and BIRD refuses AS 0 and with it every later BGP change on the nodes in scope"


@document_rule(BGPPeer, "CAL105", Severity.ERROR, fields=("peerIP",))
def check(peer: BGPPeer) -> Iterator[Finding]:
    number = peer.as_number
    address = peer.stated(BGPPeer.peer_ip) if number is None or number.value == 0 else None
    if address is None or not (peer.absent(BGPPeer.peer_selector) and peer.absent(BGPPeer.local_workload_selector)):
        return
    if number is not None:
        message = f"asNumber {number.text} for peerIP {address.value} counts as none: {_EFFECT}"
        yield _finding(message, number.label(), address.label("the router"))
    elif peer.absent(BGPPeer.as_number) and peer.spec and not peer.patch:
        message = f"peerIP {address.value} has no asNumber: {_EFFECT}"
        yield _finding(message, peer.spec.key_label(), address.label("a router needs its AS number"))


def _finding(message: str, at: Label, router: Label) -> Finding:
    advice = "write the router's AS number; for iBGP the cluster's own"
    return Finding(message, at, (router,), advice, field="/spec/asNumber")
