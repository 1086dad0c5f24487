"""`peerlint config`: what is in force, where it comes from, and a file to start from."""

from __future__ import annotations

import json
import re
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest

from linter.bundle import bundled
from linter.cli.starter import EXAMPLES, starter
from linter.diagnostics import Severity
from linter.packs import load as load_rules
from linter.rulekit import Body, Rule
from linter.settings import Settings, load
from linter.settings.wording import WITHOUT_EFFECT
from linter.text import Source
from tests.conftest import PEER, write

if TYPE_CHECKING:
    from collections.abc import Callable

    from tests.conftest import Outcome

    Command = Callable[..., Outcome]

PROPERTIES = json.loads(Path(bundled("schemas"), "config.schema.json").read_text(encoding="utf-8"))["properties"]
RULES = load_rules(bundled("rules"))

EVERYTHING = """\
calicoVersion: "3.31.2"
kubernetesVersion: "1.36"
applyPath: kubectl
provider: azure
inventory: [nodes.yaml]
complete: true
clusters:
  prod: {paths: ["prod/**"]}
  lab: {paths: [lab]}
select: [all]
ignore: [CAL042]
severity: {CAL1: warning}
overrides:
- {files: ["lab/**"], ignore: [CAL3]}
exclude: [old]
failLevel: error
baseline: base.json
externals:
- {name: tor, asNumber: 65000, routerID: 10.0.0.1, neighbors: [{ip: 10.0.0.2, remoteAS: 1, password: hunter2}]}
underlay: {segments: [{name: s, subnet: 10.0.0.0/24}]}
"""


@pytest.fixture
def configured(folder: Path) -> Path:
    """A folder whose configuration says something of everything."""
    files = {"nodes.yaml": "", "prod/a.yaml": PEER, "lab/b.yaml": PEER}
    write(folder, {**files, "base.json": '{"schemaVersion": 1, "findings": []}', ".peerlint.yaml": EVERYTHING})
    return folder


def shown(peerlint: Command, *arguments: str) -> dict[str, tuple[Any, list[str]]]:
    """By setting: its value, and where it comes from in short."""
    outcome = peerlint("config", "show", "--output", "json", *arguments)
    assert outcome.status == 0, outcome
    return {
        name: (one["value"], [_short(source) for source in one["from"]])
        for name, one in outcome.data["settings"].items()
    }


def _short(source: dict[str, Any]) -> str:
    if source["source"] == "file":
        return f"{source['path']}:{source['line']}"
    return str(source.get("flag", source["source"]))


