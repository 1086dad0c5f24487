"""One file at a time: a pure function from its text to what the rules say about it."""

from __future__ import annotations

from functools import cached_property
from typing import TYPE_CHECKING, Any, NamedTuple

from linter.cluster.cluster import Cluster
from linter.diagnostics import Label, Severity
from linter.resources.base import Located, Resource
from linter.resources.kinds import identify, manifests
from linter.resources.typed import TYPES, Selector
from linter.text import Source, Span
from linter.yaml.nodes import Fault, Scalar, content
from linter.yaml.parser import documents

if TYPE_CHECKING:
    from collections.abc import Callable, Container, Iterable, Iterator, Mapping

    from linter.calicoctl import LoaderFault
    from linter.diagnostics import Finding
    from linter.resources.kinds import HeaderFault, Kind, Manifest
    from linter.rulekit import Rule, Target
    from linter.schema import Schema, SchemaFault
    from linter.schema.first_look import Typed
    from linter.selectors import SelectorTable
    from linter.suppressions import Ignore, IgnoreFault
    from linter.yaml.nodes import Document, Node

    Check = Callable[[Any], Iterable[Finding]]
    Bound = tuple[Rule, Check]
    AnyFault = Fault | HeaderFault | SchemaFault | IgnoreFault | LoaderFault

NOWHERE = Label(Source("", ""), Span(0, 0))


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
        self.strict = strict
        self.by_name = {rule.name: rule for rule in self.rules}
        self.codes = frozenset(rule.code for rule in self.rules)
        self.scalars: dict[Any, Any] = {}
        self._options = options or {}
        self._about: dict[type, tuple[Rule, ...]] = {}
        self._asked: dict[object, tuple[Bound, ...]] = {}
        self._bound: dict[str, Check] = {}
        self._silent: dict[object, set[object]] = {}
        self._views: dict[Kind, tuple[type[Resource], Schema | None]] = {}

    def about(self, subject: type) -> tuple[Rule, ...]:
        """The rules whose check looks at this kind of object, type of value or cluster."""
        if subject not in self._about:
            names = {base.__name__ for base in subject.__mro__}
            self._about[subject] = tuple(
                rule for rule in self.rules if rule.scope != "fault" and not names.isdisjoint(rule.subjects)
            )
        return self._about[subject]

    def asked(self, subject: object) -> tuple[Bound, ...]:
        """The rules that may have something to say about a subject, each with its check, ready to be called.

        Which these are is found once for all objects of a kind with the same members in `spec`.
        """
        if isinstance(subject, Resource):
            key: object = (type(subject), "status" in subject.root.fields, *subject.shape)
        elif isinstance(subject, Cluster):
            key = frozenset((kind, *sorted(members)) for kind, members in subject.members.items())
        else:
            key = type(subject)
        found = self._asked.get(key)
        if found is None:
            about = self.about(type(subject))
            if isinstance(subject, Resource):
                written = _written(subject)
                about = tuple(rule for rule in about if not rule.fields or _wanted(rule, written))
            elif isinstance(subject, Cluster):
                about = tuple(rule for rule in about if _concerns(rule, subject.members))
            found = self._asked[key] = tuple((rule, self._check(rule)) for rule in about)
        return found

    def silent(self, kind: object) -> set[object]:
        """Where a value stands and how it is written, of all that no rule had anything to say about, by kind."""
        return self._silent.setdefault(kind, set())

    def _check(self, rule: Rule) -> Check:
        """The rule's check as a function of its subject alone."""
        if rule.name not in self._bound:
            arguments = rule.check.__code__.co_argcount
            options = self._options.get(rule.name) or (rule.options and rule.options())
            self._bound[rule.name] = _with(rule.check, (self.target, options)[: arguments - 1])
        return self._bound[rule.name]

    @cached_property
    def selectors(self) -> SelectorTable:
        """Each distinct selector is read once in a run."""
        from linter.selectors import SelectorTable

        return SelectorTable()

    def view(self, kind: Kind) -> tuple[type[Resource], Schema | None]:
        """The kind's view, and its schema if peerlint knows all of the kind; imported and compiled once."""
        if kind not in self._views:
            self._views[kind] = (kind.view(), _load_schema(kind, self.target) if kind.schema else None)
        return self._views[kind]


