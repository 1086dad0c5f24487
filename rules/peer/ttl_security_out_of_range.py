"""TTL security outside 0 to 255.

`ttlSecurity` is the number of hops to the neighbour, 0 to 255; 0 is off. calicoctl and the Calico API server reject
anything else, but the CRDs only ask for a whole number, so stored by kubectl it poisons the list: no BGPPeer of the
cluster can be read any more, with or without Typha, and BGP stops following changes.

Up to Calico 3.32 a running calico-node keeps the last state of the BGPPeers and follows all else, and a restarted
one renders nothing. From 3.33 no node renders anything while the object is there, and Typha turns not ready.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  ttlSecurity: 256  # error: ttlSecurity 256 is outside 0 to 255
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
  ttlSecurity: 255
```

## Bad: an older Calico

```yaml .peerlint.yaml
calicoVersion: "3.31"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  ttlSecurity: -1  # error: no change to one takes effect
```

## Good

```yaml .peerlint.yaml
calicoVersion: "3.31"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  ttlSecurity: 1
```

## Good: off

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  ttlSecurity: 0
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPPeer, Finding, Severity, Target, document_rule


@document_rule(BGPPeer, "CAL112", Severity.ERROR, fields=("ttlSecurity",))
def check(peer: BGPPeer, target: Target) -> Iterator[Finding]:
    hops = peer.ttl_security
    if hops is None or 0 <= hops.value <= 255:
        return
    renders_nothing = target.calico_version >= (3, 33)
    effect = "BGP stops following any change" if renders_nothing else "no change to one takes effect"
    yield Finding(
        f"ttlSecurity {hops.value} is outside 0 to 255: calicoctl rejects it, but kubectl stores it, and then no "
        f"BGPPeer of the cluster can be read and {effect}",
        hops.label(),
        help="write how many hops away the router is, 1 on the same link, at both ends; or remove the field",
    )
