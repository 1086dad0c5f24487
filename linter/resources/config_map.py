"""The ConfigMap `calico-config` of the manifest install (calico-fields §0.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from linter.resources.base import Resource, text
from linter.yaml.nodes import Mapping, Scalar, content

if TYPE_CHECKING:
    from linter.resources.base import Located

CALICO_CONFIG: Final = "calico-config"


class ConfigMap(Resource):
    """What calico-node's environment takes its values from; other ConfigMaps are left alone."""

    __slots__ = ()

    calico_backend = text("data", "calico_backend")
    typha_service_name = text("data", "typha_service_name")
    cni_network_config = text("data", "cni_network_config")

    def value(self, key: str) -> Located[object] | None:
        """What it holds under a key."""
        return self.table("data").get(key)


def is_calico_config(root: Mapping) -> bool:
    """Whether a ConfigMap is the one that calico-node is configured by."""
    metadata = root.fields.get("metadata")
    below = content(metadata.value) if metadata else None
    name = below.fields.get("name") if isinstance(below, Mapping) else None
    stated = content(name.value) if name else None
    return isinstance(stated, Scalar) and stated.text == CALICO_CONFIG
