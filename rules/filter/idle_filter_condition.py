"""Filter condition that cannot tell one route from another.

- `source: RemotePeers` on import: every route that comes in was learned from a BGP peer, so the rule is as wide as
  without it.
- `interface` on import: it is matched with the interface a route leads out of, which BIRD often does not know yet when
  the route comes in. Then the rule never matches, whatever the pattern.
- `NotIn` of 0.0.0.0/0 or ::/0: every route lies inside, so the rule is never met. Bounds of `prefixLength` beside it
  leave it something to decide.

Everybody accepts such rules, and they are wider, or deader, than they read.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Accept
      source: RemotePeers  # warning: source RemotePeers decides nothing on import
      matchOperator: In
      cidr: 10.0.0.0/8
    - action: Accept
      interface: eth1  # warning: the rule then never matches
    - action: Reject
      matchOperator: NotIn
      cidr: 0.0.0.0/0  # warning: NotIn 0.0.0.0/0 is met by no route
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
    - action: Accept
      peerType: iBGP
    - action: Reject
```

## Good: on export, and with prefix lengths

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  exportV4:
    - action: Accept
      source: RemotePeers
      interface: eth*
  importV4:
    - action: Reject
      matchOperator: NotIn
      cidr: 0.0.0.0/0
      prefixLength:
        max: 24
    - action: Accept
      matchOperator: In
      cidr: 0.0.0.0/0
  importV6:
    - action: Reject
      interface: ""
```
"""

from collections.abc import Iterator

from linter.rulekit import DIRECTIONS, BGPFilter, Direction, FilterRule, Finding, Severity, document_rule, is_templated


@document_rule(BGPFilter, "CAL307", Severity.WARNING, fields=DIRECTIONS)
def check(bgp_filter: BGPFilter) -> Iterator[Finding]:
    for direction in bgp_filter.directions():
        for rule in direction.rules:
            if direction.imports:
                yield from _idle_on_import(rule, direction)
            yield from _outside_of_everything(rule)


def _idle_on_import(rule: FilterRule, direction: Direction) -> Iterator[Finding]:
    source, interface = rule.origin, rule.interface
    if source and source.value == "RemotePeers":
        yield Finding(
            f"source {source.value} decides nothing on import, where every route comes from a BGP peer: the rule is as "
            "wide as without it",
            source.key_label(),
            help=f"remove source; what the node sends is judged in export{direction.name[-2:]}",
        )
    if interface and interface.value and not is_templated(interface.value):
        yield Finding(
            f"interface {interface.value} on import: BIRD often does not know yet where a route that comes in leads, "
            "and the rule then never matches",
            interface.key_label(),
            help="go by cidr, peerType, communities or asPathPrefix instead",
        )


def _outside_of_everything(rule: FilterRule) -> Iterator[Finding]:
    operator, cidr = rule.match_operator, rule.cidr
    if operator is None or cidr is None or operator.value != "NotIn":
        return
    conditions = rule.conditions
    if conditions and conditions.empty:
        yield Finding(
            f"NotIn {cidr.value} is met by no route: the rule is never applied",
            cidr.label(),
            (operator.label("nothing lies outside of it"),),
            "leave out cidr and matchOperator if every route is meant, else name the network to exempt",
        )
