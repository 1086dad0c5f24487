"""Peer sets a field that peers of its shape ignore.

Not every field counts for every BGPPeer, and nobody says so: the field is accepted and silently ignored.

Between Calico nodes (`peerSelector`) each end shows its own AS number: `localASNumber` and `numAllowedLocalASNumbers`
have no effect.

Sessions of local workloads (`localWorkloadSelector`, from Calico 3.30 on) are passive, and take from the peer its
`asNumber`, `localASNumber` and `filters` alone. Timers, `ttlSecurity`, the next hop, `sourceAddress`,
`numAllowedLocalASNumbers` and `reversePeering` have no effect. A `password` has none either; because that leaves
sessions open, `unauthenticated-workload-peer` speaks of it.

A value that counts as unset (0, false, empty text) is no use of the field. Where two targets stand beside each other
another rule speaks, and it is not known which fields will count.

The fix removes the field, which is how Calico reads the object.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  nodeSelector: rack == 'rack-a'
  peerSelector: has(route-reflector)
  localASNumber: 65010  # warning: 'localASNumber' is ignored beside 'peerSelector'
  numAllowedLocalASNumbers: 1  # warning: the loop check stays as it is
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  nodeSelector: rack == 'rack-a'
  peerSelector: has(route-reflector)
```

## Bad: local workloads

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: virtual-routers
spec:
  localWorkloadSelector: app == 'vrouter'
  asNumber: 65100
  ttlSecurity: 1  # warning: TTL security is off
  maxRestartTime: 60s  # warning: 'maxRestartTime' is ignored beside 'localWorkloadSelector'
  nextHopMode: Self  # warning: the next hop is left to BGP's own rules
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

## Good: what each shape takes

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  localASNumber: 65010
  numAllowedLocalASNumbers: 1
  ttlSecurity: 1
  sourceAddress: None
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  peerSelector: has(route-reflector)
  sourceAddress: UseNodeIP
  maxRestartTime: 60s
  keepaliveTime: 30s
  ttlSecurity: 1
  filters: [lan]
  nextHopMode: Self
  reversePeering: Manual
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: virtual-routers
spec:
  localWorkloadSelector: app == 'vrouter'
  asNumber: 65100
  localASNumber: 64512
  filters: [workloads]
```

## Good: what counts as unset

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  peerSelector: has(route-reflector)
  localASNumber: 0
  numAllowedLocalASNumbers: 0
```
"""

from collections.abc import Iterator
from typing import Any

from linter.rulekit import BGPPeer, Field, Finding, Located, Safety, Severity, Target, document_rule

Ignored = tuple[Field[Any], str, str]
"""A field with its name, and what Calico does instead."""

_COUNT = (BGPPeer.num_allowed_local_as_numbers, "numAllowedLocalASNumbers", "the loop check stays as it is")
_NEXT_HOP = "the next hop is left to BGP's own rules"
_OF_NODES = ((BGPPeer.local_as_number, "localASNumber", "each node shows its own AS number"), _COUNT)
_OF_WORKLOADS = (
    (BGPPeer.source_address, "sourceAddress", "the kernel chooses the source address"),
    (BGPPeer.max_restart_time, "maxRestartTime", "the restart time is BIRD's 120s"),
    (BGPPeer.keepalive_time, "keepaliveTime", "the keepalive interval is BIRD's own"),
    (BGPPeer.ttl_security, "ttlSecurity", "TTL security is off"),
    (BGPPeer.next_hop_mode, "nextHopMode", _NEXT_HOP),
    (BGPPeer.keep_original_next_hop, "keepOriginalNextHop", _NEXT_HOP),
    _COUNT,
    (BGPPeer.reverse_peering, "reversePeering", "nothing peers back from a workload"),
)
_DECODED = {"ttlSecurity": range(256), "numAllowedLocalASNumbers": range(-(2**31), 2**31)}
"""A number beyond these poisons the list of peers, which CAL112 and CAL113 say."""


@document_rule(
    BGPPeer,
    "CAL114",
    Severity.WARNING,
    fields=("localWorkloadSelector", "localASNumber", "numAllowedLocalASNumbers"),
    fix=Safety.SAFE,
)
def check(peer: BGPPeer, target: Target) -> Iterator[Finding]:
    if peer.leads_to(BGPPeer.peer_selector):
        yield from _ignored(peer, BGPPeer.peer_selector, "peerSelector", _OF_NODES)
    elif peer.leads_to(BGPPeer.local_workload_selector) and target.calico_version >= (3, 30):
        yield from _ignored(peer, BGPPeer.local_workload_selector, "localWorkloadSelector", _OF_WORKLOADS)


def _ignored(peer: BGPPeer, target: Field[str], shape: str, fields: tuple[Ignored, ...]) -> Iterator[Finding]:
    selector = peer.stated(target)
    related = (selector.key_label("whom it peers with"),) if selector else ()
    for field, name, effect in fields:
        place = peer.stated(field)
        if place and not _is_spoken_of(peer, name, place):
            yield Finding(
                f"'{name}' is ignored beside '{shape}': {effect}",
                place.key_label("has no effect"),
                related,
                f"remove {name}",
                peer.removal(place, Safety.SAFE),
            )


def _is_spoken_of(peer: BGPPeer, name: str, place: Located[object]) -> bool:
    """Whether another rule asks for the field to go, or to be changed, with more reason; CAL027 if it is too new."""
    if name == "keepOriginalNextHop" and peer.stated(BGPPeer.next_hop_mode):
        return True
    decoded = _DECODED.get(name)
    return id(place.node) in peer.rejected or (decoded is not None and place.value not in decoded)
