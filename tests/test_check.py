"""The contract of `peerlint check`: what is read, what is said, with which status."""

from __future__ import annotations

import io
import json
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

HEAD = "apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata:\n  name: {name}\nspec:\n"
CLEAN = HEAD.format(name="a") + "  peerIP: 192.0.2.1\n  asNumber: 64512\n"
FAULTY = CLEAN + "  ttlSecurity: 256\n"
WARNED = CLEAN.replace("64512", '"64512"')
CONFIGURATION = "apiVersion: projectcalico.org/v3\nkind: BGPConfiguration\nmetadata:\n  name: default\nspec: {}\n"


@pytest.mark.parametrize(
    ("text", "arguments", "status"),
    [
        (CLEAN, (), 0),
        (FAULTY, (), 1),
        (WARNED, (), 1),
        (WARNED, ("--fail-level", "error"), 0),
        (FAULTY, ("--fail-level", "error"), 1),
        (FAULTY, ("--fail-level", "never"), 0),
        (FAULTY, ("--exit-zero",), 0),
        (FAULTY, ("--ignore", "CAL112"), 0),
        (FAULTY, ("--ignore", "ttl-security-out-of-range,CAL042"), 0),
        (FAULTY, ("--select", "CAL0"), 0),
        (FAULTY, ("--select", "CAL1"), 1),
        (FAULTY, ("--select", "CAL2", "--select", "ttl-security-out-of-range"), 1),
        ("a: [", (), 1),
        ("kind: Deployment\napiVersion: apps/v1\n", (), 0),
    ],
)
@pytest.mark.parametrize("form", ["text", "concise", "json", "jsonl"])
def test_status_follows_the_findings_in_every_format(
    text: str, arguments: tuple[str, ...], status: int, form: str, folder: Path, peerlint: Callable[..., Outcome]
) -> None:
    write(folder, {"a.yaml": text})
    assert peerlint("check", "--output", form, *arguments, "a.yaml").status == status


@pytest.mark.parametrize(
    "arguments",
    [
        ("missing.yaml",),
        ("empty",),
        ("--output", "xml", "a.yaml"),
        ("--output", "json", "--output", "text", "a.yaml"),
        ("--select", "no-such-rule", "a.yaml"),
        ("--calico-version", "newest", "a.yaml"),
        ("--cluster", "prod", "a.yaml"),
        ("--config", "none.yaml", "a.yaml"),
        ("--inventory", "none.yaml", "a.yaml"),
        ("--fail-level", "fatal", "a.yaml"),
        ("--output", "json=no/such/folder/x", "a.yaml"),
    ],
)
def test_wrong_usage_is_status_2(arguments: tuple[str, ...], folder: Path, peerlint: Callable[..., Outcome]) -> None:
    write(folder, {"a.yaml": CLEAN})
    (folder / "empty").mkdir()
    outcome = peerlint("check", *arguments)
    assert outcome.status == 2
    assert "peerlint" in outcome.err
    assert "Traceback" not in outcome.err


def test_an_empty_folder_may_be_allowed(folder: Path, peerlint: Callable[..., Outcome]) -> None:
    assert peerlint("check", "--allow-empty", ".").status == 0


def test_a_wrong_configuration_is_status_2_with_a_place(folder: Path, peerlint: Callable[..., Outcome]) -> None:
    write(folder, {"a.yaml": FAULTY, ".peerlint.yaml": "complte: true\n"})
    outcome = peerlint("check", "--output", "json", "a.yaml")
    assert outcome.status == 2
    (said,) = outcome.data["diagnostics"]
    assert (said["code"], said["path"], said["range"]["start"]["line"]) == ("CAL010", ".peerlint.yaml", 1)


def test_settings_are_in_force(folder: Path, peerlint: Callable[..., Outcome]) -> None:
    settings = (
        "severity: {quoted-as-number: error}\noverrides: [{files: ['lab/**'], ignore: [CAL112]}]\nexclude: [old/]\n"
    )
    write(folder, {".peerlint.yaml": settings, "a.yaml": WARNED, "lab/b.yaml": FAULTY, "old/c.yaml": FAULTY})
    outcome = peerlint("check", "--output", "json", "--fail-level", "error")
    assert [(one["path"], one["severity"]) for one in outcome.data["diagnostics"]] == [("a.yaml", "error")]
    assert outcome.status == 1
    assert peerlint("check", "--output", "json", "old/c.yaml").codes == ["CAL112"]


