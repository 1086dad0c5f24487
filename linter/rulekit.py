"""All that a rule file may import: decorators, findings, views, the target, values as Calico reads them.

A rule is a generator function in a file of its own. The decorator's first argument is what the check looks at, the
file's name is the rule's name, the file's docstring is the rule's page. What a check needs it takes as parameters, in
this order: its subject, the `Target`, its options (a frozen dataclass declared with `options=`).
"""

from __future__ import annotations

import os
from collections.abc import Iterable
from typing import TYPE_CHECKING, Any, Concatenate, NamedTuple, ParamSpec, TypeVar

from linter.diagnostics import Edit, Finding, Fix, Label, Safety, Severity
from linter.text import Source, Span

if TYPE_CHECKING:
    from collections.abc import Callable

    from linter.calicoctl import LoaderFault
    from linter.cluster.cluster import Cluster
    from linter.cluster.passwords import Password, PasswordUse
    from linter.resources.base import Field, Located, Resource, View
    from linter.resources.bgp_configuration import (
        DEFAULT_ONLY_FIELDS,
        SERVICE_RANGES,
        BGPConfiguration,
        ServiceRange,
    )
    from linter.resources.bgp_filter import DIRECTIONS, BGPFilter, Direction, FilterRule
    from linter.resources.bgp_peer import BGPPeer
    from linter.resources.calico_environment import first_found, misfits
    from linter.resources.calico_node_status import CalicoNodeStatus
    from linter.resources.config_map import ConfigMap
    from linter.resources.daemon_set import DaemonSet
    from linter.resources.delivered_secret import ExternalSecret, SealedSecret
    from linter.resources.felix_configuration import FelixConfiguration
    from linter.resources.installation import Installation, InstallationPool
    from linter.resources.ip_pool import IPPool
    from linter.resources.kinds import HeaderFault, is_one_letter_off
    from linter.resources.kubernetes_node import KubernetesNode
    from linter.resources.node import Node
    from linter.resources.node_annotations import NODE_ANNOTATIONS, NodeAnnotation
    from linter.resources.rbac import ClusterRole, ClusterRoleBinding, Role, RoleBinding
    from linter.resources.secret import Secret
    from linter.resources.typed import AsNumber, Cidr, Community, Duration, Integer, PeerAddress, Selector, TypedValue
    from linter.schema import SchemaFault
    from linter.schema.dialect import is_templated
    from linter.schema.names import nearest
    from linter.suppressions import IgnoreFault
    from linter.values import (
        address,
        as_number,
        cidr,
        community,
        duration,
        is_name,
        is_on_one_line,
        peer_address,
        rendered_peer_address,
        whole_seconds,
    )
    from linter.yaml.edits import with_entry, with_item, without
    from linter.yaml.nodes import Fault, Mapping, Scalar, Sequence
    from linter.yaml.quoting import brief, listed, quoted

_LAZY = {
    "DEFAULT_ONLY_FIELDS": "linter.resources.bgp_configuration",
    "DIRECTIONS": "linter.resources.bgp_filter",
    "NODE_ANNOTATIONS": "linter.resources.node_annotations",
    "AsNumber": "linter.resources.typed",
    "BGPConfiguration": "linter.resources.bgp_configuration",
    "BGPFilter": "linter.resources.bgp_filter",
    "BGPPeer": "linter.resources.bgp_peer",
    "CalicoNodeStatus": "linter.resources.calico_node_status",
    "Cidr": "linter.resources.typed",
    "Cluster": "linter.cluster.cluster",
    "ClusterRole": "linter.resources.rbac",
    "ClusterRoleBinding": "linter.resources.rbac",
    "Community": "linter.resources.typed",
    "ConfigMap": "linter.resources.config_map",
    "DaemonSet": "linter.resources.daemon_set",
    "Direction": "linter.resources.bgp_filter",
    "Duration": "linter.resources.typed",
    "ExternalSecret": "linter.resources.delivered_secret",
    "Fault": "linter.yaml.nodes",
    "Field": "linter.resources.base",
    "FelixConfiguration": "linter.resources.felix_configuration",
    "FilterRule": "linter.resources.bgp_filter",
    "HeaderFault": "linter.resources.kinds",
    "IPPool": "linter.resources.ip_pool",
    "IgnoreFault": "linter.suppressions",
    "Installation": "linter.resources.installation",
    "InstallationPool": "linter.resources.installation",
    "Integer": "linter.resources.typed",
    "KubernetesNode": "linter.resources.kubernetes_node",
    "LoaderFault": "linter.calicoctl",
    "Located": "linter.resources.base",
    "Mapping": "linter.yaml.nodes",
    "Node": "linter.resources.node",
    "NodeAnnotation": "linter.resources.node_annotations",
    "Password": "linter.cluster.passwords",
    "PasswordUse": "linter.cluster.passwords",
    "PeerAddress": "linter.resources.typed",
    "Resource": "linter.resources.base",
    "Role": "linter.resources.rbac",
    "RoleBinding": "linter.resources.rbac",
    "Scalar": "linter.yaml.nodes",
    "SchemaFault": "linter.schema",
    "SERVICE_RANGES": "linter.resources.bgp_configuration",
    "SealedSecret": "linter.resources.delivered_secret",
    "Secret": "linter.resources.secret",
    "Selector": "linter.resources.typed",
    "Sequence": "linter.yaml.nodes",
    "ServiceRange": "linter.resources.bgp_configuration",
    "TypedValue": "linter.resources.typed",
    "View": "linter.resources.base",
    "address": "linter.values",
    "as_number": "linter.values",
    "brief": "linter.yaml.quoting",
    "cidr": "linter.values",
    "community": "linter.values",
    "duration": "linter.values",
    "first_found": "linter.resources.calico_environment",
    "is_name": "linter.values",
    "is_on_one_line": "linter.values",
    "is_one_letter_off": "linter.resources.kinds",
    "is_templated": "linter.schema.dialect",
    "listed": "linter.yaml.quoting",
    "misfits": "linter.resources.calico_environment",
    "nearest": "linter.schema.names",
    "peer_address": "linter.values",
    "quoted": "linter.yaml.quoting",
    "rendered_peer_address": "linter.values",
    "whole_seconds": "linter.values",
    "with_entry": "linter.yaml.edits",
    "with_item": "linter.yaml.edits",
    "without": "linter.yaml.edits",
}


