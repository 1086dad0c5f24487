"""What a run loads: a clean file pays for nothing that it does not need."""

from __future__ import annotations

import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from tests.conftest import PEER, write

if TYPE_CHECKING:
    from pathlib import Path

PROGRAM = """
import sys
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


def loaded(folder: Path, *arguments: str) -> set[str]:
    answer = subprocess.run(
        [sys.executable, "-c", PROGRAM.format(arguments=arguments)],
        capture_output=True,
        text=True,
        check=True,
        cwd=folder,
    )
    return set(answer.stderr.split("LOADED", 1)[1].split())


@pytest.mark.parametrize("form", ["text", "concise"])
def test_a_clean_file_loads_nothing_heavy(form: str, folder: Path) -> None:
    write(folder, {"a.yaml": PEER})
    modules = loaded(folder, "check", "--output", form, "a.yaml")
    assert modules & HEAVY == set()
    assert len([name for name in modules if not name.startswith("linter_pack")]) < 160


def test_a_rules_finding_loads_no_jsonschema(folder: Path) -> None:
    write(folder, {"a.yaml": PEER + "  ttlSecurity: 256\n"})
    assert loaded(folder, "check", "a.yaml") & {"jsonschema", "tatsu", "pathspec", "subprocess"} == set()


def test_jsonschema_explains_what_is_faulty(folder: Path) -> None:
    write(folder, {"a.yaml": PEER.replace("asNumber", "asNumbr")})
    assert "jsonschema" in loaded(folder, "check", "a.yaml")


def test_without_the_c_parser_it_says_what_to_install(folder: Path) -> None:
    write(folder, {"a.yaml": PEER})
    program = "import sys; sys.modules['_ruamel_yaml'] = None; sys.argv = ['peerlint', 'check', 'a.yaml']\n"
    program += "from linter.__main__ import entry; entry()"
    answer = subprocess.run([sys.executable, "-c", program], capture_output=True, text=True, check=False, cwd=folder)
    assert answer.returncode == 3
    assert "ruamel.yaml.clib" in answer.stderr
    assert "Traceback" not in answer.stderr
