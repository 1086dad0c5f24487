"""Azure, the operator and calico-node's environment: advice, other places, and each fix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from linter.bundle import bundled
from linter.examples import ExampleFile, judge
from linter.fixes import applied
from linter.packs import load

if TYPE_CHECKING:
    from linter.diagnostics import Diagnostic

RULES = load(bundled("rules"))
AZURE = "provider: azure\n"


def said(text: str, code: str, settings: str = "") -> list[Diagnostic]:
    files = [ExampleFile("x.yaml", text), *([ExampleFile(".peerlint.yaml", settings)] if settings else [])]
    return [one for one in judge(files, RULES) if one.code == code]


def pool(spec: str) -> str:
    return f"apiVersion: projectcalico.org/v3\nkind: IPPool\nmetadata: {{name: pods}}\nspec: {spec}\n"


def installation(network: str) -> str:
    return (
        "apiVersion: operator.tigera.io/v1\nkind: Installation\nmetadata: {name: default}\n"
        f"spec: {{calicoNetwork: {{{network}}}}}\n"
    )


def node(name: str, address: str) -> str:
    return (
        f"apiVersion: v1\nkind: Node\nmetadata: {{name: {name}, annotations: "
        f"{{projectcalico.org/IPv4Address: {address}}}}}\n"
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{cidr: 10.65.0.0/16, ipipMode: Always}", "{cidr: 10.65.0.0/16, vxlanMode: Always}"),
        ('{"cidr": "10.65.0.0/16", "ipipMode": "Always"}', '{"cidr": "10.65.0.0/16", "vxlanMode": "Always"}'),
        (
            "{cidr: 10.65.0.0/16, ipipMode: 'Always', vxlanMode: Never}",
            "{cidr: 10.65.0.0/16, ipipMode: 'Never', vxlanMode: Always}",
        ),
    ],
)
def test_a_pool_takes_vxlan_in_the_same_mode(before: str, after: str) -> None:
    (one,) = said(pool(before), "CAL408", AZURE)
    assert one.fix
    mended = applied(pool(before), one.fix.edits)
    assert mended == pool(after)
    assert not judge([ExampleFile("x.yaml", mended), ExampleFile(".peerlint.yaml", AZURE)], RULES)


@pytest.mark.parametrize(("mode", "meant"), [("IPIP", "VXLAN"), ("IPIPCrossSubnet", "VXLANCrossSubnet")])
def test_an_installation_takes_vxlan_in_the_same_way(mode: str, meant: str) -> None:
    text = installation(f"ipPools: [{{cidr: 10.65.0.0/16, encapsulation: {mode}}}]")
    nodes = "---\n".join(("", node("a", "10.0.1.4/24"), node("b", "10.0.2.4/24")))
    (one,) = said(text + nodes, "CAL408", AZURE)
    assert one.fix
    assert applied(text, one.fix.edits) == text.replace(mode, meant)


def test_both_of_ipip_and_vxlan_are_refused_and_no_matter_of_azure() -> None:
    assert not said(pool("{cidr: 10.65.0.0/16, ipipMode: Always, vxlanMode: Always}"), "CAL408", AZURE)


def test_two_nodes_show_the_two_subnets() -> None:
    nodes = (
        node(name, address) for name, address in (("a", "10.0.1.4/24"), ("b", "10.0.1.5/24"), ("c", "10.0.2.4/24"))
    )
    text = "---\n".join((pool("{cidr: 10.65.0.0/16, ipipMode: CrossSubnet}"), *nodes, node("d", "10.0.3.4/24")))
    (one,) = said(text, "CAL408", AZURE)
    assert [(label.source[label.span], label.message) for label in one.related] == [
        ("10.0.1.4/24", "a node in one"),
        ("10.0.2.4/24", "a node in another subnet"),
    ]
    (always,) = said(text.replace("CrossSubnet", "Always"), "CAL408", AZURE)
    assert always.related == ()


def test_a_range_that_is_not_known_may_be_ipv4() -> None:
    assert said(pool("{cidr: '{{ range }}', ipipMode: Always}"), "CAL408", AZURE)
    assert not said(pool("{cidr: 'fd00:10::/48', ipipMode: Always}"), "CAL408", AZURE)
    assert not said(installation("ipPools: [{cidr: 'fd00:10::/48', encapsulation: IPIP}]"), "CAL408", AZURE)


def test_the_other_way_of_detection_is_shown() -> None:
    text = installation("nodeAddressAutodetectionV4: {interface: eth0, kubernetes: NodeInternalIP, canReach: a}")
    (one,) = said(text, "CAL409")
    shown = [(label.source[label.span], label.message) for label in (one.at, *one.related)]
    assert shown == [("kubernetes", ""), ("interface", "the other one")]


def environment(name: str, value: str, more: str = "") -> str:
    return (
        "apiVersion: apps/v1\nkind: DaemonSet\nmetadata: {name: calico-node}\nspec: {template: {spec: {containers: "
        f"[{{name: calico-node, env: [{more}{{name: {name}, value: '{value}'}}]}}]}}}}}}\n"
    )


@pytest.mark.parametrize(
    ("text", "advice"),
    [
        (environment("AS", "x"), "write an AS number"),
        (environment("IP", "x"), "write an IPv4 address, with or without a length, autodetect or none"),
        (environment("IP6", "x"), "write an IPv6 address, with or without a length, autodetect or none"),
        (
            environment("IP_AUTODETECTION_METHOD", "x", "{name: IP, value: autodetect}, "),
            "write one of first-found, kubernetes-internal-ip, can-reach=…, interface=…, skip-interface=…, cidr=…",
        ),
        (environment("CALICO_IPV4POOL_BLOCK_SIZE", "x"), "write a number from 20 to 32"),
        (environment("CALICO_IPV6POOL_BLOCK_SIZE", "x"), "write a number from 116 to 128"),
        (environment("CALICO_IPV6POOL_NODE_SELECTOR", "!"), "write a selector of Calico"),
    ],
)
def test_a_variable_is_told_what_it_may_hold(text: str, advice: str) -> None:
    assert [one.help for one in said(text, "CAL409")] == [advice]