def __getattr__(name: str) -> Any:
    """Views and fact classes are imported when a rule file asks for them, so that unused kinds cost nothing."""
    if name not in _LAZY:
        raise AttributeError(f"module 'linter.rulekit' has no attribute {name!r}")
    from importlib import import_module

    return getattr(import_module(_LAZY[name]), name)


class Target(NamedTuple):
    """What the manifests are for. Versions are (major, minor); None where the user stated none."""

    calico_version: tuple[int, int] = (3, 33)
    kubernetes_version: tuple[int, int] | None = None
    apply_path: str | None = None
    provider: str | None = None

    @property
    def enforces_int32(self) -> bool | None:
        """Whether CRDs hold integers to `format: int32`, as Kubernetes does from 1.36 on (calico-fields §0.5)."""
        return None if self.kubernetes_version is None else self.kubernetes_version >= (1, 36)

    @property
    def typha_checks_pairs(self) -> bool:
        """Whether objects with fields that exclude each other vanish behind Typha (calico-fields §0.4, §0.8)."""
        return self.calico_version < (3, 33)


class Body(NamedTuple):
    """What has to be read from a rule's file: the check, the page, the class of its options."""

    check: Callable[..., Iterable[Finding]]
    page: str
    options: type | None = None


class Rule(NamedTuple):
    """One rule. What an index can hold stands here; `body` reads the rest, once it is wanted.

    `scope` is "document", "value", "fault" or "cluster"; `subjects` name the classes its check looks at. About an
    object it is asked only where it has one of `fields` (members of `spec`, or pointers such as `/status`), about a
    cluster only where an object of one of `kinds` has one of them; empty means any.
    """

    name: str
    code: str
    severity: Severity
    scope: str
    subjects: tuple[str, ...]
    body: Callable[[], Body]
    fix: Safety | None = None
    needs: tuple[str, ...] = ()
    preview: bool = False
    fields: tuple[str, ...] = ()
    kinds: tuple[str, ...] = ()
    pack: str = "core"

    @property
    def check(self) -> Callable[..., Iterable[Finding]]:
        """Takes its subject and, as far as it has parameters, the target (a fault: the source) and its options."""
        return self.body().check

    @property
    def page(self) -> str:
        """The rule's page, in Markdown."""
        return self.body().page

    @property
    def options(self) -> type | None:
        """The frozen dataclass of its options, if it has any."""
        return self.body().options

    @property
    def summary(self) -> str:
        """The page's first sentence, without its full stop."""
        return self.page.split("\n", 1)[0].rstrip(".")

    @property
    def url(self) -> str | None:
        """Where the page can be read; rules of users' packs are not published."""
        return f"https://peerlint.dev/rules/{self.name}" if self.pack == "core" else None


S = TypeVar("S")
P = ParamSpec("P")
Findings = Iterable[Finding]


def document_rule(
    subject: type[S] | tuple[type[Any], ...],
    code: str,
    severity: Severity = Severity.ERROR,
    *,
    fields: tuple[str, ...] = (),
    fix: Safety | None = None,
    needs: tuple[str, ...] = (),
    preview: bool = False,
    options: type | None = None,
) -> Callable[[Callable[Concatenate[S, P], Findings]], Rule]:
    """A rule about one object of the kind (or kinds) `subject`; `Resource` stands for every kind.

    With `fields` it is asked only about objects that have one of them: members of `spec` by name, those of `metadata`
    as `/metadata/labels`, and `/status`; `"a & b"` stands for both together.
    """
    return _decorator("document", subject, code, severity, fix, needs, preview, options, fields=fields)


