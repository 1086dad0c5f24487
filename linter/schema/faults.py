"""What the schema stage found, as facts; the rule that a fault names puts it into words."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

if TYPE_CHECKING:
    from linter.diagnostics import Edit
    from linter.schema.dialect import Json
    from linter.text import Source, Span
    from linter.yaml.nodes import Mapping, Node, Scalar


@dataclass(frozen=True, slots=True)
class Move:
    """A field that stands at the wrong place: where it is and, if only one place is meant, where it belongs."""

    key: Scalar
    node: Node
    pointer: str
    target: str | None


@dataclass(frozen=True, slots=True)
class SchemaFault:
    """One mistake that a schema can see. `rule` is the rule that words it, one of the constants below.

    `pointer` is the JSON Pointer of the field it is about (of the missing field for MISSING); `node` its value as it
    stands (for MISSING the object that lacks it), `key` its key (None in a list and for MISSING), `parent` the object
    that has the field, `root` the whole object. `keyword`, `schema` and `value` say what failed on what.
    """

    UNKNOWN: ClassVar[str] = "unknown-field"
    MISPLACED: ClassVar[str] = "misplaced-field"
    MISSING: ClassVar[str] = "missing-field"
    TYPE: ClassVar[str] = "field-type"
    VALUE: ClassVar[str] = "field-value"
    DUPLICATE: ClassVar[str] = "duplicate-key"

    rule: str
    span: Span
    pointer: str
    keyword: str
    schema: Json
    node: Node
    key: Scalar | None
    parent: Mapping | None
    root: Node
    kind: str
    value: object = None
    spoken_by: str | None = None
    """The rule that would speak here if it existed."""
    nearest: str | None = None
    """The known name, or allowed value, that was probably meant."""
    known: tuple[str, ...] = ()
    """UNKNOWN, MISPLACED: the names known at this place."""
    elsewhere: tuple[str, ...] = ()
    """UNKNOWN, MISPLACED: where the name (UNKNOWN: the nearest name) is known, such as `/spec/communities[]/name`."""
    enterprise: bool = False
    """UNKNOWN: Calico Enterprise has this field."""
    moves: tuple[Move, ...] = ()
    """MISPLACED: all fields of this object that are misplaced, this one first."""
    related: tuple[tuple[Span, str], ...] = ()
    """Other places with a word on each."""
    types: tuple[str, ...] = ()
    """TYPE: the JSON types that are allowed."""
    allowed: tuple[Any, ...] = ()
    """VALUE: the values that are allowed, where the schema lists them."""
    reading: object = None
    """TYPE: the one value of an allowed type that what is written can be read as, if that value is valid."""

    @property
    def name(self) -> str:
        """The field's name; for a list item the name of the list."""
        return next((part for part in reversed(self.pointer.split("/")) if not part.isdigit()), "")

    def relocation(self, source: Source) -> tuple[Edit, ...]:
        """The edits that put all misplaced fields of this object where they belong; none if that is not certain."""
        from linter.schema.relocation import relocated

        return relocated(self, source)
