"""Number with a leading zero, which YAML reads as octal.

A whole number that begins with 0 and has no digit above 7 is octal to Calico's tools, as to YAML 1.1: `065000` means
27136, `0179` on the other hand is 179, because 9 is no octal digit. Nothing complains: the number that arrives is a
valid one, so the wrong AS number, port or length is silently in force, and neighbours refuse the session.

The rule speaks where the octal and the decimal reading differ. Numbers in quotes (`"065000"` as an AS number) are
decimal, and `0o17` or `0x1f` are meant as they are read.

The fix drops the zeros, so it changes what Calico reads.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 065000  # error: 065000 is octal and means 27136
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

## Bad: ports and lengths

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  listenPort: 01750  # error: 01750 is octal and means 1000
---
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Reject
      matchOperator: In
      cidr: 10.0.0.0/8
      prefixLength:
        min: 024  # error: 024 is octal and means 20
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: 10.244.0.0/16
  blockSize: 026  # error: 026 is octal and means 22
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  listenPort: 1750
---
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Reject
      matchOperator: In
      cidr: 10.0.0.0/8
      prefixLength:
        min: 24
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: 10.244.0.0/16
  blockSize: 26
```

## Good: one reading

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-a
spec:
  peerIP: 10.20.0.1
  asNumber: 0648
  ttlSecurity: 01
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-b
spec:
  peerIP: 10.20.0.2
  asNumber: "065000"
  ttlSecurity: 0x1f
```
"""

from collections.abc import Iterator

from linter.rulekit import AsNumber, Finding, Fix, Integer, Safety, Severity, TypedValue, value_rule

_LARGEST = 2**32 - 1


@value_rule((AsNumber, Integer), "CAL005", Severity.ERROR, fix=Safety.UNSAFE)
def check(value: TypedValue) -> Iterator[Finding]:
    number = value.value
    # No AS number at all is CAL041's.
    if not isinstance(number, int) or (isinstance(value, AsNumber) and not 0 <= number <= _LARGEST):
        return
    decimal = _decimal(value.scalar.text)
    if decimal is not None and decimal != number:
        yield Finding(
            f"{value.shown} is octal and means {number}: Calico takes that number without a word",
            value.label(),
            help=f"write {decimal}, or {number} if octal was meant",
            fix=Fix(f"write {decimal}", Safety.UNSAFE, (value.edit(str(decimal)),)),
        )


def _decimal(text: str) -> int | None:
    """What the text is in decimal, if a leading zero has made it octal."""
    sign, digits = ("-" if text.startswith("-") else ""), text.lstrip("+-").replace("_", "")
    return None if digits.strip("01234567") or not digits.startswith("0") else int(sign + digits)
