"""File that calicoctl refuses or reads only in part.

Spoken only where the configuration says `applyPath: calicoctl`, and only of files with objects of Calico's. kubectl
takes such files as they are. calicoctl

- knows Calico's kinds alone. One Kubernetes object in the file, such as a Secret, a Role or a Kubernetes Node, and the
  whole file is rejected by Calico before anything in it is applied;
- does not know the `List` of Kubernetes. Calico's own lists (`BGPPeerList`) and a YAML list of objects at the root of
  a document are fine;
- splits the file at lines that begin with `---` and drops what else stands on that line. A comment is no loss. On the
  first line of a file nothing is split, so that nothing is lost;
- where the last line of the file is `---` with anything behind it, be it a blank, and no line break, drops the document
  above it without a word;
- reads no document larger than 10 MiB.

## Bad

```yaml .peerlint.yaml
applyPath: calicoctl
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  password:
    secretKeyRef: {name: bgp, key: tor}
---
apiVersion: v1
kind: Secret  # error: Secret is no kind of Calico's: calicoctl rejects the whole file
metadata:
  name: bgp
  namespace: kube-system
stringData:
  tor: correct-horse
```

## Good

```yaml .peerlint.yaml
applyPath: calicoctl
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  password:
    secretKeyRef: {name: bgp, key: tor}
```

```yaml secret.yaml
apiVersion: v1
kind: Secret
metadata:
  name: bgp
  namespace: kube-system
stringData:
  tor: correct-horse
```

## Bad: a List, and text behind a separator

```yaml .peerlint.yaml
applyPath: calicoctl
```

```yaml
apiVersion: v1
kind: List  # error: List is unknown to calicoctl, which rejects the whole file
items:
  - apiVersion: projectcalico.org/v3
    kind: BGPPeer
    metadata:
      name: tor
    spec:
      peerIP: 10.20.0.1
      asNumber: 65001
```

```yaml separators.yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-1
spec: {peerIP: 10.20.0.1, asNumber: 65001}
# error: is dropped by calicoctl without a word
--- {apiVersion: projectcalico.org/v3, kind: BGPPeer, metadata: {name: a}, spec: {peerIP: 10.20.0.2, asNumber: 65001}}
```

## Good

```yaml .peerlint.yaml
applyPath: calicoctl
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeerList
items:
  - apiVersion: projectcalico.org/v3
    kind: BGPPeer
    metadata:
      name: tor
    spec:
      peerIP: 10.20.0.1
      asNumber: 65001
```

```yaml separators.yaml
--- # Source: peers.yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor-1
spec: {peerIP: 10.20.0.1, asNumber: 65001}
--- # Source: more-peers.yaml
{apiVersion: projectcalico.org/v3, kind: BGPPeer, metadata: {name: a}, spec: {peerIP: 10.20.0.2, asNumber: 65001}}
```

## Good: for kubectl, or nobody knows for whom

```yaml
apiVersion: v1
kind: List
items:
  - apiVersion: projectcalico.org/v3
    kind: BGPPeer
    metadata:
      name: tor
    spec:
      peerIP: 10.20.0.1
      asNumber: 65001
  - apiVersion: v1
    kind: ConfigMap
    metadata:
      name: notes
```
"""

from collections.abc import Iterator

from linter.rulekit import Finding, Label, LoaderFault, Severity, Source, brief, fault_rule

_ALONE = "keep it in a file of its own, for kubectl"
_WORDS = {
    LoaderFault.FOREIGN: ("{} is no kind of Calico's: calicoctl rejects the whole file", _ALONE),
    LoaderFault.LIST: (
        "{} is unknown to calicoctl, which rejects the whole file",
        "write its objects as documents of their own, separated by ---",
    ),
    LoaderFault.SEPARATOR: ("{} stands on the line of --- and is dropped by calicoctl without a word", "move it below"),
    LoaderFault.LAST_LINE: (
        "{} ends the file without a line break: calicoctl drops the document above it without a word",
        "end the line after ---, or remove it",
    ),
    LoaderFault.SIZE: ("the document is {}: calicoctl rejects the whole file", "split it"),
}


@fault_rule(LoaderFault, "CAL009", Severity.ERROR, needs=("applyPath",))
def check(fault: LoaderFault, source: Source) -> Iterator[Finding]:
    message, advice = _WORDS[fault.kind]
    yield Finding(message.format(brief(fault.shown)), Label(source, fault.span), help=advice)
