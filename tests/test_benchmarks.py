"""The benchmarks measure what they say: the same bytes everywhere, and only what finds what it should is timed."""

from __future__ import annotations

import hashlib
import json
import os
import subprocess
import sys
from importlib.metadata import PackageNotFoundError, PathDistribution
from typing import TYPE_CHECKING

import pytest

from tests.benchmarks import run, selector

if TYPE_CHECKING:
    from importlib.metadata import Distribution
    from pathlib import Path

CORPUS = run.HERE / "corpus.py"
SMALL = ("--docs", "400", "--clusters", "3", "--nodes", "90", "--faults", "0.1")
PINNED = {
    "": "b176db16ac766036e75ac1d6f3647d1dd80a1590b6914d41af6c78bc02a14ca4",
    "--design rr": "6c27f82341a10ed5cafcd595f0f6827bcadfde42e6d1df7dc3931dbdddd8cb7f",
    "--design tor": "6dc54802ffc899d307f3190c10441b14f01d45b40128bd1ea2be37ec55120c28",
    "--design mesh": "2138b8f2fd019d71e379a44cb09f51dbdc823ef88f5adb702a1eecbd70f31651",
}


def generate(out: Path, *options: str, hash_seed: str = "0") -> subprocess.CompletedProcess[str]:
    environment = {**os.environ, "PYTHONHASHSEED": hash_seed}
    argv = [sys.executable, str(CORPUS), str(out), *options]
    return subprocess.run(argv, env=environment, capture_output=True, text=True, check=False)


def manifests(out: Path) -> list[Path]:
    return sorted(out.rglob("m*.yaml"))


def sha256(paths: list[Path]) -> str:
    return hashlib.sha256(b"".join(path.read_bytes() for path in paths)).hexdigest()


@pytest.mark.parametrize("design", PINNED)
def test_the_corpus_is_the_same_bytes_everywhere(design: str, tmp_path: Path) -> None:
    for seed in ("1", "2"):
        assert generate(tmp_path / seed, *SMALL, *design.split(), hash_seed=seed).returncode == 0
        assert sha256(manifests(tmp_path / seed)) == PINNED[design]
    said = [json.loads((tmp_path / f"{seed}.json").read_text()) for seed in ("1", "2")]
    assert said[0] == said[1]
    assert said[0]["sha256"] == PINNED[design]


def test_the_corpus_says_what_it_is(tmp_path: Path) -> None:
    out = tmp_path / "corpus"
    assert generate(out, "--docs", "300", "--clusters", "3", "--nodes", "50", "--faults", "0.1").returncode == 0
    said = json.loads((tmp_path / "corpus.json").read_text())
    texts = [path.read_text() for path in manifests(out)]
    assert said["files"] == len(texts)
    assert said["bytes"] == sum(len(text.encode()) for text in texts)
    assert said["documents"] == sum(said["kinds"].values()) == sum(len(text.split("---\n")) for text in texts) == 300
    assert len({fault["code"] for fault in said["faults"]}) == 5
    for fault in said["faults"]:
        assert f"\n  name: {fault['name']}\n" in (out / fault["path"]).read_text()


def test_another_seed_is_another_corpus(tmp_path: Path) -> None:
    for seed in ("7", "8"):
        generate(tmp_path / seed, "--docs", "60", "--clusters", "1", "--nodes", "20", "--seed", seed)
    assert sha256(manifests(tmp_path / "7")) != sha256(manifests(tmp_path / "8"))


def test_a_corpus_is_never_written_over(tmp_path: Path) -> None:
    done = generate(tmp_path, "--docs", "60")
    assert (done.returncode, list(tmp_path.iterdir())) == (2, [])
    assert "exists" in done.stderr


@pytest.mark.slow
def test_a_run_finds_what_was_planted(tmp_path: Path) -> None:
    run.prepare(tmp_path, 200)
    assert json.loads((tmp_path / "corpus.json").read_text())["faults"]


@pytest.mark.slow
def test_a_finding_that_is_missing_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "SAMPLES", {"ruled.yaml": (run.CLEAN, ["CAL112"])})
    with pytest.raises(run.UnfitError, match=r"findings in ruled.yaml: \[\] instead of .*CAL112"):
        run.prepare(tmp_path, 200)


@pytest.mark.slow
def test_a_finding_that_was_not_planted_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def tampered(folder: Path, documents: int) -> dict[str, object]:
        written: dict[str, list[object]] = write_corpus(folder, documents)
        return {**written, "faults": written["faults"][1:]}

    write_corpus = run.write_corpus
    monkeypatch.setattr(run, "SAMPLES", {})
    monkeypatch.setattr(run, "write_corpus", tampered)
    with pytest.raises(run.UnfitError, match="findings in the corpus"):
        run.prepare(tmp_path, 200)


