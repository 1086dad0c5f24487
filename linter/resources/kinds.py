"""Which objects peerlint knows, how to recognise them, and how lists are unwrapped."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from linter.yaml.nodes import Mapping, Scalar, Sequence, content

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from linter.resources.base import Resource
    from linter.text import Span
    from linter.yaml.nodes import Content, Entry, Node

CALICO = "projectcalico.org"
CRD = "crd.projectcalico.org"
_OPERATOR = "operator.tigera.io"
_CRD_VERSION = f"{CRD}/v1"
_RBAC = "rbac.authorization.k8s.io"
_EXTERNAL = "external-secrets.io"


class Kind(NamedTuple):
    """A kind that peerlint reads: its API group ("" is core) and version, and where its view and schema are.

    `wanted` tells which objects of the kind are read; without it all are.
    """

    group: str
    version: str
    name: str
    module: str
    schema: str = ""
    view_name: str = ""
    wanted: Callable[[Mapping], bool] | None = None

    @property
    def api_version(self) -> str:
        """The text that belongs in `apiVersion`."""
        return f"{self.group}/{self.version}" if self.group else self.version

    def view(self) -> type[Resource]:
        """The view class, imported on first use."""
        from importlib import import_module

        view: type[Resource] = getattr(import_module(f"linter.resources.{self.module}"), self.view_name or self.name)
        return view


def _is_calico_daemon_set(root: Mapping) -> bool:
    from linter.resources.daemon_set import is_calico_node

    return is_calico_node(root)


def _is_calico_config(root: Mapping) -> bool:
    from linter.resources.config_map import is_calico_config

    return is_calico_config(root)


def _concerns_secrets(root: Mapping) -> bool:
    from linter.resources.kustomization import concerns_secrets

    return concerns_secrets(root)


KINDS = {
    kind[:3]: kind
    for kind in (
        Kind(CALICO, "v3", "BGPPeer", "bgp_peer", "bgppeer_v3"),
        Kind(CALICO, "v3", "BGPConfiguration", "bgp_configuration", "bgpconfiguration_v3"),
        Kind(CALICO, "v3", "BGPFilter", "bgp_filter", "bgpfilter_v3"),
        Kind(CALICO, "v3", "Node", "node", "node_v3"),
        Kind(CALICO, "v3", "CalicoNodeStatus", "calico_node_status", "caliconodestatus_v3"),
        Kind(CALICO, "v3", "IPPool", "ip_pool", "ippool_v3"),
        Kind(CALICO, "v3", "FelixConfiguration", "felix_configuration", "felixconfiguration_v3"),
        Kind("", "v1", "Secret", "secret", "secret_v1"),
        Kind("", "v1", "Node", "kubernetes_node", "node_v1", view_name="KubernetesNode"),
        Kind("", "v1", "ConfigMap", "config_map", wanted=_is_calico_config),
        Kind("apps", "v1", "DaemonSet", "daemon_set", wanted=_is_calico_daemon_set),
        Kind(_OPERATOR, "v1", "Installation", "installation", "installation_v1"),
        Kind("kustomize.config.k8s.io", "v1beta1", "Kustomization", "kustomization", wanted=_concerns_secrets),
        Kind(_RBAC, "v1", "Role", "rbac"),
        Kind(_RBAC, "v1", "ClusterRole", "rbac"),
        Kind(_RBAC, "v1", "RoleBinding", "rbac"),
        Kind(_RBAC, "v1", "ClusterRoleBinding", "rbac"),
        Kind("bitnami.com", "v1alpha1", "SealedSecret", "delivered_secret"),
        Kind(_EXTERNAL, "v1", "ExternalSecret", "delivered_secret"),
        Kind(_EXTERNAL, "v1beta1", "ExternalSecret", "delivered_secret"),
        Kind(_EXTERNAL, "v1", "ClusterExternalSecret", "delivered_secret"),
        Kind(_EXTERNAL, "v1beta1", "ClusterExternalSecret", "delivered_secret"),
        Kind("secrets.hashicorp.com", "v1beta1", "VaultStaticSecret", "delivered_secret"),
        Kind("isindir.github.com", "v1alpha3", "SopsSecret", "delivered_secret"),
    )
}
"""By group, version and kind (rule catalogue, table B; calico-fields §8)."""

_NAMED = {kind.name: kind for kind in KINDS.values() if kind.group == CALICO}

_TOLD = {kind.name: kind for kind in KINDS.values() if kind.group in {CALICO, _OPERATOR}}
"""The kinds whose near misses are told (rule catalogue, note on CAL020)."""

_CUSTOM = _NAMED.keys() - {"Node"}
"""Those with a CRD, which no other API has under these names without a group (calico-fields §0.5, rule catalogue)."""

_OURS = _CUSTOM - {"FelixConfiguration"}
"""Those that a document without apiVersion is taken for (rule catalogue, note on CAL020 and CAL024)."""

_SPELLINGS = {**{name.lower(): name for name in _TOLD}, "bgpconfig": "BGPConfiguration"}
"""Kinds in lower case, and the one alias of calicoctl that is no such spelling."""

_GROUPS = (CALICO, CRD, _OPERATOR)

_PLACEHOLDER = frozenset("{}$<>")
"""Marks of a template, whose apiVersion is not known yet."""


class HeaderFault(NamedTuple):
    """An apiVersion and kind near to a kind of ours that no API serves, or that manifests should not use.

    `rule` names the rule that words it (`wrong-api-version` or `crd-api-group`); `meant` is the kind that was probably
    meant, `api` and `kind` are what stands there, `root` is the manifest.
    """

    rule: str
    span: Span
    api: str
    kind: str
    meant: Kind
    root: Mapping

    @property
    def legacy(self) -> bool:
        """Whether it is an object of Calico 2, whose fields stand elsewhere: only `wrong-api-version` speaks of it."""
        return self.api == "v1"


class Header(NamedTuple):
    """What a manifest says it is: the kind of ours it is read as, if any, and what is wrong with its header."""

    kind: Kind | None
    fault: HeaderFault | None = None


_BY_HEADER: dict[tuple[object, object], Header] = {
    (kind.api_version, kind.name): Header(kind) for kind in KINDS.values() if kind.wanted is None
}
"""What nearly every document of ours says, so that nothing else need be asked of it."""


def identify(root: Mapping) -> Header:
    """Read apiVersion and kind; near misses of our kinds come back with a fault (CAL020, CAL021).

    A document without apiVersion is ours when its kind is one that only Calico has (rule catalogue, note on CAL020).
    """
    version, name = root.fields.get("apiVersion"), root.fields.get("kind")
    if version is not None and name is not None:
        usual = _BY_HEADER.get((getattr(version.value, "value", None), getattr(name.value, "value", None)))
        if usual is not None:
            return usual
    version, name = _entry(root, "apiVersion"), _entry(root, "kind")
    api, kind = _text(version), _text(name)
    if name is None or not kind:
        return Header(None)
    if version is None or not api:
        return Header(_NAMED[kind] if kind in _OURS else None)
    group, _, number = api.rpartition("/")
    known = KINDS.get((group, number, kind))
    if known is not None:
        return Header(known if known.wanted is None or known.wanted(root) else None)
    if api == _CRD_VERSION and kind in _CUSTOM:
        fault = HeaderFault("crd-api-group", version.value.span, api, kind, _NAMED[kind], root)
        return Header(_NAMED[kind], fault)
    meant = _meant(root, api, kind)
    if meant is None or (api, kind) == (meant.api_version, meant.name):
        return Header(None)
    wrong = version if kind == meant.name else name
    return Header(None, HeaderFault("wrong-api-version", wrong.value.span, api, kind, meant, root))


def _meant(root: Mapping, api: str, kind: str) -> Kind | None:
    """The kind of ours that a header no API serves was probably meant for; None leaves the document to others."""
    group, slash, _ = api.strip().lower().rpartition("/")
    name = _SPELLINGS.get(kind.lower())
    if not _PLACEHOLDER.isdisjoint(api):
        return None
    if not slash and "." not in api:
        return _TOLD[name] if name and (name in _CUSTOM or _is_calico_node(root, api, kind)) else None
    if name is None and group in _GROUPS:
        served = [kind.name for kind in _TOLD.values() if (kind.group == _OPERATOR) == (group == _OPERATOR)]
        name = next((name for name in served if is_one_letter_off(kind.lower(), name.lower())), None)
    return _TOLD[name] if name and _is_group_of_calico(group if slash else api.lower()) else None


def _is_group_of_calico(group: str) -> bool:
    return "projectcalico" in group or any(is_one_letter_off(group, each) for each in _GROUPS)


def is_one_letter_off(text: str, right: str) -> bool:
    """Whether one letter too many, too few, replaced, or swapped with its neighbour makes `text` of `right`."""
    same = 0
    while same < min(len(text), len(right)) and text[same] == right[same]:
        same += 1
    text, right = text[same:], right[same:]
    swapped = text[:2] == right[1::-1] and text[2:] == right[2:]
    return swapped or text[1:] == right[1:] or text[1:] == right or text == right[1:]


def _is_calico_node(root: Mapping, api: str, kind: str) -> bool:
    """Whether it is a Node of Calico and no misspelt one of Kubernetes: only Calico's has `v3`, or `spec.bgp`."""
    if api != "v1" or kind != "node":
        return api == "v3"
    entry = root.fields.get("spec")
    spec = content(entry.value) if entry else None
    return isinstance(spec, Mapping) and "bgp" in spec.fields


