"""Users' rule packs: loaded where the user names them, held to the same laws, never found by searching."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PEER, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

NAMED = PEER.replace("{name: a}", "{name: example}")


@pytest.fixture
def pack(folder: Path, peerlint: Callable[..., Outcome]) -> Path:
    """A pack of one rule, as `peerlint new rule` writes it, and a manifest that breaks the rule."""
    assert peerlint("new", "rule", "empty-name", "--pack", "net-rules").status == 0
    write(folder, {"a.yaml": NAMED})
    return folder / "net-rules"


def test_a_new_rule_holds_and_is_not_overwritten(pack: Path, peerlint: Callable[..., Outcome]) -> None:
    outcome = peerlint("test", "net-rules")
    assert (outcome.status, outcome.out) == (
        0,
        "ok    NET001  empty-name, 2 examples\nnet-rules: 1 rule, all hold\n",
    )
    before = (pack / "empty_name.py").read_text()
    again = peerlint("new", "rule", "empty-name", "--pack", "net-rules", "--severity", "hint")
    assert again.status == 2
    assert "exists already" in again.err
    assert (pack / "empty_name.py").read_text() == before


def test_codes_go_on_where_the_pack_ends(pack: Path, peerlint: Callable[..., Outcome]) -> None:
    assert "NET002" in peerlint("new", "rule", "other-name", "--pack", "net-rules", "--severity", "error").out
    assert peerlint("new", "rule", "third-name", "--pack", "net-rules", "--code", "XY0999").status == 0
    assert peerlint("new", "rule", "fourth-name", "--pack", "7").out.startswith("7/fourth_name.py: USR001")
    assert peerlint("test", "net-rules", "7").status == 0
    assert "XY1000" in peerlint("new", "rule", "fifth-name", "--pack", "net-rules").out
    assert "XY1001" in peerlint("new", "rule", "sixth-name", "--pack", "net-rules").out


@pytest.mark.parametrize(
    "words",
    [
        ("single",),
        ("Upper-Case",),
        ("empty-name-2", "--code", "CAL199"),
        ("empty-name-2", "--code", "N1"),
        ("empty-name-2", "--pack", "rules"),
    ],
)
def test_no_rule_comes_of_a_bad_name_or_code(
    words: tuple[str, ...], pack: Path, peerlint: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("linter.cli.new.bundled", lambda _: "rules")
    assert peerlint("new", "rule", "--pack", "net-rules", *words).status == 2
    assert [path.name for path in pack.glob("*.py")] == ["empty_name.py"]


def test_a_name_of_peerlint_is_taken(pack: Path, peerlint: Callable[..., Outcome]) -> None:
    outcome = peerlint("new", "rule", "node-and-node-selector", "--pack", "net-rules")
    assert (outcome.status, [path.name for path in pack.glob("*.py")]) == (2, ["empty_name.py"])
    assert "is a rule of peerlint already" in outcome.err


def test_a_pack_speaks_like_the_core(pack: Path, folder: Path, peerlint: Callable[..., Outcome]) -> None:
    assert peerlint("check", "--output", "json").codes == []
    write(folder, {".peerlint.yaml": "rulePacks: [./net-rules]\nseverity: {empty-name: error}\n"})
    (said,) = peerlint("check", "--output", "json").data["diagnostics"]
    assert (said["code"], said["severity"], said["url"]) == ("NET001", "error", None)
    assert "peerlint explain empty-name" in peerlint("check").out
    assert "NET001" in peerlint("rules").out
    assert "says nothing" in peerlint("explain", "empty-name").out
    assert peerlint("check", "--output", "json", "--ignore", "NET").codes == []
    write(folder, {"a.yaml": "# peerlint: ignore-file[NET001] a test\n" + NAMED})
    assert peerlint("check", "--output", "json").codes == []


def test_a_pack_is_loaded_from_the_root_of_the_repository_alone(
    pack: Path, folder: Path, peerlint: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    mark = folder / "loaded"
    rule = pack / "empty_name.py"
    rule.write_text(f"{rule.read_text()}\nopen({str(mark)!r}, 'w').close()\n")
    write(folder, {"below/.peerlint.yaml": "rulePacks: [../net-rules]\n", "below/a.yaml": NAMED})
    refused = peerlint("check", "--output", "json", "below")
    assert (refused.status, refused.codes) == (2, ["CAL010"])
    assert "not loaded" in refused.data["diagnostics"][0]["message"]
    assert not mark.exists()
    subprocess.run(["git", "init", "-q", str(folder)], check=True)
    monkeypatch.chdir(folder / "below")
    assert peerlint("check", "--output", "json", ".").codes == ["CAL010"]
    assert not mark.exists()
    assert peerlint("check", "--output", "json", "--config", ".peerlint.yaml", ".").codes == ["NET001"]
    assert mark.exists()
    mark.unlink()
    write(folder, {".peerlint.yaml": "rulePacks: [net-rules]\n"})
    (folder / "below" / ".peerlint.yaml").unlink()
    assert peerlint("check", "--output", "json", ".").codes == ["NET001"]
    assert mark.exists()


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda text: text.replace("NET001", "CAL112"), "CAL112 is no code"),
        (lambda text: text.replace("NET001", "net1"), "net1 is no code"),
        (lambda text: text.replace("@document_rule", "# "), "exactly one decorated check"),
        (lambda text: text + "\nimport nowhere\n", "ModuleNotFoundError"),
        (lambda text: text + "\nraise SystemExit(0)\n", "SystemExit"),
        (lambda text: "", "exactly one decorated check"),
    ],
)
def test_a_pack_that_cannot_be_loaded_is_told_where_it_is_named(
    change: Callable[[str], str], complaint: str, pack: Path, folder: Path, peerlint: Callable[..., Outcome]
) -> None:
    path = pack / "empty_name.py"
    path.write_text(change(path.read_text()))
    write(folder, {".peerlint.yaml": "rulePacks:\n  - net-rules\n"})
    outcome = peerlint("check", "--output", "json")
    assert (outcome.status, outcome.codes) == (2, ["CAL010"])
    assert outcome.data["diagnostics"][0]["range"]["start"]["line"] == 2
    assert complaint in outcome.data["diagnostics"][0]["message"]
    failed = peerlint("test", "net-rules")
    assert failed.status == 1
    assert complaint in failed.out
    assert complaint in peerlint("explain", "CAL112").err


@pytest.mark.parametrize("named", ["nowhere", "a.yaml", "empty"])
def test_what_is_no_pack_is_a_mistake(named: str, pack: Path, folder: Path, peerlint: Callable[..., Outcome]) -> None:
    (folder / "empty").mkdir()
    write(folder, {".peerlint.yaml": f"rulePacks: [net-rules, {named}]\n"})
    assert peerlint("check", "--output", "json").codes == ["CAL010"]
    assert peerlint("test", named).status == (2 if named == "nowhere" else 1)


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        (lambda text: text.replace("# warning: 'example'", "# error: 'example'"), "was not met"),
        (lambda text: text.replace('value == "example"', 'value != ""'), "is not good"),
        (lambda text: text.replace("    if peer.name and", "    1 / 0\n    if peer.name and"), "ZeroDivisionError"),
        (lambda text: text.replace("Peer has a name", "Peer" + " has a name" * 10), "100 characters"),
        (lambda text: text.replace("from collections.abc", "import rich\nfrom collections.abc"), "not rich"),
    ],
)
def test_a_rule_that_breaks_a_law_fails_its_test(
    change: Callable[[str], str], complaint: str, pack: Path, peerlint: Callable[..., Outcome]
) -> None:
    path = pack / "empty_name.py"
    path.write_text(change(path.read_text()))
    outcome = peerlint("test", "net-rules")
    assert outcome.status == 1
    assert complaint in outcome.out
    assert "1 failed" in outcome.out


def test_further_cases_of_a_pack_are_run(pack: Path, folder: Path, peerlint: Callable[..., Outcome]) -> None:
    case = "## Bad\n\n```yaml\n{}```\n\n## Good\n\n```yaml\n{}```\n"
    bad = NAMED.replace("{name: example}", "{name: example}  # warning: says nothing")
    write(folder, {"net-rules/cases/empty-name.md": case.format(bad, PEER)})
    assert "4 examples" in peerlint("test", "net-rules").out
    write(folder, {"net-rules/cases/empty-name.md": case.format(bad, NAMED)})
    assert peerlint("test", "net-rules").status == 1


def test_two_packs_may_not_share_a_rule(pack: Path, folder: Path, peerlint: Callable[..., Outcome]) -> None:
    peerlint("new", "rule", "empty-name", "--pack", "core", "--code", "ABC001")
    write(folder, {".peerlint.yaml": "rulePacks: [core, net-rules]\n"})
    outcome = peerlint("check", "--output", "json")
    assert outcome.codes == ["CAL010"]
    assert "empty-name is taken by a rule of" in outcome.data["diagnostics"][0]["message"]
