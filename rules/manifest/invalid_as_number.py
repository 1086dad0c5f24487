"""AS number that Calico cannot decode.

Calico reads a whole number from 0 to 4294967295 or, through calicoctl and the Calico API server, text: decimal
digits, or two 16-bit halves joined by a dot (`"1.10"` is 65546). No `AS` in front, no blanks, no sign, no
hexadecimal digits, no third part. Any other text is rejected by Calico, and by both CRD groups, which take no text
at all.

Numbers out of range are worse. calicoctl and the Calico API server reject them, but the CRDs know no such bound:
kubectl stores a negative number on any Kubernetes version, and one above 4294967295 up to Kubernetes 1.35. One
stored object poisons the list: none of that kind can be read any more, with or without Typha. Up to Calico 3.32
calico-node keeps the last state of that kind until it restarts, from 3.33 it renders nothing at all and Typha turns
not ready.

The fix strips blanks and a leading `AS`, the one reading such a text has.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: AS65000  # error: AS65000 is no AS number
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

## Bad: out of range, three parts, too large a half

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  asNumber: 4294967296  # error: then no BGPConfiguration of the cluster can be read
---
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Reject
      asPathPrefix:
        - -1  # error: then no BGPFilter of the cluster can be read
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: "1.1.1"  # error: "1.1.1" is no AS number
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-1
spec:
  bgp:
    ipv4Address: 10.0.0.11/24
    asNumber: "65536.0"  # error: "65536.0" is no AS number
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  asNumber: 64512
---
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Reject
      asPathPrefix:
        - 65001
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65793
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-1
spec:
  bgp:
    ipv4Address: 10.0.0.11/24
    asNumber: "65535.0"
```
"""

import re
from collections.abc import Iterator

from linter.rulekit import AsNumber, Finding, Fix, Node, Safety, Severity, Target, as_number, value_rule

_MEANT = r"(?i)\s*(?:AS)?\s*([0-9.]+)\s*"


@value_rule(AsNumber, "CAL041", Severity.ERROR, fix=Safety.UNSAFE)
def check(value: AsNumber, target: Target) -> Iterator[Finding]:
    if _is_as_number(value):
        return
    meant = _meant(value)
    yield Finding(
        f"{value.shown} is no AS number: {_consequence(value, target)}",
        value.label(),
        help=f"write {meant}" if meant else "write a whole number from 1 to 4294967295",
        fix=Fix(f"write {meant}", Safety.UNSAFE, (value.edit(str(meant)),)) if meant else None,
    )


def _is_as_number(value: AsNumber) -> bool:
    number = value.value
    if isinstance(number, str):
        return as_number(number) is not None
    # Fractions are CAL040's.
    return not isinstance(number, int | float) or number % 1 != 0 or 0 <= number < 2**32


def _meant(value: AsNumber) -> int | None:
    found = re.fullmatch(_MEANT, value.value) if isinstance(value.value, str) else None
    return as_number(found[1]) if found else None


def _consequence(value: AsNumber, target: Target) -> str:
    number = value.value
    if isinstance(value.resource, Node):
        return "calicoctl rejects the object"
    if isinstance(number, int | float) and (number < 0 or not target.enforces_int32):
        kind = type(value.resource).__name__
        return f"calicoctl rejects it, but kubectl stores it, and then no {kind} of the cluster can be read"
    return "every way of applying rejects the object"
