"""Installation or environment that Calico refuses to roll out.

The API server takes almost any Installation; it is the operator that refuses one whose settings do not fit together.
It reports itself degraded, rolls nothing out, and the cluster stays as it is:

- IPIP in an IPv6 pool;
- a pool with IPIP, or with no encapsulation, while BGP is disabled: nobody would write its routes, unless
  `clusterRoutingMode` hands them to Felix (`FelixIPIPOnly`: those of IPIP alone);
- the VPP dataplane without BGP, or BGP beside a CNI plugin that is not Calico's;
- a pool for load balancers that is not exported by BGP;
- two ways to detect a node's address, or none of a pool's family with the BPF dataplane;
- two pools with one name or one range. Blocks that do not fit their pool are `conflicting-pool-settings`'s.

With the BPF dataplane an unset `nodeAddressAutodetectionV4` is no offence: the operator fills in first-found, which
works. `nodeAddressAutodetectionV6` has no such default, and one that is written but asks for nothing
(`firstFound: false`, `{}`) is none in either family.

calico-node itself reads its environment once, when it starts, and exits on what it cannot read: an AS number, an
address, a method of autodetection where `autodetect` asks for one, the block size and the node selector of the pools
it creates. Variables that are empty, or filled in by a ConfigMap or a template, are left alone, and so are those of
pools that it does not create (`NO_DEFAULT_POOLS`, or a range of `none`).

## Bad

```yaml
apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    bgp: Disabled
    ipPools:
    - cidr: 10.65.0.0/16
      encapsulation: IPIP  # error: IPIP with BGP disabled
    - cidr: fd00:10:65::/48
      encapsulation: VXLAN
```

## Good

```yaml
apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    bgp: Disabled
    ipPools:
    - cidr: 10.65.0.0/16
      encapsulation: VXLAN
    - cidr: fd00:10:65::/48
      encapsulation: VXLAN
```

## Good: Felix owns the routes

```yaml
apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    bgp: Disabled
    clusterRoutingMode: Felix
    ipPools:
    - cidr: 10.65.0.0/16
      encapsulation: None
```

## Good: BPF with the default for IPv4

```yaml
apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    linuxDataplane: BPF
    ipPools:
    - cidr: 10.65.0.0/16
      encapsulation: VXLAN
```

## Bad: environment

```yaml
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: calico-node
  namespace: kube-system
spec:
  template:
    spec:
      containers:
      - name: calico-node
        env:
        - name: IP
          value: autodetect
        - name: IP_AUTODETECTION_METHOD
          value: interfaces=eth.*  # error: IP_AUTODETECTION_METHOD is interfaces=eth.*
        - name: AS
          value: "65536.1"  # error: AS is 65536.1
        - name: CALICO_IPV4POOL_BLOCK_SIZE
          value: "33"  # error: CALICO_IPV4POOL_BLOCK_SIZE is 33
```

## Good

```yaml
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: calico-node
  namespace: kube-system
spec:
  template:
    spec:
      containers:
      - name: calico-node
        env:
        - name: IP
          value: autodetect
        - name: IP_AUTODETECTION_METHOD
          value: interface=eth.*
        - name: AS
          value: "1.10"
        - name: CALICO_IPV4POOL_BLOCK_SIZE
          value: "26"
```

## Good: never read

```yaml
apiVersion: apps/v1
kind: DaemonSet
metadata:
  name: calico-node
  namespace: kube-system
spec:
  template:
    spec:
      containers:
      - name: calico-node
        env:
        - name: IP
          value: 10.0.0.1/24
        - name: IP_AUTODETECTION_METHOD
          value: anything
        - name: NO_DEFAULT_POOLS
          value: "true"
        - name: CALICO_IPV4POOL_BLOCK_SIZE
          value: "64"
```
"""

from collections.abc import Iterator

from linter.rulekit import (
    DaemonSet,
    Finding,
    Installation,
    InstallationPool,
    Label,
    Located,
    Severity,
    brief,
    document_rule,
    is_templated,
    misfits,
)

_FELIX = {"Felix": ("IPIP", "IPIPCrossSubnet", "None"), "FelixIPIPOnly": ("IPIP", "IPIPCrossSubnet")}
"""By clusterRoutingMode: the encapsulations whose routes Felix writes, so that they need no BGP."""


@document_rule((Installation, DaemonSet), "CAL409", Severity.ERROR, fields=("calicoNetwork", "template"))
def check(subject: Installation | DaemonSet) -> Iterator[Finding]:
    if isinstance(subject, DaemonSet):
        yield from _environment(subject)
        return
    yield from _bgp(subject)
    for version in (4, 6):
        yield from _autodetection(subject, version)
    for pool in subject.pools:
        yield from _pool(subject, pool)
    yield from _repeats([pool.name for pool in subject.pools], "name")
    yield from _repeats([pool.cidr for pool in subject.pools], "cidr")


