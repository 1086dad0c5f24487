"""Rules about Nodes and pools, where a page cannot show it: fields, fixes that are not offered, inventories."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from tests.conftest import write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

NODE = """\
apiVersion: v1
kind: Node
metadata:
  name: worker-1
  annotations:
"""
POOL = """\
apiVersion: projectcalico.org/v3
kind: IPPool
metadata: {name: a}
"""


@pytest.fixture
def told(folder: Path, peerlint: Callable[..., Outcome]) -> Callable[..., Any]:
    """The one finding with a code about a text, or None."""

    def one(code: str, text: str, configuration: str = "") -> Any:
        write(folder, {"a.yaml": text} | ({".peerlint.yaml": configuration} if configuration else {}))
        said = peerlint("check", "--output", "json", "--exit-zero", ".").data["diagnostics"]
        found = [each for each in said if each["code"] == code]
        assert len(found) < 2
        return found[0] if found else None

    return one


def test_a_missing_field_is_named(told: Callable[..., Any]) -> None:
    assert told("CAL407", POOL + "spec: {cidr: 10.0.0.0/16, disabled: true}\n")["field"] == "/spec/disableBGPExport"
    node = "apiVersion: projectcalico.org/v3\nkind: Node\nmetadata: {name: a}\nspec: {}\n"
    assert told("CAL401", node)["field"] == "/spec/bgp"


@pytest.mark.parametrize(
    "spec",
    [
        "metadata: {name: a, labels: &l {x: 'y'}, annotations: *l}\nspec: {cidr: 10.0.0.0/16, disabled: true}\n",
        "metadata: {name: a, annotations: &s {disabled: true, cidr: 10.0.0.0/16}}\nspec: {<<: *s}\n",
    ],
)
def test_no_field_is_added_where_aliases_repeat_things(told: Callable[..., Any], spec: str) -> None:
    finding = told("CAL407", f"apiVersion: projectcalico.org/v3\nkind: IPPool\n{spec}")
    assert finding["fix"] is None


def test_a_key_is_not_corrected_where_the_right_one_stands_too(told: Callable[..., Any]) -> None:
    twice = "    projectcalico.org/asNumber: '65001'\n    projectcalico.org/ASNumber: '65002'\n"
    finding = told("CAL402", NODE + twice)
    assert finding["fix"] is None
    assert finding["message"] == "asNumber is not read, ASNumber is: Calico ignores it without a word"
    finding = told("CAL402", NODE + "    projectcalico.org/IPv5Address: 10.0.0.1\n")
    assert finding["fix"] is None
    assert (
        finding["message"]
        == "IPv5Address is not read, IPv4Address and IPv6Address are: Calico ignores it without a word"
    )
    assert told("CAL402", NODE + "    projectcalico.org/asNumber: '65001'\n")["fix"]["safety"] == "unsafe"


@pytest.mark.parametrize(
    ("annotation", "advice"),
    [
        ("IPv4VXLANTunnelAddr: 10.244.3.0/32", "write 10.244.3.0"),
        ("WireguardPublicKey: a/b", "correct it, or leave it to calico-node"),
        ("IPv4Address: here", "write an IPv4 address"),
    ],
)
def test_what_to_write(told: Callable[..., Any], annotation: str, advice: str) -> None:
    assert told("CAL402", f"{NODE}    projectcalico.org/{annotation}\n")["help"] == advice


def test_a_key_that_is_written_in_escapes_is_not_corrected(told: Callable[..., Any]) -> None:
    assert told("CAL402", NODE + '    "projectcalico.org/asN\\u0075mber": "1"\n')["fix"] is None


@pytest.mark.parametrize("text", ["[" * 100_000, "[" + "1" * 5_000 + "]"])
def test_json_of_any_size_is_read(told: Callable[..., Any], text: str) -> None:
    finding = told("CAL402", NODE + f"    projectcalico.org/Interfaces: '{text}'\n")
    assert (finding is None) == text.endswith("]")


def test_an_inventory_is_not_reported_on(told: Callable[..., Any]) -> None:
    text = NODE + "    projectcalico.org/asNumber: '65001'\n"
    assert told("CAL402", text, "inventory: [a.yaml]\n") is None
