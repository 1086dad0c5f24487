"""Filter rule with prefixLength beside Equal or NotEqual.

`Equal` and `NotEqual` compare a route with one prefix. With `prefixLength` beside them calico-node compares it with a
set of prefixes instead, and no prefix equals a set: `Equal` never matches, `NotEqual` always does. Every check accepts
it and nobody logs anything, so the filter silently does the opposite of what it says; an allow-list accepts nothing, a
deny-list fails open.

`In` and `NotIn` go with `prefixLength`. The fix writes them, which changes what the filter does.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Reject
      matchOperator: Equal  # hosts
      cidr: 10.0.0.0/8
      prefixLength:  # error: prefixLength with matchOperator Equal never matches
        min: 32
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Reject
      matchOperator: In  # hosts
      cidr: 10.0.0.0/8
      prefixLength:
        min: 32
```

## Bad: NotEqual

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  exportV6:
    - {action: Accept, cidr: 'fd00::/8', matchOperator: "NotEqual", prefixLength: {max: 64}}  # error: always matches
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  exportV6:
    - {action: Accept, cidr: 'fd00::/8', matchOperator: "NotIn", prefixLength: {max: 64}}
```

## Good: one prefix, and prefixes inside a network

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - {action: Reject, matchOperator: Equal, cidr: 0.0.0.0/0}
    - {action: Reject, matchOperator: NotEqual, cidr: 10.0.0.0/8, prefixLength: null}
    - {action: Accept, matchOperator: In, cidr: 10.0.0.0/8, prefixLength: {min: 16, max: 24}}
    - action: Reject
```
"""

from collections.abc import Iterator

from linter.rulekit import (
    DIRECTIONS,
    BGPFilter,
    FilterRule,
    Finding,
    Fix,
    Safety,
    Severity,
    Target,
    document_rule,
)

_MEANT = {"Equal": "In", "NotEqual": "NotIn"}
_MATCHES = {"Equal": "never matches, and the rule {} nothing", "NotEqual": "always matches, and the rule {} {} too"}
_VERBS = {"Accept": "accepts", "Reject": "rejects"}


@document_rule(BGPFilter, "CAL306", Severity.ERROR, fields=DIRECTIONS, fix=Safety.UNSAFE)
def check(bgp_filter: BGPFilter, target: Target) -> Iterator[Finding]:
    if target.calico_version < (3, 29):
        return
    for direction in bgp_filter.directions():
        for rule in direction.rules:
            yield from _judge(rule)


def _judge(rule: FilterRule) -> Iterator[Finding]:
    lengths, operator, cidr = rule.stated(FilterRule.prefix_length), rule.match_operator, rule.stated(FilterRule.cidr)
    if lengths is None or operator is None or operator.value not in _MEANT or cidr is None:
        return
    verb = _VERBS.get(rule.action.value if rule.action else "", "decides")
    meant = _MEANT[operator.value]
    yield Finding(
        f"prefixLength with matchOperator {operator.value} {_MATCHES[operator.value].format(verb, cidr.value)}",
        lengths.key_label(),
        (operator.label("compares with one prefix, not with a range of them"),),
        f"write matchOperator: {meant} to go by network and length, or remove prefixLength to go by {cidr.value} alone",
        Fix(f"write {meant}", Safety.UNSAFE, (operator.edit(operator.text.replace(operator.value, meant)),)),
    )
