r"""Text that is no selector of Calico's language.

Calico's selectors look like those of Kubernetes and are another language: equality is `==`, values stand in quotes,
sets in braces, and `&&`, `||` and `!` join and negate. `has(rack)` asks whether a label is there.

- calicoctl and the Calico API server reject the object; they say which field is wrong, not where in it.
- Stored by kubectl, a BGPPeer's selector matches nothing: its sessions go, and an error in a log is all there is to
  see. Behind Typha the whole BGPPeer is absent.
- Stored by kubectl, an IPPool's selector fails the allocation of addresses on every node that comes to evaluate it,
  even where another pool has room: pods stay without an address.

The message names the offset inside the selector, counted from 0, and the place in the file is marked where the
selector is written on one line. The fix writes what was probably meant in Calico's spelling. It is unsafe, because a
selector that starts to match brings sessions up. Where the text has no single likely meaning, there is no fix.

## Bad: the habits of Kubernetes

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  nodeSelector: rack=rack-1  # error: rack=rack-1 is no selector (offset 4: `=` is no operator: equality is `==`)
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  nodeSelector: rack in (a,b),!edge  # error: offset 8: `(` stands where `in` wants a set
  peerSelector: route-reflector  # error: offset 0: `route-reflector` alone is a label key without a question
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: v4
spec:
  cidr: 10.244.0.0/16
  vxlanMode: Always
  nodeSelector: rack == rack-1  # error: and stored by kubectl it fails the allocation of addresses
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
  nodeSelector: "rack == 'rack-1'"
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  nodeSelector: "rack in {'a', 'b'} && !has(edge)"
  peerSelector: 'has(route-reflector)'
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: v4
spec:
  cidr: 10.244.0.0/16
  vxlanMode: Always
  nodeSelector: "rack == 'rack-1'"
```

## Bad: words for operators, and quotes

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  nodeSelector: has(rack) and has(zone)  # error: offset 10: `and` is read as a label key: and is `&&`
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  nodeSelector: 'has(''rack'')'  # error: offset 0: `has('` names no label key: it takes one, without quotes
  peerSelector: "rr == \"true\" && (has(rack)"  # error: offset 17: `has(rack)` ends the text while a `(` is open
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
  nodeSelector: 'has(rack) && has(zone)'
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  nodeSelector: 'has(rack)'
  peerSelector: "rr == 'true' && (has(rack))"
```

## Bad: without a likely meaning

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  nodeSelector: rack > 5  # error: offset 5: `>` is no operator: values are texts, there is no order among them
```

## Good: what looks wrong and is right

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  nodeSelector: rack=='a'&&zone notin{"b",}||!has(in)
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: spine
spec:
  peerIP: 10.20.0.2
  asNumber: 65001
  nodeSelector: not in {'x'} && contains startswith 'y'
```
"""

from collections.abc import Iterator

from linter.rulekit import Finding, Fix, Safety, Selector, Severity, is_on_one_line, quoted, value_rule

_LANGUAGE = "write for example has(rack) && zone in {'a', 'b'} || role == 'tor'"


@value_rule(Selector, "CAL060", Severity.ERROR, fix=Safety.UNSAFE)
def check(selector: Selector) -> Iterator[Finding]:
    error = selector.error
    # What YAML has taken of it, and line breaks, have rules of their own (CAL001, CAL004).
    if error is None or selector.tagged or selector.uncut or not is_on_one_line(error.text):
        return
    written = quoted(error.suggestion, selector.scalar.style) if error.suggestion else ""
    yield Finding(
        f"{selector.shown} is no selector (offset {error.start}: {error.message}): {selector.consequence}",
        selector.label(),
        related=selector.part(error.start, error.end, f"offset {error.start}"),
        help=f"write {written}" if written else _LANGUAGE,
        fix=Fix("write it as Calico does", Safety.UNSAFE, (selector.edit(written),)) if written else None,
    )
