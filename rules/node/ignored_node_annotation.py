"""Calico annotation of a Kubernetes Node that Calico cannot read.

With the Kubernetes datastore a node's BGP settings are annotations of its Kubernetes Node. Nobody checks them when
they are written. What calico-node cannot read is silently ignored:

| annotation `projectcalico.org/…` | read as | else |
| --- | --- | --- |
| IPv4Address, IPv6Address | address of that family, with or without length | no address of that family, no BGP there |
| ASNumber | decimal, or two 16-bit halves joined by a dot, no blanks | AS number of the cluster |
| RouteReflectorClusterID | IPv4 address | no reflector: it stays in the mesh |
| IPv4IPIPTunnelAddr, IPv4VXLANTunnelAddr, IPv6VXLANTunnelAddr | address of that family | no tunnel address |
| IPv4WireguardInterfaceAddr, IPv6WireguardInterfaceAddr | address of that family | no WireGuard address |
| VXLANTunnelMACAddr, VXLANTunnelMACAddrV6 | MAC address | no MAC address |
| labels | JSON object of texts | selectors do not see them |
| Interfaces | JSON list | interfaces unknown |

Keys are case-sensitive, so `projectcalico.org/asNumber` does nothing. A key is reported when one slip leads to one of
these: another letter case, one letter too many, too few, wrong or swapped. The fix corrects the key: unsafe, because
the setting comes into force. Other keys are left alone, and so is an empty value.

Some values pass here and are refused by Typha, which checks every Node once more: a tunnel or WireGuard address with a
length (`10.244.3.1/32`), a malformed WireguardPublicKey or WireguardPublicKeyV6, illegal label keys or values in
`labels`, illegal keys in `annotations`. Without Typha they do no harm. Behind Typha the whole Node vanishes: other
nodes drop their sessions to it, and its own configuration is rendered no more. A cluster ID with a length is
`cluster-id-with-mask`'s.

## Bad: values

```yaml
apiVersion: v1
kind: Node
metadata:
  name: rr-1
  annotations:
    projectcalico.org/IPv4Address: node-1.example.com  # error: so that the node has no IPv4 address for BGP
    projectcalico.org/ASNumber: AS65010  # error: AS65010 is not an AS number
    projectcalico.org/RouteReflectorClusterID: "1"  # error: so that the node is no route reflector
    projectcalico.org/labels: rack=r1  # error: so that selectors do not see these labels
```

## Good

```yaml
apiVersion: v1
kind: Node
metadata:
  name: rr-1
  annotations:
    projectcalico.org/IPv4Address: 10.0.0.11/24
    projectcalico.org/ASNumber: "65010"
    projectcalico.org/RouteReflectorClusterID: 244.0.0.1
    projectcalico.org/labels: '{"rack": "r1"}'
```

## Bad: keys

```yaml
apiVersion: v1
kind: Node
metadata:
  name: worker-1
  annotations:
    projectcalico.org/asNumber: "65010"  # error: asNumber is not read, ASNumber is
    "projectcalico.org/IPv4Adress": 10.0.0.11/24  # error: IPv4Adress is not read, IPv4Address is
```

## Good

```yaml
apiVersion: v1
kind: Node
metadata:
  name: worker-1
  annotations:
    projectcalico.org/ASNumber: "65010"
    "projectcalico.org/IPv4Address": 10.0.0.11/24
```

## Bad: refused by Typha alone

```yaml
apiVersion: v1
kind: Node
metadata:
  name: worker-1
  annotations:
    projectcalico.org/IPv4VXLANTunnelAddr: 10.244.3.0/32  # error: without Typha nothing happens, but behind Typha
    projectcalico.org/WireguardPublicKey: not a key  # error: not a key is no WireGuard key
    projectcalico.org/labels: '{"rack": "r 1"}'  # error: holds the illegal label value "r 1"
```

## Good

```yaml
apiVersion: v1
kind: Node
metadata:
  name: worker-1
  annotations:
    projectcalico.org/IPv4VXLANTunnelAddr: 10.244.3.0
    projectcalico.org/WireguardPublicKey: xTIBA5rboUvnH4htodjb6e697QjLERt1NAB4mZqp8Dg=
    projectcalico.org/labels: '{"rack": "r-1"}'
```

## Good: what a running cluster shows

```yaml
apiVersion: v1
kind: List
items:
  - apiVersion: v1
    kind: Node
    metadata:
      name: worker-1
      annotations:
        projectcalico.org/IPv4Address: 10.0.0.11/24
        projectcalico.org/IPv6Address: fd00::11
        projectcalico.org/IPv4IPIPTunnelAddr: 10.244.3.1
        projectcalico.org/ASNumber: "1.10"
        projectcalico.org/Interfaces: '[{"name":"eth0","addresses":["10.0.0.11"]}]'
        projectcalico.org/RouteReflectorClusterID: ""
        projectcalico.org/rack-of-our-own: r1
        example.com/asNumber: "65010"
```
"""

