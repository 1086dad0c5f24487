"""Whether calico-node is granted to read a Secret (calico-fields §6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from linter.resources.rbac import ClusterRole, ClusterRoleBinding, Role, RoleBinding
from linter.schema.dialect import is_templated

if TYPE_CHECKING:
    from collections.abc import Iterable

    from linter.cluster.cluster import Cluster
    from linter.resources.base import Located
    from linter.resources.rbac import Subject

NEEDED: Final = ("get", "list", "watch")
"""What calico-node does with the Secrets it reads."""

_KINDS: Final = (Role, ClusterRole, RoleBinding, ClusterRoleBinding)
_ALL: Final = frozenset(("*",))
_GROUPS: Final = frozenset(("system:authenticated", "system:serviceaccounts"))
_OF_NAMESPACE: Final = "system:serviceaccounts:"
_OF_ACCOUNT: Final = "system:serviceaccount:"
_BUILT_IN: Final = frozenset(("cluster-admin", "admin", "edit"))
"""ClusterRoles that every cluster has and that open its Secrets; those of the system are called `system:…`."""


def has_rbac(cluster: Cluster) -> bool:
    """Whether the input says anything about who may do what."""
    return any(cluster.of(kind) for kind in _KINDS)


def may_read(cluster: Cluster, name: str) -> bool:
    """Whether calico-node may, or for all that is known might, get, list and watch the Secret of that name.

    Whatever is not in the input is taken not to exist, but for the roles that every cluster has; what a placeholder,
    a patch or an aggregated role may turn into grants everything.
    """
    if any(cluster.patches(kind) for kind in _KINDS):
        return True
    granted = {verb for binding in _bindings(cluster) for verb in _verbs(cluster, binding, name)}
    return "*" in granted or granted.issuperset(NEEDED)


def _bindings(cluster: Cluster) -> Iterable[RoleBinding]:
    """The bindings that hold where calico-node reads Secrets and are for its ServiceAccount or one of its groups."""
    namespace, account = cluster.calico_node.namespace, cluster.calico_node.account
    for binding in (*cluster.of(RoleBinding), *cluster.of(ClusterRoleBinding)):
        here = isinstance(binding, ClusterRoleBinding) or _may_be(binding.namespace, namespace)
        if here and any(_is_for(subject, namespace, account) for subject in binding.subjects):
            yield binding


def _is_for(subject: Subject, namespace: str | None, account: str) -> bool:
    kind, name = (stated.value if stated else "" for stated in (subject.kind, subject.name))
    if is_templated(name) or is_templated(kind):
        return True
    if kind == "ServiceAccount":
        return name == account and _may_be(subject.namespace, namespace)
    if kind == "Group":
        return name in _GROUPS or _is_within(name, _OF_NAMESPACE, namespace)
    user, _, named = name.rpartition(":")
    return kind == "User" and named == account and _is_within(user, _OF_ACCOUNT, namespace)


def _is_within(name: str, prefix: str, namespace: str | None) -> bool:
    return name.startswith(prefix) and namespace in {None, name.removeprefix(prefix)}


def _may_be(stated: Located[str] | None, namespace: str | None) -> bool:
    """Whether a namespace may be the one meant: nobody knows one that is not stated."""
    return namespace is None or stated is None or stated.value in {"", namespace} or is_templated(stated.value)


def _verbs(cluster: Cluster, binding: RoleBinding, name: str) -> frozenset[str]:
    """What the bound role grants on the Secret."""
    role = binding.role_name.value if binding.role_name else ""
    if is_templated(role):
        return _ALL
    if binding.role_kind and binding.role_kind.value == "Role":
        return _granted((one for one in cluster.of(Role) if _is_there(one, role, binding)), name)
    roles = [one for one in cluster.of(ClusterRole) if _is_called(one, role)]
    if role in _BUILT_IN or role.startswith("system:") or any(one.aggregation_rule for one in roles):
        return _ALL
    return _granted(roles, name)


def _granted(roles: Iterable[Role], name: str) -> frozenset[str]:
    return frozenset(verb for role in roles for rule in role.rules for verb in rule.grants("", "secrets", name))


def _is_there(role: Role, name: str, binding: RoleBinding) -> bool:
    bound = binding.namespace.value if binding.namespace and not is_templated(binding.namespace.value) else None
    return _is_called(role, name) and _may_be(role.namespace, bound)


def _is_called(role: Role, name: str) -> bool:
    return role.name is not None and (role.name.value == name or is_templated(role.name.value))
