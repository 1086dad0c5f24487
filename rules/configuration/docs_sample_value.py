"""Service range copied from the samples of Calico's documentation.

The reference page of BGPConfiguration shows `104.244.42.129/32` and `172.217.3.0/24` as external ranges of Services.
They are no documentation prefixes: both belong to large public sites. Left in a manifest they let Services take these
addresses, and the nodes announce the second one whole, so that the network sends what is meant for those sites into
the cluster, where it ends.

Which ranges were meant only you know. For examples use 192.0.2.0/24, 198.51.100.0/24 or 203.0.113.0/24 (RFC 5737).

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceExternalIPs:
    - cidr: 104.244.42.129/32  # error: 104.244.42.129/32 is a sample
    - cidr: 172.217.3.0/24  # error: the cluster attracts traffic for other people's addresses
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceExternalIPs:
    - cidr: 203.0.113.17/32
    - cidr: 198.51.100.0/24
```

## Good: other ranges of the same networks

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceExternalIPs:
    - cidr: 104.244.42.128/32
    - cidr: 172.217.3.0/25
    - cidr: 172.217.4.0/24
```
"""

from collections.abc import Iterator

from linter.rulekit import SERVICE_RANGES, BGPConfiguration, Finding, Severity, document_rule


@document_rule(BGPConfiguration, "CAL211", Severity.ERROR, fields=SERVICE_RANGES)
def check(configuration: BGPConfiguration) -> Iterator[Finding]:
    if not configuration.is_of_cluster:
        return
    for item in configuration.service_ranges():
        if item.is_sample and item.cidr:
            yield Finding(
                f"{item.cidr.text} is a sample from Calico's documentation that belongs to a public site: the cluster "
                "attracts traffic for other people's addresses",
                item.cidr.label(),
                help="write the range that your Services take their addresses from, or remove the item",
            )
