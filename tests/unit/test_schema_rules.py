"""What the generic rules say beyond their pages: the odd shapes of wrong values, and what must not be said."""

import pytest

from linter.bundle import bundled
from linter.diagnostics import Diagnostic, Safety
from linter.examples import ExampleFile, judge
from linter.fixes import applied
from linter.packs import load

RULES = load(bundled("rules"))
GENERIC = frozenset({"CAL007", "CAL022", "CAL023", "CAL024", "CAL025", "CAL026", "CAL027", "CAL029"})
HEAD = "apiVersion: projectcalico.org/v3\nkind: {}\nmetadata:\n  name: default\nspec:\n"


def told(text: str, configuration: str = "") -> list[Diagnostic]:
    """What the generic rules say about one file."""
    files = [ExampleFile("a.yaml", text)]
    if configuration:
        files.append(ExampleFile(".peerlint.yaml", configuration))
    return [one for one in judge(files, RULES) if one.code in GENERIC]


def only(text: str) -> Diagnostic:
    (one,) = told(text)
    return one


def peer(text: str) -> str:
    return HEAD.format("BGPPeer") + text


def filter_rule(text: str) -> str:
    return HEAD.format("BGPFilter") + "  importV4:\n" + text


def mended(text: str) -> str:
    fix = only(text).fix
    assert fix is not None
    return applied(text, fix.edits)


def test_the_advice_for_a_missing_name_is_its_whole_first_sentence() -> None:
    advice = only(HEAD.format("BGPFilter").replace("\n  name: default", " {}").replace("spec:", "spec: {}")).help
    assert advice is not None
    assert advice.endswith("- and . that begin and end with a letter or digit, at most 253)")


def test_an_abbreviation_keeps_its_capitals_in_the_advice() -> None:
    advice = only(HEAD.format("BGPConfiguration") + "  listenPort: 1.5\n").help
    assert advice == "write a whole number: TCP port on which BIRD listens, and which nodes use towards each other"


@pytest.mark.parametrize(
    ("selector", "meant"),
    [
        ("{rack: a, row: b}", "rack == 'a' && row == 'b'"),
        ("{matchLabels: {rack: a}}", "rack == 'a'"),
        ("{matchExpressions: [{key: rack, operator: In, values: [a, b]}]}", "rack in {'a', 'b'}"),
        ("{matchExpressions: [{key: rack, operator: NotIn, values: [a]}]}", "rack not in {'a'}"),
        ("{matchExpressions: [{key: a.b/c, operator: Exists}]}", "has(a.b/c)"),
        ("{matchLabels: {a: b}, matchExpressions: [{key: rack, operator: DoesNotExist}]}", "a == 'b' && !has(rack)"),
        ("{matchLabels: {b: x, a: z}, matchExpressions: }", "a == 'z' && b == 'x'"),
    ],
)
def test_selectors_of_kubernetes_are_translated(selector: str, meant: str) -> None:
    text = peer(f"  peerSelector: {selector}\n")
    assert only(text).help == f"write {meant}"
    assert mended(text) in {peer(f"  peerSelector: {quote}{meant}{quote}\n") for quote in "'\""}
    assert told(mended(text)) == []


@pytest.mark.parametrize(
    "selector",
    [
        "{}",
        "[{ip: 10.0.0.1, asNumber: 65001}]",
        "{rack: 5}",
        "{rack: 'it''s \"a\"'}",
        "{matchLabels: {a: b}, rack: a}",
        "{'a b': c}",
        "{matchLabels: [a]}",
        "{matchExpressions: [{key: rack, operator: Gt, values: [1]}]}",
        "{matchExpressions: [{key: rack, operator: In, values: []}]}",
        "{matchExpressions: [rack]}",
        "5",
    ],
)
def test_what_is_no_selector_of_kubernetes_gets_no_fix(selector: str) -> None:
    assert only(peer(f"  peerSelector: {selector}\n")).fix is None


def test_comments_inside_a_selector_are_not_lost() -> None:
    assert only(peer("  nodeSelector:  # ours\n    rack: a\n")).fix is None


