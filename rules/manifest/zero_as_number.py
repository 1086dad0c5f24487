"""AS number 0 as one's own.

0 is no AS number (RFC 7607), yet Calico takes it everywhere, as number or text. As a node's own it is rendered as
`local as 0`, and BIRD refuses the whole file: it freezes BIRD config. No later BGP change reaches the nodes concerned,
and a restarted node has no BGP. Typha lets it pass as well.

In BGPConfiguration `default` that concerns every node without an AS number of its own, in a Calico Node or in the
annotation `projectcalico.org/ASNumber` of a Kubernetes Node that one node. Leave the field out for the default: 64512
for the cluster, the cluster's for a node.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  asNumber: 0  # error: configuration freezes on every node without an AS number of its own
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-1
spec:
  bgp:
    asNumber: "0.0"  # error: "0.0" is AS number 0
    ipv4Address: 10.0.0.11/24
---
apiVersion: v1
kind: Node
metadata:
  name: worker-2
  annotations:
    projectcalico.org/ASNumber: "0"  # error: configuration freezes on this node
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
kind: Node
metadata:
  name: worker-1
spec:
  bgp:
    asNumber: "0.1"
    ipv4Address: 10.0.0.11/24
---
apiVersion: v1
kind: Node
metadata:
  name: worker-2
  annotations:
    projectcalico.org/ASNumber: "65010"
```

## Good: 0 where it stands for nothing

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  peerSelector: has(route-reflector)
  asNumber: 0
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPConfiguration, Finding, KubernetesNode, Node, Severity, brief, document_rule

_FIELDS = ("asNumber", "bgp", "/metadata/annotations")


@document_rule((BGPConfiguration, KubernetesNode, Node), "CAL044", Severity.ERROR, fields=_FIELDS)
def check(resource: BGPConfiguration | KubernetesNode | Node) -> Iterator[Finding]:
    number = resource.as_number
    if number is None or number.value != 0:
        return
    where = "this node"
    if isinstance(resource, BGPConfiguration):
        # Under other names it is not read.
        if not resource.is_default:
            return
        where = "every node without an AS number of its own"
    yield Finding(
        f"{_shown(number.text)}: BIRD refuses local as 0, and its configuration freezes on {where}",
        number.label(),
        help="write an AS number, such as 64512, or leave it out for the default",
    )


def _shown(text: str) -> str:
    return "0 is no AS number of one's own" if text == "0" else f"{brief(text)} is AS number 0"
