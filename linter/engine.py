"""One file at a time: a pure function from its text to what the rules say about it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any, NamedTuple

from linter.diagnostics import Severity
from linter.resources.kinds import identify, manifests
from linter.resources.typed import TYPES
from linter.yaml.nodes import Fault, Scalar, content
from linter.yaml.parser import documents

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

    from linter.diagnostics import Finding, Label
    from linter.resources.base import Resource
    from linter.resources.kinds import HeaderFault, Kind, Manifest
    from linter.rulekit import Rule, Target
    from linter.schema import Schema, SchemaFault
    from linter.suppressions import Ignore, IgnoreFault
    from linter.text import Source, Span
    from linter.yaml.nodes import Document, Node

    AnyFault = Fault | HeaderFault | SchemaFault | IgnoreFault

class Raised(NamedTuple):
    """A finding with the rule that said it and the object it is about, before it is stamped and settled."""

    rule: Rule
    finding: Finding
    resource: Resource | None = None


class FileAnalysis(NamedTuple):
    """All that one file's text says by itself; kept until the text changes.

    `foreign` counts objects of kinds that peerlint leaves alone; a `template` is a file that is no YAML before it is
    rendered: nothing in it was judged. `secrets` are the spans that no output may show.
    """

    source: Source
    resources: tuple[Resource, ...] = ()
    raised: tuple[Raised, ...] = ()
    ignores: tuple[Ignore, ...] = ()
    secrets: tuple[Span, ...] = ()
    documents: int = 0
    foreign: int = 0
    template: bool = False


class Plan:
    """The rules and the target of one run, arranged for dispatch, with the memo tables that live as long as the run.

    `strict` lets an exception out of a rule (in tests) instead of turning it into a finding.
    """

    def __init__(
        self, rules: Iterable[Rule], target: Target, options: Mapping[str, Any] | None = None, strict: bool = False
    ) -> None:
        self.rules = tuple(rules)
        self.target = target
        self.options = dict(options or {})
        self.strict = strict
        self.by_name = {rule.name: rule for rule in self.rules}
        self.codes = frozenset(rule.code for rule in self.rules)
        self.scalars: dict[Any, Any] = {}
        self.of_clusters = tuple(rule for rule in self.rules if rule.scope == "cluster")
        self._about: dict[type, tuple[Rule, ...]] = {}
        self._schemas: dict[Kind, Schema | None] = {}

    def about(self, subject: type) -> tuple[Rule, ...]:
        """The rules whose check looks at this kind of object or type of value."""
        if subject not in self._about:
            self._about[subject] = tuple(
                rule
                for rule in self.rules
                if rule.scope in {"document", "value"} and issubclass(subject, rule.subjects)
            )
        return self._about[subject]

    def schema(self, kind: Kind) -> Schema | None:
        """The kind's schema, compiled once; None for kinds of which peerlint reads only a part."""
        if kind not in self._schemas:
            self._schemas[kind] = _load_schema(kind) if kind.schema else None
        return self._schemas[kind]


def _load_schema(kind: Kind) -> Schema:
    from linter.schema import load

    return load(kind.group, kind.schema)


def apply(plan: Plan, rule: Rule, subject: object, at: Label, resource: Resource | None = None) -> list[Raised]:
    """What one rule says about its subject; should the rule itself fail, that is the finding, placed at `at`."""
    options = plan.options.get(rule.name) or (rule.options() if rule.options else None)
    try:
        found = rule.check(*(subject, plan.target, options)[: rule.arguments])
        return [Raised(rule, finding, resource) for finding in found]
    except Exception as error:
        if plan.strict:
            raise
        reason = f"{rule.name}: {error.__class__.__name__}: {error}"
        return list(word(plan, Fault("internal-error", reason, at.span), at.source, resource))


def word(plan: Plan, fault: AnyFault, source: Source, resource: Resource | None = None) -> Iterator[Raised]:
    """Let the rule that a fault names say it; silent when that rule was not asked for."""
    rule = plan.by_name.get(fault.rule)
    if rule is not None:
        for finding in rule.check(*(fault, source, plan.target)[: rule.arguments]):
            yield Raised(rule, finding, resource)


