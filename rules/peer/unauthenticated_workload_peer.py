"""Peer of local workloads asks for a password, which is not used.

`password` counts for sessions with routers and between Calico nodes. For those of local workloads
(`localWorkloadSelector`) calico-node leaves it out, and BIRD asks for none: the field is silently ignored, so it fails
open. Whatever workload the selector matches, or can take the address of, gets its session without authentication.

No check says so. There is no way to authenticate these sessions; what a workload may announce is up to `filters`, and
who may reach BIRD up to network policy.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: virtual-routers
spec:
  localWorkloadSelector: app == 'vrouter'
  asNumber: 65100
  password:  # error: 'password' is ignored beside 'localWorkloadSelector'
    secretKeyRef:
      name: bgp
      key: vrouter
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: virtual-routers
spec:
  localWorkloadSelector: app == 'vrouter'
  asNumber: 65100
  filters:
    - from-workloads
```

## Good: a router

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
      name: bgp
      key: tor
```

## Good: no password

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: virtual-routers
spec:
  localWorkloadSelector: app == 'vrouter'
  asNumber: 65100
  password: {}
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPPeer, Finding, Severity, Target, document_rule


@document_rule(BGPPeer, "CAL115", Severity.ERROR, fields=("localWorkloadSelector & password",))
def check(peer: BGPPeer, target: Target) -> Iterator[Finding]:
    password, selector = peer.stated(BGPPeer.password_source), peer.stated(BGPPeer.local_workload_selector)
    if password and selector and target.calico_version >= (3, 30) and peer.leads_to(BGPPeer.local_workload_selector):
        yield Finding(
            "'password' is ignored beside 'localWorkloadSelector': the sessions run without authentication",
            password.key_label("never given to BIRD"),
            (selector.key_label("workloads that need no password"),),
            "remove password, narrow the selector, and limit what workloads may announce with filters",
        )
