"""Kubernetes Secret, as far as it holds BGP passwords (calico-fields §6). No value of it is ever printed."""

from __future__ import annotations

from binascii import Error as Base64Error
from binascii import a2b_base64
from typing import TYPE_CHECKING, Final, NamedTuple

from linter.resources.base import Located, Resource
from linter.yaml.nodes import Scalar, content

if TYPE_CHECKING:
    from linter.resources.base import View
    from linter.yaml.nodes import Entry

_FILLED_IN_LATER: Final = ("ENC[", "<path:", "ref+", "op://", "vault:")
"""What sops, argocd-vault-plugin, vals, the 1Password and the Vault injector leave in the place of a value."""


class SecretReference(NamedTuple):
    """`secretKeyRef` of a password: the Secret's name and the key in it. Calico has no field for the namespace."""

    name: Located[str]
    key: Located[str]


def secret_reference(view: View, *path: str) -> SecretReference | None:
    """The reference below the password at `path`; None unless it names a Secret and a key."""
    name, key = (_text(view, view.entry((*path, "secretKeyRef", member))) for member in ("name", "key"))
    return SecretReference(name, key) if name and name.value and key and key.value else None


def _text(view: View, entry: Entry | None) -> Located[str] | None:
    below = content(entry.value) if entry else None
    if entry is None or id(entry.value) in view.rejected or not isinstance(below, Scalar):
        return None
    value = below.value
    return Located(value, view.source, entry.key, entry.value) if isinstance(value, str) else None


class Secret(Resource):
    """Named values; `stringData` wins over `data`."""

    __slots__ = ()

    def password(self, key: str) -> Located[bytes] | None:
        """The decoded value under `key`.

        None when the key is absent, when its value is no text or no base64, and when something else fills it in before
        it reaches the cluster: a template placeholder, a sealed or encrypted text.
        """
        plain = self.entry(("stringData", key))
        entry = plain or self.entry(("data", key))
        if entry is None or "sops" in self.root.fields:
            return None
        text = _text(self, entry)
        if text is None:
            return None
        value = text.value.encode("utf-8", "surrogatepass") if plain else _decoded(text.value)
        if value is None or _is_filled_in_later(value.decode("utf-8", "replace")):
            return None
        return Located(value, self.source, entry.key, entry.value)


def _decoded(text: str) -> bytes | None:
    """Base64 as Go reads it: padded, line breaks between the characters, nothing else."""
    try:
        return a2b_base64(text.replace("\n", "").replace("\r", ""), strict_mode=True)
    except (Base64Error, ValueError):
        return None


def _is_filled_in_later(text: str) -> bool:
    from linter.schema.dialect import is_templated

    return text.startswith(_FILLED_IN_LATER) or is_templated(text)
