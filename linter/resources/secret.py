"""Kubernetes Secret, as far as it holds BGP passwords (calico-fields §6). No value of it is ever printed."""

from __future__ import annotations

from binascii import Error as Base64Error
from binascii import a2b_base64
from typing import TYPE_CHECKING

from linter.resources.base import Located, Resource

if TYPE_CHECKING:
    from linter.yaml.nodes import Entry


class Secret(Resource):
    """Named values; `stringData` wins over `data`."""

    __slots__ = ()

    def password(self, key: str) -> Located[bytes] | None:
        """The decoded value under `key`; None when the key is absent, or its value is no text or no base64."""
        plain = self.entry(("stringData", key))
        if plain is not None:
            return self._decoded(plain, encoded=False)
        entry = self.entry(("data", key))
        return self._decoded(entry, encoded=True) if entry is not None else None

    def _decoded(self, entry: Entry, *, encoded: bool) -> Located[bytes] | None:
        value = Located(entry.value, self.source, entry.key, entry.value).content
        text = getattr(value, "value", None)
        if not isinstance(text, str):
            return None
        try:
            decoded = a2b_base64("".join(text.split()), strict_mode=True) if encoded else text.encode()
        except (Base64Error, ValueError):
            return None
        return Located(decoded, self.source, entry.key, entry.value)
