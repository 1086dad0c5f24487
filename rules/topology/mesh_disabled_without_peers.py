"""Mesh switched off, and no BGPPeer to take its place.

With `nodeToNodeMeshEnabled: false` the nodes exchange routes through BGPPeers alone. Without any BGPPeer every node
loses the routes to the pods of all others: lost routes between all nodes, at once, while every node stays Ready and
looks healthy.

Peers may be defined elsewhere, so this is a warning. It also holds while a change is rolled out: peers first, and
the mesh off when their sessions are up.

The rule is silent when the pools at hand need no BGP between nodes: VXLAN pools never do, and from Calico 3.33 IPIP
pools do not unless `programClusterRoutes` says so.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeToNodeMeshEnabled: false  # warning: the mesh is off and no BGPPeer
  asNumber: 64512
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeToNodeMeshEnabled: false
  asNumber: 64512
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  peerSelector: has(route-reflector)
```

## Good: the mesh is on by default

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  asNumber: 64512
```

## Good: VXLAN needs no BGP

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeToNodeMeshEnabled: false
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: 10.244.0.0/16
  vxlanMode: CrossSubnet
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPConfiguration, BGPPeer, Cluster, Finding, IPPool, Severity, Target, cluster_rule


@cluster_rule("CAL701", Severity.WARNING, kinds=(BGPConfiguration,), fields=("nodeToNodeMeshEnabled",))
def check(cluster: Cluster, target: Target) -> Iterator[Finding]:
    if cluster.of(BGPPeer) or cluster.patches(BGPPeer):
        return
    elsewhere = "" if cluster.complete else " unless peers are defined elsewhere,"
    for configuration in cluster.of(BGPConfiguration):
        mesh = configuration.node_to_node_mesh_enabled
        if mesh and not mesh.value and configuration.is_default and _needs_sessions(cluster, configuration, target):
            yield Finding(
                f"the mesh is off and no BGPPeer is here:{elsewhere} nodes lose the routes to each other's pods",
                mesh.label(),
                help="add BGPPeers to route reflectors or routers, and switch the mesh off once their sessions are up",
            )


def _needs_sessions(cluster: Cluster, configuration: BGPConfiguration, target: Target) -> bool:
    """Whether some pool, or a pool that is not known, depends on BGP between nodes."""
    pools = cluster.of(IPPool)
    stated = configuration.program_cluster_routes
    default = "EnabledNoEncapOnly" if target.calico_version >= (3, 33) else "Enabled"
    return not pools or any(pool.needs_bird(stated.value if stated else default) for pool in pools)
