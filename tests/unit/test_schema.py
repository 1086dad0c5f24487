"""The JSON Schema stage: which faults, where, and what they know."""

import json
from pathlib import Path
from typing import Any

import pytest

from linter.bundle import bundled
from linter.schema import Schema, load
from linter.schema.dialect import is_templated, repeats
from linter.schema.editions import NEWEST, OLDEST, Version
from linter.schema.editions import nearest as nearest_version
from linter.text import Source
from linter.yaml.parser import documents
from linter.yaml.plain import at
from tests.unit.schema_stage import CODES, HEAD, judge, only, peer, said, spec

# Valid manifests


def test_a_valid_manifest_has_nothing_but_typed_values() -> None:
    result = judge(
        peer(
            "  peerIP: 10.0.0.1\n  asNumber: 65001\n  nodeSelector: has(a)\n  maxRestartTime: 90s\n"
            "  password: {secretKeyRef: {name: a, key: b}}\n"
        )
    )
    assert (result.faults, result.rejected, result.presumed) == ((), frozenset(), frozenset())
    assert [(kind, pointer) for kind, _, _, pointer in result.values] == [
        ("PeerAddress", "/spec/peerIP"),
        ("AsNumber", "/spec/asNumber"),
        ("Selector", "/spec/nodeSelector"),
        ("Duration", "/spec/maxRestartTime"),
    ]


def test_typed_values_are_found_in_lists_with_key_and_node() -> None:
    text = spec("BGPFilter", "  importV4:\n  - {action: Reject}\n  - {action: Reject, asPathPrefix: [1, 2]}\n")
    (document,) = documents(Source("a.yaml", text), {})
    assert document.root is not None
    values = load("projectcalico.org", "bgpfilter_v3").examine(document.root).values
    assert [(key, pointer) for _, key, _, pointer in values] == [
        (None, "/spec/importV4/1/asPathPrefix/0"),
        (None, "/spec/importV4/1/asPathPrefix/1"),
    ]
    assert all(node is at(document.root, pointer) for _, _, node, pointer in values)


def test_typed_values_are_found_in_faulty_manifests_too() -> None:
    result = judge(peer("  peerip: 10.0.0.1\n  asNumber: 65001\n  filters: a\n  nodeSelector: {a: b}\n"))
    assert [pointer for _, _, _, pointer in result.values] == ["/spec/asNumber"]
    result = judge(spec("BGPFilter", "  importV4:\n  - {action: Reject, cidr: garbage, asPathPrefix: [1]}\n"))
    assert [pointer for _, _, _, pointer in result.values] == ["/spec/importV4/0/asPathPrefix/0"]


@pytest.mark.parametrize("name", ["labels", "annotations"])
def test_names_that_pointers_must_escape(name: str) -> None:
    text = HEAD.format(kind="BGPPeer") + f"  {name}: {{a/b~c: d}}\nspec: {{}}\n"
    assert "/metadata/" + name + "/a~1b~0c" in {pointer for _, _, _, pointer in judge(text).values}


def test_aliases_are_followed_and_placed_where_they_stand() -> None:
    text = peer("  nodeSelector: &s 1\n  peerSelector: *s\n")
    assert said(text) == ["6:17 field-type /spec/nodeSelector", "7:17 field-type /spec/peerSelector"]


def test_one_mistake_that_two_aliases_repeat_is_told_once() -> None:
    text = spec("BGPFilter", "  importV4: &rules\n  - action: accept\n  exportV4: *rules\n")
    assert [place.split()[:2] for place in said(text)] == [["7:13", "field-value"]]


# Missing fields


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("kind: BGPPeer\nmetadata: {name: a}\nspec: {}\n", "1:7 missing-field /apiVersion"),
        ("apiVersion: projectcalico.org/v3\nkind: BGPPeer\nspec: {}\n", "2:7 missing-field /metadata"),
        (
            "apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {}\nspec: {}\n",
            "3:1 missing-field /metadata/name",
        ),
        (HEAD.format(kind="BGPPeer"), "2:7 missing-field /spec"),
        (peer("  password:\n    secretKeyRef:\n      name: a\n"), "7:5 missing-field /spec/password/secretKeyRef/key"),
        (spec("BGPFilter", "  importV4:\n  - cidr: 10.0.0.0/8\n"), "7:5 missing-field /spec/importV4/0/action"),
        (spec("BGPFilter", "  importV4:\n  - {}\n"), "7:5 missing-field /spec/importV4/0/action"),
    ],
)
def test_missing(text: str, place: str) -> None:
    assert said(text) == [place]


