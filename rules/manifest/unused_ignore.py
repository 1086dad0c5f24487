"""An ignore that suppresses nothing.

The mistake was mended, or the ignore never covered it. Left in place it would hide the next mistake of that kind on the
same spot, which nobody then hears of. The fix removes the ignore, or from its list the names that suppress nothing.

What an ignore covers:

* at the end of a line, findings that begin on that line, and in a value of several lines that begins or ends there;
* on a line of its own, the key or list item below with everything under it;
* `# peerlint: ignore-file[…]` above the first content of a file, the whole file;
* the annotation `peerlint.dev/ignore`, its object.

A rule that did not run on the file, because the configuration turns it off or a document could not be read, proves
nothing: its ignores are left alone. So are those of a rule about several files in a run over some of them or where it
needs to know more, and all of them in a run for another `--calico-version` than the configuration's or for one
`--cluster`. What peerlint says about ignores, configuration and unreadable files (CAL010 to CAL017) is out of an
ignore's reach; only the configuration silences it.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  # warning: `malformed-peer-ip` finds nothing here
  asNumber: 65001  # peerlint: ignore[malformed-peer-ip] the address comes with the rack
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

## Bad: one of two names, and a comment that covers one key only

```yaml
# warning: `peer-without-as-number` finds nothing here
# peerlint: ignore[peer-without-as-number] filled in by the rollout
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
# warning: `CAL107` finds nothing here
# peerlint: ignore[CAL105, CAL107] filled in by the rollout
spec:
  peerIP: 10.20.0.1
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
# peerlint: ignore[CAL105] filled in by the rollout
spec:
  peerIP: 10.20.0.1
```

## Bad: an annotation

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
  annotations:
    # warning: `CAL105` finds nothing here
    peerlint.dev/ignore: "CAL105: filled in by the rollout"
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
"""

from collections.abc import Iterator

from linter.rulekit import Edit, Finding, Fix, IgnoreFault, Label, Safety, Severity, Source, fault_rule


@fault_rule(IgnoreFault, "CAL014", Severity.WARNING, fix=Safety.SAFE)
def check(fault: IgnoreFault, source: Source) -> Iterator[Finding]:
    names = ", ".join(f"`{name}`" for name in fault.names)
    edits = tuple(Edit(source, *edit) for edit in fault.edits)
    yield Finding(
        _message(fault, names),
        Label(source, fault.span),
        (Label(source, fault.missed, "this is not covered"),) if fault.missed else (),
        help=_advice(fault, names),
        fix=Fix(f"remove the ignore of {names}", Safety.SAFE, edits) if edits else None,
    )


def _message(fault: IgnoreFault, names: str) -> str:
    verb = "find" if len(fault.names) > 1 else "finds"
    if fault.unreachable:
        return f"{names} {verb} mistakes in peerlint's own input, which no ignore reaches"
    return f"{names} {verb} nothing here, so that this ignore would only hide the next mistake of that kind"


def _advice(fault: IgnoreFault, names: str) -> str:
    if fault.unreachable:
        return f"use `ignore: [{', '.join(fault.names)}]` in .peerlint.yaml"
    if fault.first:
        return f"it covers `{fault.first}` alone: write `# peerlint: ignore-file[…]`, or annotate the object"
    if fault.missed:
        return "move it to the end of the line with the finding, or alone above the key that holds it"
    return f"remove {names} from it" if any(text for _, text in fault.edits) else "remove it"
