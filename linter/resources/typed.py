"""Values of a type that several kinds share, as the schemas mark them with `x-type`: the subjects of value rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.resources.base import Located

if TYPE_CHECKING:
    from linter.resources.base import Resource
    from linter.yaml.nodes import Node, Scalar, Value


class TypedValue(Located["Value"]):
    """A scalar of a known type: `value` is what Calico's tools see, `pointer` where it stands in `resource`.

    `node.text`, `node.style` and `node.tag` (through `scalar`) tell how it was written.
    """

    __slots__ = ("pointer", "resource", "scalar")

    def __init__(self, resource: Resource, key: Scalar | None, node: Node, scalar: Scalar, pointer: str) -> None:
        super().__init__(scalar.value, resource.source, key, node)
        self.resource = resource
        self.scalar = scalar
        self.pointer = pointer

    @property
    def field(self) -> str:
        """The name of the field the value stands in, list positions left out."""
        return next(part for part in reversed(self.pointer.split("/")) if not part.isdigit())


class AsNumber(TypedValue):
    """An AS number (calico-fields §9.1)."""

    __slots__ = ()


class Cidr(TypedValue):
    """A CIDR of a pool, service range, advertisement or filter (calico-fields §9.4)."""

    __slots__ = ()


class Duration(TypedValue):
    """A Go duration (calico-fields §9.3)."""

    __slots__ = ()


class PeerAddress(TypedValue):
    """An address with an optional port (calico-fields §9.2)."""

    __slots__ = ()


class Selector(TypedValue):
    """A Calico selector (selector.md)."""

    __slots__ = ()


TYPES: dict[str, type[TypedValue]] = {kind.__name__: kind for kind in (AsNumber, Cidr, Duration, PeerAddress, Selector)}
"""By the schemas' `x-type`."""
