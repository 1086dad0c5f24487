"""Pages: the examples of a rule's page, run through the real engine; used by our tests and for users' packs."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from itertools import zip_longest
from typing import TYPE_CHECKING

from linter.diagnostics import Safety, Severity
from linter.fixes import Judgement, fix
from linter.rulekit import Rule
from linter.text import Source, Span
from linter.yaml.nodes import Fault

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping, Sequence

    from linter.baseline import Baseline
    from linter.diagnostics import Diagnostic
    from linter.fixes import Judge
    from linter.workspace import Manifest

EXPECTATION = re.compile(r"#\s*(error|warning|hint): (.+?)\s*$")
_FENCE = re.compile(r"```(\w+)?[ \t]*([^\n`]*)\n(.*?)```", re.DOTALL)
_HEADING = re.compile(r"^## (Bad|Good)\b([^\n]*)$", re.MULTILINE)
LONGEST_SUMMARY = 100
DEFAULT_NAME = "example.yaml"
_HEADED = (".yaml", ".yml")


class PageError(Exception):
    """A page that breaks the form of a page; the text says how."""


@dataclass(frozen=True, slots=True)
class Expectation:
    """What a page promises to be said: where, how badly, and a part of the message."""

    path: str
    line: int
    severity: str
    text: str


@dataclass(frozen=True, slots=True)
class ExampleFile:
    """One file of an example: as it is judged, without the expectations it was written with."""

    path: str
    text: str
    unreadable: bool = False


@dataclass(frozen=True, slots=True)
class Example:
    """A set of files under one `## Bad` or `## Good` heading."""

    title: str
    bad: bool
    files: tuple[ExampleFile, ...]
    expected: tuple[Expectation, ...]


def examples(page: str) -> tuple[Example, ...]:
    """The examples of a page, in order.

    Raises:
        PageError: no Bad, no Good, a Bad without its Good, a Bad that expects nothing, a Good that expects something.
    """
    found = tuple(_sections(page))
    if not found or not any(example.bad for example in found):
        raise PageError("a page needs at least one '## Bad' and one '## Good'")
    for example, after in zip_longest(found, found[1:]):
        if example.bad and (after is None or after.bad):
            raise PageError(f"'{example.title}' is not followed by its '## Good'")
        if example.bad != bool(example.expected):
            raise PageError(f"'{example.title}': a Bad states what is expected, a Good expects nothing")
    return found


def _sections(page: str) -> Iterator[Example]:
    headings = list(_HEADING.finditer(page))
    for heading, after in zip_longest(headings, headings[1:]):
        body = page[heading.end() : after.start() if after else len(page)]
        read = [_file(match) for match in _FENCE.finditer(body)]
        if not read:
            raise PageError(f"'{heading[0]}' holds no fenced example")
        expected = tuple(expectation for _, expectations in read for expectation in expectations)
        yield Example(heading[0].strip("# "), heading[1] == "Bad", tuple(file for file, _ in read), expected)


def _file(match: re.Match[str]) -> tuple[ExampleFile, tuple[Expectation, ...]]:
    name, *attributes = match[2].split() or [DEFAULT_NAME]
    text, expected = _without_expectations(name, match[3])
    return ExampleFile(name, text, "unreadable" in attributes), expected


def _without_expectations(path: str, text: str) -> tuple[str, tuple[Expectation, ...]]:
    """The text with its expectation comments taken out, and what they expect of the lines that remain."""
    lines: list[str] = []
    expected: list[Expectation] = []
    for line in text.splitlines():
        match = EXPECTATION.search(line)
        if match is None:
            lines.append(line)
            continue
        before = line[: match.start()]
        alone = not before.strip()
        expected.append(Expectation(path, len(lines) + 1, match[1], match[2]))
        if not alone:
            lines.append(before.rstrip())
    return "\n".join(lines) + "\n", tuple(expected)


def judge(files: Sequence[ExampleFile], rules: Iterable[Rule]) -> tuple[Diagnostic, ...]:
    """What the rules say about a set of files, through a workspace of its own; a rule that raises raises here too.

    A file `.peerlint.yaml` among them is the configuration, the one that it names as `baseline` is that; a Python file
    among them is one more rule.
    """
    from linter.settings import CONFIGURATION, Settings, load
    from linter.workspace import Workspace, target_of

    core, more = list(rules), [_rule(file) for file in files if file.path.endswith(".py")]
    settings, configuration = Settings(), Source(CONFIGURATION, "")
    mistakes: tuple[Fault, ...] = ()
    for file in files:
        if file.path == CONFIGURATION:
            configuration = Source(file.path, file.text)
            settings, mistakes = load(configuration, core)
    target, baseline = target_of(settings), _baseline(files, settings.baseline)
    workspace = Workspace([*core, *more], settings, target, preview=True, strict=not more, baseline=baseline)
    for file in files:
        if file.path not in {CONFIGURATION, settings.baseline} and not file.path.endswith(".py"):
            workspace.update(_manifest(file))
    return (*workspace.worded(configuration, mistakes), *workspace.report().diagnostics)


def _baseline(files: Iterable[ExampleFile], name: str | None) -> Baseline | None:
    from linter.baseline import read

    return next((read(Source(file.path, file.text), "")[0] for file in files if file.path == name), None)


def _manifest(file: ExampleFile) -> Manifest:
    from linter.workspace import Manifest

    source = Source(file.path, "" if file.unreadable else file.text)
    unreadable = Fault("unreadable-file", "permission denied", Span(0, 0))
    return Manifest(source, (unreadable,) if file.unreadable else ())


def _rule(file: ExampleFile) -> Rule:
    namespace: dict[str, object] = {"__name__": file.path, "__doc__": "A rule of an example."}
    exec(compile(file.text, file.path, "exec"), namespace)  # noqa: S102 - the page is as much our code as the rule is
    return next(value for value in namespace.values() if isinstance(value, Rule))


def verify_form(rule: Rule) -> None:
    """Hold a rule's file to the form of rule files: its name, its summary, what it imports.

    Raises:
        PageError: the text says what is wrong.
    """
    import ast
    import sys

    if not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)+", rule.name):
        raise PageError(f"'{rule.name}' is no name for a rule: two words or more, of small letters and digits")
    if not 0 < len(rule.summary) <= LONGEST_SUMMARY:
        raise PageError(f"the page's first line is the summary, of at most {LONGEST_SUMMARY} characters")
    with open(rule.check.__code__.co_filename, encoding="utf-8") as file:
        tree = ast.parse(file.read())
    imported = {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom)}
    imported |= {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    strange = {name for name in imported - {"linter.rulekit"} if name.split(".")[0] not in sys.stdlib_module_names}
    if strange:
        raise PageError(f"a rule imports linter.rulekit and the standard library, not {', '.join(sorted(strange))}")


def verify(rule: Rule, rules: Sequence[Rule]) -> None:
    """Hold a rule to its page.

    Raises:
        PageError: the page breaks its form, or the rule breaks a promise of the page; the text says which and where.
    """
    found = examples(rule.page)
    for example, after in zip_longest(found, found[1:]):
        said = judge(example.files, rules)
        own = [one for one in said if one.rule == rule.name]
        if not example.bad:
            _silent(example, own, said)
            continue
        _as_promised(example, own)
        if after is not None:
            _fixed(rule, rules, example, own, after)
        _suppressed(rule, example, rules)
    if rule.fix and not any(_offers(rule, example, rules) for example in found):
        raise PageError(f"{rule.name} declares a fix that no example shows")


def verify_cases(rule: Rule, page: str, rules: Sequence[Rule]) -> None:
    """Hold a rule to further examples in the form of a page, whose fixes need not be shown.

    Raises:
        PageError: as `verify`.
    """
    for example in examples(page):
        said = judge(example.files, rules)
        own = [one for one in said if one.rule == rule.name]
        if example.bad:
            _as_promised(example, own)
        else:
            _silent(example, own, said)


def _offers(rule: Rule, example: Example, rules: Sequence[Rule]) -> bool:
    return example.bad and any(one.fix for one in judge(example.files, rules) if one.rule == rule.name)


def _silent(example: Example, own: Sequence[Diagnostic], said: Iterable[Diagnostic]) -> None:
    errors = [one for one in said if one.severity is Severity.ERROR]
    for one in (*own, *errors):
        raise PageError(f"'{example.title}' is not good: {_told(one)}")


def _as_promised(example: Example, own: Iterable[Diagnostic]) -> None:
    left = list(own)
    for expectation in example.expected:
        match = next((one for one in left if _meets(one, expectation)), None)
        if match is None:
            said = "; ".join(map(_told, left)) or "nothing"
            raise PageError(f"'{example.title}', {expectation} was not met; left over: {said}")
        left.remove(match)
    if left:
        raise PageError(f"'{example.title}' does not expect: {'; '.join(map(_told, left))}")


def _meets(one: Diagnostic, expectation: Expectation) -> bool:
    at = one.at
    place = (at.source.path, at.source.position(at.span.start).line, one.severity.value)
    if at.span.start >= at.span.end and at.source.text:
        raise PageError(f"an empty place: {_told(one)}")
    return place == (expectation.path, expectation.line, expectation.severity) and expectation.text in one.message


def _fixed(rule: Rule, rules: Sequence[Rule], bad: Example, own: Sequence[Diagnostic], good: Example) -> None:
    """The rule's fixes, made as `peerlint fix` makes them, turn a Bad into exactly its Good."""
    if not any(one.fix for one in own):
        return
    if rule.fix is None or any(one.fix and one.fix.safety is Safety.SAFE is not rule.fix for one in own):
        raise PageError(f"'{bad.title}': a fix is offered that the rule does not declare")
    fixed = fix({file.path: file.text for file in bad.files}, _judging(rule, rules, bad.files), Safety.UNSAFE)
    why = " (a fix was not made, because something would be worse after it)" if fixed.refused else ""
    for before, after in zip(bad.files, good.files, strict=True):
        text = fixed.texts.get(before.path, before.text)
        if text != after.text:
            raise PageError(f"'{bad.title}': fixing {after.path} gives{why}\n{text}instead of\n{after.text}")


