"""Field that Calico does not have.

A misspelt name, another letter case, a field of Calico Enterprise or of another product. calicoctl rejects the whole
file; kubectl rejects the object while it validates fields, which it does unless told otherwise (`--validate=false`,
old clients, many operators and GitOps tools). Where nobody validates, the API server prunes the field: it is silently
ignored, and what it was to do is not done. A misspelt `filters` or `password` fails open.

Letter case counts for kubectl (`peerip` is unknown) but not for calicoctl, which takes it for `peerIP`. Calico's own
Node is applied by calicoctl alone, so there letter case is no fault.

`secretKeyRef` has no `namespace`: calico-node reads Secrets in its own namespace only.

The fix writes the nearest name, if one is near, or Calico's name for what other BGP speakers call otherwise. Names
that differ in digits only, such as `importV4` and `importV6`, are never near.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  asNumber: 64512
  serviceExternalIPs:
  - cidr: 192.0.2.0/24
  - cird: 198.51.100.0/24  # error: the range is not announced
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  asNumber: 64512
  serviceExternalIPs:
  - cidr: 192.0.2.0/24
  - cidr: 198.51.100.0/24
```

## Bad: letter case, and a name with hyphens

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerip: 10.20.0.1  # error: peerip is spelt peerIP
  as-number: 65001  # error: as-number is no field of spec
  "filter": [no-pods]  # error: no filter applies and every route passes
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  "filters": [no-pods]
```

## Bad: names from other BGP speakers

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerAddress: 10.20.0.1  # error: no session is set up
  peerASN: 65001  # error: the neighbour gets AS 0
  myASN: 64512  # error: the node shows its own AS number
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: other
spec:
  peerIP: 10.20.0.2
  remote-as: 65002  # error: the neighbour gets AS 0
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  ASN: 64513  # error: the nodes keep AS 64512
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  localASNumber: 64512
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: other
spec:
  peerIP: 10.20.0.2
  asNumber: 65002
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  asNumber: 64513
```

## Bad: nothing near

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  failureDetectionMode: BFDIfDirectlyConnected  # error: only Calico Enterprise has failureDetectionMode
  password:
    secretKeyRef:
      name: bgp-passwords
      namespace: calico-system  # error: calico-node reads Secrets in its own namespace only
      key: tor
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  password:
    secretKeyRef:
      name: bgp-passwords
      key: tor
```

## Good: labels and annotations have names of their own

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
  labels: {rack: a1, peerip: toR}
  annotations: {example.com/asnumber: the ToR's}
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
```

## Good: kinds of which only the part that bears on BGP is known

```yaml
apiVersion: projectcalico.org/v3
kind: FelixConfiguration
metadata:
  name: default
spec:
  bpfEnabled: true
  programClusterRoutes: Disabled
---
apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  variant: Calico
  calicoNetwork:
    mtu: 1440
    bgp: Enabled
```

## Good: only calicoctl applies Calico's Node, and it ignores letter case

```yaml
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-1
spec:
  bgp:
    asnumber: 64512
    ipv4address: 10.0.0.11/24
```
"""

from collections.abc import Iterator

from linter.rulekit import Edit, Finding, Fix, Label, Safety, SchemaFault, Severity, Source, fault_rule

_SHORT = 9


@fault_rule(SchemaFault, "CAL022", Severity.ERROR, fix=Safety.UNSAFE)
def check(fault: SchemaFault, source: Source) -> Iterator[Finding]:
    yield Finding(_message(fault), Label(source, fault.span), help=_help(fault), fix=_fix(fault, source))


def _message(fault: SchemaFault) -> str:
    where = fault.above or f"a {fault.kind}"
    if fault.enterprise:
        return f"only Calico Enterprise has {fault.name}: open-source Calico rejects it, or drops it without a word"
    if fault.name == "namespace" and fault.above.endswith("secretKeyRef"):
        return f"namespace is no field of {where}: calico-node reads Secrets in its own namespace only"
    if fault.nearest and fault.nearest.lower() == fault.name.lower():
        return f"{fault.name} is spelt {fault.nearest}: calicoctl accepts it, kubectl {_rejected(fault)}"
    if fault.kind == "Node":
        return f"{fault.name} is no field of {where}: calicoctl rejects the whole file"
    return f"{fault.name} is no field of {where}: calicoctl and kubectl {_rejected(fault)}"


def _rejected(fault: SchemaFault) -> str:
    reject = "rejects" if fault.nearest and fault.nearest.lower() == fault.name.lower() else "reject"
    effect = f"and {fault.without}" if fault.without else "and has no effect"
    return f"{reject} the object; where fields are not validated it is dropped {effect}"


def _help(fault: SchemaFault) -> str:
    if fault.enterprise:
        return "remove it"
    if fault.name == "namespace" and fault.above.endswith("secretKeyRef"):
        return "remove it; the Secret belongs into calico-system with the operator, else into kube-system"
    if fault.nearest is None and fault.other_kinds:
        return f"{' and '.join(fault.other_kinds)} has it"
    if fault.nearest is None:
        return f"known here: {', '.join(fault.known)}" if 0 < len(fault.known) <= _SHORT else "remove it"
    if fault.elsewhere:
        return f"did you mean {' or '.join(each.strip('/').replace('/', '.') for each in fault.elsewhere)}?"
    if _is_taken(fault):
        return f"{fault.nearest} is set already: remove one of the two"
    return f"did you mean {fault.nearest}?"


def _fix(fault: SchemaFault, source: Source) -> Fix | None:
    if fault.key is None or fault.nearest is None or fault.elsewhere or _is_taken(fault):
        return None
    quote = fault.key.style if fault.key.style in {"'", '"'} else ""
    edit = Edit(source, fault.key.text_span, f"{quote}{fault.nearest}{quote}")
    return Fix(f"rename it to {fault.nearest}", Safety.UNSAFE, (edit,))


def _is_taken(fault: SchemaFault) -> bool:
    return fault.parent is not None and fault.nearest in fault.parent.fields
