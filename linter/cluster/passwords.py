"""Which Secret each BGP password is read from, as far as the input tells (calico-fields §6)."""

from __future__ import annotations

from typing import TYPE_CHECKING, Final, NamedTuple

from linter.cluster.calico_node import MANIFEST_NAMESPACE, OPERATOR_NAMESPACE
from linter.resources.bgp_configuration import BGPConfiguration
from linter.resources.bgp_peer import BGPPeer
from linter.resources.delivered_secret import (
    ClusterExternalSecret,
    DeliveredSecret,
    ExternalSecret,
    SealedSecret,
    SopsSecret,
    VaultStaticSecret,
)
from linter.resources.kustomization import Kustomization
from linter.resources.secret import Secret, SecretReference, empty_reference, secret_reference
from linter.schema.dialect import is_templated

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.cluster.cluster import Cluster
    from linter.diagnostics import Label
    from linter.resources.base import Located

    SecretSource = Secret | DeliveredSecret | Kustomization

_DELIVERED: Final[tuple[type[DeliveredSecret], ...]] = (
    SealedSecret,
    ExternalSecret,
    ClusterExternalSecret,
    VaultStaticSecret,
    SopsSecret,
)
_USUAL: Final = frozenset((MANIFEST_NAMESPACE, OPERATOR_NAMESPACE))


class PasswordUse(NamedTuple):
    """A session's password: the BGPPeer or BGPConfiguration, and what it refers to."""

    resource: BGPPeer | BGPConfiguration
    reference: SecretReference

    @property
    def unread(self) -> str:
        """What becomes of the sessions when calico-node finds no password; nodes among themselves lose it alike."""
        if isinstance(self.resource, BGPPeer) and self.resource.stated(BGPPeer.peer_ip):
            return "no password is used, and with a router that expects one the session is never up"
        return "it fails open, the sessions between nodes run without authentication"


class Password(NamedTuple):
    """One key of a Secret that sessions use.

    `named` are the Secrets of that name, and what becomes one, in any namespace; `readable` those that calico-node
    reads, or may read where its namespace, or theirs, is not known; `secrets` the same, or none at all if what one of
    them holds is decided elsewhere.
    """

    name: str
    key: str
    uses: tuple[PasswordUse, ...]
    named: tuple[SecretSource, ...]
    readable: tuple[SecretSource, ...]
    secrets: tuple[Secret, ...]

    @property
    def values(self) -> tuple[Located[bytes], ...]:
        """The decoded value in each of `secrets`; none at all unless every one is known. Never to be printed."""
        found = [secret.password(self.key) for secret in self.secrets]
        known = tuple(value for value in found if value is not None)
        return known if len(known) == len(found) else ()

    @property
    def is_keyless(self) -> bool:
        """Whether every one of `secrets`, of which there are some, certainly lacks the key."""
        keys = [secret.keys for secret in self.secrets]
        return bool(keys) and all(names is not None and self.key not in names for names in keys)

    @property
    def labels(self) -> tuple[Label, ...]:
        """Where it is used."""
        return tuple(use.reference.name.label("used as a BGP password here") for use in self.uses)


def passwords(cluster: Cluster) -> tuple[Password, ...]:
    """Every password that is referred to by name and key, in the order of the first use; none behind a template."""
    uses: dict[tuple[str, str], list[PasswordUse]] = {}
    for use in _uses(cluster):
        named = use.reference.name.value, use.reference.key.value
        if not any(map(is_templated, named)):
            uses.setdefault(named, []).append(use)
    if not uses:
        return ()
    sources = tuple(_sources(cluster))
    return tuple(_password(cluster, name, key, tuple(users), sources) for (name, key), users in uses.items())


def alternatives(cluster: Cluster, key: str) -> frozenset[str]:
    """The names of the Secrets that calico-node may read and that have the key, or may have it."""
    return frozenset(
        name
        for name, source in _sources(cluster)
        if _is_readable(cluster, source)
        and (not isinstance(source, Secret) or source.keys is None or key in source.keys)
        and not is_templated(name)
    )


def empty_references(cluster: Cluster) -> Iterator[Located[object]]:
    """Where a password has a reference with a key, but one of them is empty, or there is no name."""
    for resource, path in _holders(cluster):
        place = empty_reference(resource, *path)
        if place:
            yield place


def _uses(cluster: Cluster) -> Iterator[PasswordUse]:
    for resource, path in _holders(cluster):
        reference = secret_reference(resource, *path)
        if reference:
            yield PasswordUse(resource, reference)


def _holders(cluster: Cluster) -> Iterator[tuple[BGPPeer | BGPConfiguration, tuple[str, str]]]:
    """What may state a password, and where; sessions with local workloads have none, and a mesh that is off neither."""
    for peer in cluster.of(BGPPeer):
        if "password" in peer.members and peer.absent(BGPPeer.local_workload_selector):
            yield peer, ("spec", "password")
    for configuration in cluster.of(BGPConfiguration):
        mesh = configuration.node_to_node_mesh_enabled
        if configuration.is_default and (mesh is None or mesh.value):
            yield configuration, ("spec", "nodeMeshPassword")


def _sources(cluster: Cluster) -> Iterator[tuple[str, SecretSource]]:
    """All Secrets, and what becomes one, with the Secret's name."""
    for secret in cluster.of(Secret):
        if secret.name:
            yield secret.name.value, secret
    for kind in _DELIVERED:
        for delivered in cluster.of(kind):
            for name in delivered.secret_names:
                yield name.value, delivered
    for kustomization in cluster.of(Kustomization):
        for name in kustomization.secret_names:
            yield name.value, kustomization


def _password(
    cluster: Cluster,
    name: str,
    key: str,
    uses: tuple[PasswordUse, ...],
    sources: tuple[tuple[str, SecretSource], ...],
) -> Password:
    """A Secret whose name a template makes may be any, and what it holds says nothing about this one."""
    named = tuple(source for called, source in sources if called == name or is_templated(called))
    readable = tuple(source for source in named if _is_readable(cluster, source))
    certain = [source for source in readable if source.identity.name == name]
    secrets = tuple(source for source in certain if isinstance(source, Secret))
    patched = any(secret.identity.name == name for secret in cluster.patches(Secret))
    return Password(name, key, uses, named, readable, secrets if len(secrets) == len(readable) and not patched else ())


def _is_readable(cluster: Cluster, source: SecretSource) -> bool:
    """Whether calico-node reads Secrets where this one is, as far as both are known."""
    stated, own = source.namespace.value if source.namespace else "", cluster.calico_node.namespace
    if not stated or is_templated(stated) or stated in (_USUAL if own is None else (own,)):
        return True
    return any(one.target_namespace and one.covers(source.source.path) for one in cluster.of(Kustomization))