def _written(resource: Resource) -> frozenset[str]:
    """The fields that an object has, as rules name them, in lower case: calicoctl takes any."""
    metadata, spec = resource.shape
    names = (
        *spec,
        *(f"/metadata/{name}" for name in metadata),
        *(("/status",) if "status" in resource.root.fields else ()),
    )
    return frozenset(name.lower() for name in names)


def _wanted(rule: Rule, written: frozenset[str]) -> bool:
    return any(written.issuperset(field.lower().split(" & ")) for field in rule.fields)


def _one_of(wanted: tuple[str, ...], there: Container[str]) -> bool:
    return not wanted or any(name in there for name in wanted)


def _concerns(rule: Rule, members: Mapping[str, Container[str]]) -> bool:
    """Whether a cluster has an object of one of the rule's kinds with one of its fields."""
    kinds = rule.kinds or members
    return any(kind in members and _one_of(rule.fields, members[kind]) for kind in kinds)


def _with(check: Callable[..., Iterable[Finding]], more: tuple[object, ...]) -> Check:
    return (lambda subject: check(subject, *more)) if more else check


def _load_schema(kind: Kind, target: Target) -> Schema:
    from linter.schema import load

    return load(kind.group, kind.schema, target.calico_version, target.apply_path)


def apply(plan: Plan, subject: object, resource: Resource | None = None) -> list[Raised]:
    """What the rules say about a subject; should one of them fail, `internal-error` says so and the others go on."""
    raised: list[Raised] = []
    for rule, check in plan.asked(subject):
        try:
            for finding in check(subject):
                raised.append(Raised(rule, finding, resource))  # noqa: PERF401 - most rules find nothing
        except Exception as error:
            if plan.strict:
                raise
            raised += _failed(plan, rule, error, subject, resource)
    return raised


def _failed(plan: Plan, rule: Rule, error: Exception, subject: object, resource: Resource | None) -> Iterator[Raised]:
    at = _place(subject)
    reason = f"{rule.name}: {error.__class__.__name__}: {error}"
    return word(plan, Fault("internal-error", reason, at.span), at.source, resource)


def _place(subject: object) -> Label:
    """Where to say that a rule failed: the value, the object's kind, or the first object of a cluster."""
    if isinstance(subject, Located):
        return subject.label()
    if isinstance(subject, Cluster):
        return subject.resources[0].kind_label() if subject.resources else NOWHERE
    return subject.kind_label() if isinstance(subject, Resource) else NOWHERE


def word(plan: Plan, fault: AnyFault, source: Source, resource: Resource | None = None) -> Iterator[Raised]:
    """Let the rule that a fault names say it; silent when that rule was not asked for."""
    rule = plan.by_name.get(fault.rule)
    if rule is not None:
        for finding in rule.check(*(fault, source, plan.target)[: rule.check.__code__.co_argcount]):
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
            header = manifest.listed if manifest.listed.kind else identify(manifest.root)
            if header.fault and not document.faults:
                raised += _header(plan, header.fault, document, manifest)
            elif header.kind is None and header.fault is None:
                foreign += 1
            if header.kind is not None:
                resource, said = _judge(plan, document, manifest, header.kind, patch, inventory)
                resources.append(resource)
                raised += said
    if _is_template(source, read):
        return FileAnalysis(source, documents=len(read), template=True)
    raised += _loading(plan, source, read)
    ignores, secrets = _ignores(source, read), _secrets(source, read)
    return FileAnalysis(source, tuple(resources), tuple(raised), ignores, secrets, len(read), foreign)


