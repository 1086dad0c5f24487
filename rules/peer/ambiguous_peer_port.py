"""Port of a peer address that Calico reads otherwise than it looks.

Two ways to write a port go wrong without a word, because each is a valid peer address to every check.

An IPv6 address needs brackets before a port: `[fd00:20::1]:179`. Without them `fd00:20::1:179` is an address of its
own, whose last group is 179, and BIRD dials that host on the default port. The rule speaks when the last group is 179
or a `listenPort` of the cluster, what stands before it is an address too, and no Node at hand has the whole address.

A port with leading zeros is decimal to calicoctl and the Calico API server, but calico-node reads it as octal:
`10.20.0.1:0100` becomes port 64, and where the digits are not octal, as in `10.20.0.1:0179`, calico-node drops the
peer and no session is set up.

The fix writes the port that was probably meant, so it changes who is dialled.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: fd00:20::1:179  # warning: fd00:20::1:179 is an address without a port
  asNumber: 65001
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: '[fd00:20::1]:179'
  asNumber: 65001
```

## Bad: a port of this cluster

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  listenPort: 1790
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: "fd00:20::1:1790"  # warning: BIRD dials fd00:20::1:1790
  asNumber: 65001
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  listenPort: 1790
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: "[fd00:20::1]:1790"
  asNumber: 65001
```

## Bad: leading zeros

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-a
spec:
  peerIP: 10.20.0.1:0100  # warning: port 0100 is 100 to calicoctl and 64 to calico-node
  asNumber: 65001
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-b
spec:
  peerIP: 10.20.0.2:0179  # warning: port 0179 is 179 to calicoctl, but calico-node drops the peer
  asNumber: 65001
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-a
spec:
  peerIP: 10.20.0.1:100
  asNumber: 65001
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-b
spec:
  peerIP: 10.20.0.2:179
  asNumber: 65001
```

## Good: the address of a node

```yaml
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-1
spec:
  bgp:
    ipv6Address: fd00:20::1:179/64
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: worker-1
spec:
  peerIP: fd00:20::1:179
  asNumber: 64512
```

## Good: a host, not a port

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-a
spec:
  peerIP: fd00:20::179
  asNumber: 65001
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-b
spec:
  peerIP: fd00:20::1:180
  asNumber: 65001
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-c
spec:
  peerIP: fd00:20:0:0:1:2:3:179
  asNumber: 65001
```
"""

from collections.abc import Iterator

from linter.rulekit import (
    BGPConfiguration,
    BGPPeer,
    Cluster,
    Finding,
    Fix,
    KubernetesNode,
    Label,
    Node,
    Safety,
    Severity,
    address,
    cidr,
    cluster_rule,
    rendered_peer_address,
)

Ports = dict[str, tuple[Label, ...]]


@cluster_rule("CAL108", Severity.WARNING, kinds=(BGPPeer,), fields=("peerIP",), fix=Safety.UNSAFE)
def check(cluster: Cluster) -> Iterator[Finding]:
    ports: Ports = {"179": ()}
    for configuration in cluster.of(BGPConfiguration):
        port = configuration.listen_port
        if port:
            ports.setdefault(str(port.value), (port.label("BIRD listens on this port"),))
    for peer in (*cluster.of(BGPPeer), *cluster.patches(BGPPeer)):
        place = peer.peer_ip
        neighbour = peer.neighbour if place and ":" in place.value else None
        if place is None or neighbour is None or neighbour.address.kind not in {"unicast", "loopback"}:
            continue
        if neighbour.port is not None:
            yield from _octal(peer, place.value, neighbour.port)
        else:
            yield from _unbracketed(peer, place.value, ports, cluster)


def _unbracketed(peer: BGPPeer, text: str, ports: Ports, cluster: Cluster) -> Iterator[Finding]:
    host, _, last = text.rpartition(":")
    if last in ports and address(host) and not _is_a_node(cluster, text):
        message = f"{text} is an address without a port: BIRD dials {text} on the default port"
        yield from _finding(peer, message, f"[{host}]:{last}", ports[last])


def _octal(peer: BGPPeer, text: str, port: int) -> Iterator[Finding]:
    host, _, written = text.rpartition(":")
    rendered = rendered_peer_address(text)
    if rendered is None or rendered.port != port:
        read = f" and {rendered.port} to calico-node" if rendered else ", but calico-node drops the peer"
        yield from _finding(peer, f"port {written} is {port} to calicoctl{read}", f"{host}:{port}")


def _is_a_node(cluster: Cluster, text: str) -> bool:
    nodes: tuple[Node | KubernetesNode, ...] = (*cluster.of(Node), *cluster.of(KubernetesNode))
    networks = (cidr(node.ipv6_address.value) for node in nodes if node.ipv6_address)
    return any(network.address == address(text) for network in networks if network)


def _finding(peer: BGPPeer, message: str, meant: str, related: tuple[Label, ...] = ()) -> Iterator[Finding]:
    if peer.peer_ip:
        fix = Fix(f"write {meant}", Safety.UNSAFE, peer.readdressed(meant))
        yield Finding(message, peer.peer_ip.label(), related, f"write {meant}", fix)