def _entry(root: Mapping, name: str) -> Entry | None:
    """The entry of that name; in another letter case it is CAL022's to report, but still says what is meant."""
    entry = root.fields.get(name)
    if entry is None:
        lowered = name.lower()
        entry = next((entry for key, entry in root.fields.items() if key.lower() == lowered), None)
    return entry


def _text(entry: Entry | None) -> str | None:
    below = content(entry.value) if entry is not None else None
    return below.text if isinstance(below, Scalar) and below.value is not None else None


class Manifest(NamedTuple):
    """One object's root in a document and the JSON Pointer to it (empty unless it lies in a list).

    `listed` is the header of a `<Kind>List` that it lies in, for an item that has none of its own.
    """

    root: Mapping
    base: str
    listed: Header = Header(None)


def manifests(root: Node) -> Iterator[Manifest]:
    """The objects of one document: `v1 List`, `<Kind>List` and top-level sequences are unwrapped, nested ones too."""
    if isinstance(root, Mapping) and "items" not in root.fields:
        yield Manifest(root, "")
        return
    stack: list[tuple[Content, str, Header]] = [(content(root), "", Header(None))]
    while stack:
        node, base, listed = stack.pop()
        if isinstance(node, Sequence):
            stack.extend((content(item), f"{base}/{i}", listed) for i, item in reversed(list(enumerate(node.items))))
        elif isinstance(node, Mapping):
            items = _list_items(node)
            if items is None:
                yield Manifest(node, base, _header(node, listed))
            else:
                stack.append((items, f"{base}/items", _listed(node)))


def _header(item: Mapping, listed: Header) -> Header:
    kind = listed.kind
    is_read = kind is not None and "kind" not in item.fields and (kind.wanted is None or kind.wanted(item))
    return listed if is_read else Header(None)


def _listed(root: Mapping) -> Header:
    """What the items of a list are that do not say it: answers of the API server hold such."""
    api, kind = _text(_entry(root, "apiVersion")), _text(root.fields.get("kind"))
    group, _, number = (api or "").rpartition("/")
    return Header(KINDS.get((group, number, (kind or "").removesuffix("List"))))


def _list_items(root: Mapping) -> Sequence | None:
    entry = root.fields.get("items")
    if entry is None:
        return None
    name = root.fields.get("kind")
    kind = _text(name)
    items = content(entry.value)
    return items if kind is not None and kind.endswith("List") and isinstance(items, Sequence) else None
