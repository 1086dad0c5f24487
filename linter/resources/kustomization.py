"""Kustomization, as far as it makes Secrets or moves them to another namespace."""

from __future__ import annotations

import posixpath
from typing import TYPE_CHECKING, Final

from linter.resources.base import Resource, View, text

if TYPE_CHECKING:
    from linter.resources.base import Located
    from linter.yaml.nodes import Mapping

_LISTS: Final = ("resources", "bases", "components")


class SecretGenerator(View):
    """One item of `secretGenerator`."""

    __slots__ = ()

    name = text("name")


class Kustomization(Resource):
    """What kustomize makes of the files beside it; one that bears on no Secret is left alone."""

    __slots__ = ()

    target_namespace = text("namespace")

    @property
    def secret_names(self) -> tuple[Located[str], ...]:
        """The names of the Secrets it makes, without the hash that kustomize may append."""
        return tuple(each.name for each in self.parts(SecretGenerator, "secretGenerator") if each.name)

    def covers(self, path: str) -> bool:
        """Whether it may give the objects of a file another namespace: the file is beside it or in what it lists."""
        folder = posixpath.dirname(self.source.path)
        listed = (
            posixpath.normpath(posixpath.join(folder, each.value)) for name in _LISTS for each in self.texts(name)
        )
        return any(path == place or path.startswith(f"{place}/") for place in (folder or ".", *listed)) or not folder


def concerns_secrets(root: Mapping) -> bool:
    """Whether a Kustomization makes Secrets or sets a namespace."""
    return not root.fields.keys().isdisjoint(("secretGenerator", "namespace"))
