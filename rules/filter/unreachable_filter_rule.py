"""Filter rule that an earlier one leaves nothing to.

The rules of a direction are asked in order, and the first whose conditions a route meets decides it. A rule whose
routes an earlier rule takes all, because that one has no conditions or wider ones, is never reached: silently ignored,
whatever its action and operations.

Wider is meant exactly: CIDR, operator and prefix lengths, source, interface pattern, peerType, community, beginning of
the AS path and priority are compared one by one, and `In` 0.0.0.0/0 or ::/0 asks for nothing. Two rules that only
together cover a third are not added up. Rules with a condition that cannot be read, or that another rule of peerlint
speaks about, are left out.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Reject
      matchOperator: In
      cidr: 10.0.0.0/8
    - action: Accept  # warning: rule 2 of importV4 is never reached
      matchOperator: In
      cidr: 10.30.0.0/16
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
      cidr: 10.30.0.0/16
    - action: Reject
      matchOperator: In
      cidr: 10.0.0.0/8
```

## Bad: after a rule without conditions

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  exportV6:
    - action: Reject
    - {action: Accept, peerType: eBGP, communities: {values: ["64512:10"]}}  # warning: rule 1 decides every route
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  exportV6:
    - {action: Accept, peerType: eBGP, communities: {values: ["64512:10"]}}
    - action: Reject
```

## Good: each rule leaves something to the next

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  exportV4:
    - {action: Accept, matchOperator: In, cidr: 10.0.0.0/8, prefixLength: {max: 24}}
    - {action: Accept, matchOperator: In, cidr: 10.30.0.0/16}
    - {action: Accept, matchOperator: NotIn, cidr: 10.0.0.0/8, source: RemotePeers}
    - {action: Reject, matchOperator: NotIn, cidr: 10.0.0.0/8}
    - {action: Accept, interface: eth*}
    - {action: Reject, interface: "*"}
    - {action: Accept, asPathPrefix: [65001, 65002]}
    - {action: Accept, asPathPrefix: [65001]}
    - action: Reject
```
"""

from collections.abc import Iterator

from linter.rulekit import DIRECTIONS, BGPFilter, Finding, Severity, document_rule


@document_rule(BGPFilter, "CAL302", Severity.WARNING, fields=DIRECTIONS)
def check(bgp_filter: BGPFilter) -> Iterator[Finding]:
    for direction in bgp_filter.directions():
        for rule, earlier in direction.unreachable():
            yield Finding(
                f"rule {rule.number} of {direction.name} is never reached: rule {earlier.number} decides every route "
                "that would meet it",
                direction.label(rule),
                (direction.label(earlier, "the first rule that a route meets decides it"),),
                "put the narrower rule first, or remove it",
            )
