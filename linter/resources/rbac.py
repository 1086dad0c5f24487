"""Roles and their bindings (rbac.authorization.k8s.io/v1), as far as they open Secrets to calico-node."""

from __future__ import annotations

from linter.resources.base import Resource, View, mapping, text
from linter.schema.dialect import is_templated


class PolicyRule(View):
    """One item of `rules`: what may be done with which resources. A template placeholder may stand for anything."""

    __slots__ = ()

    def grants(self, group: str, resource: str, name: str) -> frozenset[str]:
        """The verbs it grants on the object of that name; `*` stands for all."""
        if not (self._lists("apiGroups", group) and self._lists("resources", resource) and self._names(name)):
            return frozenset()
        return frozenset("*" if is_templated(verb.value) else verb.value for verb in self.texts("verbs"))

    def _lists(self, field: str, wanted: str) -> bool:
        return any(one.value in {wanted, "*"} or is_templated(one.value) for one in self.texts(field))

    def _names(self, name: str) -> bool:
        names = self.texts("resourceNames")
        return not names or any(one.value == name or is_templated(one.value) for one in names)


class Role(Resource):
    """What may be done in one namespace."""

    __slots__ = ()

    @property
    def rules(self) -> tuple[PolicyRule, ...]:
        """Its rules; what one of them allows is allowed."""
        return self.parts(PolicyRule, "rules")


class ClusterRole(Role):
    """What may be done in every namespace, or where a RoleBinding binds it."""

    __slots__ = ()

    aggregation_rule = mapping("aggregationRule")


class Subject(View):
    """One item of `subjects`: a `ServiceAccount` of a namespace, a `Group` or a `User`."""

    __slots__ = ()

    kind = text("kind")
    name = text("name")
    namespace = text("namespace")


class RoleBinding(Resource):
    """Who may do, in one namespace, what a Role or ClusterRole says."""

    __slots__ = ()

    role_kind = text("roleRef", "kind")
    role_name = text("roleRef", "name")

    @property
    def subjects(self) -> tuple[Subject, ...]:
        """Who it is for."""
        return self.parts(Subject, "subjects")


class ClusterRoleBinding(RoleBinding):
    """Who may do, in every namespace, what a ClusterRole says."""

    __slots__ = ()
