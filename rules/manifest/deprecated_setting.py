"""Setting whose support in Calico is announced to end.

`keepOriginalNextHop` in a BGPPeer is deprecated since there is `nextHopMode` (Calico 3.30.2): `nextHopMode: Keep` does
the same on eBGP sessions. It also acts on iBGP sessions, where the old field has no effect, which is why the fix is
unsafe.

From Calico 3.33 Felix programs the routes of IPIP pools. Leaving them to BIRD, by `programClusterRoutes: Enabled` or
`EnabledIPIPOnly` in the BGPConfiguration `default`, is deprecated, and announced to be removed in 3.35. There is no
fix: the FelixConfiguration has to take the routes over in the same step, or the nodes lose each other's pods.

Both work today. Where the old field stands beside the new one, or counts for nothing, other rules speak.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  keepOriginalNextHop: true  # hint: keepOriginalNextHop is deprecated
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  nextHopMode: Keep
```

## Bad: IPIP routes left to BIRD

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  programClusterRoutes: Enabled  # hint: programClusterRoutes Enabled leaves the routes of IPIP pools to BIRD
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  programClusterRoutes: EnabledNoEncapOnly
```

## Good: an older Calico

```yaml .peerlint.yaml
calicoVersion: "3.32"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  programClusterRoutes: Enabled
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPConfiguration, BGPPeer, Finding, Fix, Resource, Safety, Severity, Target, document_rule

_LEFT_TO_BIRD = ("Enabled", "EnabledIPIPOnly")


@document_rule(
    (BGPPeer, BGPConfiguration),
    "CAL032",
    Severity.HINT,
    fields=("keepOriginalNextHop", "programClusterRoutes"),
    fix=Safety.UNSAFE,
)
def check(resource: Resource, target: Target) -> Iterator[Finding]:
    if isinstance(resource, BGPPeer):
        if target.calico_version >= (3, 30):
            yield from _kept_next_hop(resource)
    elif isinstance(resource, BGPConfiguration) and resource.is_default and target.calico_version >= (3, 33):
        yield from _ipip_routes(resource)


def _kept_next_hop(peer: BGPPeer) -> Iterator[Finding]:
    keep = peer.keep_original_next_hop
    if keep and keep.value and peer.absent(BGPPeer.next_hop_mode) and peer.absent(BGPPeer.local_workload_selector):
        edits = peer.respelt(keep, "nextHopMode", "Keep")
        yield Finding(
            "keepOriginalNextHop is deprecated since there is nextHopMode, and may be gone in a later Calico",
            keep.key_label(),
            help="write nextHopMode: Keep, which acts on iBGP sessions too",
            fix=Fix("write nextHopMode: Keep", Safety.UNSAFE, edits) if edits else None,
        )


def _ipip_routes(configuration: BGPConfiguration) -> Iterator[Finding]:
    programs = configuration.program_cluster_routes
    if programs and programs.value in _LEFT_TO_BIRD:
        yield Finding(
            f"programClusterRoutes {programs.value} leaves the routes of IPIP pools to BIRD, which is deprecated: "
            "Calico 3.35 is announced to end it",
            programs.label(),
            help="write EnabledNoEncapOnly, and have Felix program them: programClusterRoutes EnabledIPIPOnly in "
            "FelixConfiguration, its default from 3.33",
        )
