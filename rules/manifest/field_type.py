"""Value of the wrong YAML type.

A mapping where Calico wants a selector, a list where it wants one value, `"true"` in quotes for a boolean, a number
for text. calicoctl and kubectl reject the object. The one exception is a number or boolean where text is wanted:
calicoctl quietly makes text of it, but kubectl rejects it.

Two mistakes come from Kubernetes habits. Calico's selectors are text in a language of their own: `matchLabels` and
plain label mappings are no selectors. And a password is never written into the object: `secretKeyRef` names the
Secret and the key that hold it.

A null is no wrong type: it counts as unset. AS numbers may be text here; `quoted-as-number` tells who refuses that.

The fix writes the one value of the right type that the text can be read as.

## Bad: quoted booleans and numbers

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeToNodeMeshEnabled: "true"  # error: "true" is text
  listenPort: '1790'  # error: '1790' is text
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeToNodeMeshEnabled: true
  listenPort: 1790
```

## Bad: a number for text

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  node: 1042  # error: 1042 is a number
  peerIP: 10.20.0.1
  asNumber: 65001
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  node: '1042'
  peerIP: 10.20.0.1
  asNumber: 65001
```

## Bad: selectors of Kubernetes

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: racks
spec:
  nodeSelector: {rack: a}  # error: spec.nodeSelector is a mapping
  peerSelector:
    matchLabels:  # error: spec.peerSelector is a mapping
      route-reflector: "true"
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: racks
spec:
  nodeSelector: "rack == 'a'"
  peerSelector: "route-reflector == 'true'"
```

## Bad: lists, and a password

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  filters: no-pods  # error: no-pods is text
  password: secret  # error: spec.password has to name a Secret
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceClusterIPs:
  - 10.96.0.0/12  # error: 10.96.0.0/12 is text
  nodeMeshMaxRestartTime: 60  # error: 60 is a number
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  filters: [no-pods]
  password:
    secretKeyRef:
      name: bgp-passwords
      key: tor
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceClusterIPs:
  - cidr: 10.96.0.0/12
  nodeMeshMaxRestartTime: 60s
```

## Good: what YAML makes of it

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeToNodeMeshEnabled: yes
  listenPort: 1790.0
  logSeverityScreen:
```
"""

from collections.abc import Iterator

from linter.rulekit import Edit, Finding, Fix, Label, Safety, SchemaFault, Severity, Source, Span, fault_rule, quoted

_NAMES = {
    "string": "text",
    "integer": "a whole number",
    "number": "a number",
    "boolean": "true or false",
    "object": "a mapping",
    "array": "a list",
    "null": "null",
}
_PASSWORDS = frozenset({"password", "nodeMeshPassword", "secretKeyRef"})


@fault_rule(SchemaFault, "CAL025", Severity.ERROR, fix=Safety.SAFE)
def check(fault: SchemaFault, source: Source) -> Iterator[Finding]:
    yield Finding(
        f"{_offence(fault, source)}: {_consequence(fault)}",
        Label(source, fault.span),
        help=_help(fault),
        fix=_selector_fix(fault, source, fault.selector) if fault.selector else _reading_fix(fault, source),
    )


def _offence(fault: SchemaFault, source: Source) -> str:
    if _is_password(fault):
        return f"{fault.field} has to name a Secret and holds {_told(fault.value)}"
    wanted = _wanted(fault)
    if isinstance(fault.value, dict | list) or fault.value is None:
        return f"{fault.field} is {_told(fault.value)} and has to be {wanted}"
    return f"{fault.shown(source)} is {_told(fault.value)}, but {fault.field} has to be {wanted}"


def _consequence(fault: SchemaFault) -> str:
    stated = fault.schema.get("x-consequence", {}).get("type")
    if stated:
        return str(stated)
    if _is_password(fault) and fault.value:
        return "calicoctl and kubectl reject the object, and who reads this file knows the password"
    if not fault.rejection.startswith("calicoctl and"):
        return fault.rejection
    if "string" in fault.types and isinstance(fault.value, bool | int | float) and not _is_duration(fault):
        return "calicoctl makes text of it, kubectl rejects the object"
    return fault.rejection


