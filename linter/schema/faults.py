"""What the schema stage found, as facts; the rule that a fault names puts it into words."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, Final, NamedTuple

from linter.yaml.nodes import Sequence, content
from linter.yaml.plain import at, unescape
from linter.yaml.quoting import listed

if TYPE_CHECKING:
    from linter.diagnostics import Edit
    from linter.schema.dialect import Json
    from linter.text import Source, Span
    from linter.values.forms import Form
    from linter.yaml.nodes import Mapping, Node, Scalar

_SHOWN: Final = 60
"""Characters of a value that a message repeats."""

_OF_KUBECTL: Final = frozenset({"Installation", "Kubernetes Node", "Secret"})
"""The kinds that calicoctl does not know."""

_STORED: Final = "stored by kubectl"

UNKNOWN: Final = "unknown-field"
MISPLACED: Final = "misplaced-field"
MISSING: Final = "missing-field"
TYPE: Final = "field-type"
VALUE: Final = "field-value"
DUPLICATE: Final = "duplicate-key"
LATER: Final = "field-not-in-version"
REPEATED: Final = "duplicate-list-item"
UNQUOTED: Final = "unquoted-label-value"

WORDING: Final = {"CAL007": UNQUOTED, "CAL029": REPEATED}
"""By the code that a schema names for a constraint: the rules that word such a fault."""


class Move(NamedTuple):
    """A field that stands at the wrong place: where it is and, if only one place is meant, where it belongs."""

    key: Scalar
    node: Node
    pointer: str
    target: str | None

    @property
    def name(self) -> str:
        """The field's name as written."""
        return unescape(self.pointer.rpartition("/")[2])

    @property
    def known_as(self) -> str:
        """Its name where it belongs, which may be spelt otherwise."""
        return self.name if self.target is None else unescape(self.target.rpartition("/")[2])

    @property
    def above(self) -> str | None:
        """The object it belongs in, as people write it: `spec.importV4[0].prefixLength`; empty at the root."""
        return None if self.target is None else dotted(self.target.rpartition("/")[0])


