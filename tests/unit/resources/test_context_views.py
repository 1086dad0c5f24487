"""Views of the context: which objects of other vendors are ours, and what is known of calico-node's environment."""

from __future__ import annotations

from typing import TYPE_CHECKING, TypeVar

import pytest

from linter.engine import Plan, analyse
from linter.resources.config_map import ConfigMap
from linter.resources.daemon_set import DaemonSet
from linter.resources.felix_configuration import FelixConfiguration
from linter.resources.installation import Installation
from linter.resources.kinds import identify
from linter.resources.secret import Secret
from linter.rulekit import Target
from linter.text import Source
from linter.yaml.nodes import Mapping
from linter.yaml.parser import documents
from tests.conftest import PEER, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from linter.resources.base import Resource
    from linter.resources.environment import Environment
    from tests.conftest import Outcome

R = TypeVar("R", bound="Resource")


def root(text: str) -> Mapping:
    found = next(documents(Source("x.yaml", text), {})).root
    assert isinstance(found, Mapping)
    return found


def view(kind: type[R], text: str) -> R:
    document = next(documents(Source("x.yaml", text), {}))
    assert isinstance(document.root, Mapping)
    return kind(document, document.root)


def kind_of(api: str, kind: str, more: str = "") -> str | None:
    header = identify(root(f"apiVersion: {api}\nkind: {kind}\n{more}"))
    assert header.fault is None
    return header.kind.name if header.kind else None


@pytest.mark.parametrize(
    ("api", "kind"),
    [
        ("projectcalico.org/v3", "FelixConfiguration"),
        ("operator.tigera.io/v1", "Installation"),
        ("rbac.authorization.k8s.io/v1", "Role"),
        ("rbac.authorization.k8s.io/v1", "ClusterRole"),
        ("rbac.authorization.k8s.io/v1", "RoleBinding"),
        ("rbac.authorization.k8s.io/v1", "ClusterRoleBinding"),
        ("bitnami.com/v1alpha1", "SealedSecret"),
        ("external-secrets.io/v1", "ExternalSecret"),
        ("external-secrets.io/v1beta1", "ExternalSecret"),
        ("external-secrets.io/v1", "ClusterExternalSecret"),
        ("external-secrets.io/v1beta1", "ClusterExternalSecret"),
        ("secrets.hashicorp.com/v1beta1", "VaultStaticSecret"),
        ("isindir.github.com/v1alpha3", "SopsSecret"),
    ],
)
def test_context_is_read_in_its_own_version_alone(api: str, kind: str) -> None:
    assert kind_of(api, kind) == kind
    view = identify(root(f"apiVersion: {api}\nkind: {kind}\n")).kind
    assert view
    assert view.view().__name__ == kind
    if not api.startswith(("projectcalico", "operator.tigera.io")):
        assert kind_of(api + "x", kind) is None
    if not api.startswith("projectcalico"):
        assert kind_of("other.example/v1", kind) is None


@pytest.mark.parametrize("kind", ["daemonset", "DaemonSets", "role", "sealedsecret", "ConfigMaps"])
@pytest.mark.parametrize("api", ["v1", "apps/v1", "operator.tigera.io/v1", "bitnami.com/v1"])
def test_near_misses_of_other_vendors_are_left_alone(api: str, kind: str) -> None:
    assert kind_of(api, kind) is None


@pytest.mark.parametrize("api", ["v1", "apps/v1", "bitnami.com/v1"])
def test_an_installation_of_others_is_left_alone(api: str) -> None:
    assert kind_of(api, "installation") is None


@pytest.mark.parametrize(
    "header", ["operator.tigera.io/v1x\nkind: Installation", "operator.tigera.io/v1\nkind: installation"]
)
def test_near_misses_of_an_installation_are_told(header: str) -> None:
    fault = identify(root(f"apiVersion: {header}\n")).fault
    assert fault
    assert fault.rule == "wrong-api-version"


def test_felix_is_ours_in_both_groups_but_not_without_one() -> None:
    crd = identify(root("apiVersion: crd.projectcalico.org/v1\nkind: FelixConfiguration\n"))
    assert crd.fault
    assert (crd.fault.rule, crd.kind and crd.kind.name) == ("crd-api-group", "FelixConfiguration")
    assert identify(root("kind: FelixConfiguration\n")) == (None, None)
    near = identify(root("apiVersion: projectcalico.org/v1\nkind: FelixConfiguration\n"))
    assert near.kind is None
    assert near.fault
    assert near.fault.rule == "wrong-api-version"


CONTAINERS = "spec: {template: {spec: {containers: [%s]}}}"


