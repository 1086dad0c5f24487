"""A baseline entry that no finding matches any more.

What it stood for was mended, renamed or taken away. While the entry stays, the same mistake could come back on the same
spot and nobody would hear of it. `peerlint check --prune-baseline` takes such entries out of the file, and lowers the
count of those of which only some findings are gone; it never adds any.

Only what a run has seen is called stale: files that were checked and could be read, and files that are no more in
directories that were checked; rules that were selected; and for rules about several files a run over all of them.

## Bad

```yaml .peerlint.yaml
baseline: baseline.json
```

```yaml peers.yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
```

```yaml baseline.json
{
  "schemaVersion": 1,
  "findings": [
    # hint: `ttl-security-out-of-range` no longer finds this
    {"path": "peers.yaml", "rule": "ttl-security-out-of-range", "fingerprint": "d7b2c0d8cf1b3ba7", "count": 1},
    # hint: `quoted-as-number` no longer finds these
    {"path": "peers.yaml", "rule": "quoted-as-number", "fingerprint": "1f0a5c0d9e3b7742", "count": 3}
  ]
}
```

## Good: the entries are gone, and one for a file that was not checked proves nothing

```yaml .peerlint.yaml
baseline: baseline.json
```

```yaml peers.yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
```

```yaml baseline.json
{
  "schemaVersion": 1,
  "findings": [
    {"path": "other.yaml", "rule": "quoted-as-number", "fingerprint": "1f0a5c0d9e3b7742", "count": 3}
  ]
}
```
"""

from collections.abc import Iterator

from linter.rulekit import Fault, Finding, Label, Severity, Source, fault_rule


@fault_rule(Fault, "CAL017", Severity.HINT)
def check(fault: Fault, source: Source) -> Iterator[Finding]:
    yield Finding(fault.reason, Label(source, fault.span), help="`peerlint check --prune-baseline` takes it out")
