"""Value that its field does not allow.

A word that is none of the listed ones, a number out of range, a text of the wrong form or length, too many or too few
items. Calico rejects the object. Some of these checks are made by calicoctl and the Calico API server only: what is
stored by kubectl then depends on the field, and the message says it. Up to Calico 3.31 the CRDs let any `action`,
`matchOperator` and `source` of a BGPFilter pass, and one such filter freezes BIRD config on every node.

Letter case counts: older reference pages wrote `action: accept`, Calico wants `Accept`. The fix mends letter case.

BIRD's own prefix patterns are no CIDRs: what `10.0.0.0/16{24,32}` says in BIRD is `prefixLength` here.

What holds depends on the Calico version: selectors may have 1024 characters in 3.33, 4096 in 3.32 and any number
before; log levels had to be written in exact letter case up to 3.31. Where a version checks a value nowhere and does
something else than was meant, the message says that.

Where a value has a rule of its own, such as AS numbers, durations and `ttlSecurity`, that rule speaks.

## Bad: letter case

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
  - action: accept  # error: accept is not allowed for spec.importV4[0].action (Accept or Reject)
    cidr: 10.0.0.0/8
    matchOperator: "in"  # error: (Equal, NotEqual, In or NotIn)
  - action: Reject
---
apiVersion: projectcalico.org/v3
kind: CalicoNodeStatus
metadata:
  name: worker-1
spec:
  node: worker-1
  updatePeriodSeconds: 10
  classes: [Agent, Bgp]  # error: Bgp is not allowed for spec.classes[1]
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
  - action: Accept
    cidr: 10.0.0.0/8
    matchOperator: "In"
  - action: Reject
---
apiVersion: projectcalico.org/v3
kind: CalicoNodeStatus
metadata:
  name: worker-1
spec:
  node: worker-1
  updatePeriodSeconds: 10
  classes: [Agent, BGP]
```

## Bad: range, length, count

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  listenPort: 65536  # error: 65536 is out of range for spec.listenPort (1 to 65535)
  ignoredInterfaces:
  - docker0
  - "*"  # error: the whole BGPConfiguration vanishes behind Typha
---
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: tag
spec:
  exportV4:
  - action: Accept
    cidr: 10.244.0.0/16
    matchOperator: In
    prefixLength: {min: 24, max: 33}  # error: 33 is out of range
    communities: {values: ["64512:10", "64512:20"]}  # error: has 2 items, exactly 1 is allowed
    operations:
    - addCommunity: {value: "65536:10"}  # error: "65536:10" is not a community
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  listenPort: 1790
  ignoredInterfaces:
  - docker0
  - "veth*"
---
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: tag
spec:
  exportV4:
  - action: Accept
    cidr: 10.244.0.0/16
    matchOperator: In
    prefixLength: {min: 24, max: 32}
    communities: {values: ["64512:10"]}
    operations:
    - addCommunity: {value: "64512:10"}
```

## Bad: names and addresses

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: ToR_1  # error: ToR_1 is not a DNS name
  labels:
    site: -a  # error: -a is not a label value
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-1
spec:
  bgp:
    ipv4Address: 10.0.0.11/24
    routeReflectorClusterID: 244.0.0.1/32  # error: 244.0.0.1/32 is not a plain IPv4 address
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-1
  labels:
    site: a
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
---
apiVersion: projectcalico.org/v3
kind: Node
metadata:
  name: worker-1
spec:
  bgp:
    ipv4Address: 10.0.0.11/24
    routeReflectorClusterID: 244.0.0.1
```

## Bad: before Calico 3.32

```yaml .peerlint.yaml
calicoVersion: "3.31"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  logSeverityScreen: info  # error: stored by kubectl, the whole BGPConfiguration vanishes behind Typha
  bindMode: NodeIp  # error: Calico 3.31 does not check it, and it counts as None
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
  logSeverityScreen: Info
  bindMode: NodeIP
```
"""

import re
from collections.abc import Iterator

from linter.rulekit import (
    Edit,
    Finding,
    Fix,
    Label,
    Safety,
    SchemaFault,
    Severity,
    Source,
    Span,
    Target,
    fault_rule,
    is_name,
    listed,
)

_BIRD_PATTERN = r"([0-9A-Fa-f.:]+/[0-9]{1,3})(?:\{([0-9]{1,3})(?:,([0-9]{1,3}))?\}|\+)"


@fault_rule(SchemaFault, "CAL026", Severity.ERROR, fix=Safety.SAFE)
def check(fault: SchemaFault, source: Source, target: Target) -> Iterator[Finding]:
    yield Finding(
        f"{_offence(fault, source)}: {_consequence(fault, target)}",
        Label(source, fault.span),
        tuple(Label(source, span, word) for span, word in fault.related),
        help=_help(fault),
        fix=_fix(fault, source),
        severity=Severity.WARNING if _is_in_force(fault) else None,
    )


def _is_in_force(fault: SchemaFault) -> bool:
    """Whether Calico does what was meant all the same: the value stands for the default, and nobody checks it."""
    return bool(fault.unchecked) and fault.nearest is not None and fault.nearest == fault.schema.get("default")


def _offence(fault: SchemaFault, source: Source) -> str:
    shown = fault.shown(source)
    if fault.allowed:
        return f"{shown} is not allowed for {fault.field} ({fault.choices})"
    if fault.keyword in {"minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum"}:
        return f"{shown} is out of range for {fault.field} ({_range(fault)})"
    if fault.keyword in {"format", "pattern"}:
        return f"{shown} is not {fault.form.noun}"
    if fault.keyword in _COUNTS:
        return _count(fault)
    return f"{shown} is not allowed for {fault.field}"


