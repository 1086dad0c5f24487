"""BGP password in a Secret outside calico-node's namespace.

`secretKeyRef` has no field for a namespace: calico-node looks for the Secret in its own one. The operator runs it in
calico-system; a DaemonSet tells by its variable NAMESPACE, and without that variable it is kube-system. A Secret of
the right name elsewhere is never found. The session is then set up without a password, as if there were no Secret:
between nodes it comes up and fails open, with a router that expects the password it is never up.

This is told only with `complete: true`, and only where the DaemonSet of calico-node or an Installation is in the
input: without one of them nobody knows the namespace. A Secret without a namespace goes wherever it is applied, and
is left alone. The fix moves the Secret, and is unsafe: something else may use it where it is.

## Bad

```yaml .peerlint.yaml
complete: true
```

```yaml
apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    bgp: Enabled
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  password:
    secretKeyRef:
      name: bgp-passwords  # error: Secret bgp-passwords is in kube-system
      key: tor
---
apiVersion: v1
kind: Secret
metadata:
  name: bgp-passwords
  namespace: kube-system
stringData:
  tor: an example
```

## Good

```yaml .peerlint.yaml
complete: true
```

```yaml
apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    bgp: Enabled
---
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
apiVersion: v1
kind: Secret
metadata:
  name: bgp-passwords
  namespace: calico-system
stringData:
  tor: an example
```

## Good: whoever applies it decides

```yaml .peerlint.yaml
complete: true
```

```yaml
apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    bgp: Enabled
---
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
apiVersion: v1
kind: Secret
metadata:
  name: bgp-passwords
stringData:
  tor: an example
```

## Good: where calico-node runs is not known

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
apiVersion: v1
kind: Secret
metadata:
  name: bgp-passwords
  namespace: network
stringData:
  tor: an example
```
"""

from collections.abc import Iterator

from linter.rulekit import (
    BGPConfiguration,
    BGPPeer,
    Cluster,
    Finding,
    Fix,
    Password,
    PasswordUse,
    Safety,
    Secret,
    Severity,
    cluster_rule,
)


@cluster_rule(
    "CAL505",
    Severity.ERROR,
    kinds=(BGPPeer, BGPConfiguration),
    fields=("password", "nodeMeshPassword"),
    fix=Safety.UNSAFE,
    needs=("secrets", "install", "complete"),
)
def check(cluster: Cluster) -> Iterator[Finding]:
    namespace = cluster.calico_node.namespace if cluster.complete else None
    for password in cluster.passwords if namespace else ():
        if password.named and not password.readable:
            for use in password.uses:
                yield _finding(use, password, str(namespace))


def _finding(use: PasswordUse, password: Password, namespace: str) -> Finding:
    places = [source.namespace for source in password.named if source.namespace]
    where = " and ".join(sorted({place.value for place in places}))
    return Finding(
        f"Secret {password.name} is in {where}, calico-node looks in {namespace} and never finds it: {use.unread}",
        use.reference.name.label(),
        tuple(place.label("the namespace it is in") for place in places),
        f"put the Secret into namespace {namespace}",
        _fix(password, namespace),
    )


def _fix(password: Password, namespace: str) -> Fix | None:
    """Move the only Secret of that name; what a controller makes a Secret of may be bound to its namespace."""
    source = password.named[0]
    if len(password.named) > 1 or not isinstance(source, Secret) or source.inventory or source.namespace is None:
        return None
    edit = source.namespace.requote(namespace)
    return Fix(f"move the Secret to {namespace}", Safety.UNSAFE, (edit,))
