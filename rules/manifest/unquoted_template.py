"""Template placeholder stands unquoted in a text or number field.

A template writes text into text: what a placeholder such as `${SELECTOR}` or `{{ .Values.asn }}` leaves behind is read
as YAML only afterwards. Unquoted it may turn out a tag (`!has(rack)` selects every node), a number or boolean where
text is wanted (a rack named `1`, a site named `no`), a list or nothing at all. Helm prints a large AS number as
`4.2e+09`.

Placeholders in Secrets and in quotes are left alone, and so are those inside text that stays text whatever they become
(`ipv4-${NODE}`, `rack == '${RACK}'`). A file that is no YAML before it is rendered is skipped as a template. peerlint
does not judge a value made from a placeholder any further: check what is rendered as well.

The fix quotes text. A number must not be quoted, because the CRDs reject text there: let the template print a whole
number instead (`{{ .Values.asn | int64 }}` in Helm), and check the rendered manifest.

## Bad: text

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: ${NAME}  # warning: ${NAME} is not quoted
  labels:
    rack: $(RACK)  # warning: $(RACK) is not quoted
spec:
  peerIP: ${PEER_IP}  # warning: ${PEER_IP} is not quoted
  asNumber: 65001
  nodeSelector: ${RACK} && has(bgp)  # warning: a tag
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: "${NAME}"
  labels:
    rack: "$(RACK)"
spec:
  peerIP: "${PEER_IP}"
  asNumber: 65001
  nodeSelector: "${RACK} && has(bgp)"
```

## Bad: a number

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  asNumber: ${ASN}  # warning: ${ASN} in the number field asNumber
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  asNumber: 64600
```

## Good: what stays text, booleans, lists, and Secrets

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: ipv4-${NODE}
spec:
  peerIP: "${PEER_IP}"
  asNumber: 65001
  nodeSelector: rack == '${RACK}'
  keepOriginalNextHop: ${KEEP}
  filters: ${FILTERS}
  password:
    secretKeyRef:
      name: >-
        ${SECRET}
      key: 'tor'
---
apiVersion: v1
kind: Secret
metadata:
  name: ${SECRET}
stringData:
  tor: ${PASSWORD}
```
"""

import re
from collections.abc import Iterator

from linter.rulekit import (
    Edit,
    Finding,
    Fix,
    Label,
    Mapping,
    Resource,
    Safety,
    Scalar,
    Sequence,
    Severity,
    brief,
    document_rule,
    is_templated,
    quoted,
)

_PLACEHOLDERS = (("${", "}"), ("{{", "}}"), ("$(", ")"), ("{%", "%}"), ("<%", "%>"))
_VARIABLE = re.compile("[$][A-Z][A-Z0-9_]*")
_MARKS = ("$", "{{", "{%", "<%")

NUMBERS = frozenset(
    (
        "asNumber",
        "localASNumber",
        "numAllowedLocalASNumbers",
        "ttlSecurity",
        "listenPort",
        "ipv4NormalRoutePriority",
        "ipv6NormalRoutePriority",
        "min",
        "max",
        "priority",
        "setPriority/value",
        "asPathPrefix/",
        "prefix/",
        "blockSize",
        "updatePeriodSeconds",
    )
)
"""Fields that take a number: `a/b` is b inside a, `a/` an item of the list a."""

OTHERS = frozenset(
    (
        "nodeToNodeMeshEnabled",
        "keepOriginalNextHop",
        "natOutgoing",
        "disabled",
        "disableBGPExport",
        "optional",
        "password",
        "nodeMeshPassword",
        "secretKeyRef",
        "communities",
        "prefixAdvertisements",
        "filters",
        "values",
        "serviceClusterIPs",
        "serviceExternalIPs",
        "serviceLoadBalancerIPs",
        "ignoredInterfaces",
        "prefixLength",
        "exportV4",
        "importV4",
        "exportV6",
        "importV6",
        "asPathPrefix",
        "operations",
        "addCommunity",
        "setPriority",
        "prependASPath",
        "prefix",
        "classes",
        "allowedUses",
        "bgp",
        "wireguard",
        "orchRefs",
        "addresses",
        "interfaces",
    )
)
"""Fields that take a boolean, a list or an object."""

_Written = tuple[str, str, Scalar]
"""The field that a field stands in, the field, its value."""


@document_rule(Resource, "CAL008", Severity.WARNING, fix=Safety.UNSAFE)
def check(resource: Resource) -> Iterator[Finding]:
    if not resource.source.may_hold_placeholders:
        return
    if not (resource.is_calico or resource.title == "Node"):
        return
    metadata, spec = resource.metadata, resource.spec
    for _, _, scalar in _unquoted(metadata.value) if metadata else ():
        if not _stays_text("", scalar.text):
            yield _text(resource, scalar)
    for above, name, scalar in _unquoted(spec.value) if spec and _is_known(resource) else ():
        if name in NUMBERS or f"{above}/{name}" in NUMBERS:
            yield _number(resource, name, scalar)
        elif name not in OTHERS and not _stays_text(name, scalar.text):
            yield _text(resource, scalar)


def _is_known(resource: Resource) -> bool:
    """Whether peerlint knows the type of every field in `spec`."""
    return resource.is_calico and resource.title != "FelixConfiguration"


def _unquoted(node: object, name: str = "", above: str = "") -> Iterator[_Written]:
    """Every plain value with a placeholder that is written below; what aliases repeat is not."""
    if isinstance(node, Scalar):
        if not node.style and is_templated(node.text):
            yield above, name, node
    elif isinstance(node, Mapping):
        for entry in node.entries:
            yield from _unquoted(entry.value, entry.key.text, name)
    elif isinstance(node, Sequence):
        for item in node.items:
            yield from _unquoted(item, f"{name}/", above)


def _stays_text(name: str, text: str) -> bool:
    """Whether what stands around the placeholders makes text of any words that may come in their place."""
    if name.endswith("Selector") or name == "peerIP":
        return not text.startswith(_MARKS)
    around = _around(text.lstrip("+-"))
    return bool(around.strip("0123456789._}")) or around.count(".") > 1


def _around(text: str) -> str:
    """The text without its placeholders."""
    for opening, closing in _PLACEHOLDERS:
        while (start := text.find(opening)) >= 0:
            end = text.find(closing, start)
            text = text[:start] + (text[end + len(closing) :] if end >= 0 else "")
    return _VARIABLE.sub("", text)


def _text(resource: Resource, scalar: Scalar) -> Finding:
    edit = Edit(resource.source, scalar.span, quoted(scalar.text, '"'))
    is_bare = scalar.tag is None and scalar.anchor is None
    return Finding(
        f"{brief(scalar.text)} is not quoted: what is rendered there may be read as a tag, a boolean or a number",
        Label(resource.source, scalar.span),
        help=f"write {brief(edit.new_text)}",
        fix=Fix("quote the placeholder", Safety.UNSAFE, (edit,)) if is_bare else None,
    )


def _number(resource: Resource, name: str, scalar: Scalar) -> Finding:
    return Finding(
        f"{brief(scalar.text)} in the number field {name.rstrip('/')}: it may be rendered as nothing, as text, or as "
        "4.2e+09",
        Label(resource.source, scalar.span),
        help="let the template print a whole number (int64 in Helm), unquoted, and check what it renders",
    )
