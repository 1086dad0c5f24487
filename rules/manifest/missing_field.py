"""Required field that is absent or has no value.

What is missing decides who rejects the object. `metadata.name`, the `action` of a filter rule, the `cidr` of a pool
and the `key` of a Secret reference are asked for by everyone. The parts of communities and prefixAdvertisements and
the fields of CalicoNodeStatus are asked for by calicoctl and the Calico API server only: stored by kubectl, a
BGPConfiguration that lacks them vanishes behind Typha, and for `default` that brings the node-to-node mesh back with
AS 64512.

A key without a value counts as missing: null is unset. `generateName` is no substitute for `name`, because Calico's
client does not support it. A missing `spec` of a BGPPeer, BGPConfiguration or BGPFilter is a warning: native
`projectcalico.org/v3` CRDs reject it, calicoctl and the Calico API server take it for an empty one. Patches of
kustomize are exempt. An item of a `BGPPeerList` and its like that states neither apiVersion nor kind is read as what
the list holds.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:  # error: metadata.name is missing
  generateName: tor-
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
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
```

## Bad: at the root

```yaml
kind: BGPConfiguration  # error: apiVersion is missing
metadata:
  name: default
spec:
  asNumber: 64512
---
apiVersion: projectcalico.org/v3
kind: BGPFilter  # error: metadata is missing
spec:
  importV4:
  - action: Reject
---
apiVersion: projectcalico.org/v3
kind: BGPPeer  # warning: spec is missing
metadata:
  name: tor
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
  name: none
spec:
  importV4:
  - action: Reject
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
```

## Bad: inside the spec

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
  - cidr: 10.0.0.0/8  # error: spec.importV4[0].action is missing
    matchOperator: In
  - action: Reject
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  password:
    secretKeyRef:  # error: spec.password.secretKeyRef.key has no value
      name: bgp-passwords
      key:
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  communities:
  - name: lan  # error: the whole BGPConfiguration vanishes behind Typha
  prefixAdvertisements:
  - cidr: 172.30.0.0/16
    communities: [lan]
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
  - action: Accept
    cidr: 10.0.0.0/8
    matchOperator: In
  - action: Reject
---
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
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  communities:
  - name: lan
    value: 64512:100
  prefixAdvertisements:
  - cidr: 172.30.0.0/16
    communities: [lan]
```

## Good: nothing has to be in the spec of a BGPConfiguration

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec: {}
```

## Bad: an item of a list that does not say what it is

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeerList
items:
- metadata:  # error: apiVersion is missing: calicoctl rejects the list
    name: tor
  spec:
    peerIP: 10.20.0.1
    asNumber: 65001
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeerList
items:
- apiVersion: projectcalico.org/v3
  kind: BGPPeer
  metadata:
    name: tor
  spec:
    peerIP: 10.20.0.1
    asNumber: 65001
```
"""

from collections.abc import Iterator

from linter.rulekit import Finding, Label, SchemaFault, Severity, Source, fault_rule

_MAY_BE_EMPTY = frozenset({"BGPConfiguration", "BGPFilter", "BGPPeer"})
_CONSEQUENCES = {
    "/apiVersion": "calicoctl and kubectl reject the file, as nothing says whose object this is",
    "/metadata": "without a name calicoctl and kubectl reject the object",
    "IPPool/spec": "calicoctl and kubectl reject the object",
    "CalicoNodeStatus/spec": "calicoctl rejects the object",
    "/spec": "native projectcalico.org/v3 CRDs reject the object, elsewhere it counts as empty",
    "CalicoNodeStatus/spec/node": "calicoctl rejects the object; stored by kubectl, no node ever reports",
    "CalicoNodeStatus/spec/classes": "calicoctl rejects the object; stored by kubectl, it vanishes behind Typha",
    "CalicoNodeStatus/spec/updatePeriodSeconds": "calicoctl rejects the object; stored by kubectl, the report is never "
    "refreshed, and behind Typha the object vanishes",
}


@fault_rule(SchemaFault, "CAL024", Severity.ERROR)
def check(fault: SchemaFault, source: Source) -> Iterator[Finding]:
    # An item of a list that says neither: told once.
    if fault.pointer == "/kind" and _is_nameless(fault):
        return
    lack = "has no value" if fault.related else "is missing"
    yield Finding(
        f"{fault.field} {lack}: {_consequence(fault)}",
        Label(source, fault.span),
        tuple(Label(source, span, word) for span, word in fault.related),
        help=_advice(fault),
        severity=Severity.WARNING if fault.kind in _MAY_BE_EMPTY and fault.pointer == "/spec" else None,
        field=fault.pointer,
    )


def _is_nameless(fault: SchemaFault) -> bool:
    return fault.parent is not None and not {"apiVersion", "kind"} & fault.parent.fields.keys()


def _consequence(fault: SchemaFault) -> str:
    if fault.pointer == "/apiVersion" and _is_nameless(fault):
        return "calicoctl rejects the list, because each of its items has to state apiVersion and kind"
    if fault.kind == "Node":
        return "calicoctl rejects the object"
    if fault.pointer == "/metadata/name" and fault.parent and "generateName" in fault.parent.fields:
        return "calicoctl and kubectl apply reject the object, and generateName is no substitute"
    stored = fault.schema.get("x-consequence", {}).get("required")
    if stored:
        return f"calicoctl rejects the object; {stored}"
    told = _CONSEQUENCES.get(fault.kind + fault.pointer) or _CONSEQUENCES.get(fault.pointer)
    return told or "calicoctl and kubectl reject the object"


def _advice(fault: SchemaFault) -> str:
    if fault.name == "apiVersion":
        return "write apiVersion: projectcalico.org/v3"
    return f"write {fault.name}" + (f" ({fault.described})" if fault.described else "")
