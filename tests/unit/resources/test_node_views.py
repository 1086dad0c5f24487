"""Annotations of a Kubernetes Node as the view gives them."""

from __future__ import annotations

import pytest

from linter.resources.kinds import manifests
from linter.resources.kubernetes_node import KubernetesNode
from linter.text import Source
from linter.yaml.parser import documents


def node(*annotations: str) -> KubernetesNode:
    written = "".join(f"    {annotation}\n" for annotation in annotations)
    text = f"apiVersion: v1\nkind: Node\nmetadata:\n  name: a\n  annotations:\n    note: x\n{written}"
    (document,) = documents(Source("a.yaml", text), {})
    assert document.root is not None
    (manifest,) = manifests(document.root)
    return KubernetesNode(document, manifest.root)


@pytest.mark.parametrize(
    ("text", "labels"),
    [
        ('{"rack": "r1", "zone": null}', {"rack": "r1", "zone": ""}),
        ("null", {}),
        ("{}", {}),
        ('{"rack": 1}', {}),
        ('["rack"]', {}),
        ("rack=r1", {}),
        ("", {}),
        ("[" * 100_000, {}),
    ],
)
def test_labels_that_calico_alone_knows(text: str, labels: dict[str, str]) -> None:
    assert node(f"projectcalico.org/labels: '{text}'").calico_labels == labels


def test_no_annotation() -> None:
    bare = node("example.com/labels: '{}'", "projectcalico.org/ASNumber: 65001")
    assert bare.calico_labels == {}
    assert bare.as_number is None
    assert bare.ipv4_address is bare.ipv6_address is bare.route_reflector_cluster_id is None
    assert list(bare.calico_annotations) == ["ASNumber"]


@pytest.mark.parametrize(("text", "number"), [("65001", 65001), ("1.10", 65546), ("0", 0), ("AS1", None), ("", None)])
def test_as_number(text: str, number: int | None) -> None:
    read = node(f"projectcalico.org/ASNumber: '{text}'").as_number
    assert (None if read is None else read.value) == number
    assert read is None or read.text == f"'{text}'"
