"""The configuration as a typed, tolerant view, like the objects in manifests."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Final, TypeVar

from linter.resources.base import View, flag, text
from linter.yaml.nodes import Mapping, Sequence, content

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.resources.base import Located

T = TypeVar("T")

VERSION: Final = re.compile(r"v?(\d+)\.(\d+)(?:\.\d+)?")


class ConfigurationView(View):
    """The configuration itself, or one of its clusters, which have a part of its fields and a `name`."""

    __slots__ = ("name",)

    apply_path = text("applyPath")
    baseline = text("baseline")
    calico_version = text("calicoVersion")
    complete = flag("complete")
    fail_level = text("failLevel")
    kubernetes_version = text("kubernetesVersion")
    provider = text("provider")

    name: str

    def clusters(self) -> Iterator[ConfigurationView]:
        """The declared clusters."""
        declared = self.mapping("clusters")
        for name, entry in declared.fields.items() if declared else ():
            below = content(entry.value)
            if isinstance(below, Mapping):
                cluster = ConfigurationView(self.source, below, f"{self.pointer}/clusters/{name}", self.rejected)
                cluster.name = name
                yield cluster

    def overrides(self) -> tuple[View, ...]:
        """Settings for some files."""
        return self.parts(View, "overrides")

    def mapping(self, name: str) -> Mapping | None:
        """A member that is an object."""
        entry = self.root.fields.get(name)
        below = content(entry.value) if entry else None
        return below if isinstance(below, Mapping) else None

    def is_list(self, name: str) -> bool:
        """Whether a member is a list, be it an empty one; without a value it is none."""
        entry = self.root.fields.get(name)
        return entry is not None and isinstance(content(entry.value), Sequence)

    def states(self, name: str) -> bool:
        """Whether a list or an object has members."""
        entry = self.root.fields.get(name)
        below = content(entry.value) if entry else None
        return bool(below.items if isinstance(below, Sequence) else isinstance(below, Mapping) and below.entries)


def value(located: Located[T] | None) -> T | None:
    """What stands there, if something does."""
    return located.value if located else None


def texts(view: View, name: str) -> tuple[str, ...]:
    """The texts of a list."""
    return tuple(one.value for one in view.texts(name))


def version(located: Located[str] | None) -> tuple[int, int] | None:
    """Major and minor number of a version."""
    found = VERSION.fullmatch(located.value) if located else None
    return (int(found[1]), int(found[2])) if found else None
