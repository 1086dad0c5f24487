"""Names that an object does not know: unknown, spelt twice, misplaced; and where they are moved."""

import pytest

from linter.fixes import applied
from linter.schema.names import nearest
from linter.text import Source
from tests.unit.schema_stage import HEAD, judge, only, peer, said, spec

# Unknown names


def test_unknown_field_with_a_near_name() -> None:
    fault = only(spec("BGPConfiguration", "  serviceExternalIPs:\n  - cird: 10.0.0.0/8\n"))
    assert (fault.rule, fault.pointer, fault.nearest) == ("unknown-field", "/spec/serviceExternalIPs/0/cird", "cidr")
    assert fault.known == ("cidr",)
    assert fault.without == "the range is not announced"


def test_letter_case_is_a_fault_but_on_calicos_node() -> None:
    fault = only(peer("  peerip: 10.0.0.1\n"))
    assert (fault.rule, fault.nearest) == ("unknown-field", "peerIP")
    assert judge(peer("  peerip: 10.0.0.1\n")).presumed == {"/spec/peerIP"}
    node = HEAD.format(kind="Node").replace("metadata", "Metadata") + "spec:\n  BGP:\n    asnumber: 64512\n"
    assert said(node) == []
    assert said(node + "    ipv4address: fd00::1\n") == ["8:18 field-value /spec/bgp/ipv4Address"]


@pytest.mark.parametrize(
    ("kind", "text", "place"),
    [
        ("BGPPeer", "  peerIP: 10.0.0.1\n  peerip: 10.0.0.2\n", "7:3 duplicate-key /spec/peerip"),
        ("BGPPeer", "  peerip: 10.0.0.1\n  peerIP: 10.0.0.2\n", "7:3 duplicate-key /spec/peerIP"),
        ("Node", "  bgp:\n    asNumber: 1\n    ASNumber: 1\n", "8:5 duplicate-key /spec/bgp/ASNumber"),
        ("Node", "  bgp:\n    ASNumber: 1\n    asNumber: 1\n", "8:5 duplicate-key /spec/bgp/asNumber"),
    ],
)
def test_two_spellings_of_one_field(kind: str, text: str, place: str) -> None:
    assert said(spec(kind, text)) == [place]
    source = Source("a.yaml", spec(kind, text))
    assert [source[span].lower() for span, _ in only(source.text).related] == [place.rpartition("/")[2].lower()]


def test_two_wrong_spellings_are_one_unknown_and_one_repeated() -> None:
    assert said(peer("  peerip: 10.0.0.1\n  PeerIP: 10.0.0.2\n")) == [
        "6:3 unknown-field /spec/peerip",
        "7:3 duplicate-key /spec/PeerIP",
    ]


def test_enterprise_fields_are_known_as_such() -> None:
    assert only(peer("  failureDetectionMode: None\n")).enterprise
    assert only(spec("BGPConfiguration", "  extensions: {}\n")).enterprise
    assert not only(spec("BGPConfiguration", "  network: a\n")).enterprise


def test_secret_references_have_no_namespace() -> None:
    fault = only(peer("  password: {secretKeyRef: {name: a, key: b, namespace: c}}\n"))
    assert (fault.rule, fault.nearest) == ("unknown-field", None)


def test_a_name_of_another_kind() -> None:
    assert only(spec("BGPConfiguration", "  peerIP: 10.0.0.1\n")).other_kinds == ("BGPPeer",)


def test_an_unknown_name_is_told_even_without_a_value() -> None:
    assert said(peer("  peerAddress:\n")) == ["6:3 unknown-field /spec/peerAddress"]


@pytest.mark.parametrize(
    ("name", "candidates", "near"),
    [
        ("asNumbr", ["asNumber", "localASNumber"], "asNumber"),
        ("as_number", ["asNumber"], "asNumber"),
        ("PEERIP", ["peerIP"], "peerIP"),
        ("nodeToNodeMesh", ["nodeToNodeMeshEnabled"], None),
        ("filter", ["filters"], "filters"),
        ("cird", ["cidr"], "cidr"),
        ("cidrs", ["cidr", "cird"], "cidr"),
        ("importV5", ["importV4", "importV6"], None),
        ("exportV", ["exportV4", "exportV6"], None),
        ("rack-a", ["rack-b"], None),
        ("node", ["mode", "code"], None),
        ("ip", ["id"], None),
        ("", ["a"], None),
    ],
)
def test_nearest(name: str, candidates: list[str], near: str | None) -> None:
    assert nearest(name, candidates) == near


