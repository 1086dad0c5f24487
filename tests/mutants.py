#!/usr/bin/env python3
"""What nobody would notice: changes small mistakes would make to a rule, that leave its page, cases and tests as true.

    python tests/mutants.py [RULE.py …]

Every bound moved by one, every comparison, condition and word turned, every member of a list left out, one at a time.
First the examples look at a change, then the tests that name the rule. What neither notices is printed: `fix` where
another fix is offered for an example, `left` where nothing changes: it is as good as what was written, or an example is
missing. `wording` is printed without asking the tests: the same is found, and said in other words.
"""

from __future__ import annotations

import ast
import copy
import os
import re
import signal
import sys
from collections import Counter
from pathlib import Path
from typing import TYPE_CHECKING

import pytest

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from linter import packs  # noqa: E402
from linter.cli.rules import as_markdown  # noqa: E402
from linter.examples import examples, judge, verify, verify_cases  # noqa: E402
from linter.rulekit import Rule  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

    from linter.diagnostics import Diagnostic

SECONDS = 10
SECONDS_OF_TESTS = 120
SLOWEST = "test_table_b.py"
FATES = ("examples", "tests", "wording", "fix", "left")
"""What notices a change, or how it differs where nothing does."""
COMPARISONS: dict[type[ast.cmpop], type[ast.cmpop]] = {
    ast.Lt: ast.LtE,
    ast.LtE: ast.Lt,
    ast.Gt: ast.GtE,
    ast.GtE: ast.Gt,
    ast.Eq: ast.NotEq,
    ast.NotEq: ast.Eq,
    ast.In: ast.NotIn,
    ast.NotIn: ast.In,
    ast.Is: ast.IsNot,
    ast.IsNot: ast.Is,
}


def variants(node: ast.AST) -> Iterator[ast.AST]:
    """What could stand in place of one node."""
    if isinstance(node, ast.Compare):
        for index, one in enumerate(node.ops):
            other = copy.deepcopy(node)
            other.ops[index] = COMPARISONS[type(one)]()
            yield other
    elif isinstance(node, ast.BoolOp):
        yield ast.BoolOp(ast.Or() if isinstance(node.op, ast.And) else ast.And(), node.values)
        for index in range(len(node.values)):
            left = [value for at, value in enumerate(node.values) if at != index]
            yield left[0] if len(left) == 1 else ast.BoolOp(node.op, left)
    elif isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.Not):
        yield node.operand
    elif isinstance(node, ast.Constant):
        yield from (ast.Constant(value) for value in values(node.value))
    elif isinstance(node, (ast.Tuple, ast.List, ast.Set)) and len(node.elts) > 1 and isinstance(node, ast.expr):
        for index in range(len(node.elts)):
            shorter = copy.deepcopy(node)
            del shorter.elts[index]
            yield shorter
    elif isinstance(node, ast.IfExp):
        yield node.body
        yield node.orelse


def values(value: object) -> Iterator[bool | int | str]:
    """What could stand in place of a constant."""
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
        yield value - 1
    elif isinstance(value, str) and value and not re.fullmatch(r"CAL\d{3}", value):
        yield value + "X"


def mutants(tree: ast.Module) -> Iterator[tuple[int, str, ast.Module]]:
    """The line, the change and the whole of each; what is only said to people stays as it is."""
    idle = {id(node) for part in idle_parts(tree) for node in ast.walk(part)}
    for parent in ast.walk(tree):
        for field, child in ast.iter_fields(parent):
            places = enumerate(child) if isinstance(child, list) else [(None, child)]
            for index, node in list(places):
                if not isinstance(node, ast.expr) or id(node) in idle:
                    continue
                for other in variants(node):
                    put(parent, field, index, other)
                    yield node.lineno, f"{ast.unparse(node)}  ->  {ast.unparse(other)}", tree
                    put(parent, field, index, node)


def idle_parts(tree: ast.Module) -> Iterator[ast.AST]:
    """What does nothing but speak to people and type checkers."""
    for node in ast.walk(tree):
        hints = (getattr(node, "annotation", None), getattr(node, "returns", None))
        yield from (hint for hint in hints if isinstance(hint, ast.AST))
        if is_speech(node):
            yield node


def is_speech(node: ast.AST) -> bool:
    """Whether a node is text for people."""
    if isinstance(node, ast.Call):
        name = node.func.id if isinstance(node.func, ast.Name) else getattr(node.func, "attr", "")
        return name in {"label", "key_label", "kind_label"}
    docstring = isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    phrase = isinstance(node, ast.Constant) and isinstance(node.value, str) and " " in node.value
    return docstring or phrase or isinstance(node, ast.JoinedStr)


def put(parent: ast.AST, field: str, index: int | None, node: ast.AST) -> None:
    if index is None:
        setattr(parent, field, node)
    else:
        getattr(parent, field)[index] = node