def value_rule(
    subject: type[S] | tuple[type[S], ...],
    code: str,
    severity: Severity = Severity.ERROR,
    *,
    fix: Safety | None = None,
    preview: bool = False,
) -> Callable[[Callable[Concatenate[S, P], Findings]], Rule]:
    """A rule about one type of value, called wherever a schema says that such a value stands.

    It goes by the value, how it is written, its kind and field, and the target alone: where it says nothing, it is not
    asked again.
    """
    return _decorator("value", subject, code, severity, fix, (), preview, None)


def fault_rule(
    subject: type[S] | tuple[type[Any], ...],
    code: str,
    severity: Severity = Severity.ERROR,
    *,
    fix: Safety | None = None,
    needs: tuple[str, ...] = (),
    preview: bool = False,
) -> Callable[[Callable[Concatenate[S, P], Findings]], Rule]:
    """The wording of a fault that the engine itself found and named after this rule; takes (fault, source)."""
    return _decorator("fault", subject, code, severity, fix, needs, preview, None)


def cluster_rule(
    code: str,
    severity: Severity = Severity.ERROR,
    *,
    kinds: tuple[type, ...] = (),
    fields: tuple[str, ...] = (),
    fix: Safety | None = None,
    needs: tuple[str, ...] = (),
    preview: bool = False,
    options: type | None = None,
) -> Callable[[Callable[Concatenate[Cluster, P], Findings]], Rule]:
    """A rule about all objects of one cluster together.

    With `kinds` and `fields` it is asked only where an object of one of these kinds has one of these members in `spec`.
    """
    from linter.cluster.cluster import Cluster

    return _decorator("cluster", Cluster, code, severity, fix, needs, preview, options, fields=fields, kinds=kinds)


def _decorator(
    scope: str,
    subject: type | tuple[type, ...],
    code: str,
    severity: Severity,
    fix: Safety | None,
    needs: tuple[str, ...],
    preview: bool,
    options: type | None,
    *,
    fields: tuple[str, ...] = (),
    kinds: tuple[type, ...] = (),
) -> Callable[[Callable[..., Findings]], Rule]:
    def decorate(check: Callable[..., Findings]) -> Rule:
        name = os.path.basename(check.__code__.co_filename).removesuffix(".py").replace("_", "-")
        body = Body(check, (check.__globals__["__doc__"] or "").strip(), options)
        subjects = subject if isinstance(subject, tuple) else (subject,)
        return Rule(
            name,
            code,
            severity,
            scope,
            tuple(one.__name__ for one in subjects),
            lambda: body,
            fix,
            needs,
            preview,
            fields,
            tuple(one.__name__ for one in kinds),
        )

    return decorate


__all__ = [
    "DEFAULT_ONLY_FIELDS",
    "DIRECTIONS",
    "NODE_ANNOTATIONS",
    "SERVICE_RANGES",
    "AsNumber",
    "BGPConfiguration",
    "BGPFilter",
    "BGPPeer",
    "CalicoNodeStatus",
    "Cidr",
    "Cluster",
    "ClusterRole",
    "ClusterRoleBinding",
    "Community",
    "ConfigMap",
    "DaemonSet",
    "Direction",
    "Duration",
    "Edit",
    "ExternalSecret",
    "Fault",
    "FelixConfiguration",
    "Field",
    "FilterRule",
    "Finding",
    "Fix",
    "HeaderFault",
    "IPPool",
    "IgnoreFault",
    "Installation",
    "InstallationPool",
    "Integer",
    "KubernetesNode",
    "Label",
    "LoaderFault",
    "Located",
    "Mapping",
    "Node",
    "NodeAnnotation",
    "Password",
    "PasswordUse",
    "PeerAddress",
    "Resource",
    "Role",
    "RoleBinding",
    "Rule",
    "Safety",
    "Scalar",
    "SchemaFault",
    "SealedSecret",
    "Secret",
    "Selector",
    "Sequence",
    "ServiceRange",
    "Severity",
    "Source",
    "Span",
    "Target",
    "TypedValue",
    "View",
    "address",
    "as_number",
    "brief",
    "cidr",
    "cluster_rule",
    "community",
    "document_rule",
    "duration",
    "fault_rule",
    "first_found",
    "is_name",
    "is_on_one_line",
    "is_one_letter_off",
    "is_templated",
    "listed",
    "misfits",
    "nearest",
    "peer_address",
    "quoted",
    "rendered_peer_address",
    "value_rule",
    "whole_seconds",
    "with_entry",
    "with_item",
    "without",
]
