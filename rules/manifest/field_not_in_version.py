"""Field or value of a newer Calico.

The manifest is judged for the Calico version that `--calico-version` or `calicoVersion` names. A field which that
version does not have yet is unknown to it: calicoctl rejects the whole file, kubectl rejects the object while it
validates fields, and where nobody validates the API server prunes the field without a word. A value that an enum does
not have yet is rejected by who checks the enum.

Versions count by minor release: 3.30 stands for its latest patch, so `nextHopMode`, which came with 3.30.2, is known
there. Documentation pages show the fields of their own version; the page for the version that runs is the one to read.

A field that is too new counts as written: no other rule says that it is missing.

## Bad

```yaml .peerlint.yaml
calicoVersion: "3.29"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  nextHopMode: Keep  # error: nextHopMode is no field of spec in Calico 3.29 (since 3.30.2)
  keepaliveTime: 20s  # error: dropped and the keepalive interval is BIRD's own
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: workloads
spec:
  localWorkloadSelector: has(router)  # error: no field of spec in Calico 3.29 (since 3.30)
  asNumber: 65002
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  logSeverityScreen: Trace  # error: Trace is not allowed for spec.logSeverityScreen in Calico 3.29, only since 3.30.1
---
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  exportV4:
  - action: Reject
    peerType: iBGP  # error: the rule matches more routes than was meant
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: services
spec:
  cidr: 192.0.2.0/24
  nodeSelector: all()
  allowedUses: [LoadBalancer]  # error: LoadBalancer is not allowed for spec.allowedUses[0] in Calico 3.29
```

## Good

```yaml .peerlint.yaml
calicoVersion: "3.29"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  keepOriginalNextHop: true
---
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  exportV4:
  - action: Reject
    cidr: 10.0.0.0/8
    matchOperator: In
    prefixLength: {min: 24}
```

## Bad: values and fields of kinds that are described in part

```yaml .peerlint.yaml
calicoVersion: "3.32"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  programClusterRoutes: EnabledNoEncapOnly  # error: only since 3.33
---
apiVersion: projectcalico.org/v3
kind: FelixConfiguration
metadata:
  name: default
spec:
  programClusterRoutes: EnabledIPIPOnly  # error: only since 3.33
---
apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    clusterRoutingMode: FelixIPIPOnly  # error: the operator of Calico 3.32
```

## Good

```yaml .peerlint.yaml
calicoVersion: "3.32"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  programClusterRoutes: Enabled
---
apiVersion: projectcalico.org/v3
kind: FelixConfiguration
metadata:
  name: default
spec:
  programClusterRoutes: Disabled
---
apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    clusterRoutingMode: BIRD
```

## Good: in the version that brought them

```yaml .peerlint.yaml
calicoVersion: "3.30.0"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  nextHopMode: Keep
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  logSeverityScreen: Trace
```
"""

from collections.abc import Iterator

from linter.rulekit import Finding, Label, SchemaFault, Severity, Source, Target, fault_rule

_INSTEAD = {
    "BGPPeer/nextHopMode": "write keepOriginalNextHop: true for Keep",
    "BGPFilter/prefixLength": "write a rule for each prefix",
}
"""What does the same in older versions (calico-fields §2.2, §3.3)."""


@fault_rule(SchemaFault, "CAL027", Severity.ERROR)
def check(fault: SchemaFault, source: Source, target: Target) -> Iterator[Finding]:
    offence = _value(fault, source, target) if fault.keyword == "enum" else _member(fault, target)
    yield Finding(offence, Label(source, fault.span), help=_help(fault), field=fault.pointer)


def _member(fault: SchemaFault, target: Target) -> str:
    effect = f"and {fault.without}" if fault.without else "and has no effect"
    return (
        f"{fault.name} is no field of {fault.above or fault.kind} in {_version(fault, target)} (since {fault.since}): "
        f"{fault.rejection}; where fields are not validated it is dropped {effect}"
    )


def _value(fault: SchemaFault, source: Source, target: Target) -> str:
    known = f"{fault.choices} {'are' if len(fault.allowed) > 1 else 'is'}"
    where = f"{fault.field} in {_version(fault, target)}"
    return f"{fault.shown(source)} is not allowed for {where}, only since {fault.since} ({known}): {fault.refusal}"


def _version(fault: SchemaFault, target: Target) -> str:
    version = ".".join(map(str, target.calico_version))
    return f"{'the operator of ' if fault.kind == 'Installation' else ''}Calico {version}"


def _help(fault: SchemaFault) -> str:
    known = f"write {fault.choices}" if fault.allowed else "remove it"
    instead = _INSTEAD.get(f"{fault.kind}/{fault.name}") or known
    spelt = f" and write {fault.nearest}" if fault.nearest and fault.nearest != fault.name and not fault.allowed else ""
    return f"upgrade to Calico {fault.since}{spelt}, or {instead}"
