"""Community without quotes, which other YAML readers take for a number.

To Calico's tools `64512:10` is text, quoted or not. YAML 1.1 also has numbers to the base of 60, and PyYAML reads
them: with it, and so with Ansible and many scripts, this community becomes the number 3870730. Such a manifest works
as long as nothing but kubectl and calicoctl touches it.

The rule speaks where PyYAML would make a number: the first part does not begin with 0, and each other part is below 60
and has one or two digits. The fix puts the community into quotes, which changes nothing for Calico.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  communities:
    - name: blue
      value: 64512:10  # hint: 64512:10 is the number 3870730 to PyYAML
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities:
        - blue
        - 64512:20  # hint: 64512:20 is the number 3870740 to PyYAML
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  communities:
    - name: blue
      value: '64512:10'
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities:
        - blue
        - '64512:20'
```

## Bad: in a filter

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Accept
      communities: {values: [64512:1:59]}  # hint: 64512:1:59 is the number 232243319 to PyYAML
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata:
  name: lan
spec:
  importV4:
    - action: Accept
      communities: {values: ['64512:1:59']}
```

## Good: text to every reader

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  prefixAdvertisements:
    - cidr: 10.244.0.0/16
      communities:
        - 64512:60
        - 64512:100
        - 64512:10:60
        - 0:10
        - "64512:10"
        - !!str 64512:10
```
"""

from collections.abc import Iterator
from functools import reduce

from linter.rulekit import Community, Finding, Fix, Safety, Severity, quoted, value_rule


@value_rule(Community, "CAL006", Severity.HINT, fix=Safety.SAFE)
def check(value: Community) -> Iterator[Finding]:
    scalar = value.scalar
    if scalar.style or scalar.tag is not None or not _is_sexagesimal(scalar.text):
        return
    number = reduce(lambda sum_, part: sum_ * 60 + int(part), scalar.text.split(":"), 0)
    yield Finding(
        f"{scalar.text} is the number {number} to PyYAML and Ansible: without quotes only Calico's tools read text",
        value.label(),
        help=f"write {quoted(scalar.text)}",
        fix=Fix("put it into quotes", Safety.SAFE, (value.edit(quoted(scalar.text)),)),
    )


def _is_sexagesimal(text: str) -> bool:
    """Whether YAML 1.1 has the text for a number to the base of 60."""
    first, *others = text.split(":")
    # No part of any community has more digits.
    if not (text.isascii() and first.isdigit() and len(first) <= 10) or first.startswith("0"):
        return False
    return all(part.isdigit() and len(part) <= 2 and int(part) < 60 for part in others)