@pytest.mark.slow
def test_a_frame_that_is_missing_stops_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    silent = run.Entry("silent", (sys.executable, "-c", "pass"), 1)
    monkeypatch.setattr(run, "SAMPLES", {})
    monkeypatch.setattr(run, "COLD", (silent,))
    with pytest.raises(run.UnfitError, match="frames from silent"):
        run.prepare(tmp_path, 200)


def test_other_bytes_stop_the_run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "DOCUMENTS", 200)
    with pytest.raises(run.UnfitError, match="SHA-256 of the corpus"):
        run.write_corpus(tmp_path, 200)


def test_a_command_that_ends_otherwise_stops_the_run(tmp_path: Path) -> None:
    with pytest.raises(run.UnfitError, match="exit status of broken: 3 instead of 1"):
        run.seconds(run.Entry("broken", (sys.executable, "-c", "raise SystemExit(3)"), 1), tmp_path)


def test_commands_do_not_inherit_what_changes_a_start() -> None:
    program = f"import sys; sys.path.insert(0, {str(run.HERE)!r}); import run; print(sorted(run.ENVIRONMENT))"
    environment = {**os.environ, "PYTHONDONTWRITEBYTECODE": "1", "PYTHONPATH": "x", "KEPT": "1"}
    said = subprocess.run([sys.executable, "-c", program], env=environment, capture_output=True, text=True, check=True)
    assert "'KEPT'" in said.stdout
    assert "'PYTHON" not in said.stdout


def installed(folder: Path, origin: str) -> Distribution:
    (folder / "METADATA").write_text("Name: peerlint\nVersion: 1\n")
    (folder / "direct_url.json").write_text(origin)
    return PathDistribution(folder)


def test_an_editable_checkout_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    editable = installed(tmp_path, '{"url": "file:///src", "dir_info": {"editable": true}}')
    monkeypatch.setattr(run, "distribution", lambda name: editable)
    with pytest.raises(run.UnfitError, match=r"editable checkout.*pip install \. pyyaml"):
        run.make_ready()


def test_a_missing_peerlint_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(name: str) -> Distribution:
        raise PackageNotFoundError(name)

    monkeypatch.setattr(run, "distribution", missing)
    with pytest.raises(run.UnfitError, match=r"not installed.*pip install \. pyyaml"):
        run.make_ready()


def test_a_missing_pyyaml_is_told(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(run, "distribution", lambda name: installed(tmp_path, '{"url": "file:///src", "dir_info": {}}'))
    monkeypatch.setattr(run, "find_spec", lambda name: None)
    with pytest.raises(run.UnfitError, match="PyYAML with its C reader is not installed"):
        run.make_ready()


def test_ratios_are_taken_round_by_round() -> None:
    entry = run.Entry("x", floor="y", goal=1, gate=2)
    row = run.row(entry, {"x": [2.0, 30.0, 8.0], "y": [1.0, 10.0, 2.0]})
    assert (row.seconds, row.spread, row.low, row.ratio, row.high) == (8, 15, 2, 3, 4)


@pytest.mark.parametrize(
    ("ratio", "gate", "missed", "held"),
    [
        (0.9, 2, False, "goal"),
        (1.0, 2, False, "goal"),
        (2.0, 2, False, "gate"),
        (2.1, 2, True, "missed"),
        (9, 0, False, ""),
    ],
)
def test_gates(ratio: float, gate: float, missed: bool, held: str) -> None:
    row = run.Row(run.Entry("x", floor="y", goal=1, gate=gate), 0.0123, 1.5, ratio, ratio, ratio)
    assert row.missed is missed
    assert run.table([row]).splitlines()[-1].endswith(f"| {held} |")
    assert run.table([row]).splitlines()[-1].startswith("| x | 12.3 ms | 1.50 |")


@pytest.mark.parametrize(("gate", "missed", "status"), [(True, True, 1), (True, False, 0), (False, True, 0)])
def test_only_a_missed_gate_fails(gate: bool, missed: bool, status: int, monkeypatch: pytest.MonkeyPatch) -> None:
    row = run.Row(run.Entry("x", floor="y", goal=1, gate=2), 1, 1, 3 if missed else 1.5, 1, 1)
    monkeypatch.setattr(run, "make_ready", lambda: None)
    monkeypatch.setattr(run, "measure", lambda folder, documents, rounds: [row])
    monkeypatch.setattr(sys, "argv", ["run.py", *(["--gate"] if gate else [])])
    assert run.main() == status


def test_an_unfit_machine_is_told(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]) -> None:
    def unfit() -> None:
        raise run.UnfitError("peerlint is not installed")

    monkeypatch.setattr(run, "make_ready", unfit)
    monkeypatch.setattr(sys, "argv", ["run.py"])
    assert run.main() == 2
    assert capsys.readouterr().err == "run.py: peerlint is not installed\n"


def test_selectors_are_distinct_and_read() -> None:
    texts = selector.selectors(200)
    assert len(set(texts)) == 200
    assert texts == selector.selectors(200)
    found = selector.parsed(selector.sources(texts))
    selector.verify(texts, found)
    with pytest.raises(AssertionError):
        selector.verify(texts, found[1:])
