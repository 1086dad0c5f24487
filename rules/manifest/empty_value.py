"""Field is written with a value that means it is not set.

Calico takes `null`, empty text, 0 and `{}` in these fields for nothing at all. They are noise: whoever reads
`ttlSecurity: 0` or `password: {}` wonders whether something is in force, and tools that compare manifests with the
cluster may show a lasting difference. `null` is worse: calicoctl takes it for unset, the CRDs reject it.

`ttlSecurity: 0` is off, not zero hops. `password: {}` is a session without a password. A `keepaliveTime` under half a
second is rounded to 0, which BIRD takes for its default.

The rule is silent where the value breaks something and another rule says so (`asNumber: 0` beside `peerIP` or of
the cluster itself, an empty name in `secretKeyRef`, text that its field does not take), and in patches of kustomize,
where null takes a field away.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  node: ""  # hint: node "" is the same as no node
  peerSelector: has(route-reflector)
  asNumber: 0  # hint: asNumber 0 is the same as no asNumber
  ttlSecurity: 0  # hint: ttlSecurity 0
  password: {}  # hint: password {}
  keepaliveTime: 400ms  # hint: keepaliveTime 400ms counts as 0 seconds
  sourceAddress: null  # hint: sourceAddress null: calicoctl takes it for no sourceAddress
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  peerSelector: has(route-reflector)
```

## Bad: a null inside

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Reject
      interface: ''  # hint: interface '' is the same as no interface
      prefixLength:  # hint: but the CRDs reject it
      matchOperator: In
      cidr: 10.0.0.0/8
    - action: Accept
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
    - action: Accept
```

## Good: values that mean something

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  keepOriginalNextHop: false
  maxRestartTime: 0s
  keepaliveTime: 500ms
  filters: []
---
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Reject
      matchOperator: In
      cidr: 10.0.0.0/8
      prefixLength: {min: 0, max: 8}
    - action: Accept
---
apiVersion: projectcalico.org/v3
kind: CalicoNodeStatus
metadata:
  name: worker-1
spec:
  node: worker-1
  classes: [BGP]
  updatePeriodSeconds: 0
```

## Good: a patch

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
$patch: merge
metadata:
  name: tor
spec:
  node: null
```
"""

from collections.abc import Iterator

from linter.rulekit import (
    Finding,
    Fix,
    Label,
    Mapping,
    Resource,
    Safety,
    Scalar,
    Sequence,
    Severity,
    brief,
    document_rule,
    duration,
    without,
)

_UNSET = {
    "BGPConfiguration": {"localWorkloadPeeringIPV4", "localWorkloadPeeringIPV6", "nodeMeshPassword"},
    "BGPFilter": {"interface", "prefixLength"},
    "BGPPeer": {"node", "nodeSelector", "peerIP", "peerSelector", "localWorkloadSelector", "reachableBy", "password"}
    | {"asNumber", "localASNumber", "numAllowedLocalASNumbers", "ttlSecurity"},
    "IPPool": {"blockSize", "nodeSelector", "namespaceSelector"},
    "Node": {"ipv4Address", "ipv6Address", "ipv4IPIPTunnelAddr", "routeReflectorClusterID", "wireguard"}
    | {"ipv4VXLANTunnelAddr", "ipv6VXLANTunnelAddr", "vxlanTunnelMACAddr", "vxlanTunnelMACAddrV6"}
    | {"interfaceIPv4Address", "interfaceIPv6Address"},
}
"""By kind, the fields in which empty text, 0 and `{}` are nothing at all (calico-fields §2.2, §3.3, §4, §5.1, §7.2)."""

_NEEDED = {
    "BGPConfiguration": {"name", "value", "cidr", "key"},
    "BGPFilter": {"action", "cidr", "matchOperator", "values", "value", "prefix"},
    "BGPPeer": {"name", "key"},
    "IPPool": {"cidr"},
}
"""By kind, the fields whose absence another rule speaks about, null included."""

_OPERATIONS = ("addCommunity", "prependASPath", "setPriority")
"""Of these an operation of a filter has exactly one."""

_HALF_A_SECOND = 500_000_000

_Found = tuple[Mapping, Scalar, Scalar | Mapping]
"""A mapping, a key in it, and the value under that key."""


