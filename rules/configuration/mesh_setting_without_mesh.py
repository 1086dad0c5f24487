"""Setting of the mesh while the mesh is switched off.

`nodeMeshPassword` and `nodeMeshMaxRestartTime` are about the node-to-node mesh. Beside `nodeToNodeMeshEnabled: false`
they are rejected by Calico, even an empty `nodeMeshPassword: {}`. From Calico 3.32 on the CRDs refuse them too, so no
way of applying is left.

Up to 3.31 kubectl stores such an object. Without Typha it does no harm, there is no mesh to use the setting. Behind
Typha, which checks what it hands on up to 3.32, the whole object vanishes; for `default` that means what nobody asked
for: the mesh is on again, with AS 64512, port 179 and no service ranges.

Passwords of the peers that replace the mesh belong to the BGPPeers. The fix removes the setting; perhaps it is the
mesh that should be on.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeToNodeMeshEnabled: false
  nodeMeshPassword:  # error: every way of applying rejects the object
    secretKeyRef:
      name: bgp
      key: mesh
  nodeMeshMaxRestartTime: 300s  # error: nodeMeshMaxRestartTime beside 'nodeToNodeMeshEnabled: false'
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeToNodeMeshEnabled: false
```

## Bad: Calico 3.31

```yaml .peerlint.yaml
calicoVersion: "3.31"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeToNodeMeshEnabled: false
  nodeMeshPassword: {}  # error: behind Typha: the mesh comes back with AS 64512
```

## Good

```yaml .peerlint.yaml
calicoVersion: "3.31"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeToNodeMeshEnabled: false
```

## Good: the mesh is on, as it is by default

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeMeshMaxRestartTime: 300s
  nodeMeshPassword:
    secretKeyRef:
      name: bgp
      key: mesh
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPConfiguration, Finding, Fix, Safety, Scalar, Severity, Target, document_rule, without

_FIELDS = ("nodeMeshPassword", "nodeMeshMaxRestartTime")


@document_rule(BGPConfiguration, "CAL203", Severity.ERROR, fields=_FIELDS, fix=Safety.UNSAFE)
def check(configuration: BGPConfiguration, target: Target) -> Iterator[Finding]:
    mesh = configuration.node_to_node_mesh_enabled
    if mesh is None or mesh.value or not configuration.is_of_cluster:
        return
    for field in _FIELDS:
        place = configuration.set_value(field)
        if place is not None and place.key is not None:
            yield Finding(
                f"{field} beside 'nodeToNodeMeshEnabled: false': {_effect(configuration, target)}",
                place.key_label("there is no mesh that could use it"),
                (mesh.label("switches the mesh off"),),
                f"remove {field}, or switch the mesh on",
                _removal(configuration, place.key, field),
            )


def _effect(configuration: BGPConfiguration, target: Target) -> str:
    if target.calico_version >= (3, 33):
        return "every way of applying rejects the object"
    vanishes = f"counts as absent behind Typha: {configuration.when_absent}"
    if target.calico_version == (3, 32):
        return f"every way of applying rejects the object, and one stored before {vanishes}"
    return f"Calico rejects the object, and stored by kubectl it {vanishes}"


def _removal(configuration: BGPConfiguration, key: Scalar, field: str) -> Fix | None:
    edit = without(configuration.document, configuration.spec.value, key) if configuration.spec else None
    return Fix(f"remove {field}", Safety.UNSAFE, (edit,)) if edit else None
