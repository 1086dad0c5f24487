"""Which objects peerlint knows, how to recognise them, and how lists are unwrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.yaml.nodes import Mapping, Scalar, Sequence, content

if TYPE_CHECKING:
    from collections.abc import Iterator

    from linter.resources.base import Resource
    from linter.text import Span
    from linter.yaml.nodes import Content, Node

CALICO = "projectcalico.org"
CRD = "crd.projectcalico.org"


class Kind(NamedTuple):
    """A kind that peerlint reads: its API group ("" is core) and version, and where its view and schema are."""

    group: str
    version: str
    name: str
    module: str
    schema: str = ""

    @property
    def api_version(self) -> str:
        """The text that belongs in `apiVersion`."""
        return f"{self.group}/{self.version}" if self.group else self.version

    def view(self) -> type[Resource]:
        """The view class, imported on first use."""
        from importlib import import_module

        view: type[Resource] = getattr(import_module(f"linter.resources.{self.module}"), self.name)
        return view


KINDS = {
    kind[:3]: kind
    for kind in (
        Kind(CALICO, "v3", "BGPPeer", "bgp_peer", "bgppeer_v3"),
        Kind(CALICO, "v3", "BGPConfiguration", "bgp_configuration", "bgpconfiguration_v3"),
        Kind(CALICO, "v3", "BGPFilter", "bgp_filter", "bgpfilter_v3"),
        Kind(CALICO, "v3", "Node", "node", "node_v3"),
        Kind(CALICO, "v3", "CalicoNodeStatus", "calico_node_status", "caliconodestatus_v3"),
        Kind(CALICO, "v3", "IPPool", "ip_pool", "ippool_v3"),
        Kind("", "v1", "Secret", "secret"),
    )
}
"""By group, version and kind (rule catalogue, table B; calico-fields §8)."""

OWN_KINDS = frozenset(name for group, _, name in KINDS if group == CALICO)
WITHOUT_VERSION = OWN_KINDS - {"Node"}
"""Kinds that are Calico's even when the document lacks an apiVersion (rule catalogue, note on CAL020)."""

LEGACY_KINDS = {"bgpPeer": "BGPPeer", "ipPool": "IPPool", "node": "Node"}
"""Calico 2's `apiVersion: v1` kinds and what became of them (calico-fields §8, pain 36)."""


class HeaderFault(NamedTuple):
    """An apiVersion and kind that no API serves, though they are near to a kind of ours.

    `rule` names the rule that words it (`wrong-api-version`, `crd-api-group`, `missing-field`); `meant` is the kind
    that was probably meant, `written` what stands there.
    """

    rule: str
    span: Span
    written: str
    meant: Kind
    root: Mapping


class Header(NamedTuple):
    """What a manifest says it is: the kind of ours it is read as, if any, and what is wrong with its header."""

    kind: Kind | None
    fault: HeaderFault | None = None


def identify(root: Mapping) -> Header:
    """Read apiVersion and kind; near misses of our kinds come back with a fault (CAL020, CAL021, CAL024)."""
    version, name = root.fields.get("apiVersion"), root.fields.get("kind")
    if name is None:
        return Header(None)
    api, kind = _text(version.value if version else None), _text(name.value)
    if kind is None:
        return Header(None)
    group, _, number = (api or "").rpartition("/")
    known = KINDS.get((group, number, kind))
    if known is not None:
        return Header(known)
    return _near_miss(root, api, kind, group, number)


def _near_miss(root: Mapping, api: str | None, kind: str, group: str, number: str) -> Header:
    kind_span = root.fields["kind"].value.span
    if api is None:
        known = KINDS.get((CALICO, "v3", kind)) if kind in WITHOUT_VERSION else None
        return Header(known, HeaderFault("missing-field", kind_span, "", known, root) if known else None)
    api_span = root.fields["apiVersion"].value.span
    if group == CRD and number == "v1":
        known = KINDS.get((CALICO, "v3", kind))
        if known:
            return Header(known, HeaderFault("crd-api-group", api_span, api, known, root))
    meant = _meant(api, kind, group)
    if meant is None:
        return Header(None)
    right_api = api == meant.api_version
    right_kind = kind == meant.name
    written = kind if right_api else api if right_kind else f"{api} {kind}"
    span = api_span if right_kind else kind_span
    return Header(None, HeaderFault("wrong-api-version", span, written, meant, root))


def _meant(api: str, kind: str, group: str) -> Kind | None:
    """The kind of ours that a wrong header was probably meant for; None leaves the document to others."""
    if api == "v1" and kind in LEGACY_KINDS:
        return KINDS[CALICO, "v3", LEGACY_KINDS[kind]]
    lowered = {name.lower(): name for name in OWN_KINDS}
    name = lowered.get(kind.lower()) or lowered.get(kind.lower().removesuffix("s"))
    if name is None:
        return None
    ours = group.lower() in {CALICO, CRD} or (not group and api.lower() == CALICO)
    return KINDS[CALICO, "v3", name] if ours or (group == "" and name in WITHOUT_VERSION) else None


def _text(node: Node | None) -> str | None:
    below = content(node) if node is not None else None
    return below.value if isinstance(below, Scalar) and isinstance(below.value, str) else None


class Manifest(NamedTuple):
    """One object's root in a document and the JSON Pointer to it (empty unless it lies in a list)."""

    root: Mapping
    base: str


def manifests(root: Node) -> Iterator[Manifest]:
    """The objects of one document: `v1 List`, `<Kind>List` and top-level sequences are unwrapped, nested ones too."""
    stack: list[tuple[Content, str]] = [(content(root), "")]
    while stack:
        node, base = stack.pop()
        if isinstance(node, Sequence):
            stack.extend((content(item), f"{base}/{i}") for i, item in reversed(list(enumerate(node.items))))
        elif isinstance(node, Mapping):
            items = _list_items(node)
            if items is None:
                yield Manifest(node, base)
            else:
                stack.append((items, f"{base}/items"))


def _list_items(root: Mapping) -> Sequence | None:
    entry = root.fields.get("items")
    if entry is None:
        return None
    name = root.fields.get("kind")
    kind = _text(name.value) if name else None
    items = content(entry.value)
    return items if kind is not None and kind.endswith("List") and isinstance(items, Sequence) else None
