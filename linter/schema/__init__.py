"""The JSON Schema stage: what plain schemas can say about one object, settled fast where there is nothing to say."""

from __future__ import annotations

import os
from typing import TYPE_CHECKING, Any

from linter.bundle import bundled
from linter.schema.dialect import WORDING, Json, Reading
from linter.schema.editions import NEWEST, nearest, written
from linter.schema.first_look import Typed, compiled

if TYPE_CHECKING:
    from linter.schema.editions import Version
    from linter.schema.explain import Explainer
    from linter.schema.faults import SchemaFault as SchemaFault
    from linter.schema.first_look import Check
    from linter.yaml.nodes import Node


def __getattr__(name: str) -> Any:
    """`SchemaFault` is imported when there is something to say."""
    if name != "SchemaFault":
        raise AttributeError(f"module 'linter.schema' has no attribute {name!r}")
    from linter.schema.faults import SchemaFault

    return SchemaFault


class SchemaResult:
    """What the schema says about one object.

    `rejected`: ids of the nodes whose value is at fault, or stands under a strange name; `presumed`: JSON Pointers of
    the fields that misspelt and misplaced ones were probably meant for; `values`: the values of known types, those at
    fault or made from a template placeholder left out.
    """

    __slots__ = ("faults", "presumed", "rejected", "values")

    def __init__(
        self,
        values: list[Typed],
        faults: tuple[SchemaFault, ...] = (),
        rejected: frozenset[int] = frozenset(),
        presumed: frozenset[str] = frozenset(),
    ) -> None:
        self.values = values
        self.faults = faults
        self.rejected = rejected
        self.presumed = presumed


class Schema:
    """One JSON Schema (draft-07, local definitions only), compiled on first use and kept for the run.

    `ignore_case` accepts field names in any letter case, as calicoctl does (calico-fields §10). `apply_path` is the way
    the manifests are applied, where it is known.
    """

    def __init__(self, data: Json, ignore_case: bool = False, apply_path: str | None = None) -> None:
        self.data = data
        self._ignore_case = ignore_case
        self._apply_path = apply_path
        self._looks: dict[tuple[frozenset[str], bool], _Look] = {}

    def examine(self, root: Node, codes: frozenset[str] = frozenset(), patch: bool = False) -> SchemaResult:
        """Judge one object. `codes`: the rules that exist and speak for themselves; `patch`: nothing is required."""
        look = self._looks.get((codes, patch))
        if look is None:
            reading = Reading(codes ^ WORDING, patch, self._ignore_case, self._apply_path)
            look = self._looks[codes, patch] = _Look(self.data, reading)
        values: list[Typed] = []
        if look.check(root, None, "", values):
            return SchemaResult(values)
        return look.explain(root, values)


class _Look:
    """A schema in one reading: the first look, and the explainer once it is needed."""

    __slots__ = ("_data", "_explainer", "_reading", "check")

    def __init__(self, data: Json, reading: Reading) -> None:
        self._data = data
        self._reading = reading
        self._explainer: Explainer | None = None
        self.check: Check = compiled(data, reading)

    def explain(self, root: Node, values: list[Typed]) -> SchemaResult:
        if self._explainer is None:
            from linter.schema.explain import Explainer

            self._explainer = Explainer(self._data, self._reading)
        faults, rejected, presumed = self._explainer.explain(root)
        values = [value for value in values if id(value[2]) not in rejected]
        return SchemaResult(values, faults, rejected, presumed)


def load(group: str, name: str, version: Version = NEWEST, apply_path: str | None = None) -> Schema:
    """The bundled schema of a kind, such as `load("projectcalico.org", "bgppeer_v3", (3, 31))`; the core group is "".

    A version that peerlint has no schemas for gets the nearest one's. `apply_path` is how the manifests are
    applied, where that is known.

    Raises:
        OSError: peerlint ships no such schema.
    """
    import json

    path = os.path.join(bundled("schemas"), written(nearest(version)), group or "v1", f"{name}.json")
    with open(path, encoding="utf-8") as file:
        return Schema(json.load(file), ignore_case=(group, name) == _IGNORES_CASE, apply_path=apply_path)


_IGNORES_CASE = ("projectcalico.org", "node_v3")
"""The kind that calicoctl alone applies (calico-fields §5.1, §10)."""
