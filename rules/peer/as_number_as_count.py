"""Count of allowed own AS numbers is an AS number, or out of range.

`numAllowedLocalASNumbers` says how often the node's own AS number may occur in the path of a route that it accepts: a
count, 1 or 2 as a rule, and no AS number. What becomes of a value that is none depends on its size.

Beyond 32 bits with a sign (below -2147483648, above 2147483647) it poisons the list. calicoctl and the Calico API
server reject it, and so do the CRDs from Kubernetes 1.36 on; before, kubectl stores it. Then no BGPPeer of the cluster
can be read any more, with or without Typha, and BGP stops following changes: up to Calico 3.32 changes of BGPPeers,
from 3.33 all of them.

Below 0 it passes every check. Up to 3.31 calico-node writes it into BIRD's configuration, and BIRD refuses the whole
file: that freezes BIRD config on the nodes in scope, and no later BGP change reaches them. From 3.32 it counts as 0,
which is a warning.

Above 255 it works, but no path is that long: BGP's loop check is off, so a route may come back to where it started. An
AS number written here does that, which is a warning.

A peer with `peerSelector` or `localWorkloadSelector` ignores the field, except that it poisons the list all the same.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  numAllowedLocalASNumbers: 4200010201  # error: numAllowedLocalASNumbers 4200010201 is no 32-bit count
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
  numAllowedLocalASNumbers: 1
```

## Bad: an AS number that fits

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  numAllowedLocalASNumbers: 65001  # warning: numAllowedLocalASNumbers 65001 is a count
```

## Good: as many as a byte holds

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  numAllowedLocalASNumbers: 255
```

## Bad: below zero

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  numAllowedLocalASNumbers: -1  # warning: numAllowedLocalASNumbers -1 counts as 0
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
  numAllowedLocalASNumbers: 0
```

## Bad: below zero in an older Calico

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
  numAllowedLocalASNumbers: -1  # error: BIRD refuses it and with it every later BGP change
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
  numAllowedLocalASNumbers: 2
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPPeer, Finding, Severity, Target, document_rule

_INT32 = 2**31
_LONGEST = 255


@document_rule(BGPPeer, "CAL113", Severity.ERROR, fields=("numAllowedLocalASNumbers",))
def check(peer: BGPPeer, target: Target) -> Iterator[Finding]:
    count = peer.num_allowed_local_as_numbers
    if count is None:
        return
    poisons = not -_INT32 <= count.value < _INT32
    if not poisons and (0 <= count.value <= _LONGEST or _is_ignored(peer)):
        return
    effect = _poison(target) if poisons else _too_many() if count.value > 0 else _negative(target)
    harmless = not poisons and (count.value > 0 or target.calico_version >= (3, 32))
    yield Finding(
        f"numAllowedLocalASNumbers {count.text} {effect}",
        count.label(),
        help="write how often the node's own AS number may stand in the path of a route, 1 or 2 as a rule",
        severity=Severity.WARNING if harmless else None,
    )


def _is_ignored(peer: BGPPeer) -> bool:
    return not (peer.absent(BGPPeer.peer_selector) and peer.absent(BGPPeer.local_workload_selector))


def _poison(target: Target) -> str:
    if target.enforces_int32:
        return "is no 32-bit count: every way of applying rejects it"
    stops = "BGP stops following any change" if target.calico_version >= (3, 33) else "no change to one takes effect"
    return (
        "is no 32-bit count: calicoctl rejects it, but before Kubernetes 1.36 kubectl stores it, and then no BGPPeer "
        f"of the cluster can be read and {stops}"
    )


def _too_many() -> str:
    return "is a count, no AS number: this one switches BGP's loop check off"


def _negative(target: Target) -> str:
    if target.calico_version >= (3, 32):
        return "counts as 0: the loop check stays as it is"
    return "passes every check, but BIRD refuses it and with it every later BGP change on the nodes in scope"
