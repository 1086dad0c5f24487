"""Which texts of a file must not be shown."""

from __future__ import annotations

import pytest

from linter.secrets import secret_spans
from linter.text import Source
from linter.yaml.parser import documents


def hidden(text: str) -> list[str]:
    source = Source("x.yaml", text)
    return [source[span] for span in secret_spans(source, tuple(documents(source, {})))]


@pytest.mark.parametrize(
    ("text", "wanted"),
    [
        ("kind: Secret\ndata: {a: x, b: [y, {c: z}]}", ["x", "y", "z"]),
        ("kind: Secret\nstringData:\n  a: |\n    x\n  b: &c y\n  d: *c", ["|\n    x", "&c y"]),
        ("kind: Secret\ndata: x\nstringData: [y]", ["x", "y"]),
        ("kind: Secret\nDATA: {a: x}\nstringdata: {a: y}\npassword: z", ["x", "y", "z"]),
        ("kind: secret\nstringData: {a: x}", ["x"]),
        ("kind: Secret\nstringData: {a: !x 1, b: !y [2]}", ["!x 1", "!y ", "2"]),
        ("kind: Secret\napiVersion: v1\ntype: Opaque\nimmutable: true\nmetadata: {name: a, labels: {b: c}}", []),
        ("kind: Secret\nmetadata: {annotations: {kubectl.kubernetes.io/last-applied-configuration: x, a: b}}", ["x"]),
        ("kind: SealedSecret\nspec: {encryptedData: {a: x}, template: {data: {a: y}, stringData: {a: z}}}", ["y", "z"]),
        ("kind: ExternalSecret\nspec: {target: {name: a, template: {data: {a: y}}}}", ["y"]),
        ("kind: List\nitems: [{kind: Secret, data: {a: x}}, {kind: ConfigMap, data: {a: y}}]", ["x"]),
        ("apiVersion: v1\nkind: SecretList\nitems: [{data: {a: x}}, {kind: ConfigMap, data: {a: y}}]", ["x"]),
        ("kind: ConfigMap\ndata: {a: x}", []),
        ("kind: BGPPeer\nspec: {password: {secretKeyRef: {name: a, namespace: b, key: c}}}", []),
        ("kind: BGPPeer\nspec: {password: {secretKeyRef: {name: a, namespaces: x, value: y}}}", ["x", "y"]),
        ("kind: Secret\nstringData: {a: x\n", ["Secret", "{a: x"]),
        ("KIND: SECRET\nstringData: {a: x\n", ["SECRET", "{a: x"]),
    ],
)
def test_values_are_hidden_and_keys_are_not(text: str, wanted: list[str]) -> None:
    assert hidden(text) == wanted
