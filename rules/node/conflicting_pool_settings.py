"""Pool settings that exclude each other.

Calico rejects the pool, that is calicoctl, the Calico API server and, from 3.33 on, the CRD itself, when

- `ipipMode` and `vxlanMode` are both on, or `ipipMode` is on in an IPv6 pool;
- `blockSize` is not between 20 and 32 (IPv4) or 116 and 128 (IPv6);
- a block would be larger than the pool. An unset `blockSize` counts as 26 or 122, so a /28 needs one of its own. Only
  a disabled pool may be smaller than its blocks;
- `cidr` overlaps the link-local range 169.254.0.0/16 or fe80::/10;
- `nodeSelector` or `namespaceSelector` contains the text `global(`, be it inside quotes (from 3.31 on);
- the use `LoadBalancer` stands beside another use, an encapsulation, `disableBGPExport`, or a `nodeSelector` that is
  not exactly `all()` (from 3.30 on);
- the use `Tunnel` stands beside `namespaceSelector` (from 3.31 on).

Where `allowedUses` is absent, calicoctl and the Calico API server fill in `Workload` and `Tunnel` before they look, so
that they refuse a `namespaceSelector` there too. The CRDs and `calicoctl validate` take it as it stands: a warning.

The pools of an Installation are held to the same block sizes by the operator. Its other rules are
`inconsistent-installation`'s.

## Bad: encapsulations

```yaml
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: v4}
spec:
  cidr: 10.244.0.0/16
  ipipMode: Always  # error: ipipMode Always excludes vxlanMode CrossSubnet: Calico rejects the pool
  vxlanMode: CrossSubnet
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: v6}
spec:
  cidr: fd00:10:244::/56
  ipipMode: CrossSubnet  # error: IPIP carries no IPv6
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: v4}
spec:
  cidr: 10.244.0.0/16
  ipipMode: Never
  vxlanMode: CrossSubnet
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: v6}
spec:
  cidr: fd00:10:244::/56
  vxlanMode: CrossSubnet
```

## Bad: block sizes and the link-local range

```yaml
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: v4}
spec:
  cidr: 10.0.0.0/12
  blockSize: 19  # error: blockSize 19 is not between 20 and 32
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: small}
spec:
  cidr: 10.60.0.0/27
  blockSize: 26  # error: blockSize 26 makes blocks larger than the pool 10.60.0.0/27
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: smaller}
spec:
  cidr: 10.60.0.32/28  # error: 10.60.0.32/28 is smaller than a block of the default size /26
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: metadata-range}
spec:
  cidr: 169.254.32.0/20  # error: 169.254.32.0/20 overlaps the link-local range 169.254.0.0/16
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: v4}
spec:
  cidr: 10.0.0.0/12
  blockSize: 20
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: small}
spec:
  cidr: 10.60.0.0/27
  blockSize: 27
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: smaller}
spec:
  cidr: 10.60.0.32/28
  blockSize: 28
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: metadata-range}
spec:
  cidr: 10.254.32.0/20
```

## Bad: selectors and uses

```yaml
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: racks}
spec:
  cidr: 10.64.0.0/16
  nodeSelector: has(rack) && global()  # error: contains the text global(
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: services}
spec:
  cidr: 172.30.0.0/24
  vxlanMode: Always  # error: vxlanMode Always excludes the use LoadBalancer
  disableBGPExport: true  # error: disableBGPExport excludes the use LoadBalancer
  nodeSelector: has(edge)  # error: the use LoadBalancer needs exactly all()
  allowedUses:
    - Workload
    - LoadBalancer  # error: LoadBalancer excludes Workload in allowedUses
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: tenants}
spec:
  cidr: 10.65.0.0/16
  allowedUses: [Workload, Tunnel]
  namespaceSelector: has(tenant)  # error: namespaceSelector excludes the use Tunnel
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: guests}
spec:
  cidr: 10.66.0.0/16
  namespaceSelector: has(guest)  # warning: calicoctl and the Calico API server reject the pool
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: racks}
spec:
  cidr: 10.64.0.0/16
  nodeSelector: has(rack)
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: services}
spec:
  cidr: 172.30.0.0/24
  allowedUses:
    - LoadBalancer
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: tenants}
spec:
  cidr: 10.65.0.0/16
  allowedUses: [Workload]
  namespaceSelector: has(tenant)
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: guests}
spec:
  cidr: 10.66.0.0/16
  allowedUses: [Workload]
  namespaceSelector: has(guest)
```

## Bad: block sizes of an Installation

```yaml
apiVersion: operator.tigera.io/v1
kind: Installation
metadata: {name: default}
spec:
  calicoNetwork:
    ipPools:
      - cidr: 10.244.0.0/16
        blockSize: 33  # error: blockSize 33 is not between 20 and 32: the operator refuses the Installation
      - cidr: fd00:10:244::/122
        blockSize: 121  # error: blockSize 121 makes blocks larger than the pool
      - cidr: 10.245.0.0/27  # error: 10.245.0.0/27 is smaller than a block of the default size /26
```

## Good

```yaml
apiVersion: operator.tigera.io/v1
kind: Installation
metadata: {name: default}
spec:
  calicoNetwork:
    ipPools:
      - cidr: 10.244.0.0/16
        blockSize: 32
      - cidr: fd00:10:244::/122
        encapsulation: None
        blockSize: 122
      - cidr: 10.245.0.0/26
```

## Good: a disabled pool smaller than its blocks, a block as large as the pool, the default written as 0

```yaml
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: foreign}
spec:
  cidr: 10.70.0.0/28
  disabled: true
  disableBGPExport: true
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: one-block}
spec:
  cidr: 10.70.1.0/26
  blockSize: 0
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: services}
spec:
  cidr: 172.30.1.0/26
  nodeSelector: all()
  allowedUses: [LoadBalancer]
  assignmentMode: Automatic
```
"""

