"""AS number written as text.

calicoctl, and as far as decoding goes the Calico API server, take an AS number as text, plain (`"65000"`) or in
dotted notation (`"1.10"` is 65546), and store a number. Both CRD groups accept whole numbers only: where kubectl
writes through them (native `projectcalico.org/v3`, or `crd.projectcalico.org/v1`), the object is rejected. The
decimal number without quotes means the same everywhere.

The Calico Node (`projectcalico.org/v3`) is exempt: it has no CRD, only calicoctl applies it. Text above 2147483647
is left to `as-number-over-int32` where `kubernetesVersion` is 1.36 or later, because there it is rejected in any
notation.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: "65000"  # warning: "65000" is text
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65000
```

## Bad: dotted notation, and a tag that makes a number text

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  asNumber: '1.10'  # warning: '1.10' is text: calicoctl reads AS 65546
---
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Reject
      asPathPrefix: [!!str 65001]  # warning: !!str 65001 is text
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  asNumber: 65546
---
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Reject
      asPathPrefix: [65001]
```

## Good: a Calico Node, which only calicoctl applies

```yaml
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-1
spec:
  bgp:
    ipv4Address: 10.0.0.11/24
    asNumber: "65010"
```
"""

from collections.abc import Iterator

from linter.rulekit import AsNumber, Finding, Fix, Node, Safety, Severity, Target, as_number, value_rule


@value_rule(AsNumber, "CAL042", Severity.WARNING, fix=Safety.SAFE)
def check(value: AsNumber, target: Target) -> Iterator[Finding]:
    if not isinstance(value.value, str) or isinstance(value.resource, Node):
        return
    number = as_number(value.value)
    # Text too large for the CRDs is rejected without quotes, too: as-number-over-int32 has more to say.
    if number is None or (target.enforces_int32 and number >= 2**31):
        return
    yield Finding(
        f"{value.shown} is text: calicoctl reads AS {number}, but the CRDs take whole numbers only and reject it",
        value.label(),
        help=f"write {number} without quotes",
        fix=Fix(f"write {number} without quotes", Safety.SAFE, (value.edit(str(number)),)),
    )
