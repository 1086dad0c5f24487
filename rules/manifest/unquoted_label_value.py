"""Label or annotation value that is no text.

Labels and annotations are text, and YAML makes a boolean of `true`, `yes` and `off`, and a number of `1` and `1.10`.
kubectl rejects the object. calicoctl takes the value and stores its text: `true` for `yes`, `1.1` for `1.10`, so that a
selector `zone == '1.10'` selects nothing. Calico's own Node is written by calicoctl alone: there it is a hint where the
text stays the same.

The fix writes what calicoctl would store, in quotes. Where that would be no label value (`-1`) there is none.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
  labels:
    rack: 12  # warning: 12 is a number, but labels are text
    spare: no  # warning: calicoctl stores false
  annotations:
    example.com/reviewed: true  # warning: kubectl rejects the object
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
---
apiVersion: v1
kind: Node
metadata:
  name: worker-1
  # warning: true is a boolean
  # warning: 1.10 is a number
  labels: {route-reflector: true, zone: 1.10}
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
  labels:
    rack: '12'
    spare: 'false'
  annotations:
    example.com/reviewed: 'true'
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
---
apiVersion: v1
kind: Node
metadata:
  name: worker-1
  labels: {route-reflector: 'true', zone: '1.1'}
```

## Bad: calicoctl alone writes Calico's Node

```yaml
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-1
  labels:
    spare: yes  # warning: yes is a boolean, but labels are text: calicoctl stores true
    rack: 12  # hint: calicoctl stores 12
spec:
  bgp:
    ipv4Address: 10.0.0.11/24
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-1
  labels:
    spare: 'true'
    rack: '12'
spec:
  bgp:
    ipv4Address: 10.0.0.11/24
```

## Good: text that looks like something else

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
  labels: {a: "true", b: '1', c: 1.2.3, d: "", e: !!str 5, f: }
  annotations: {a: 64512:10, b: "off"}
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
```
"""

from collections.abc import Iterator

from linter.rulekit import Edit, Finding, Fix, Label, Safety, SchemaFault, Severity, Source, fault_rule, quoted


@fault_rule(SchemaFault, "CAL007", Severity.WARNING, fix=Safety.SAFE)
def check(fault: SchemaFault, source: Source) -> Iterator[Finding]:
    yield Finding(
        f"{fault.shown(source)} is {_type(fault)}, but {_map(fault)} are text: {_consequence(fault)}",
        Label(source, fault.span),
        help=_help(fault, source),
        fix=_fix(fault, source),
        severity=Severity.HINT if fault.kind == "Node" and fault.reading == fault.shown(source) else None,
    )


def _type(fault: SchemaFault) -> str:
    return "a boolean" if isinstance(fault.value, bool) else "a number"


def _map(fault: SchemaFault) -> str:
    return "annotations" if "/annotations/" in fault.pointer else "labels"


def _consequence(fault: SchemaFault) -> str:
    if fault.kind == "Kubernetes Node":
        return "kubectl rejects the object"
    if fault.kind == "Node":
        return f"calicoctl stores {fault.reading or 'another text or none'}"
    if fault.reading is None:
        return "kubectl rejects the object, and calicoctl stores another text or none"
    return f"kubectl rejects the object, calicoctl stores {fault.reading}"


def _help(fault: SchemaFault, source: Source) -> str:
    if _is_dotted(fault, source):
        return f"write {_quoted(fault, fault.shown(source))} if that AS number was meant in dotted notation"
    return f"write {_quoted(fault, fault.reading)}" if fault.reading else "write a text, in quotes"


def _is_dotted(fault: SchemaFault, source: Source) -> bool:
    """Whether it is an AS number that would be another one as the number that YAML has made of it."""
    written = fault.shown(source)
    return fault.name == "projectcalico.org/ASNumber" and "." in written and fault.reading != written


def _fix(fault: SchemaFault, source: Source) -> Fix | None:
    if fault.reading is None or getattr(fault.node, "anchor", None) or _is_dotted(fault, source):
        return None
    written = _quoted(fault, fault.reading)
    return Fix(f"write {written}", Safety.SAFE, (Edit(source, fault.node.span, written),))


def _quoted(fault: SchemaFault, text: object) -> str:
    return quoted(str(text), fault.key.style if fault.key and fault.key.style else "")
