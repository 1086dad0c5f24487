"""The configuration: where it is found, what it means, and what is said about its mistakes."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linter.diagnostics import Severity
from linter.discovery import discover
from linter.globs import Globs
from linter.rulekit import Body, Rule
from linter.settings import ClusterSettings, Override, Settings, find, load, selected, severity_of
from linter.text import Source

REPOSITORY = Path(__file__).parents[2]


@dataclass(frozen=True)
class Options:
    nodes: int = 100
    share: float = 0.5
    strict: bool = False
    word: str = ""


def rule(name: str, code: str, options: type | None = None) -> Rule:
    return Rule(name, code, Severity.ERROR, "document", (), lambda: Body(lambda: (), "A page.", options))


MESH = rule("mesh-too-large", "CAL711", Options)
PEER = rule("peer-without-target", "CAL106")
LAB = rule("lab-only", "LAB001")
RULES = (MESH, PEER, rule("float-as-number", "CAL040"), rule("unsuitable-as-number", "CAL045"), LAB)


def read(text: str, root: str = "") -> Settings:
    settings, faults = load(Source(".peerlint.yaml", text), RULES, root)
    assert [fault.reason for fault in faults] == []
    return settings


def mistakes(text: str, root: str = "") -> list[tuple[str, str]]:
    """(text at the place, message) of every mistake."""
    source = Source(".peerlint.yaml", text)
    settings, faults = load(source, RULES, root)
    assert settings == Settings(root=root)
    assert {fault.rule for fault in faults} <= {"invalid-configuration"}
    assert [fault.span for fault in faults] == sorted(fault.span for fault in faults)
    return [(source[fault.span], fault.reason) for fault in faults]


def message(text: str, root: str = "") -> str:
    (only,) = mistakes(text, root)
    return only[1]


EVERYTHING = """\
calicoVersion: "3.31.2"
inventory: [cluster/nodes.yaml]
complete: true
select: [all]
ignore: [unsuitable-as-number]
severity: {mesh-too-large: error, CAL0: hint}
rules: {mesh-too-large: {nodes: 150, share: 1}}
clusters:
  prod: {paths: ["./clusters/prod/**"], inventory: [nodes/prod.yaml], complete: true, calicoVersion: "v3.30"}
  dev:
    paths: [clusters/dev, more]
    provider: azure
