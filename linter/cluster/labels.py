"""The labels that selectors see on nodes (selector §12)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.resources.kubernetes_node import KubernetesNode
from linter.resources.node import Node
from linter.yaml.nodes import Scalar

if TYPE_CHECKING:
    from collections.abc import Iterable

    from linter.resources.base import Located, Resource


def node_labels(resources: Iterable[Resource]) -> dict[str, dict[str, str]]:
    """Labels by node, from the Nodes of both groups; where both state one, Kubernetes wins.

    What a Calico Node states is kept in an annotation of the Kubernetes Node, below that Node's own labels. Annotations
    are no labels. Nodes without a name are left out.
    """
    calico: dict[str, dict[str, str]] = {}
    kubernetes: dict[str, dict[str, str]] = {}
    for resource in resources:
        name = resource.identity.name
        if name is None or resource.patch:
            continue
        if isinstance(resource, Node):
            calico.setdefault(name, {}).update(_texts(resource.labels))
        elif isinstance(resource, KubernetesNode):
            calico.setdefault(name, {}).update(resource.calico_labels)
            kubernetes.setdefault(name, {}).update(_texts(resource.labels))
    return {name: {**labels, **kubernetes.get(name, {})} for name, labels in calico.items()}


def _texts(labels: dict[str, Located[object]]) -> dict[str, str]:
    """Values as text: calicoctl makes text of bare numbers and booleans (calico-fields §10)."""
    return {key: _text(label) for key, label in labels.items()}


def _text(label: Located[object]) -> str:
    if isinstance(label.value, bool):
        return str(label.value).lower()
    if isinstance(label.value, str | int):
        return str(label.value)
    return label.content.text if isinstance(label.content, Scalar) and label.value is not None else ""
