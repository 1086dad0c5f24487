"""Filter rule with half of a CIDR match.

`cidr` says which network, `matchOperator` how a route stands to it, `prefixLength` how long its prefix may be; each is
nothing without the others, but that `prefixLength` may be left out. Calico rejects a rule with `cidr` alone, with
`matchOperator` alone, and with `prefixLength` without `cidr`.

Up to Calico 3.31 only calicoctl and the Calico API server check it. Stored by kubectl there, a `cidr` without
`matchOperator` cannot be rendered, which freezes BIRD config on every node with an address of that family, whether a
peer lists the filter or not. Behind Typha the filter vanishes in each of the three cases, and the peers that list it
fail open. From 3.32 on the CRDs check it too.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Accept
      cidr: 10.0.0.0/8  # error: cidr 10.0.0.0/8 without matchOperator
    - action: Accept
      matchOperator: In  # error: matchOperator without cidr
      prefixLength:
        max: 24
    - action: Reject
      prefixLength:  # error: prefixLength without cidr
        min: 25
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
      matchOperator: In
      cidr: 172.16.0.0/12
      prefixLength:
        max: 24
    - action: Reject
      matchOperator: In
      cidr: 0.0.0.0/0
      prefixLength:
        min: 25
```

## Bad: for Calico 3.31

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  exportV6:
    - action: Reject
      cidr: fd00:10::/64  # error: stored by kubectl it freezes BIRD on every node with an IPv6 address
    - action: Accept
      matchOperator: NotIn  # error: stored by kubectl it fails open behind Typha
```

```yaml .peerlint.yaml
calicoVersion: "3.31"
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
    - action: Accept
```

## Good: no match by CIDR at all

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Accept
      peerType: iBGP
      cidr: null
    - action: Reject
```
"""

from collections.abc import Iterator

from linter.rulekit import DIRECTIONS, BGPFilter, FilterRule, Finding, Located, Severity, Target, document_rule

_HELP = {
    "cidr": "add matchOperator: In for all routes inside that network, Equal for that prefix alone",
    "matchOperator": "add the cidr that it compares with, or remove it",
    "prefixLength": "add matchOperator: In with cidr: {} to go by the length alone",
}


@document_rule(BGPFilter, "CAL304", Severity.ERROR, fields=DIRECTIONS)
def check(bgp_filter: BGPFilter, target: Target) -> Iterator[Finding]:
    for direction in () if bgp_filter.patch else bgp_filter.directions():
        for rule in direction.rules:
            lone = _lone(rule, target)
            if lone is not None and lone.key is not None:
                name = lone.key.text
                missing = "matchOperator" if name == "cidr" else "cidr"
                shown = f"{name} {lone.value}" if name == "cidr" else name
                yield Finding(
                    f"{shown} without {missing}: {_effect(name, direction.family, target)}",
                    lone.key_label(),
                    help=_HELP[name].format("0.0.0.0/0" if direction.family == 4 else "::/0"),
                )


def _lone(rule: FilterRule, target: Target) -> Located[object] | None:
    """What stands there without the field it needs; nothing where a strange name may be that field."""
    if rule.has_strangers:
        return None
    cidr, operator = rule.present(FilterRule.cidr), rule.present(FilterRule.match_operator)
    if cidr:
        return None if operator else rule.written(FilterRule.cidr)
    if operator:
        return rule.written(FilterRule.match_operator)
    lengths = rule.present(FilterRule.prefix_length) and target.calico_version >= (3, 29)
    return rule.written(FilterRule.prefix_length) if lengths else None


def _effect(name: str, family: int, target: Target) -> str:
    if target.calico_version >= (3, 32):
        return "calicoctl and kubectl reject the filter"
    stored = "fails open behind Typha"
    if name == "cidr":
        stored = f"freezes BIRD on every node with an IPv{family} address or, behind Typha, fails open"
    return f"calicoctl rejects the filter, and stored by kubectl it {stored}"
