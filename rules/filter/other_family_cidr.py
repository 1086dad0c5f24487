"""Filter CIDR of the other address family.

`exportV4` and `importV4` judge IPv4 routes, `exportV6` and `importV6` IPv6 routes. A CIDR of the other family is
rejected by Calico, that is by calicoctl and the Calico API server; the CRDs only check that it is a CIDR. Stored by
kubectl it freezes BIRD config on every node with an address of the list's family, whether a peer lists the filter
or not. Behind Typha the filter vanishes instead, and the peers that list it fail open.

IPv4-mapped text (`::ffff:a00:0/104`) is IPv4 for Calico's check and IPv6 for BIRD. In a V4 list it passes every
check and freezes BIRD config, behind Typha too; in a V6 list it is rejected by Calico.

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
      cidr: fd00:10::/32  # error: fd00:10::/32 is an IPv6 network in exportV4
  importV6:
    - action: Reject
      matchOperator: In
      cidr: 10.244.0.0/16  # error: 10.244.0.0/16 is an IPv4 network in importV6
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
      cidr: fd00:10::/32
  importV4:
    - action: Reject
      matchOperator: In
      cidr: 10.244.0.0/16
```

## Bad: IPv4-mapped

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Reject
      matchOperator: In
      cidr: ::ffff:a00:0/104  # error: every check takes it for IPv4
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
      matchOperator: In
      cidr: 10.0.0.0/8
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPFilter, Cidr, Finding, Severity, Target, cidr, value_rule

LONGEST_V4 = 18
"""Characters that the CRDs from 3.32 on let a CIDR of a V4 list have (rule catalogue, table B)."""

_EFFECT = {
    4: "every check takes it for IPv4, but BIRD refuses it and with it every later BGP change on nodes with IPv4",
    6: "calicoctl takes it for IPv4 and rejects it, and stored by kubectl the filter fails open behind Typha",
}


@value_rule(Cidr, "CAL303", Severity.ERROR)
def check(value: Cidr, target: Target) -> Iterator[Finding]:
    network = cidr(value.value) if isinstance(value.value, str) else None
    if network is None or not isinstance(value.resource, BGPFilter):
        return
    direction = value.pointer.split("/")[2]
    family = 4 if direction.endswith("V4") else 6
    if network.address.mapped:
        message = f"{value.shown} in {direction} is IPv4-mapped: {_EFFECT[family]}"
        yield Finding(message, value.label(), help=f"write {network.canonical} in a V4 list")
    elif network.address.family != family:
        other = network.address.family
        effect = "calicoctl rejects it, and stored by kubectl it freezes BIRD on every node with an "
        effect += f"IPv{family} address or, behind Typha, the filter fails open"
        too_long = family == 4 and len(str(value.value)) > LONGEST_V4
        if (too_long or network.length is None) and target.calico_version >= (3, 32):
            effect = "calicoctl and kubectl reject the filter"
        yield Finding(
            f"{value.shown} is an IPv{other} network in {direction}: {effect}",
            value.label(),
            help=f"move the rule to {direction[:-1]}{other}, or write an IPv{family} network",
        )
