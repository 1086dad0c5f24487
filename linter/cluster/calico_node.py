"""Where calico-node runs and what it is told by its environment (calico-fields §6, §7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from linter.resources.daemon_set import CALICO_NODE, DaemonSet
from linter.resources.environment import Environment
from linter.resources.installation import Installation
from linter.schema.dialect import is_templated

if TYPE_CHECKING:
    from linter.cluster.cluster import Cluster

MANIFEST_NAMESPACE: Final = "kube-system"
"""Where calico-node looks for Secrets without the variable NAMESPACE, as the manifest install leaves it."""

OPERATOR_NAMESPACE: Final = "calico-system"
"""What the operator sets NAMESPACE to."""

_NAMESPACE: Final = "NAMESPACE"
_OWN_NAMESPACE: Final = "metadata.namespace"


class CalicoNode(NamedTuple):
    """calico-node, as far as it is known.

    `namespace` is where it reads Secrets, None where that is not known; `account` its ServiceAccount; `environment`
    that of its DaemonSet, open and without variables where there is none in the input, or more than one.
    """

    namespace: str | None
    account: str
    environment: Environment


def calico_node(cluster: Cluster) -> CalicoNode:
    """What the DaemonSet tells; without one, what an Installation does."""
    sets, installed = cluster.of(DaemonSet), bool(cluster.of(Installation))
    patched = bool(cluster.patches(DaemonSet))
    if len(sets) != 1:
        only_operator = installed and not sets and not patched
        return CalicoNode(OPERATOR_NAMESPACE if only_operator else None, CALICO_NODE, Environment({}, closed=False))
    environment = sets[0].environment
    environment = environment._replace(closed=environment.closed and not patched)
    account = sets[0].service_account_name
    namespace = _namespace(sets[0], environment, installed)
    return CalicoNode(namespace, account.value if account and account.value else CALICO_NODE, environment)


def _namespace(node: DaemonSet, environment: Environment, installed: bool) -> str | None:
    """What NAMESPACE holds; kube-system where it is certainly unset, unless an Installation tells otherwise."""
    variable = environment.variables.get(_NAMESPACE)
    if variable is not None and variable.field == _OWN_NAMESPACE:
        own = node.namespace.value if node.namespace else ""
        return None if not own or is_templated(own) else own
    value = environment.value(_NAMESPACE)
    return (None if installed else MANIFEST_NAMESPACE) if value == "" else value