def analyse(
    source: Source, plan: Plan, undecoded: tuple[Fault, ...] = (), *, patch: bool = False, inventory: bool = False
) -> FileAnalysis:
    """Read one file and judge it by itself: `patch` if its objects are kustomize patches, `inventory` if only read."""
    raised: list[Raised] = []
    resources: list[Resource] = []
    read: list[Document] = []
    foreign = 0
    for document in documents(source, plan.scalars, undecoded):
        read.append(document)
        for fault in document.faults:
            raised += word(plan, fault, source)
        if document.root is None:
            continue
        for manifest in manifests(document.root):
            header = identify(manifest.root)
            if header.fault:
                raised += word(plan, header.fault, source)
            if header.kind is None:
                foreign += 1
                continue
            resource, said = _judge(plan, document, manifest, header.kind, patch, inventory)
            resources.append(resource)
            raised += said
    if _is_template(source, read):
        return FileAnalysis(source, documents=len(read), template=True)
    ignores, secrets = _ignores(source, read), _secrets(source, read)
    return FileAnalysis(source, tuple(resources), tuple(raised), ignores, secrets, len(read), foreign)


def _judge(
    plan: Plan, document: Document, manifest: Manifest, kind: Kind, patch: bool, inventory: bool
) -> tuple[Resource, list[Raised]]:
    view, root = kind.view(), manifest.root
    patch = patch or "$patch" in root.fields
    schema = plan.schema(kind)
    if document.faults:
        return view(document, root, manifest.base, patch=patch, inventory=inventory), []
    if schema is None:
        resource = view(document, root, manifest.base, patch=patch, inventory=inventory)
        return resource, _run(plan, resource)
    result = schema.examine(root, plan.codes, patch=patch)
    resource = view(document, root, manifest.base, result.rejected, result.presumed, patch, inventory)
    raised = [said for fault in result.faults for said in word(plan, fault, document.source, resource)]
    rejected = set(result.rejected)
    for name, key, node, pointer in result.values:
        for said in _value(plan, resource, name, key, node, pointer):
            raised.append(said)
            if (said.finding.severity or said.rule.severity) is Severity.ERROR:
                rejected.add(id(node))
    if len(rejected) > len(result.rejected):
        resource = view(document, root, manifest.base, frozenset(rejected), result.presumed, patch, inventory)
    return resource, raised + _run(plan, resource)


def _value(plan: Plan, resource: Resource, name: str, key: Scalar | None, node: Node, pointer: str) -> Iterator[Raised]:
    kind, scalar = TYPES.get(name), content(node)
    if kind is None or not isinstance(scalar, Scalar):
        return
    rules = plan.about(kind)
    if rules:
        value = kind(resource, key, node, scalar, pointer)
        for rule in rules:
            yield from apply(plan, rule, value, value.label(), resource)


def _run(plan: Plan, resource: Resource) -> list[Raised]:
    raised: list[Raised] = []
    for rule in plan.about(type(resource)):
        raised += apply(plan, rule, resource, resource.kind_label(), resource)
    return raised


def _is_template(source: Source, read: list[Document]) -> bool:
    """Whether the file is no YAML because it was never rendered (rule catalogue, note on CAL007 and CAL008)."""
    broken = any(fault.kind == Fault.INVALID for document in read for fault in document.faults)
    return broken and ("{{" in source.text or "{%" in source.text)


def _ignores(source: Source, read: list[Document]) -> tuple[Ignore, ...]:
    if "peerlint" not in source.text:
        return ()
    from linter.suppressions import ignores

    return ignores(source, read)


def _secrets(source: Source, read: list[Document]) -> tuple[Span, ...]:
    if "Secret" not in source.text and "assword" not in source.text:
        return ()
    from linter.secrets import secret_spans

    return secret_spans(source, tuple(read))
