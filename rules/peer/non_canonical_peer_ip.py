"""Peer address is not written the way Calico compares it.

calico-node knows a neighbour for one of the cluster's own nodes by comparing texts: `peerIP` with the node's address
as Go prints it, lower case, without leading zeros, the longest run of zero groups as `::`. The same address written
otherwise, `2001:DB8::1` or `2001:db8:0:0:0:0:0:1`, is that of a stranger to it, and so is an IPv4 address in IPv6
clothes, `::ffff:10.0.0.1`. Then no reverse peering is set up, the node's `listenPort` is not taken over, and the
session is never up.

No check says so, and to a router outside the cluster the session comes up all the same. The fix writes the canonical
text; it is unsafe because a node that is recognised now peers back.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflector
spec:
  peerIP: 2001:DB8:0::1  # warning: 2001:DB8:0::1 is 2001:db8::1 to Calico
  asNumber: 64512
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflector
spec:
  peerIP: 2001:db8::1
  asNumber: 64512
```

## Bad: IPv4 in IPv6, and with a port

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflector-a
spec:
  peerIP: ::ffff:10.0.0.11  # warning: ::ffff:10.0.0.11 is 10.0.0.11 to Calico
  asNumber: 64512
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflector-b
spec:
  peerIP: "[2001:0db8::2]:1790"  # warning: [2001:0db8::2]:1790 is [2001:db8::2]:1790 to Calico
  asNumber: 64512
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflector-a
spec:
  peerIP: 10.0.0.11
  asNumber: 64512
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflector-b
spec:
  peerIP: "[2001:db8::2]:1790"
  asNumber: 64512
```

## Good: brackets do not matter

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflector
spec:
  peerIP: "[10.0.0.11]:1790"
  asNumber: 64512
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPPeer, Finding, Fix, Safety, Severity, document_rule


@document_rule(BGPPeer, "CAL111", Severity.WARNING, fields=("peerIP",), fix=Safety.UNSAFE)
def check(peer: BGPPeer) -> Iterator[Finding]:
    neighbour = peer.neighbour
    # Every IPv4 address that is none inside an IPv6 one is canonical.
    if neighbour is None or neighbour.address.version == 4 or neighbour.address.kind != "unicast":
        return
    place = peer.peer_ip
    if place is None:
        return
    host, port = place.value, ""
    if neighbour.port is not None:
        host, _, port = place.value.rpartition(":")
    canonical = neighbour.address.canonical
    if host.strip("[]") == canonical:
        return
    meant = _with_port(canonical, port) if port else canonical
    yield Finding(
        f"{place.value} is {meant} to Calico, which compares texts: a node with this address is not recognised, "
        "does not peer back, and the session is never up",
        place.label(),
        help=f"write {meant}",
        fix=Fix(f"write {meant}", Safety.UNSAFE, peer.readdressed(meant)),
    )


def _with_port(host: str, port: str) -> str:
    return f"[{host}]:{port}" if ":" in host else f"{host}:{port}"