from collections.abc import Iterator

from linter.rulekit import (
    Finding,
    Installation,
    InstallationPool,
    IPPool,
    Label,
    Severity,
    Target,
    brief,
    cidr,
    document_rule,
    is_templated,
)

_SIZES = {4: (20, 32, 26), 6: (116, 128, 122)}
_LINK_LOCAL = tuple(filter(None, map(cidr, ("169.254.0.0/16", "fe80::/10"))))
_ALL = "all()"
_CALICO = "Calico rejects the pool"
_OPERATOR = "the operator refuses the Installation, and nothing of it is rolled out"


@document_rule((IPPool, Installation), "CAL406", Severity.ERROR)
def check(resource: IPPool | Installation, target: Target) -> Iterator[Finding]:
    if isinstance(resource, IPPool):
        yield from _pool(resource, target)
    elif resource.uses_calico_cni:
        for pool in resource.pools:
            yield from _size(pool, _OPERATOR, enabled=True)


def _pool(pool: IPPool, target: Target) -> Iterator[Finding]:
    yield from _encapsulation(pool)
    yield from _range(pool)
    if not pool.patch or pool.stated(IPPool.block_size):
        yield from _size(pool, _CALICO, enabled=pool.absent(IPPool.disabled))
    yield from _load_balancer(pool, target)
    yield from _selectors(pool, target)
    if target.calico_version >= (3, 31):
        yield from _namespaces(pool)


def _encapsulation(pool: IPPool) -> Iterator[Finding]:
    ipip, vxlan, network = pool.ipip, pool.vxlan, pool.network
    if ipip and vxlan:
        conflict = f"ipipMode {ipip.value} excludes vxlanMode {vxlan.value}"
        yield _rejected(conflict, ipip.key_label(), "set one of the two to Never", vxlan.key_label("also on"))
    if ipip and pool.cidr and network and network.address.family == 6:
        conflict = f"ipipMode {ipip.value} in an IPv6 pool, but IPIP carries no IPv6"
        yield _rejected(conflict, ipip.key_label(), "use vxlanMode, or no encapsulation", pool.cidr.label("IPv6"))


def _range(pool: IPPool) -> Iterator[Finding]:
    network = pool.network
    taken = next((one for one in _LINK_LOCAL if network and network.overlaps(one)), None)
    if pool.cidr and taken:
        conflict = f"{pool.cidr.value} overlaps the link-local range {taken.canonical}"
        yield _rejected(conflict, pool.cidr.label(), "take a range of private addresses")