# Misplaced fields

FLAT = "kind: BGPPeer\nname: bgppeer-global-3040\npeerIP: 192.20.30.40\nasNumber: 64567\n"


def test_a_sample_printed_without_indentation() -> None:
    """The documentation pages that started this project, exactly."""
    assert said(FLAT) == ["1:7 missing-field /apiVersion", "2:1 misplaced-field /name"]
    result = judge(FLAT)
    assert [(move.name, move.above) for move in result.faults[1].moves] == [
        ("name", "metadata"),
        ("peerIP", "spec"),
        ("asNumber", "spec"),
    ]
    assert result.presumed == {"/metadata/name", "/spec/peerIP", "/spec/asNumber"}
    source = Source("a.yaml", FLAT)
    assert applied(FLAT, result.faults[1].relocation(source)) == (
        "kind: BGPPeer\nmetadata:\n  name: bgppeer-global-3040\nspec:\n  peerIP: 192.20.30.40\n  asNumber: 64567\n"
    )


def test_a_flat_sample_without_a_name_still_misses_it() -> None:
    assert said(HEAD.format(kind="BGPPeer").partition("metadata")[0] + "peerIP: 10.0.0.1\n") == [
        "2:7 missing-field /metadata",
        "3:1 misplaced-field /peerIP",
    ]


@pytest.mark.parametrize(
    ("text", "place", "target"),
    [
        (peer("  password: {key: b}\n"), "/spec/password/key", "/spec/password/secretKeyRef/key"),
        (peer("  labels: {a: b}\n"), "/spec/labels", "/metadata/labels"),
        (peer("  name: b\n"), "/spec/name", "/metadata/name"),
        (peer("  metadata: {}\n"), "/spec/metadata", "/metadata"),
        (HEAD.format(kind="BGPPeer") + "  peerIP: 10.0.0.1\nspec: {}\n", "/metadata/peerIP", "/spec/peerIP"),
        (HEAD.format(kind="BGPPeer") + "  peerip: 10.0.0.1\nspec: {}\n", "/metadata/peerip", "/spec/peerIP"),
        (spec("Node", "  asNumber: 1\n"), "/spec/asNumber", "/spec/bgp/asNumber"),
        (
            spec("BGPFilter", "  importV4: []\n  importV6:\n  - {action: Reject}\n  - {action: Accept, max: 48}\n"),
            "/spec/importV6/1/max",
            "/spec/importV6/1/prefixLength/max",
        ),
        (spec("BGPConfiguration", "  value: 1:1\n"), "/spec/value", None),
        (spec("BGPFilter", "  exportV4:\n  - {action: Accept, value: 1}\n"), "/spec/exportV4/0/value", None),
        (
            spec("BGPFilter", "  exportV4:\n  - {action: Accept, operations: [{value: 1}]}\n"),
            "/spec/exportV4/0/operations/0/value",
            None,
        ),
    ],
)
def test_misplaced(text: str, place: str, target: str | None) -> None:
    fault = only(text)
    assert (fault.rule, fault.pointer) == ("misplaced-field", place)
    assert [move.target for move in fault.moves] == [target]
    assert target is None or target in judge(text).presumed


def test_where_a_misplaced_name_is_known() -> None:
    fault = only(spec("BGPConfiguration", "  value: 1:1\n"))
    assert fault.elsewhere == ("/spec/communities[]/value",)


def test_a_misspelt_name_at_the_root_finds_its_place() -> None:
    fault = only("apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: a}\nasNumbr: 1\n")
    assert (fault.rule, fault.nearest, fault.elsewhere) == ("unknown-field", "asNumber", ("/spec/asNumber",))