@pytest.mark.parametrize(
    ("more", "ours"),
    [
        ("metadata: {name: calico-node}", True),
        ("metadata: {name: any, labels: {k8s-app: calico-node}}", True),
        ("spec: {template: {metadata: {labels: {k8s-app: calico-node}}}}", True),
        (CONTAINERS % "{name: flannel}, {name: calico-node}", True),
        ("metadata: {name: calico-node-windows, labels: {k8s-app: calico-node-windows}}", False),
        ("metadata: {name: speaker, namespace: calico-node, labels: {app: calico-node}}", False),
        (CONTAINERS % "{name: node, image: calico-node}", False),
        (CONTAINERS % "calico-node", False),
        ("spec: {template: [calico-node]}", False),
        ("metadata: calico-node", False),
        ("", False),
    ],
)
def test_a_daemon_set_is_ours_by_name_label_or_container(more: str, ours: bool) -> None:
    assert kind_of("apps/v1", "DaemonSet", more) == ("DaemonSet" if ours else None)


@pytest.mark.parametrize(
    ("more", "ours"),
    [
        ("metadata: {name: calico-config}", True),
        ("metadata: {name: other}", False),
        ("metadata: {namespace: calico-config}", False),
        ("metadata: calico-config", False),
        ("", False),
    ],
)
def test_one_config_map_is_ours(more: str, ours: bool) -> None:
    assert kind_of("v1", "ConfigMap", more) == ("ConfigMap" if ours else None)


def test_objects_of_other_vendors_are_counted_as_left_alone() -> None:
    text = "---\n".join(
        f"apiVersion: {api}\nkind: {kind}\nmetadata: {{name: {name}}}\n"
        for api, kind, name in (
            ("apps/v1", "DaemonSet", "calico-node"),
            ("apps/v1", "DaemonSet", "kube-proxy"),
            ("v1", "ConfigMap", "calico-config"),
            ("v1", "ConfigMap", "coredns"),
            ("rbac.authorization.k8s.io/v1", "Role", "any"),
            ("apps/v1", "Deployment", "calico-node"),
        )
    )
    result = analyse(Source("x.yaml", text), Plan((), Target()))
    assert [one.title for one in result.resources] == ["DaemonSet", "ConfigMap", "Role"]
    assert result.foreign == 3


def environment(env: str, more: str = "") -> Environment:
    return view(DaemonSet, CONTAINERS % f"{{name: calico-node, env: {env}{more}}}").environment


@pytest.mark.parametrize(
    ("env", "value"),
    [
        ("[{name: A, value: x}]", "x"),
        ("[{name: A, value: ''}]", ""),
        ("[{name: A, value: null}]", ""),
        ("[{name: A}]", ""),
        ("[{name: B, value: x}]", ""),
        ("[{name: A, value: x}, {name: A, value: z}]", "z"),
        ("[{name: A, value: 1}]", None),
        ("[{name: A, value: '$(B)'}]", None),
        ("[{name: A, value: '{{ a }}'}]", None),
        ("[{name: A, value: '${A}'}]", None),
        ("[{name: A, valueFrom: {configMapKeyRef: {name: a, key: b}}}]", None),
        ("[x, {value: x}, {name: ''}]", ""),
        ("{A: x}", ""),
    ],
)
def test_a_variable_is_known_empty_or_known_elsewhere(env: str, value: str | None) -> None:
    assert environment(env).value("A") == value
    assert environment(env, ", envFrom: [{configMapRef: {name: a}}]").value("A") == (
        value if value or "name: A" in env else None
    )


@pytest.mark.parametrize(
    ("sources", "closed"),
    [
        ("[]", True),
        ("null", True),
        ("[{configMapRef: {name: kubernetes-services-endpoint, optional: true}}]", True),
        ("[{configMapRef: {name: any}}]", False),
        ("[{secretRef: {name: kubernetes-services-endpoint}}]", False),
        ("[{configMapRef: {name: kubernetes-services-endpoint}}, {secretRef: {name: any}}]", False),
        ("[{configMapRef: {name: kubernetes-services-endpoint}}, x]", False),
        ("[x]", False),
        ("x", False),
    ],
)
def test_the_address_of_the_api_server_brings_no_variable_of_calico(sources: str, closed: bool) -> None:
    found = environment("[]", f", envFrom: {sources}")
    assert (found.closed, found.value("NAMESPACE")) == (closed, "" if closed else None)


