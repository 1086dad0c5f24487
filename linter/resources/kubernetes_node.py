"""Kubernetes' Node, as far as Calico reads it (calico-fields §5.2)."""

from __future__ import annotations

from typing import Any, ClassVar, Final

from linter.resources.base import Located, Resource, text

CALICO: Final = "projectcalico.org/"
"""What the keys of Calico's annotations begin with."""


class KubernetesNode(Resource):
    """A node of the cluster: labels as Kubernetes knows them, BGP settings in annotations."""

    __slots__ = ()

    title: ClassVar[str] = "Node"

    provider_id = text("spec", "providerID")

    @property
    def labels(self) -> dict[str, Located[object]]:
        """The labels that Kubernetes knows."""
        return self.table("metadata", "labels")

    def label(self, key: str) -> Located[object] | None:
        """The value of one label, as JSON has it."""
        return self.member("metadata", "labels", key)

    @property
    def calico_annotations(self) -> dict[str, Located[object]]:
        """Calico's annotations by what follows `projectcalico.org/` in their keys, values of any type."""
        table = self.table("metadata", "annotations")
        return {key.removeprefix(CALICO): written for key, written in table.items() if key.startswith(CALICO)}

    @property
    def calico_labels(self) -> dict[str, str]:
        """The labels that Calico alone knows; none where the annotation is no JSON object of texts."""
        written = self.annotation("labels")
        return (json_texts(written.value) if written else None) or {}

    @property
    def as_number(self) -> Located[int] | None:
        """The node's own AS number, where the annotation holds one."""
        from linter.values import as_number

        written = self.annotation("ASNumber")
        number = as_number(written.value) if written else None
        if written is None or number is None:
            return None
        return Located(number, self.source, written.key, written.node)

    @property
    def ipv4_address(self) -> Located[str] | None:
        """The node's IPv4 address for BGP, readable or not."""
        return self.annotation("IPv4Address")

    @property
    def ipv6_address(self) -> Located[str] | None:
        """The node's IPv6 address for BGP, readable or not."""
        return self.annotation("IPv6Address")

    @property
    def route_reflector_cluster_id(self) -> Located[str] | None:
        """The node's cluster ID, readable or not."""
        return self.annotation("RouteReflectorClusterID")

    def annotation(self, name: str) -> Located[str] | None:
        """The text of the annotation `projectcalico.org/<name>`."""
        written = self.member("metadata", "annotations", CALICO + name)
        if written is None or not isinstance(written.value, str):
            return None
        return Located(written.value, self.source, written.key, written.node)


def json_texts(text: str) -> dict[str, str] | None:
    """A JSON object of texts as Go reads it, null as empty; None where Calico cannot read it."""
    try:
        read = _json(text)
    except ValueError:
        return None
    if read is None:
        return {}
    sound = isinstance(read, dict) and all(value is None or isinstance(value, str) for value in read.values())
    return {key: value or "" for key, value in read.items()} if sound else None


def is_json_list(text: str) -> bool:
    """Whether Calico can read a JSON list from a text; null is an empty one."""
    try:
        read = _json(text)
    except ValueError:
        return False
    return read is None or isinstance(read, list)


def _json(text: str) -> Any:
    """A JSON text, with 0 for every number, because Python refuses long ones."""
    import json

    try:
        return json.loads(text, parse_int=_zero, parse_float=_zero, parse_constant=_refuse)
    except RecursionError as error:
        raise ValueError("nested too deep") from error


def _zero(_number: str) -> int:
    return 0


def _refuse(constant: str) -> object:
    raise ValueError(constant)
