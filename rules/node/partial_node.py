"""Calico Node that leaves out what calico-node wrote.

Only calicoctl applies a `projectcalico.org/v3` Node, and it replaces the whole object: what the manifest leaves out is
deleted. Without `spec.bgp` the node loses its BGP addresses, its AS number, its cluster ID and its tunnel addresses.
With `spec.bgp` but no address in it, it loses the addresses that calico-node found when it started. Until calico-node
restarts the node has no BGP in that family, and other nodes cannot reach its tunnels.

Keep in git what `calicoctl get node <name> -o yaml` shows, tunnel and MAC addresses included, or change a single field
with `calicoctl patch node`, or by annotation of the Kubernetes Node. Which tunnel addresses a node has depends on its
pools, so that a manifest with an address is left alone.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-1
spec:  # warning: spec.bgp is missing
  orchRefs:
    - nodeName: worker-1
      orchestrator: k8s
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-2
spec:  # warning: spec.bgp holds no address
  bgp:
    asNumber: 65012
---
apiVersion: projectcalico.org/v3
kind: Node  # warning: spec.bgp is missing
metadata:
  name: worker-3
  labels:
    rack: r1
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-1
spec:
  bgp:
    ipv4Address: 10.0.0.11/24
    ipv4IPIPTunnelAddr: 10.244.3.1
  orchRefs:
    - nodeName: worker-1
      orchestrator: k8s
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-2
spec:
  bgp:
    asNumber: 65012
    ipv6Address: fd00::12/64
  ipv6VXLANTunnelAddr: fd00:10:244::2
```

## Good: a Kubernetes Node is merged, not replaced

```yaml
apiVersion: v1
kind: Node
metadata:
  name: worker-1
  annotations:
    projectcalico.org/ASNumber: "65012"
```
"""

from collections.abc import Iterator

from linter.rulekit import Finding, Located, Mapping, Node, Scalar, Severity, document_rule


@document_rule(Node, "CAL401", Severity.WARNING)
def check(node: Node) -> Iterator[Finding]:
    address = node.ipv4_address
    missing = "" if node.patch or (address and address.value) else _missing(node)
    if missing:
        spec = node.written(Node.spec)
        yield Finding(
            f"{missing}: applied by calicoctl, this Node takes away what calico-node wrote, such as its address and"
            " tunnel addresses",
            spec.key_label() if spec else node.kind_label(),
            help="write the whole Node, as calicoctl get node -o yaml shows it, or use calicoctl patch node",
            field="/spec/bgp",
        )


def _missing(node: Node) -> str:
    spec, bgp = node.written(Node.spec), node.written(Node.bgp)
    if _is_unset(bgp):
        is_object = spec is None or _is_unset(spec) or isinstance(spec.content, Mapping)
        return "spec.bgp is missing" if is_object and node.absent(Node.bgp) else ""
    # An empty object, or what is none, is refused.
    if bgp is None or not isinstance(bgp.content, Mapping) or not bgp.value:
        return ""
    has_address = not (node.absent(Node.ipv4_address) and node.absent(Node.ipv6_address))
    return "" if has_address else "spec.bgp holds no address"


def _is_unset(field: Located[object] | None) -> bool:
    return field is None or (field.value is None and isinstance(field.content, Scalar))
