"""Secrets: how each fix is written, which rule speaks alone, and that no output shows a value."""

from __future__ import annotations

import json
from base64 import b64decode, b64encode
from typing import TYPE_CHECKING, Any

import pytest

from linter.bundle import bundled
from linter.engine import Plan, analyse
from linter.examples import ExampleFile, judge
from linter.fixes import applied
from linter.packs import load
from linter.rulekit import Target
from linter.text import Source
from linter.yaml.parser import documents
from linter.yaml.plain import plain
from tests.conftest import write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from linter.diagnostics import Diagnostic, Fix
    from tests.conftest import Outcome

RULES = load(bundled("rules"))
FORMATS = ("text", "concise", "json", "jsonl")
PEER = """\
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata: {name: tor}
spec:
  peerIP: 10.20.0.1
  asNumber: 65001
  password: {secretKeyRef: {name: bgp, key: tor}}
"""
HOLDER = "apiVersion: v1\nkind: Secret\nmetadata: {name: bgp, namespace: NAMESPACE}\n"
INSTALLATION = """\
apiVersion: operator.tigera.io/v1
kind: Installation
metadata: {name: default}
spec: {calicoNetwork: {nodeAddressAutodetectionV4: {kubernetes: NodeInternalIP}}}
"""
RBAC = """\
apiVersion: rbac.authorization.k8s.io/v1
kind: ClusterRole
metadata: {name: any}
rules: []
"""


def secret(values: str, namespace: str = "calico-system") -> str:
    return HOLDER.replace("NAMESPACE", namespace) + values


def judged(*texts: str, complete: bool = False) -> list[Diagnostic]:
    files = [ExampleFile("x.yaml", "---\n".join(texts))]
    if complete:
        files.append(ExampleFile(".peerlint.yaml", "complete: true\n"))
    return list(judge(files, RULES))


def codes(*texts: str, complete: bool = False) -> list[str]:
    return [one.code for one in judged(*texts, complete=complete)]


def fixed(fix: Fix, text: str) -> str:
    return applied(text, fix.edits)


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("|\n    an example\n", "|-\n    an example\n"),
        ("|+  # by hand\n    an example\n\n", "|-  # by hand\n    an example\n\n"),
        ("|2+\n    an example\n", "|2-\n    an example\n"),
        ("|+2\n    an example\n", "|2-\n    an example\n"),
        (">\n    an\n    example\n", ">-\n    an\n    example\n"),
        ('"an example\\n"  # by hand\n', '"an example"  # by hand\n'),
        ('"an example\\r\\n\\n"\n', '"an example"\n'),
        ('"an \\\\ example\\n"\n', '"an \\\\ example"\n'),
        ("&word |\n    an example\n", "&word |-\n    an example\n"),
        ("'an example\n\n    '\n", "'an example'\n"),
        ("!!str |\n    an example\n", "!!str |-\n    an example\n"),
    ],
)
def test_text_loses_its_line_break_in_the_style_it_has(written: str, mended: str) -> None:
    before = PEER + "---\n" + secret(f"stringData:\n  tor: {written}  other: kept\n")
    (said,) = (one for one in judged(before) if one.code == "CAL502")
    assert said.fix
    assert fixed(said.fix, before) == before.replace(written, mended)
    assert codes(fixed(said.fix, before)) == []


@pytest.mark.parametrize(
    "value", [b"an example\n", b"1\n", b"\xff\xfe\n", b"a\r\n\n", b"\xd7m\xf8\n", b"an example of some length\n"]
)
@pytest.mark.parametrize("form", ["{}  # by hand", "'{}'", '"{}"', "|\n    {}", "&word {}"])
def test_base64_loses_it_before_it_is_encoded(value: bytes, form: str) -> None:
    before = PEER + "---\n" + secret("data:\n  tor: " + form.format(b64encode(value).decode()) + "\n  other: YWI=\n")
    (said,) = (one for one in judged(before) if one.code == "CAL502")
    assert said.fix
    after = fixed(said.fix, before)
    data: Any = [plain(document.root) for document in documents(Source("x.yaml", after), {})][1]
    assert b64decode(data["data"]["tor"]) == value.rstrip(b"\r\n")
    assert not any(f"tor: {quote}" in before and f"tor: {quote}" not in after for quote in ("'", '"'))
    assert ("# by hand" in after) == ("# by hand" in before)
    assert ("&word" in after) == ("&word" in before)
    assert after.endswith("\n  other: YWI=\n")
    assert codes(after) == []


def test_a_fingerprint_tells_nothing_of_the_value() -> None:
    def prints(value: str, code: str) -> set[str]:
        return {one.fingerprint for one in judged(PEER, secret(f"stringData: {{tor: {value}}}\n")) if one.code == code}

    for code, values in (
        ("CAL502", ('a"b', 'a"bc')),
        ("CAL501", ("x" * 81, "y" * 81)),
        ("CAL025", ("1", "22", "[1]", "[2]")),
    ):
        assert len(set().union(*(prints(value, code) for value in values))) == 1, code
    data = [one.fingerprint for value in ("!", "?!") for one in judged(secret(f"data: {{tor: '{value}'}}\n"))]
    assert len(data) == 2
    assert len(set(data)) == 1


