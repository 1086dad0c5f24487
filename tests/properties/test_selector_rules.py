"""Of any selector, in any YAML style, one rule speaks that says it is none, or those that judge what it selects."""

from __future__ import annotations

import os

from hypothesis import assume, given, settings
from hypothesis import strategies as st

from linter.bundle import bundled
from linter.engine import Plan, analyse
from linter.fixes import applied
from linter.packs import load
from linter.rulekit import Target
from linter.selectors import SelectorError, SelectorTable, parse
from linter.selectors.algebra import always_true, satisfiable
from linter.selectors.extent import extent
from linter.selectors.impossibility import impossibility
from linter.selectors.label_space import KUBERNETES, SPACES
from linter.text import Source
from linter.values import is_on_one_line
from linter.yaml.quoting import quoted

EXAMPLES = int(os.environ.get("PEERLINT_EXAMPLES", "300"))
PLAN = Plan(load(os.path.join(bundled("rules"), "manifest")), Target(), strict=True)
PEER = "apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata:\n  name: tor\nspec:\n  nodeSelector: {}\n"

REFUSED = ("selector-as-yaml-tag", "newline-in-selector", "invalid-selector")
JUDGED = ("impossible-selector", "always-true-selector", "annotation-in-selector")

keys = st.sampled_from(["a", "b", "-", "a/b/c", "pcns.a b", "pcns.-/x", "projectcalico.org/ASNumber"])
texts = st.sampled_from(["''", "'x'", "'y'", "'xy'", "'a b'", "'-'", '"it\'s"'])
comparisons = st.tuples(keys, st.sampled_from(["==", "!=", "contains", "starts with", "ends with"]), texts).map(
    " ".join
)
sets = st.lists(texts, max_size=2).map(lambda members: f"{{{', '.join(members)}}}")
memberships = st.tuples(keys, st.sampled_from(["in", "not in"]), sets).map(" ".join)
leaves = st.one_of(comparisons, memberships, keys.map("has({})".format), st.sampled_from(["all()", "global()"]))


def compound(parts: st.SearchStrategy[str]) -> st.SearchStrategy[str]:
    joined = st.tuples(st.lists(parts, min_size=2, max_size=3), st.sampled_from([" && ", " || "]))
    return st.one_of(parts.map("!({})".format), joined.map(lambda found: f"({found[1].join(found[0])})"))


selectors = st.recursive(leaves, compound, max_leaves=5)


@given(selectors, st.sampled_from(sorted(SPACES)))
@settings(max_examples=EXAMPLES, deadline=None)
def test_the_extent_is_what_the_algebra_proves(text: str, selects: str) -> None:
    try:
        selector = parse(text)
    except SelectorError:
        assume(False)
    space = SPACES[selects]
    found = extent(selector, space)
    assert found.nothing is (satisfiable(selector, space) is False)
    assert found.everything is (always_true(selector, space) is True)
    assert SelectorTable().extent(selector, selects) == found


@given(selectors, st.sampled_from(sorted(SPACES)))
@settings(max_examples=EXAMPLES, deadline=None)
def test_what_selects_nothing_is_told_why(text: str, selects: str) -> None:
    try:
        selector = parse(text)
    except SelectorError:
        assume(False)
    why = impossibility(selector, SPACES[selects])
    assert (why is not None) is extent(selector, SPACES[selects]).nothing
    assert why is None or (why.parts and "None" not in why.reason)


PIECES = [
    "has(a)",
    "a == 'b'",
    "a = 'b'",
    "== 'b'",
    "a",
    "in {'a'}",
    " || ",
    " &&\n    ",
    "\n    ",
    "\n\n    ",
    "\\n",
    "!",
    "! ",
    "&a ",
    " # x",
    "all()",
    "has(projectcalico.org/ASNumber)",
    " ",
    "\t",
    "'",
    '"',
]
MARKS = ["", "", "! ", "!", "&a ", "&b !", "!!str ", "|\n    ", ">-\n    ", "|-\n    ", "&c |\n    ", "!x |-\n    "]
bodies = st.lists(st.sampled_from(PIECES), max_size=4).map("".join)
written = st.builds(
    lambda mark, style, body: mark + style.format(body),
    st.sampled_from(MARKS),
    st.sampled_from(["{}", "{}", "'{}'", '"{}"']),
    bodies,
) | (bodies | selectors).map(quoted)


@given(written)
@settings(max_examples=EXAMPLES, deadline=None)
def test_one_rule_says_that_it_is_no_selector_and_silences_the_others(value: str) -> None:
    text = PEER.format(value)
    analysis = analyse(Source("a.yaml", text), PLAN)
    said = [raised.rule.name for raised in analysis.raised]
    assume("invalid-yaml" not in said and "field-type" not in said)
    refused = [name for name in said if name in REFUSED]
    assert len(refused) <= 1
    (peer,) = analysis.resources
    stated = peer.entry(("spec", "nodeSelector"))
    assert stated is not None
    content = getattr(stated.value, "value", None)
    if isinstance(content, str):
        valid = not isinstance(PLAN.selectors[content], SelectorError)
        assert valid or refused
        assert is_on_one_line(content) or "invalid-selector" not in refused
        assert is_on_one_line(content) or not valid
    if refused:
        assert not set(said) & set(JUDGED)
        assert getattr(peer, "node_selector", None) is None


@given(written)
@settings(max_examples=EXAMPLES, deadline=None)
def test_what_is_marked_is_what_the_message_speaks_of(value: str) -> None:
    text = PEER.format(value)
    for raised in analyse(Source("a.yaml", text), PLAN).raised:
        finding = raised.finding
        assert 0 <= finding.at.span.start < finding.at.span.end <= len(text)
        if raised.rule.name not in (*JUDGED, "invalid-selector"):
            continue
        marked = [text[label.span.start : label.span.end] for label in finding.related]
        assert all(finding.at.span.covers(label.span) for label in finding.related)
        if raised.rule.name == "invalid-selector":
            assert all(f"`{one[:30]}" in finding.message for one in marked if one.isprintable())
        elif raised.rule.name == "impossible-selector" and marked:
            together = parse(" && ".join([f"({one})" for one in marked]))
            assert satisfiable(together, KUBERNETES) is False
        elif marked:
            assert f"`{marked[0]}" in finding.message
        if finding.fix:
            after = [
                other.rule.name for other in analyse(Source("a.yaml", applied(text, finding.fix.edits)), PLAN).raised
            ]
            assert raised.rule.name not in after
            assert not set(after) & {*REFUSED, "invalid-yaml"}
