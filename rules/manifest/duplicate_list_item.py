"""Item twice in a list.

In a set the repeat is refused: `classes` of a CalicoNodeStatus, `allowedUses` of an IPPool, and from Calico 3.32 on
`ignoredInterfaces` of a BGPConfiguration. In other lists it does no good: a range or a community counts once, a
filter is evaluated twice. Calico 3.32.0, and no other version, refused it in the lists of ranges, communities and
prefix advertisements too.

More often than not the second item was to be another one.

AS numbers are not looked at: an AS path is lengthened by writing the same number again.

The fix removes the repeat.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceExternalIPs:
  - cidr: 192.0.2.0/24
  - cidr: 198.51.100.0/24
  - cidr: 192.0.2.0/24  # warning: cidr: 192.0.2.0/24 stands twice in spec.serviceExternalIPs
  ignoredInterfaces: [docker0, "docker0"]  # error: calicoctl and kubectl reject the object
  communities:
  - name: lan
    value: 64512:100
  prefixAdvertisements:
  - cidr: 172.30.0.0/16
    communities: [lan, 64512:200, lan]  # warning: has no effect
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  filters:
  - no-pods
  - no-services
  - no-pods  # warning: no-pods is evaluated twice
---
apiVersion: projectcalico.org/v3
kind: CalicoNodeStatus
metadata:
  name: worker-1
spec:
  node: worker-1
  updatePeriodSeconds: 10
  classes: [BGP, BGP]  # error: BGP stands twice in spec.classes
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: v4
spec:
  cidr: 10.244.0.0/16
  vxlanMode: Always
  allowedUses:
  - Workload
  - Workload  # error: calicoctl and kubectl reject the object
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceExternalIPs:
  - cidr: 192.0.2.0/24
  - cidr: 198.51.100.0/24
  ignoredInterfaces: [docker0]
  communities:
  - name: lan
    value: 64512:100
  prefixAdvertisements:
  - cidr: 172.30.0.0/16
    communities: [lan, 64512:200]
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  filters:
  - no-pods
  - no-services
---
apiVersion: projectcalico.org/v3
kind: CalicoNodeStatus
metadata:
  name: worker-1
spec:
  node: worker-1
  updatePeriodSeconds: 10
  classes: [BGP]
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: v4
spec:
  cidr: 10.244.0.0/16
  vxlanMode: Always
  allowedUses:
  - Workload
```

## Bad: before Calico 3.32

```yaml .peerlint.yaml
calicoVersion: "3.31"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  ignoredInterfaces:
  - docker0
  - veth*
  - docker0  # warning: the repeat has no effect, and Calico rejects it from 3.32 on
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
  ignoredInterfaces:
  - docker0
  - veth*
```

## Good: AS numbers repeat on purpose

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: farther
spec:
  exportV4:
  - action: Accept
    cidr: 10.244.0.0/16
    matchOperator: In
    operations:
    - prependASPath: {prefix: [64512, 64512, 64512]}
```
"""

from collections.abc import Iterator

from linter.rulekit import Finding, Fix, Label, Safety, SchemaFault, Severity, Source, Target, fault_rule

_SETS_OF_3_32_0 = frozenset(
    ("communities", "prefixAdvertisements", "serviceClusterIPs", "serviceExternalIPs", "serviceLoadBalancerIPs")
)


@fault_rule(SchemaFault, "CAL029", Severity.WARNING, fix=Safety.SAFE)
def check(fault: SchemaFault, source: Source, target: Target) -> Iterator[Finding]:
    refused = fault.keyword == "uniqueItems"
    edit = fault.removal(source)
    yield Finding(
        f"{_twice(fault, source)}: {fault.refusal}" if refused else _harmless(fault, source, target),
        Label(source, fault.span),
        tuple(Label(source, span, word) for span, word in fault.related),
        help="remove one of the two",
        fix=Fix("remove the repeat", Safety.SAFE, (edit,)) if edit else None,
        severity=Severity.ERROR if refused else None,
    )


def _harmless(fault: SchemaFault, source: Source, target: Target) -> str:
    if fault.name == "filters":
        return f"{_twice(fault, source)}: {fault.shown(source)} is evaluated twice"
    if fault.name == "ignoredInterfaces":
        return f"{_twice(fault, source)}: the repeat has no effect, and Calico rejects it from 3.32 on"
    is_set = target.calico_version == (3, 32) and fault.above.removeprefix("spec.") in _SETS_OF_3_32_0
    return f"{_twice(fault, source)}: the repeat has no effect" + (", and Calico 3.32.0 rejects it" if is_set else "")


def _twice(fault: SchemaFault, source: Source) -> str:
    return f"{fault.shown(source)} stands twice in {fault.above}"
