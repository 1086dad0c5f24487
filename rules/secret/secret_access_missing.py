"""BGP password in a Secret that calico-node may not read.

The roles that calico-node is shipped with open no Secret. Unless somebody binds a Role to its ServiceAccount, the API
server refuses: calico-node logs that it cannot list the resource, and goes on as if the Secret did not exist. Between
nodes the sessions come up without authentication, with a router that expects the password they are never up.

It needs `get`, `list` and `watch` on the Secret, which one Role may give or several together; a ClusterRole, a
binding for a group of ServiceAccounts and wildcards do as well. A RoleBinding counts in calico-node's namespace alone.
What an aggregated ClusterRole, a patch or a placeholder gives is not known and taken for enough.

This is told only with `complete: true` and roles or bindings in the input, and not of a key that the Secret lacks. The
fix adds a Role and a RoleBinding for this one Secret at the end of the file; it is unsafe, because it gives a right
that nobody had.

## Bad

```yaml .peerlint.yaml
complete: true
```

```yaml
apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    bgp: Enabled
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: registry
  namespace: calico-system
rules:
- apiGroups: [""]
  resources: [secrets]
  resourceNames: [registry]
  verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: registry
  namespace: calico-system
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: registry
subjects:
- kind: ServiceAccount
  name: calico-node
  namespace: calico-system
---
apiVersion: v1
kind: Secret
metadata:
  name: bgp-passwords
  namespace: calico-system
stringData:
  tor: an example
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  password:
    secretKeyRef:
      name: bgp-passwords  # error: calico-node may not get, list and watch Secret bgp-passwords
      key: tor
```

## Good

```yaml .peerlint.yaml
complete: true
```

```yaml
apiVersion: operator.tigera.io/v1
kind: Installation
metadata:
  name: default
spec:
  calicoNetwork:
    bgp: Enabled
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: registry
  namespace: calico-system
rules:
- apiGroups: [""]
  resources: [secrets]
  resourceNames: [registry]
  verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: registry
  namespace: calico-system
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: registry
subjects:
- kind: ServiceAccount
  name: calico-node
  namespace: calico-system
---
apiVersion: v1
kind: Secret
metadata:
  name: bgp-passwords
  namespace: calico-system
stringData:
  tor: an example
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  password:
    secretKeyRef:
      name: bgp-passwords
      key: tor
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: calico-node-bgp-passwords
  namespace: calico-system
rules:
- apiGroups: [""]
  resources: [secrets]
  resourceNames: ['bgp-passwords']
  verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: calico-node-bgp-passwords
  namespace: calico-system
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: calico-node-bgp-passwords
subjects:
- kind: ServiceAccount
  name: calico-node
  namespace: calico-system
```

## Good: a ClusterRole for a group

```yaml .peerlint.yaml
complete: true
```

```yaml
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata:
  name: read-all
rules:
- apiGroups: ["*"]
  resources: ["*"]
  verbs: ["*"]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRoleBinding
metadata:
  name: read-all
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: ClusterRole
  name: read-all
subjects:
- kind: Group
  name: system:serviceaccounts
---
apiVersion: v1
kind: Secret
metadata:
  name: bgp-passwords
  namespace: kube-system
stringData:
  tor: an example
---
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: tor
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  password:
    secretKeyRef:
      name: bgp-passwords
      key: tor
```
"""

from collections.abc import Iterator

from linter.rulekit import (
    BGPConfiguration,
    BGPPeer,
    Cluster,
    Edit,
    Finding,
    Fix,
    PasswordUse,
    Role,
    RoleBinding,
    Safety,
    Severity,
    Span,
    cluster_rule,
)

_GRANT = """\
---
apiVersion: rbac.authorization.k8s.io/v1
kind: Role
metadata:
  name: {role}
  namespace: {namespace}
rules:
- apiGroups: [""]
  resources: [secrets]
  resourceNames: ['{secret}']
  verbs: [get, list, watch]
---
apiVersion: rbac.authorization.k8s.io/v1
kind: RoleBinding
metadata:
  name: {role}
  namespace: {namespace}
roleRef:
  apiGroup: rbac.authorization.k8s.io
  kind: Role
  name: {role}
subjects:
- kind: ServiceAccount
  name: {account}
  namespace: {namespace}
"""


@cluster_rule(
    "CAL506",
    Severity.ERROR,
    kinds=(BGPPeer, BGPConfiguration),
    fields=("password", "nodeMeshPassword"),
    fix=Safety.UNSAFE,
    needs=("rbac", "complete"),
)
def check(cluster: Cluster) -> Iterator[Finding]:
    told: set[str] = set()
    for password in cluster.passwords if cluster.complete and cluster.has_rbac else ():
        judged = password.readable and not password.is_keyless
        if judged and not cluster.may_read_secret(password.name):
            for use in password.uses:
                yield _finding(cluster, use, _fix(cluster, use) if password.name not in told else None)
                told.add(password.name)


def _finding(cluster: Cluster, use: PasswordUse, fix: Fix | None) -> Finding:
    name, node = use.reference.name.value, cluster.calico_node
    where = f"namespace {node.namespace}" if node.namespace else "the namespace of calico-node"
    return Finding(
        f"calico-node may not get, list and watch Secret {name}: {use.unread}",
        use.reference.name.label(),
        help=f"in {where}, bind ServiceAccount {node.account} to a Role with resources: [secrets], "
        f"resourceNames: [{name}] and verbs: [get, list, watch]",
        fix=fix,
    )


def _fix(cluster: Cluster, use: PasswordUse) -> Fix | None:
    """Role and RoleBinding as two more documents, where the file can hold some and nobody has the name yet."""
    secret, (namespace, account, _), source = use.reference.name.value, cluster.calico_node, use.resource.source
    role = f"calico-node-{secret}"
    taken = {one.identity.name for kind in (Role, RoleBinding) for one in cluster.of(kind)}
    document = use.resource.document.root
    if namespace is None or role in taken or getattr(document, "flow", True):
        return None
    newline, end = "\r\n" if "\r\n" in source.text else "\n", len(source.text)
    grant = _GRANT.format(role=role, secret=secret, namespace=namespace, account=account)
    ended = "" if source.text.endswith("\n") else "\n"
    edit = Edit(source, Span(end, end), (ended + grant).replace("\n", newline))
    return Fix("add a Role and a RoleBinding for this Secret alone", Safety.UNSAFE, (edit,))
