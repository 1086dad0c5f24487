"""What the generic rules say beyond their pages: the odd shapes of wrong values, and what must not be said."""

import pytest

from linter.bundle import bundled
from linter.diagnostics import Diagnostic, Safety
from linter.examples import ExampleFile, judge
from linter.fixes import applied
from linter.packs import load

RULES = load(bundled("rules"))
GENERIC = frozenset({"CAL022", "CAL023", "CAL024", "CAL025", "CAL026"})
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


def test_many_misplaced_fields_are_not_all_named() -> None:
    names = ["node", "nodeSelector", "peerIP", "asNumber", "filters", "ttlSecurity", "reachableBy", "sourceAddress"]
    text = "apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: a}\n" + "".join(
        f"{name}: x\n" for name in names
    )
    (one,) = [one for one in told(text) if one.code == "CAL023"]
    assert "and 3 more stand at the root, but belong under spec" in one.message
    assert len(one.related) == 7
