"""Object written in the group in which Calico stores it.

`crd.projectcalico.org/v1` is how Calico keeps its objects in the Kubernetes API. Written by hand and stored by
kubectl, an object skips Calico's own validation and defaults: a selector, address or CIDR that calicoctl would
refuse is stored and reaches BIRD. calicoctl rejects the group, and with it the whole file. Clusters whose CRDs are
those of `projectcalico.org/v3` never read it.

The fix writes `projectcalico.org/v3`. That group needs the Calico API server or Calico's native CRDs for kubectl,
or calicoctl, so that applying may need another tool than before. Data that Calico writes for itself, such as
BlockAffinity and IPAMBlock, belongs in this group and is left alone, and so are policies.

## Bad

```yaml
apiVersion: crd.projectcalico.org/v1  # warning: crd.projectcalico.org/v1 is the form in which Calico stores BGPPeer
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
```

## Good: data that Calico writes for itself

```yaml
apiVersion: crd.projectcalico.org/v1
kind: BlockAffinity
metadata:
  name: worker-1-10-244-3-0-26
spec:
  cidr: 10.244.3.0/26
  deleted: "false"
  node: worker-1
  state: confirmed
```
"""

from collections.abc import Iterator

from linter.rulekit import Edit, Finding, Fix, HeaderFault, Label, Safety, Severity, Source, fault_rule

_STORED = "projectcalico.org/metadata"


@fault_rule(HeaderFault, "CAL021", Severity.WARNING, fix=Safety.UNSAFE)
def check(fault: HeaderFault, source: Source) -> Iterator[Finding]:
    meant = fault.meant.api_version
    # An object read back from the cluster has its labels in an annotation, which the other group does not know.
    dumped = _STORED in source[fault.root.span]
    yield Finding(
        f"{fault.api} is the form in which Calico stores {fault.kind}: kubectl writes it past Calico's validation, "
        "calicoctl rejects it, and native v3 clusters never read it",
        Label(source, fault.span),
        help=f"write {meant}" + (f" and leave the annotation {_STORED} out" if dumped else ""),
        fix=None
        if dumped
        else Fix(f"write {meant}", Safety.UNSAFE, (Edit(source, fault.span, _in_quotes(source[fault.span], meant)),)),
    )


def _in_quotes(written: str, text: str) -> str:
    quote = written[-1] if written[-1] in "'\"" else ""
    return f"{quote}{text}{quote}"
