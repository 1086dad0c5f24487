"""Label that takes a node out of load balancing, with another value than "true".

For Kubernetes the label `node.kubernetes.io/exclude-from-external-load-balancers` counts by its mere presence,
whatever its value: `""` and `"false"` exclude the node as well. Calico stops announcing services from a node only if
the value is exactly `"true"`. With any other value the two disagree: Kubernetes excludes the node, Calico goes on
announcing services from it.

kubeadm sets the label with an empty value on control-plane nodes. On Calico's own Node the label never reaches
Kubernetes: there `"false"` says what happens and is left alone.

The fix writes `"true"`, which takes the node's announcements away: unsafe.

## Bad

```yaml
apiVersion: v1
kind: Node
metadata:
  name: cp-1
  labels:
    node.kubernetes.io/exclude-from-external-load-balancers: ""  # warning: Calico goes on announcing services from it
---
apiVersion: v1
kind: Node
metadata:
  name: edge-1
  labels:
    node.kubernetes.io/exclude-from-external-load-balancers: "false"  # warning: Kubernetes excludes the node whatever
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: edge-2
  labels:
    node.kubernetes.io/exclude-from-external-load-balancers: 'yes'  # warning: Calico goes on announcing services
spec:
  bgp:
    ipv4Address: 10.0.0.12/24
```

## Good

```yaml
apiVersion: v1
kind: Node
metadata:
  name: cp-1
  labels:
    node.kubernetes.io/exclude-from-external-load-balancers: "true"
---
apiVersion: v1
kind: Node
metadata:
  name: edge-1
  labels:
    node.kubernetes.io/exclude-from-external-load-balancers: "true"
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: edge-2
  labels:
    node.kubernetes.io/exclude-from-external-load-balancers: "true"
spec:
  bgp:
    ipv4Address: 10.0.0.12/24
```

## Good: no label, and "false" where only Calico reads it

```yaml
apiVersion: v1
kind: Node
metadata:
  name: worker-1
  labels:
    node-role.kubernetes.io/control-plane: ""
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-2
  labels:
    node.kubernetes.io/exclude-from-external-load-balancers: "false"
spec:
  bgp:
    ipv4Address: 10.0.0.12/24
```
"""

from collections.abc import Iterator

from linter.rulekit import (
    Finding,
    Fix,
    KubernetesNode,
    Node,
    Safety,
    Severity,
    document_rule,
    is_templated,
)

_LABEL = "node.kubernetes.io/exclude-from-external-load-balancers"
_TRUE = '"true"'


@document_rule((KubernetesNode, Node), "CAL405", Severity.WARNING, fields=("/metadata/labels",), fix=Safety.UNSAFE)
def check(node: KubernetesNode | Node) -> Iterator[Finding]:
    label = node.label(_LABEL)
    # What is no text is unquoted-label-value's.
    if label is None or not isinstance(label.value, str) or label.value == "true" or is_templated(label.value):
        return
    in_kubernetes = isinstance(node, KubernetesNode)
    if label.value == "false" and not in_kubernetes:
        return
    effect = "Kubernetes excludes the node whatever the value, but " if in_kubernetes else ""
    yield Finding(
        f'"{label.value}" is not {_TRUE}: {effect}Calico goes on announcing services from it',
        label.label(),
        help=f"write {_TRUE} to exclude the node, or remove the label",
        fix=Fix(f"write {_TRUE}", Safety.UNSAFE, (label.edit(_TRUE),)),
    )
