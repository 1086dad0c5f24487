"""Address for peering with local workloads that cannot serve.

Workloads that peer with their node (`localWorkloadSelector` of a BGPPeer) do so with one virtual address of each
family, which every node has: `localWorkloadPeeringIPV4` and `localWorkloadPeeringIPV6`. Every validator takes any
address of the family, but Calico's documentation rules out some:

- 169.254.0.1 and 169.254.0.2, which Calico uses itself. Another link-local IPv4 address is the usual choice;
- a link-local IPv6 address (fe80::/10), with which the sessions cannot work. (A comment in Calico's Go types
  recommends just these; the documentation is followed here.)

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  localWorkloadPeeringIPV4: 169.254.0.1  # warning: 169.254.0.1 is used by Calico itself
  localWorkloadPeeringIPV6: fe80::1  # warning: fe80::1 is link-local
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  localWorkloadPeeringIPV4: 169.254.0.3
  localWorkloadPeeringIPV6: fd00:179::1
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPConfiguration, Finding, Severity, address, document_rule

_TAKEN = ("169.254.0.1", "169.254.0.2")


@document_rule(
    BGPConfiguration,
    "CAL212",
    Severity.WARNING,
    fields=("localWorkloadPeeringIPV4", "localWorkloadPeeringIPV6"),
)
def check(configuration: BGPConfiguration) -> Iterator[Finding]:
    if not configuration.is_of_cluster:
        return
    ipv4, ipv6 = configuration.local_workload_peering_ipv4, configuration.local_workload_peering_ipv6
    read = address(ipv4.value) if ipv4 else None
    if ipv4 and read and read.canonical in _TAKEN:
        yield Finding(
            f"{ipv4.text} is used by Calico itself: sessions with local workloads clash with it",
            ipv4.label(),
            help="write another link-local address, such as 169.254.0.3",
        )
    read = address(ipv6.value) if ipv6 else None
    if ipv6 and read and read.kind == "link-local":
        yield Finding(
            f"{ipv6.text} is link-local: sessions with local workloads cannot work over it",
            ipv6.label(),
            help="write an address outside fe80::/10, such as a unique local one (fd00::/8)",
        )
