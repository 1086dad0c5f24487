"""Communities are defined, and no prefix is advertised with them.

`communities` only gives names to values. What tags a route is `prefixAdvertisements`; where that list is absent or
empty, the names are of no use, and the object is rejected by Calico, that is by calicoctl and the Calico API server.
From 3.33 on the CRDs refuse it too, so no way of applying is left.

Up to 3.32 kubectl stores it. Without Typha nothing is tagged. Behind Typha the whole object vanishes; for `default`
that means: mesh on, AS 64512, port 179, no service ranges.

A kustomize patch may add names to advertisements that stand elsewhere, so a patch is judged only where it empties
`prefixAdvertisements` itself.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  communities:  # error: every way of applying rejects the object
    - name: rack
      value: "64512:120"
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
```

## Bad: an empty list, on Calico 3.32

```yaml .peerlint.yaml
calicoVersion: "3.32"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  communities:  # error: nothing is tagged or, behind Typha, the mesh comes back with AS 64512
    - name: rack
      value: "64512:120"
  prefixAdvertisements: []
```

## Good

```yaml .peerlint.yaml
calicoVersion: "3.32"
```

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  prefixAdvertisements: []
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPConfiguration, Finding, Severity, Target, document_rule


@document_rule(BGPConfiguration, "CAL204", Severity.ERROR, fields=("communities",))
def check(configuration: BGPConfiguration, target: Target) -> Iterator[Finding]:
    defined = configuration.community_list
    if defined is None or not defined.value.items:
        return
    if not configuration.absent(BGPConfiguration.prefix_advertisement_list):
        return
    emptied = configuration.written(BGPConfiguration.prefix_advertisement_list)
    if configuration.patch and emptied is None:
        return
    yield Finding(
        f"communities without 'prefixAdvertisements': {_effect(configuration, target)}",
        defined.key_label("names that nothing uses"),
        (emptied.key_label("advertises nothing"),) if emptied else (),
        "add prefixAdvertisements with the prefixes that should carry them, or remove communities",
    )


def _effect(configuration: BGPConfiguration, target: Target) -> str:
    if target.calico_version >= (3, 33):
        return "every way of applying rejects the object"
    return (
        "Calico rejects the object, and stored by kubectl nothing is tagged or, behind Typha, "
        f"{configuration.when_absent}"
    )
