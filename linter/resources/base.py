"""What all views share: located values, declared fields, the identity of an object."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, ClassVar, Generic, Self, TypeVar, overload

from linter.diagnostics import Label, ObjectName
from linter.text import Span
from linter.yaml.nodes import Alias, Mapping, Scalar, Sequence, content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from linter.diagnostics import Edit
    from linter.text import Source
    from linter.yaml.nodes import Content, Document, Entry, Node

T = TypeVar("T")
V = TypeVar("V", bound="View")


class Located(Generic[T]):
    """A value and the place that states it; `key` is None for a list item."""

    __slots__ = ("key", "node", "source", "value")

    def __init__(self, value: T, source: Source, key: Scalar | None, node: Node) -> None:
        self.value = value
        self.source = source
        self.key = key
        self.node = node

    @property
    def content(self) -> Content:
        """The node, or what its alias repeats."""
        return content(self.node)

    @property
    def span(self) -> Span:
        """The value with its tag and anchor."""
        return self.node.span

    @property
    def text(self) -> str:
        """The value as written, tag, anchor and quotes included."""
        return self.source[self.node.span]

    def label(self, message: str = "") -> Label:
        """The value as a place."""
        return Label(self.source, self.node.span, message)

    def key_label(self, message: str = "") -> Label:
        """The key as a place; the value for a list item."""
        return Label(self.source, (self.key or self.node).span, message)

    def part(self, start: int, end: int, message: str = "") -> tuple[Label, ...]:
        """A part of the value's text as a place; none where the text is not written character for character."""
        scalar = self.content
        if not isinstance(scalar, Scalar) or start >= end:
            return ()
        closing = scalar.style if scalar.style in {"'", '"'} else ""
        written = self.source[scalar.text_span].rstrip("\r\n")
        if not written.endswith(scalar.text + closing):
            return ()
        first = scalar.text_start + len(written) - len(scalar.text + closing)
        return (Label(self.source, Span(first + start, first + end), message),)

    def edit(self, new_text: str) -> Edit:
        """Write `new_text` in place of the value and its tag; its anchor and comment stay."""
        from linter.yaml.edits import replaced

        return replaced(self.source, self.node, new_text)

    def requote(self, text: str) -> Edit:
        """Write text that needs no quotes in place of a scalar, in the quotes it has, if any."""
        style = getattr(self.content, "style", "")
        quote = style if style in {"'", '"'} else ""
        return self.edit(f"{quote}{text}{quote}")


class Field(Generic[T]):
    """A declared field of a view: reads `path` below the view's root, converts, and remembers where it stood."""

    __slots__ = ("convert", "path")

    def __init__(self, path: tuple[str, ...], convert: Callable[[Content], T | None]) -> None:
        self.path = path
        self.convert = convert

    @overload
    def __get__(self, view: None, owner: type) -> Self: ...
    @overload
    def __get__(self, view: View, owner: type) -> Located[T] | None: ...
    def __get__(self, view: View | None, owner: type) -> Self | Located[T] | None:
        if view is None:
            return self
        entry = view.entry(self.path)
        if entry is None:
            return None
        node = entry.value
        if view.rejected and id(node) in view.rejected:
            return None
        value = self.convert(content(node))
        return None if value is None else Located(value, view.source, entry.key, node)


def text(*path: str) -> Field[str]:
    """A field whose value is text."""
    return Field(path, _as_text)


def flag(*path: str) -> Field[bool]:
    """A boolean field."""
    return Field(path, _as_bool)


def integer(*path: str) -> Field[int]:
    """A field whose value is a whole number."""
    return Field(path, _as_int)


def number(*path: str) -> Field[int]:
    """An AS number as Calico decodes it, from a number or from text (calico-fields §9.1)."""
    return Field(path, _as_as_number)


def mapping(*path: str) -> Field[Mapping]:
    """A field whose value is an object."""
    return Field(path, _as_mapping)


def sequence(*path: str) -> Field[Sequence]:
    """A field whose value is a list."""
    return Field(path, _as_sequence)


def _as_text(node: Content) -> str | None:
    return node.value if isinstance(node, Scalar) and isinstance(node.value, str) else None


