"""CIDR with bits set beyond its length.

Calico wants the address of a network: `10.0.0.0/8`, not `10.0.0.1/8`. Host bits in a pool, a service range, a
prefix advertisement or a filter are rejected by Calico, that is by calicoctl and the Calico API server. The CRDs do
not look (but for pools from 3.33 on), so kubectl stores them, and what follows depends on where they stand:

- in a BGPFilter BIRD refuses the rendered file on every node of that family, whether a peer lists the filter or
  not: it freezes BIRD config. Behind Typha the filter vanishes instead, and its peers fail open;
- in a service range or prefix advertisement it freezes BIRD config as well. Behind Typha the whole BGPConfiguration
  vanishes, and for `default` that means: mesh on, AS 64512, no ranges;
- the CIDR of a pool is masked before it is rendered, up to 3.32 without a word.

The fix masks the address. Which network was meant only you know: perhaps the length is what is wrong.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Reject
      matchOperator: In
      cidr: 10.1.2.3/8  # error: 10.1.2.3/8 has host bits
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
      matchOperator: In
      cidr: 10.0.0.0/8
```

## Bad: service range, advertisement, pool

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceClusterIPs:
    - cidr: 10.96.0.1/12  # error: the mesh comes back with AS 64512
  prefixAdvertisements:
    - cidr: fd00:10:244::1/56  # error: fd00:10:244::1/56 has host bits
      communities: ["64512:120"]
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: v4
spec:
  cidr: "192.168.1.0/16"  # error: "192.168.1.0/16" has host bits
  vxlanMode: Always
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceClusterIPs:
    - cidr: 10.96.0.0/12
  prefixAdvertisements:
    - cidr: fd00:10:244::/56
      communities: ["64512:120"]
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: v4
spec:
  cidr: "192.168.0.0/16"
  vxlanMode: Always
```

## Good: a single address, and a node's address with its subnet

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceExternalIPs:
    - cidr: 192.0.2.17/32
    - cidr: fd00:17::1/128
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-1
spec:
  bgp:
    ipv4Address: 10.0.0.11/24
```
"""

from collections.abc import Iterator

from linter.rulekit import (
    BGPConfiguration,
    BGPFilter,
    Cidr,
    Finding,
    Fix,
    Safety,
    Severity,
    Target,
    cidr,
    value_rule,
)


@value_rule(Cidr, "CAL052", Severity.ERROR, fix=Safety.UNSAFE)
def check(value: Cidr, target: Target) -> Iterator[Finding]:
    network = cidr(value.value) if isinstance(value.value, str) else None
    if network is None or not network.host_bits:
        return
    # Masking an IPv4-mapped network would leave text of the other family (CAL303).
    meant = None if network.address.mapped else network.canonical
    yield Finding(
        f"{value.shown} has host bits set: Calico rejects it, {_stored(value, target)}",
        value.label(),
        help=f"write {meant}, or the length that was meant" if meant else "clear the bits beyond the length",
        fix=Fix(f"mask it to {meant}", Safety.UNSAFE, (value.requote(meant),)) if meant else None,
    )


def _stored(value: Cidr, target: Target) -> str:
    resource = value.resource
    if isinstance(resource, BGPFilter):
        return "and stored by kubectl it freezes BIRD on every node or, behind Typha, the filter fails open"
    if isinstance(resource, BGPConfiguration):
        does = "freezes BIRD" if resource.reads(value.pointer.split("/")[2]) else "is silently ignored"
        return f"and stored by kubectl it {does} or, behind Typha, {resource.when_absent}"
    return "the CRD too" if target.calico_version >= (3, 33) else "and stored by kubectl it is masked silently"