def _judging(rule: Rule, rules: Sequence[Rule], files: Sequence[ExampleFile]) -> Judge:
    """A judge that asks for the fixes of one rule, and weighs what no Good may have."""

    def judged(texts: Mapping[str, str]) -> Judgement:
        said = judge([replace(file, text=texts[file.path]) for file in files], rules)
        unread = frozenset(one.at.source.path for one in said if one.rule == Fault.INVALID)
        own = tuple(one for one in said if one.rule == rule.name)
        errors = tuple(one for one in said if one.severity is Severity.ERROR and one.rule != rule.name)
        return Judgement(own, (*own, *errors), unread)

    return judged


def _suppressed(rule: Rule, example: Example, rules: Sequence[Rule]) -> None:
    """An ignore at the head of each file silences the rule, unless it speaks about peerlint's own input."""
    if "CAL010" <= rule.code <= "CAL017":
        return
    head = f"# peerlint: ignore-file[{rule.name}] the law of pages\n"
    files = [replace(file, text=head + file.text) if file.path.endswith(_HEADED) else file for file in example.files]
    for one in judge(files, rules):
        if one.rule == rule.name:
            raise PageError(f"'{example.title}': an ignore does not silence {_told(one)}")


def _told(one: Diagnostic) -> str:
    line, column, _ = one.at.source.position(one.at.span.start)
    return f"{one.at.source.path}:{line}:{column} {one.severity.value}[{one.rule}] {one.message}"
