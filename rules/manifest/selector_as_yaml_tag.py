"""Selector whose beginning YAML takes for a tag or an anchor.

An unquoted `!` begins a YAML tag. With `!has(rr)` the whole text is a tag on nothing and the selector is empty;
with a blank after it, `! has(rr)`, only the `!` is taken and the negation is lost; with `!a == 'b'` what is left is
`== 'b'`. In the same way `&a` in `&a == 'b'` is taken for an anchor. No tool says a word about what was taken.

- An empty `nodeSelector` of a BGPPeer means every node, of an IPPool too. An empty `peerSelector` selects no peer
  at all, an empty `localWorkloadSelector` no workload, an empty `namespaceSelector` every namespace.
- A selector that lost its negation selects just the nodes it was to leave out.
- What is left without its first label is no selector: rejected by Calico, and stored by kubectl it matches nothing.

The fix quotes the text as written, an `&` in front left out. It is unsafe, because a session that only came up by
this mistake goes away with it.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: rr-clients
spec:
  nodeSelector: !has(route-reflector)  # error: so that nodeSelector is empty and every node takes part
  peerSelector: has(route-reflector)
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: rr-clients
spec:
  nodeSelector: '!has(route-reflector)'
  peerSelector: has(route-reflector)
```

## Bad: a blank after the mark, a comparison, the tag on a line of its own

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: rr-clients
spec:
  nodeSelector: ! has(route-reflector)  # error: its negation is lost
  peerSelector: !zone == 'a'  # error: leaves "== 'a'"
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: v4
spec:
  cidr: 10.244.0.0/16
  vxlanMode: Always
  nodeSelector:
    !!has(no-pods)  # error: every node draws from the pool
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: rr-clients
spec:
  nodeSelector: '! has(route-reflector)'
  peerSelector: "!zone == 'a'"
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: v4
spec:
  cidr: 10.244.0.0/16
  vxlanMode: Always
  nodeSelector:
    '!!has(no-pods)'
```

## Bad: an anchor glued to the selector

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  nodeSelector: &rack == 'a'  # error: leaves "== 'a'"
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
  nodeSelector: "rack == 'a'"
```

## Good: anchors before whole selectors, and the tag for text

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  nodeSelector: &racks has(rack)
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  nodeSelector: &all all()
  peerSelector: *all
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: spine
spec:
  peerIP: 10.20.0.2
  asNumber: 65001
  nodeSelector: !!str has(rack)
```
"""

import re
from collections.abc import Iterator

from linter.rulekit import Edit, Finding, Fix, IPPool, Safety, Selector, Severity, brief, quoted, value_rule

_COMMENT = r"\s#[^\r\n]*"
_EMPTY = {
    "nodeSelector": "every node takes part",
    "peerSelector": "no node is selected as a peer",
    "localWorkloadSelector": "no workload is selected",
    "namespaceSelector": "every namespace draws from the pool",
}


@value_rule(Selector, "CAL001", Severity.ERROR, fix=Safety.UNSAFE)
def check(selector: Selector) -> Iterator[Finding]:
    cut = selector.uncut
    if not cut and not selector.tagged:
        return
    written = quoted(cut or _with_tag(selector))
    edit = Edit(selector.source, selector.span, written) if cut else selector.edit(written)
    yield Finding(
        f"{selector.shown} {_cut(selector, cut) if cut else _effect(selector)}",
        selector.label(),
        help=f"put the whole selector in quotes: {written}",
        fix=Fix("quote the selector", Safety.UNSAFE, (edit,)),
    )


def _cut(selector: Selector, whole: str) -> str:
    left = whole.removeprefix(selector.scalar.anchor or "").strip()
    return f"begins with a YAML anchor, which leaves {_no_selector(selector, left)}"


def _effect(selector: Selector) -> str:
    left, field = brief(selector.scalar.text), selector.field
    if not left:
        pool = field == "nodeSelector" and isinstance(selector.resource, IPPool)
        effect = "every node draws from the pool" if pool else _EMPTY[field]
        return f"is a YAML tag on nothing, so that {field} is empty and {effect}"
    if selector.error:
        return f"begins with a YAML tag, which leaves {_no_selector(selector, left)}"
    if selector.scalar.tag == "!":
        return f'begins with a YAML tag, so that its negation is lost and "{left}" selects what was to be left out'
    return f'begins with a YAML tag, which leaves "{left}" and not the selector that was meant'


def _no_selector(selector: Selector, left: str) -> str:
    return f'"{brief(left)}", which is no selector: {selector.consequence}'


def _with_tag(selector: Selector) -> str:
    """The selector as written, on one line, with what YAML took for a tag and without comments or an anchor."""
    scalar, source = selector.scalar, selector.source
    before = re.sub(_COMMENT, "", source.text[scalar.start : scalar.text_start])
    tag = next(word for word in before.split() if word.startswith("!"))
    own_quotes = scalar.style in {"'", '"'} and scalar.tag != "!"
    text = source[scalar.text_span] if own_quotes else scalar.text
    return " ".join(f"{tag}{' ' if before[-1:].isspace() else ''}{text}".split())
