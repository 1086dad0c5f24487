"""Text beyond the bounds within which peerlint reads.

Nothing in such a document was checked. The bounds keep time and memory small for input that nobody writes by hand:

* a file has at most 64 MiB, a document 10 MiB, which is also the most that calicoctl reads, and 500,000 nodes;
* nodes are nested at most 100 deep;
* aliases may not blow a small text up: the measure is that of Calico's own reader, which refuses such a file too.

Split a large export into several files; of a document with repeated parts, write them out.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: pods
spec:
  exportV4:
    - &a [1, 1, 1, 1, 1, 1, 1, 1, 1, 1]
    - &b [*a, *a, *a, *a, *a, *a, *a, *a, *a, *a]
    - &c [*b, *b, *b, *b, *b, *b, *b, *b, *b, *b]
    - &d [*c, *c, *c, *c, *c, *c, *c, *c, *c, *c]  # error: document contains excessive aliasing
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: pods
spec:
  exportV4:
    - action: Accept
      matchOperator: In
      cidr: 10.65.0.0/16
    - action: Reject
```
"""

from collections.abc import Iterator

from linter.rulekit import Fault, Finding, Label, Severity, Source, Span, fault_rule


@fault_rule(Fault, "CAL012", Severity.ERROR)
def check(fault: Fault, source: Source) -> Iterator[Finding]:
    aliases = "alias" in fault.reason
    yield Finding(
        f"{fault.reason}, so that nothing in it was checked",
        Label(source, _place(source, fault.span)),
        tuple(Label(source, span, word) for span, word in fault.related),
        help="write out what the aliases repeat" if aliases else "split it into several documents or files",
    )


def _place(source: Source, span: Span) -> Span:
    """The span, or one character where there is text at all."""
    start = min(span.start, max(len(source.text) - 1, 0))
    return span if span.start < span.end else Span(start, min(start + 1, len(source.text)))
