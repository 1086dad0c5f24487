"""Where calico-node runs and what it is told by its environment (calico-fields §6, §7.3)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from linter.resources.config_map import CALICO_CONFIG, ConfigMap
from linter.resources.daemon_set import CALICO_NODE, DaemonSet
from linter.resources.environment import Environment
from linter.resources.installation import Installation
from linter.schema.dialect import is_templated

if TYPE_CHECKING:
    from linter.cluster.cluster import Cluster
    from linter.resources.environment import Variable

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
    environment = _environment(cluster, sets[0])
    account = sets[0].service_account_name
    namespace = _namespace(sets[0], environment, installed)
    return CalicoNode(namespace, account.value if account and account.value else CALICO_NODE, environment)


def _environment(cluster: Cluster, node: DaemonSet) -> Environment:
    """Its environment with what `calico-config` holds; what a patch states may be anything."""
    stated, patches, configs = node.environment, cluster.patches(DaemonSet), cluster.of(ConfigMap)
    changed = {name for patch in patches for name in patch.environment.variables}
    config = configs[0] if len(configs) == 1 and not cluster.patches(ConfigMap) else None
    variables = {
        name: variable._replace(value=_configured(variable, config)) if variable.config else variable
        for name, variable in stated.variables.items()
        if name not in changed
    }
    return Environment(variables, stated.closed and not patches)


def _configured(variable: Variable, config: ConfigMap | None) -> str | None:
    """What the ConfigMap gives a variable; None where that is not known."""
    if config is None or variable.config is None or variable.config[0] != CALICO_CONFIG:
        return None
    held = config.value(variable.config[1])
    known = held is not None and isinstance(held.value, str) and not is_templated(held.value)
    return str(held.value) if held and known else None


def _namespace(node: DaemonSet, environment: Environment, installed: bool) -> str | None:
    """What NAMESPACE holds; kube-system where it is certainly unset, unless an Installation tells otherwise."""
    variable = environment.variables.get(_NAMESPACE)
    if variable is not None and variable.field == _OWN_NAMESPACE:
        own = node.namespace.value if node.namespace else ""
        return None if not own or is_templated(own) else own
    value = environment.value(_NAMESPACE)
    return (None if installed else MANIFEST_NAMESPACE) if value == "" else value