class SchemaFault(NamedTuple):
    """One mistake that a schema can see. `rule` is the rule that words it, one of the constants above.

    `pointer` is the JSON Pointer of the field it is about (of the missing field for MISSING); `node` its value as it
    stands (for MISSING the object that lacks it), `key` its key (None in a list and for MISSING), `parent` the object
    that has the field, `root` the whole object. `keyword`, `schema` and `value` say what failed on what.
    """

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
    since: str = ""
    """LATER: the version of Calico that brought the member or value."""
    reading: object = None
    """TYPE: the one value of an allowed type that what is written can be read as, if that value is valid."""

    @property
    def name(self) -> str:
        """The field's name; for a list item the name of the list."""
        if self.key is not None:
            return unescape(self.pointer.rpartition("/")[2])
        return next((unescape(part) for part in reversed(self.pointer.split("/")) if not part.isdigit()), "")

    @property
    def field(self) -> str:
        """The field as people write it: `spec.importV4[0].max`."""
        return dotted(self.pointer)

    @property
    def above(self) -> str:
        """The object that has or lacks the field, written likewise; empty at the root."""
        return dotted(self.pointer.rpartition("/")[0])

    @property
    def without(self) -> str:
        """What Calico does without the field that was probably meant; empty if that is not one thing."""
        from linter.schema.consequences import WITHOUT

        if not self.moves:
            return WITHOUT.get(f"{self.kind}/{self.nearest or self.name}", "")
        fields = [(move.known_as, (move.above or "").split(".")[-1]) for move in self.moves]
        effects = {WITHOUT.get(f"{self.kind}/{own}") or WITHOUT.get(f"{self.kind}/{above}") for own, above in fields}
        return effects.pop() or "" if len(effects) == 1 else ""

    @property
    def other_kinds(self) -> tuple[str, ...]:
        """The kinds that would know the field."""
        from linter.schema.consequences import WITHOUT

        known = (each.split("/") for each in WITHOUT)
        return tuple(kind for kind, name in known if name == self.name and kind != self.kind)

    @property
    def selector(self) -> str | None:
        """TYPE: the Calico selector that a Kubernetes label selector in its place was meant for (selector §10)."""
        if self.schema.get("x-type") != "Selector" or not self.value:
            return None
        from linter.selectors.kubernetes import from_label_selector

        return from_label_selector(self.value)

    @property
    def rejection(self) -> str:
        """Who refuses the object."""
        if self.kind == "Node":
            return "calicoctl rejects the whole file"
        return f"{'kubectl rejects' if self.kind in _OF_KUBECTL else 'calicoctl and kubectl reject'} the object"

    @property
    def refusal(self) -> str:
        """Who refuses the value, and what becomes of one that is stored all the same."""
        stored = str(self.schema.get("x-consequence", {}).get(self.keyword, ""))
        return f"calicoctl rejects the object; {stored}" if stored.startswith(_STORED) else stored or self.rejection

    @property
    def unchecked(self) -> str:
        """What becomes of the value where no layer of this Calico version looks at it; empty where one does."""
        return str(self.schema.get("x-unchecked", {}).get(self.keyword, ""))

    @property
    def choices(self) -> str:
        """VALUE: the allowed values as a phrase, the empty one left out."""
        shown = (str(value).lower() if isinstance(value, bool) else str(value) for value in self.allowed if value != "")
        return listed(shown, "or")

    @property
    def form(self) -> Form:
        """VALUE: what a value of the schema's format is and looks like; else what the schema says of the field."""
        from linter.values.forms import FORMS, Form

        name = str(self.schema.get("format", "")).removesuffix("-or-empty")
        told = str(self.schema.get("description", "")).rstrip(".")
        return FORMS.get(name) or Form(f"allowed for {self.field}", told)

    @property
    def described(self) -> str:
        """What the schema says of the value first (MISSING: of the missing field), fit to stand inside a sentence."""
        import re

        part = self.schema.get("properties", {}).get(self.name, {}) if self.rule == MISSING else self.schema
        first: str = re.split(r"\. (?=[A-Z`])", str(part.get("description", "")))[0].rstrip(".")
        return first if first[1:2].isupper() else first[:1].lower() + first[1:]

    def shown(self, source: Source) -> str:
        """The value as written, for a message: on one line, cut where it is long; those of Secrets are not shown."""
        if self.kind == "Secret" and self.key is not self.node:
            return f"the value of {self.field}"
        written = " ".join(source[self.node.span].split())
        return written if len(written) <= _SHOWN else written[: _SHOWN - 1] + "…"

    @property
    def in_json(self) -> bool:
        """Whether the object is written as JSON, where nothing but double quotes will do."""
        from linter.yaml.edits import is_json

        return is_json(self.root)

    def edit(self, source: Source, text: str) -> Edit:
        """Write `text` in place of the value and its tag; its anchor and comment stay."""
        from linter.yaml.edits import replaced

        return replaced(source, self.node, text)

    def removal(self, source: Source) -> Edit | None:
        """REPEATED: the edit that takes the item out of its list; None where comments, anchors or aliases forbid it."""
        from linter.yaml.edits import without_item

        above, _, index = self.pointer.rpartition("/")
        items = at(self.root, above)
        below = content(items) if items else None
        return without_item(source, below, int(index)) if isinstance(below, Sequence) else None

    def relocation(self, source: Source) -> tuple[Edit, ...]:
        """The edits that put all misplaced fields of this object where they belong; none if that is not certain."""
        from linter.schema.relocation import relocated

        return relocated(self, source)


def dotted(pointer: str) -> str:
    """A JSON Pointer as people write it: `spec.importV4[0].max`, `metadata.labels["a/b"]`."""
    written = ""
    for part in map(unescape, pointer.split("/")[1:]):
        if part.isdigit():
            written += f"[{part}]"
        elif part.replace("-", "_").isidentifier():
            written += f".{part}"
        else:
            written += f'["{part}"]'
    return written.removeprefix(".")
