"""Kubernetes' Node, as far as Calico reads it (calico-fields §5.2)."""

from __future__ import annotations

from typing import TYPE_CHECKING, ClassVar

from linter.resources.base import Resource

if TYPE_CHECKING:
    from linter.resources.base import Located

CALICO_LABELS = "projectcalico.org/labels"
"""Annotation with further labels, a JSON object of texts."""


class KubernetesNode(Resource):
    """A node of the cluster: labels as Kubernetes knows them, BGP settings in annotations."""

    __slots__ = ()

    title: ClassVar[str] = "Node"

    @property
    def labels(self) -> dict[str, Located[object]]:
        """The labels that Kubernetes knows."""
        return self.table("metadata", "labels")

    @property
    def calico_labels(self) -> dict[str, str]:
        """The labels that Calico alone knows; none where the annotation is no JSON object of texts."""
        written = self.table("metadata", "annotations").get(CALICO_LABELS)
        if written is None or not isinstance(written.value, str):
            return {}
        import json

        try:
            labels = json.loads(written.value)
        except ValueError:
            return {}
        sound = isinstance(labels, dict) and all(isinstance(value, str) for value in labels.values())
        return labels if sound else {}
