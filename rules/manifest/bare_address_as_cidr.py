"""Address without a length where a network belongs.

`10.96.0.10` is an address, `10.96.0.10/32` the network of it alone. Calico's own validator takes both in a pool, a
service range, a prefix advertisement and a filter. The CRDs take networks only from Calico 3.32 on: whichever tool
applies it, the object is rejected.

Up to 3.31 all accept it, and what follows depends on where it stands, with Typha and without it:

- in a service range: lost routes. calico-node refuses the whole new list, so one that runs keeps the last good list,
  and one that restarts announces no range of that type at all;
- in a prefix advertisement: lost routes. BIRD rejects every route that it holds against the statement;
- in a BGPFilter: BIRD cannot hold routes against it, and with `In` or `NotIn` rejects those that reach the rule. With
  `prefixLength` (from 3.29 on) the file cannot be rendered: it freezes BIRD config on every node of that family;
- a pool becomes one of a single address, and under a name where Calico does not read the field nothing happens: there
  it is a warning.

The fix appends the length of a single address. If a network was meant, only you know its length.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceExternalIPs:
    - cidr: 203.0.113.17  # error: 203.0.113.17 has no length
  prefixAdvertisements:
    - cidr: "fd00:17::1"  # error: the CRDs take networks only and reject the object
      communities: ["64512:120"]
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: egress
spec:
  cidr: 10.99.0.1  # error: 10.99.0.1 has no length
  blockSize: 32
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceExternalIPs:
    - cidr: 203.0.113.17/32
  prefixAdvertisements:
    - cidr: "fd00:17::1/128"
      communities: ["64512:120"]
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: egress
spec:
  cidr: 10.99.0.1/32
  blockSize: 32
```

## Bad: Calico 3.31

```yaml .peerlint.yaml
calicoVersion: "3.31"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceLoadBalancerIPs:
    - cidr: 203.0.113.17  # error: restarted, announces none of serviceLoadBalancerIPs
---
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Reject
      matchOperator: In
      cidr: 10.99.0.1  # error: BIRD cannot hold routes against it
    - action: Reject
      matchOperator: In
      cidr: 10.99.0.2  # error: it cannot be rendered and freezes BIRD config
      prefixLength:
        min: 32
```

## Good

```yaml .peerlint.yaml
calicoVersion: "3.31"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceLoadBalancerIPs:
    - cidr: 203.0.113.17/32
---
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Reject
      matchOperator: In
      cidr: 10.99.0.1/32
    - action: Reject
      matchOperator: In
      cidr: 10.99.0.2/32
      prefixLength:
        min: 32
```

## Good: addresses of nodes and neighbours

```yaml
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-1
spec:
  bgp:
    ipv4Address: 10.0.0.11
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
```
"""

from collections.abc import Iterator

from linter.rulekit import (
    BGPConfiguration,
    BGPFilter,
    Cidr,
    Finding,
    Fix,
    IPPool,
    Safety,
    Severity,
    Target,
    cidr,
    value_rule,
)

_REFUSED = "the CRDs take networks only and reject the object"


@value_rule(Cidr, "CAL053", Severity.ERROR, fix=Safety.UNSAFE)
def check(value: Cidr, target: Target) -> Iterator[Finding]:
    network = cidr(value.value) if isinstance(value.value, str) else None
    if network is None or network.length is not None:
        return
    # As a network an IPv4-mapped address would be text of the other family (CAL303).
    meant = None if network.address.mapped else f"{value.value}/{network.address.bits}"
    accepted = target.calico_version < (3, 32)
    yield Finding(
        f"{value.shown} has no length: {_taken(value) if accepted else _REFUSED}",
        value.label(),
        help=f"write {meant}, or the length that was meant" if meant else "write it as an IPv4 network",
        fix=Fix(f"write {meant}", Safety.UNSAFE, (value.requote(meant),)) if meant else None,
        severity=Severity.WARNING if accepted and _is_harmless(value) else None,
    )


def _is_harmless(value: Cidr) -> bool:
    resource = value.resource
    if isinstance(resource, BGPConfiguration):
        return not resource.reads(_field(value))
    return isinstance(resource, IPPool)


def _field(value: Cidr) -> str:
    return value.pointer.split("/")[2]


def _taken(value: Cidr) -> str:
    """What becomes of it where the CRDs let it pass."""
    if _is_harmless(value):
        what = "makes it a pool of one address" if isinstance(value.resource, IPPool) else "does not read it here"
        return f"Calico {what}, and from 3.32 on the CRDs reject it"
    if isinstance(value.resource, BGPFilter):
        return _in_filter(value.resource, value.pointer)
    if _field(value) == "prefixAdvertisements":
        return "lost routes, since BIRD rejects every route that it holds against it"
    return f"lost routes, since calico-node refuses the new list and, restarted, announces none of {_field(value)}"


def _in_filter(bgp_filter: BGPFilter, pointer: str) -> str:
    rules = (rule for direction in bgp_filter.directions() for rule in direction.rules)
    if any(rule.prefix_length for rule in rules if f"{rule.pointer}/cidr" == pointer):
        return "with prefixLength it cannot be rendered and freezes BIRD config on every node"
    return "BIRD cannot hold routes against it, so the rule does not do what it says"