@pytest.mark.parametrize("value", ["hunter2", "[hunter2]", "{secretKeyRef: hunter2}"])
def test_a_password_is_never_repeated(value: str) -> None:
    one = only(peer(f"  password: {value}\n"))
    assert "hunter2" not in f"{one.message}{one.help}{one.fix}{one.related}"


@pytest.mark.parametrize(
    ("rule", "fixed"),
    [
        (
            "  - action: Accept\n    cidr: 10.0.0.0/16{24,32}  # pods\n    matchOperator: In\n",
            (
                "  - action: Accept\n    cidr: 10.0.0.0/16  # pods\n    prefixLength: {min: 24, max: 32}\n"
                "    matchOperator: In\n"
            ),
        ),
        (
            "  - {action: Accept, cidr: '10.0.0.0/16{24}', matchOperator: In}\n",
            "  - {action: Accept, cidr: '10.0.0.0/16', prefixLength: {min: 24, max: 24}, matchOperator: In}\n",
        ),
        (
            "  - action: Accept\n    matchOperator: In\n    cidr: 10.0.0.0/16+",
            "  - action: Accept\n    matchOperator: In\n    cidr: 10.0.0.0/16",
        ),
        (
            "  - cidr: 10.0.0.0/16{24,32}\n    action: Accept\n    matchOperator: In\n",
            "  - cidr: 10.0.0.0/16\n    prefixLength: {min: 24, max: 32}\n    action: Accept\n    matchOperator: In\n",
        ),
    ],
)
def test_prefix_patterns_of_bird(rule: str, fixed: str) -> None:
    assert mended(filter_rule(rule)) == filter_rule(fixed)
    assert (fix := only(filter_rule(rule)).fix)
    assert fix.safety is Safety.UNSAFE


@pytest.mark.parametrize("cidr", ["10.0.0.0/16{24,32}", "10.0.0.0/16-", "10.0.0.0/16{,32}"])
def test_prefix_patterns_that_are_left_to_people(cidr: str) -> None:
    rule = f"  - action: Accept\n    cidr: '{cidr}'\n    matchOperator: In\n    prefixLength: {{min: 24}}\n"
    assert only(filter_rule(rule)).fix is None


def test_a_list_item_without_a_value() -> None:
    one = only(peer("  filters: [null]\n"))
    assert one.message.startswith("spec.filters[0] is an empty item")


def test_port_zero_is_unset_to_calicoctl() -> None:
    text = HEAD.format("BGPConfiguration") + "  listenPort: 0\n"
    assert "kubectl rejects" in only(text).message
    assert told(text, "applyPath: calicoctl\n") == []


def test_a_rename_into_a_taken_name_is_no_fix() -> None:
    one = only(peer("  asNumber: 65001\n  peerIP: 10.0.0.1\n  asNumbr: 65002\n"))
    assert one.fix is None
    assert one.help == "asNumber is set already: remove one of the two"


def test_quoted_keys_keep_their_quotes() -> None:
    assert '"peerIP": 10.0.0.1' in mended(peer('  "peerip": 10.0.0.1\n  asNumber: 65001\n'))


def test_anchors_survive_or_there_is_no_fix() -> None:
    text = filter_rule("  - action: &a accept\n  - action: Reject\n")
    assert "action: &a Accept" in mended(text)
    assert only(peer("  node: &n 1042\n  peerIP: 10.0.0.1\n  asNumber: 65001\n")).fix is None


def test_a_parent_is_not_moved_beside_what_belongs_below_it() -> None:
    text = "apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata:\n  name: tor\n  spec:\n  peerIP: 192.0.2.1\n"
    (one,) = (one for one in told(text) if one.code == "CAL023")
    assert one.fix is None


def test_many_misplaced_fields_are_not_all_named() -> None:
    names = ["node", "nodeSelector", "peerIP", "asNumber", "filters", "ttlSecurity", "reachableBy", "sourceAddress"]
    text = "apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: a}\n" + "".join(
        f"{name}: x\n" for name in names
    )
    (one,) = [one for one in told(text) if one.code == "CAL023"]
    assert "and 3 more stand at the root, but belong under spec" in one.message
    assert len(one.related) == 7