def test_null_counts_as_missing_and_as_nothing_else() -> None:
    text = HEAD.format(kind="BGPPeer").replace(" a\n", "\n") + "spec:\n  asNumber:\n  filters:\n  password: ~\n"
    assert said(text) == ["3:1 missing-field /metadata/name"]
    source = Source("a.yaml", text)
    assert [source[span] for span, _ in judge(text).faults[0].related] == ["name"]
    assert said(HEAD.format(kind="BGPPeer") + "spec:\n") == ["2:7 missing-field /spec"]
    assert said(HEAD.format(kind="Node") + "spec: {bgp: {asNumber: null}}\n") == ["5:13 field-value /spec/bgp"]


def test_a_misspelt_field_is_not_missing_too() -> None:
    assert said(spec("BGPFilter", "  importV4:\n  - actoin: Accept\n")) == ["7:5 unknown-field /spec/importV4/0/actoin"]


def test_nothing_is_missing_in_a_patch() -> None:
    text = "kind: BGPFilter\n$patch: merge\nspec:\n  importV4:\n  - $patch: delete\n    cidr: 10.0.0.0/8\n"
    assert said(text, patch=True) == []
    assert said(text + "    max: 5\n", patch=True) == ["7:5 misplaced-field /spec/importV4/0/max"]
    assert "missing-field /apiVersion" in " ".join(said(text))
    assert said(spec("Node", "  bgp: {}\n"), patch=True) == []


# Types and values


@pytest.mark.parametrize(
    ("text", "types", "reading"),
    [
        (spec("BGPConfiguration", "  nodeToNodeMeshEnabled: 'true'\n"), ("boolean",), True),
        (spec("BGPConfiguration", "  nodeToNodeMeshEnabled: 'No'\n"), ("boolean",), False),
        (spec("BGPConfiguration", "  nodeToNodeMeshEnabled: enabled\n"), ("boolean",), None),
        (spec("BGPConfiguration", "  listenPort: '179'\n"), ("integer",), 179),
        (spec("BGPConfiguration", "  listenPort: '0179'\n"), ("integer",), None),
        (spec("BGPConfiguration", "  listenPort: '70000'\n"), ("integer",), None),
        (spec("BGPConfiguration", "  listenPort: 179.5\n"), ("integer",), None),
        (peer("  node: 1042\n"), ("string",), "1042"),
        (peer("  node: 010\n"), ("string",), None),
        (peer("  node: yes\n"), ("string",), None),
        (peer("  node: true\n"), ("string",), "true"),
        (peer("  peerIP: 10.5\n"), ("string",), None),
        (peer("  nodeSelector: 5\n"), ("string",), None),
        (peer("  filters: [null]\n"), ("string",), None),
        (peer("  asNumber: true\n"), ("number", "string"), None),
        (peer("  filters: {a: b}\n"), ("array",), None),
    ],
)
def test_types(text: str, types: tuple[str, ...], reading: object) -> None:
    fault = only(text)
    assert (fault.rule, fault.types, fault.reading) == ("field-type", types, reading)
    assert judge(text).rejected == {id(fault.node)} or len(judge(text).rejected) == 1


def test_a_wrong_type_is_placed_on_the_value_with_its_tag() -> None:
    source = Source("a.yaml", peer("  node: !!int '7'\n"))
    assert source[only(source.text).span] == "!!int '7'"


def test_an_empty_item_is_placed_on_its_dash() -> None:
    assert said(peer("  filters:\n  -\n  - a\n")) == ["7:3 field-type /spec/filters/0"]