@pytest.mark.parametrize(
    "text",
    [
        peer("  name: b\n"),  # taken: metadata has a name
        peer("  password:\n    name: &k c\n"),
        spec("BGPFilter", "  importV4:\n  - max: 9\n    # ours\n    action: Reject\n    prefixLength:\n      min: 8\n"),
        HEAD.format(kind="BGPPeer") + "peerIP: 10.0.0.1  # ours\nspec: {asNumber: 1}\n",
        HEAD.format(kind="BGPPeer") + "filters:\n- a\nspec: {asNumber: 1}\n",
        HEAD.format(kind="BGPPeer") + "{name}".format(name="spec: {secretKeyRef: {name: a, key: b}, password: null}\n"),
        "apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: a, # ours\n  peerIP: 10.0.0.1}\nspec: {}\n",
        "{apiVersion: projectcalico.org/v3, kind: BGPPeer, spec: {}, metadata: {peerIP: 10.0.0.1}}",
        HEAD.format(kind="BGPPeer") + "spec: 5\npeerIP: 10.0.0.1\n",
        HEAD.format(kind="BGPPeer") + "spec: ~\npeerIP: 10.0.0.1\n",
        HEAD.format(kind="BGPPeer") + "spec: {}\n<<: {peerIP: 10.0.0.1}\n",
    ],
)
def test_no_move_without_certainty(text: str) -> None:
    faults = [fault for fault in judge(text).faults if fault.rule == "misplaced-field"]
    assert len(faults) == 1
    assert all(fault.relocation(Source("a.yaml", text)) == () for fault in faults)


def test_moves_inside_a_flow_mapping() -> None:
    text = spec("BGPFilter", "  importV4: [{max: 24, action: Accept, min: 8, cidr: 10.0.0.0/8, matchOperator: In}]\n")
    assert "[{prefixLength: {max: 24, min: 8}, action: Accept, cidr: 10.0.0.0/8, matchOperator: In}]" in applied(
        text, only(text).relocation(Source("a.yaml", text))
    )


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("{name: a}\npeerIP: 10.0.0.1\nspec: {asNumber: 1}\n", "{name: a}\nspec: {asNumber: 1, peerIP: 10.0.0.1}\n"),
        (
            "{name: a, peerIP: 10.0.0.1}\nspec:\n  asNumber: 1\n",
            "{name: a}\nspec:\n  asNumber: 1\n  peerIP: 10.0.0.1\n",
        ),
        ("{peerIP: 10.0.0.1, name: a}\nspec: {}\n", "{name: a}\nspec: {peerIP: 10.0.0.1}\n"),
        ("{peerIP: fd00::1 , name: a, asNumber: 1 }\nspec: {}", "{name: a }\nspec: {peerIP: fd00::1, asNumber: 1}"),
        (
            "{name: a, peerIP: 10.0.0.1, asNumber: 1}\nspec: {node: n,}\n",
            "{name: a}\nspec: {node: n, peerIP: 10.0.0.1, asNumber: 1,}\n",
        ),
        (
            "{name: a, peerIP: 10.0.0.1}\nspec:\n    asNumber: 1  # ours",
            "{name: a}\nspec:\n    asNumber: 1  # ours\n    peerIP: 10.0.0.1",
        ),
        ("{name: a, peerIP: 10.0.0.1}\n", "{name: a}\nspec: {peerIP: 10.0.0.1}\n"),
        (
            "{name: a}\nspec:\n  password:\n    secretKeyRef: {name: a}\n    key: c\n",
            "{name: a}\nspec:\n  password:\n    secretKeyRef: {name: a, key: c}\n",
        ),
        (
            "{name: a,\n  peerIP: 10.0.0.1}\nspec: {\n  asNumber: 1\n}\n",
            "{name: a}\nspec: {\n  asNumber: 1,\n  peerIP: 10.0.0.1\n}\n",
        ),
    ],
)
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_moves_between_braces_and_blocks(before: str, after: str, newline: str) -> None:
    head = "apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: "
    text, wanted = ((head + each).replace("\n", newline) for each in (before, after))
    fault = next(fault for fault in judge(text).faults if fault.rule == "misplaced-field")
    assert applied(text, fault.relocation(Source("a.yaml", text))) == wanted


def test_moves_from_the_head_of_a_list_item() -> None:
    rule = "  importV4:\n  - max: 24\n    min: 9\n    action: Accept\n    prefixLength:\n    cidr: 10.0.0.0/8\n"
    text = spec("BGPFilter", rule)
    moved = "  importV4:\n  - action: Accept\n    prefixLength:\n      max: 24\n      min: 9\n    cidr: 10.0.0.0/8\n"
    assert applied(text, only(text).relocation(Source("a.yaml", text))) == spec("BGPFilter", moved)
