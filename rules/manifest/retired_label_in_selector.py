"""Selector that hangs on a node label which Kubernetes no longer sets, or sets empty.

Up to Kubernetes 1.23 kubeadm labelled control-plane nodes `node-role.kubernetes.io/master`; since 1.24 they only carry
`node-role.kubernetes.io/control-plane`. Nothing says so when a cluster is upgraded: the selector matches no node any
more, sessions to reflectors that were selected by it are gone, and with the mesh off every node loses its routes (lost
routes). `!has(…)` of it begins to match every node instead.

Role labels are bare marks: kubeadm and most distributions leave their value empty, so that a comparison with `'true'`
never holds. k3s and RKE2 do set `'true'`; show peerlint the Nodes (`inventory`) and it knows.

The rule is silent when a known Node carries the label with that value, when the selector asks for the control-plane
label as well, and about the retired label when the configuration states a `kubernetesVersion` below 1.24.

## Bad: the label of masters

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  nodeSelector: "!has(node-role.kubernetes.io/master)"  # warning: holds for every node since Kubernetes 1.24
  peerSelector: has(node-role.kubernetes.io/master)  # warning: holds for no node since Kubernetes 1.24
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: reflectors
spec:
  nodeSelector: "!has(node-role.kubernetes.io/control-plane)"
  peerSelector: 'has(node-role.kubernetes.io/control-plane)'
```

## Bad: a mark compared with 'true'

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  nodeSelector: node-role.kubernetes.io/control-plane == 'true' && has(rack)  # warning: holds for no node
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
  nodeSelector: 'has(node-role.kubernetes.io/control-plane) && has(rack)'
```

## Good: both labels asked for

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  nodeSelector: has(node-role.kubernetes.io/control-plane) || has(node-role.kubernetes.io/master)
```

## Good: a Node that carries it

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  nodeSelector: node-role.kubernetes.io/control-plane == 'true' || has(node-role.kubernetes.io/master)
---
apiVersion: v1
kind: Node
metadata:
  name: server-1
  labels:
    node-role.kubernetes.io/control-plane: "true"
    node-role.kubernetes.io/master: "true"
```
"""

from collections.abc import Iterator
from typing import NamedTuple

from linter.rulekit import (
    BGPPeer,
    Cluster,
    Finding,
    Fix,
    IPPool,
    Located,
    Safety,
    Severity,
    Target,
    brief,
    cluster_rule,
    quoted,
)

_ROLE = "node-role.kubernetes.io/"
_MASTER = f"{_ROLE}master"
_CONTROL_PLANE = f"{_ROLE}control-plane"
_RETIRED = "since Kubernetes 1.24, which no longer sets that label"
_EMPTY = "where role labels are empty, as kubeadm leaves them"
_LOST = {
    "BGPPeer": "sessions that hang on it are lost, and routes with them",
    "IPPool": "no node draws from the pool by it",
}


class _Fault(NamedTuple):
    """A condition that holds for all nodes or for none: its text and place, why it does, and what was meant."""

    text: str
    start: int
    end: int
    always: bool
    reason: str
    meant: str


@cluster_rule("CAL064", Severity.WARNING, fix=Safety.UNSAFE)
def check(cluster: Cluster, target: Target) -> Iterator[Finding]:
    for kind, selector in _node_selectors(cluster):
        faults = list(_faults(selector.value, cluster, target)) if _ROLE in selector.value else []
        if faults:
            yield _finding(selector, faults, kind)


def _node_selectors(cluster: Cluster) -> Iterator[tuple[str, Located[str]]]:
    for peer in (*cluster.of(BGPPeer), *cluster.patches(BGPPeer)):
        yield from (("BGPPeer", selector) for selector in peer.node_selectors)
    for pool in (*cluster.of(IPPool), *cluster.patches(IPPool)):
        yield from (("IPPool", selector) for selector in pool.node_selectors)


def _faults(text: str, cluster: Cluster, target: Target) -> Iterator[_Fault]:
    selector = cluster.selectors[text]
    if isinstance(selector, ValueError):
        return
    old = target.kubernetes_version is not None and target.kubernetes_version < (1, 24)
    nodes = cluster.node_labels.values()
    for test, shown, start, end, always in selector.conditions:
        gone = test.key == _MASTER and not old and not any(_MASTER in labels for labels in nodes)
        retired = gone and _CONTROL_PLANE not in selector.keys
        compared = test.key.startswith(_ROLE) and "true" in test.values and "" not in test.values
        if retired or (compared and not any(labels.get(test.key) == "true" for labels in nodes)):
            meant = f"{'!' if always else ''}has({_CONTROL_PLANE if retired else test.key})"
            yield _Fault(shown, start, end, always, _RETIRED if retired else _EMPTY, meant)


def _finding(selector: Located[str], faults: list[_Fault], kind: str) -> Finding:
    text = selector.value
    for fault in reversed(faults):
        text = text[: fault.start] + fault.meant + text[fault.end :]
    written = quoted(text, getattr(selector.content, "style", ""))
    first = faults[0]
    held, effect = ("every", "no node is left out by it") if first.always else ("no", _LOST[kind])
    return Finding(
        f"{brief(first.text)} holds for {held} node {first.reason}: {effect}",
        selector.label(),
        related=tuple(label for fault in faults for label in selector.part(fault.start, fault.end)),
        help=f"write {written}, or show peerlint the Nodes that carry the label",
        fix=Fix("ask whether the role label is there", Safety.UNSAFE, (selector.edit(written),)),
    )
