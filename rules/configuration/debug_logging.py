"""BIRD's log level is left for debugging.

With `logSeverityScreen: Debug` BIRD writes a line for every route and every message of every session. That is right
for an hour of troubleshooting; left behind it floods the node's log and makes BIRD slow where routes are many.
`Trace` does not even give more: BIRD knows the levels Debug and Info, and takes every other one for none.

The level counts for the whole cluster in `default`, and for one node in `node.<name>`.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  logSeverityScreen: Debug  # hint: it floods the log and slows BIRD down
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: node.worker-1
spec:
  logSeverityScreen: trace  # hint: which BIRD takes for none
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  logSeverityScreen: Info
---
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: node.worker-1
spec:
  logSeverityScreen: Info
```

## Good: quieter than usual

```yaml
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata:
  name: default
spec:
  logSeverityScreen: Warning
```
"""

from collections.abc import Iterator

from linter.rulekit import BGPConfiguration, Finding, Fix, Safety, Severity, document_rule

_EFFECTS = {
    "debug": "left behind it floods the log and slows BIRD down",
    "trace": "a level for troubleshooting, which BIRD takes for none",
}


@document_rule(BGPConfiguration, "CAL213", Severity.HINT, fields=("logSeverityScreen",), fix=Safety.SAFE)
def check(configuration: BGPConfiguration) -> Iterator[Finding]:
    level = configuration.log_severity_screen
    if level is None or level.value.lower() not in _EFFECTS or not configuration.is_read:
        return
    yield Finding(
        f"logSeverityScreen is {level.value}: {_EFFECTS[level.value.lower()]}",
        level.label(),
        help="write Info, unless you are debugging just now",
        fix=Fix("write Info", Safety.SAFE, (level.requote("Info"),)),
    )
