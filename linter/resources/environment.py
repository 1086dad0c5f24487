"""The environment of a container: what a manifest states of it, and what it leaves open."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from linter.resources.base import Located, View, sequence, text
from linter.schema.dialect import is_templated

_EXPANDED: Final = re.compile(r"\$\(\w+\)")


class Variable(NamedTuple):
    """One variable. `value` is None where it is known only in the cluster; `field` is the Pod's field it repeats.

    `place` is its value, its source where that is elsewhere, or its name where it states neither (and so is empty).
    """

    name: str
    value: str | None
    place: Located[Any]
    field: str = ""


class Environment(NamedTuple):
    """Variables by name; unless it is `closed`, others may come from a ConfigMap or Secret as a whole."""

    variables: dict[str, Variable]
    closed: bool

    def value(self, name: str) -> str | None:
        """What the variable holds, empty where it is certainly unset; None where that is not known."""
        variable = self.variables.get(name)
        if variable is None:
            return "" if self.closed else None
        return variable.value


class _Entry(View):
    """One item of `env`."""

    __slots__ = ()

    name = text("name")
    value = text("value")
    field_path = text("valueFrom", "fieldRef", "fieldPath")


class Container(View):
    """A container of a Pod."""

    __slots__ = ()

    name = text("name")
    image = text("image")
    env_from = sequence("envFrom")

    @property
    def environment(self) -> Environment:
        """Its environment; of a variable stated twice the later one counts, as in Kubernetes."""
        read = (_variable(entry) for entry in self.parts(_Entry, "env"))
        return Environment(
            {variable.name: variable for variable in read if variable}, self.stated(Container.env_from) is None
        )


def _variable(entry: _Entry) -> Variable | None:
    name = entry.name
    if name is None or not name.value:
        return None
    written, elsewhere = entry.written(_Entry.value), entry.entry(("valueFrom",))
    field = entry.field_path.value if entry.field_path else ""
    if elsewhere is not None and written is None:
        return Variable(name.value, None, Located(None, entry.source, elsewhere.key, elsewhere.value), field)
    if written is None or written.value is None:
        return Variable(name.value, "", name)
    known = isinstance(written.value, str) and not _EXPANDED.search(written.value) and not is_templated(written.value)
    return Variable(name.value, str(written.value) if known else None, written)
