"""Fields taken away from their place are put back where they were."""

import json
import os
from typing import Any

from hypothesis import given, settings
from hypothesis import strategies as st

from linter.fixes import applied
from linter.schema import load
from linter.text import Source
from linter.yaml.nodes import Node
from linter.yaml.parser import documents
from linter.yaml.plain import plain

EXAMPLES = int(os.environ.get("PEERLINT_EXAMPLES", "60"))

PEER = {
    "apiVersion": "projectcalico.org/v3",
    "kind": "BGPPeer",
    "metadata": {"name": "tor", "labels": {"rack": "a", "row": "b"}},
    "spec": {
        "peerIP": "10.20.0.1",
        "asNumber": 65001,
        "filters": ["a", "b"],
        "password": {"secretKeyRef": {"name": "bgp", "key": "tor"}},
    },
}
FILTER = {
    "apiVersion": "projectcalico.org/v3",
    "kind": "BGPFilter",
    "metadata": {"name": "lan"},
    "spec": {
        "importV4": [
            {
                "action": "Accept",
                "cidr": "10.0.0.0/8",
                "prefixLength": {"min": 9, "max": 24},
                "matchOperator": "In",
                "operations": [{"addCommunity": {"value": "64512:1"}}],
            },
            {"action": "Reject"},
        ],
        "exportV6": [{"action": "Reject"}],
    },
}
SCHEMAS = {kind: load("projectcalico.org", f"{kind.lower()}_v3") for kind in ("BGPPeer", "BGPFilter")}

# Where members stand, where they are taken to, and whether the object they leave stays behind empty.
HOISTS: dict[str, list[tuple[Any, Any]]] = {
    "BGPPeer": [(("metadata",), ()), (("spec",), ()), (("spec",), ("metadata",)), (("spec", "password"), ("spec",))],
    "BGPFilter": [
        (("metadata",), ()),
        (("spec",), ()),
        (("spec", "importV4", 0, "prefixLength"), ("spec", "importV4", 0)),
    ],
}


def below(document: Any, path: tuple[str | int, ...]) -> Any:
    for step in path:
        document = document[step]
    return document


def copied(value: Any) -> Any:
    if isinstance(value, dict):
        return {name: copied(each) for name, each in value.items()}
    return [copied(each) for each in value] if isinstance(value, list) else value


@st.composite
def displaced(draw: st.DrawFn, whole: dict[str, Any]) -> Any:
    """The manifest with some members of one object standing in another; an object left empty goes, or stays empty."""
    document = copied(whole)
    home, away = draw(st.sampled_from(HOISTS[whole["kind"]]))
    source, target = below(document, home), below(document, away)
    names = draw(st.lists(st.sampled_from(sorted(source)), unique=True, min_size=1))
    taken = {name: source.pop(name) for name in names}
    if not source:
        parent = below(document, home[:-1])
        if draw(st.booleans()):
            del parent[home[-1]]
        else:
            parent[home[-1]] = None
    members = [*target.items(), *taken.items()]
    target.clear()
    target.update(draw(st.permutations(members)))
    return document


def dumped(value: Any, draw: st.DrawFn, indent: str = "") -> str:
    """Block YAML, lists indented or not, with comments here and there."""
    text = ""
    for name, each in value.items():
        comment = draw(st.sampled_from(["", "", "  # said"]))
        if isinstance(each, dict) and each:
            text += f"{indent}{name}:{comment}\n" + dumped(each, draw, indent + draw(st.sampled_from(["  ", "    "])))
        elif isinstance(each, list):
            text += f"{indent}{name}:{comment}\n" + listed(each, draw, indent + draw(st.sampled_from(["", "  "])))
        else:
            text += f"{indent}{name}:{'' if each is None else f' {each}'}{comment}\n"
    return text


def listed(items: list[Any], draw: st.DrawFn, indent: str) -> str:
    text = ""
    for item in items:
        below_dash = dumped(item, draw, indent + "  ") if isinstance(item, dict) else f"{indent}  {item}\n"
        text += indent + "- " + below_dash[len(indent) + 2 :]
    return text


def root_of(source: Source) -> Node:
    (document,) = documents(source, {})
    assert document.root is not None
    assert not document.faults
    return document.root


@st.composite
def texts(draw: st.DrawFn, whole: dict[str, Any], newline: str) -> str:
    text = dumped(draw(displaced(whole)), draw).replace("\n", newline)
    return text if draw(st.booleans()) else text.rstrip("\r\n")


@settings(max_examples=2 * EXAMPLES, deadline=None)
@given(st.data(), st.sampled_from([PEER, FILTER]), st.sampled_from(["\n", "\r\n"]))
def test_fields_are_put_back(data: st.DataObject, whole: dict[str, Any], newline: str) -> None:
    source = Source("a.yaml", data.draw(texts(whole, newline)))
    schema = SCHEMAS[whole["kind"]]
    faults = [fault for fault in schema.examine(root_of(source)).faults if fault.rule == "misplaced-field"]
    assert len(faults) == 1
    edits = faults[0].relocation(source)
    mended = applied(source.text, edits)
    assert plain(root_of(Source("a.yaml", mended))) == whole, mended
    assert mended.count("#") == source.text.count("#")
    assert not schema.examine(root_of(Source("a.yaml", mended))).faults
    assert newline == "\n" or mended.count("\n") == mended.count("\r\n")


@settings(max_examples=2 * EXAMPLES, deadline=None)
@given(st.data(), st.sampled_from([PEER, FILTER]), st.sampled_from([None, 2]))
def test_fields_are_put_back_in_json(data: st.DataObject, whole: dict[str, Any], indent: int | None) -> None:
    text = json.dumps(data.draw(displaced(whole)), indent=indent)
    source = Source("a.json", text)
    (fault,) = (one for one in SCHEMAS[whole["kind"]].examine(root_of(source)).faults if one.rule == "misplaced-field")
    mended = applied(text, fault.relocation(source))
    assert json.loads(mended) == whole or (mended == text and "null" in text)