failLevel: error
exclude: ["charts/**"]
overrides: [{files: ["lab/**"], ignore: [CAL7]}]
rulePacks: [./network-rules]
externals: [{name: tor, asNumber: 65000, routerID: 10.0.0.1}]
underlay: {}
provider: on-premises
kubernetesVersion: "1.36"
applyPath: kubectl
"""


class TestReading:
    def test_everything(self) -> None:
        settings = read(EVERYTHING)
        assert settings._replace(notes=()) == Settings(
            calico_version=(3, 31),
            kubernetes_version=(1, 36),
            apply_path="kubectl",
            provider="on-premises",
            inventory=("cluster/nodes.yaml",),
            complete=True,
            ignore=("unsuitable-as-number",),
            severity={"mesh-too-large": Severity.ERROR, "CAL0": Severity.HINT},
            rules={"mesh-too-large": Options(nodes=150, share=1)},
            clusters=(
                ClusterSettings("prod", ("clusters/prod/**",), ("nodes/prod.yaml",), True, (3, 30)),
                ClusterSettings("dev", ("clusters/dev", "more"), provider="azure"),
            ),
            fail_level="error",
            exclude=Globs(["charts/**"]),
            overrides=(Override(Globs(["lab/**"]), ("CAL7",)),),
        )
        assert settings.clusters[0].target() == {"calico_version": (3, 30), "provider": None}

    def test_what_has_no_effect_is_told(self) -> None:
        notes = read(EVERYTHING).notes
        assert notes == ("`externals` in the configuration has no effect yet",)
        assert read('calicoVersion: "3.33"\nrulePacks: []\nunderlay: {}\n').notes == ()
        assert read("clusters: {a: {paths: [b], externals: [{name: t, asNumber: 1, routerID: 1.1.1.1}]}}\n").notes == (
            "`externals` in the configuration has no effect yet",
        )

    def test_a_newer_calico_is_told(self) -> None:
        (note,) = read('calicoVersion: "3.99"\n').notes
        assert note.startswith("Calico 3.99: ")
        assert "3.33" in note

    @pytest.mark.parametrize("text", ["", "\n# nothing\n", "---\n", "{}\n"])
    def test_nothing(self, text: str) -> None:
        assert read(text, "/x") == Settings(root="/x")

    def test_an_empty_choice_chooses_nothing(self) -> None:
        settings = read("select: []\n")
        assert not any(selected(settings, rule, "a.yaml") for rule in RULES)

    @pytest.mark.parametrize("name", ["select", "ignore", "exclude", "rules", "severity", "clusters", "overrides"])
    def test_a_key_without_a_value_says_nothing(self, name: str) -> None:
        settings, faults = load(Source(".peerlint.yaml", f"{name}:\n"), RULES)
        assert settings == Settings()
        assert not [fault for fault in faults if "must be" not in fault.reason]

    def test_anchors_and_json(self) -> None:
        assert read('{"ignore": ["lab-only"], "complete": true}').ignore == ("lab-only",)
        assert read("ignore: &x [lab-only]\noverrides: [{files: [a/], ignore: *x}]\n").overrides[0].ignore == (
            "lab-only",
        )


class TestMistakes:
    @pytest.mark.parametrize(
        ("text", "place", "words"),
        [
            ("calicoVersoin: '3.31'\n", "calicoVersoin", "is no setting: did you mean `calicoVersion`?"),
            ("CALICOVERSION: '3.31'\n", "CALICOVERSION", "did you mean `calicoVersion`?"),
            ("frobnicate: 1\n", "frobnicate", "is no setting: known here are applyPath, baseline, calicoVersion,"),
            (
                "clusters: {a: {paths: [x], failLevel: error}}\n",
                "failLevel",
                "is no setting of `clusters.a`: it belongs",
            ),
            ("calicoVersion: 3.30\n", "3.30", "`3.30` must be text: unquoted, YAML reads 3.30 as the number 3.3"),
            ("calicoVersion: '4.0'\n", "'4.0'", 'is malformed: write it like "3.31"'),
            ("kubernetesVersion: latest\n", "latest", 'is malformed: write it like "1.36"'),
            ("kubernetesVersion: '{{ k8s }}'\n", "'{{ k8s }}'", "is no version"),
            ("complete: 'yes'\n", "'yes'", "`'yes'` must be true or false"),
            ("exclude: charts\n", "charts", "`charts` must be a list"),
            ("failLevel: none\n", "none", "is one of error, warning, hint, never"),
            ("failLevel: warnign\n", "warnign", "did you mean `warning`?"),
            ("applyPath: helm\n", "helm", "is one of kubectl, calicoctl"),
            ("clusters: {a: {}}\n", "a", "`clusters.a` has no `paths`"),
            ("clusters: {a: {paths: []}}\n", "[]", "has too few items: the least is 1"),
            ("clusters: [a]\n", "[a]", "must be a mapping"),
            ("overrides: [{ignore: [all]}]\n", "ignore", "`overrides[0]` has no `files`"),
            ("[]\n", "[]", "`[]` must be a mapping"),
            ("text\n", "text", "`text` must be a mapping"),
            ("a: [\n", "", "is no YAML"),
            ("complete: true\ncomplete: false\n", "complete", "is written twice"),
            ("complete: true\n---\ncomplete: false\n", "complete: false", "one file is one document"),
            ("ignore: [mesh-to-large]\n", "mesh-to-large", "is no rule: did you mean `mesh-too-large`?"),
            ("select: [CAL8]\n", "CAL8", "`CAL8` is no rule: `peerlint rules` lists them"),
            ("select: [cal711]\n", "cal711", "did you mean `CAL711`?"),
            ("select: ['']\n", "''", "has too few characters"),
            ("severity: {CAL1: error, PEER: hint}\n", "PEER", "is no rule"),
            ("severity: {all: loud}\n", "loud", "is one of error, warning, hint"),
            ("overrides: [{files: [a], ignore: [ALL]}]\n", "ALL", "is no rule"),
            ("rules: {CAL7: {nodes: 1}}\n", "CAL7", "is no rule"),
            ("rules: {mesh-too-large: {node: 1}}\n", "node", "is no option of this rule: it has `nodes`, `share`,"),
            ("rules: {mesh-too-large: {nodes: many}}\n", "many", "`nodes` must be a whole number"),
            ("rules: {mesh-too-large: {nodes: true}}\n", "true", "`nodes` must be a whole number"),
            ("rules: {mesh-too-large: {nodes: 1.5}}\n", "1.5", "`nodes` must be a whole number"),
            ("rules: {mesh-too-large: {nodes: [1]}}\n", "[1]", "`nodes` must be a whole number"),
            ("rules: {mesh-too-large: {share: x}}\n", "x", "`share` must be a number"),
            ("rules: {mesh-too-large: {strict: 1}}\n", "1", "`strict` must be true or false"),
            ("rules: {mesh-too-large: {word: 1}}\n", "1", "`word` must be text"),
            ("rules: {lab-only: {nodes: 1}}\n", "lab-only", "`lab-only` has no options"),
            ("rules: {mesh-too-large: {}, CAL711: {nodes: 1}}\n", "CAL711", "which has its options already"),
            ("severity: {CAL711: error, mesh-too-large: hint}\n", "mesh-too-large", "which has its severity already"),
            ("severity: {CAL1: off}\n", "off", "`off` must be text: error, warning or hint; `ignore` is what silences"),
            ("baseline: [a]\n", "[a]", "`[a]` must be text"),
            ("baseline: ''\n", "''", "has too few characters"),
            ("exclude: ['!']\n", "'!'", "`!` is no pattern for files: "),
            ("exclude: ['[z-a]']\n", "'[z-a]'", "`[z-a]` is no pattern for files: "),
        ],
    )
    def test_one(self, text: str, place: str, words: str) -> None:
        ((where, said),) = mistakes(text)
        assert where == place
        assert words in said
        assert said[-1] not in ".!"

    def test_all_at_once(self) -> None:
        assert [place for place, _ in mistakes("complet: true\nignore: [nope, 5]\nfailLevel: x\n")] == [
            "complet",
            "nope",
            "5",
            "x",
        ]

    @pytest.mark.parametrize(
        "text",
        [
            "externals: {password: hunter2}\n",
            "externals: [{name: a, asNumber: 1, routerID: b, neighbors: [{ip: c, remoteAS: 1, password: [hunter2]}]}]",
            "externals: [{name: a, asNumber: 1, routerID: b, neighbors: {password: hunter2}}]\n",
            "provider: {password: hunter2}\n",
        ],
    )
    def test_a_password_is_not_repeated(self, text: str) -> None:
        said = mistakes(text)
        assert said
        assert not any("hunter2" in words for _, words in said)


class TestPaths:
    @pytest.fixture
    def root(self, tmp_path: Path) -> str:
        for name in (
            "nodes/prod.yaml",
            "nodes/more/dev.yml",
            "clusters/prod/a.yaml",
            "docs/readme.md",
            "x/prod/b.json",
        ):
            path = tmp_path / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_text("")
        return os.path.realpath(tmp_path)

    @pytest.mark.parametrize(
        "path", ["nodes/prod.yaml", "nodes", "./nodes/", "nodes/**", "nodes/*.yaml", "**/dev.yml", "*.yml"]
    )
    def test_inventory_that_exists(self, root: str, path: str) -> None:
        settings = read(f"inventory: ['{path}']\nclusters: {{a: {{paths: [nodes], inventory: ['{path}']}}}}\n", root)
        paths = [os.path.join(root, one) for one in settings.inventory]
        found = [file.path.removeprefix(f"{root}/") for file in discover(paths).files]
        prod, dev = "nodes/prod.yaml", "nodes/more/dev.yml"
        both = [dev, prod]
        assert found == {"nodes": both, "./nodes/": both, "nodes/**": both}.get(
            path, [dev if "y*ml" in path or "yml" in path else prod]
        )
        assert settings.clusters[0].inventory == settings.inventory

    @pytest.mark.parametrize("path", ["nodes/dev.yaml", "prod.yaml", "nodes/*.json", "docs/*", "../nodes/x"])
    def test_inventory_that_does_not(self, root: str, path: str) -> None:
        for text in (f"inventory: ['{path}']\n", f"clusters: {{a: {{paths: [nodes], inventory: ['{path}']}}}}\n"):
            assert "paths are relative to this file" in message(text, root)

    @pytest.mark.parametrize(
        "path", ["clusters/prod/**", "clusters", "clusters/", "/clusters", "prod", "prod/", "*.json", "x/*/b.json"]
    )
    def test_cluster_that_exists(self, root: str, path: str) -> None:
        assert read(f"clusters: {{a: {{paths: ['{path}']}}}}\n", root).clusters[0].paths == (path,)

    @pytest.mark.parametrize(
        "path", ["clusters/dev/**", "docs/**", "docs", "dev", "clusters/*.yaml", "nodes/prod.yaml/x"]
    )
    def test_cluster_that_does_not(self, root: str, path: str) -> None:
        assert message(f"clusters: {{a: {{paths: ['{path}']}}}}\n", root) == (
            f"`{path}` matches no manifest: paths are relative to this file"
        )

    def test_what_git_keeps_is_no_manifest(self, root: str) -> None:
        os.mkdir(f"{root}/.git")
        Path(f"{root}/.git/hidden.yaml").write_text("")
        assert "matches no manifest" in message("clusters: {a: {paths: ['**/hidden.yaml']}}\n", root)

    def test_without_a_root_everything_stands_for_itself(self) -> None:
        settings = read("inventory: ['tests/**/*.json', gone]\nclusters: {a: {paths: [gone], inventory: ['./x']}}\n")
        assert settings.inventory == ("tests/**/*.json", "gone")
        assert settings.clusters[0].inventory == ("x",)

    def test_exclude_and_overrides_may_match_nothing(self, root: str) -> None:
        read("exclude: [nothing, 'no/**']\noverrides: [{files: [none], ignore: [all]}]\n", root)

    def test_excluded_locations(self, root: str) -> None:
        settings = read("exclude: ['nodes/**', 'prod', '!prod/b.json']\n", root)
        found = discover([root], settings.excluded)
        assert [file.location.removeprefix(f"{root}/") for file in found.files] == []
        assert [path.removeprefix(f"{root}/") for path, _ in found.skipped] == [
            "clusters/prod/a.yaml",
            "nodes/more/dev.yml",
            "nodes/prod.yaml",
            "x/prod/b.json",
        ]
        assert Settings().excluded is None

    def test_relative_paths(self, root: str, monkeypatch: pytest.MonkeyPatch) -> None:
        settings = Settings(root=f"{root}/clusters")
        monkeypatch.chdir(f"{root}/clusters/prod")
        assert settings.relative("a.yaml") == settings.relative(f"{root}/clusters/prod/a.yaml") == "prod/a.yaml"
        assert settings.relative("../../nodes/prod.yaml") == "../nodes/prod.yaml"
        assert Settings().relative("a/b.yaml") == "a/b.yaml"

    def test_paths_through_links(self, root: str) -> None:
        os.symlink(root, f"{root}/link")
        settings = read("exclude: ['/nodes/**']\n", f"{root}/link")
        assert settings.root == root
        assert settings.relative(f"{root}/link/nodes/prod.yaml") == "link/nodes/prod.yaml"
        assert settings.relative(f"{root}/link/link/nodes/prod.yaml") == "link/link/nodes/prod.yaml"
        elsewhere = Settings(root=f"{root}/nodes")
        assert elsewhere.relative(f"{root}/link/nodes/prod.yaml") == "prod.yaml"


class TestFind:
    @pytest.fixture
    def tree(self, tmp_path: Path) -> Path:
        (tmp_path / "repo/a/b").mkdir(parents=True)
        (tmp_path / "repo/.git").mkdir()
        return tmp_path

    def test_nearest_wins(self, tree: Path) -> None:
        for name in ("repo/.peerlint.yaml", "repo/a/.peerlint.yaml"):
            (tree / name).write_text("")
        assert find(str(tree / "repo/a/b")) == str(tree / "repo/a/.peerlint.yaml")
        assert find(str(tree / "repo")) == str(tree / "repo/.peerlint.yaml")

    def test_not_above_the_repository(self, tree: Path) -> None:
        (tree / ".peerlint.yaml").write_text("")
        assert find(str(tree / "repo/a")) is None
        assert find(str(tree)) == str(tree / ".peerlint.yaml")

    def test_outside_a_repository(self, tmp_path: Path) -> None:
        (tmp_path / "a").mkdir()
        (tmp_path / ".peerlint.yaml").write_text("")
        assert find(str(tmp_path / "a")) == str(tmp_path / ".peerlint.yaml")
        assert find(str(tmp_path / "a/gone")) == str(tmp_path / ".peerlint.yaml")

    def test_a_directory_of_that_name_is_none(self, tree: Path) -> None:
        (tree / "repo/a/.peerlint.yaml").mkdir()
        assert find(str(tree / "repo/a")) is None


class TestSelection:
    @pytest.mark.parametrize(
        ("select", "ignore", "mesh", "peer"),
        [
            (["all"], [], True, True),
            (["all"], ["mesh-too-large"], False, True),
            (["all"], ["CAL711"], False, True),
            (["all"], ["CAL7"], False, True),
            (["all"], ["CAL"], False, False),
            (["all"], ["all"], False, False),
            (["CAL1"], [], False, True),
            (["CAL7", "CAL1"], ["CAL71"], False, True),
            (["CAL711"], ["CAL7"], True, False),
            (["mesh-too-large"], ["all"], True, False),
            (["mesh-too-large", "CAL1"], ["CAL711", "CAL1"], False, False),
            (["LAB"], [], False, False),
            ([], [], False, False),
        ],
    )
    def test_the_more_exact_word_decides(self, select: list[str], ignore: list[str], mesh: bool, peer: bool) -> None:
        settings = Settings(select=tuple(select), ignore=tuple(ignore))
        assert selected(settings, MESH, "a.yaml") is mesh
        assert selected(settings, PEER, "a.yaml") is peer

    def test_overrides(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        override = Override(Globs(["lab/**", "*.test.yaml"]), ("CAL7",))
        settings = Settings(root=os.path.realpath(tmp_path), select=("mesh-too-large", "all"), overrides=(override,))
        assert not selected(settings, MESH, "lab/x/a.yaml")
        assert not selected(settings, MESH, f"{os.path.realpath(tmp_path)}/lab/a.yaml")
        assert not selected(settings, MESH, "x/a.test.yaml")
        assert selected(settings, MESH, "x/lab/a.yaml")
        assert selected(settings, PEER, "lab/a.yaml")
        silent = settings._replace(overrides=(Override(Globs(["lab"]), ("all",)),))
        assert not selected(silent, MESH, "lab/a.yaml")
        assert selected(silent, MESH, "a.yaml")

    def test_severity(self) -> None:
        settings = read("severity: {all: hint, CAL71: warning, CAL7: error, float-as-number: error}\n")
        assert severity_of(settings, MESH, "a.yaml") is Severity.WARNING
        assert severity_of(settings, PEER, "a.yaml") is Severity.HINT
        assert severity_of(settings, RULES[2], "a.yaml") is Severity.ERROR
        assert severity_of(Settings(), MESH, "a.yaml") is None
        assert severity_of(read("severity: {LAB: error}\n"), MESH, "a.yaml") is None


@given(
    st.recursive(
        st.one_of(st.none(), st.booleans(), st.integers(), st.floats(allow_nan=False), st.text()),
        lambda below: (
            st.lists(below, max_size=3)
            | st.dictionaries(
                st.one_of(
                    st.sampled_from(
                        sorted(json.loads((REPOSITORY / "schemas/config.schema.json").read_text())["properties"])
                    ),
                    st.text(),
                ),
                below,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_data_is_judged(data: Any) -> None:
    text = json.dumps(data)
    source = Source(".peerlint.yaml", text)
    _, faults = load(source, RULES)
    for fault in faults:
        assert 0 <= fault.span.start <= fault.span.end <= len(text)
        assert fault.reason


@given(st.text())
def test_any_text_is_judged(text: str) -> None:
    load(Source(".peerlint.yaml", text), RULES, "/nonexistent")


def loaded(program: str) -> set[str]:
    done = subprocess.run(
        [sys.executable, "-c", f"import sys\n{program}\nprint(*sys.modules)"],
        capture_output=True, text=True, check=True, cwd=REPOSITORY,
    )  # fmt: skip
    return set(done.stdout.split())


def test_a_run_without_configuration_pays_nothing() -> None:
    modules = loaded("from linter.settings import *; find('/nonexistent'); Settings().excluded")
    assert not modules & {
        "json",
        "pathspec",
        "subprocess",
        "linter.schema",
        "linter.yaml.parser",
        "_ruamel_yaml",
        "difflib",
    }


def test_a_sound_configuration_needs_no_jsonschema() -> None:
    text = 'calicoVersion: "3.33"\nexclude: ["charts/**"]\nclusters: {a: {paths: ["prod/**"]}}\n'
    modules = loaded(f"from linter.settings import *; from linter.text import Source; load(Source('x', {text!r}), ())")
    assert not modules & {"jsonschema", "pathspec", "rich", "dataclasses"}


@dataclass(frozen=True)
class Limits:
    """Options as a rule file may declare them, whose annotations are not postponed."""

    needed: int = 0
    numbers: tuple[int, ...] = ()
    names: tuple[str, ...] = ("a",)
    other: object = None

    def __post_init__(self) -> None:
        if self.needed < 0:
            raise ValueError(f"{self.needed} is negative")


Limits.__dataclass_fields__["needed"].type = int
Limits.__dataclass_fields__["numbers"].type = tuple[int, ...]
LIMITED = (rule("limited", "LAB002", Limits),)


class TestOptions:
    @pytest.mark.parametrize(
        ("given", "made"),
        [
            ("{}", Limits()),
            ("{needed: 1}", Limits(1)),
            ("{needed: 1, numbers: [2, 3], names: []}", Limits(1, (2, 3), ())),
            ("{needed: 0x10}", Limits(16)),
        ],
    )
    def test_they_are_made(self, given: str, made: Limits) -> None:
        settings, faults = load(Source("a", f"rules: {{limited: {given}}}\n"), LIMITED)
        assert faults == ()
        assert settings.rules == {"limited": made}

    @pytest.mark.parametrize(
        ("given", "place", "words"),
        [
            ("{needed: x}", "x", "`needed` must be a whole number"),
            ("{needed: -1}", "{needed: -1}", "`limited` refuses this: -1 is negative"),
            ("{needed: 1, numbers: 2}", "2", "`numbers` must be a list of whole numbers"),
            ("{needed: 1, numbers: [2, true]}", "[2, true]", "`numbers` must be a list of whole numbers"),
            ("{needed: 1, names: [a, 2]}", "[a, 2]", "`names` must be a list of texts"),
            ("{needed: 1, other: 2}", "other", "`other` cannot be set here: the rule declares it as object"),
            ("{needed: 1, strange: 2}", "strange", "it has `needed`, `numbers`, `names`, `other`"),
        ],
    )
    def test_a_mistake_has_its_place(self, given: str, place: str, words: str) -> None:
        source = Source("a", f"rules: {{limited: {given}}}\n")
        settings, (fault,) = load(source, LIMITED)
        assert (source[fault.span], settings.rules) == (place, {})
        assert words in fault.reason
