"""Duration that Go cannot parse.

`maxRestartTime`, `keepaliveTime` and `nodeMeshMaxRestartTime` are durations as Go writes them: numbers with the
units ns, us, ms, s, m and h in lower case, decimals and several terms allowed (`1m30s`). Only `0` may stand without
a unit; days, upper case, blanks and empty text are no durations.

calicoctl and the Calico API server reject the object. The CRDs only ask for text, so stored by kubectl it poisons
the list: no object of that kind can be read any more, with or without Typha, and BGP stops following changes on
every node. Up to Calico 3.32 calico-node keeps the last state of that kind until it restarts, from 3.33 it renders
nothing at all and Typha turns not ready.

The fix reads a bare number as seconds.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  maxRestartTime: "120"  # error: "120" is no duration
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
  maxRestartTime: "120s"
```

## Bad: days, upper case, words

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeMeshMaxRestartTime: 1d  # error: no BGPConfiguration of the cluster can be read
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  maxRestartTime: 2 minutes  # error: 2 minutes is no duration
  keepaliveTime: 5S  # error: 5S is no duration
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeMeshMaxRestartTime: 15m
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  maxRestartTime: 1m30s
  keepaliveTime: 5.5s
```

## Good: zero needs no unit

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  maxRestartTime: "0"
```
"""

import re
from collections.abc import Iterator

from linter.rulekit import Duration, Finding, Fix, Safety, Severity, duration, value_rule

_BARE_NUMBER = r"\s*([0-9]+(?:\.[0-9]+)?)\s*"


@value_rule(Duration, "CAL050", Severity.ERROR, fix=Safety.UNSAFE)
def check(value: Duration) -> Iterator[Finding]:
    if not isinstance(value.value, str) or duration(value.value) is not None:
        return
    kind = type(value.resource).__name__
    meant = _in_seconds(value)
    yield Finding(
        f"{value.shown} is no duration: calicoctl rejects it, but kubectl stores it, and then no {kind} of the cluster "
        "can be read",
        value.label(),
        help=f"write {meant}" if meant else "write numbers with the units h, m, s or ms, such as 120s or 1m30s",
        fix=Fix(f"write {meant}", Safety.UNSAFE, (value.requote(meant),)) if meant else None,
    )


def _in_seconds(value: Duration) -> str | None:
    found = re.fullmatch(_BARE_NUMBER, str(value.value))
    return f"{found[1]}s" if found and duration(f"{found[1]}s") is not None else None