def changed(tree: ast.Module, path: Path) -> Rule:
    """The rule of a changed file."""
    namespace: dict[str, object] = {"__name__": "mutant", "__file__": str(path)}
    exec(compile(ast.fix_missing_locations(tree), str(path), "exec"), namespace)  # noqa: S102 - our own rule
    return next(value for value in namespace.values() if isinstance(value, Rule))


def fate(tree: ast.Module, path: Path, rules: Sequence[Rule], cases: str) -> str:
    """Which of FATES a change meets."""
    signal.alarm(SECONDS)
    try:
        rule = changed(tree, path)
        known = [rule if one.name == rule.name else one for one in rules]
        verify(rule, known)
        if cases:
            verify_cases(rule, cases, known)
        new, old = (said(rule, cases, each) for each in (known, rules))
    except Exception:
        return "examples"
    finally:
        signal.alarm(0)
    same_fix = [edits(one) for one in new] == [edits(one) for one in old]
    if same_fix and [words(one) for one in new] != [words(one) for one in old]:
        return "wording"
    if as_markdown((rule,)) != as_markdown(tuple(one for one in rules if one.name == rule.name)):
        return "tests"  # the catalogue in the repository would not be fresh
    if is_noticed_by_tests(rule, path):
        return "tests"
    return "left" if same_fix else "fix"


def said(rule: Rule, cases: str, rules: Sequence[Rule]) -> list[Diagnostic]:
    """All that a rule says about its examples."""
    pages = [rule.page, *([cases] if cases else [])]
    found = [judge(example.files, rules) for page in pages for example in examples(page)]
    return [one for each in found for one in each if one.rule == rule.name]


def edits(one: Diagnostic) -> list[object]:
    return [edit and (edit.span, edit.new_text) for edit in one.fix.edits] if one.fix else []


def words(one: Diagnostic) -> list[object]:
    labels = [(label.span, label.message) for label in (one.at, *one.related)]
    return [one.message, one.help, one.fix and one.fix.title, *labels]


def is_noticed_by_tests(rule: Rule, path: Path) -> bool:
    """Whether a test fails with a changed rule, of the files that name it; in a process of its own."""
    files = naming(rule)
    child = os.fork() if files else -1
    if child:
        return child > 0 and os.waitpid(child, 0)[1] != 0
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
    signal.signal(signal.SIGALRM, signal.SIG_DFL)
    signal.alarm(SECONDS_OF_TESTS)
    put_rule(rule, path)
    os._exit(pytest.main(["-qx", "-p", "no:cacheprovider", *files]))


def naming(rule: Rule) -> list[str]:
    """The files of unit tests that name a rule, those that take long at the end."""
    files = sorted((ROOT / "tests" / "unit").rglob("test_*.py"), key=lambda file: (file.name == SLOWEST, file))
    words = re.compile(rf"\b({rule.code}|{rule.name})\b")
    return [str(file) for file in files if words.search(file.read_text(encoding="utf-8"))]


def put_rule(rule: Rule, place: Path) -> None:
    """Let whoever loads the rules have this one instead of the one that is written in its file."""
    right = packs._load_file
    packs._load_file = lambda path, name, pack: (
        rule._replace(pack=pack) if Path(path) == place else right(path, name, pack)
    )


def fates(path: Path, rules: Sequence[Rule]) -> Iterator[tuple[str, str]]:
    """The fate of each change, and the change."""
    beside = ROOT / "tests" / "cases" / f"{path.stem.replace('_', '-')}.md"
    cases = beside.read_text(encoding="utf-8") if beside.is_file() else ""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for line, change, mutant in mutants(tree):
        yield fate(mutant, path, rules, cases), f"{path.relative_to(ROOT)}:{line}: {change}"


def counted(met: Iterable[str]) -> str:
    count = Counter(met)
    return ", ".join(f"{count[each]} {each}" for each in FATES)


def too_long(*_: object) -> None:
    raise TimeoutError


def main(given: Sequence[str]) -> None:
    """Try the rule files that are given, or all."""
    signal.signal(signal.SIGALRM, too_long)
    rules = packs.load(str(ROOT / "rules"))
    paths = [Path(one).resolve() for one in given] or sorted((ROOT / "rules").glob("*/*.py"))
    met: list[str] = []
    for path in paths:
        before = len(met)
        for each, change in fates(path, rules):
            met.append(each)
            if each not in {"examples", "tests"}:
                print(f"{change}  [{each}]", flush=True)
        print(f"{path.stem}: {counted(met[before:])}", flush=True)
    print(f"{len(met)} changes in {len(paths)} rules: {counted(met)}")


if __name__ == "__main__":
    main(sys.argv[1:])