@pytest.mark.parametrize(
    ("text", "keyword", "place"),
    [
        (spec("BGPConfiguration", "  listenPort: 65536\n"), "maximum", "6:15"),
        (peer("  nextHopMode: self\n"), "enum", "6:16"),
        (peer(f"  nodeSelector: {'a' * 1025}\n"), "maxLength", "6:17"),
        (peer("  filters:\n  - a\n  - B\n"), "format", "8:5"),
        (spec("Node", "  bgp: {}\n"), "minProperties", "6:8"),
        (spec("BGPFilter", "  importV4:\n  - {action: Accept, operations: []}\n"), "minItems", "7:34"),
        (HEAD.format(kind="BGPPeer") + "  labels: {-a: b}\nspec: {}\n", "format", "5:12"),
        (HEAD.format(kind="BGPPeer") + f"  annotations: {{a: {'x' * 262144}}}\nspec: {{}}\n", "x-maxBytes", "5:16"),
    ],
)
def test_values(text: str, keyword: str, place: str) -> None:
    assert said(text)[0].split() == [place, "field-value", only(text).pointer]
    assert only(text).keyword == keyword


def test_letter_case_of_an_allowed_value() -> None:
    fault = only(spec("BGPFilter", "  importV4:\n  - action: accept\n"))
    assert (fault.nearest, fault.allowed) == ("Accept", ("Accept", "Reject"))


REPEATS = CODES | {"CAL029"}


def test_repeated_items_know_the_first() -> None:
    text = spec("BGPConfiguration", "  ignoredInterfaces: [a, b, b, a]\n")
    source = Source("a.yaml", text)
    faults = judge(text, REPEATS).faults
    assert [(fault.rule, fault.pointer, fault.value) for fault in faults] == [
        ("duplicate-list-item", "/spec/ignoredInterfaces/2", "b"),
        ("duplicate-list-item", "/spec/ignoredInterfaces/3", "a"),
    ]
    starts = [span.start for fault in faults for span, _ in fault.related]
    assert starts == [source.text.index("b, b"), source.text.index("a, b")]


def test_a_repeated_item_is_not_rejected() -> None:
    result = judge(spec("BGPConfiguration", "  serviceClusterIPs:\n" + "  - cidr: 10.0.0.0/8\n" * 2), REPEATS)
    assert [fault.pointer for fault in result.faults] == ["/spec/serviceClusterIPs/1"]
    assert result.rejected == frozenset()
    assert len(result.values) == 2


def test_a_wrong_item_that_is_repeated_is_one_mistake() -> None:
    text = spec("CalicoNodeStatus", "  node: a\n  updatePeriodSeconds: 1\n  classes: [BG, BG]\n")
    assert said(text, REPEATS) == [
        "8:13 field-value /spec/classes/0",
        "8:17 field-value /spec/classes/1",
    ]


@pytest.mark.parametrize(
    "text",
    [
        spec("BGPConfiguration", "  ignoredInterfaces: [a, a]\n"),
        spec("BGPPeer", "  filters: [a, a]\n"),
        HEAD.format(kind="BGPPeer") + "  labels: {a: 1}\nspec: {}\n",
        HEAD.format(kind="BGPPeer") + "  annotations: {a: true}\nspec: {}\n",
    ],
)
def test_nobody_speaks_for_a_rule_that_was_not_asked(text: str) -> None:
    assert said(text) == []


@pytest.mark.parametrize(
    ("items", "wanted"),
    [
        ([1, 2, 1], [(2, 0)]),
        ([1, True, 1.0], [(2, 0)]),
        (["1", 1], []),
        ([{"a": 1, "b": 2}, {"b": 2, "a": 1}], [(1, 0)]),
        ([{"a": 1}, {"a": True}], []),
        ([[1], [1], [2]], [(1, 0)]),
        (["{{ a }}", "{{ a }}"], []),
        ([{"a": ["{{ a }}"]}] * 2, []),
        (["a", "a", "a"], [(1, 0), (2, 0)]),
    ],
)
def test_repeats(items: list[object], wanted: list[tuple[int, int]]) -> None:
    assert repeats(items) == wanted


