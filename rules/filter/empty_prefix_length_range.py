"""Filter rule whose prefix lengths leave nothing.

A route meets `prefixLength` when its length lies between `min` and `max`, and never below the length of the rule's
own CIDR: calico-node renders from the larger of `min` and the CIDR's length to `max`. When that range is empty,
because `min` is above `max` or `max` below the CIDR's length, BIRD refuses the file. Nobody checks it, neither
calicoctl nor any CRD nor Typha, and filters are rendered whether a peer lists them or not: it freezes BIRD config
on every node with an address of that family.

Without a CIDR `prefixLength` is not rendered.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Accept
      matchOperator: In
      cidr: 10.0.0.0/8
      prefixLength:
        min: 28
        max: 24  # error: prefix lengths 28 to 24 are none
    - action: Reject
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Accept
      matchOperator: In
      cidr: 10.0.0.0/8
      prefixLength:
        min: 24
        max: 28
    - action: Reject
```

## Bad: shorter than the CIDR itself

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  exportV6:
    - action: Reject
      matchOperator: In
      cidr: fd00:10::/64
      prefixLength:
        max: 63  # error: max 63 is below the /64 of fd00:10::/64
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  exportV6:
    - action: Reject
      matchOperator: In
      cidr: fd00:10::/64
      prefixLength:
        max: 64
```

## Good: min below the CIDR's length

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  exportV4:
    - action: Reject
      matchOperator: In
      cidr: 10.0.0.0/8
      prefixLength:
        min: 0
        max: 8
```
"""

from collections.abc import Iterator

from linter.rulekit import DIRECTIONS, BGPFilter, FilterRule, Finding, Severity, Target, document_rule


@document_rule(BGPFilter, "CAL305", Severity.ERROR, fields=DIRECTIONS)
def check(bgp_filter: BGPFilter, target: Target) -> Iterator[Finding]:
    if target.calico_version < (3, 29):
        return
    for direction in bgp_filter.directions():
        for rule in direction.rules:
            yield from _judge(rule, direction.family)


def _judge(rule: FilterRule, family: int) -> Iterator[Finding]:
    least, most, cidr = rule.prefix_length_min, rule.prefix_length_max, rule.cidr
    if cidr is None or most is None:
        return
    own = rule.network.prefix_length if rule.network else 0
    if most.value >= max(least.value if least else 0, own):
        return
    effect = f"nobody checks it, and it freezes BIRD on every node with an IPv{family} address"
    if least and least.value > most.value:
        message = f"prefix lengths {least.value} to {most.value} are none: {effect}"
        related = least.label("the shortest length that is to match")
    else:
        message = f"prefix length max {most.value} is below the /{own} of {cidr.value}: {effect}"
        related = cidr.label("no shorter prefix lies inside this network")
    yield Finding(message, most.label(), (related,), f"write a max of at least {max(own, least.value if least else 0)}")
