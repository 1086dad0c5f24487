"""Objects that a controller makes a Secret of: it is there, and nobody but the controller knows what it holds."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.resources.base import Resource, text

if TYPE_CHECKING:
    from linter.resources.base import Located


class SealedSecret(Resource):
    """Of sealed-secrets (bitnami.com/v1alpha1): values encrypted for the controller, bound to name and namespace."""

    __slots__ = ()

    template_name = text("spec", "template", "metadata", "name")

    @property
    def secret_name(self) -> Located[str] | None:
        """The name of the Secret it becomes."""
        return self.template_name or self.name


class ExternalSecret(Resource):
    """Of External Secrets (external-secrets.io): values fetched from a store elsewhere."""

    __slots__ = ()

    target_name = text("spec", "target", "name")

    @property
    def secret_name(self) -> Located[str] | None:
        """The name of the Secret it becomes."""
        return self.target_name or self.name
