"""BGP password that is empty, or in a Secret without a name.

A reference with an empty Secret name or key passes every check, and so does an empty value: calico-node finds no
password and sets the session up without one. The protection that somebody asked for fails open, and only a log line
says so. Between nodes the sessions come up without authentication; a router that expects a password never lets its
session up.

`password: {}` states nothing and is left alone. A reference without a key is `missing-field`, a Secret that does not
exist, or lacks the key, `missing-secret`.

## Bad: an empty name

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  password:
    secretKeyRef:
      name: ""  # error: the name of the Secret is empty
      key: tor
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
  password:
    secretKeyRef:
      name: bgp-passwords
      key: tor
```

## Bad: no name

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeMeshPassword:
    secretKeyRef:  # error: the reference names no Secret
      key: mesh
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeMeshPassword:
    secretKeyRef:
      name: bgp-passwords
      key: mesh
```

## Bad: an empty value

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeMeshPassword:
    secretKeyRef:
      name: bgp-passwords
      key: mesh
---
apiVersion: v1
kind: Secret
metadata:
  name: bgp-passwords
  namespace: kube-system
stringData:
  mesh: ""  # error: Secret bgp-passwords has an empty value under mesh
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeMeshPassword:
    secretKeyRef:
      name: bgp-passwords
      key: mesh
---
apiVersion: v1
kind: Secret
metadata:
  name: bgp-passwords
  namespace: kube-system
stringData:
  mesh: an example
  unused: ""
```

## Good: no reference at all

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  password: {}
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPConfiguration, BGPPeer, Cluster, Finding, Label, Located, Severity, cluster_rule

_OPEN = "it fails open, the sessions run without authentication"


@cluster_rule(
    "CAL503",
    Severity.ERROR,
    kinds=(BGPPeer, BGPConfiguration),
    fields=("password", "nodeMeshPassword"),
    needs=("secrets",),
)
def check(cluster: Cluster) -> Iterator[Finding]:
    for place in cluster.empty_references:
        yield _unread(place)
    for password in cluster.passwords:
        if not any(value.value for value in password.values):
            for value in password.values:
                yield Finding(
                    f"Secret {password.name} has an empty value under {password.key}: {_OPEN}",
                    _label(value),
                    password.labels,
                    "give it the password, or take the reference out if the session needs none",
                )


def _unread(place: Located[object]) -> Finding:
    if place.key and place.key.text == "key":
        message, advice = "the key in the Secret is empty", "write the key in the Secret that the password stands under"
    else:
        stated = place.node is not place.key
        message = "the name of the Secret is empty" if stated else "the reference names no Secret"
        advice = "write the name of the Secret in calico-node's namespace that holds the password"
    return Finding(f"{message}: {_OPEN}", place.label(), help=advice)


def _label(value: Located[bytes]) -> Label:
    """The value; its key where nothing at all is written."""
    return value.label() if value.text.strip() else value.key_label()