def test_json_stays_json() -> None:
    manifests: list[Any] = [
        next(plain(one.root) for one in documents(Source("", text), {})) for text in (PEER, secret(""))
    ]
    manifests[1]["stringData"] = {"tor": 'a\\"\n'.replace('"', "")}
    before = json.dumps({"apiVersion": "v1", "kind": "List", "items": manifests})
    (said,) = judged(before)
    assert said.fix
    assert json.loads(fixed(said.fix, before))["items"][1]["stringData"] == {"tor": "a\\"}


@pytest.mark.parametrize("value", ['"\\n"', '"a\\nb\\n"', "'a\"b\n\n  '", 'a"b', '"a\\nb"'])
def test_no_fix_where_that_would_not_mend_it(value: str) -> None:
    (said,) = (one for one in judged(PEER, secret(f"stringData:\n  tor: {value}\n")) if one.code == "CAL502")
    assert said.fix is None
    assert "both ends" in said.help


@pytest.mark.parametrize(
    ("values", "complete", "wanted"),
    [
        ("stringData: {tor: ''}\n", False, ["CAL503"]),
        ('stringData: {tor: "a\\n"}\n', False, ["CAL502"]),
        ("stringData: {tor: null}\n", False, ["CAL503"]),
        ("stringData: {tor: 5}\n", False, ["CAL025"]),
        ("stringData: {tor: [x]}\n", False, ["CAL025"]),
        ("data: {tor: '!'}\n", False, ["CAL026"]),
        ("stringData: {other: x}\n", False, ["CAL504"]),
        ("stringData: {tor: x}\n", True, ["CAL506"]),
        ("stringData: {other: x}\n", True, ["CAL504"]),
    ],
)
def test_one_mistake_is_told_once(values: str, complete: bool, wanted: list[str]) -> None:
    assert sorted(codes(PEER, INSTALLATION, RBAC, secret(values), complete=complete)) == wanted


@pytest.mark.parametrize(
    ("value", "advice"),
    [
        (b"x" * 80 + b"\r\n", "take the line break off"),
        (b"x" * 81, "choose a password of at most 80 bytes"),
        (b"x" * 81 + b"\n", "choose a password of at most 80 bytes"),
    ],
)
def test_a_line_break_too_many_is_taken_off(value: bytes, advice: str) -> None:
    data = f"data: {{tor: {b64encode(value).decode()}}}\n"
    (said,) = (one for one in judged(PEER, secret(data)) if one.code == "CAL501")
    assert said.help.startswith(advice)


@pytest.mark.parametrize("value", ["''", '"a\\n"', 'a"b', "x" * 81, "sound"])
def test_a_secret_that_is_never_found_is_told_alone(value: str) -> None:
    wrong = secret(f"stringData: {{tor: {value}}}\n", "kube-system")
    assert codes(PEER, INSTALLATION, RBAC, wrong, complete=True) == ["CAL505"]


def test_a_secret_that_does_not_exist_is_told_alone() -> None:
    assert codes(PEER, INSTALLATION, RBAC, complete=True) == ["CAL504"]


def test_a_near_name_is_offered_of_secrets_that_have_the_key() -> None:
    def advice(*texts: str) -> str:
        (said,) = (one for one in judged(PEER, *texts, complete=True) if one.code == "CAL504")
        return said.help if said.fix else ""

    near = secret("stringData: {tor: x}\n", "kube-system").replace("name: bgp", "name: bpg")
    assert advice(near) == "did you mean bpg?"
    assert advice(near.replace("{tor:", "{other:")) == ""
    assert advice(near.replace("kube-system", "metallb-system")) == ""
    assert advice(INSTALLATION, near) == ""
    assert advice(near.replace("name: bpg", "name: bgp2")) == ""


@pytest.mark.parametrize(
    ("key", "near", "written"),
    [("tor", "tro", "tro"), ("'tor'", "tro", "'tro'"), ('"tor"', "tro", '"tro"'), ("yess", "yes", "'yes'")],
)
def test_a_near_key_is_written_as_text(key: str, near: str, written: str) -> None:
    text = PEER.replace("key: tor", f"key: {key}")
    (said,) = judged(text, secret(f"stringData: {{'{near}': x}}\n"))
    assert said.fix
    assert fixed(said.fix, text) == PEER.replace("key: tor", f"key: {written}")


def test_a_secret_is_moved_only_where_that_is_one_edit() -> None:
    def fix_of(*texts: str) -> Fix | None:
        (said,) = (one for one in judged(PEER, INSTALLATION, *texts, complete=True) if one.code == "CAL505")
        return said.fix

    wrong = secret("stringData: {tor: x}\n", "kube-system")
    assert fix_of(wrong)
    assert fix_of(wrong, wrong.replace("kube-system", "default")) is None
    sealed = "apiVersion: bitnami.com/v1alpha1\nkind: SealedSecret\nmetadata: {name: bgp, namespace: default}\n"
    assert fix_of(sealed) is None


