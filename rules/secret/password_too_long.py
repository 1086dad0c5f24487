"""BGP password longer than 80 bytes.

The password of a BGPPeer, or of the mesh (`nodeMeshPassword` in BGPConfiguration `default`), becomes a TCP-MD5 key,
and the kernel takes at most 80 bytes for one. A longer one passes every check, BIRD's own included; then setting up
the session fails, at both ends, and the session is never up.

What counts are bytes after decoding: base64 text in `data` is longer than what it stands for, a letter outside
ASCII has two bytes or more, and a line break at the end counts too. Values are never shown.

Only Secrets that some password refers to by name and key are judged, in the namespaces where calico-node runs by
default (kube-system, calico-system) or without one. Where several Secrets of that name are at hand, which one is
read is not known, and the rule speaks only if all of them are too long. Placeholders and encrypted values are left
alone.

## Bad

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
  namespace: calico-system
stringData:
  # error: password of 81 bytes in Secret bgp-passwords
  tor: an-example-of-81-bytes-an-example-of-81-bytes-an-example-of-81-bytes-an-example-o
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
---
apiVersion: v1
kind: Secret
metadata:
  name: bgp-passwords
  namespace: calico-system
stringData:
  tor: an-example-of-80-bytes-an-example-of-80-bytes-an-example-of-80-bytes-an-example-
```

## Bad: the mesh, base64, two files

```yaml bgp.yaml
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

```yaml secrets.yaml
apiVersion: v1
kind: Secret
metadata:
  name: bgp-passwords
data:
  # error: password of 82 bytes
  mesh: w6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqQ==
```

## Good

```yaml bgp.yaml
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

```yaml secrets.yaml
apiVersion: v1
kind: Secret
metadata:
  name: bgp-passwords
data:
  mesh: w6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6nDqcOpw6k=
```

## Good: no BGP password

```yaml
apiVersion: v1
kind: Secret
metadata:
  name: registry
  namespace: kube-system
stringData:
  token: another-example-of-many-more-bytes-than-a-kernel-would-take-for-the-key-of-one-bgp-session
```
"""

from collections.abc import Iterator

from linter.rulekit import (
    BGPConfiguration,
    BGPPeer,
    Cluster,
    Finding,
    Label,
    Located,
    Secret,
    Severity,
    cluster_rule,
    is_templated,
)

_MOST = 80
_NAMESPACES = frozenset(("kube-system", "calico-system"))


@cluster_rule("CAL501", Severity.ERROR, needs=("secrets",))
def check(cluster: Cluster) -> Iterator[Finding]:
    secrets = _secrets(cluster)
    for (name, key), references in _references(cluster).items() if secrets else ():
        passwords = [secret.password(key) for secret in secrets.get(name, ())]
        too_long = [password for password in passwords if password and len(password.value) > _MOST]
        if len(too_long) == len(passwords):
            for password in too_long:
                yield _finding(name, password, references)


def _references(cluster: Cluster) -> dict[tuple[str, str], tuple[Label, ...]]:
    """Where passwords are used, by name of the Secret and key; sessions with local workloads have none."""
    found: dict[tuple[str, str], tuple[Label, ...]] = {}
    of_peers = (peer.password for peer in cluster.of(BGPPeer) if peer.absent(BGPPeer.local_workload_selector))
    of_mesh = (each.node_mesh_password for each in cluster.of(BGPConfiguration) if each.is_default)
    for reference in (*of_peers, *of_mesh):
        if reference:
            use = (reference.name.value, reference.key.value)
            found[use] = (*found.get(use, ()), reference.name.label("used as a BGP password here"))
    return found


def _secrets(cluster: Cluster) -> dict[str, list[Secret]]:
    """The Secrets that calico-node may read, by name: which namespace it runs in is not known."""
    found: dict[str, list[Secret]] = {}
    for secret in cluster.of(Secret):
        namespace = secret.namespace.value if secret.namespace else ""
        if secret.name and (not namespace or namespace in _NAMESPACES or is_templated(namespace)):
            found.setdefault(secret.name.value, []).append(secret)
    return found


def _finding(name: str, password: Located[bytes], references: tuple[Label, ...]) -> Finding:
    tail = ", its final line break among them" if password.value.endswith(b"\n") else ""
    return Finding(
        f"password of {len(password.value)} bytes in Secret {name}{tail}: TCP-MD5 takes at most {_MOST}, so the "
        "session is never up",
        password.label(),
        references,
        f"choose a password of at most {_MOST} bytes, at both ends of the session",
    )