@pytest.mark.parametrize(
    ("value", "reading"),
    [
        ("true", "true"),
        ("Yes", "true"),
        ("off", "false"),
        ("12", "12"),
        ("0x10", "16"),
        ("1.10", "1.1"),
        ("10.0", "10"),
        ("0.0001", "0.0001"),
        ("999999.0", "999999"),
        ("123456.7", None),
        ("1e6", None),
        ("0.00001", None),
        ("1000000", "1000000"),
        ("0x1e6", "486"),
        ("-1", None),
    ],
)
def test_a_bare_label_value_as_calicoctl_stores_it(value: str, reading: str | None) -> None:
    fault = only(HEAD.format(kind="BGPPeer") + f"  labels: {{a: {value}}}\nspec: {{}}\n", frozenset({"CAL007"}))
    assert (fault.rule, fault.reading) == ("unquoted-label-value", reading)


# Versions


def test_a_field_of_a_newer_version_counts_as_written_and_as_refused() -> None:
    text = peer("  peerIP: 10.0.0.1\n  keepaliveTime: '20'\n")
    result = judge(text, version=(3, 31))
    (fault,) = result.faults
    assert (fault.rule, fault.pointer, fault.since) == ("field-not-in-version", "/spec/keepaliveTime", "3.32")
    assert result.rejected == {id(fault.node)}
    assert result.presumed == {"/spec/keepaliveTime"}
    assert [kind for kind, *_ in result.values] == ["PeerAddress"]
    assert judge(peer("  keepaliveTime: 20s\n"), version=(3, 32)).faults == ()


def test_what_must_be_in_a_field_of_a_newer_version_is_not_asked_for() -> None:
    text = spec("BGPFilter", "  importV4:\n  - {action: Accept, communities: {}}\n")
    assert [fault.rule for fault in judge(text, version=(3, 31)).faults] == ["field-not-in-version"]
    assert [fault.rule for fault in judge(text, version=(3, 32)).faults] == ["missing-field"]


def test_a_field_of_a_newer_version_in_another_letter_case() -> None:
    (fault,) = judge(peer("  keepAliveTime: 20s\n"), version=(3, 31)).faults
    assert (fault.rule, fault.name, fault.nearest) == ("field-not-in-version", "keepAliveTime", "keepaliveTime")
    assert judge(peer("  keepAliveTime: 20s\n"), version=(3, 31)).presumed == {"/spec/keepaliveTime"}


def test_a_value_of_a_newer_version() -> None:
    text = spec("BGPConfiguration", "  programClusterRoutes: EnabledIPIPOnly\n")
    (fault,) = judge(text, version=(3, 32)).faults
    assert (fault.rule, fault.since, fault.allowed) == ("field-not-in-version", "3.33", ("Enabled", "Disabled"))
    assert [fault.since for fault in judge(text, version=(3, 31)).faults] == ["3.32"]


def test_an_open_object_refuses_what_came_later() -> None:
    text = spec("FelixConfiguration", "  programClusterRoutes: Enabled\n  anything: 1\n")
    assert [fault.pointer for fault in judge(text, version=(3, 30)).faults] == ["/spec/programClusterRoutes"]
    assert judge(text, version=(3, 31)).faults == ()


@pytest.mark.parametrize(
    ("asked", "known"),
    [((3, 27), (3, 28)), ((2, 99), (3, 28)), ((3, 30), (3, 30)), ((3, 34), (3, 33)), ((4, 0), (3, 33))],
)
def test_other_versions_are_judged_by_the_nearest(asked: Version, known: Version) -> None:
    assert nearest_version(asked) == known
    assert load("projectcalico.org", "bgppeer_v3", asked).data == load("projectcalico.org", "bgppeer_v3", known).data
    assert (OLDEST, NEWEST) == ((3, 28), (3, 33))


@pytest.mark.parametrize(
    ("version", "apply_path", "faults"),
    [
        ((3, 31), None, 1),
        ((3, 32), None, 0),
        ((3, 32), "kubectl", 0),
        ((3, 32), "calicoctl", 1),
        ((3, 33), "calicoctl", 0),
    ],
)
def test_who_minds_the_case_of_a_log_level(version: Version, apply_path: str | None, faults: int) -> None:
    text = spec("BGPConfiguration", "  logSeverityScreen: info\n")
    assert len(judge(text, version=version, apply_path=apply_path).faults) == faults
    assert judge(text.replace("info", "Info"), version=version, apply_path=apply_path).faults == ()


