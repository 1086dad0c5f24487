"""BGPConfiguration with a name that nobody reads.

Calico reads `default`, the settings of the cluster, and `node.<name>`, the overrides of one node. Every other name
is accepted, and every setting under it silently ignored; `node-worker-1` and `global` are dead objects.

A field that counts in `default` alone (nodeToNodeMeshEnabled, asNumber, the service ranges, nodeMeshPassword,
nodeMeshMaxRestartTime) is rejected by Calico under any other name, that is by calicoctl and the Calico API server.
Stored by kubectl it is silently ignored like all else.

The name in a kustomize patch may stand for any object, so patches are not judged.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: bgp-settings  # error: every setting in it is silently ignored
spec:
  listenPort: 1790
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  listenPort: 1790
```

## Bad: settings that Calico refuses there

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: service-cidr  # error: Calico refuses serviceClusterIPs under this name
spec:
  serviceClusterIPs:
    - cidr: 10.96.0.0/12
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
```

## Good: one node

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: node.worker-1
spec:
  listenPort: 1790
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPConfiguration, Finding, Severity, document_rule

_NODE_LIKE = "node-"


@document_rule(BGPConfiguration, "CAL201", Severity.ERROR)
def check(configuration: BGPConfiguration) -> Iterator[Finding]:
    name = configuration.name
    if name is None or configuration.is_read:
        return
    refused = [field for field in configuration.default_only() if field.refused]
    effect = "every setting in it is silently ignored"
    if refused:
        fields = " and ".join(field.field for field in refused[:2])
        effect = f"Calico refuses {fields} under this name, and stored by kubectl {effect}"
    yield Finding(
        f"{name.value} is no name that Calico reads: {effect}",
        name.label(),
        tuple(field.place.key_label("refused under this name") for field in refused),
        _help(name.value),
    )


def _help(name: str) -> str:
    node = name.removeprefix(_NODE_LIKE) if name.startswith(_NODE_LIKE) else "<its name>"
    return f"name it default for the whole cluster, or node.{node} for one node"
