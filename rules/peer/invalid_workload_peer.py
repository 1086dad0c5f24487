"""Peer of local workloads names another target too, or has no AS number.

A BGPPeer with `localWorkloadSelector` (from Calico 3.30 on) accepts sessions from workloads on the node itself. Whom
it peers with is said by that selector alone: `peerIP` and `peerSelector` must be unset. And it needs `asNumber`, the
AS number of the workloads, because no Node tells it; 0 is the same as none. A peer that breaks one of these rules is
rejected by Calico: up to 3.31 by calicoctl and the Calico API server only, from 3.32 by the CRD schemas too.

In a peer that was stored unchecked, by kubectl before 3.32, `peerIP` and `peerSelector` are silently ignored. Behind
Typha the whole peer vanishes up to 3.32.

Empty text counts as unset. A field whose value is at fault still counts as set.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: virtual-routers
spec:
  localWorkloadSelector: app == 'vrouter'
  asNumber: 65100
  peerIP: 10.20.0.1  # error: 'peerIP' beside 'localWorkloadSelector'
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: virtual-routers
spec:
  localWorkloadSelector: app == 'vrouter'
  asNumber: 65100
```

## Bad: Calico nodes and workloads in one

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: virtual-routers
spec:
  peerSelector: has(route-reflector)  # error: 'peerSelector' beside 'localWorkloadSelector'
  localWorkloadSelector: app == 'vrouter'
  asNumber: 65100
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
  name: virtual-routers
spec:
  localWorkloadSelector: app == 'vrouter'
  asNumber: 65100
```

## Bad: no AS number

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: virtual-routers
spec:  # error: 'localWorkloadSelector' without asNumber
  localWorkloadSelector: app == 'vrouter'
  localASNumber: 64512
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: virtual-switches
spec:
  localWorkloadSelector: app == 'vswitch'
  asNumber: 0  # error: asNumber 0 beside 'localWorkloadSelector' counts as none
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: virtual-routers
spec:
  localWorkloadSelector: app == 'vrouter'
  asNumber: 65100
  localASNumber: 64512
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: virtual-switches
spec:
  localWorkloadSelector: app == 'vswitch'
  asNumber: 65101
```

## Good: an empty field is none

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: virtual-routers
spec:
  peerIP: ""
  peerSelector: ""
  localWorkloadSelector: app == 'vrouter'
  asNumber: 65100
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPPeer, Finding, Located, Severity, Target, document_rule

_TARGETS = ((BGPPeer.peer_ip, "peerIP"), (BGPPeer.peer_selector, "peerSelector"))


@document_rule(BGPPeer, "CAL104", Severity.ERROR, fields=("localWorkloadSelector",))
def check(peer: BGPPeer, target: Target) -> Iterator[Finding]:
    selector = peer.stated(BGPPeer.local_workload_selector)
    # An older Calico does not know the field, which is all there is to say then.
    if selector is None or target.calico_version < (3, 30):
        return
    vanishes = " or, behind Typha, vanishes" if target.typha_checks_pairs else ""
    for field, name in _TARGETS:
        place = peer.stated(field)
        if place:
            yield Finding(
                f"'{name}' beside 'localWorkloadSelector': Calico rejects the peer, and stored unchecked it peers "
                f"with local workloads alone{vanishes}",
                place.key_label("ignored by calico-node"),
                (selector.key_label("calico-node follows this one"),),
                f"remove {name}, or write a BGPPeer of its own for it",
            )
    yield from _without_number(peer, selector, target)


def _without_number(peer: BGPPeer, selector: Located[object], target: Target) -> Iterator[Finding]:
    number, advice = peer.as_number, "write the AS number of the workloads, another one than the cluster's"
    vanishes = ", and stored unchecked it vanishes behind Typha" if target.typha_checks_pairs else ""
    effect = f"Calico rejects the peer, because no Node tells the AS number of a workload{vanishes}"
    related = (selector.key_label("the neighbours are workloads"),)
    if number is not None and number.value == 0:
        message = f"asNumber {number.text} beside 'localWorkloadSelector' counts as none: {effect}"
        yield Finding(message, number.label(), related, advice, field="/spec/asNumber")
    elif peer.absent(BGPPeer.as_number) and peer.spec and not peer.patch:
        message = f"'localWorkloadSelector' without asNumber: {effect}"
        yield Finding(message, peer.spec.key_label(), related, advice, field="/spec/asNumber")
