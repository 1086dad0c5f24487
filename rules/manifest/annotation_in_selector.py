"""Selector that asks for an annotation, or for a label that nobody sets.

Selectors see labels and nothing else. The AS number of a node, its BGP address and its reflector's cluster ID are
annotations of the Node, those of the CNI plugin annotations of Pods. A condition on one of them holds as if nothing had
it: `==`, `in` and `has()` never hold, `!=`, `not in` and `!has()` always do, so that the selector matches nothing, or
what it was to leave out.

Nor does Calico label nodes with their names: `kubernetes.io/hostname` is set by Kubernetes, and is often, not always,
the node's name. Namespaces have their name in `kubernetes.io/metadata.name`; the `projectcalico.org/name` that network
policies know is not there for an IPPool.

Only somebody who labels nodes with such a key makes the selector match. To select reflectors, label them, and give them
their cluster ID besides: `kubectl label node NODE route-reflector=true`.

## Bad: annotations of nodes

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  # warning: projectcalico.org/RouteReflectorClusterID is an annotation and no label
  nodeSelector: "!has(projectcalico.org/RouteReflectorClusterID)"
  # warning: projectcalico.org/ASNumber is an annotation and no label
  peerSelector: projectcalico.org/ASNumber == '65010' && has(rack)
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  nodeSelector: "!has(route-reflector)"
  peerSelector: has(route-reflector) && has(rack)
```

## Bad: names, and annotations of Pods

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  nodeSelector: projectcalico.org/name == 'node-1'  # warning: projectcalico.org/name is no label that Calico
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: spine
spec:
  peerIP: 10.20.0.2
  asNumber: 65001
  nodeSelector: node in {'node-1', 'node-2'}  # warning: node is no label that Calico or Kubernetes sets on nodes
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: vms
spec:
  asNumber: 65010
  localWorkloadSelector: has(cni.projectcalico.org/podIP)  # warning: cni.projectcalico.org/podIP is an annotation
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: v4
spec:
  cidr: 10.244.0.0/16
  vxlanMode: Always
  allowedUses: [Workload]
  namespaceSelector: projectcalico.org/name == 'web'  # warning: Kubernetes sets on namespaces
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
  nodeSelector: kubernetes.io/hostname == 'node-1'
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: spine
spec:
  peerIP: 10.20.0.2
  asNumber: 65001
  nodeSelector: kubernetes.io/hostname in {'node-1', 'node-2'}
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: vms
spec:
  asNumber: 65010
  localWorkloadSelector: projectcalico.org/namespace == 'vms' && name == 'vm-1' && pcns.projectcalico.org/name == 'vms'
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: v4
spec:
  cidr: 10.244.0.0/16
  vxlanMode: Always
  allowedUses: [Workload]
  namespaceSelector: kubernetes.io/metadata.name == 'web'
```
"""

from collections.abc import Iterator

from linter.rulekit import Finding, Selector, Severity, brief, value_rule

_CALICO = "projectcalico.org/"
_ANNOTATIONS = frozenset(
    _CALICO + name
    for name in (
        "annotations",
        "asnumber",
        "interfaces",
        "ipv4address",
        "ipv4ipiptunneladdr",
        "ipv4vxlantunneladdr",
        "ipv4wireguardinterfaceaddr",
        "ipv6address",
        "ipv6vxlantunneladdr",
        "ipv6wireguardinterfaceaddr",
        "kube-labels",
        "labels",
        "metadata",
        "routereflectorclusterid",
        "vxlantunnelmacaddr",
        "vxlantunnelmacaddrv6",
        "wireguardpublickey",
        "wireguardpublickeyv6",
    )
)
_NAMES = (_CALICO, "name", "node")
"""Without one of these in its text a selector is never at fault, and most have none."""

_OF_PODS = "cni.projectcalico.org/"
_HOSTNAME = "kubernetes.io/hostname"
_UNSET = {
    "node": {"name": _HOSTNAME, "node": _HOSTNAME, "projectcalico.org/name": _HOSTNAME},
    "namespace": {"projectcalico.org/name": "kubernetes.io/metadata.name"},
}
"""Keys that are taken for labels, and the label that is there, by what is selected (selector §12)."""


@value_rule(Selector, "CAL063", Severity.WARNING)
def check(selector: Selector) -> Iterator[Finding]:
    selects, expression = selector.selects, selector.expression
    asked = expression.conditions if expression and any(name in expression.text for name in _NAMES) else ()
    found = [one for one in asked if _is_unset(one.test.key, one.test.operator, selects)]
    if not found:
        return
    first, key = found[0], found[0].test.key
    annotation = _is_annotation(key)
    what = "an annotation and no label" if annotation else f"no label that Calico or Kubernetes sets on {selects}s"
    yield Finding(
        f"{brief(key)} is {what}: `{brief(first.text)}` holds for {'every' if first.holds_without else 'no'} {selects} "
        "unless someone has labelled it so",
        selector.label(),
        related=tuple(label for one in found for label in selector.part(one.start, one.end)),
        help=f"label the {selects}s and select by that label" if annotation else f"write {_UNSET[selects][key]}",
    )


def _is_annotation(key: str) -> bool:
    return key.startswith(_OF_PODS) or key.lower() in _ANNOTATIONS


def _is_unset(key: str, operator: str, selects: str) -> bool:
    """Whether nobody sets such a label; who asks whether a `name` or `node` is there at all does set one."""
    if _is_annotation(key):
        return True
    return key in _UNSET.get(selects, ()) and (key.startswith(_CALICO) or operator != "has")
