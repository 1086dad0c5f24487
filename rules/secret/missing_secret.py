"""BGP password whose Secret or key does not exist.

calico-node looks up the Secret that `secretKeyRef` names, in its own namespace. Without the Secret, or without the key
in it, only a log line tells: the session is set up without a password. Between nodes it comes up all the same and
fails open; a router that expects the password never lets its session up. `optional` in the reference makes no
difference, Calico never reads it.

A Secret may be made elsewhere, so an absent one is told only with `complete: true`, when these files are the whole
cluster. A key that is absent in a Secret of the input is told in any case, unless a controller, a patch or a tool for
encrypted values decides what the Secret holds. The fix picks the one name that is near, and is unsafe for that.

## Bad: the key

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
      key: rack-tor  # error: rack-tor is no key of Secret bgp-passwords
---
apiVersion: v1
kind: Secret
metadata:
  name: bgp-passwords
  namespace: kube-system
stringData:
  rack_tor: an example
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
      key: rack_tor
---
apiVersion: v1
kind: Secret
metadata:
  name: bgp-passwords
  namespace: kube-system
stringData:
  rack_tor: an example
```

## Bad: the Secret

```yaml .peerlint.yaml
complete: true
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  nodeMeshPassword:
    secretKeyRef:
      name: bgp-password  # error: there is no Secret bgp-password
      key: mesh
---
apiVersion: v1
kind: Secret
metadata:
  name: bgp-passwords
  namespace: kube-system
stringData:
  mesh: an example
```

## Good

```yaml .peerlint.yaml
complete: true
```

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
```

## Good: the Secret is kept elsewhere

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

## Good: a controller makes the Secret

```yaml .peerlint.yaml
complete: true
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
    secretKeyRef:
      name: bgp-passwords
      key: tor
---
apiVersion: bitnami.com/v1alpha1
kind: SealedSecret
metadata:
  name: bgp-passwords
  namespace: kube-system
spec:
  encryptedData:
    router: AgBy3i4OJSWK
```
"""

import re
from collections.abc import Iterator

from linter.rulekit import (
    BGPConfiguration,
    BGPPeer,
    Cluster,
    Finding,
    Fix,
    Located,
    Password,
    PasswordUse,
    Safety,
    Severity,
    cluster_rule,
    nearest,
    quoted,
)

_PLAIN = re.compile(r"(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z][a-z0-9._-]*", re.IGNORECASE)
"""Names that every reader of YAML takes for text without quotes."""


@cluster_rule(
    "CAL504",
    Severity.ERROR,
    kinds=(BGPPeer, BGPConfiguration),
    fields=("password", "nodeMeshPassword"),
    fix=Safety.UNSAFE,
    needs=("secrets", "complete"),
)
def check(cluster: Cluster) -> Iterator[Finding]:
    for password in cluster.passwords:
        if cluster.complete and not password.named:
            near = nearest(password.name, sorted(cluster.secrets_with(password.key)))
            for use in password.uses:
                yield _absent(cluster, use, near)
        elif password.is_keyless:
            near = nearest(password.key, sorted({name for secret in password.secrets for name in secret.keys or ()}))
            for use in password.uses:
                yield _keyless(use, password, near)


def _absent(cluster: Cluster, use: PasswordUse, near: str | None) -> Finding:
    namespace = cluster.calico_node.namespace
    where = f"calico-node's namespace, {namespace}" if namespace else "calico-node's namespace"
    return Finding(
        f"there is no Secret {use.reference.name.value}: {use.unread}",
        use.reference.name.label(),
        (use.reference.key.label("the key that is wanted of it"),),
        f"did you mean {near}?" if near else f"create the Secret in {where}, with the key {use.reference.key.value}",
        _fix(use.reference.name, near),
    )


def _keyless(use: PasswordUse, password: Password, near: str | None) -> Finding:
    secrets = tuple(secret.name.label("this Secret lacks the key") for secret in password.secrets if secret.name)
    return Finding(
        f"{password.key} is no key of Secret {password.name}: {use.unread}",
        use.reference.key.label(),
        secrets,
        f"did you mean {near}?" if near else "write one of the Secret's keys, or put the password into it",
        _fix(use.reference.key, near),
    )


def _fix(place: Located[str], near: str | None) -> Fix | None:
    if near is None:
        return None
    style = getattr(place.content, "style", "")
    plain = style not in {"'", '"'} and _PLAIN.fullmatch(near)
    return Fix(f"write {near}", Safety.UNSAFE, (place.edit(near if plain else quoted(near, style)),))