def test_multi_documents_lists_and_json_are_unwrapped(folder: Path, peerlint: Callable[..., Outcome]) -> None:
    peer = {
        "apiVersion": "projectcalico.org/v3",
        "kind": "BGPPeer",
        "metadata": {"name": "x"},
        "spec": {"peerIP": "192.0.2.1", "asNumber": 64512, "ttlSecurity": 300},
    }
    listed = json.dumps({"apiVersion": "v1", "kind": "List", "items": [peer, peer]})
    own = json.dumps({"apiVersion": "projectcalico.org/v3", "kind": "BGPPeerList", "items": [peer]})
    write(
        folder, {"a.json": listed, "b.yaml": own, "c.yaml": json.dumps([peer]), "d.yaml": f"{CLEAN}---\n---\n{FAULTY}"}
    )
    said = peerlint("check", "--output", "json", ".").data["diagnostics"]
    places = [(one["path"], one["range"]["start"]["line"], one["field"]) for one in said]
    assert places == [
        ("a.json", 1, "/spec/ttlSecurity"),
        ("a.json", 1, "/spec/ttlSecurity"),
        ("b.yaml", 1, "/spec/ttlSecurity"),
        ("c.yaml", 1, "/spec/ttlSecurity"),
        ("d.yaml", 17, "/spec/ttlSecurity"),
    ]


def test_a_broken_document_hides_no_other(folder: Path, peerlint: Callable[..., Outcome]) -> None:
    write(folder, {"a.yaml": f"a: [\n---\n{FAULTY}---\nb: }}\n---\n{WARNED}"})
    assert peerlint("check", "--output", "json", "a.yaml").codes == ["CAL002", "CAL112", "CAL002", "CAL042"]


def test_templates_are_skipped_with_a_reason(folder: Path, peerlint: Callable[..., Outcome]) -> None:
    write(folder, {"a.yaml.j2": FAULTY, "b.yaml": "{{- if .Values.x }}\n" + FAULTY + "{{- end }}\n", "c.txt": "x"})
    outcome = peerlint("check", "--output", "json", ".")
    skipped = [(one["path"], one["reason"]) for one in outcome.data["summary"]["skipped"]]
    assert skipped == [("a.yaml.j2", "template"), ("b.yaml", "template")]
    assert outcome.codes == []
    shown = peerlint("check", ".").out
    assert "a.yaml.j2" in shown
    assert "b.yaml" in shown


def test_standard_input_is_a_file(
    folder: Path, peerlint: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, {"in.yaml": FAULTY})
    with open(folder / "in.yaml", "rb") as stream:
        answer = subprocess.run(
            [sys.executable, "-m", "linter", "check", "--output", "json", "-"],
            stdin=stream,
            capture_output=True,
            check=False,
        )
    said = json.loads(answer.stdout)["diagnostics"]
    assert [(one["path"], one["code"]) for one in said] == [("<stdin>", "CAL112")]
    assert answer.returncode == 1


def test_several_outputs(folder: Path, peerlint: Callable[..., Outcome]) -> None:
    write(folder, {"a.yaml": FAULTY})
    outcome = peerlint("check", "--output", "concise", "--output", "json=found.json", "a.yaml")
    assert "a.yaml:8:16" in outcome.out
    assert [one["code"] for one in json.loads((folder / "found.json").read_text())["diagnostics"]] == ["CAL112"]


def test_the_json_document_keeps_its_schema(folder: Path, peerlint: Callable[..., Outcome]) -> None:
    import jsonschema

    from linter.bundle import bundled

    with open(f"{bundled('schemas')}/output.schema.json", encoding="utf-8") as file:
        schema = json.load(file)
    write(folder, {"a.yaml": FAULTY.replace("64512", "1.10") + "---\nb: [", "x.yaml.j2": ""})
    outcome = peerlint("check", "--output", "json", ".")
    assert outcome.codes == ["CAL040", "CAL112", "CAL002"]
    jsonschema.Draft7Validator(schema).validate(outcome.data)


def test_a_fingerprint_survives_moved_lines(folder: Path, peerlint: Callable[..., Outcome]) -> None:
    def fingerprints(text: str) -> list[str]:
        write(folder, {"a.yaml": text})
        return [one["fingerprint"] for one in peerlint("check", "--output", "json", "a.yaml").data["diagnostics"]]

    assert fingerprints(FAULTY) == fingerprints(
        "# moved\n\n" + CLEAN.replace("a\n", "a\n", 1) + "\n  ttlSecurity: 256\n"
    )
    assert fingerprints(FAULTY) != fingerprints(FAULTY.replace("256", "257"))
    assert fingerprints(FAULTY) != fingerprints(FAULTY.replace("name: a", "name: b"))