def test_who_minds_a_port_of_0() -> None:
    text = spec("BGPConfiguration", "  listenPort: 0\n")
    assert len(judge(text).faults) == len(judge(text, apply_path="kubectl").faults) == 1
    assert judge(text, apply_path="calicoctl").faults == ()
    assert len(judge(text.replace("0", "-1"), apply_path="calicoctl").faults) == 1


@pytest.mark.parametrize(("uses", "keywords"), [(10, {"uniqueItems"}), (11, {"uniqueItems", "maxItems"})])
def test_a_list_may_be_too_long_as_well(uses: int, keywords: set[str]) -> None:
    text = spec("IPPool", f"  cidr: 10.0.0.0/8\n  allowedUses: [{', '.join(['Workload'] * uses)}]\n")
    assert {fault.keyword for fault in judge(text, REPEATS).faults} == keywords


def test_an_unknown_member_explains_the_count() -> None:
    operations = "  importV4:\n  - action: Accept\n    operations:\n    - addCommunity: {value: '1:1'}\n      add: 1\n"
    assert said(spec("BGPFilter", operations)) == ["10:7 unknown-field /spec/importV4/0/operations/0/add"]


@pytest.mark.parametrize(
    "value", ["{{ .Values.port }}", "${PORT}", "$(PORT)", "<% port %>", "{% if x %}1{% endif %}", "$PORT"]
)
def test_template_placeholders_are_not_judged(value: str) -> None:
    text = spec("BGPConfiguration", f"  listenPort: '{value}'\n  asNumber: '{value}'\n  '{value}': 1\n")
    assert said(text) == []
    assert judge(text).values == []


def test_a_placeholder_hides_no_other_fault() -> None:
    text = spec("BGPConfiguration", "  asNumber: '{{ as }}'\n  listenPort: 0\n")
    assert said(text) == ["7:15 field-value /spec/listenPort"]


@pytest.mark.parametrize(
    "text", ["a in {'x'}", "$", "${", "}}{{", "100%", "{}", "a <b> c", "$1", "$patch", "Pa$WORD", "$Word", "$$X"]
)
def test_what_is_no_placeholder(text: str) -> None:
    assert not is_templated(text)


# Who speaks


def test_a_rule_of_its_own_speaks_alone() -> None:
    text = peer("  ttlSecurity: 256\n  maxRestartTime: 1d\n  asNumber: 1.5\n")
    result = judge(text)
    assert result.faults == ()
    assert [kind for kind, *_ in result.values] == ["Integer", "Duration", "AsNumber"]
    assert said(text, codes=frozenset()) == [
        "6:16 field-value /spec/ttlSecurity",
        "7:19 field-value /spec/maxRestartTime",
        "8:13 field-value /spec/asNumber",
    ]
    assert [fault.spoken_by for fault in judge(text, frozenset()).faults] == ["CAL112", "CAL050", "CAL040"]


def test_beside_a_rule_of_its_own_the_generic_one_is_silent() -> None:
    assert said(peer(f"  peerIP: {'a' * 65}\n")) == []
    assert said(peer(f"  peerIP: {'a' * 65}\n"), codes=frozenset()) == ["6:11 field-value /spec/peerIP"]


def test_what_is_left_to_rules_to_come_is_silent() -> None:
    labels = HEAD.format(kind="BGPPeer") + "  labels: {a: 1, b: true}\n  namespace: x\n  uid: abc\nspec: {}\n"
    assert said(labels, codes=frozenset()) == []
    assert said(labels.replace("true", "[]"), codes=frozenset()) == ["5:21 field-type /metadata/labels/b"]


