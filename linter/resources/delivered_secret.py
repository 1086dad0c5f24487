"""Objects that a controller makes Secrets of: they are there, and nobody but the controller knows what they hold."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.resources.base import Resource, View, text

if TYPE_CHECKING:
    from linter.resources.base import Located


class DeliveredSecret(Resource):
    """What all of them have in common; not a kind itself."""

    __slots__ = ()

    @property
    def secret_names(self) -> tuple[Located[str], ...]:
        """The names of the Secrets it becomes: its own, unless it states another."""
        return (self.name,) if self.name else ()


class SealedSecret(DeliveredSecret):
    """Of sealed-secrets (bitnami.com/v1alpha1): values encrypted for the controller, bound to name and namespace."""

    __slots__ = ()

    template_name = text("spec", "template", "metadata", "name")

    @property
    def secret_names(self) -> tuple[Located[str], ...]:
        """The name in its template, or its own."""
        return (self.template_name,) if self.template_name else super().secret_names


class ExternalSecret(DeliveredSecret):
    """Of External Secrets (external-secrets.io): values fetched from a store elsewhere."""

    __slots__ = ()

    target_name = text("spec", "target", "name")

    @property
    def secret_names(self) -> tuple[Located[str], ...]:
        """The name of its target, or its own."""
        return (self.target_name,) if self.target_name else super().secret_names


class ClusterExternalSecret(DeliveredSecret):
    """Of External Secrets: the same in several namespaces."""

    __slots__ = ()

    target_name = text("spec", "externalSecretSpec", "target", "name")
    external_name = text("spec", "externalSecretName")

    @property
    def secret_names(self) -> tuple[Located[str], ...]:
        """The name of the target, or that of the ExternalSecrets it makes."""
        stated = self.target_name or self.external_name
        return (stated,) if stated else super().secret_names


class VaultStaticSecret(DeliveredSecret):
    """Of the Vault Secrets Operator (secrets.hashicorp.com): values that are kept in Vault."""

    __slots__ = ()

    destination_name = text("spec", "destination", "name")

    @property
    def secret_names(self) -> tuple[Located[str], ...]:
        """The name of its destination, which has to be stated."""
        return (self.destination_name,) if self.destination_name else ()


class SopsSecret(DeliveredSecret):
    """Of the operator for SOPS (isindir.github.com): several Secrets with encrypted values."""

    __slots__ = ()

    @property
    def secret_names(self) -> tuple[Located[str], ...]:
        """The names of its templates."""
        return tuple(each.name for each in self.parts(_Template, "spec", "secretTemplates") if each.name)


class _Template(View):
    __slots__ = ()

    name = text("name")
