"""BGP password longer than 80 bytes.

The password of a BGPPeer, or of the mesh (`nodeMeshPassword` in BGPConfiguration `default`), becomes a TCP-MD5 key,
and the kernel takes at most 80 bytes for one. A longer one passes every check, BIRD's own included; then setting up
the session fails, at both ends, and the session is never up.

What counts are bytes after decoding: base64 text in `data` is longer than what it stands for, a letter outside
ASCII has two bytes or more, and a line break at the end counts too. Values are never shown.

Only Secrets that some password refers to by name and key are judged: those in calico-node's own namespace, which its
DaemonSet or an Installation tells, or without a namespace. While that is not known, kube-system and calico-system
count. Where several Secrets of that name are at hand, which one is read is not known, and the rule speaks only if all
of them are too long. Placeholders, encrypted values, and Secrets that a controller makes are left alone.

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

from linter.rulekit import BGPConfiguration, BGPPeer, Cluster, Finding, Located, Password, Severity, cluster_rule

_MOST = 80


@cluster_rule(
    "CAL501",
    Severity.ERROR,
    kinds=(BGPPeer, BGPConfiguration),
    fields=("password", "nodeMeshPassword"),
    needs=("secrets",),
)
def check(cluster: Cluster) -> Iterator[Finding]:
    for password in cluster.passwords:
        if all(len(value.value) > _MOST for value in password.values):
            for value in password.values:
                yield _finding(password, value)


def _finding(password: Password, value: Located[bytes]) -> Finding:
    tail = ", its final line break among them" if value.value.endswith(b"\n") else ""
    return Finding(
        f"password of {len(value.value)} bytes in Secret {password.name}{tail}: TCP-MD5 takes at most {_MOST}, so the "
        "session is never up",
        value.label(),
        password.labels,
        _advice(value.value),
    )


def _advice(value: bytes) -> str:
    if len(value.rstrip(b"\r\n")) <= _MOST:
        return "take the line break off the end: without it the password is short enough"
    return f"choose a password of at most {_MOST} bytes, at both ends of the session"