def test_a_secret_that_was_only_read_of_a_cluster_is_not_moved(folder: Path, peerlint: Callable[..., Outcome]) -> None:
    wrong = secret("stringData: {tor: x}\n", "kube-system")
    write(folder, {"x.yaml": f"{PEER}---\n{INSTALLATION}", "dump.yaml": wrong, ".peerlint.yaml": "complete: true\n"})
    for arguments, fixable in (((), True), (("--inventory", "dump.yaml"), False)):
        (said,) = peerlint("check", "--output", "json", *arguments).data["diagnostics"]
        assert (said["code"], bool(said["fix"])) == ("CAL505", fixable)


@pytest.mark.parametrize("end", ["\n", ""])
@pytest.mark.parametrize("newline", ["\n", "\r\n"])
def test_access_is_given_by_two_more_documents(end: str, newline: str) -> None:
    parts = (INSTALLATION, RBAC, secret("stringData: {tor: x}\n"), PEER)
    before = ("---\n".join(parts).rstrip("\n") + end).replace("\n", newline)
    (said,) = judged(before, complete=True)
    assert said.fix
    after = fixed(said.fix, before)
    assert after.startswith(before)
    assert after.count("\n") == after.count(newline)
    assert ("\r" in after) is (newline == "\r\n")
    assert codes(after, complete=True) == []


def test_access_is_offered_once_and_only_where_it_can_be_written() -> None:
    parts = [INSTALLATION, RBAC, secret("stringData: {tor: x}\n"), PEER]
    again = PEER.replace("name: tor", "name: two").replace("10.20.0.1", "10.20.0.2")
    assert [bool(one.fix) for one in judged(*parts, again, complete=True)] == [True, False]
    taken = RBAC.replace("ClusterRole", "Role").replace("name: any", "name: calico-node-bgp, namespace: net")
    assert [one.fix for one in judged(*parts, taken, complete=True)] == [None]
    bound = taken.replace("kind: Role", "kind: RoleBinding").replace("rules: []", "roleRef: {kind: Role, name: other}")
    assert [one.fix for one in judged(*parts, bound, complete=True)] == [None]
    (said,) = judged(*parts[1:], complete=True)
    assert said.fix is None
    assert said.help.startswith("in the namespace of calico-node, bind ServiceAccount calico-node to a Role")
    flow = json.dumps(next(plain(one.root) for one in documents(Source("", PEER), {}))) + "\n"
    assert [one.fix for one in judged(*parts[:3], flow, complete=True)] == [None]


SPOILT = (
    "stringData: {tor: VALUE}",
    "stringData: {tor: 'VALUE\"'}",
    'stringData: {tor: "VALUE\\n"}',
    "stringData: {tor: [VALUE]}",
    "stringData: {tor: &VALUE 1}",
    "stringData:\n  tor: !VALUE [1]\n",
    "stringData: VALUE",
    "stringdata: {tor: VALUE, 'tor': VALUE}",
    "data: {tor: VALUE}",
    "data: {tor: {a: VALUE}}",
    "stringData:\n  tor: |\n    VALUE\n",
    "password: VALUE\nstringData: {other: VALUE}",
    "stringData: {tor: VALUE, tor: VALUE}",
    "stringData: {tor: VALUE",
    "metadata: {name: bgp}\nstringData: {tor: VALUE}",
)


@pytest.mark.parametrize("value", ["!7#", "70907", "hunter-too", "hunter-too!" * 9])
def test_no_output_shows_a_value(value: str, folder: Path, peerlint: Callable[..., Outcome]) -> None:
    (folder / ".peerlint.yaml").write_text("complete: true\n")
    for number, values in enumerate(SPOILT):
        text = "---\n".join((PEER, INSTALLATION, RBAC, secret(values.replace("VALUE", value) + "\n")))
        (folder / f"x{number}.yaml").write_text(text)
    for command in (*(("check", "--output", form, "--exit-zero") for form in FORMATS), ("fix", "--diff", "--unsafe")):
        outcome = peerlint(*command, ".")
        assert value not in outcome.out + outcome.err, command
        if command[0] == "check":
            assert outcome.status == 0, outcome.err
            assert all(f"x{number}.yaml" in outcome.out for number in range(len(SPOILT)))


def test_a_secret_is_hidden_whatever_stands_beside_it() -> None:
    text = "apiVersion: v1\nkind: {}\nmetadata: {{name: a}}\nstringData: {{a: hunter2}}\n---\nkind: Other\n"
    for kind in ("Secret", "secret"):
        analysis = analyse(Source("a.yaml", text.format(kind)), Plan(RULES, Target()))
        assert [analysis.source[span] for span in analysis.secrets] == ["hunter2"]
