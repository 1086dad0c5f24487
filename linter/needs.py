"""What a rule needs to know, whether the input says it (rule catalogue, "Needs"), and what its silence is worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

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
    "secrets": frozenset(
        {"ClusterExternalSecret", "ExternalSecret", "SealedSecret", "Secret", "SopsSecret", "VaultStaticSecret"}
    ),
    "seen nodes": _NODES,
    "services": frozenset({"Service"}),
}
"""Needs that objects of one of these views meet."""


class Sight(NamedTuple):
    """What a run could see.

    `blind` are files of which a part was not judged, `unmet` rules that needed to know more. In a `whole` run no
    file is missing that a rule about several might look at; `as_configured` is one for no other version than is
    configured, and for all clusters.
    """

    blind: frozenset[str]
    unmet: frozenset[str]
    whole: bool
    as_configured: bool

    def judges(self, path: str) -> bool:
        """Whether what is not found in a file is not there."""
        return self.as_configured and path not in self.blind

    def proves(self, rule: Rule, path: str) -> bool:
        """Whether the silence of a rule that was asked about a file shows that there is nothing to be said."""
        is_local = rule.scope != "cluster"
        return self.judges(path) and (is_local or (self.whole and not self.blind and rule.name not in self.unmet))


def unmet(rule: Rule, cluster: Cluster, target: Target) -> tuple[str, ...]:
    """What a rule needs and the input does not say, in the catalogue's words."""
    return tuple(need for need in rule.needs if not all(_conditions(need, cluster, target)))


def _conditions(need: str, cluster: Cluster, target: Target) -> Iterator[bool]:
    if need in _OBJECTS:
        yield not _OBJECTS[need].isdisjoint(cluster.members.keys())
    if need == "complete":
        yield cluster.complete
    if need == "nodes":
        yield cluster.complete or any(
            resource.inventory for resource in cluster.resources if type(resource).__name__ in _NODES
        )
    if need == "provider":
        yield target.provider is not None or "KubernetesNode" in cluster.members
    if need == "applyPath":
        yield target.apply_path is not None
    if need == "kubernetesVersion":
        yield target.kubernetes_version is not None
