"""Item of a service range list without a CIDR.

An item of `serviceClusterIPs`, `serviceExternalIPs` or `serviceLoadBalancerIPs` needs no `cidr` for any schema, so
`{}`, an item whose value a template left empty, or null is accepted by Calico and skipped: nothing is announced for
it. Older releases handed the empty CIDR to Felix, which wrote a rule without a destination: whole batches of rules
failed, and policy broke on every node.

Empty text in quotes is more than that from Calico 3.32 on, where the CRDs refuse it: there `field-value` speaks. A
misspelt `cidr` is spoken of by `unknown-field`.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceClusterIPs:
    - cidr: 10.96.0.0/12
    - {}  # warning: item of serviceClusterIPs without a cidr
  serviceLoadBalancerIPs:
    - cidr:  # warning: item of serviceLoadBalancerIPs without a cidr
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceClusterIPs:
    - cidr: 10.96.0.0/12
  serviceLoadBalancerIPs:
    - cidr: 203.0.113.0/24
```

## Good: an empty list announces nothing, as it says

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceExternalIPs: []
```
"""

from collections.abc import Iterator

from linter.rulekit import SERVICE_RANGES, BGPConfiguration, Finding, Severity, document_rule


@document_rule(BGPConfiguration, "CAL208", Severity.WARNING, fields=SERVICE_RANGES)
def check(configuration: BGPConfiguration) -> Iterator[Finding]:
    if not configuration.is_of_cluster:
        return
    for item in configuration.service_ranges():
        if item.is_empty:
            yield Finding(
                f"item of {item.field} without a cidr: nothing is announced for it, and older releases broke the rules "
                "of Felix on every node",
                item.place,
                help="write its cidr, or remove the item",
            )
