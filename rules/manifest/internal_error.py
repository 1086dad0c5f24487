"""A rule raised an error.

This is a mistake in the rule, not in the manifest. What the rule would have said about this object is missing from
the answer; all other rules have spoken, and the rule itself about all other objects. Report a failure of peerlint's
own rules together with the manifest; one of a pack of your own is yours to mend.

## Bad

```python rules/always_raises.py
from collections.abc import Iterator

from linter.rulekit import BGPPeer, Finding, document_rule


@document_rule(BGPPeer, "LAB001")
def check(peer: BGPPeer) -> Iterator[Finding]:
    raise ValueError("no such router")
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer  # error: always-raises: ValueError: no such router
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
```

## Good

```python rules/never_raises.py
from collections.abc import Iterator

from linter.rulekit import BGPPeer, Finding, document_rule


@document_rule(BGPPeer, "LAB001")
def check(peer: BGPPeer) -> Iterator[Finding]:
    return iter(())
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
```
"""

from collections.abc import Iterator

from linter.rulekit import Fault, Finding, Label, Severity, Source, fault_rule


@fault_rule(Fault, "CAL013", Severity.ERROR)
def check(fault: Fault, source: Source) -> Iterator[Finding]:
    yield Finding(
        f"{fault.reason}: what this rule would have said is missing",
        Label(source, fault.span),
        help="report it with this manifest; until it is mended, leave the rule out with --ignore",
    )
