"""A mistake in `.peerlint.yaml`.

What was asked for is not what would be done, so that peerlint stops with status 2 before it looks at any manifest: a
misspelt setting, a value of the wrong type, a rule that does not exist, a path or pattern that matches nothing. Rules
are given by name or code; `select`, `ignore`, `overrides` and `severity` also take the beginning of codes (`CAL7`) and
`all`. Paths are relative to the file.

A baseline that is none is told in the same way.

The nearest `.peerlint.yaml` counts, looked for upward from the common parent of the given paths to the root of the git
repository. Nothing is merged.

## Bad

```yaml .peerlint.yaml
calicoVersion: 3.30  # error: `3.30` must be text
complet: true  # error: did you mean `complete`?
ignore:
  - peer-without-asnumber  # error: did you mean `peer-without-as-number`?
  - CAL1
severity: {CAL105: fatal}  # error: it is one of error, warning, hint
clusters:
  prod:  # error: has no `paths`
    complete: true
```

## Good

```yaml .peerlint.yaml
calicoVersion: "3.33"
complete: true
ignore:
  - peer-without-as-number
  - CAL1
severity: {CAL105: error}
clusters:
  prod:
    paths: ["clusters/prod/**"]
    complete: true
```
"""

from collections.abc import Iterator

from linter.rulekit import Fault, Finding, Label, Severity, Source, Span, fault_rule


@fault_rule(Fault, "CAL010", Severity.ERROR)
def check(fault: Fault, source: Source) -> Iterator[Finding]:
    related = tuple(Label(source, span, word) for span, word in fault.related if span.start < span.end)
    yield Finding(fault.reason, Label(source, _place(source, fault.span)), related)


def _place(source: Source, span: Span) -> Span:
    """The span, or at the end of the text the last character there is."""
    if span.start < span.end:
        return span
    end = len(source.text[: span.start].rstrip()) or 1
    return Span(end - 1, end)