def test_a_variable_stands_where_its_value_does() -> None:
    env = "[{name: A, value: x}, {name: B}, {name: C, valueFrom: {fieldRef: {fieldPath: a.b}}}]"
    found = environment(env).variables
    assert {name: (one.place.text, one.field) for name, one in found.items()} == {
        "A": ("x", ""),
        "B": ("B", ""),
        "C": ("{fieldRef: {fieldPath: a.b}}", "a.b"),
    }


@pytest.mark.parametrize(
    ("containers", "value"),
    [
        ("{name: x, env: [{name: A, value: x}]}", "x"),
        ("{name: x, env: [{name: A, value: x}]}, {name: calico-node, env: [{name: A, value: z}]}", "z"),
        ("{name: x, env: [{name: A, value: x}]}, {name: y}", None),
        ("", None),
    ],
)
def test_the_container_of_calico_node_is_the_one_called_so_or_the_only_one(containers: str, value: str | None) -> None:
    assert view(DaemonSet, CONTAINERS % containers).environment.value("A") == value


def test_a_patch_leaves_open_what_it_does_not_state() -> None:
    document = next(documents(Source("x.yaml", CONTAINERS % "{name: calico-node, env: [{name: A, value: x}]}"), {}))
    assert isinstance(document.root, Mapping)
    patch = DaemonSet(document, document.root, patch=True).environment
    assert (patch.value("A"), patch.value("B")) == ("x", None)


def test_calico_config_tells_backend_typha_and_cni() -> None:
    config = view(
        ConfigMap, "data: {calico_backend: bird, typha_service_name: none, cni_network_config: '{}', mtu: '1440'}"
    )
    stated = (config.calico_backend, config.typha_service_name, config.cni_network_config)
    assert [one and one.value for one in stated] == ["bird", "none", "{}"]
    mtu = config.value("mtu")
    assert mtu
    assert mtu.value == "1440"
    assert config.value("gone") is None


def test_felix_states_its_part_of_the_routes() -> None:
    felix = view(
        FelixConfiguration,
        "metadata: {name: default}\n"
        "spec: {programClusterRoutes: Enabled, ipv4NormalRoutePriority: 1, ipv6NormalRoutePriority: 2,\n"
        "  bpfEnabled: true}",
    )
    stated = (felix.program_cluster_routes, felix.ipv4_normal_route_priority, felix.ipv6_normal_route_priority)
    assert [one and one.value for one in stated] == ["Enabled", 1, 2]
    assert felix.bpf_enabled
    assert felix.is_default
    assert not view(FelixConfiguration, "metadata: {name: node.a}").is_default


@pytest.mark.parametrize(
    ("text", "partial", "calico"),
    [
        ("metadata: {name: default}\nspec: {}", False, True),
        ("metadata: {name: overlay}\nspec: {cni: {type: Calico}}", True, True),
        ("spec: {cni: {type: ''}}", False, True),
        ("spec: {cni: {type: GKE}}", False, False),
    ],
)
def test_an_installation_may_be_laid_over_another(text: str, partial: bool, calico: bool) -> None:
    installation = view(Installation, text)
    assert (installation.is_partial, installation.uses_calico_cni) == (partial, calico)


@pytest.mark.parametrize(
    ("values", "keys"),
    [
        ("data: {a: YQ==}\nstringData: {b: b}", {"a", "b"}),
        ("data: {a: }", {"a"}),
        ("type: Opaque", None),
        ("data: {}", None),
        ("data: ''\nstringData: {a: b}", None),
        ("data: null\nstringData: {a: b}", {"a"}),
        ("stringData: {'{{ a }}': b}", None),
        ("stringData: {a: b}\nsops: {}", None),
    ],
)
def test_the_keys_of_a_secret_are_known_or_not(values: str, keys: set[str] | None) -> None:
    assert view(Secret, values).keys == keys


def test_kustomizations_tell_no_clusters_apart(folder: Path, peerlint: Callable[..., Outcome]) -> None:
    text = "apiVersion: kustomize.config.k8s.io/v1beta1\nkind: Kustomization\nnamespace: calico-system\n"
    write(folder, {"a/kustomization.yaml": text, "b/kustomization.yaml": text, "a/peer.yaml": PEER})
    outcome = peerlint("check", ".")
    assert outcome.status == 0
    assert "told apart" not in outcome.out + outcome.err
    assert "2 Kustomization" in outcome.out + outcome.err


def test_a_kustomization_that_bears_on_no_secret_is_left_alone() -> None:
    assert kind_of("kustomize.config.k8s.io/v1beta1", "Kustomization", "resources: [a.yaml]\n") is None
    assert kind_of("kustomize.config.k8s.io/v1beta1", "Kustomization", "secretGenerator: []\n") == "Kustomization"
