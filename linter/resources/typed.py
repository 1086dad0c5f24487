"""Values of a type that several kinds share, as the schemas mark them with `x-type`: the subjects of value rules."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.resources.base import Located
from linter.yaml.nodes import Scalar, Value
from linter.yaml.quoting import brief

if TYPE_CHECKING:
    from linter.diagnostics import Edit
    from linter.resources.base import Resource
    from linter.selectors import Selector as Expression
    from linter.selectors import SelectorError, SelectorTable
    from linter.yaml.nodes import Node


class TypedValue(Located[Value]):
    """A scalar of a known type: `value` is what Calico's tools see, `pointer` where it stands in `resource`.

    `node.text`, `node.style` and `node.tag` (through `scalar`) tell how it was written.
    """

    __slots__ = ("pointer", "resource", "scalar")

    def __init__(self, resource: Resource, key: Scalar | None, node: Node, scalar: Scalar, pointer: str) -> None:
        super().__init__(scalar.value, resource.source, key, node)
        self.resource = resource
        self.scalar = scalar
        self.pointer = pointer

    def edit(self, new_text: str) -> Edit:
        """Write `new_text` in place of the value and its tag; an anchor stays, for the aliases that use it."""
        anchor = self.node.anchor if isinstance(self.node, Scalar) else None
        return super().edit(f"&{anchor} {new_text}" if anchor else new_text)

    def requote(self, text: str) -> Edit:
        """Write text that needs no quotes in place of the value, in the quotes it has, if any."""
        quote = self.scalar.style if self.scalar.style in {"'", '"'} else ""
        return self.edit(f"{quote}{text}{quote}")

    @property
    def shown(self) -> str:
        """The value as written, for a message: on one line, cut where it is long."""
        return brief(self.source[self.scalar.span])

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
    """A Calico selector (selector.md). `table` reads each distinct text once; it belongs to the run."""

    __slots__ = ("table",)

    def __init__(
        self,
        resource: Resource,
        key: Scalar | None,
        node: Node,
        scalar: Scalar,
        pointer: str,
        table: SelectorTable,
    ) -> None:
        super().__init__(resource, key, node, scalar, pointer)
        self.table = table

    @property
    def tagged(self) -> bool:
        """Whether YAML has taken its beginning for a tag, which cannot be seen in the value (selector §11)."""
        return self.scalar.tag not in {None, "tag:yaml.org,2002:str"}

    @property
    def reading(self) -> Expression | SelectorError | None:
        """The selector, or why its text is none; None where the value is no text."""
        return self.table[self.value] if isinstance(self.value, str) else None


TYPES: dict[str, type[TypedValue]] = {kind.__name__: kind for kind in (AsNumber, Cidr, Duration, PeerAddress, Selector)}
"""By the schemas' `x-type`."""
