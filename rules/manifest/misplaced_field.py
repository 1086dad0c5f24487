"""Field that Calico knows, but at another level.

Indentation gets lost: by the copy button of a documentation page, by a template, by an editor. What remains is valid
YAML with a field at the root, in the metadata, or under another parent. calicoctl rejects the whole file ("field in
document is in the wrong location"); kubectl rejects the object while it validates fields. Where nobody validates, the
API server prunes the field: it is silently ignored.

The fix moves all misplaced fields of one object, where it is certain where they belong.

## Bad: indentation lost

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
name: tor  # error: name, peerIP and asNumber stand at the root
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
  peerIP: 10.20.0.1
  asNumber: 65001
```

## Bad: the same, with metadata and spec left empty

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
name: default  # error: name and serviceExternalIPs stand at the root
spec:
serviceExternalIPs:
- cidr: 192.0.2.0/24
- cidr: 198.51.100.0/24
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  serviceExternalIPs:
  - cidr: 192.0.2.0/24
  - cidr: 198.51.100.0/24
```

## Bad: under another parent

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: aggregates
spec:
  importV4:
  - action: Accept
    cidr: 10.0.0.0/8
    matchOperator: In
    max: 24  # error: max stands in spec.importV4[0], but belongs under its prefixLength
  - action: Reject
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
  asNumber: 65001  # error: asNumber stands in metadata, but belongs under spec
spec:
  peerIP: 10.20.0.1
  password:
    name: bgp-passwords  # error: the sessions run without a password
    key: tor
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: aggregates
spec:
  importV4:
  - action: Accept
    cidr: 10.0.0.0/8
    matchOperator: In
    prefixLength:
      max: 24
  - action: Reject
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  password:
    secretKeyRef:
      name: bgp-passwords
      key: tor
  asNumber: 65001
```

## Good: the same name at several levels

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  communities:
  - name: lan
    value: 64512:100
  prefixAdvertisements:
  - cidr: 172.30.0.0/16
    communities: [lan]
```
"""

from collections.abc import Iterator

from linter.rulekit import Finding, Fix, Label, Safety, SchemaFault, Severity, Source, fault_rule, listed

_SHORT = 6


@fault_rule(SchemaFault, "CAL023", Severity.ERROR, fix=Safety.UNSAFE)
def check(fault: SchemaFault, source: Source) -> Iterator[Finding]:
    edits = fault.relocation(source)
    labels = [
        Label(source, move.key.span, _where_to(fault, move.above, move.name, move.known_as)) for move in fault.moves
    ]
    yield Finding(
        f"{_offence(fault)}: {_consequence(fault)}",
        labels[0],
        tuple(labels[1:]),
        help=_advice(fault),
        fix=Fix(_advice(fault), Safety.UNSAFE, edits) if edits else None,
    )


def _offence(fault: SchemaFault) -> str:
    many = len(fault.moves) > 1
    names = [move.name for move in fault.moves]
    if len(names) > _SHORT:
        names = [*names[: _SHORT - 1], f"{len(names) - _SHORT + 1} more"]
    stand = f"{listed(names)} {'stand' if many else 'stands'} {_in(fault.above)}"
    above = list(dict.fromkeys(move.above for move in fault.moves if move.above is not None))
    if above:
        return f"{stand}, but {'belong' if many else 'belongs'} {_under(fault, above)}"
    return f"{stand}, where Calico does not know {'them' if many else 'it'}"


def _consequence(fault: SchemaFault) -> str:
    if fault.kind == "Node":
        return "calicoctl rejects the whole file"
    many = len(fault.moves) > 1
    effect = f", and {fault.without}" if fault.without else " without a word"
    return f"calicoctl rejects the file; kubectl rejects the object, or drops {'them' if many else 'it'}{effect}"


def _where_to(fault: SchemaFault, above: str | None, name: str, known_as: str) -> str:
    if above is None:
        return "not known here"
    return f"belongs {_under(fault, [above])}" + (f" as {known_as}" if known_as != name else "")


def _advice(fault: SchemaFault) -> str:
    by_place: dict[str, list[str]] = {}
    for move in fault.moves:
        if move.above is not None:
            by_place.setdefault(move.above, []).append(move.name)
    if not by_place:
        return f"it is known as {listed([each.strip('/').replace('/', '.') for each in fault.elsewhere], 'or')}"
    return f"move {', and '.join(f'{listed(names)} {_under(fault, [above])}' for above, names in by_place.items())}"


def _in(above: str) -> str:
    return f"in {above}" if above else "at the root"


def _under(fault: SchemaFault, places: list[str]) -> str:
    own = fault.above + "." if fault.above else ""
    names = [f"its {each.removeprefix(own)}" if own and each.startswith(own) else each for each in places]
    return f"under {listed(names)}" if all(names) else "at the root"