def test_inventory_is_read_and_not_reported_on(folder: Path, peerlint: Callable[..., Outcome]) -> None:
    secret = (
        f"apiVersion: v1\nkind: Secret\nmetadata: {{name: s, namespace: kube-system}}\nstringData:\n  k: {'x' * 81}\n"
    )
    peer = CLEAN + "  password: {secretKeyRef: {name: s, key: k}}\n"
    write(folder, {"a.yaml": peer, "context/s.yaml": secret, "context/faulty.yaml": FAULTY})
    assert peerlint("check", "--output", "json", "a.yaml", "--inventory", "context").codes == []
    assert peerlint("check", "--output", "json", "a.yaml", "context/s.yaml").codes == ["CAL501"]
    write(folder, {".peerlint.yaml": "inventory: [context]\n"})
    assert peerlint("check", "--output", "json").codes == []
    assert peerlint("check", "--output", "json", "context/faulty.yaml").codes == ["CAL112"]


def test_no_output_shows_a_secret(folder: Path, peerlint: Callable[..., Outcome]) -> None:
    password = "hunter2-" * 11
    secret = (
        f"apiVersion: v1\nkind: Secret\nmetadata: {{name: s, namespace: kube-system}}\nstringData:\n  k: {password}\n"
    )
    peer = CLEAN + "  password: {secretKeyRef: {name: s, key: k}}\n"
    broken = f"kind: Secret\nstringData:\n  k: {password}\n  l: [\n"
    direct = CLEAN + f"  password: {password}\n"
    nested = CLEAN + f"  password: {{value: {password}, secretKeyRef: {password}}}\n"
    files = {"a.yaml": peer, "s.yaml": secret, "broken.yaml": broken, "direct.yaml": direct, "nested.yaml": nested}
    write(folder, files)
    for form in ("text", "concise", "json", "jsonl"):
        outcome = peerlint("check", "--output", form, "--color", "always", ".")
        assert outcome.status == 1
        assert "hunter2" not in outcome.out + outcome.err, form


class TestClusters:
    def test_folders_that_define_the_same_object_are_told_apart(
        self, folder: Path, peerlint: Callable[..., Outcome]
    ) -> None:
        off = CONFIGURATION.replace("spec: {}", "spec:\n  nodeToNodeMeshEnabled: false")
        write(folder, {"one/c.yaml": off, "two/c.yaml": off, "two/p.yaml": CLEAN})
        outcome = peerlint("check", "--output", "json", ".")
        assert [(one["code"], one["path"]) for one in outcome.data["diagnostics"]] == [("CAL701", "one/c.yaml")]
        shown = peerlint("check", ".").out
        assert "2 clusters" in shown
        assert "clusters: {one: {paths:" in shown.replace("\n  ", " ")

    def test_declared_clusters_are_judged_by_themselves(self, folder: Path, peerlint: Callable[..., Outcome]) -> None:
        off = CONFIGURATION.replace("spec: {}", "spec:\n  nodeToNodeMeshEnabled: false")
        settings = "clusters:\n  one: {paths: ['one/**']}\n  two: {paths: ['two/**', 'shared/**']}\n"
        write(folder, {".peerlint.yaml": settings, "one/c.yaml": off, "two/c.yaml": off, "shared/p.yaml": CLEAN})
        assert [one["path"] for one in peerlint("check", "--output", "json").data["diagnostics"]] == ["one/c.yaml"]
        assert peerlint("check", "--output", "json", "--cluster", "two").codes == []
        assert peerlint("check", "--output", "json", "two/c.yaml").codes == []


def test_stdout_of_ascii_takes_everything(folder: Path) -> None:
    write(folder, {"ä.yaml": FAULTY.replace("name: a", "name: '日本'")})
    answer = subprocess.run(
        [sys.executable, "-m", "linter", "check", "."],
        env={"PYTHONIOENCODING": "ascii", "PATH": "", "PYTHONPATH": ":".join(sys.path)},
        capture_output=True,
        check=False,
    )
    assert answer.returncode == 1, answer.stderr
    assert answer.stdout.isascii()


def test_a_closed_pipe_is_no_traceback(folder: Path) -> None:
    write(folder, {f"{number}.yaml": FAULTY for number in range(300)})
    command = f"{sys.executable} -m linter check --output concise . | head -n 1"
    answer = subprocess.run(["bash", "-c", command], capture_output=True, text=True, check=False, cwd=folder)
    assert "Traceback" not in answer.stderr
    assert answer.stdout.count("\n") == 1