def _as_bool(node: Content) -> bool | None:
    return node.value if isinstance(node, Scalar) and isinstance(node.value, bool) else None


def _as_int(node: Content) -> int | None:
    value = node.value if isinstance(node, Scalar) else None
    if isinstance(value, float):
        return int(value) if value.is_integer() else None
    return value if isinstance(value, int) and not isinstance(value, bool) else None


def _as_as_number(node: Content) -> int | None:
    if isinstance(node, Scalar) and isinstance(node.value, str):
        from linter.values import as_number

        return as_number(node.value)
    value = _as_int(node)
    return value if value is not None and 0 <= value < 2**32 else None


def _as_mapping(node: Content) -> Mapping | None:
    return node if isinstance(node, Mapping) else None


def _as_sequence(node: Content) -> Sequence | None:
    return node if isinstance(node, Sequence) else None


class View:
    """One object, or a part of one, read tolerantly: a field that is absent or of the wrong type has no value.

    `rejected` holds the `id` of every node that the schema stage found at fault; `presumed` the JSON Pointers (from
    the object's root) of fields that a misspelt or misplaced key was probably meant for, so that they count as present.
    """

    __slots__ = ("pointer", "presumed", "rejected", "root", "source")

    def __init__(
        self,
        source: Source,
        root: Mapping,
        pointer: str = "",
        rejected: frozenset[int] = frozenset(),
        presumed: frozenset[str] = frozenset(),
    ) -> None:
        self.source = source
        self.root = root
        self.pointer = pointer
        self.rejected = rejected
        self.presumed = presumed

    def entry(self, path: tuple[str, ...]) -> Entry | None:
        """The entry at `path` below this view, if every step on the way is an object that has it."""
        fields = self.root.fields
        for name in path[:-1]:
            step = fields.get(name)
            if step is None:
                return None
            below = step.value
            if below.__class__ is Alias:
                below = content(below)
            if below.__class__ is not Mapping:
                return None
            fields = below.fields
        return fields.get(path[-1])

    def stated(self, field: Field[Any]) -> Located[object] | None:
        """The field where it is set at all, whether or not its value is at fault.

        Null, empty text, 0, false, `{}` and `[]` count as unset, as they do for Calico (calico-fields §2.2).
        """
        entry = self.entry(field.path)
        if entry is None:
            return None
        value = _bare(content(entry.value))
        return Located(value, self.source, entry.key, entry.value) if value else None

    def written(self, field: Field[Any]) -> Located[object] | None:
        """The field where its key stands, even when its value counts as unset or is at fault."""
        entry = self.entry(field.path)
        return Located(_bare(content(entry.value)), self.source, entry.key, entry.value) if entry else None

    def absent(self, field: Field[Any]) -> bool:
        """Whether the field is neither set, nor has a value at fault, nor is meant by a misspelt or misplaced key."""
        entry = self.entry(field.path)
        if entry is not None and (id(entry.value) in self.rejected or _bare(content(entry.value))):
            return False
        return not self.presumed or self.pointer + "/" + "/".join(field.path) not in self.presumed

    def parts(self, kind: type[V], *path: str) -> tuple[V, ...]:
        """Views of the objects in the list at `path`; items that are no objects are left out."""
        entry = self.entry(path)
        items = content(entry.value) if entry else None
        if not isinstance(items, Sequence):
            return ()
        pointer = self.pointer + "/" + "/".join(path)
        return tuple(
            kind(self.source, below, f"{pointer}/{index}", self.rejected, self.presumed)
            for index, item in enumerate(items.items)
            if isinstance(below := content(item), Mapping)
        )

    def texts(self, *path: str) -> tuple[Located[str], ...]:
        """The text items of the list at `path`; other items are left out."""
        return tuple(self._items(path, _as_text))

    def numbers(self, *path: str) -> tuple[Located[int], ...]:
        """The AS numbers in the list at `path`, as Calico decodes them; other items are left out."""
        return tuple(self._items(path, _as_as_number))

    def _items(self, path: tuple[str, ...], convert: Callable[[Content], T | None]) -> Iterator[Located[T]]:
        entry = self.entry(path)
        items = content(entry.value) if entry else None
        for item in items.items if isinstance(items, Sequence) else ():
            value = None if id(item) in self.rejected else convert(content(item))
            if value is not None:
                yield Located(value, self.source, None, item)

    def member(self, *path: str) -> Located[object] | None:
        """The member at `path`, in exactly this letter case, as JSON has it (True or None for lists and objects)."""
        entry = View.entry(self, path)
        return Located(_bare(content(entry.value)), self.source, entry.key, entry.value) if entry else None

    def table(self, *path: str) -> dict[str, Located[object]]:
        """The members of the object at `path` by key, values as JSON has them (None for lists and objects)."""
        entry = self.entry(path)
        below = content(entry.value) if entry else None
        if not isinstance(below, Mapping):
            return {}
        return {
            name: Located(_bare(content(member.value)), self.source, member.key, member.value)
            for name, member in below.fields.items()
        }