class TestShow:
    def test_without_a_configuration_all_is_default(self, folder: Path, peerlint: Command) -> None:
        settings = shown(peerlint)
        assert settings.keys() == PROPERTIES.keys()
        assert {tuple(sources) for _, sources in settings.values()} == {("default",)}
        assert settings["calicoVersion"][0] == "3.33"
        assert settings["select"][0] == ["all"]
        assert settings["failLevel"][0] == "warning"
        assert peerlint("config", "show", "--output", "json").data["configuration"] is None

    def test_every_setting_has_its_line(self, configured: Path, peerlint: Command) -> None:
        settings = shown(peerlint)
        for name, line in {"calicoVersion": 1, "complete": 6, "clusters": 7, "select": 10, "externals": 18}.items():
            assert settings[name][1] == [f".peerlint.yaml:{line}"], name
        assert settings["rulePacks"][1] == settings["rules"][1] == ["default"]
        assert settings["calicoVersion"][0] == "3.31"
        assert settings["inventory"][0] == ["nodes.yaml"]
        assert settings["overrides"][0] == [{"files": ["lab/**"], "ignore": ["CAL3"]}]
        assert settings["severity"][0] == {"CAL1": "warning"}

    def test_flags_have_their_say(self, configured: Path, peerlint: Command) -> None:
        settings = shown(peerlint, "--calico-version", "3.30", "--fail-level", "hint", "--baseline", "other.json")
        assert settings["calicoVersion"] == ("3.30", [".peerlint.yaml:1", "--calico-version"])
        assert settings["failLevel"] == ("hint", [".peerlint.yaml:16", "--fail-level"])
        assert settings["baseline"] == ("other.json", [".peerlint.yaml:17", "--baseline"])
        settings = shown(peerlint, "--ignore", "CAL3,CAL5", "--inventory", "lab", "--cluster", "lab")
        assert settings["ignore"] == (["CAL042", "CAL3", "CAL5"], [".peerlint.yaml:11", "--ignore"])
        assert settings["inventory"] == (["nodes.yaml", "lab"], [".peerlint.yaml:5", "--inventory"])
        assert list(settings["clusters"][0]) == ["lab"]
        settings = shown(peerlint, "--select", "CAL1")
        assert settings["select"][0] == ["CAL1"]
        assert settings["ignore"] == ([], [".peerlint.yaml:11", "--select"])

    def test_what_is_printed_is_a_configuration(self, configured: Path, peerlint: Command) -> None:
        outcome = peerlint("config", "show")
        assert 'calicoVersion: "3.31"  # .peerlint.yaml:1\n' in outcome.out
        assert (
            'failLevel: "hint"  # .peerlint.yaml:16, --fail-level'
            in peerlint("config", "show", "--fail-level", "hint").out
        )
        before, mistakes = load(Source("a", EVERYTHING), RULES)
        again, more = load(Source("a", outcome.out), RULES)
        assert (mistakes, more) == ((), ())
        assert again == before
        (configured / ".peerlint.yaml").unlink()
        defaults, mistakes = load(Source("a", peerlint("config", "show").out), RULES)
        assert (defaults, mistakes) == (Settings(calico_version=(3, 33)), ())

    @pytest.mark.parametrize("form", ["text", "json"])
    def test_passwords_are_masked(self, form: str, configured: Path, peerlint: Command) -> None:
        outcome = peerlint("config", "show", "--output", form)
        assert "•••" in outcome.out
        text = EVERYTHING.replace("clusters:\n", "clusters:\n  x:\n    paths: [lab]\n    externals: *e\n").replace(
            "externals:\n- ", "externals: &e\n- "
        )
        write(configured, {".peerlint.yaml": _moved(text)})
        again = peerlint("config", "show", "--output", form)
        assert again.status == 0
        assert again.out.count("•••") == 2
        assert "hunter2" not in outcome.out + again.out + again.err

    def test_a_reference_to_a_secret_is_shown(self, configured: Path, peerlint: Command) -> None:
        text = EVERYTHING.replace("hunter2", "{secretKeyRef: {name: bgp, key: tor}}")
        write(configured, {".peerlint.yaml": text})
        assert '"secretKeyRef": {"name": "bgp", "key": "tor"}' in peerlint("config", "show").out

    @pytest.mark.parametrize("form", ["text", "json"])
    def test_a_wrong_configuration_is_reported_as_check_reports_it(
        self, form: str, folder: Path, peerlint: Command
    ) -> None:
        write(folder, {".peerlint.yaml": "complet: true\nignore: [CAL999]\n", "a.yaml": PEER})
        outcome = peerlint("config", "show", "--output", form)
        assert outcome.status == 2
        assert outcome.out == peerlint("check", "--output", form).out
        assert "complete" in outcome.out

    def test_what_has_no_effect_is_told(self, configured: Path, peerlint: Command) -> None:
        assert "# note: `externals` in the configuration has no effect yet\n" in peerlint("config", "show").out

    def test_the_configuration_is_that_of_the_paths(self, folder: Path, peerlint: Command) -> None:
        write(folder, {"sub/.peerlint.yaml": "complete: true\n", "sub/a.yaml": PEER, "own.yaml": "complete: true\n"})
        assert shown(peerlint)["complete"] == (False, ["default"])
        assert shown(peerlint, "sub/a.yaml")["complete"] == (True, ["sub/.peerlint.yaml:1"])
        assert shown(peerlint, "--config", "own.yaml")["complete"] == (True, ["own.yaml:1"])

    @pytest.mark.parametrize("arguments", [("--select", "nope"), ("--cluster", "nope"), ("--config", "none"), ("-x",)])
    def test_wrong_usage(self, arguments: tuple[str, ...], folder: Path, peerlint: Command) -> None:
        assert peerlint("config", "show", *arguments).status == 2


def _moved(text: str) -> str:
    """The externals first, so that they can be repeated below."""
    at = text.index("externals: &e")
    end = text.index("underlay:")
    return text[at:end] + text[:at] + text[end:]


