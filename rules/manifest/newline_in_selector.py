r"""Selector with a line break outside its quotes.

In Calico's selector language only the space and the tab are blanks. A line break outside quotes is an error:
rejected by Calico, that is by calicoctl and the Calico API server, and stored by kubectl the selector matches
nothing, or behind Typha the whole object is absent. Line breaks come from block scalars: `|` and `>` keep the one
at the end, `|-` those between its lines, `>-` those at blank and further indented lines; or from `\n` in double
quotes. A plain or quoted selector that is continued on the next line is folded to one blank and fine, and so is
`>-` with lines of one indentation.

The fix writes the selector on one line.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  # error: nodeSelector ends in a line break
  nodeSelector: |
    has(rack) && zone == 'a'
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
  nodeSelector: "has(rack) && zone == 'a'"
```

## Bad: between lines, and escaped

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  # error: nodeSelector holds a line break
  nodeSelector: |-
    has(rack) ||
      has(zone)
  peerSelector: "has(route-reflector)\n"  # error: peerSelector ends in a line break
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  nodeSelector: 'has(rack) || has(zone)'
  peerSelector: "has(route-reflector)"
```

## Good: folded lines

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  nodeSelector: >-
    has(rack) ||
    has(zone)
  peerSelector: has(route-reflector) &&
    zone == 'a'
```
"""

import re
from collections.abc import Iterator

from linter.rulekit import Finding, Fix, Safety, Selector, Severity, is_on_one_line, quoted, value_rule

_PIECE = r"""("[^"]*"|'[^']*')|\s*[\r\n]\s*"""


@value_rule(Selector, "CAL004", Severity.ERROR, fix=Safety.UNSAFE)
def check(selector: Selector) -> Iterator[Finding]:
    text = selector.value
    # The line breaks of what YAML has taken for something else go with that (CAL001).
    if not isinstance(text, str) or is_on_one_line(text) or selector.tagged or selector.uncut:
        return
    has = "ends in" if is_on_one_line(text.rstrip()) else "holds"
    line = re.sub(_PIECE, lambda piece: piece[1] or " ", text).strip()
    written = quoted(line, selector.scalar.style)
    yield Finding(
        f"{selector.field} {has} a line break outside quotes, which is no blank in a selector: {selector.consequence}",
        selector.label(),
        help=f"write it on one line: {written}",
        fix=Fix("write the selector on one line", Safety.UNSAFE, (selector.edit(written),)),
    )
