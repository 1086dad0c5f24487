"""Namespace on an object that belongs to the whole cluster.

Calico's BGP objects are cluster-scoped: they have no namespace, wherever calico-node itself runs. calicoctl refuses a
file in which one states `metadata.namespace`. kubectl drops it in silence, and then tools that compare the manifest
with the cluster, such as Argo CD and Flux, show a difference that never goes away, or look for the object where it is
not.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
  namespace: calico-system  # warning: namespace calico-system on a BGPPeer
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

## Bad: in braces

```yaml
apiVersion: crd.projectcalico.org/v1
kind: IPPool
metadata: {namespace: kube-system, name: pods}  # warning: namespace kube-system on an IPPool
spec: {cidr: 10.244.0.0/16}
```

## Good

```yaml
apiVersion: crd.projectcalico.org/v1
kind: IPPool
metadata: {name: pods}
spec: {cidr: 10.244.0.0/16}
```

## Good: objects that have one, and no namespace at all

```yaml
apiVersion: v1
kind: Secret
metadata:
  name: bgp
  namespace: calico-system
stringData:
  tor: s3cr3t
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
  namespace: ""
spec:
  asNumber: 64600
```
"""

from collections.abc import Iterator

from linter.rulekit import Finding, Fix, Resource, Safety, Severity, document_rule, is_templated, without


@document_rule(Resource, "CAL031", Severity.WARNING, fields=("/metadata/namespace",), fix=Safety.SAFE)
def check(resource: Resource) -> Iterator[Finding]:
    metadata, namespace = resource.metadata, resource.namespace
    if not (metadata and namespace and namespace.key and namespace.value and resource.is_calico):
        return
    # A patch of kustomize names the object it is for, a template may leave nothing.
    if resource.patch or is_templated(namespace.value):
        return
    edit = without(resource.document, metadata.value, namespace.key)
    article = "an" if resource.title[0] in "AEIO" else "a"
    yield Finding(
        f"namespace {namespace.value} on {article} {resource.title}, which belongs to the whole cluster: calicoctl "
        "refuses the file, kubectl drops it and GitOps tools show a lasting difference",
        namespace.key_label(),
        help="remove namespace",
        fix=Fix("remove the namespace", Safety.SAFE, (edit,)) if edit else None,
    )
