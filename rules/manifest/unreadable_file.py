"""A file that cannot be opened or read.

Nothing in it was checked, so that the answer is about the other files alone; that must not look like success. Usual
causes are permissions in a container, a file that vanished while peerlint ran, and a directory that may not be listed.

A file that can be read but is no text in UTF-8, UTF-16 or UTF-32 is the business of `invalid-yaml`.

## Bad

```yaml peers.yaml unreadable
# error: cannot be read: permission denied
```

## Good

```yaml peers.yaml
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


@fault_rule(Fault, "CAL011", Severity.ERROR)
def check(fault: Fault, source: Source) -> Iterator[Finding]:
    yield Finding(
        f"{source.path} cannot be read: {fault.reason}, so that nothing in it was checked",
        Label(source, fault.span),
        help="make it readable for the user that runs peerlint, or leave it out with `exclude` in .peerlint.yaml",
    )
