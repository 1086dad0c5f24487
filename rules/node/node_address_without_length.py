"""BGP address of a node without the length of its subnet.

Calico takes a bare address for a network of one: `10.0.0.11` counts as `10.0.0.11/32`, an IPv6 address as /128. That
is the node's own subnet then, and no other node lies in it. Sessions work all the same, but a pool with `ipipMode` or
`vxlanMode` `CrossSubnet` takes every other node for remote and tunnels everything.

calico-node writes the length when it finds the address itself. A /32 that is written out is left alone: on
point-to-point links it is right.

## Bad

```yaml
apiVersion: v1
kind: Node
metadata:
  name: worker-1
  annotations:
    projectcalico.org/IPv4Address: 10.0.0.11  # warning: 10.0.0.11 has no length and counts as 10.0.0.11/32
    projectcalico.org/IPv6Address: fd00::11  # warning: fd00::11 has no length and counts as fd00::11/128
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-2
spec:
  bgp:
    ipv4Address: 10.0.0.12  # warning: CrossSubnet takes every other node for remote
```

## Good

```yaml
apiVersion: v1
kind: Node
metadata:
  name: worker-1
  annotations:
    projectcalico.org/IPv4Address: 10.0.0.11/24
    projectcalico.org/IPv6Address: fd00::11/64
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-2
spec:
  bgp:
    ipv4Address: 10.0.0.12/24
```

## Good: a length of 32 that is meant, and addresses that never have one

```yaml
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-2
spec:
  bgp:
    ipv4Address: 10.0.0.12/32
    ipv6Address: fd00::12/128
    ipv4IPIPTunnelAddr: 10.244.3.1
    routeReflectorClusterID: 244.0.0.1
```
"""

from collections.abc import Iterator

from linter.rulekit import Finding, KubernetesNode, Node, Severity, cidr, document_rule


@document_rule((KubernetesNode, Node), "CAL404", Severity.WARNING, fields=("bgp", "/metadata/annotations"))
def check(node: KubernetesNode | Node) -> Iterator[Finding]:
    for family, example, written in ((4, 24, node.ipv4_address), (6, 64, node.ipv6_address)):
        read = cidr(written.value) if written and "/" not in written.value else None
        if written is None or read is None or read.length is not None or read.address.family != family:
            continue
        yield Finding(
            f"{written.value} has no length and counts as {written.value}/{read.prefix_length}: CrossSubnet takes every"
            " other node for remote and tunnels everything",
            written.label(),
            help=f"append the length of the node's subnet, such as {written.value}/{example}",
        )
