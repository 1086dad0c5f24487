#!/usr/bin/env python3
"""What the pages would not notice: changes small mistakes would make to a rule, that leave its page and cases as true.

    python tests/mutants.py [RULE.py …]

Every bound moved by one, every comparison, condition and word turned, every member of a list left out, one at a time; a
change that no example notices is printed. It is either as good as what was written, or an example is missing.
"""

from __future__ import annotations

import ast
import copy
import re
import signal
import sys
from pathlib import Path
from typing import TYPE_CHECKING

ROOT = Path(__file__).resolve().parents[1]
sys.path.insert(0, str(ROOT))

from linter.examples import verify, verify_cases  # noqa: E402
from linter.packs import load  # noqa: E402
from linter.rulekit import Rule  # noqa: E402

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence

SECONDS = 10
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
    spoken = {id(node) for node in ast.walk(tree) if is_speech(node) for node in ast.walk(node)}
    for parent in ast.walk(tree):
        for field, child in ast.iter_fields(parent):
            places = enumerate(child) if isinstance(child, list) else [(None, child)]
            for index, node in list(places):
                if not isinstance(node, ast.expr) or id(node) in spoken or isinstance(parent, ast.AnnAssign):
                    continue
                for other in variants(node):
                    put(parent, field, index, other)
                    yield node.lineno, f"{ast.unparse(node)}  ->  {ast.unparse(other)}", tree
                    put(parent, field, index, node)


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


def is_noticed(tree: ast.Module, path: Path, rules: Sequence[Rule], cases: str) -> bool:
    """Whether an example tells a changed rule from the right one."""
    namespace: dict[str, object] = {"__name__": "mutant", "__file__": str(path)}
    signal.alarm(SECONDS)
    try:
        exec(compile(ast.fix_missing_locations(tree), str(path), "exec"), namespace)  # noqa: S102 - our own rule
        rule = next(value for value in namespace.values() if isinstance(value, Rule))
        known = [rule if one.name == rule.name else one for one in rules]
        verify(rule, known)
        if cases:
            verify_cases(rule, cases, known)
    except Exception:
        return True
    finally:
        signal.alarm(0)
    return False


def survivors(path: Path, rules: Sequence[Rule]) -> Iterator[tuple[bool, str]]:
    """Each change with whether it survives."""
    beside = ROOT / "tests" / "cases" / f"{path.stem.replace('_', '-')}.md"
    cases = beside.read_text(encoding="utf-8") if beside.is_file() else ""
    tree = ast.parse(path.read_text(encoding="utf-8"))
    for line, change, mutant in mutants(tree):
        yield not is_noticed(mutant, path, rules, cases), f"{path.relative_to(ROOT)}:{line}: {change}"


def too_long(*_: object) -> None:
    raise TimeoutError


def main(given: Sequence[str]) -> None:
    """Try the rule files that are given, or all."""
    signal.signal(signal.SIGALRM, too_long)
    rules = load(str(ROOT / "rules"))
    paths = [Path(one).resolve() for one in given] or sorted((ROOT / "rules").glob("*/*.py"))
    tried = survived = 0
    for path in paths:
        for alive, change in survivors(path, rules):
            tried, survived = tried + 1, survived + alive
            if alive:
                print(change, flush=True)
    print(f"{tried} changes in {len(paths)} rules, {survived} of which no example notices")


if __name__ == "__main__":
    main(sys.argv[1:])
