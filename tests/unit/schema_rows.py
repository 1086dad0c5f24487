"""The rows of schema_rows.txt: table B of the rule catalogue as values that break a constraint, or just do not."""

from __future__ import annotations

import copy
import json
import operator
import re
from itertools import product
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

from linter.schema.editions import SHIPPED, Version, minor

if TYPE_CHECKING:
    from collections.abc import Iterator

HERE = Path(__file__).parent
EXAMPLES: dict[str, Any] = json.loads((HERE / "schema_examples.json").read_text(encoding="utf-8"))
CALICO = ("BGPPeer", "BGPConfiguration", "BGPFilter", "Node", "CalicoNodeStatus", "IPPool")
"""The kinds that are described whole."""
FILES = {
    **{kind: ("projectcalico.org", f"{kind.lower()}_v3") for kind in (*CALICO, "FelixConfiguration")},
    "Installation": ("operator.tigera.io", "installation_v1"),
    "Secret": ("v1", "secret_v1"),
    "Kubernetes Node": ("v1", "node_v1"),
}
"""By kind: the folder and the name of its schema."""
RELATIONS = {"≤": operator.le, "=": operator.eq, "≥": operator.ge}


class Row(NamedTuple):
    """A value, as a Python expression, at a place of an otherwise valid manifest, and what is said about it."""

    kind: str
    versions: tuple[Version, ...]
    ranged: bool
    place: str
    code: str
    text: str

    def __str__(self) -> str:
        return f"{self.kind}{self.place}={self.text}"[:100] + f"-{self.versions[0][1]}" * self.ranged

    @property
    def value(self) -> Any:
        """The value; `...` takes the member away."""
        return eval(self.text, {})  # noqa: S307 - our own rows, some of which want arithmetic

    @property
    def parent(self) -> str:
        """Where the object or list stands that holds the value."""
        return self.place.rpartition("/")[0] or "/"


def rows() -> Iterator[Row]:
    """All rows, alternatives written out; a heading without versions is for all of them."""
    kinds: tuple[str, ...] = ()
    versions, ranged = SHIPPED, False
    for line in (HERE / "schema_rows.txt").read_text(encoding="utf-8").splitlines():
        if not line or line.startswith("#"):
            continue
        if " | " not in line:
            name, relation, bound = heading(line)
            kinds = CALICO if name == "every kind" else (name,)
            ranged = bool(relation)
            versions = tuple(each for each in SHIPPED if not ranged or RELATIONS[relation](each, minor(bound)))
            continue
        places, code, *values = line.split(" | ")
        values = [" | ".join(values)] if code in {"bound", "unbound"} else values
        for kind, place, value in product(kinds, either(places), values):
            yield Row(kind, versions, ranged, place, code, value)


def heading(line: str) -> tuple[str, str, str]:
    """The kind, the relation and the version of a heading such as "BGPPeer ≤ 3.31"."""
    match = re.fullmatch(r"(.+?)(?: ([≤=≥]) (3\.\d+))?", line)
    assert match is not None
    return match[1], match[2] or "", match[3] or ""


def either(places: str) -> list[str]:
    """`/a/{b,c}` written out."""
    parts = [part.split(",") for part in re.split(r"[{}]", places)]
    return ["".join(choice) for choice in product(*parts)]


def with_value(document: Any, place: str, value: Any) -> Any:
    """A copy with `value` at the pointer `place`, without that member where the value is `...`."""
    if place == "/":
        return value
    changed = copy.deepcopy(document)
    target, *steps = changed, *place[1:].split("/")
    for step in steps[:-1]:
        target = target[int(step) if isinstance(target, list) else step]
    last = int(steps[-1]) if isinstance(target, list) else steps[-1]
    if value is ...:
        target.pop(last)
    else:
        target[last] = value
    return changed