# What is true of a Calico version


def in_version(version: str, text: str) -> Diagnostic:
    (one,) = told(text, f'calicoVersion: "{version}"\n')
    return one


ACTION = filter_rule("  - action: accept\n")
BIND_MODE = HEAD.format("BGPConfiguration") + "  bindMode: nodeIP\n"
CLASS = HEAD.format("CalicoNodeStatus") + "  node: a\n  updatePeriodSeconds: 1\n  classes: [bgp]\n"
CLASSES = HEAD.format("CalicoNodeStatus") + "  node: a\n  updatePeriodSeconds: 1\n  classes: [BGP, BGP]\n"
INTERFACES = HEAD.format("BGPConfiguration") + "  ignoredInterfaces: [a, a]\n"
RANGES = HEAD.format("BGPConfiguration") + "  serviceClusterIPs: [{cidr: 10.0.0.0/8}, {cidr: 10.0.0.0/8}]\n"
POOL = HEAD.format("IPPool") + "  cidr: 10.0.0.0/16\n  vxlanMode: Always\n  allowedUses: [Workload]\n"
SOURCE_ADDRESS = peer("  sourceAddress: NodeIP\n")
ADVERTISED = HEAD.format("BGPConfiguration") + "  prefixAdvertisements: [{cidr: a, communities: ['1:2']}]\n"
LEVEL = HEAD.format("BGPConfiguration") + "  logSeverityScreen: verbose\n"
BOTH = "calicoctl and kubectl reject the object"


@pytest.mark.parametrize(
    ("text", "version", "severity", "said"),
    [
        (
            ACTION,
            "3.31",
            "error",
            "BIRD's configuration is no longer written on any node; behind Typha the filter vanish",
        ),
        (ACTION, "3.32", "error", BOTH),
        (ACTION.replace("action: accept", "action: Accept\n    source: All"), "3.31", "error", "no longer written"),
        (ACTION.replace("action: accept", "action: Accept\n    source: All"), "3.32", "error", BOTH),
        (
            filter_rule("  - {action: Accept, cidr: 10.0.0.0/8, matchOperator: in}\n"),
            "3.31",
            "error",
            "no longer written",
        ),
        (filter_rule("  - {action: Accept, cidr: 10.0.0.0/8, matchOperator: in}\n"), "3.32", "error", BOTH),
        (
            RANGES.replace("{cidr: 10.0.0.0/8}, ", "").replace("/8", "/33"),
            "3.31",
            "error",
            "the whole BGPConfiguration vani",
        ),
        (RANGES.replace("{cidr: 10.0.0.0/8}, ", "").replace("/8", "/33"), "3.32", "error", BOTH),
        (POOL.replace("Always", "always"), "3.31", "error", "calicoctl rejects the object"),
        (POOL.replace("Always", "always"), "3.32", "error", BOTH),
        (
            POOL.replace("Workload", "LoadBalancer"),
            "3.29",
            "error",
            "(Workload or Tunnel are): calicoctl rejects the object",
        ),
        (POOL.replace("/16", "/33"), "3.31", "error", "calicoctl rejects the object"),
        (POOL.replace("/16", "/33"), "3.32", "error", BOTH),
        (
            filter_rule("  - {action: Accept, cidr: a, matchOperator: In}\n"),
            "3.31",
            "error",
            "it freezes BIRD's configuration",
        ),
        (filter_rule("  - {action: Accept, cidr: a, matchOperator: In}\n"), "3.32", "error", BOTH),
        (BIND_MODE, "3.31", "error", "Calico 3.31 does not check it, and it counts as None"),
        (
            BIND_MODE.replace("nodeIP", "none"),
            "3.31",
            "warning",
            "Calico 3.31 does not check it, and it counts as None",
        ),
        (BIND_MODE, "3.32", "error", BOTH),
        (CLASS, "3.31", "error", "Calico 3.31 does not check it, and nothing is reported for it"),
        (CLASS, "3.32", "error", BOTH),
        (CLASSES, "3.32", "error", "calicoctl rejects the object; stored by kubectl, it vanishes behind Typha"),
        (CLASSES, "3.33", "error", BOTH),
        (INTERFACES, "3.31", "warning", "the repeat has no effect, and Calico rejects it from 3.32 on"),
        (INTERFACES, "3.32", "error", BOTH),
        (RANGES, "3.31", "warning", "the repeat has no effect"),
        (RANGES, "3.32", "warning", "the repeat has no effect, and Calico 3.32.0 rejects it"),
        (RANGES, "3.33", "warning", "the repeat has no effect"),
        (SOURCE_ADDRESS, "3.31", "error", "stored by kubectl, it counts as None"),
        (SOURCE_ADDRESS, "3.32", "error", BOTH),
        (ADVERTISED, "3.31", "error", "calicoctl rejects the object; stored by kubectl, the whole BGPConfiguration"),
        (ADVERTISED, "3.32", "error", BOTH),
        (LEVEL, "3.31", "error", "calicoctl rejects the object; stored by kubectl, the whole BGPConfiguration vani"),
        (LEVEL, "3.32", "error", BOTH),
    ],
)
def test_the_consequence_is_that_of_the_version(text: str, version: str, severity: str, said: str) -> None:
    one = in_version(version, text)
    assert one.severity.value == severity
    assert one.message.partition(": ")[2].startswith(said) or said in one.message
    assert said not in {"the repeat has no effect", "calicoctl rejects the object"} or one.message.endswith(said)


