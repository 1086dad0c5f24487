"""The DaemonSet of calico-node: its environment is calico-node's configuration (calico-fields §6, §0.8)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from linter.resources.base import Resource, text
from linter.resources.environment import Container, Environment
from linter.yaml.nodes import Mapping, Scalar, Sequence, content

if TYPE_CHECKING:
    from linter.yaml.nodes import Content

CALICO_NODE: Final = "calico-node"
_POD: Final = ("spec", "template", "spec")


class DaemonSet(Resource):
    """calico-node's own DaemonSet; those of anything else are left alone."""

    __slots__ = ()

    service_account_name = text(*_POD, "serviceAccountName")

    @property
    def container(self) -> Container | None:
        """The container that runs calico-node: the one of that name, else the only one."""
        containers = self.parts(Container, *_POD, "containers")
        named = [one for one in containers if one.name and one.name.value == CALICO_NODE]
        return next(iter(named or (containers if len(containers) == 1 else ())), None)

    @property
    def environment(self) -> Environment:
        """calico-node's environment; open where its container is not to be seen, and in a patch."""
        container = self.container
        if container is None:
            return Environment({}, closed=False)
        stated = container.environment
        return stated._replace(closed=False) if self.patch else stated


def is_calico_node(root: Mapping) -> bool:
    """Whether a DaemonSet is calico-node's: by its name, its label `k8s-app`, or the name of a container."""
    return (
        _text(root, "metadata", "name") == CALICO_NODE
        or _text(root, "metadata", "labels", "k8s-app") == CALICO_NODE
        or _text(root, *_POD[:2], "metadata", "labels", "k8s-app") == CALICO_NODE
        or _has_container(root)
    )


def _has_container(root: Mapping) -> bool:
    containers = _below(root, (*_POD, "containers"))
    items = containers.items if isinstance(containers, Sequence) else ()
    return any(_text(each, "name") == CALICO_NODE for item in items if isinstance(each := content(item), Mapping))


def _text(root: Mapping, *path: str) -> str | None:
    below = _below(root, path)
    return below.text if isinstance(below, Scalar) else None


def _below(root: Mapping, path: tuple[str, ...]) -> Content | None:
    below: Content | None = root
    for name in path:
        entry = below.fields.get(name) if isinstance(below, Mapping) else None
        below = content(entry.value) if entry else None
    return below
