"""Peer address is no address with an optional port.

`peerIP` takes an address, or an address with a port from 1 to 65535: `10.0.0.1`, `10.0.0.1:1790`, `2001:db8::1`,
`[2001:db8::1]:1790`. No host name, no mask, no zone (`%eth0`), no blanks, no leading zeros, and no brackets without
a port. Anything else is rejected by Calico, that is by calicoctl and the Calico API server; the CRDs only count
characters.

Stored by kubectl it is silently ignored: calico-node drops the peer, and no session is set up. Only a port 0 is
dropped alone, and the peer is dialled on the default port. Behind Typha the peer vanishes in either case.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: tor-1.example.com  # error: tor-1.example.com is no address
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

## Bad: port 0

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1:0  # error: calico-node dials the default port
  asNumber: 65001
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1:1790
  asNumber: 65001
```

## Good: an IPv6 address with a port

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: "[2001:db8::1]:1790"
  asNumber: 65001
```
"""

from collections.abc import Iterator

from linter.rulekit import Finding, PeerAddress, Severity, peer_address, rendered_peer_address, value_rule

_FORMS = "write an address such as 10.0.0.1, 10.0.0.1:1790 or [2001:db8::1]:1790; names are not resolved"


@value_rule(PeerAddress, "CAL107", Severity.ERROR)
def check(value: PeerAddress) -> Iterator[Finding]:
    text = value.value
    if not isinstance(text, str) or not text or peer_address(text):
        return
    meant = _meant(text)
    yield Finding(
        f"{value.shown} is no address with an optional port: calicoctl rejects it, and stored by kubectl "
        f"{_effect(text)}",
        value.label(),
        help=f"write {meant}" if meant else _FORMS,
    )


def _effect(text: str) -> str:
    kept = rendered_peer_address(text)
    if kept is None:
        return "calico-node drops the peer"
    return f"calico-node dials {f'port {kept.port}' if kept.port else 'the default port'}"


def _meant(text: str) -> str | None:
    """The one address that a slip turned into this text: blanks, a mask, brackets, zeros, or nine groups."""
    head, _, tail = text.rpartition(":")
    bracketed = f"[{head}]:{tail}" if ":" in head else ""
    bare = text.strip().partition("/")[0].removeprefix("[").removesuffix("]")
    without_zeros = ".".join(octet.lstrip("0") or "0" for octet in bare.split("."))
    return next((each for each in (bare, bracketed, without_zeros) if peer_address(each)), None)
