"""Advertisement names a community that its object does not define.

An item of `prefixAdvertisements[].communities` is a community written out (`64512:120`, `64512:1:2`), or a name from
`communities` of the same object. Names of `default` are not known in `node.<name>`, nor the other way round.

Anything else is rejected by Calico, that is by calicoctl and the Calico API server. The CRDs do not look, on any
version, so kubectl stores it. Without Typha the name is silently ignored, and the prefix goes out without that
community. Behind Typha the whole object vanishes; for `default` that means: mesh on, AS 64512, port 179, no ranges.

The fix writes the one name that is near. Names that differ in digits alone are different names, and the rule is
silent about a kustomize patch, whose names may be defined elsewhere.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  communities:
    - name: bgp-rack
      value: "64512:120"
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities:
        - bpg-rack  # error: bpg-rack is neither a community nor the name of one
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  communities:
    - name: bgp-rack
      value: "64512:120"
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities:
        - bgp-rack
```

## Bad: defined in default, used for a node

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  communities:
    - name: rack
      value: "64512:120"
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities: [rack]
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: node.worker-1
spec:
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities: [rack]  # error: the whole object is absent
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  communities:
    - name: rack
      value: "64512:120"
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities: [rack]
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: node.worker-1
spec:
  communities:
    - name: rack
      value: "64512:120"
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities: [rack]
```

## Good: written out

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities: ["64512:120", "064512:1:2"]
```
"""

from collections.abc import Iterator

from linter.rulekit import (
    BGPConfiguration,
    Finding,
    Fix,
    Located,
    Safety,
    Severity,
    brief,
    document_rule,
    nearest,
    quoted,
)


@document_rule(BGPConfiguration, "CAL205", Severity.ERROR, fields=("prefixAdvertisements",), fix=Safety.UNSAFE)
def check(configuration: BGPConfiguration) -> Iterator[Finding]:
    known, beside = configuration.community_names or {}, _beside(configuration)
    for used in configuration.undefined_communities:
        names = {name: place for name, place in known.items() if name not in beside[id(used.node)]}
        near = nearest(used.value, names)
        yield Finding(
            f"{brief(used.text)} is neither a community nor the name of one in this object: Calico rejects it, and "
            f"stored by kubectl it is silently ignored or, behind Typha, {configuration.when_absent}",
            used.label(),
            (names[near].label("the nearest name"),) if near else (),
            _help(near, names),
            _fix(used, names[near]) if near else None,
        )


def _beside(configuration: BGPConfiguration) -> dict[int, set[str]]:
    """What stands in the same advertisement, for the `id` of each community's node."""
    lists = [one.communities for one in configuration.prefix_advertisements]
    return {id(each.node): {other.value for other in one} for one in lists for each in one}


def _help(near: str | None, names: dict[str, Located[object]]) -> str:
    if near:
        return f"did you mean {near}?"
    known = " or ".join(names) if len(names) <= 3 else ""
    return f"write {known}, or the community itself" if known else "define it in communities, or write it as 64512:120"


def _fix(used: Located[str], meant: Located[object]) -> Fix:
    name = str(meant.value)
    bare = used.text == used.value and meant.text == name
    edit = used.edit(name if bare else quoted(name, used.text[:1]))
    return Fix(f"write {name}", Safety.UNSAFE, (edit,))