@document_rule(Resource, "CAL028", Severity.HINT, fix=Safety.SAFE)
def check(resource: Resource) -> Iterator[Finding]:
    spec = resource.spec if resource.title in _UNSET and not resource.patch and _is_worth_a_look(resource) else None
    if spec is None or not resource.is_calico:
        return
    for parent, key, value in _empty(spec.value, resource.rejected):
        message = _message(resource, parent, key.text, value)
        if message is not None:
            yield _finding(resource, parent, key, value, message)
    yield from _short_keepalive(resource, spec.value)


def _is_worth_a_look(resource: Resource) -> bool:
    return resource.document.hollow or "keepaliveTime" in resource.members


def _empty(spec: Mapping, rejected: frozenset[int]) -> list[_Found]:
    """Every null, empty text, 0, false and `{}` written below that no fault is about; what aliases repeat is not."""
    found: list[_Found] = []
    left: list[Mapping | Sequence] = [spec]
    for node in left:
        if isinstance(node, Sequence):
            left += [item for item in node.items if isinstance(item, (Mapping, Sequence))]
            continue
        for entry in node.entries:
            value = entry.value
            if value.__class__ is Scalar:
                if not value.value and id(value) not in rejected:
                    found.append((node, entry.key, value))
            elif id(value) in rejected:
                continue
            elif isinstance(value, Sequence) or (isinstance(value, Mapping) and value.entries):
                left.append(value)
            elif isinstance(value, Mapping):
                found.append((node, entry.key, value))
    return found


def _message(resource: Resource, parent: Mapping, name: str, value: Scalar | Mapping) -> str | None:
    if isinstance(value, Scalar) and value.value is None:
        if _is_needed(resource, parent, name):
            return None
        if resource.title == "Node":
            return f"{name} null is the same as no {name}: it misleads readers and makes needless diffs"
        return f"{name} null: calicoctl takes it for no {name}, but the CRDs reject it"
    if name not in _UNSET[resource.title] or _is_told(resource, parent, name):
        return None
    shown = brief(resource.source[value.span])
    return f"{name} {shown} is the same as no {name}: it misleads readers and makes needless diffs"


def _is_needed(resource: Resource, parent: Mapping, name: str) -> bool:
    """Whether another rule speaks about the absence of a field that is null (CAL024, 026, 104, 105, 304, 503)."""
    if name == "communities":
        return resource.title == "BGPConfiguration" and "cidr" in parent.fields
    if name in _OPERATIONS:
        return not any(_is_set(parent, other) for other in _OPERATIONS)
    return name in _NEEDED.get(resource.title, ()) or (name == "asNumber" and _is_told(resource, parent, name))


def _is_set(parent: Mapping, name: str) -> bool:
    entry = parent.fields.get(name)
    return entry is not None and getattr(entry.value, "value", entry) is not None


def _is_told(resource: Resource, parent: Mapping, name: str) -> bool:
    """Whether the value does something after all, so that another rule speaks (CAL104, 105, 201–203, 304, 306)."""
    spec = {field: place.value for field, place in resource.table("spec").items()}
    if name == "asNumber":
        lone = spec.get("peerIP") and not spec.get("peerSelector")
        return bool(lone or spec.get("localWorkloadSelector"))
    if name == "nodeMeshPassword":
        is_default = resource.name is not None and resource.name.value == "default"
        return not is_default or spec.get("nodeToNodeMeshEnabled") is False
    if name == "prefixLength":
        operator = parent.fields.get("matchOperator")
        return "cidr" not in parent.fields or getattr(operator and operator.value, "text", "") not in {"In", "NotIn"}
    return False


def _short_keepalive(resource: Resource, spec: Mapping) -> Iterator[Finding]:
    entry = spec.fields.get("keepaliveTime")
    if entry is None or not isinstance(entry.value, Scalar) or id(entry.value) in resource.rejected:
        return
    time = duration(entry.value.text)
    if time is not None and 0 <= time < _HALF_A_SECOND:
        message = f"keepaliveTime {entry.value.text} counts as 0 seconds, which BIRD takes for no keepaliveTime"
        yield _finding(resource, spec, entry.key, entry.value, message)


def _finding(resource: Resource, parent: Mapping, key: Scalar, value: Scalar | Mapping, message: str) -> Finding:
    edit = without(resource.document, parent, key)
    span = value.span if value.start < value.end else key.span
    return Finding(
        message,
        Label(resource.source, span),
        help=f"remove {key.text}",
        fix=Fix(f"remove {key.text}", Safety.SAFE, (edit,)) if edit else None,
    )
