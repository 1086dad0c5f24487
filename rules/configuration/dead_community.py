"""Community name or list of communities that tags nothing.

Three ways to write a community that no route gets, all accepted by everybody:

- a name in `communities` twice with different values: the first counts, the later one is silently ignored;
- a name that no advertisement of the same object uses. Names of `default` are not known in `node.<name>`, nor the
  other way round;
- an advertisement with an empty list of communities, which is what advertisements are for.

Not meant are: an item that stands there twice as it is (`duplicate-list-item` speaks), a name that is perhaps
misspelt where it is used (`undefined-community` speaks), `communities` without any advertisement
(`communities-without-advertisements` speaks), and an empty list under `node.<name>`, where it takes the cluster's
communities off that node's routes. A kustomize patch may leave the rest to its base.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  communities:
    - name: rack
      value: "64512:120"
    - name: rack  # warning: rack is defined twice and the first counts
      value: "64512:130"
    - name: spare  # warning: spare is used by no advertisement
      value: "64512:140"
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities: [rack]
    - cidr: 10.245.0.0/16
      communities: []  # warning: an empty list tags nothing: routes inside 10.245.0.0/16
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
    - name: row
      value: "64512:130"
    - name: spare
      value: "64512:140"
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities: [rack, row]
    - cidr: 10.245.0.0/16
      communities: [spare]
```

## Good: a node without the cluster's communities

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: node.worker-1
spec:
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities: []
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPConfiguration, Finding, Located, Severity, document_rule


@document_rule(BGPConfiguration, "CAL206", Severity.WARNING, fields=("communities", "prefixAdvertisements"))
def check(configuration: BGPConfiguration) -> Iterator[Finding]:
    if configuration.is_read:
        yield from _repeated(configuration)
        yield from _unused(configuration)
        yield from _empty(configuration)


def _repeated(configuration: BGPConfiguration) -> Iterator[Finding]:
    first: dict[str, tuple[Located[str], Located[str]]] = {}
    for community in configuration.communities:
        name, value = community.name, community.value
        if name is None or value is None:
            continue
        earlier, counts = first.setdefault(name.value, (name, value))
        if counts.value != value.value:
            yield Finding(
                f"{name.value} is defined twice and the first counts: no route gets {value.value} by this name",
                name.label("silently ignored"),
                (earlier.label("this one counts"),),
                "give it a name of its own, or remove it",
            )


def _unused(configuration: BGPConfiguration) -> Iterator[Finding]:
    for name in configuration.unused_communities:
        yield Finding(
            f"{name.value} is used by no advertisement of this object: no route gets it by this name",
            name.label(),
            help=f"add {name.value} to the communities of an advertisement, or remove it",
        )


def _empty(configuration: BGPConfiguration) -> Iterator[Finding]:
    if configuration.node is not None:
        return
    for advertisement in configuration.prefix_advertisements:
        listed, cidr = advertisement.community_list, advertisement.cidr
        if listed is not None and not listed.value.items:
            yield Finding(
                f"an empty list tags nothing: routes inside {cidr.value if cidr else 'this prefix'} go out as they are",
                listed.label(),
                help="list the communities that they should carry, or remove the advertisement",
            )
