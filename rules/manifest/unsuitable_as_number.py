"""AS number that is reserved, a sample, or written like another one.

All of these are accepted by every check of Calico:

- 23456 stands for an AS number of 32 bits towards routers that do not know them (RFC 6793), 65535 and 4294967295 are
  reserved (RFC 7300), 64496 to 64511 and 65536 to 65551 are for documentation (RFC 5398). Routers refuse them, or
  drop routes that carry them;
- 63400 is the sample of Calico's reference page, in communities too (`63400:300:100`). It is a public AS number, and
  somebody else's;
- `65000.0` is a fraction to YAML, arrives as 65000, and reads like dotted notation, in which it is 4259840000.

In the conditions of a BGPFilter (`asPathPrefix`, `communities.values`) reserved numbers are right: to reject routes
that carry them is good practice. Private AS numbers (64512 to 65534, 4200000000 to 4294967294) are no finding
anywhere; whether a public one is yours nobody can see here.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  asNumber: 63400  # warning: 63400 is the sample of Calico's documentation
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities: ["63400:300:100"]  # warning: begins with 63400
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-a
spec:
  peerIP: 10.20.0.1
  asNumber: 65535  # warning: 65535 is reserved
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-b
spec:
  peerIP: 10.20.0.2
  asNumber: 65000.0  # warning: 65000.0 counts as AS 65000, but reads like AS 4259840000 in dotted notation
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  asNumber: 64512
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities: ["64512:300:100"]
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-a
spec:
  peerIP: 10.20.0.1
  asNumber: 65534
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-b
spec:
  peerIP: 10.20.0.2
  asNumber: 65000
```

## Good: a filter against reserved numbers, and well-known communities

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: no-bogons
spec:
  importV4:
    - action: Reject
      asPathPrefix: [23456]
    - action: Reject
      communities: {values: ["63400:100"]}
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities: ["65535:65281"]
```
"""

from collections.abc import Iterator

from linter.rulekit import AsNumber, Community, Finding, Severity, TypedValue, as_number, community, value_rule

_CONDITIONS = ("asPathPrefix", "values")
_SAMPLE = 63400
_RESERVED = {
    23456: "is reserved for AS numbers of 32 bits: routers refuse it",
    65535: "is reserved: routers refuse it",
    4294967295: "is reserved: routers refuse it",
}
_DOCUMENTATION = (range(64496, 64512), range(65536, 65552))
_OWN = "write the AS number that was assigned, or a private one from 64512 to 65534"


@value_rule((AsNumber, Community), "CAL045", Severity.WARNING)
def check(value: TypedValue) -> Iterator[Finding]:
    if value.field in _CONDITIONS:
        return
    found = _in_community(value) if isinstance(value, Community) else _in_number(value)
    if found:
        why, remedy = found
        yield Finding(f"{value.shown} {why}", value.label(), help=remedy)


def _in_community(value: TypedValue) -> tuple[str, str] | None:
    """What is wrong, and what to do."""
    read = community(value.value) if isinstance(value.value, str) else None
    if read is None or read.parts[0] != _SAMPLE:
        return None
    why = f"begins with {_SAMPLE}, the sample of Calico's documentation: it collides with that AS number's owner"
    return why, "begin it with your own AS number"


def _in_number(value: TypedValue) -> tuple[str, str] | None:
    number = as_number(value.value) if isinstance(value.value, str) else value.value
    if isinstance(number, float) and not number.is_integer():
        return None  # a fraction is no AS number at all, which CAL040 says
    if number == _SAMPLE:
        return "is the sample of Calico's documentation: it collides with the public AS of that number", _OWN
    if any(number in numbers for numbers in _DOCUMENTATION):
        return "is reserved for documentation: routers refuse it", _OWN
    dotted = as_number(value.scalar.text) if "." in value.scalar.text else None
    if dotted is not None and dotted != number:
        why = f"counts as AS {number}, but reads like AS {dotted} in dotted notation"
        return why, f"write {number} without a fraction, or {dotted} if that was meant"
    return next(((why, _OWN) for reserved, why in _RESERVED.items() if number == reserved), None)
