"""Values of a type that several kinds share, as the schemas mark them with `x-type`: the subjects of value rules."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final

from linter.resources.base import Located
from linter.yaml.nodes import Scalar, Value
from linter.yaml.quoting import brief

if TYPE_CHECKING:
    from linter.resources.base import Resource
    from linter.selectors import Selector as Expression
    from linter.selectors import SelectorError, SelectorTable
    from linter.selectors.extent import Extent
    from linter.selectors.impossibility import Impossibility
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

    @property
    def shown(self) -> str:
        """The value as written, for a message: on one line, cut where it is long."""
        return brief(self.source[self.scalar.span])

    @property
    def field(self) -> str:
        """The name of the field the value stands in, list positions left out."""
        last = self.pointer.rpartition("/")[2]
        if not last.isdigit():
            return last
        return next(part for part in reversed(self.pointer.split("/")) if not part.isdigit())


class AsNumber(TypedValue):
    """An AS number (calico-fields §9.1)."""

    __slots__ = ()


class Cidr(TypedValue):
    """A CIDR of a pool, service range, advertisement or filter (calico-fields §9.4)."""

    __slots__ = ()


class Community(TypedValue):
    """A community, or the name of one (calico-fields §9.7)."""

    __slots__ = ()


class Duration(TypedValue):
    """A Go duration (calico-fields §9.3)."""

    __slots__ = ()


class Integer(TypedValue):
    """A value of a field that takes whole numbers and has no other type of ours."""

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
    def uncut(self) -> str | None:
        """What was written, on one line, where YAML has taken its first label key for an anchor (selector §11).

        An anchor is innocent when an alias uses it, or the rest is a selector, or only the rest was probably meant for
        one.
        """
        anchor, text = self.scalar.anchor, self.scalar.text
        if anchor is None or anchor in self.resource.document.aliases or self.source.text[self.scalar.start] != "&":
            return None
        if self.tagged:  # by `!=`
            whole = " ".join(self.source[self.scalar.span][1:].split())
            return whole if self.meant(whole) == whole else None
        if self.scalar.style or (rest := self.meant(text)) == text:
            return None
        whole = f"{anchor} {text}"
        return whole if rest is None or self.meant(whole) is not None else None

    @property
    def reading(self) -> Expression | SelectorError | None:
        """The selector, or why its text is none; None where the value is no text."""
        return self.table[self.value] if isinstance(self.value, str) else None

    @property
    def expression(self) -> Expression | None:
        """The selector that is in force; None where there is none, or YAML has taken a part of what was written."""
        reading = self.reading
        # what an anchor has cut leaves no selector, else the anchor is innocent
        return None if not self.value or isinstance(reading, ValueError) or self.tagged else reading

    @property
    def error(self) -> SelectorError | None:
        """Why the text is no selector, whoever made it so; None where it is one."""
        return reading if isinstance(reading := self.reading, ValueError) else None

    def meant(self, text: str) -> str | None:
        """The text if it is a selector, else the one that was probably meant; None where nobody can tell."""
        read = self.table[text]
        return read.suggestion if isinstance(read, ValueError) else text

    @property
    def selects(self) -> str:
        """What it selects: "node", "workload" or "namespace" (selector §7)."""
        return _SELECTS.get(self.field, "node")

    @property
    def extent(self) -> Extent | None:
        """Whether it certainly selects nothing or everything; None where it is not in force."""
        expression = self.expression
        return None if expression is None else self.table.extent(expression, self.selects)

    @property
    def impossibility(self) -> Impossibility | None:
        """Why it certainly selects nothing; None where it may select something, or is not in force."""
        expression = self.expression
        if expression is None or not self.table.extent(expression, self.selects).nothing:
            return None
        from linter.selectors.impossibility import impossibility
        from linter.selectors.label_space import SPACES

        return impossibility(expression, SPACES[self.selects])

    @property
    def consequence(self) -> str:
        """What becomes of an object whose selector is none (selector §8)."""
        effect = "fails the allocation of addresses" if self.resource.title == "IPPool" else "matches nothing"
        return f"Calico rejects it, and stored by kubectl it {effect}"


_SELECTS: Final = {"localWorkloadSelector": "workload", "namespaceSelector": "namespace"}

TYPES: dict[str, type[TypedValue]] = {
    kind.__name__: kind for kind in (AsNumber, Cidr, Community, Duration, Integer, PeerAddress, Selector)
}
"""By the schemas' `x-type`; fields of whole numbers have the type `Integer` without it."""