from collections.abc import Iterator

from linter.rulekit import (
    NODE_ANNOTATIONS,
    Edit,
    Finding,
    Fix,
    KubernetesNode,
    Located,
    NodeAnnotation,
    Safety,
    Severity,
    brief,
    document_rule,
    is_one_letter_off,
    is_templated,
)

_PREFIX = "projectcalico.org/"


@document_rule(KubernetesNode, "CAL402", Severity.ERROR, fix=Safety.UNSAFE)
def check(node: KubernetesNode) -> Iterator[Finding]:
    written = node.calico_annotations
    for name, annotation in written.items():
        known = NODE_ANNOTATIONS.get(name)
        if known is None:
            yield from _misspelt(name, annotation, written)
        elif isinstance(annotation.value, str) and annotation.value and not is_templated(annotation.value):
            yield from _unreadable(annotation, annotation.value, known)


def _unreadable(annotation: Located[object], text: str, known: NodeAnnotation) -> Iterator[Finding]:
    shown = brief(text)
    if not known.is_read(text):
        yield Finding(
            f"{shown} is not {known.wanted}: Calico ignores the annotation without a word, so that {known.effect}",
            annotation.label(),
            help=f"write {known.wanted}",
        )
    elif refusal := known.refusal(text):
        plain = text.partition("/")[0] if known.wanted.endswith("address") else ""
        yield Finding(
            f"{shown} {refusal}: without Typha nothing happens, but behind Typha the whole Node vanishes, so that other"
            " nodes drop their sessions to it",
            annotation.label(),
            help=f"write {plain}" if plain else "correct it, or leave it to calico-node",
        )


def _misspelt(name: str, annotation: Located[object], written: dict[str, Located[object]]) -> Iterator[Finding]:
    near = [each for each in NODE_ANNOTATIONS if each.lower() == name.lower()]
    near = near or [each for each in NODE_ANNOTATIONS if is_one_letter_off(name, each)]
    if not near:
        return
    is_missing = len(near) == 1 and near[0] not in written
    effect = f", so that {NODE_ANNOTATIONS[near[0]].effect}" if is_missing else ""
    right = " and ".join(near) + (" are" if near[1:] else " is")
    yield Finding(
        f"{name} is not read, {right}: Calico ignores it without a word{effect}",
        annotation.key_label(),
        help=f"write {' or '.join(_PREFIX + each for each in near)}",
        fix=_renamed(annotation, near[0]) if is_missing else None,
    )


def _renamed(annotation: Located[object], name: str) -> Fix | None:
    """The key corrected, where it is written character for character."""
    key = annotation.key
    quote = key.style if key else ""
    if key is None or annotation.source[key.text_span] != f"{quote}{key.text}{quote}":
        return None
    edit = Edit(annotation.source, key.text_span, f"{quote}{_PREFIX}{name}{quote}")
    return Fix(f"write {_PREFIX}{name}", Safety.UNSAFE, (edit,))
