"""Pool with IPIP on Azure.

Azure's network drops IP protocol 4, which is IPIP. A pool with `ipipMode: Always` sends all traffic between nodes that
way, one with `CrossSubnet` what goes from one subnet to another. Every route is there and looks healthy, and yet pods
on different nodes never hear of each other: lost routes between nodes. No layer of Calico can see it coming.

The rule speaks where the configuration says `provider: azure`, or where the Nodes of the input come from Azure
(`spec.providerID`). With `CrossSubnet` it speaks only when two Nodes of the input have their addresses in different
subnets, and not where a selector keeps the pool to some of the nodes. A disabled pool is left alone. The fix takes
VXLAN in place of IPIP; it is unsafe, because VXLAN asks for another port to be open and for a smaller MTU.

## Bad

```yaml .peerlint.yaml
provider: azure
```

```yaml
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: 10.65.0.0/16
  ipipMode: Always  # error: ipipMode Always on Azure
```

## Good

```yaml .peerlint.yaml
provider: azure
```

```yaml
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: 10.65.0.0/16
  vxlanMode: Always
```

## Bad: between two subnets

```yaml pools.yaml
apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    nodeAddressAutodetectionV4: {kubernetes: NodeInternalIP}
    ipPools:
    - cidr: 10.65.0.0/16
      encapsulation: IPIPCrossSubnet  # error: encapsulation IPIPCrossSubnet on Azure
```

```yaml nodes.yaml
apiVersion: v1
kind: Node
metadata:
  name: worker-1
  annotations:
    projectcalico.org/IPv4Address: 10.0.1.4/24
spec:
  providerID: azure:///subscriptions/example/virtualMachines/worker-1
---
apiVersion: v1
kind: Node
metadata:
  name: worker-2
  annotations:
    projectcalico.org/IPv4Address: 10.0.2.4/24
spec:
  providerID: azure:///subscriptions/example/virtualMachines/worker-2
```

## Good

```yaml pools.yaml
apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    nodeAddressAutodetectionV4: {kubernetes: NodeInternalIP}
    ipPools:
    - cidr: 10.65.0.0/16
      encapsulation: VXLANCrossSubnet
```

```yaml nodes.yaml
apiVersion: v1
kind: Node
metadata:
  name: worker-1
  annotations:
    projectcalico.org/IPv4Address: 10.0.1.4/24
spec:
  providerID: azure:///subscriptions/example/virtualMachines/worker-1
---
apiVersion: v1
kind: Node
metadata:
  name: worker-2
  annotations:
    projectcalico.org/IPv4Address: 10.0.2.4/24
spec:
  providerID: azure:///subscriptions/example/virtualMachines/worker-2
```

## Good: one subnet needs no IPIP

```yaml .peerlint.yaml
provider: azure
```

```yaml
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: 10.65.0.0/16
  ipipMode: CrossSubnet
```

## Good: elsewhere

```yaml
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: 10.65.0.0/16
  ipipMode: Always
```
"""

from collections.abc import Iterator

from linter.rulekit import (
    Cluster,
    Finding,
    Fix,
    Installation,
    IPPool,
    KubernetesNode,
    Label,
    Located,
    Node,
    Safety,
    Severity,
    Target,
    cidr,
    cluster_rule,
)

_VXLAN = {"IPIP": "VXLAN", "IPIPCrossSubnet": "VXLANCrossSubnet"}


@cluster_rule(
    "CAL408",
    Severity.ERROR,
    kinds=(IPPool, Installation),
    fields=("ipipMode", "calicoNetwork"),
    fix=Safety.UNSAFE,
    needs=("provider",),
)
def check(cluster: Cluster, target: Target) -> Iterator[Finding]:
    if not _is_azure(cluster, target):
        return
    subnets = _subnets(cluster)
    for pool in cluster.of(IPPool):
        mode, on = pool.ipip, not (pool.disabled and pool.disabled.value)
        if mode and on and not pool.vxlan and _is_ipv4(pool.cidr):
            yield from _finding("ipipMode", mode, _fix(pool, mode), subnets if _takes_all(pool.node_selector) else ())
    for installation in cluster.of(Installation):
        for each in installation.pools if installation.uses_calico_cni else ():
            wrapped = each.encapsulation
            if wrapped and wrapped.value in _VXLAN and _is_ipv4(each.cidr):
                edit = wrapped.requote(_VXLAN[wrapped.value])
                fix = Fix(f"write {_VXLAN[wrapped.value]}", Safety.UNSAFE, (edit,))
                yield from _finding("encapsulation", wrapped, fix, subnets if _takes_all(each.node_selector) else ())


def _finding(field: str, mode: Located[str], fix: Fix, subnets: tuple[Label, ...]) -> Iterator[Finding]:
    crosses = mode.value.endswith("CrossSubnet")
    if not crosses or len(subnets) > 1:
        where = "nodes of different subnets" if crosses else "nodes"
        yield Finding(
            f"{field} {mode.value} on Azure: its network drops IPIP, IP protocol 4, so {where} lose each other's pods "
            "while every route looks healthy",
            mode.label(),
            subnets[:2] if crosses else (),
            "use VXLAN in place of IPIP, in every pool",
            fix,
        )


def _is_azure(cluster: Cluster, target: Target) -> bool:
    if target.provider is not None:
        return target.provider.lower() == "azure"
    known = [node.provider_id.value for node in cluster.of(KubernetesNode) if node.provider_id]
    return bool(known) and all(provider.startswith("azure://") for provider in known)


def _subnets(cluster: Cluster) -> tuple[Label, ...]:
    """One node's address in each subnet that is known."""
    found: dict[str, Label] = {}
    nodes: list[KubernetesNode | Node] = [*cluster.of(KubernetesNode), *cluster.of(Node)]
    for node in nodes:
        address = node.ipv4_address
        read = cidr(address.value) if address else None
        if address and read and read.length is not None:
            found.setdefault(read.canonical, address.label("a node in another subnet" if found else "a node in one"))
    return tuple(found.values())


def _takes_all(selector: Located[str] | None) -> bool:
    return selector is None or selector.value.strip() in {"", "all()"}


def _is_ipv4(text: Located[str] | None) -> bool:
    read = cidr(text.value) if text else None
    return read is None or read.address.family == 4


def _fix(pool: IPPool, mode: Located[str]) -> Fix:
    """The mode under the other key; where both keys are there, the modes change places."""
    other = pool.written(IPPool.vxlan_mode)
    if other is None and mode.key:
        edits = (Located(mode.value, mode.source, mode.key, mode.key).requote("vxlanMode"),)
    else:
        edits = (mode.requote("Never"), *((other.requote(mode.value),) if other else ()))
    return Fix(f"use vxlanMode {mode.value} instead", Safety.UNSAFE, edits)
