"""Kubernetes Secret, as far as it holds BGP passwords (calico-fields §6). No value of it is ever printed."""

from __future__ import annotations

from binascii import Error as Base64Error
from binascii import a2b_base64
from typing import TYPE_CHECKING, Final, NamedTuple

from linter.resources.base import Located, Resource
from linter.values.names import FILLED_IN_LATER
from linter.yaml.nodes import Mapping, Scalar, content

if TYPE_CHECKING:
    from linter.resources.base import View
    from linter.yaml.nodes import Entry


_VALUES: Final = ("data", "stringData")


class SecretReference(NamedTuple):
    """`secretKeyRef` of a password: the Secret's name and the key in it. Calico has no field for the namespace."""

    name: Located[str]
    key: Located[str]


def secret_reference(view: View, *path: str) -> SecretReference | None:
    """The reference below the password at `path`; None unless it names a Secret and a key."""
    name, key = (_text(view, view.entry((*path, "secretKeyRef", member))) for member in ("name", "key"))
    return SecretReference(name, key) if name and name.value and key and key.value else None


def empty_reference(view: View, *path: str) -> Located[object] | None:
    """The empty name in the reference of the password at `path`, else the empty key; where no name is written, the
    key of YAML that lacks it.

    None unless the reference has a key: without one there is no reference to speak of.
    """
    above = (*path, "secretKeyRef")
    reference, key = view.entry(above), _text(view, view.entry((*above, "key")))
    if reference is None or key is None:
        return None
    entry = view.entry((*above, "name"))
    if entry is None:
        return Located(None, view.source, reference.key, reference.key)
    below = content(entry.value)
    if not isinstance(below, Scalar) or id(entry.value) in view.rejected:
        return None
    if below.value not in {None, ""}:
        return None if key.value else Located(None, view.source, key.key, key.node)
    written = view.source[entry.value.span].strip()
    return Located(None, view.source, entry.key, entry.value if written else entry.key)


def _text(view: View, entry: Entry | None) -> Located[str] | None:
    below = content(entry.value) if entry else None
    if entry is None or id(entry.value) in view.rejected or not isinstance(below, Scalar):
        return None
    value = below.value
    return Located(value, view.source, entry.key, entry.value) if isinstance(value, str) else None


class Secret(Resource):
    """Named values; `stringData` wins over `data`."""

    __slots__ = ()

    @property
    def keys(self) -> frozenset[str] | None:
        """The names of its values; None where others may come in before it reaches the cluster, as in an empty one."""
        from linter.schema.dialect import is_templated

        parts = [content(entry.value) for name in _VALUES if (entry := self.entry((name,)))]
        names = frozenset(name for part in parts if isinstance(part, Mapping) for name in part.fields)
        opaque = any(isinstance(part, Scalar) and part.value is not None for part in parts)
        unsure = opaque or "sops" in self.root.fields or any(map(is_templated, names))
        return None if unsure or not names else names

    def is_plain(self, key: str) -> bool:
        """Whether the value under `key` is written as it is, not in base64."""
        return self.entry(("stringData", key)) is not None

    def password(self, key: str) -> Located[bytes] | None:
        """The decoded value under `key`; null counts as empty.

        None when the key is absent, when its value is no text or no base64, and when something else fills it in before
        it reaches the cluster: a template placeholder, a sealed or encrypted text.
        """
        entry = self.entry(("stringData", key)) or self.entry(("data", key))
        if entry is None or "sops" in self.root.fields:
            return None
        value = self._decoded(entry, self.is_plain(key))
        if value is None or _is_filled_in_later(value.decode("utf-8", "replace")):
            return None
        return Located(value, self.source, entry.key, entry.value)

    def _decoded(self, entry: Entry, plain: bool) -> bytes | None:
        text = _text(self, entry)
        if text is None:
            below = content(entry.value)
            null = isinstance(below, Scalar) and below.value is None and id(entry.value) not in self.rejected
            return b"" if null else None
        return text.value.encode("utf-8", "surrogatepass") if plain else _decoded(text.value)


def _decoded(text: str) -> bytes | None:
    """Base64 as Go reads it: padded, line breaks between the characters, nothing else."""
    try:
        return a2b_base64(text.replace("\n", "").replace("\r", ""), strict_mode=True)
    except (Base64Error, ValueError):
        return None


def _is_filled_in_later(text: str) -> bool:
    from linter.schema.dialect import is_templated

    return text.startswith(FILLED_IN_LATER) or is_templated(text)
