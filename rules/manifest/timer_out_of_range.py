"""Timer that BIRD or BGP cannot work with.

Calico takes any duration that Go can parse, with Typha and without it, and writes whole seconds for BIRD. Nobody
looks at the bounds:

- a negative timer, and one of 4294967296 s or more, is no number to BIRD: it refuses the whole file and freezes
  BIRD config. No later BGP change reaches those nodes, and one that restarts has no BGP;
- a restart time (`maxRestartTime`, `nodeMeshMaxRestartTime`) above 4095 s does not fit the 12 bits it has in the
  capability of graceful restart: it runs over into the flags beside it, and the neighbour reads another time;
- a `keepaliveTime` of 240 s or more is no shorter than the hold time of 240 s: the neighbour hears nothing in time
  and drops the session, again and again. A third of the hold time is usual: 80 s.

What is not used is left to other rules: timers of a peer with `localWorkloadSelector`, nodeMeshMaxRestartTime in
`node.<name>` or while the mesh is off.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  maxRestartTime: 2h  # error: 2h is more than 4095 s
  keepaliveTime: 240s  # error: 240s is no shorter than the hold time of 240 s
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeMeshMaxRestartTime: -5m  # error: -5m is negative: it freezes BIRD config
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
  maxRestartTime: 1h8m15s
  keepaliveTime: 80s
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeMeshMaxRestartTime: 5m
```

## Good: zero is legal, and a fraction of a second is rounded

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  maxRestartTime: "0"
  keepaliveTime: 239.4s
```
"""

from collections.abc import Iterator

from linter.rulekit import (
    BGPConfiguration,
    BGPPeer,
    Finding,
    Located,
    Resource,
    Severity,
    document_rule,
    duration,
    whole_seconds,
)

_MOST_RESTART = 4095
_HOLD = 240
_FROZEN = "it freezes BIRD config, and no later BGP change reaches the nodes"
_OVERRUN = (
    f"is more than {_MOST_RESTART} s: it corrupts the graceful restart capability, and neighbours read another time"
)
_FLAPS = f"is no shorter than the hold time of {_HOLD} s: the session drops again and again"
_SHORTER_RESTART = f"write at most {_MOST_RESTART}s; the default is 120s"


@document_rule(
    (BGPPeer, BGPConfiguration),
    "CAL051",
    Severity.ERROR,
    fields=("maxRestartTime", "keepaliveTime", "nodeMeshMaxRestartTime"),
)
def check(resource: Resource) -> Iterator[Finding]:
    if isinstance(resource, BGPPeer) and resource.absent(BGPPeer.local_workload_selector):
        yield from _judged(resource.max_restart_time, _MOST_RESTART + 1, _OVERRUN, _SHORTER_RESTART)
        yield from _judged(resource.keepalive_time, _HOLD, _FLAPS, "write a third of the hold time: 80s, or less")
    if isinstance(resource, BGPConfiguration) and resource.is_of_cluster and not _is_mesh_off(resource):
        yield from _judged(resource.node_mesh_max_restart_time, _MOST_RESTART + 1, _OVERRUN, _SHORTER_RESTART)


def _is_mesh_off(configuration: BGPConfiguration) -> bool:
    mesh = configuration.node_to_node_mesh_enabled
    return mesh is not None and not mesh.value


def _judged(timer: Located[str] | None, too_much: int, why: str, remedy: str) -> Iterator[Finding]:
    if timer is None:
        return
    exact = duration(timer.value) or 0
    seconds = whole_seconds(exact)
    if seconds < 0:
        why = f"is negative: {_FROZEN}"
    elif seconds >= 2**32:
        why = f"is beyond 32 bits: {_FROZEN}"
    if seconds < 0 or seconds >= too_much:
        rounded = f", rounded to {seconds} s," if exact < seconds * 10**9 else ""
        yield Finding(f"{timer.text}{rounded} {why}", timer.label(), help=remedy)
