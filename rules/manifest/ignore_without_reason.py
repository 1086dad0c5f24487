"""An ignore without a reason.

Whoever meets it a year later cannot tell whether it may go: the reason says until when, or because of what, a finding
is right as it is. In a comment it follows the bracket, in the annotation `peerlint.dev/ignore` a colon.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
  annotations:
    # hint: no reason is given for ignoring `malformed-peer-ip`
    peerlint.dev/ignore: malformed-peer-ip
# hint: no reason is given for ignoring `peer-without-as-number`
# peerlint: ignore[peer-without-as-number]
spec:
  peerIP: tor.example.com
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
  annotations:
    peerlint.dev/ignore: "malformed-peer-ip: the rollout puts the address of the rack here"
# peerlint: ignore[peer-without-as-number] the rollout puts the AS number of the rack here
spec:
  peerIP: tor.example.com
```
"""

from collections.abc import Iterator

from linter.rulekit import Finding, IgnoreFault, Label, Severity, Source, fault_rule


@fault_rule(IgnoreFault, "CAL016", Severity.HINT)
def check(fault: IgnoreFault, source: Source) -> Iterator[Finding]:
    names = ", ".join(f"`{name}`" for name in fault.names)
    form = f'"{fault.names[0]}: reason"' if fault.annotation else f"# peerlint: ignore[{fault.names[0]}] reason"
    yield Finding(
        f"no reason is given for ignoring {names}, so that nobody will know when this may go",
        Label(source, fault.span),
        help=f"say why: `{form}`",
    )
