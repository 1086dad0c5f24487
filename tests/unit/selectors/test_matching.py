"""Evaluation (selector §4), and which part decided."""

import pytest

from linter.selectors import parse
from linter.selectors.matching import failures, truths
from linter.selectors.trees import tree

ABSENT, EMPTY, VALUE, OTHER = {"z": "v"}, {"k": ""}, {"k": "v"}, {"k": "xvx"}


@pytest.mark.parametrize(
    ("text", "absent", "empty", "value", "other"),
    [
        ("k == 'v'", False, False, True, False),
        ("k == ''", False, True, False, False),
        ("k != 'v'", True, True, False, True),
        ("k != ''", True, False, True, True),
        ("k in {'v', 'w'}", False, False, True, False),
        ("k in {}", False, False, False, False),
        ("k not in {'v', 'w'}", True, True, False, True),
        ("k not in {}", True, True, True, True),
        ("k contains 'v'", False, False, True, True),
        ("k contains ''", False, True, True, True),
        ("k starts with 'v'", False, False, True, False),
        ("k starts with 'x'", False, False, False, True),
        ("k starts with ''", False, True, True, True),
        ("k ends with 'v'", False, False, True, False),
        ("k ends with 'x'", False, False, False, True),
        ("k ends with ''", False, True, True, True),
        ("has(k)", False, True, True, True),
        ("all()", True, True, True, True),
        ("", True, True, True, True),
        ("global()", True, True, True, True),
        ("!has(k)", True, False, False, False),
        ("!k == 'v'", True, True, False, True),
        ("!k in {'v'}", True, True, False, True),
        ("!k starts with 'v'", True, True, False, True),
        ("!!k contains 'v'", False, False, True, True),
        ("!all()", False, False, False, False),
        ("has(k) && k != ''", False, False, True, True),
        ("k == '' || k == 'v'", False, True, True, False),
        ("!(k == '' || k == 'v')", True, False, False, True),
        ("has(z) && !has(k) || k ends with 'x'", True, False, False, True),
        ("all() && (k == 'v' || all() && k == '')", False, True, True, False),
        ("k == '' || k == 'q' || k == 'v'", False, True, True, False),
        ("k == '' || k == 'xvx' || has(z)", True, True, False, True),
        ("!(k == '' || k == 'q' || k == 'v')", True, False, False, True),
        ("has(k) && k != '' && k contains 'v' && k != 'v'", False, False, False, True),
        ("!(has(k) && k != '' && k != 'v')", True, True, True, False),
    ],
)
def test_evaluation(text: str, absent: bool, empty: bool, value: bool, other: bool) -> None:
    selector = parse(text)
    assert [selector.matches(labels) for labels in (ABSENT, EMPTY, VALUE, OTHER)] == [absent, empty, value, other]
    assert [truths(selector.root, labels)[selector.root] for labels in (ABSENT, EMPTY, VALUE, OTHER)] == [
        *(absent, empty, value, other)
    ]


def test_comparison_is_exact() -> None:
    assert not parse("k == 'V'").matches({"k": "v"})
    assert not parse("K == 'v'").matches({"k": "v"})
    assert not parse("k == 'é'").matches({"k": "e\u0301"})


def blamed(text: str, labels: dict[str, str]) -> list[tuple[str, bool, str | None]]:
    return [
        (text[found.operation.start : found.operation.end], found.negated, found.value)
        for found in failures(parse(text).root, labels)
    ]


@pytest.mark.parametrize(
    ("text", "labels", "why"),
    [
        ("has(a)", {"a": ""}, []),
        ("has(a)", {}, [("has(a)", False, None)]),
        ("a == 'x'", {"a": "y"}, [("a == 'x'", False, "y")]),
        ("a != 'x'", {"a": "x"}, [("a != 'x'", False, "x")]),
        ("!has(a)", {"a": "x"}, [("has(a)", True, "x")]),
        ("!all()", {}, [("all()", True, None)]),
        ("has(a) && b == 'x' && c == 'y'", {"a": "", "b": "y"}, [("b == 'x'", False, "y")]),
        ("a == 'x' || has(b)", {"a": "y"}, [("a == 'x'", False, "y"), ("has(b)", False, None)]),
        ("!(a == 'x' || has(b))", {"b": "1", "a": "x"}, [("a == 'x'", True, "x")]),
        ("!(a == 'x' && has(b))", {"b": "1", "a": "x"}, [("a == 'x'", True, "x"), ("has(b)", True, "1")]),
        ("has(c) && (has(a) || !(has(d) || !has(e)))", {"c": ""}, [("has(a)", False, None), ("has(e)", False, None)]),
        ("!(!has(a))", {}, [("has(a)", False, None)]),
    ],
)
def test_failures(text: str, labels: dict[str, str], why: list[tuple[str, bool, str | None]]) -> None:
    assert blamed(text, labels) == why


def test_a_failure_says_what_was_wanted_and_what_it_met() -> None:
    root = parse("!a == 'x' && b in {'z', 'y'} || !all()").root
    assert [str(found) for found in failures(root, {"a": "x"})] == ['!a == "x", but a is "x"', "!all()"]
    assert [str(found) for found in failures(root, {"a": "y"})] == ['b in {"y", "z"}, but b is absent', "!all()"]


def test_tree() -> None:
    selector = parse("has(a) && !(b == 'x' || c in {'y'}) || all()")
    assert tree(selector.root).splitlines() == [
        "any of",
        "├─ all of",
        "│  ├─ has(a)",
        "│  └─ not",
        "│     └─ any of",
        '│        ├─ b == "x"',
        '│        └─ c in {"y"}',
        "└─ all()",
    ]


def test_tree_with_labels_says_what_each_line_met() -> None:
    selector = parse("has(a) && !(b == 'x')")
    assert tree(selector.root, {"b": "x"}).splitlines() == [
        "all of: no",
        "├─ has(a): no, it is absent",
        "└─ not: no",
        '   └─ b == "x": yes, it is "x"',
    ]


def test_a_tree_of_any_depth_stays_as_long_as_its_text() -> None:
    drawn = tree(parse("!(" * 5000 + "has(a)" + ")" * 5000).root)
    assert drawn.count("\n") == 5000
    assert len(drawn) < 5001 * 140
    assert drawn.splitlines()[-1].endswith("└─ has(a)")
