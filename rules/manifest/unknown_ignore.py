"""An ignore that names no rule.

It suppresses nothing, although whoever wrote it believes that it does. Names and codes are written exactly as
`peerlint rules` lists them; groups of rules (`all`, `CAL1`) and ignores without a name do not exist, because they would
hide what nobody has seen yet. Comments that nearly have the form of an ignore are found too. The form is one of:

* `# peerlint: ignore[rule, rule] reason`, at the end of a line or alone above a key or list item,
* `# peerlint: ignore-file[rule] reason`, above the first content of a file,
* the annotation `peerlint.dev/ignore: "rule: reason"` in the metadata of an object; `;` separates several.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  # warning: `peer-without-asnumber` is no rule
  # peerlint: ignore[peer-without-asnumber] filled in by the rollout
  peerIP: 10.20.0.1
  asNumber: 65001
```

## Good: the name is right now, and that nothing is wrong here is said by `unused-ignore`

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  # peerlint: ignore[peer-without-as-number] filled in by the rollout
  peerIP: 10.20.0.1
  asNumber: 65001
```

## Bad: not quite the form

```yaml
# warning: has not the form of an ignore
# peerlint ignore-file: CAL105 filled in by the rollout
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
  annotations:
    # warning: is no annotation that peerlint reads
    peerlint.dev/ignores: "CAL107: the address comes with the rack"
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
```

## Good

```yaml
# peerlint: ignore-file[CAL105] filled in by the rollout
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
  annotations:
    peerlint.dev/ignore: "CAL107: the address comes with the rack"
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
```

## Bad: without a name, and at the wrong place

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
  labels:
    # warning: only `metadata.annotations` of an object is read
    peerlint.dev/ignore: CAL105
spec:
  peerIP: 10.20.0.1
  # warning: names no rule
  asNumber: 65001  # peerlint: ignore
# warning: stands below the first content of the file
# peerlint: ignore-file[CAL105] filled in by the rollout
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

_LONGEST = 60


@fault_rule(IgnoreFault, "CAL015", Severity.WARNING, fix=Safety.UNSAFE)
def check(fault: IgnoreFault, source: Source) -> Iterator[Finding]:
    edits = tuple(Edit(source, *edit) for edit in fault.edits)
    title = f"write {edits[0].new_text}" if edits else ""
    yield Finding(
        _message(fault, source),
        Label(source, fault.span),
        help=title or _advice(fault),
        fix=Fix(title, Safety.UNSAFE, edits) if edits else None,
    )


def _message(fault: IgnoreFault, source: Source) -> str:
    if fault.names:
        return f"`{fault.names[0]}` is no rule, so that nothing is suppressed for it"
    written = source[fault.span].split("\n", 1)[0].strip()
    shown = written if len(written) <= _LONGEST else written[: _LONGEST - 1] + "…"
    return f"`{shown}` {fault.mistake}, so that it suppresses nothing"


def _advice(fault: IgnoreFault) -> str:
    if fault.names:
        return "`peerlint rules` lists names and codes; an ignore takes no groups of them"
    if fault.annotation:
        return 'write `peerlint.dev/ignore: "rule: reason"` under `metadata.annotations` of the object'
    if "first content" in fault.mistake:
        return "move it to the top of the file, or write `# peerlint: ignore[…]` above what it is meant for"
    return "write `# peerlint: ignore[rule] reason`"
