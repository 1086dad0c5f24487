"""apiVersion and kind that no API serves.

Both must be exact, letter case included: `projectcalico.org/v3` with BGPPeer, BGPConfiguration, BGPFilter, IPPool,
CalicoNodeStatus or Node. calicoctl rejects the whole file ("unknown resource type and/or version"), kubectl knows
no such kind. Nothing of the object is in force; its fields are still held against the schema of the kind that was
meant.

Calico 2 wrote `apiVersion: v1` with `kind: bgpPeer` and put scope, node and address into the metadata. Old guides
still show that form. Its BGPPeer is moved to the v3 places as a whole, unless there are comments in the metadata; a
pool has to be rewritten by hand.

BGPPeers of other vendors, such as `metallb.io`, are left alone, and so are Calico's policies, tiers and IPAM data.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPpeer  # error: BGPpeer is no kind of projectcalico.org/v3
metadata:
  name: tor
spec:
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

## Bad: a version that does not exist, and another letter case

```yaml
apiVersion: projectcalico.org/V3  # error: projectcalico.org/V3 has no IPPool
kind: IPPool
metadata:
  name: v4
spec:
  cidr: 10.244.0.0/16
  vxlanMode: Always
---
{"apiVersion": "crd.projectcalico.org/v3",  # error: crd.projectcalico.org/v3 has no BGPConfiguration
 "kind": "BGPConfiguration", "metadata": {"name": "default"}, "spec": {"asNumber": 64512}}
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: v4
spec:
  cidr: 10.244.0.0/16
  vxlanMode: Always
---
{"apiVersion": "projectcalico.org/v3",
 "kind": "BGPConfiguration", "metadata": {"name": "default"}, "spec": {"asNumber": 64512}}
```

## Bad: the form of Calico 2

```yaml
apiVersion: v1
kind: bgpPeer  # error: v1 bgpPeer is the form of Calico 2
metadata:
  scope: node
  node: rack1-host1
  peerIP: 10.20.0.1
spec:
  asNumber: 64567
---
apiVersion: v1
kind: bgpPeer  # error: v1 bgpPeer is the form of Calico 2
metadata:
  peerIP: fd00::1
  scope: global
spec:
  asNumber: 64567
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: rack1-host1-10-20-0-1
spec:
  node: rack1-host1
  peerIP: 10.20.0.1
  asNumber: 64567
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: peer-fd00--1
spec:
  peerIP: fd00::1
  asNumber: 64567
```

## Good: other vendors, other kinds

```yaml
apiVersion: metallb.io/v1beta2
kind: BGPPeer
metadata:
  name: tor
  namespace: metallb-system
spec:
  myASN: 64512
  peerASN: 65001
  peerAddress: 10.20.0.1
---
apiVersion: projectcalico.org/v3
kind: Tier
metadata:
  name: platform
spec:
  order: 100
---
apiVersion: v1
kind: Node
metadata:
  name: worker-1
```
"""

from collections.abc import Iterator

from linter.rulekit import (
    Edit,
    Finding,
    Fix,
    HeaderFault,
    Label,
    Mapping,
    Safety,
    Scalar,
    Severity,
    Source,
    Span,
    brief,
    cidr,
    fault_rule,
    is_name,
    quoted,
)

_METADATA_OF_V1 = {"scope", "node", "peerIP", "cidr"}


@fault_rule(HeaderFault, "CAL020", Severity.ERROR, fix=Safety.UNSAFE)
def check(fault: HeaderFault, source: Source) -> Iterator[Finding]:
    meant = f"{fault.meant.api_version} {fault.meant.name}"
    edits = _edits(fault, source)
    yield Finding(
        f"{_offence(fault)}: {_consequence(fault)}",
        Label(source, fault.span),
        help=f"write {meant}" + ("" if edits else ", and move the fields to their places in v3"),
        fix=Fix(f"write {meant}", Safety.UNSAFE, edits) if edits else None,
    )


def _offence(fault: HeaderFault) -> str:
    api, kind = (brief(text if text.isprintable() else quoted(text)) for text in (fault.api, fault.kind))
    if fault.legacy:
        return f"{api} {kind} is the form of Calico 2"
    if fault.kind == fault.meant.name:
        return f"{api} has no {kind}"
    return f"{kind} is no kind of {api}"


def _consequence(fault: HeaderFault) -> str:
    unknown = "kubectl knows no such kind"
    return unknown if fault.meant.name == "Installation" else f"calicoctl rejects the whole file, {unknown}"


def _edits(fault: HeaderFault, source: Source) -> tuple[Edit, ...]:
    header = (
        *_replaced(fault.root, "apiVersion", fault.meant.api_version, source),
        *_replaced(fault.root, "kind", fault.meant.name, source),
    )
    metadata = _mapping(fault.root, "metadata")
    if metadata is None or _METADATA_OF_V1.isdisjoint(metadata.fields):
        return header
    spec = _mapping(fault.root, "spec")
    moved = _moved(metadata, spec, source) if spec and fault.meant.name == "BGPPeer" else ()
    return (*header, *moved) if moved else ()


def _replaced(root: Mapping, field: str, text: str, source: Source) -> Iterator[Edit]:
    entry = next(entry for key, entry in root.fields.items() if key.lower() == field.lower())
    span, last = entry.value.span, source.text[entry.value.span.end - 1]
    quote = last if last in "'\"" else '"' if entry.key.style == '"' else ""
    if source[span] != f"{quote}{text}{quote}":
        yield Edit(source, span, f"{quote}{text}{quote}")


def _moved(metadata: Mapping, spec: Mapping, source: Source) -> tuple[Edit, ...]:
    """The fields of a Calico 2 BGPPeer in their v3 places; nothing unless the object is that and no more."""
    scope, node, address = (_text(metadata, name) for name in ("scope", "node", "peerIP"))
    known = metadata.fields.keys() <= {"scope", "node", "peerIP"} and spec.fields.keys() == {"asNumber"}
    first = spec.entries[0].key if known else None
    if first is None or first.text != "asNumber" or "#" in source[metadata.span]:
        return ()
    if address is None or (scope, node is None) not in {("global", True), ("node", False)}:
        return ()
    network = cidr(address)
    name = f"{node or 'peer'}-{address.lower().replace('.', '-').replace(':', '-').strip('-')}"
    if network is None or network.length is not None or not is_name(name):
        return ()
    quote = '"' if first.style == '"' else ""
    fields = [
        f"{quote}{field}{quote}: {source[metadata.fields[field].value.span]}{_between(spec, first, source)}"
        for field in ("node", "peerIP")
        if _text(metadata, field)
    ]
    head = f"{quote}name{quote}: {quote}{name}{quote}"
    return (
        Edit(source, metadata.span, f"{{{head}}}" if metadata.flow else head),
        Edit(source, Span(first.start, first.start), "".join(fields)),
    )


def _between(mapping: Mapping, first: Scalar, source: Source) -> str:
    """What parts members of a mapping from its first: a comma, a new line, or both."""
    column = source.position(first.start).column - 1
    if source.line(source.position(first.start).line)[:column].strip():
        return ", "
    line_end = "\r\n" if "\r\n" in source.text else "\n"
    return f"{',' if mapping.flow else ''}{line_end}{' ' * column}"


def _mapping(root: Mapping, field: str) -> Mapping | None:
    value = root.fields[field].value if field in root.fields else None
    return value if isinstance(value, Mapping) else None


def _text(mapping: Mapping, field: str) -> str | None:
    value = mapping.fields[field].value if field in mapping.fields else None
    return value.value if isinstance(value, Scalar) and isinstance(value.value, str) else None