def test_valid_and_dedicated_faults_never_load_jsonschema(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(__import__("sys").modules, "linter.schema.explain", None)
    assert judge(peer("  ttlSecurity: 256\n")).faults == ()
    with pytest.raises(ImportError):
        judge(peer("  node: 1\n"))


# Other schemas


def test_the_configuration_is_judged_likewise() -> None:
    data = json.loads(Path(bundled("schemas"), "config.schema.json").read_text(encoding="utf-8"))
    text = "calicoVersion: 3.30\nfailLevl: error\nclusters:\n  prod: {}\nselect: all\n"
    (document,) = documents(Source(".peerlint.yaml", text), {})
    assert document.root is not None
    result = Schema(data).examine(document.root)
    assert [(fault.rule, fault.pointer, fault.nearest) for fault in result.faults] == [
        ("field-type", "/calicoVersion", None),
        ("unknown-field", "/failLevl", "failLevel"),
        ("missing-field", "/clusters/prod/paths", None),
        ("field-type", "/select", None),
    ]


@pytest.mark.parametrize("text", ["[]", "5", "text", "null"])
def test_a_root_that_is_no_object(text: str) -> None:
    (document,) = documents(Source("a.yaml", f"--- {text}\n"), {})
    assert document.root is not None
    (fault,) = Schema({"type": "object"}).examine(document.root).faults
    assert (fault.rule, fault.pointer, fault.field) == ("field-type", "", "")


@pytest.mark.parametrize(
    ("schema", "text", "valid"),
    [
        ({"uniqueItems": True}, "[1, true, '1']", True),
        ({"uniqueItems": True}, "[1, 1.0]", False),
        ({"uniqueItems": True}, "[[1], [2]]", True),
        ({"enum": [True]}, "1", False),
        ({"enum": [1]}, "true", False),
        ({"enum": [1]}, "1.0", True),
        ({"enum": [[1]]}, "[1]", True),
        ({"const": {"a": 1}}, "{a: 2}", False),
        ({"type": "integer"}, "2.0", True),
        ({"type": "integer"}, "2.5", False),
        ({"type": "number"}, "true", False),
        ({"pattern": "a$"}, '"a\\n"', False),
        ({"pattern": "^[\\d]+$"}, "'٣'", False),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, "{a: 1}", False),
        ({"if": {"required": ["a"]}, "then": {"required": ["b"]}}, "{c: 1}", True),
        ({"properties": {"a": False}}, "{a: 1}", False),
        ({"items": [{"type": "string"}]}, "[1]", False),
        ({"contains": {"const": 1}}, "[1]", True),
        ({"dependencies": {"a": ["b"]}}, "{a: 1}", False),
    ],
)
def test_draft_07(schema: dict[str, Any], text: str, valid: bool) -> None:
    """Also where the first look leaves the verdict to jsonschema."""
    (document,) = documents(Source("a.yaml", f"--- {text}\n"), {})
    assert document.root is not None
    assert (not Schema(schema).examine(document.root).faults) == valid


def test_alternatives_are_explained_by_the_likeliest() -> None:
    schema: dict[str, Any] = {
        "properties": {"a": {"anyOf": [{"type": "integer"}, {"type": "object", "required": ["b"]}]}}
    }
    judged = {}
    for text in ("a: {}", "a: x", "a: 1"):
        (document,) = documents(Source("a.yaml", text), {})
        assert document.root is not None
        judged[text] = [
            (fault.rule, fault.pointer, fault.types) for fault in Schema(schema).examine(document.root).faults
        ]
    assert judged == {
        "a: {}": [("missing-field", "/a/b", ())],
        "a: x": [("field-type", "/a", ("integer", "object"))],
        "a: 1": [],
    }


def test_a_schema_may_hold_itself() -> None:
    schema = {"properties": {"list": {"items": {"$ref": "#"}}, "name": {"type": "string", "x-type": "Name"}}}
    (document,) = documents(Source("a.yaml", "list: [{name: a, list: [{name: b}]}, {name: 1}]"), {})
    assert document.root is not None
    result = Schema(schema).examine(document.root)
    assert [pointer for _, _, _, pointer in result.values] == ["/list/0/name", "/list/0/list/0/name"]
    assert [fault.pointer for fault in result.faults] == ["/list/1/name"]


def test_an_unknown_kind_has_no_schema() -> None:
    with pytest.raises(OSError, match="tier_v3"):
        load("projectcalico.org", "tier_v3")


def test_how_pointers_are_written_for_people() -> None:
    text = HEAD.format(kind="BGPPeer") + "  labels: {a/b: []}\nspec: {filters: [1]}\n"
    assert [(fault.field, fault.above) for fault in judge(text).faults] == [
        ('metadata.labels["a/b"]', "metadata.labels"),
        ("spec.filters[0]", "spec.filters"),
    ]
