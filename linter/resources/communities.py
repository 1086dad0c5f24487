"""Communities of a BGPConfiguration: what is named, and what advertisements list (calico-fields §3.4)."""

from __future__ import annotations

from typing import TYPE_CHECKING

from linter.resources.base import Located, View, sequence, text
from linter.schema.dialect import is_templated
from linter.values import community
from linter.yaml.nodes import Scalar, Sequence, content

if TYPE_CHECKING:
    from linter.resources.bgp_configuration import BGPConfiguration
    from linter.yaml.nodes import Content


class NamedCommunity(View):
    """One item of `communities`: a name for a community value."""

    __slots__ = ()

    name = text("name")
    value = text("value")


class PrefixAdvertisement(View):
    """One item of `prefixAdvertisements`."""

    __slots__ = ()

    cidr = text("cidr")
    community_list = sequence("communities")

    @property
    def communities(self) -> tuple[Located[str], ...]:
        """Communities written out, or names that the same object defines (calico-fields §3.4)."""
        return self.texts("communities")


def names(configuration: BGPConfiguration) -> dict[str, Located[object]] | None:
    """The names that advertisements of the same object may use, each where it is defined first.

    None where not all of them can be told: in a patch, where a name is templated, and where one is missing or no text,
    because another rule speaks of that.
    """
    entry = configuration.entry(("spec", "communities"))
    defined = configuration.communities
    if configuration.patch or "/spec/communities" in configuration.presumed:
        return None
    if len(defined) != _length(content(entry.value) if entry else None):
        return None
    found: dict[str, Located[object]] = {}
    for each in defined:
        name = each.stated(NamedCommunity.name)
        if name is None or not isinstance(name.value, str) or is_templated(name.value):
            return None
        found.setdefault(name.value, name)
    return found


def undefined(configuration: BGPConfiguration) -> tuple[Located[str], ...]:
    """What advertisements list that is neither a community nor a name defined here."""
    known = names(configuration)
    if known is None:
        return ()
    listed = (each for one in configuration.prefix_advertisements for each in one.communities)
    return tuple(
        each
        for each in listed
        if each.value not in known and community(each.value) is None and not is_templated(each.value)
    )


def unused(configuration: BGPConfiguration) -> tuple[Located[object], ...]:
    """The names that no advertisement lists.

    None of them where there is no advertisement, where not all that they list can be told, and where one lists what is
    not defined: a name that is may have been meant.
    """
    known, used = names(configuration), _used(configuration)
    if known is None or used is None or undefined(configuration):
        return ()
    return tuple(place for name, place in known.items() if name not in used)


def _used(configuration: BGPConfiguration) -> frozenset[str] | None:
    items, advertisements = configuration.prefix_advertisement_list, configuration.prefix_advertisements
    if items is None or not advertisements or len(advertisements) != len(items.value.items):
        return None
    listed: set[str] = set()
    for one in advertisements:
        if one.community_list is None or len(one.communities) != len(one.community_list.value.items):
            return None
        listed |= {each.value for each in one.communities}
    return None if any(map(is_templated, listed)) else frozenset(listed)


def _length(items: Content | None) -> int | None:
    """How many items a list has, null being an empty one; None for what is no list."""
    if items is None or (isinstance(items, Scalar) and items.value is None):
        return 0
    return len(items.items) if isinstance(items, Sequence) else None
