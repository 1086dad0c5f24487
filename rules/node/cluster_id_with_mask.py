"""Cluster ID of a route reflector written with a length.

A node becomes a route reflector by the annotation `projectcalico.org/RouteReflectorClusterID`, which holds an IPv4
address. Calico's reader of annotations also takes a network without host bits, such as `244.0.0.1/32`, and hands it on
as it stands. BIRD knows no cluster ID with a length: as soon as the node has a client, BIRD refuses the rendered file,
which freezes BIRD config on that node. Behind Typha the whole Node vanishes instead, because Typha checks it once
more: other nodes drop their sessions to it.

A network with host bits (`244.0.0.1/24`) is ignored already by the reader: see `ignored-node-annotation`. In
`routeReflectorClusterID` of Calico's own Node calicoctl refuses a length.

The fix drops the length, which makes the node a working reflector: unsafe.

## Bad

```yaml
apiVersion: v1
kind: Node
metadata:
  name: rr-1
  annotations:
    projectcalico.org/IPv4Address: 10.0.0.21/24
    projectcalico.org/RouteReflectorClusterID: 244.0.0.1/32  # error: 244.0.0.1/32 has a length
---
apiVersion: v1
kind: Node
metadata:
  name: rr-2
  annotations:
    projectcalico.org/IPv4Address: 10.0.0.22/24
    projectcalico.org/RouteReflectorClusterID: "244.0.0.0/24"  # error: BIRD refuses it as soon as the node has a client
```

## Good

```yaml
apiVersion: v1
kind: Node
metadata:
  name: rr-1
  annotations:
    projectcalico.org/IPv4Address: 10.0.0.21/24
    projectcalico.org/RouteReflectorClusterID: 244.0.0.1
---
apiVersion: v1
kind: Node
metadata:
  name: rr-2
  annotations:
    projectcalico.org/IPv4Address: 10.0.0.22/24
    projectcalico.org/RouteReflectorClusterID: "244.0.0.0"
```
"""

from collections.abc import Iterator

from linter.rulekit import Finding, Fix, KubernetesNode, Safety, Severity, cidr, document_rule


@document_rule(KubernetesNode, "CAL403", Severity.ERROR, fix=Safety.UNSAFE)
def check(node: KubernetesNode) -> Iterator[Finding]:
    written = node.route_reflector_cluster_id
    network = cidr(written.value) if written else None
    if written is None or network is None or network.length is None or network.address.family != 4:
        return
    # With host bits the annotation is not read at all.
    if network.host_bits:
        return
    plain = network.address.canonical
    yield Finding(
        f"{written.value} has a length: BIRD refuses it as soon as the node has a client, and its configuration"
        " freezes; behind Typha the whole Node vanishes",
        written.label(),
        help=f"write {plain}",
        fix=Fix(f"write {plain}", Safety.UNSAFE, (written.requote(plain),)),
    )
