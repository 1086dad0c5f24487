r"""Selector that can match nothing.

The text is a selector, and no labels fit it: two conditions contradict each other, a set is empty, or a value is one
that no Kubernetes label can have (longer than 63 characters, with a blank, a slash, a colon, beginning with a dash), or
a key is. Calico accepts it and says nothing; the object is silently ignored, because it is about no node, no workload
or no namespace.

peerlint decides this exactly, over everything that labels can be, not by comparing a few patterns. Where the decision
would take too long it is silent.

To match nothing on purpose, as for a pool that only serves who asks for it by name, write `'!all()'`: that is never
reported.

## Bad: contradictions

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: racks
spec:
  # warning: selects no node: `rack == 'a'` and `rack == 'b'` never hold together
  nodeSelector: rack == 'a' && has(zone) && rack == 'b'
  peerSelector: "!has(rr) && rr in {'yes'}"  # warning: `!has(rr)` and `rr in {'yes'}` never hold together
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: racks
spec:
  nodeSelector: has(zone) && (rack == 'a' || rack == 'b')
  peerSelector: "!has(rr) || rr in {'yes'}"
```

## Bad: sets, values and keys

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: racks
spec:
  nodeSelector: rack in {}  # warning: rack in {} selects no node: its set is empty
  peerSelector: rack == 'rack 1'  # warning: no label has the value `rack 1`, because it holds ' '
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: vms
spec:
  asNumber: 65010
  localWorkloadSelector: has(app/)  # warning: selects no workload: no label has the key `app/`, because it has no name
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: v4
spec:
  cidr: 10.244.0.0/16
  vxlanMode: Always
  allowedUses: [Workload]
  namespaceSelector: team == 'a:b'  # warning: selects no namespace: no label has the value `a:b`
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: racks
spec:
  nodeSelector: rack in {'a'}
  peerSelector: rack == 'rack-1'
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: vms
spec:
  asNumber: 65010
  localWorkloadSelector: has(app)
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: v4
spec:
  cidr: 10.244.0.0/16
  vxlanMode: Always
  allowedUses: [Workload]
  namespaceSelector: team == 'a.b'
```

## Good: nothing on purpose, a value that may be empty, and what workloads inherit

```yaml
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: retired
spec:
  cidr: 10.245.0.0/16
  vxlanMode: Always
  nodeSelector: '!all()'
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: racks
spec:
  nodeSelector: rack == ''
  peerSelector: rack starts with 'a' && rack ends with 'b' && rack contains '-'
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: vms
spec:
  asNumber: 65010
  localWorkloadSelector: pcsa.projectcalico.org/name ==
    'a-service-account-whose-name-is-longer-than-any-label-value-can-be'
```
"""

from collections.abc import Iterator

from linter.rulekit import Finding, Selector, Severity, value_rule

_NOTHING = "!all()"


@value_rule(Selector, "CAL061", Severity.WARNING)
def check(selector: Selector) -> Iterator[Finding]:
    why = selector.impossibility
    if why is None or why.selector.canonical == _NOTHING:
        return
    yield Finding(
        f"{selector.shown} selects no {selector.selects}: {why.reason}, so that this {selector.resource.title} is "
        "silently ignored",
        selector.label(),
        related=tuple(label for part in why.parts for label in selector.part(part.start, part.end)),
        help=f"correct the condition; to select nothing on purpose write '{_NOTHING}'",
    )
