"""Single address among the external or load-balancer ranges.

A range of more than one address is announced whole by every node. A `/32` or `/128` is not: it only allows that
address, which is announced while a Service has it, by the nodes that serve it. With fixed addresses that is often
what is wanted, hence a hint. It surprises who waits for a route without a Service, and several releases of Calico
failed here: such an address was announced as a blackhole, or not at all when a Calico pool had assigned it.

With `serviceLoadBalancerAggregation: Disabled` no load-balancer range is announced whole, so there is no difference;
cluster IPs are announced whole whatever their length. Samples of Calico's documentation are `docs-sample-value`'s.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceExternalIPs:
    - cidr: 203.0.113.17/32  # hint: 203.0.113.17/32 is a single address
  serviceLoadBalancerIPs:
    - cidr: fd00:17::1/128  # hint: announced only while a Service has it
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceExternalIPs:
    - cidr: 203.0.113.16/31
  serviceLoadBalancerIPs:
    - cidr: fd00:17::/127
```

## Good: per Service anyway, and a cluster IP

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceLoadBalancerAggregation: Disabled
  serviceLoadBalancerIPs:
    - cidr: 203.0.113.17/32
  serviceClusterIPs:
    - cidr: 10.96.0.10/32
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPConfiguration, Finding, Severity, document_rule

_LISTS = ("serviceExternalIPs", "serviceLoadBalancerIPs")


@document_rule(BGPConfiguration, "CAL209", Severity.HINT, fields=_LISTS)
def check(configuration: BGPConfiguration) -> Iterator[Finding]:
    if not configuration.is_of_cluster:
        return
    for item in configuration.service_ranges(*_LISTS):
        network, place = item.network, item.cidr
        if network is None or place is None or network.prefix_length < network.address.bits or item.is_sample:
            continue
        if configuration.announces_whole(item.field):
            yield Finding(
                f"{place.text} is a single address: announced only while a Service has it, never as a range",
                place.label(),
                help="write the range that Services take their addresses from, if there is one",
            )