def test_help_shows_only_what_works(peerlint: Callable[..., Outcome]) -> None:
    shown = peerlint("--help").out
    assert all(command in shown for command in ("check", "read", "select", "explain", "rules", "config"))
    assert not any(later in shown for later in ("plan", "graph", "sessions", "lsp"))


@pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
def test_completion_is_provided(shell: str, peerlint: Callable[..., Outcome]) -> None:
    outcome = peerlint("--print-completion", shell)
    assert outcome.status == 0
    assert "--fail-level" in outcome.out


def test_read_answers_line_by_line(peerlint: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO('"a: 1.10"\n"b: !has(x)"\n"c: ["\nnonsense\n'))
    outcome = peerlint("read", "--stdin")
    answers = [json.loads(line) for line in outcome.out.splitlines()]
    assert answers[:2] == [{"value": {"a": 1.1}}, {"value": {"b": ""}}]
    assert answers[2]["error"]["offset"] == 4
    assert isinstance(answers[3]["error"], str)
    assert outcome.status == 0


def test_read_prints_documents(folder: Path, peerlint: Callable[..., Outcome]) -> None:
    write(folder, {"a.yaml": "a: 1.10\n---\nb: yes\n", "bad.yaml": "a: ["})
    outcome = peerlint("read", "a.yaml")
    assert json.loads(f"[{outcome.out.replace('}', '},', 1)}]") == [{"a": 1.1}, {"b": True}]
    assert peerlint("read", "bad.yaml").status == 1
    assert peerlint("read", "none.yaml").status == 2


def test_explain_knows_names_and_codes(peerlint: Callable[..., Outcome]) -> None:
    by_name, by_code = peerlint("explain", "ttl-security-out-of-range"), peerlint("explain", "cal112")
    assert by_name == by_code
    assert "## Bad" in by_name.out
    assert "did you mean 'ttl-security-out-of-range'" in peerlint("explain", "ttl-security-out-of-rang").err
    assert peerlint("explain", "nothing-at-all").status == 2
    assert "begins the codes from CAL401 to CAL4" in peerlint("explain", "cal4").err


def test_rules_are_listed(peerlint: Callable[..., Outcome]) -> None:
    listed = peerlint("rules", "--output", "json").data
    assert {"CAL001", "CAL112", "CAL701"} <= {rule["code"] for rule in listed}
    assert peerlint("rules").out.count("\n") == len(listed)
    page = peerlint("rules", "--output", "markdown").out
    assert [line.split()[1] for line in page.splitlines() if line.startswith("| CAL")] == [
        one["code"] for one in listed
    ]


class TestUnknown:
    PEER = CLEAN + "  password: {secretKeyRef: {name: bgp, key: tor}}\n"

    def test_it_is_told_when_asked(self, folder: Path, peerlint: Callable[..., Outcome]) -> None:
        write(folder, {"a.yaml": self.PEER})
        assert "unknown" not in peerlint("check").out
        shown = " ".join(peerlint("check", "--show-unknown").out.split())
        assert "that needed to know more than is here" in shown
        assert "need secrets and complete: missing-secret" in shown

    def test_what_is_known_is_not(self, folder: Path, peerlint: Callable[..., Outcome]) -> None:
        manifest = "apiVersion: v1\nkind: Secret\nmetadata: {name: bgp, namespace: kube-system}\nstringData: {tor: x}\n"
        write(folder, {"a.yaml": self.PEER, "s.yaml": manifest, ".peerlint.yaml": "complete: true\n"})
        assert "missing-secret" not in peerlint("check", "--show-unknown").out

    def test_only_of_rules_that_were_asked(self, folder: Path, peerlint: Callable[..., Outcome]) -> None:
        write(folder, {"a.yaml": self.PEER})
        assert "missing-secret" not in peerlint("check", "--show-unknown", "--ignore", "CAL504").out
        write(folder, {"a.yaml": CONFIGURATION.replace("BGPConfiguration", "BGPFilter")})
        assert "unknown" not in peerlint("check", "--show-unknown").out


@pytest.mark.parametrize(
    "spec", ['{peerIP: "\\n", peerSelector: all()}', "{peerSelector: all(), asNumber: 'a\r\n\n  b'}"]
)
def test_every_message_is_one_line(spec: str, folder: Path, peerlint: Callable[..., Outcome]) -> None:
    head = "apiVersion: projectcalico.org/v3\nkind: BGPPeer\nmetadata: {name: a}\nspec: "
    write(folder, {"a.yaml": f"{head}{spec}\n"})
    said = peerlint("check", "--output", "json").data["diagnostics"]
    assert said
    assert all(one["message"].isprintable() and one["help"].isprintable() for one in said)
