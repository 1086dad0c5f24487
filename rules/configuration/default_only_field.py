"""Cluster-wide field in the BGPConfiguration of one node.

Under `node.<name>` Calico reads `logSeverityScreen`, `listenPort`, `communities` and `prefixAdvertisements`. All
else counts in `default` alone:

- nodeToNodeMeshEnabled, asNumber, serviceClusterIPs, serviceExternalIPs, serviceLoadBalancerIPs, nodeMeshPassword
  and nodeMeshMaxRestartTime are rejected by Calico there, that is by calicoctl and the Calico API server. Stored by
  kubectl they are silently ignored;
- bindMode, ignoredInterfaces, localWorkloadPeeringIPV4 and IPV6, programClusterRoutes, ipv4NormalRoutePriority,
  ipv6NormalRoutePriority and serviceLoadBalancerAggregation are accepted by all and silently ignored.

An empty list sets nothing, and `serviceLoadBalancerAggregation: Enabled` is what the CRD writes into every object
itself. A node's own AS number is part of its Node: `spec.bgp.asNumber`, or the annotation
`projectcalico.org/ASNumber`.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: node.worker-1
spec:
  asNumber: 64600  # error: asNumber counts in default alone
  listenPort: 1790
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: node.worker-1
spec:
  listenPort: 1790
```

## Bad: accepted and ignored

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: node.worker-1
spec:
  bindMode: NodeIP  # error: every check lets it pass in node.worker-1
  serviceLoadBalancerAggregation: Disabled  # error: it is silently ignored
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  bindMode: NodeIP
  serviceLoadBalancerAggregation: Disabled
```

## Good: what a node may override, and what sets nothing

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: node.worker-1
spec:
  logSeverityScreen: Warning
  listenPort: 1790
  communities:
    - name: rack
      value: "64512:120"
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities: [rack]
  serviceClusterIPs: []
  serviceLoadBalancerAggregation: Enabled
```
"""

from collections.abc import Iterator

from linter.rulekit import DEFAULT_ONLY_FIELDS, BGPConfiguration, Finding, Severity, document_rule


@document_rule(BGPConfiguration, "CAL202", Severity.ERROR, fields=DEFAULT_ONLY_FIELDS)
def check(configuration: BGPConfiguration) -> Iterator[Finding]:
    name = configuration.name
    if name is None or configuration.node is None:
        return
    for field, place, refused in configuration.default_only():
        effect = (
            f"Calico rejects {name.value}, and stored by kubectl it is silently ignored"
            if refused
            else f"every check lets it pass in {name.value}, and it is silently ignored"
        )
        yield Finding(
            f"{field} counts in default alone: {effect}",
            place.key_label(),
            (name.label("read for this node alone"),),
            _help(field),
        )


def _help(field: str) -> str:
    if field == "asNumber":
        return "set the node's own AS number in its Node: spec.bgp.asNumber, or annotation projectcalico.org/ASNumber"
    return f"move {field} to the BGPConfiguration named default"
