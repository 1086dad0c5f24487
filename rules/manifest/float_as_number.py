"""AS number written as a YAML fraction.

An AS number in dotted notation must not stand without quotes: YAML takes `1.10` for the fraction 1.1, and the last
zero is gone before Calico sees it. A fraction is no AS number, so the object is rejected by Calico on every way of
applying it, and by both CRD groups. In quotes calicoctl and the Calico API server would read `"1.10"` as 1 · 65536
+ 10 = 65546; the CRDs take whole numbers only, so the fix writes the decimal number, which all of them read alike.

A fraction that is a whole number, such as `65000.0`, arrives as 65000 and is accepted.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 1.10  # error: 1.10 is the fraction 1.1 to YAML
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65546
```

## Bad: in a list, and for a node

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Reject
      asPathPrefix:
        - 65001
        - 0.65002  # error: 0.65002 is the fraction 0.65002 to YAML
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-1
spec:
  bgp:
    ipv4Address: 10.0.0.11/24
    asNumber: 64.7  # error: 64.7 is the fraction 64.7 to YAML
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Reject
      asPathPrefix:
        - 65001
        - 65002
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-1
spec:
  bgp:
    ipv4Address: 10.0.0.11/24
    asNumber: 4194311
```

## Good: whole numbers in other forms

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-a
spec:
  peerIP: 10.20.0.1
  asNumber: 65000.0
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-b
spec:
  peerIP: 10.20.0.2
  asNumber: 6.5e4
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-c
spec:
  peerIP: 10.20.0.3
  asNumber: 65_000
```
"""

from collections.abc import Iterator

from linter.rulekit import AsNumber, Finding, Fix, Safety, Severity, as_number, value_rule


@value_rule(AsNumber, "CAL040", Severity.ERROR, fix=Safety.SAFE)
def check(value: AsNumber) -> Iterator[Finding]:
    number = value.value
    if not isinstance(number, float) or number.is_integer():
        return
    meant = as_number(value.scalar.text)
    yield Finding(
        f"{value.shown} is the fraction {number!r} to YAML and no AS number: every way of applying rejects the object",
        value.label(),
        help=f"write {meant}, which is {value.scalar.text} in decimal" if meant else "write a whole number",
        fix=Fix(f"write AS {meant} in decimal", Safety.SAFE, (value.edit(str(meant)),)) if meant else None,
    )
