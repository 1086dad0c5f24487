"""AS number above 2147483647, which Kubernetes 1.36 and later reject.

Calico's CRDs declare AS numbers as `format: int32`, although they have 32 bits without a sign. Kubernetes up to
1.35 ignores that format; from 1.36 on it enforces it, and an AS number above 2147483647, such as all private ones
of 32 bits (4200000000 to 4294967294), is rejected by Calico's CRDs whichever tool applies it. From Calico 3.33
`calicoctl validate` and calicoctl with the etcd datastore enforce it too, on any version of Kubernetes. Everywhere
else the number works.

With `kubernetesVersion` below 1.36 the rule is silent, from 1.36 on the finding is an error; where it is not stated
the finding is a hint. The AS number of a Calico Node has no CRD, nor has the annotation
`projectcalico.org/ASNumber`: there the number works on every version.

## Bad

```yaml .peerlint.yaml
kubernetesVersion: "1.36"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 4200000000  # error: 4200000000 is above 2147483647
```

## Good

```yaml .peerlint.yaml
kubernetesVersion: "1.36"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 2147483647
```

## Bad: no version of Kubernetes stated

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  asNumber: 4200000000  # hint: from Kubernetes 1.36 on
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  asNumber: 64512
```

## Good: Kubernetes 1.35

```yaml .peerlint.yaml
kubernetesVersion: "1.35"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 4200000000
```

## Good: a node's own AS number

```yaml .peerlint.yaml
kubernetesVersion: "1.36"
```

```yaml
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-1
spec:
  bgp:
    ipv4Address: 10.0.0.11/24
    asNumber: 4200000011
```
"""

from collections.abc import Iterator

from linter.rulekit import AsNumber, Finding, Node, Severity, Target, as_number, value_rule

_MAX = 2**31 - 1


@value_rule(AsNumber, "CAL043", Severity.ERROR)
def check(value: AsNumber, target: Target) -> Iterator[Finding]:
    if isinstance(value.resource, Node) or not _MAX < _number(value) < 2**32:
        return
    if target.enforces_int32:
        yield Finding(
            f"{value.shown} is above {_MAX}: Kubernetes enforces int32 from 1.36 on and rejects the object",
            value.label(),
            help=f"use an AS number up to {_MAX}, such as a private one from 64512 to 65534",
        )
    elif target.enforces_int32 is None and not isinstance(value.value, str):
        yield Finding(
            f"{value.shown} is above {_MAX}: from Kubernetes 1.36 on the object is rejected",
            value.label(),
            help="state kubernetesVersion in .peerlint.yaml to have this settled",
            severity=Severity.HINT,
        )


def _number(value: AsNumber) -> float:
    """The AS number; 0 for what is none. Text that only calicoctl reads counts: it stores a number."""
    number = value.value
    if isinstance(number, str):
        return as_number(number) or 0
    return number if isinstance(number, int | float) and number % 1 == 0 else 0
