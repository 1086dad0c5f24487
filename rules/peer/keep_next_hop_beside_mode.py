"""Peer sets keepOriginalNextHop beside nextHopMode.

`nextHopMode` (Calico 3.30.2 and later) has replaced `keepOriginalNextHop`: with any mode beside it, even `Auto`, the
old field must not be true. Otherwise the peer is rejected by Calico: up to 3.32 by calicoctl and the Calico API server
only, from 3.33 by the CRD schemas, so on every way of applying it.

In a peer that was stored unchecked, by kubectl before 3.33, `nextHopMode` alone counts and `keepOriginalNextHop` is
silently ignored. Behind Typha the peer vanishes up to 3.32.

The fix removes `keepOriginalNextHop`, which is how Calico reads the object where it lets it pass.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  keepOriginalNextHop: true  # error: 'keepOriginalNextHop' beside 'nextHopMode'
  nextHopMode: Auto
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
  nextHopMode: Auto
```

## Good: false is unset

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  keepOriginalNextHop: false
  nextHopMode: Keep
```

## Good: one of them

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-a
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  keepOriginalNextHop: true
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-b
spec:
  peerIP: 10.20.0.2
  asNumber: 65001
  nextHopMode: Keep
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPPeer, Finding, Safety, Severity, Target, document_rule


@document_rule(BGPPeer, "CAL117", Severity.ERROR, fields=("keepOriginalNextHop & nextHopMode",), fix=Safety.SAFE)
def check(peer: BGPPeer, target: Target) -> Iterator[Finding]:
    keep = peer.keep_original_next_hop
    mode = peer.stated(BGPPeer.next_hop_mode) if keep and keep.value else None
    # An older Calico does not know the mode, which is all there is to say then.
    if keep and mode and target.calico_version >= (3, 30):
        vanishes = " or, behind Typha, the peer vanishes" if target.typha_checks_pairs else ""
        yield Finding(
            "'keepOriginalNextHop' beside 'nextHopMode': Calico rejects the peer, and stored unchecked nextHopMode "
            f"alone counts{vanishes}",
            keep.key_label("ignored by calico-node"),
            (mode.key_label("calico-node follows this one"),),
            "remove keepOriginalNextHop; to keep the next hop write nextHopMode: Keep, which does so on iBGP too",
            peer.removal(keep, Safety.SAFE),
        )