def _header(plan: Plan, fault: HeaderFault, document: Document, manifest: Manifest) -> Iterator[Raised]:
    """A header that is none of ours; its fields are still held against the schema of the kind that was meant."""
    yield from word(plan, fault, document.source, Resource(document, manifest.root, manifest.base))
    if fault.rule == "wrong-api-version" and not fault.legacy and fault.meant.schema:
        view, schema = plan.view(fault.meant)
        if schema is not None:
            resource = view(document, manifest.root, manifest.base)
            for mistake in schema.examine(manifest.root, plan.codes).faults:
                yield from word(plan, mistake, document.source, resource)


def _judge(
    plan: Plan, document: Document, manifest: Manifest, kind: Kind, patch: bool, inventory: bool
) -> tuple[Resource, list[Raised]]:
    (view, schema), root = plan.view(kind), manifest.root
    patch = patch or "$patch" in root.fields
    if document.faults:
        return view(document, root, manifest.base, patch=patch, inventory=inventory), []
    if schema is None:
        resource = view(document, root, manifest.base, patch=patch, inventory=inventory)
        return resource, apply(plan, resource, resource)
    result = schema.examine(root, plan.codes, patch=patch)
    resource = view(document, root, manifest.base, result.rejected, result.presumed, patch, inventory)
    raised = [said for fault in result.faults for said in word(plan, fault, document.source, resource)]
    rejected = set(result.rejected)
    for node, said in _said_of_values(plan, resource, result.values):
        if any((one.finding.severity or one.rule.severity) is Severity.ERROR for one in said):
            rejected.add(id(node))
        raised += said
    if len(rejected) > len(result.rejected):
        resource = view(document, root, manifest.base, frozenset(rejected), result.presumed, patch, inventory)
    return resource, raised + apply(plan, resource, resource)


def _said_of_values(plan: Plan, resource: Resource, met: Iterable[Typed]) -> Iterator[tuple[Node, list[Raised]]]:
    """The values that rules have something to say about, and what they say.

    Value rules go by the value as written, its kind and its place alone, so that a value met before is passed over
    where they had nothing to say. Tags, anchors and aliases are rare and always looked at.
    """
    silent = plan.silent((type(resource), _api_version(resource), resource.patch, resource.inventory))
    for name, key, node, pointer in met:
        kind, scalar = TYPES.get(name), content(node)
        if kind is None or not isinstance(scalar, Scalar):
            continue
        written = (pointer, scalar.text, scalar.style)
        plain = node is scalar and scalar.tag is None and scalar.anchor is None
        if plain and written in silent:
            continue
        more = (plan.selectors,) if kind is Selector else ()
        said = apply(plan, kind(resource, key, node, scalar, pointer, *more), resource)
        if said:
            yield node, said
        elif plain:
            silent.add(written)


def _api_version(resource: Resource) -> str:
    entry = resource.root.fields.get("apiVersion")
    return entry.value.text if entry and isinstance(entry.value, Scalar) else ""


def _is_template(source: Source, read: list[Document]) -> bool:
    """Whether the file is no YAML because it was never rendered (rule catalogue, note on CAL007 and CAL008)."""
    broken = any(fault.kind == Fault.INVALID for document in read for fault in document.faults)
    return broken and ("{{" in source.text or "{%" in source.text)


def _loading(plan: Plan, source: Source, read: list[Document]) -> Iterator[Raised]:
    """What the tool that applies the file does not read as kubectl would."""
    if plan.target.apply_path == "calicoctl":
        from linter.calicoctl import refusals

        for fault in refusals(source, read):
            yield from word(plan, fault, source, fault.resource)


def _ignores(source: Source, read: list[Document]) -> tuple[Ignore, ...]:
    if "peerlint" not in source.text:
        return ()
    from linter.suppressions import ignores

    return ignores(source, read)


def _secrets(source: Source, read: list[Document]) -> tuple[Span, ...]:
    text = source.text
    if "ecret" not in text and "assword" not in text:
        return ()
    from linter.secrets import secret_spans

    telling = [one for one in read if any(text.find(word, one.start, one.end) >= 0 for word in ("ecret", "assword"))]
    return secret_spans(source, tuple(telling))
