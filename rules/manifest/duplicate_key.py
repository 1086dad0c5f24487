"""Key written twice in one mapping.

From 3.32 on Calico rejects the whole file; calicoctl up to 3.31 keeps the last value without a word, and so do many
YAML tools. Two spellings of one field that differ in letter case, `peerIP` and `peerip`, are the same to calicoctl,
which takes both for the one field; the one that sorts last wins, whatever their order, while kubectl refuses the
unknown spelling.

A key that repeats one brought in by `<<` is rejected too: merged keys must not repeat.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  peerIP: 10.20.0.2  # error: key "peerIP" is written twice
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-a
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-b
spec:
  peerIP: 10.20.0.2
  asNumber: 65001
```

## Bad: another letter case, and a merge

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-a
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  peerip: 10.20.0.2  # error: "peerip"
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-b
spec:
  asNumber: 65001
  <<: {peerIP: 10.20.0.1, asNumber: 65002}  # error: merged keys must not repeat
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-a
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-b
spec:
  <<: {peerIP: 10.20.0.1}
  asNumber: 65001
```
"""

from collections.abc import Iterator

from linter.rulekit import Fault, Finding, Label, SchemaFault, Severity, Source, Target, brief, fault_rule


@fault_rule((Fault, SchemaFault), "CAL003", Severity.ERROR)
def check(fault: Fault | SchemaFault, source: Source, target: Target) -> Iterator[Finding]:
    yield Finding(
        _message(fault, source, target),
        Label(source, fault.span),
        tuple(Label(source, span, word) for span, word in fault.related),
        help="keep one of them",
    )


def _message(fault: Fault | SchemaFault, source: Source, target: Target) -> str:
    if isinstance(fault, SchemaFault):
        first = source[fault.related[0][0]]
        return f'"{source[fault.span]}" and "{first}" are one field: kubectl rejects it, calicoctl takes one value'
    reason = brief(fault.reason, 120)
    if target.calico_version >= (3, 32):
        return f"{reason}: Calico rejects the whole file and applies nothing in it"
    return f"{reason}: calicoctl before 3.32 keeps the last value without a word"
