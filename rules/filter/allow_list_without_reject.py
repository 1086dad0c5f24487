"""Filter direction only accepts.

A BGPFilter is no allow-list by itself. On import a route that matches no rule is accepted: the filter fails open.
On export it falls through to Calico's own policy, which announces the blocks of pools, service ranges and
addresses, and rejects the rest.

What is meant as an allow-list needs a last rule without conditions: `action: Reject`. In a chain of filters it may
stand in a later one, which this rule does not see. Export rules that are only meant to add routes to those of
Calico need none.

The fix appends that rule, which changes what is imported or announced.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: from-tor
spec:
  importV4:  # warning: importV4 only accepts
    - action: Accept
      matchOperator: In
      cidr: 10.30.0.0/16  # the data centre
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: from-tor
spec:
  importV4:
    - action: Accept
      matchOperator: In
      cidr: 10.30.0.0/16  # the data centre
    - action: Reject
```

## Bad: on export, in brackets

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: to-tor
spec:
  exportV6: [{action: Accept, matchOperator: In, cidr: 'fd00:30::/64'}]  # warning: Calico's own routes
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: to-tor
spec:
  exportV6: [{action: Accept, matchOperator: In, cidr: 'fd00:30::/64'}, {action: Reject}]
```

## Good: everything is decided

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: tagged
spec:
  exportV4:
    - action: Accept
      matchOperator: In
      cidr: 10.244.0.0/16
      operations:
        - addCommunity:
            value: "64512:120"
    - action: Accept
  importV4:
    - action: Accept
      matchOperator: In
      cidr: 0.0.0.0/0
  importV6:
    - action: Accept
      source: RemotePeers
```

## Good: a list of what is refused

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: no-default-route
spec:
  importV4:
    - action: Reject
      matchOperator: Equal
      cidr: 0.0.0.0/0
```
"""

from collections.abc import Iterator

from linter.rulekit import DIRECTIONS, BGPFilter, Direction, Finding, Fix, Safety, Severity, document_rule, with_item

_REJECT = {"action": "Reject"}


@document_rule(BGPFilter, "CAL301", Severity.WARNING, fields=DIRECTIONS, fix=Safety.UNSAFE)
def check(bgp_filter: BGPFilter) -> Iterator[Finding]:
    for direction in bgp_filter.directions():
        if _only_accepts_some(direction):
            edit = with_item(bgp_filter.document, direction.place.value, _REJECT)
            effect = "every other route is imported" if direction.imports else "Calico's own routes are announced"
            yield Finding(
                f"{direction.name} only accepts: unless a later filter of the peer rejects the rest, {effect} too",
                direction.place.key_label(),
                help="end the list with '- action: Reject'",
                fix=Fix("reject all other routes", Safety.UNSAFE, (edit,)) if edit else None,
            )


def _only_accepts_some(direction: Direction) -> bool:
    """Whether every item accepts, and none of them everything."""
    rules = direction.rules
    accepts = [rule.action is not None and rule.action.value == "Accept" for rule in rules]
    every_item = 0 < len(rules) == len(direction.place.value.items) and all(accepts)
    return every_item and not any(rule.matches_all for rule in rules)