def _help(fault: SchemaFault) -> str:
    if _is_password(fault):
        return "put it into a Secret in calico-node's namespace and write secretKeyRef: {name: SECRET, key: KEY}"
    if fault.selector:
        return f"write {fault.selector}"
    if _is_selector(fault):
        if fault.value == {}:
            return "write all(), or leave it out"
        return "write a selector such as rack == 'a'; a neighbour by address is peerIP with asNumber"
    if fault.value is None:
        return "write a value after the dash, or remove it"
    if _is_duration(fault) and isinstance(fault.value, int) and fault.value is not True:
        return f"write {fault.value}s if seconds are meant"
    if fault.reading is not None:
        return _advice(fault)
    return _shape(fault)


def _shape(fault: SchemaFault) -> str:
    """What a right value looks like here."""
    members = list(fault.schema.get("properties", {}))
    scalar = not isinstance(fault.value, dict | list)
    if "enum" in fault.schema:
        return f"write {' or '.join(fault.schema['enum'])}"
    if "array" in fault.types:
        first = next(iter(fault.schema.get("items", {}).get("properties", {})), "")
        item = f"{{{first}: {_brief(fault.value)}}}" if first else _brief(fault.value)
        return f"write a list: [{item}]" if scalar else "put a dash before each item"
    if members and scalar and not fault.key:
        return f"write {members[0]}: {_brief(fault.value)}"
    if members and len(members) <= len(_NAMES):
        return f"write a mapping of {' and '.join(members)}"
    repeated = not fault.described or fault.schema.get("x-type") == "AsNumber"
    return f"write {_wanted(fault)}" + ("" if repeated else f": {fault.described}")


def _brief(value: object) -> str:
    text = str(value).lower() if isinstance(value, bool) else str(value)
    return text if len(text) <= 40 else "…"


def _wanted(fault: SchemaFault) -> str:
    if _is_selector(fault):
        return "text, a selector"
    if _is_duration(fault):
        return "text, a duration such as 90s"
    if fault.schema.get("x-type") == "AsNumber":
        return "an AS number"
    return " or ".join(_NAMES[each] for each in fault.types)


def _told(value: object) -> str:
    if isinstance(value, bool):
        return "a boolean"
    if isinstance(value, int | float):
        return "a number"
    if value is None:
        return "an empty item"
    return "a mapping" if isinstance(value, dict) else "a list" if isinstance(value, list) else "text"


def _is_password(fault: SchemaFault) -> bool:
    return fault.name in _PASSWORDS and "object" in fault.types


def _is_selector(fault: SchemaFault) -> bool:
    return fault.schema.get("x-type") == "Selector"


def _is_duration(fault: SchemaFault) -> bool:
    return fault.schema.get("x-type") == "Duration"


def _reading_fix(fault: SchemaFault, source: Source) -> Fix | None:
    if fault.reading is None or getattr(fault.node, "anchor", None):
        return None
    return Fix(_advice(fault), Safety.SAFE, (fault.edit(source, _written(fault)),))


def _advice(fault: SchemaFault) -> str:
    """What to write; the values of Secrets are not shown."""
    return "write it in quotes" if fault.kind == "Secret" else f"write {_written(fault)}"


def _written(fault: SchemaFault) -> str:
    reading = fault.reading
    if isinstance(reading, str):
        return _in_quotes(fault, reading)
    return str(reading).lower() if isinstance(reading, bool) else str(reading)


def _in_quotes(fault: SchemaFault, text: str) -> str:
    return quoted(text, '"' if fault.in_json else "")


def _selector_fix(fault: SchemaFault, source: Source, selector: str) -> Fix | None:
    """Write the selector behind its key; comments in between would be lost, and what YAML made of bare values is."""
    if fault.key is None or not _is_text(fault.value) or "#" in source[Span(fault.key.end, fault.node.span.end)]:
        return None
    edit = Edit(source, Span(fault.key.end, fault.node.span.end), f": {_in_quotes(fault, selector)}")
    return Fix(f"write {selector}", Safety.SAFE, (edit,))


def _is_text(value: object) -> bool:
    """Whether there is nothing but text at the ends of plain data, or nothing."""
    if isinstance(value, dict):
        return all(map(_is_text, value.values()))
    return all(map(_is_text, value)) if isinstance(value, list) else value is None or isinstance(value, str)
