"""Community with a part that BGP cannot carry.

A community of two parts has 16 bits in each, a large community of three parts 32 bits: at most 65535 and 4294967295.
A larger part is rejected by Calico, that is by calicoctl and the Calico API server. The CRDs look at the form alone,
on any version, so kubectl stores it. An advertisement that carries it freezes BIRD config: no later BGP change
reaches the nodes, and one that restarts has no BGP. Behind Typha the whole object vanishes instead, used or not; for
`default` that means: mesh on, AS 64512, port 179, no service ranges.

An AS number above 65535 fits into a large community only: `4200000000:1:120`. Leading zeros are legal.

In a BGPFilter the CRDs bound the parts themselves: there `field-value` speaks.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  communities:
    - name: rack
      value: "65536:120"  # error: "65536:120" has a part above 65535
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities:
        - rack
        - "64512:1:4294967296"  # error: it freezes BIRD or, behind Typha, the mesh comes back
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  communities:
    - name: rack
      value: "65535:120"
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities:
        - rack
        - "64512:1:4294967295"
```

## Good: a large community, leading zeros

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities: ["4200000000:65536:120", "064512:00120"]
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPConfiguration, Community, Finding, Severity, community, value_rule


@value_rule(Community, "CAL207", Severity.ERROR)
def check(value: Community) -> Iterator[Finding]:
    configuration = value.resource
    # What a BGPFilter takes is bounded by its schema.
    if not isinstance(value.value, str) or not isinstance(configuration, BGPConfiguration):
        return
    read = community(value.value)
    if read is None or read.in_range:
        return
    yield Finding(
        f"{value.shown} has a part above {read.limit}: Calico rejects it, and stored by kubectl "
        f"{_stored(value, configuration)}",
        value.label(),
        help=_help(len(read.parts)),
    )


def _stored(value: Community, configuration: BGPConfiguration) -> str:
    does = "freezes BIRD" + (" where an advertisement uses it" if value.field == "value" else "")
    if not configuration.is_read:
        does = "is silently ignored"
    return f"it {does} or, behind Typha, {configuration.when_absent}"


def _help(parts: int) -> str:
    if parts == 2:
        return "write parts up to 65535, or a large community such as 4200000000:1:120"
    return "write parts up to 4294967295"
