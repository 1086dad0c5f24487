"""Service range that takes in far more than Services can have.

Calico announces what lies inside these ranges, and announces each of them whole from every node. Two things follow
from one that is too wide:

- any Service in the cluster attracts any address in it: who may create a Service with an external IP can pull the
  traffic of any other host in the range, name servers and gateways included;
- no node installs a route inside a range that is announced whole, so routes that BGP brings for anything in there are
  ignored on every node. (With `serviceLoadBalancerAggregation: Disabled` load-balancer ranges are not announced
  whole, and this does not happen.)

Broad is, in any of the three lists:

- an IPv4 range of /8 or shorter, such as 0.0.0.0/0, 0.0.0.0/1 or 10.0.0.0/8,
- an IPv6 range of /16 or shorter, such as ::/0, 2000::/3, fc00::/7 or fd00::/8;

and among `serviceExternalIPs` and `serviceLoadBalancerIPs` also one that takes in a whole private block:

- 172.16.0.0/12, 192.168.0.0/16 (RFC 1918) or 100.64.0.0/10 (RFC 6598).

Cluster IPs come from the range that the API server was given, which may well be 172.16.0.0/12 or 192.168.0.0/16: of
the usual size, such a range is no finding in `serviceClusterIPs`.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceExternalIPs:
    - cidr: 0.0.0.0/0  # warning: any Service attracts any address in it
    - cidr: 192.168.0.0/16  # warning: 192.168.0.0/16 is a whole private block
  serviceClusterIPs:
    - cidr: 10.0.0.0/8  # warning: nodes install no route inside it
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceExternalIPs:
    - cidr: 203.0.113.0/24
    - cidr: 192.168.17.0/24
  serviceClusterIPs:
    - cidr: 10.96.0.0/12
```

## Good: cluster IPs of a usual size, and large ranges that are no whole block

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceClusterIPs:
    - cidr: 172.16.0.0/12
    - cidr: 192.168.0.0/16
    - cidr: fd00:10:96::/108
  serviceExternalIPs:
    - cidr: 10.32.0.0/11
    - cidr: 172.16.0.0/13
  serviceLoadBalancerIPs:
    - cidr: 192.168.128.0/17
    - cidr: fd00::/17
```
"""

from collections.abc import Iterator

from linter.rulekit import SERVICE_RANGES, BGPConfiguration, Finding, ServiceRange, Severity, cidr, document_rule

_SHORTEST = {4: 8, 6: 16}
"""Lengths by family that are broad whatever the range is."""

_PRIVATE = tuple(filter(None, map(cidr, ("172.16.0.0/12", "192.168.0.0/16", "100.64.0.0/10"))))
_CLUSTER_IPS = "serviceClusterIPs"


@document_rule(BGPConfiguration, "CAL210", Severity.WARNING, fields=SERVICE_RANGES)
def check(configuration: BGPConfiguration) -> Iterator[Finding]:
    if not configuration.is_of_cluster:
        return
    for item in configuration.service_ranges():
        why = _why(item)
        if why and item.cidr:
            yield Finding(
                f"{item.cidr.text} is {why}: {_effect(configuration, item.field)}",
                item.cidr.label(),
                help="list no more than what Services take their addresses from",
            )


def _why(item: ServiceRange) -> str:
    network = item.network
    if network is None:
        return ""
    if network.prefix_length == 0:
        return "every address there is"
    if network.prefix_length <= _SHORTEST[network.address.version]:
        return "far wider than Services need"
    if item.field != _CLUSTER_IPS and any(
        network.prefix_length <= block.prefix_length and network.overlaps(block) for block in _PRIVATE
    ):
        return "a whole private block"
    return ""


def _effect(configuration: BGPConfiguration, field: str) -> str:
    attracts = "" if field == _CLUSTER_IPS else "any Service attracts any address in it"
    whole = "nodes install no route inside it" if configuration.announces_whole(field) else ""
    return " and ".join(filter(None, (attracts, whole)))