class TestInit:
    def test_the_file_loads_and_changes_nothing(self, folder: Path, peerlint: Command) -> None:
        write(folder, {"a.yaml": PEER})
        before = peerlint("config", "show").out.split("\n", 1)[1]
        outcome = peerlint("config", "init")
        assert (outcome.status, outcome.out) == (0, "wrote .peerlint.yaml\n")
        assert peerlint("config", "show").out.split("\n", 1)[1] == before
        checked = peerlint("check", "--output", "json", ".")
        assert (checked.status, checked.codes) == (0, [])

    def test_it_never_overwrites(self, folder: Path, peerlint: Command) -> None:
        write(folder, {".peerlint.yaml": "complete: true\n"})
        outcome = peerlint("config", "init")
        assert outcome.status == 2
        assert "left alone" in outcome.err
        assert (folder / ".peerlint.yaml").read_text() == "complete: true\n"

    def test_elsewhere(self, folder: Path, peerlint: Command) -> None:
        write(folder, {".peerlint.yaml": "", "sub/a.yaml": PEER})
        outcome = peerlint("config", "init", "sub")
        assert outcome.out == "wrote sub/.peerlint.yaml\n"
        assert "takes the place of" in outcome.err
        assert peerlint("config", "init", "none").status == 2

    def test_every_setting_in_it_is_right(self) -> None:
        text = starter(RULES)
        names = {*EXAMPLES, "rules"} if "\n# rules: {" in text else set(EXAMPLES)
        active, count = re.subn(rf"(?m)^# (?=(?:{'|'.join(names)}): )", "", text)
        assert count == len(names)
        settings, mistakes = load(Source(".peerlint.yaml", active), RULES)
        assert mistakes == ()
        assert settings.notes == ()
        assert settings._replace(root="") != Settings()

    def test_it_tells_what_this_release_does_and_no_more(self) -> None:
        assert set(EXAMPLES) | {"rules"} == set(PROPERTIES) - set(WITHOUT_EFFECT)
        assert not any(name in starter(RULES) for name in WITHOUT_EFFECT)

    def test_thresholds_stand_in_it_where_a_rule_has_any(self) -> None:
        @dataclass(frozen=True)
        class Options:
            nodes: int = 100

        body = Body(lambda: (), "A page.", Options)
        rule = Rule("mesh-too-large", "CAL711", Severity.HINT, "cluster", ("Cluster",), lambda: body)
        assert "# rules: {mesh-too-large: {nodes: 100}}\n" in starter((rule,))


@pytest.mark.parametrize("arguments", [("config",), ("config", "frobnicate")])
def test_an_action_is_needed(arguments: tuple[str, ...], peerlint: Command) -> None:
    assert peerlint(*arguments).status == 2


PACK = '''\
"""Peer has an AS number that is too small.

A page.
"""

from collections.abc import Iterator
from dataclasses import dataclass

from linter.rulekit import BGPPeer, Finding, Severity, Target, document_rule


@dataclass(frozen=True)
class Options:
    least: int = 100


@document_rule(BGPPeer, "NET001", Severity.WARNING, options=Options)
def check(peer: BGPPeer, _: Target, options: Options) -> Iterator[Finding]:
    if (number := peer.as_number) and number.value < options.least:
        yield Finding(f"{number.value} is below {options.least}", number.label())
'''
LARGE = PEER.replace("64512", "4200000000")
OFF = (
    "apiVersion: projectcalico.org/v3\nkind: BGPConfiguration\nmetadata: {name: default}\n"
    "spec: {nodeToNodeMeshEnabled: false}\n"
)
LONG = f"apiVersion: v1\nkind: Secret\nmetadata: {{name: s, namespace: kube-system}}\nstringData:\n  k: {'x' * 81}\n"
ONE, NET = "{one: {paths: [a.yaml]}}", "rulePacks: [net]\n"


