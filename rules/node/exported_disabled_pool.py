"""Disabled pool that BIRD still announces.

A pool with `disabled: true` hands out no addresses. That makes it a way to mark foreign addresses, those of another
cluster or of a data centre, so that traffic to them is not masqueraded. But BIRD treats it like every other pool: it
accepts routes inside the range, and announces them, to other nodes and to routers. Routes of the pool can win over the
static routes of a tunnel to the other cluster. `disableBGPExport: true` keeps the range out of BGP.

A pool with `natOutgoing: true` has served pods of this cluster. As long as some of them live, its blocks must be
announced, so that it is left alone; so is a pool that states `disableBGPExport`, either way. Load-balancer pools
cannot have the field.

## Bad

```yaml
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: cluster-b-pods
spec:  # hint: BIRD still announces routes inside 10.52.0.0/16
  cidr: 10.52.0.0/16
  disabled: true
  natOutgoing: false
```

## Good

```yaml
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: cluster-b-pods
spec:
  cidr: 10.52.0.0/16
  disabled: true
  disableBGPExport: true
  natOutgoing: false
```

## Good: a pool that pods move out of, a pool in use, a decision

```yaml
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: old-pods
spec:
  cidr: 10.53.0.0/16
  disabled: true
  natOutgoing: true
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: pods
spec:
  cidr: 10.54.0.0/16
  disabled: false
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: data-centre
spec:
  cidr: 10.55.0.0/16
  disabled: true
  disableBGPExport: false
---
apiVersion: projectcalico.org/v3
kind: IPPool
metadata:
  name: services
spec:
  cidr: 172.30.0.0/24
  disabled: true
  allowedUses: [LoadBalancer]
```
"""

from collections.abc import Iterator

from linter.rulekit import Finding, Fix, IPPool, Located, Safety, Severity, document_rule, with_entry


@document_rule(IPPool, "CAL407", Severity.HINT, fields=("disabled",), fix=Safety.UNSAFE)
def check(pool: IPPool) -> Iterator[Finding]:
    disabled, spec = pool.disabled, pool.spec
    if disabled is None or not disabled.value or spec is None or pool.patch or _is_announced_for_a_reason(pool):
        return
    network = pool.cidr.value if pool.cidr else "it"
    yield Finding(
        f"the pool is disabled, but BIRD still announces routes inside {network} and accepts them from others",
        spec.key_label(),
        (disabled.key_label("hands out no addresses, that is all"),),
        "write disableBGPExport: true if it only marks foreign addresses",
        _fix(pool, disabled),
        field="/spec/disableBGPExport",
    )


def _is_announced_for_a_reason(pool: IPPool) -> bool:
    """Whether the field is written, cannot be, or the pool has served pods."""
    written = pool.written(IPPool.disable_bgp_export) or not pool.absent(IPPool.disable_bgp_export)
    served = pool.stated(IPPool.nat_outgoing)
    return bool(written or served) or "LoadBalancer" in {use.value for use in pool.allowed_uses}


def _fix(pool: IPPool, disabled: Located[bool]) -> Fix | None:
    if pool.spec is None or disabled.key is None:
        return None
    edit = with_entry(pool.document, pool.spec.value, disabled.key, "disableBGPExport", "true")
    return Fix("write disableBGPExport: true", Safety.UNSAFE, (edit,)) if edit else None
