"""The environment of a container: what a manifest states of it, and what it leaves open."""

from __future__ import annotations

import re
from typing import Any, Final, NamedTuple

from linter.resources.base import Located, View, sequence, text
from linter.schema.dialect import is_templated

_API_SERVER: Final = "kubernetes-services-endpoint"
"""The ConfigMap that Calico's manifests take as a whole: it holds the address of the API server, and nothing else."""

_EXPANDED: Final = re.compile(r"\$\(\w+\)")


class Variable(NamedTuple):
    """One variable. `value` is None where it is not stated here; `field` is the Pod's field that it repeats.

    `config` are the ConfigMap and the key that it is taken from, if it is. `place` is its value, its source where that
    is elsewhere, or its name where it states neither (and so is empty).
    """

    name: str
    value: str | None
    place: Located[Any]
    field: str = ""
    config: tuple[str, str] | None = None


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
    config_name = text("valueFrom", "configMapKeyRef", "name")
    config_key = text("valueFrom", "configMapKeyRef", "key")


class _Source(View):
    """One item of `envFrom`."""

    __slots__ = ()

    config_map = text("configMapRef", "name")


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
        return Environment({variable.name: variable for variable in read if variable}, self._is_closed)

    @property
    def _is_closed(self) -> bool:
        """Whether nothing is taken as a whole from what may hold any variable."""
        if self.stated(Container.env_from) is None:
            return True
        sources, items = self.parts(_Source, "envFrom"), self.env_from.value.items if self.env_from else []
        known = [one for one in sources if one.config_map and one.config_map.value == _API_SERVER]
        return 0 < len(items) == len(known)


def _variable(entry: _Entry) -> Variable | None:
    name = entry.name
    if name is None or not name.value:
        return None
    written, elsewhere = entry.written(_Entry.value), entry.entry(("valueFrom",))
    if elsewhere is not None and written is None:
        place = Located(None, entry.source, elsewhere.key, elsewhere.value)
        field, config, key = entry.field_path, entry.config_name, entry.config_key
        origin = (config.value, key.value) if config and key else None
        return Variable(name.value, None, place, field.value if field else "", origin)
    if written is None or written.value is None:
        return Variable(name.value, "", name)
    known = isinstance(written.value, str) and not _EXPANDED.search(written.value) and not is_templated(written.value)
    return Variable(name.value, str(written.value) if known else None, written)