def _range(fault: SchemaFault) -> str:
    least, most = fault.schema.get("minimum"), fault.schema.get("maximum")
    if least is not None and most is not None:
        return f"{least} to {most}"
    return f"at least {least}" if most is None else f"at most {most}"


_COUNTS = {
    "minLength": ("minLength", "maxLength", "characters"),
    "maxLength": ("minLength", "maxLength", "characters"),
    "minItems": ("minItems", "maxItems", "items"),
    "maxItems": ("minItems", "maxItems", "items"),
    "minProperties": ("minProperties", "maxProperties", "members"),
    "maxProperties": ("minProperties", "maxProperties", "members"),
    "x-maxBytes": ("x-minBytes", "x-maxBytes", "bytes"),
}


def _count(fault: SchemaFault) -> str:
    lower, upper, what = _COUNTS[fault.keyword]
    least, most = fault.schema.get(lower), fault.schema.get(upper)
    number = len(fault.value) if isinstance(fault.value, str | list | dict) else 0
    if fault.keyword == "x-maxBytes":
        return f"{fault.field} has more than {most} bytes"
    if least == most:
        allowed = f"exactly {most} is allowed"
    elif least and most:
        allowed = f"{least} to {most} are allowed"
    else:
        allowed = f"at most {most} are allowed" if most else f"at least {least} is needed"
    return f"{fault.field} has {number or 'no'} {what if number != 1 else what.removesuffix('s')}, {allowed}"


def _consequence(fault: SchemaFault, target: Target) -> str:
    if fault.unchecked:
        return f"Calico {'.'.join(map(str, target.calico_version))} does not check it, and {fault.unchecked}"
    if _is_unset(fault):
        return "calicoctl takes it for unset, kubectl rejects the object"
    return fault.refusal


def _is_unset(fault: SchemaFault) -> bool:
    """A listenPort of 0 or an empty range of Services, which Calico's Go drops when it writes the object (§0.3)."""
    if fault.name == "listenPort":
        return fault.value == 0
    return fault.value == "" and fault.pointer.startswith("/spec/service")


def _help(fault: SchemaFault) -> str:
    pattern = _pattern(fault)
    if pattern:
        network, bounds = pattern
        return f"write cidr: {network}" + (f" and prefixLength: {bounds}" if bounds else " with matchOperator: In")
    if fault.nearest:
        return f"did you mean {fault.nearest}?"
    if fault.allowed:
        return f"write {fault.choices}"
    if fault.schema.get("format") == "calico-network-has-length":
        return f"append {'/128' if ':' in str(fault.value) else '/32'}"
    if fault.keyword in {"minProperties", "maxProperties"} and fault.schema.get("properties"):
        return f"write one of {listed(fault.schema['properties'], 'or')}"
    if fault.keyword not in {"format", "pattern"}:
        return ""
    name, looks = _name_for(fault), fault.form.looks
    return f"write {name}, say: {looks}" if name else looks and f"write {looks}"


def _name_for(fault: SchemaFault) -> str | None:
    if not isinstance(fault.value, str) or not str(fault.schema.get("format", "")).startswith("kubernetes-name"):
        return None
    name = "-".join(fault.value.lower().replace("_", " ").split()).strip("-.")
    return name if name != fault.value and is_name(name) else None


def _fix(fault: SchemaFault, source: Source) -> Fix | None:
    if fault.nearest and isinstance(fault.value, str) and fault.nearest.lower() == fault.value.lower():
        return Fix(f"write {fault.nearest}", Safety.SAFE, (_rewritten(fault, source, fault.nearest),))
    pattern = _pattern(fault)
    return _pattern_fix(fault, source, *pattern) if pattern else None


def _rewritten(fault: SchemaFault, source: Source, text: str) -> Edit:
    """Write text that needs no quotes in place of the value, in the quotes it has."""
    style = getattr(fault.node, "style", "")
    quote = style if style in {"'", '"'} else ""
    return fault.edit(source, f"{quote}{text}{quote}")


def _pattern(fault: SchemaFault) -> tuple[str, str] | None:
    """The network of a prefix pattern of BIRD, and the prefixLength that says the rest."""
    if fault.kind != "BGPFilter" or fault.name != "cidr" or not isinstance(fault.value, str):
        return None
    found = re.fullmatch(_BIRD_PATTERN, fault.value.replace(" ", ""))
    if found is None:
        return None
    low, high = found[2], found[3] or found[2]
    return found[1], f"{{min: {int(low)}, max: {int(high)}}}" if low else ""


def _pattern_fix(fault: SchemaFault, source: Source, network: str, bounds: str) -> Fix | None:
    if fault.key is None or fault.parent is None or (bounds and "prefixLength" in fault.parent.fields):
        return None
    edits = [_rewritten(fault, source, network)]
    if bounds:
        member = f"prefixLength: {bounds}"
        edits.append(_beside(fault, source, re.sub(r"([A-Za-z]+)", r'"\1"', member) if fault.in_json else member))
    return Fix("write it as cidr and prefixLength", Safety.UNSAFE, tuple(edits))


def _beside(fault: SchemaFault, source: Source, member: str) -> Edit:
    """Write one more member behind the faulty one."""
    end = fault.node.span.end
    if fault.parent is not None and fault.parent.flow:
        return Edit(source, Span(end, end), f", {member}")
    line = source.position(end).line
    end = source.line_span(line).start + len(source.line(line))
    indent = " " * (source.position(fault.key.start).column - 1 if fault.key else 0)
    return Edit(source, Span(end, end), f"\n{indent}{member}")