def _bare(node: Content) -> object:
    """A scalar's value; True for an object or list with members, None for an empty one."""
    if isinstance(node, Scalar):
        return node.value
    return bool(node.entries if isinstance(node, Mapping) else node.items) or None


class Resource(View):
    """One Kubernetes object of a kind that peerlint knows.

    `base` is the JSON Pointer of its root in the document (not empty inside a List); `patch` says that it is a
    kustomize patch, which never defines an object; `inventory` that it is read but not reported on.
    """

    __slots__ = ("base", "document", "inventory", "patch")

    title: ClassVar[str]
    """The kind, as manifests and people write it."""

    name = text("metadata", "name")
    namespace = text("metadata", "namespace")
    api_version = text("apiVersion")
    kind = text("kind")
    metadata = mapping("metadata")
    annotations = mapping("metadata", "annotations")
    spec = mapping("spec")

    def __init_subclass__(cls) -> None:
        """A view is called like its kind, unless it says otherwise."""
        cls.title = cls.__dict__.get("title", cls.__name__)

    def __init__(
        self,
        document: Document,
        root: Mapping,
        base: str = "",
        rejected: frozenset[int] = frozenset(),
        presumed: frozenset[str] = frozenset(),
        patch: bool = False,
        inventory: bool = False,
    ) -> None:
        super().__init__(document.source, root, "", rejected, presumed)
        self.document = document
        self.base = base
        self.patch = patch
        self.inventory = inventory

    @property
    def members(self) -> dict[str, Entry]:
        """The members of `spec` by name."""
        return self._below("spec")

    @property
    def shape(self) -> tuple[tuple[str, ...], tuple[str, ...]]:
        """The names in `metadata` and in `spec`, in the order of the manifest."""
        return tuple(self._below("metadata")), tuple(self._below("spec"))

    def _below(self, name: str) -> dict[str, Entry]:
        entry = self.root.fields.get(name)
        below = content(entry.value) if entry else None
        return below.fields if isinstance(below, Mapping) else {}

    @property
    def is_calico(self) -> bool:
        """Whether it is an object of Calico's API, in either group; without apiVersion only such objects are read."""
        api = self.api_version
        return api is None or "projectcalico.org/" in api.value

    @property
    def identity(self) -> ObjectName:
        """apiVersion, kind, namespace and name as far as they are text."""
        return object_name(self.root)

    def kind_label(self, message: str = "") -> Label:
        """The value of `kind`: where something missing at the root is reported; the root's first line without one."""
        entry = self.root.fields.get("kind")
        span = entry.value.span if entry else Span(self.root.start, self.root.start)
        return Label(self.source, span, message)


def object_name(root: Mapping) -> ObjectName:
    """The identity a manifest states, for any object."""
    metadata = root.fields.get("metadata")
    below = content(metadata.value) if metadata else None
    inner = below.fields if isinstance(below, Mapping) else {}
    return ObjectName(
        _name(root.fields, "apiVersion"), _name(root.fields, "kind"), _name(inner, "namespace"), _name(inner, "name")
    )


def _name(fields: dict[str, Entry], key: str) -> str | None:
    entry = fields.get(key)
    node = content(entry.value) if entry else None
    return node.text if isinstance(node, Scalar) and node.value is not None else None


__all__ = [
    "Alias",
    "Field",
    "Located",
    "Resource",
    "View",
    "flag",
    "integer",
    "mapping",
    "number",
    "object_name",
    "sequence",
    "text",
]
