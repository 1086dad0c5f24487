"""Metadata or status that only servers write is kept in the file.

`kubectl get -o yaml` and `calicoctl get -o yaml` print what the server knows about an object. Kept in a manifest,
with `resourceVersion` the object cannot be created, and updates conflict; `uid`, `creationTimestamp`,
`deletionTimestamp`, `deletionGracePeriodSeconds`, `generation`, `managedFields`, `selfLink` and the `status` of a
CalicoNodeStatus or IPPool are overwritten, so that GitOps tools show a difference that never goes away.

On Kubernetes Nodes the annotations `projectcalico.org/kube-labels`, `metadata` and `annotations` are Calico's own
bookkeeping and not set by hand. A Node that was read from a cluster as a whole is left alone, and so is everything in
an `inventory`: nobody applies these files. The annotation `projectcalico.org/metadata` of objects in
`crd.projectcalico.org/v1` holds their labels and is never touched.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  creationTimestamp: "2024-05-13T09:12:44Z"  # hint: creationTimestamp is written by the server
  name: tor
  resourceVersion: "51873"  # hint: with it the object cannot be created
  uid: 0f3e2d7a-6c1b-4f5e-9a8d-7b6c5d4e3f2a  # hint: uid is written by the server
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

## Bad: status

```yaml
apiVersion: projectcalico.org/v3
kind: CalicoNodeStatus
metadata:
  name: worker-1
spec:
  node: worker-1
  classes: [BGP]
  updatePeriodSeconds: 10
status:  # hint: status is written by Calico
  lastUpdated: null
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: CalicoNodeStatus
metadata:
  name: worker-1
spec:
  node: worker-1
  classes: [BGP]
  updatePeriodSeconds: 10
```

## Bad: bookkeeping on a Node

```yaml
apiVersion: v1
kind: Node
metadata:
  name: worker-1
  annotations:
    projectcalico.org/ASNumber: "64600"
    projectcalico.org/kube-labels: '{"rack":"r1"}'  # hint: annotation projectcalico.org/kube-labels
```

## Good

```yaml
apiVersion: v1
kind: Node
metadata:
  name: worker-1
  annotations:
    projectcalico.org/ASNumber: "64600"
```

## Good: a Node as the cluster has it, and labels in an annotation

```yaml
apiVersion: v1
kind: Node
metadata:
  name: worker-1
  annotations:
    projectcalico.org/kube-labels: '{"rack":"r1"}'
  creationTimestamp: "2024-05-13T09:12:44Z"
  resourceVersion: "51873"
  uid: 0f3e2d7a-6c1b-4f5e-9a8d-7b6c5d4e3f2a
---
apiVersion: crd.projectcalico.org/v1
kind: IPPool
metadata:
  name: pods
  annotations:
    projectcalico.org/metadata: '{"labels":{"rack":"r1"}}'
  finalizers: [example.org/keep]
spec:
  cidr: 10.244.0.0/16
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-2
spec:
  bgp:
    ipv4Address: 10.20.0.12/24
status:
  wireguardPublicKey: jlkVyQYooZYzI2wFfNhSZez5eWh44yfq1wKVjLvSXgY=
```
"""

from collections.abc import Iterator

from linter.rulekit import Finding, Fix, Label, Mapping, Resource, Safety, Severity, document_rule, without

_METADATA = frozenset(
    (
        "creationTimestamp",
        "deletionGracePeriodSeconds",
        "deletionTimestamp",
        "generation",
        "managedFields",
        "resourceVersion",
        "selfLink",
        "uid",
    )
)
_BOOKKEEPING = frozenset(f"projectcalico.org/{name}" for name in ("annotations", "kube-labels", "metadata"))
_LASTING = "kept in a file it is overwritten, and GitOps tools show a lasting difference"


_FIELDS = ("/status", "/metadata/annotations", *(f"/metadata/{name}" for name in sorted(_METADATA)))


@document_rule(Resource, "CAL030", Severity.HINT, fields=_FIELDS, fix=Safety.SAFE)
def check(resource: Resource) -> Iterator[Finding]:
    metadata = resource.metadata
    if metadata is None or resource.patch or resource.inventory:
        return
    written = metadata.value.fields.keys() & _METADATA
    if resource.is_calico:
        for name in sorted(written):
            effect = "with it the object cannot be created, and updates conflict"
            reason = f"{name} is written by the server: {effect if name == 'resourceVersion' else _LASTING}"
            yield _finding(resource, metadata.value, name, reason)
        status = resource.root.fields.get("status")
        if resource.title in {"CalicoNodeStatus", "IPPool"} and status and id(status.value) not in resource.rejected:
            yield _finding(resource, resource.root, "status", f"status is written by Calico: {_LASTING}")
    elif resource.title == "Node" and not written:
        yield from _bookkeeping(resource)


def _bookkeeping(node: Resource) -> Iterator[Finding]:
    annotations = node.annotations
    if annotations is None:
        return
    for name in sorted(annotations.value.fields.keys() & _BOOKKEEPING):
        yield _finding(node, annotations.value, name, f"annotation {name} is Calico's own bookkeeping: {_LASTING}")


def _finding(resource: Resource, parent: Mapping, name: str, message: str) -> Finding:
    key = parent.fields[name].key
    edit = without(resource.document, parent, key)
    fix = Fix("remove what servers write", Safety.SAFE, (edit,)) if edit else None
    return Finding(message, Label(resource.source, key.span), help=f"remove {name}", fix=fix)
