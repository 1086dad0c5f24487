r"""BGP password with a line break or a double quote.

Calico writes the decoded password between double quotes into BIRD's configuration, and escapes nothing. A line break or
a double quote in it ends the text too early, and BIRD refuses the whole file. That freezes BIRD config on every node
that uses the password: no later BGP change reaches the node, and when it restarts it has no BGP at all. No layer
checks the value beforehand. All other marks are harmless: blanks, `'`, `#` and backslashes.

The usual cause is `echo password | base64`, which encodes a line break as well, or a block scalar with `|` in
`stringData`, where `|-` is meant. The fix takes line breaks off the end; it is unsafe, because the router at the other
end may have been given the same line break. `peerlint fix --unsafe` writes it; the password is shown nowhere.

## Bad: echo without -n

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
  namespace: kube-system
data:
  tor: ZXhhbXBsZTEK  # error: password in Secret bgp-passwords ends with a line break
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
  namespace: kube-system
data:
  tor: ZXhhbXBsZTE=
```

## Bad: a block scalar

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
  namespace: calico-system
stringData:
  mesh: |  # error: ends with a line break
    an example
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
  namespace: calico-system
stringData:
  mesh: |-
    an example
```

## Bad: a double quote

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
  namespace: kube-system
stringData:
  tor: an"example  # error: password in Secret bgp-passwords contains a double quote
```

## Good: all other marks

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
  namespace: kube-system
stringData:
  tor: "an 'example' # of \\ marks"
```

## Good: keys that are no BGP password

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
  namespace: kube-system
stringData:
  tor: |-
    an example
  notes: |
    changed in "March"
    and in May
```
"""

import re
from base64 import b64encode
from collections.abc import Iterator

from linter.rulekit import (
    BGPConfiguration,
    BGPPeer,
    Cluster,
    Edit,
    Finding,
    Fix,
    Located,
    Password,
    Safety,
    Scalar,
    Severity,
    Span,
    cluster_rule,
    quoted,
)

_PLAIN = re.compile(r"[A-Za-z][A-Za-z0-9+/]{7,}={0,2}")
"""Base64 that no reader takes for a number or a word of YAML."""


@cluster_rule(
    "CAL502",
    Severity.ERROR,
    kinds=(BGPPeer, BGPConfiguration),
    fields=("password", "nodeMeshPassword"),
    fix=Safety.UNSAFE,
    needs=("secrets",),
)
def check(cluster: Cluster) -> Iterator[Finding]:
    for password in cluster.passwords:
        if all(_offence(value.value) for value in password.values):
            for secret, value in zip(password.secrets, password.values, strict=False):
                yield _finding(password, value, _fix(value, secret.is_plain(password.key)))


def _offence(value: bytes) -> str:
    if b'"' in value:
        return "contains a double quote"
    return "ends with a line break" if value.endswith(b"\n") else "contains a line break" if b"\n" in value else ""


def _finding(password: Password, value: Located[bytes], fix: Fix | None) -> Finding:
    return Finding(
        f"password in Secret {password.name} {_offence(value.value)}: BIRD refuses the file it is written into, which "
        "freezes BIRD config on every node that uses it",
        value.label(),
        password.labels,
        "encode it without the line break (printf %s, echo -n), or write |- in stringData"
        if fix
        else "choose a password on one line and without double quotes, at both ends of the session",
        fix,
    )


def _fix(value: Located[bytes], plain: bool) -> Fix | None:
    """Take line breaks off the end, where that mends it and leaves something."""
    kept, scalar = value.value.rstrip(b"\r\n"), value.content
    if not kept or _offence(kept) or not isinstance(scalar, Scalar):
        return None
    return Fix("take the line break off the end", Safety.UNSAFE, (_rewritten(value, kept, scalar, plain),))


def _rewritten(value: Located[bytes], kept: bytes, scalar: Scalar, plain: bool) -> Edit:
    """The value without the line break; a block scalar of text is told to drop it."""
    written = value.source[scalar.text_span]
    header = re.match(r"([|>])(\d?)[+-]?(\d?)", written) if plain else None
    if header and scalar.style == header[1]:
        span = Span(scalar.text_start, scalar.text_start + header.end())
        return Edit(value.source, span, f"{header[1]}{header[2] or header[3]}-")
    text = kept.decode("utf-8", "surrogatepass") if plain else b64encode(kept).decode()
    bare = not plain and scalar.style not in {"'", '"'} and _PLAIN.fullmatch(text)
    edit = value.edit(text if bare else quoted(text, scalar.style))
    return edit._replace(span=Span(edit.span.start, edit.span.end - len(written) + len(written.rstrip())))