def _size(pool: IPPool | InstallationPool, effect: str, *, enabled: bool) -> Iterator[Finding]:
    size, place, network = pool.block_size, pool.cidr, pool.network
    if place is None or network is None or network.address.mapped:
        return
    length = network.prefix_length
    least, most, default = _SIZES[network.address.version]
    advice = f"write a number from {max(least, length)} to {most}"
    # In an IPPool 0 stands for the default.
    if size and (size.value or isinstance(pool, InstallationPool)):
        if not least <= size.value <= most:
            message = f"blockSize {size.value} is not between {least} and {most}: {effect}"
            yield Finding(message, size.label(), (place.label(f"IPv{network.address.version}"),), advice)
        elif size.value < length and enabled:
            message = f"blockSize {size.value} makes blocks larger than the pool {place.value}: {effect}"
            yield Finding(message, size.label(), (place.label("the pool"),), advice)
    elif default < length and enabled and pool.absent(type(pool).block_size):
        message = f"{place.value} is smaller than a block of the default size /{default}: {effect}"
        yield Finding(message, place.label(), help=f"write blockSize: {length}, or take a larger range")


def _load_balancer(pool: IPPool, target: Target) -> Iterator[Finding]:
    use = next((use for use in pool.allowed_uses if use.value == "LoadBalancer"), None)
    if use is None:
        return
    other = next((use for use in pool.allowed_uses if use.value in {"Workload", "Tunnel"}), None)
    if other:
        conflict = f"LoadBalancer excludes {other.value} in allowedUses"
        yield _rejected(conflict, use.label(), "make a pool of its own for LoadBalancer", other.label("another use"))
    place = use.label("for load balancers alone")
    for name, mode in (("ipipMode", pool.ipip), ("vxlanMode", pool.vxlan)):
        if mode:
            conflict = f"{name} {mode.value} excludes the use LoadBalancer"
            yield _rejected(conflict, mode.key_label(), f"remove {name}", place)
    hidden, selector = pool.disable_bgp_export, pool.node_selector
    if hidden and hidden.value:
        conflict = "disableBGPExport excludes the use LoadBalancer"
        yield _rejected(conflict, hidden.key_label(), "remove disableBGPExport", place)
    # What holds `global(` is told of that.
    text = selector.value if selector else ""
    if selector and text not in {"", _ALL} and not is_templated(text) and not _is_global(text, target):
        conflict = f"nodeSelector {brief(selector.text)}, but the use LoadBalancer needs exactly {_ALL}"
        yield _rejected(conflict, selector.label(), f"write {_ALL}, or leave nodeSelector out", place)


def _selectors(pool: IPPool, target: Target) -> Iterator[Finding]:
    for selector in (pool.node_selector, pool.namespace_selector):
        if selector and _is_global(selector.value, target):
            conflict = f"the selector {brief(selector.text)} contains the text global("
            yield _rejected(conflict, selector.label(), f"write {_ALL} in place of global()")


def _is_global(selector: str, target: Target) -> bool:
    return "global(" in selector and not is_templated(selector) and target.calico_version >= (3, 31)


def _namespaces(pool: IPPool) -> Iterator[Finding]:
    selector = pool.stated(IPPool.namespace_selector)
    if selector is None or is_templated(str(selector.value)):
        return
    tunnel = next((use for use in pool.allowed_uses if use.value == "Tunnel"), None)
    if tunnel:
        conflict, advice = "namespaceSelector excludes the use Tunnel", "remove one of the two"
        yield _rejected(conflict, selector.key_label(), advice, tunnel.label("for tunnels"))
    elif pool.absent(IPPool.uses) and not pool.patch and not _is_crd(pool):
        yield Finding(
            "namespaceSelector without allowedUses: calicoctl and the Calico API server reject the pool, because they"
            " add the use Tunnel, which excludes it; the CRD alone takes it",
            selector.key_label(),
            help="write allowedUses: [Workload]",
            severity=Severity.WARNING,
        )


def _is_crd(pool: IPPool) -> bool:
    """Whether neither calicoctl nor the Calico API server will ever see it."""
    return pool.api_version is not None and pool.api_version.value.startswith("crd.")


def _rejected(conflict: str, at: Label, advice: str, *related: Label) -> Finding:
    return Finding(f"{conflict}: {_CALICO}", at, related, advice)