def test_a_spec_may_be_left_out_before_there_were_native_crds() -> None:
    text = HEAD.format("BGPFilter").removesuffix("spec:\n")
    assert told(text, 'calicoVersion: "3.31"\n') == []
    assert "native projectcalico.org/v3 CRDs" in in_version("3.32", text).message


def test_the_case_of_a_log_level_hangs_on_who_applies_it() -> None:
    text = HEAD.format("BGPConfiguration") + "  logSeverityScreen: info\n"
    assert told(text, 'calicoVersion: "3.32"\n') == []
    (one,) = told(text, 'calicoVersion: "3.32"\napplyPath: calicoctl\n')
    assert one.help == "did you mean Info?"
    assert "(Trace, Debug, Info, Warning, Error or Fatal)" in one.message


# Secrets, and kinds that only kubectl knows


HIDDEN = "apiVersion: v1\nkind: Secret\nmetadata:\n  name: bgp\n"


@pytest.mark.parametrize(
    ("text", "message"),
    [
        ("data:\n  tor: s3cr3t!\n", "the value of data.tor is not base64: kubectl rejects the object"),
        ("data:\n  tor: 12345678\n", None),
        ("data:\n  tor: 123456789\n", "the value of data.tor is a number, but data.tor has to be text"),
        ("stringData:\n  tor: [s3cr3t]\n", "stringData.tor is a list and has to be text: kubectl rejects the object"),
        ("data:\n  a b: czNjcjN0\n", "a b is not a key of a Secret: kubectl rejects the object"),
    ],
)
def test_secrets_are_judged_without_being_shown(text: str, message: str | None) -> None:
    said = told(HIDDEN + text)
    assert not any("s3cr3t" in str(one) or "1234567" in one.message for one in said)
    if message is not None:
        assert said[0].message.startswith(message)


def test_only_kubectl_rejects_an_installation() -> None:
    head = (
        "apiVersion: operator.tigera.io/v1\nkind: Installation\nmetadata:\n  name: default\nspec:\n  calicoNetwork:\n"
    )
    assert only(head + "    bgp: enabled\n").message.endswith("(Enabled or Disabled): kubectl rejects the object")
    pool = only(head + "    ipPools: [{cidr: 10.0.0.0}]\n").message
    assert pool.endswith("the API server stores it, and the operator rolls nothing out")
    assert "the operator of Calico 3.31" in in_version("3.31", head + "    clusterRoutingMode: Felix\n").message


# Repeats and bare labels, mended


CONFIGURATION = HEAD.format("BGPConfiguration")


