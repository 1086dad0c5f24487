"""Text that is no YAML, or that Calico's reader loses.

The position is that of Calico's own reader (sigs.k8s.io/yaml). A file with one broken document is rejected by
Calico as a whole: nothing in it is applied, not even the documents that are right. peerlint still reads those.

Selectors are the usual cause. A `: ` inside a plain value, text after a closing quote, a leading `*`, `%`, `@`, `>`
or `|`, and braces inside a flow mapping are YAML before Calico sees a selector: put the whole selector in quotes. A
tab inside a value is fine, before a key it is not.

Other text is lost without a word: when a document's root has ended, what follows up to the next `---` is dropped.
That happens after a root in braces, and after `...`.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  # error: did not find expected key
  nodeSelector: 'rack' == 'a'
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

## Bad: a broken document beside one that is right

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-a
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-b
spec:
  peerIP: 10.20.0.2
  # error: mapping values are not allowed in this context
   asNumber: 65001
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-a
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-b
spec:
  peerIP: 10.20.0.2
  asNumber: 65001
```

## Bad: text after the root

```yaml
{apiVersion: projectcalico.org/v3, kind: BGPPeer, metadata: {name: tor-a}, spec: {peerIP: 10.20.0.1, asNumber: 65001}}
# error: dropped without a word
{apiVersion: projectcalico.org/v3, kind: BGPPeer, metadata: {name: tor-b}, spec: {peerIP: 10.20.0.2, asNumber: 65001}}
```

## Good

```yaml
{apiVersion: projectcalico.org/v3, kind: BGPPeer, metadata: {name: tor-a}, spec: {peerIP: 10.20.0.1, asNumber: 65001}}
---
{apiVersion: projectcalico.org/v3, kind: BGPPeer, metadata: {name: tor-b}, spec: {peerIP: 10.20.0.2, asNumber: 65001}}
```

## Good: colons and tabs that are text

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata: {name: default, annotations: {example.com/note: fd00::1}}
spec:
  serviceClusterIPs: [{cidr: fd00::/112}]
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities: [64512:10]
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  nodeSelector: rack	== 'a:b'
```
"""

import re
from collections.abc import Iterator

from linter.rulekit import Fault, Finding, Label, Severity, Source, Span, brief, fault_rule, quoted

_SELECTOR = r"[sS]elector[\"']?\s*:\s+(\S.*)"
_LONGEST = 1024
"""Characters of a selector (rule catalogue, table B)."""

_HELP = {
    "mapping values": "quote the value if the colon belongs to it, otherwise mend the indentation",
    "cannot start any token": "quote the value",
    "expected alphabetic": "quote the value",
    "unknown anchor": "quote the value if the `*` belongs to it",
    "end of stream": "close the quote, bracket or brace that is still open",
    "expected key": "quote the value if this belongs to it, otherwise mend the indentation",
    "comment or line break": "quote the value",
    "expected ':'": "give this line a key, or indent it under the key it belongs to",
    "entries are not allowed": "begin the list on a line of its own, or quote the value",
    "ended before": "put `---` on a line before it",
    "two spellings": "keep one of them",
    "JSON": "quote it if it is text",
}

_FROM_A_VALUE = r"(?s)`.*`|(?<=anchor )'.*'"
"""Where the reader's complaint repeats text of the file."""


@fault_rule(Fault, "CAL002", Severity.ERROR)
def check(fault: Fault, source: Source) -> Iterator[Finding]:
    hidden = "Secret" in source.text
    reason = brief(re.sub(_FROM_A_VALUE, "•••", fault.reason) if hidden else fault.reason, 160)
    yield Finding(
        reason if fault.kind == Fault.LOST else f"{reason}: Calico rejects the whole file and applies nothing in it",
        Label(source, _place(source, fault.span)),
        tuple(Label(source, span, word) for span, word in fault.related),
        help=_advice(source, fault),
    )


def _place(source: Source, span: Span) -> Span:
    """The span, or at the end of the text the last character there is."""
    if span.start < span.end:
        return span
    end = len(source.text[: span.start].rstrip())
    return Span(end - 1, end)


def _advice(source: Source, fault: Fault) -> str:
    line = source.line(source.position(fault.span.start).line)
    if source[fault.span] == "\t":
        return "indent with spaces, YAML allows no tab there"
    selector = re.search(_SELECTOR, line)
    if selector:
        block = len(line) <= _LONGEST and not {"{", "["} & set(line[: selector.start()])
        return "put the selector in quotes" + (f": {quoted(_unquoted(selector[1].rstrip()))}" if block else "")
    return next((word for part, word in _HELP.items() if part in fault.reason), "")


def _unquoted(selector: str) -> str:
    """A selector whose label is in quotes, as in `'rack' == 'a'`, without those."""
    return re.sub(r"^(['\"])([\w./-]+)\1(?=\s*(?:==|!=|in\b|not\b))", r"\2", selector)
