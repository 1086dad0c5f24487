"""A lazy view over all objects of one cluster."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, TypeVar

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linter.cluster.calico_node import CalicoNode
    from linter.cluster.passwords import Password
    from linter.resources.base import Located, Resource
    from linter.selectors import SelectorTable

R = TypeVar("R", bound="Resource")


class Cluster:
    """The objects of one cluster; making one costs nothing, an index exists once a rule has asked for it.

    `complete` says that what is not among them does not exist; without it nothing may be called missing. `selectors`
    reads each distinct selector once; it belongs to the run.
    """

    def __init__(
        self, resources: Sequence[Resource], selectors: SelectorTable, name: str = "", complete: bool = False
    ) -> None:
        self.resources = resources
        self.selectors = selectors
        self.name = name
        self.complete = complete

    @cached_property
    def node_labels(self) -> dict[str, dict[str, str]]:
        """The labels that selectors see on the known nodes, by node; whether there are more, `complete` says."""
        from linter.cluster.labels import node_labels

        return node_labels(self.resources)

    @cached_property
    def calico_node(self) -> CalicoNode:
        """Where calico-node runs and what its environment tells it."""
        from linter.cluster.calico_node import calico_node

        return calico_node(self)

    @cached_property
    def passwords(self) -> tuple[Password, ...]:
        """The BGP passwords that are referred to, each with the Secrets it may be read from."""
        from linter.cluster.passwords import passwords

        return passwords(self)

    @cached_property
    def empty_references(self) -> tuple[Located[object], ...]:
        """Where a password refers to a Secret without a name, or to an empty key."""
        from linter.cluster.passwords import empty_references

        return tuple(empty_references(self))

    def secrets_with(self, key: str) -> frozenset[str]:
        """The names of the Secrets that calico-node may read and that have the key, or may have it."""
        from linter.cluster.passwords import alternatives

        return alternatives(self, key)

    @cached_property
    def has_rbac(self) -> bool:
        """Whether the input says anything about who may do what."""
        from linter.cluster.secret_access import has_rbac

        return has_rbac(self)

    def may_read_secret(self, name: str) -> bool:
        """Whether calico-node is granted, or for all that is known may be, to read the Secret of that name."""
        from linter.cluster.secret_access import may_read

        return may_read(self, name)

    @cached_property
    def _by_kind(self) -> dict[type[Resource], list[Resource]]:
        found: dict[type[Resource], list[Resource]] = {}
        for resource in self.resources:
            found.setdefault(type(resource), []).append(resource)
        return found

    @cached_property
    def members(self) -> dict[str, set[str]]:
        """By the name of its view, each kind at hand with the members that any `spec` of the kind has."""
        found: dict[str, set[str]] = {}
        for resource in self.resources:
            found.setdefault(type(resource).__name__, set()).update(resource.members)
        return found

    def of(self, kind: type[R]) -> Sequence[R]:
        """The objects of one kind, in the order of files and documents; patches, which define nothing, left out."""
        return [
            resource for resource in self._by_kind.get(kind, ()) if isinstance(resource, kind) and not resource.patch
        ]

    def patches(self, kind: type[R]) -> Sequence[R]:
        """The kustomize patches of one kind."""
        return [resource for resource in self._by_kind.get(kind, ()) if isinstance(resource, kind) and resource.patch]