def _environment(node: DaemonSet) -> Iterator[Finding]:
    for variable, wanted in misfits(node.environment):
        yield Finding(
            f"{variable.name} is {brief(str(variable.value))}: calico-node cannot read it and exits when it starts",
            variable.place.label(),
            help=f"write {wanted}",
        )


def _bgp(installation: Installation) -> Iterator[Finding]:
    bgp, dataplane, cni = installation.bgp, installation.linux_dataplane, installation.cni_type
    if bgp and bgp.value == "Disabled" and dataplane and dataplane.value == "VPP":
        advice = "set bgp to Enabled, or take another dataplane"
        yield _refused("the dataplane VPP with BGP disabled", dataplane.label(), advice, bgp.label("disabled"))
    if bgp and bgp.value == "Enabled" and cni and not installation.uses_calico_cni and not is_templated(cni.value):
        advice = "set bgp to Disabled, or the CNI type to Calico"
        yield _refused(f"BGP beside the CNI plugin {cni.value}", bgp.label(), advice, cni.label("not Calico's"))


def _pool(installation: Installation, pool: InstallationPool) -> Iterator[Finding]:
    wrapped, cidr, bgp = pool.encapsulation, pool.cidr, installation.bgp
    if wrapped and cidr and wrapped.value.startswith("IPIP") and _version(pool) == 6:
        advice = "write VXLAN or None"
        yield _refused(f"{wrapped.value} in an IPv6 pool", wrapped.label(), advice, cidr.label("IPv6"))
    elif wrapped and bgp and bgp.value == "Disabled" and _needs_bgp(installation, wrapped.value):
        what = "no encapsulation" if wrapped.value == "None" else wrapped.value
        advice = "write VXLAN, or set bgp to Enabled"
        yield _refused(f"{what} with BGP disabled", wrapped.label(), advice, bgp.label("disabled"))
    use = next((use for use in pool.allowed_uses if use.value == "LoadBalancer"), None)
    hidden = pool.disable_bgp_export
    if use and hidden and hidden.value:
        advice = "remove disableBGPExport"
        yield _refused("disableBGPExport for load balancers", hidden.key_label(), advice, use.label("the use"))


def _needs_bgp(installation: Installation, encapsulation: str) -> bool:
    """Whether nobody but BIRD would write the pool's routes; not where it is unknown what Felix writes."""
    if encapsulation not in _FELIX["Felix"] or not installation.uses_calico_cni:
        return False
    mode = installation.cluster_routing_mode
    if mode is None:
        return installation.absent(Installation.cluster_routing_mode) and not installation.is_partial
    return not is_templated(mode.value) and encapsulation not in _FELIX.get(mode.value, ())


def _autodetection(installation: Installation, version: int) -> Iterator[Finding]:
    stated = installation.autodetection(version)
    methods = stated.methods if stated else ()
    if len(methods) > 1:
        conflict = f"two ways to find the nodes' IPv{version} address"
        yield _refused(conflict, methods[1].key_label(), "keep one of the two", methods[0].key_label("the other one"))
    elif not methods:
        yield from _undetected(installation, version)


def _undetected(installation: Installation, version: int) -> Iterator[Finding]:
    """With BPF each family of a pool needs a way; only that of IPv4 has a default where nothing is written."""
    dataplane, network = installation.linux_dataplane, installation.entry(("spec", "calicoNetwork"))
    pool = next((pool for pool in installation.pools if _version(pool) == version), None)
    if dataplane is None or dataplane.value != "BPF" or network is None or pool is None or pool.cidr is None:
        return
    stated = installation.autodetection(version)
    lacking = version == 6 and not installation.has_autodetection(version) and not installation.is_partial
    if lacking or (stated and stated.asks_nothing):
        place = installation.autodetection_v6 if version == 6 else installation.autodetection_v4
        at = place.label() if place else Label(installation.source, network.key.span)
        conflict = f"the BPF dataplane without a way to find the nodes' IPv{version} address"
        advice = f"write nodeAddressAutodetectionV{version}: {{kubernetes: NodeInternalIP}}, or another way"
        yield _refused(conflict, at, advice, pool.cidr.label(f"a pool of IPv{version}"))


def _version(pool: InstallationPool) -> int | None:
    return pool.network.address.family if pool.network else None


def _repeats(values: list[Located[str] | None], field: str) -> Iterator[Finding]:
    seen: dict[str, Located[str]] = {}
    for value in values:
        if value is None or not value.value or is_templated(value.value):
            continue
        first = seen.setdefault(value.value, value)
        if first is not value:
            advice = f"give each pool a {field} of its own"
            yield _refused(f"two pools with the {field} {value.value}", value.label(), advice, first.label("the first"))


def _refused(conflict: str, at: Label, advice: str, *related: Label) -> Finding:
    return Finding(f"{conflict}: the operator refuses it and rolls nothing out", at, related, advice)
