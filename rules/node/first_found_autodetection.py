"""Node addresses are detected by first-found.

A node's BGP sessions start from the address that calico-node detects. first-found takes that of whichever interface
comes first: on a host with docker0, a tunnel or several uplinks that may be the wrong one, and it may change with the
next interface. The sessions then stay down, and the neighbours log connections from an address they do not know. On
hosts with one interface first-found does well, so this is advice.

It is also the default: an Installation with `calicoNetwork` but without `nodeAddressAutodetectionV4`, and `IP` of
`autodetect` without a method, mean first-found just the same. That is how most clusters got it, and why this speaks of
a setting that is not there. It is silent where nobody sets up the network at all, where BGP or IPv4 is not in use, and
about IPv6, which is not detected unless something asks for it.

## Bad

```yaml
apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:  # hint: nodeAddressAutodetectionV4 is not set, so first-found
    bgp: Enabled
    nodeAddressAutodetectionV6:
      firstFound: true  # hint: first-found takes
```

## Good

```yaml
apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    bgp: Enabled
    nodeAddressAutodetectionV4:
      kubernetes: NodeInternalIP
    nodeAddressAutodetectionV6:
      cidrs: ["fd00:10:20::/64"]
```

## Bad: calico-node's environment

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
          value: autodetect  # hint: IP_AUTODETECTION_METHOD is not set, so first-found
        - name: IP6
          value: autodetect
        - name: IP6_AUTODETECTION_METHOD
          value: first-found  # hint: first-found takes
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
          value: kubernetes-internal-ip
        - name: IP6
          value: none
```

## Good: BGP is not in use

```yaml
apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    bgp: Disabled
```
"""

from collections.abc import Iterator

from linter.rulekit import DaemonSet, Finding, Installation, Label, Severity, document_rule, first_found

_EFFECT = (
    "first-found takes the address of whichever interface comes first, which may be docker0, a tunnel or the wrong"
)
_DETECTS_OTHERWISE = "DockerEnterprise"


@document_rule((Installation, DaemonSet), "CAL410", Severity.HINT, fields=("calicoNetwork", "template"))
def check(subject: Installation | DaemonSet) -> Iterator[Finding]:
    if isinstance(subject, DaemonSet):
        yield from _environment(subject)
    elif not _is_out_of_use(subject):
        yield from _stated(subject)
        yield from _default(subject)


def _environment(node: DaemonSet) -> Iterator[Finding]:
    for place, unset in first_found(node.environment):
        advice = "set it to kubernetes-internal-ip, interface=…, cidr=… or can-reach=…"
        yield _finding(f"{unset} is not set, so {_EFFECT}" if unset else _EFFECT, place.label(), advice)


def _is_out_of_use(installation: Installation) -> bool:
    """Whether nothing needs the addresses for BGP, which on EKS is off by default."""
    bgp, provider = installation.bgp, installation.kubernetes_provider
    enabled = bgp.value == "Enabled" if bgp else not (provider and provider.value == "EKS")
    return not (installation.uses_calico_cni and enabled)


def _stated(installation: Installation) -> Iterator[Finding]:
    for version in (4, 6):
        stated = installation.autodetection(version)
        methods = stated.methods if stated else ()
        if len(methods) == 1 and methods[0].key and methods[0].key.text == "firstFound":
            yield _finding(
                _EFFECT, methods[0].label(), "write kubernetes: NodeInternalIP, interface, cidrs or canReach"
            )


def _default(installation: Installation) -> Iterator[Finding]:
    """IPv4 has the default where nothing is written, and a pool to use it for."""
    network, provider = installation.entry(("spec", "calicoNetwork")), installation.kubernetes_provider
    other = provider is not None and provider.value == _DETECTS_OTHERWISE
    if network and not other and not installation.has_autodetection(4):
        pools = [pool.network for pool in installation.pools]
        if not installation.is_partial and not (pools and all(pool and pool.address.family == 6 for pool in pools)):
            yield _finding(
                f"nodeAddressAutodetectionV4 is not set, so {_EFFECT}",
                Label(installation.source, network.key.span),
                "write nodeAddressAutodetectionV4: {kubernetes: NodeInternalIP}, or interface, cidrs or canReach",
            )


def _finding(message: str, at: Label, advice: str) -> Finding:
    return Finding(f"{message} uplink", at, help=advice)
