"""What a run loads: a clean file pays for nothing that it does not need."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from linter.bundle import bundled
from linter.packs import INDEX, index
from tests.conftest import PEER, write

PROGRAM = """
import sys
import linter.bundle
own, rules = linter.bundle.bundled, {rules!r}
linter.bundle.bundled = lambda name: rules if name == "rules" else own(name)
sys.argv = ["peerlint", *{arguments!r}]
from linter.__main__ import main
main()
print("LOADED", *sorted(sys.modules), file=sys.stderr)
"""
HEAVY = {
    "rich",
    "jsonschema",
    "tatsu",
    "pygls",
    "pathspec",
    "dataclasses",
    "subprocess",
    "ruamel.yaml",
    "shutil",
    "yaml",
}


@pytest.fixture(scope="module")
def rules(tmp_path_factory: pytest.TempPathFactory) -> str:
    """The core rules with their index, as they are installed."""
    copy = tmp_path_factory.mktemp("installed") / "rules"
    shutil.copytree(bundled("rules"), copy, ignore=shutil.ignore_patterns("__pycache__"))
    (copy / INDEX).write_text(index(str(copy)), encoding="utf-8")
    return str(copy)


def loaded(rules: str, folder: Path, *arguments: str) -> set[str]:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(rules=rules, arguments=arguments)],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    return set(answer.stderr.split("LOADED", 1)[1].split())


@pytest.mark.parametrize("form", ["text", "concise"])
def test_a_clean_file_loads_nothing_heavy(form: str, rules: str, folder: Path) -> None:
    write(folder, {"a.yaml": PEER})
    modules = loaded(rules, folder, "check", "--output", form, "a.yaml")
    assert modules & HEAVY == set()
    assert len([name for name in modules if not name.startswith("linter_pack")]) < 160


def test_only_the_rules_that_are_asked_are_read(rules: str, folder: Path) -> None:
    write(folder, {"a.yaml": PEER})
    read = {name.rpartition(".")[2] for name in loaded(rules, folder, "check", "a.yaml") if "linter_pack" in name}
    assert {"_index", "peer_without_target", "malformed_peer_ip"} <= read
    assert not {"ttl_security_out_of_range", "unknown_field", "peer_reachable_through_itself"} & read
    folders = {"filter", "configuration", "node", "secret"}
    assert not {path.stem for name in folders for path in (Path(rules) / name).glob("*.py")} & read


def test_a_rules_finding_loads_no_jsonschema(rules: str, folder: Path) -> None:
    write(folder, {"a.yaml": PEER + "  ttlSecurity: 256\n"})
    assert loaded(rules, folder, "check", "a.yaml") & {"jsonschema", "tatsu", "pathspec", "subprocess"} == set()


def test_jsonschema_explains_what_is_faulty(rules: str, folder: Path) -> None:
    write(folder, {"a.yaml": PEER + "  nextHopMode: Kept\n"})
    assert "jsonschema" in loaded(rules, folder, "check", "a.yaml")


def test_a_strange_name_needs_no_jsonschema(rules: str, folder: Path) -> None:
    write(folder, {"a.yaml": PEER.replace("asNumber", "asNumbr")})
    assert "jsonschema" not in loaded(rules, folder, "check", "a.yaml")


def test_without_the_c_parser_it_says_what_to_install(rules: str, folder: Path) -> None:
    write(folder, {"a.yaml": PEER})
    program = "import sys; sys.modules['_ruamel_yaml'] = None; sys.argv = ['peerlint', 'check', 'a.yaml']\n"
    program += "from linter.__main__ import entry; entry()"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=folder)
    assert answer.returncode == 3
    assert "ruamel.yaml.clib" in answer.stderr
    assert "Traceback" not in answer.stderr