def all_mended(text: str) -> str:
    return applied(text, [edit for one in told(text) if one.fix for edit in one.fix.edits])


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  filters: [a, a]\n", "  filters: [a]\n"),
        ("  filters: [a, b, a, b , a]  # why\n", "  filters: [a, b]  # why\n"),
        ('  filters: [\n    "a",\n    "a"\n  ]\n', '  filters: [\n    "a"\n  ]\n'),
        (
            "  filters:\n  - a\n  # first\n  - a  # again\n  # last\n  - b\n",
            "  filters:\n  - a\n  # first\n  # last\n  - b\n",
        ),
        ("  filters:\n    -   a\n    -   a\n    -   a\n", "  filters:\n    -   a\n"),
        ("  filters:\r\n  - a\r\n  - a\r\n  node: x\r\n", "  filters:\r\n  - a\r\n  node: x\r\n"),
        ("  filters:\n  - a\n  - a", "  filters:\n  - a\n"),
        ("  filters:\n  - a\n  - >-\n    a\n", "  filters:\n  - a\n"),
    ],
)
def test_a_repeat_is_taken_out(before: str, after: str) -> None:
    assert all_mended(peer(before)) == peer(after)


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("  - cidr: 10.0.0.0/8\n  - cidr: 10.0.0.0/8\n", "  - cidr: 10.0.0.0/8\n"),
        ("  - {cidr: 10.0.0.0/8}\n  -   {cidr: 10.0.0.0/8}\n", "  - {cidr: 10.0.0.0/8}\n"),
    ],
)
def test_a_repeated_range_is_taken_out(before: str, after: str) -> None:
    head = CONFIGURATION + "  serviceClusterIPs:\n"
    assert all_mended(head + before) == head + after


@pytest.mark.parametrize(
    "text",
    [
        "  filters: [&a a, *a]\n",
        "  filters: &list [a, a]\n",
        "  filters: [a, &b a]\n",
        "  filters: [a, # why\n    a]\n",
        "  filters:\n  - a\n  -\n    a\n",
    ],
)
def test_a_repeat_that_is_bound_to_its_place_stays(text: str) -> None:
    assert only(peer(text)).fix is None


def test_a_repeat_with_a_comment_inside_stays() -> None:
    text = "  communities:\n  - {name: a, value: '1:1'}\n  - name: a\n    # why\n    value: '1:1'\n"
    assert only(CONFIGURATION + text).fix is None


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("labels: {a: yes}", "labels: {a: 'true'}"),
        ("labels: {a: 0x10}", "labels: {a: '16'}"),
        ('labels: {"a": true}', 'labels: {"a": "true"}'),
        ("annotations: {a: -1}", "annotations: {a: '-1'}"),
        ("annotations: {a: 1.10}", "annotations: {a: '1.1'}"),
    ],
)
def test_a_bare_label_is_quoted_as_it_would_be_stored(before: str, after: str) -> None:
    head, rest = "apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata:\n  name: a\n  ", "\nspec: {}\n"
    assert mended(head + before + rest) == head + after + rest


@pytest.mark.parametrize("value", ["-1", "1e6", "&a true"])
def test_a_bare_label_that_nobody_can_quote_for_certain_stays(value: str) -> None:
    one = only(
        f"apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata:\n  name: a\n  labels: {{a: {value}}}\nspec: {{}}\n"
    )
    assert (one.code, one.fix) == ("CAL007", None)


def test_an_as_number_in_dots_is_not_quoted_as_another_one() -> None:
    node = "apiVersion: v1\nkind: Node\nmetadata:\n  name: a\n  annotations: {projectcalico.org/ASNumber: %s}\n"
    dotted = only(node % "1.10")
    assert (dotted.code, dotted.fix) == ("CAL007", None)
    assert dotted.help == "write '1.10' if that AS number was meant in dotted notation"
    assert only(node % "65000").fix is not None
    assert only(node % "1.5").fix is not None


def test_only_kubectl_writes_the_nodes_of_kubernetes() -> None:
    one = only("apiVersion: v1\nkind: Node\nmetadata:\n  name: a\n  labels: {a: true}\n")
    assert one.message == "true is a boolean, but labels are text: kubectl rejects the object"
