"""Port of a peer address that Calico reads otherwise than it looks.

Two ways to write a port go wrong without a word, because each is a valid peer address to every check.

An IPv6 address needs brackets before a port: `[fd00:20::1]:179`. Without them `fd00:20::1:179` is an address of its
own, whose last group is 179, and BIRD dials that host on the default port. The rule speaks when the last group is 179
or a `listenPort` of the cluster, and what stands before it is an address too.

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
    Label,
    Located,
    Safety,
    Severity,
    address,
    cluster_rule,
    rendered_peer_address,
)

Ports = dict[str, tuple[Label, ...]]


@cluster_rule("CAL108", Severity.WARNING, kinds=(BGPPeer,), fix=Safety.UNSAFE)
def check(cluster: Cluster) -> Iterator[Finding]:
    ports: Ports = {"179": ()}
    for configuration in cluster.of(BGPConfiguration):
        port = configuration.listen_port
        if port:
            ports.setdefault(str(port.value), (port.label("BIRD listens on this port"),))
    for peer in (*cluster.of(BGPPeer), *cluster.patches(BGPPeer)):
        place = peer.peer_ip
        if place and ":" in place.value:
            yield from _judged(peer, place, ports)


def _judged(peer: BGPPeer, place: Located[str], ports: Ports) -> Iterator[Finding]:
    neighbour = peer.neighbour
    if neighbour is None or neighbour.address.kind not in {"unicast", "loopback"}:
        return
    head, _, last = place.value.rpartition(":")
    rendered = rendered_peer_address(place.value)
    if neighbour.port is None and last in ports and address(head):
        message = f"{place.value} is an address without a port: BIRD dials {place.value} on the default port"
        yield _finding(peer, place, message, f"[{head}]:{last}", ports[last])
    elif rendered != neighbour:
        read = f" and {rendered.port} to calico-node" if rendered else ", but calico-node drops the peer"
        message = f"port {last} is {neighbour.port} to calicoctl{read}"
        yield _finding(peer, place, message, f"{head}:{neighbour.port}")


def _finding(peer: BGPPeer, place: Located[str], message: str, meant: str, related: tuple[Label, ...] = ()) -> Finding:
    fix = Fix(f"write {meant}", Safety.UNSAFE, peer.readdressed(meant))
    return Finding(message, place.label(), related, f"write {meant}", fix)
