"""What a rule needs to know, and whether the input says it (rule catalogue, "Needs")."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.cluster.cluster import Cluster
    from linter.rulekit import Rule, Target

_NODES: Final = frozenset({"Node", "KubernetesNode"})
_OBJECTS: Final = {
    "felix": frozenset({"FelixConfiguration"}),
    "install": frozenset({"Installation", "DaemonSet"}),
    "nodes": _NODES,
    "pools": frozenset({"IPPool", "Installation"}),
    "rbac": frozenset({"ClusterRole", "ClusterRoleBinding", "Role", "RoleBinding"}),
    "secrets": frozenset({"ExternalSecret", "SealedSecret", "Secret"}),
    "seen nodes": _NODES,
    "services": frozenset({"Service"}),
}
"""Needs that objects of one of these views meet."""


def unmet(rule: Rule, cluster: Cluster, target: Target) -> tuple[str, ...]:
    """What a rule needs and the input does not say, in the catalogue's words."""
    return tuple(need for need in rule.needs if not all(_conditions(need, cluster, target)))


def _conditions(need: str, cluster: Cluster, target: Target) -> Iterator[bool]:
    if need in _OBJECTS:
        yield not _OBJECTS[need].isdisjoint(cluster.kinds)
    if need == "complete":
        yield cluster.complete
    if need == "nodes":
        yield cluster.complete or any(
            resource.inventory for resource in cluster.resources if type(resource).__name__ in _NODES
        )
    if need == "provider":
        yield target.provider is not None or "KubernetesNode" in cluster.kinds
    if need == "applyPath":
        yield target.apply_path is not None
    if need == "kubernetesVersion":
        yield target.kubernetes_version is not None
