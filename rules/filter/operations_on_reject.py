"""Reject rule with operations.

Operations change a route that is passed on: they add a community, lengthen the AS path or set a priority. A route that
is rejected goes nowhere, so Calico takes them beside `action: Accept` only. The CRDs refuse the filter, and therefore
calicoctl, the Calico API server and kubectl alike; `calicoctl validate` of 3.32 alone lets it pass.

Operations exist since Calico 3.32.

## Bad

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
      operations:  # error: operations with action Reject
        - setPriority: {value: 100}
```

## Good

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
```

## Good: on accepted routes

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  exportV4:
    - action: Accept
      matchOperator: In
      cidr: 10.0.0.0/8
      operations:
        - addCommunity: {value: "64512:120"}
        - prependASPath: {prefix: [64512, 64512]}
        - setPriority: {value: 100}
    - action: Reject
```
"""

from collections.abc import Iterator

from linter.rulekit import DIRECTIONS, BGPFilter, FilterRule, Finding, Severity, Target, document_rule


@document_rule(BGPFilter, "CAL308", Severity.ERROR, fields=DIRECTIONS)
def check(bgp_filter: BGPFilter, target: Target) -> Iterator[Finding]:
    if target.calico_version < (3, 32):
        return
    for direction in bgp_filter.directions():
        for rule in direction.rules:
            operations = rule.stated(FilterRule.operations)
            # One item at least: an empty list, or a placeholder for it, is no operation.
            if operations and operations.value is True and rule.action and rule.action.value == "Reject":
                yield Finding(
                    "operations with action Reject: Calico rejects the filter, as there is nothing to change on a "
                    "route that goes nowhere",
                    operations.key_label(),
                    (rule.action.label("drops the route"),),
                    "remove operations, or write action: Accept",
                )