class TestInForce:
    """Every setting does what it says."""

    @pytest.mark.parametrize(
        ("settings", "manifest", "without", "with_it"),
        [
            ('calicoVersion: "3.28"', PEER + "  reversePeering: Manual\n", [], ["CAL027 error"]),
            ('kubernetesVersion: "1.36"', LARGE, ["CAL043 hint"], ["CAL043 error"]),
            ("select: [CAL0]", PEER + "  ttlSecurity: 256\n", ["CAL112 error"], []),
            ("select: [ttl-security-out-of-range]", PEER + "  ttlSecurity: 256\n", ["CAL112 error"], ["CAL112 error"]),
            ("ignore: [CAL11]", PEER + "  ttlSecurity: 256\n", ["CAL112 error"], []),
            ("ignore: [all]", "a: [", ["CAL002 error"], []),
            ("severity: {CAL11: hint, all: error}", PEER + "  ttlSecurity: 256\n", ["CAL112 error"], ["CAL112 hint"]),
            ("overrides: [{files: [a.yaml], ignore: [CAL112]}]", PEER + "  ttlSecurity: 256\n", ["CAL112 error"], []),
            ("overrides: [{files: [b.yaml], ignore: [CAL112]}]", PEER + "  ttlSecurity: 1\n", [], []),
            ("exclude: ['*.yaml']", PEER + "  ttlSecurity: 256\n", ["CAL112 error"], []),
            ("inventory: [a.yaml]", PEER + "  ttlSecurity: 256\n", ["CAL112 error"], []),
            (f"clusters: {ONE[:-2]}, inventory: [a.yaml]}}}}", PEER + "  ttlSecurity: 256\n", ["CAL112 error"], []),
            (
                f'clusters: {ONE[:-2]}, calicoVersion: "3.28"}}}}',
                PEER + "  reversePeering: Manual\n",
                [],
                ["CAL027 error"],
            ),
            ("rulePacks: [net]", PEER.replace("64512", "99"), [], ["NET001 warning"]),
            (f"{NET}rules: {{NET001: {{least: 70000}}}}", PEER, [], ["NET001 warning"]),
            (f"{NET}rules: {{too-small-number: {{least: 9}}}}", PEER.replace("64512", "99"), [], []),
            (f"{NET}severity: {{NET: error}}", PEER.replace("64512", "99"), [], ["NET001 error"]),
            (f"{NET}ignore: [NET]", PEER.replace("64512", "99"), [], []),
        ],
    )
    def test_what_is_said(
        self, settings: str, manifest: str, without: list[str], with_it: list[str], folder: Path, peerlint: Command
    ) -> None:
        def said() -> list[str]:
            outcome = peerlint("check", "--output", "json", "--allow-empty")
            return [f"{one['code']} {one['severity']}" for one in outcome.data["diagnostics"]]

        write(folder, {"a.yaml": manifest, "net/too_small_number.py": PACK})
        assert said() == without
        write(folder, {".peerlint.yaml": settings + "\n"})
        assert said() == with_it

    @pytest.mark.parametrize(("level", "status"), [("error", 0), ("warning", 1), ("hint", 1), ("never", 0)])
    def test_fail_level(self, level: str, status: int, folder: Path, peerlint: Command) -> None:
        quoted = PEER.replace("64512", '"64512"')
        write(folder, {"a.yaml": quoted, ".peerlint.yaml": f"failLevel: {level}\n"})
        assert peerlint("check").status == status
        assert peerlint("check", "--fail-level", "warning").status == 1

    @pytest.mark.parametrize("text", ["complete: true\n", "clusters: {all: {paths: ['*.yaml'], complete: true}}\n"])
    def test_complete_files_are_the_cluster(self, text: str, folder: Path, peerlint: Command) -> None:
        write(folder, {"c.yaml": OFF})
        assert "unless peers are defined elsewhere" in peerlint("check", "--output", "json").out
        write(folder, {".peerlint.yaml": text})
        assert "unless" not in peerlint("check", "--output", "json").out
        write(folder, {"p.yaml": PEER})
        assert peerlint("check", "--output", "json", "c.yaml").codes == []

    def test_inventory_is_context(self, folder: Path, peerlint: Command) -> None:
        write(folder, {"c.yaml": OFF, "more/p.yaml": PEER, "more/s.yaml": LONG})
        assert peerlint("check", "--output", "json", "c.yaml").codes == ["CAL701"]
        write(folder, {".peerlint.yaml": "inventory: [more]\n"})
        assert peerlint("check", "--output", "json", "c.yaml").codes == []

    def test_a_flag_beats_the_version_of_a_cluster(self, folder: Path, peerlint: Command) -> None:
        settings = f'calicoVersion: "3.20"\nclusters: {ONE[:-2]}, calicoVersion: "3.28"}}}}\n'
        write(folder, {"a.yaml": PEER + "  reversePeering: Manual\n", ".peerlint.yaml": settings})
        assert peerlint("check", "--output", "json").codes == ["CAL027"]
        assert "Calico 3.20" in peerlint("check").out
        newer = peerlint("check", "--calico-version", "3.33")
        assert (newer.status, "Calico 3.20" in newer.out) == (0, False)
        assert "# note: Calico 3.99" in peerlint("config", "show", "--calico-version", "3.99").out

    def test_a_rule_that_is_none_is_named_with_its_neighbour(self, folder: Path, peerlint: Command) -> None:
        write(folder, {"a.yaml": PEER})
        assert "did you mean `quoted-as-number`?" in peerlint("check", "--ignore", "quoted-as-numbr").err
        assert "`peerlint rules` lists them" in peerlint("check", "--select", "CAL0,PEER").err

    def test_a_pack_whose_options_have_no_default_is_refused(self, folder: Path, peerlint: Command) -> None:
        files = {"a.yaml": PEER, ".peerlint.yaml": NET, "net/too_small_number.py": PACK.replace("int = 100", "int")}
        write(folder, files)
        outcome = peerlint("check", "--output", "json")
        assert outcome.status == 2
        (said,) = outcome.data["diagnostics"]
        assert "every option needs a default" in said["message"]
        assert "too_small_number.py" in said["message"]
