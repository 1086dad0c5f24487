"""Export rule that accepts everything.

Export rules of a filter are asked before Calico's own export policy, and what they accept skips it. Accepting without
conditions leaks every route that BIRD holds to the peer: those of pools with `disableBGPExport`, single pod addresses
that are announced as blocks otherwise, routes into tunnels, routes learned from other peers and alien routes of the
kernel.

Leaving the rule out is usually what is meant: a route that no rule matches is announced if Calico's policy says so.
A rule with `In` 0.0.0.0/0 or ::/0 is no narrower. One that is never reached is silent here.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: to-tor
spec:
  exportV4:
    - action: Reject
      matchOperator: In
      cidr: 10.99.0.0/16
    - action: Accept  # warning: exportV4 accepts every other route
  exportV6:
    - action: Accept  # warning: exportV6 accepts every route
      matchOperator: In
      cidr: ::/0
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: to-tor
spec:
  exportV4:
    - action: Reject
      matchOperator: In
      cidr: 10.99.0.0/16
```

## Good: conditions, rejection, import, and what is never reached

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: to-tor
spec:
  exportV4:
    - action: Accept
      source: RemotePeers
    - action: Accept
      matchOperator: Equal
      cidr: 0.0.0.0/0
    - action: Reject
    - action: Accept
  exportV6:
    - action: Accept
      peerType: iBGP
    - action: Accept
      interface: "*"
  importV4:
    - action: Accept
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPFilter, Direction, FilterRule, Finding, Severity, document_rule


@document_rule(BGPFilter, "CAL309", Severity.WARNING, fields=("exportV4", "exportV6"))
def check(bgp_filter: BGPFilter) -> Iterator[Finding]:
    for direction in bgp_filter.directions():
        rule = None if direction.imports else _first_for_all(direction)
        if rule and rule.action and rule.action.value == "Accept":
            which = "every other route" if rule.number > 1 else "every route"
            yield Finding(
                f"{direction.name} accepts {which} that BIRD holds: they leak past Calico's own export policy, "
                "disableBGPExport, tunnel routes and aggregation included",
                rule.action.label(),
                (rule.cidr.label("takes in every route"),) if rule.cidr else (),
                "name the networks to announce by cidr, or leave the rule out: Calico then announces its own routes",
            )


def _first_for_all(direction: Direction) -> FilterRule | None:
    """The rule that decides all that no rule before it has."""
    return next((rule for rule in direction.rules if rule.matches_all), None)
