#!/usr/bin/env python3
"""What peerlint costs, as ratios of CPU time measured in one interleaved run.

    python tests/benchmarks/run.py [--rounds 21] [--gate] [--json FILE]

Cold starts are compared with `python -c pass`, throughput with PyYAML's CSafeLoader reading the same bytes. What each
command finds is asserted before anything is timed, so that a run which checks nothing cannot look fast. Needs peerlint
installed (not editable, so that its modules are compiled) beside PyYAML in the interpreter that runs this.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
import tempfile
from pathlib import Path
from typing import NamedTuple

HERE = Path(__file__).parent
PYTHON = sys.executable
PEERLINT = str(Path(PYTHON).with_name("peerlint"))
DOCUMENTS = 10_000

CLEAN = """\
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: rack-1-tor
spec:
  nodeSelector: rack == 'rack-1'
  peerIP: 192.0.2.1
  asNumber: 64512
  nextHopMode: Keep
"""
RULED = CLEAN + "  ttlSecurity: 256\n"
EXPLAINED = CLEAN.replace("asNumber", "asNumbr")
READ = "import sys, yaml\nfor path in sys.argv[1:]:\n    for file in __import__('glob').glob(path + '/**/*.yaml', recursive=True):\n"
READ += "        with open(file, 'rb') as stream:\n            list(yaml.load_all(stream, yaml.CSafeLoader))\n"


class Command(NamedTuple):
    """A command to time: the floor it is held against, the gate (a ratio) and the goal."""

    name: str
    argv: list[str]
    floor: str = ""
    gate: float = 0.0
    goal: float = 0.0


class Cost(NamedTuple):
    """CPU seconds of one whole process (user and system), and its peak memory in MiB."""

    cpu: float
    peak: float


def main() -> int:
    """Assert the findings, time the commands, print the table; status 1 when a gate does not hold."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21, help="rounds of the cold starts; throughput has a third of them")
    parser.add_argument("--gate", action="store_true", help="status 1 when a ratio misses its gate")
    parser.add_argument("--json", metavar="FILE")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        cold, throughput = prepare(Path(folder))
        rows = [*measure(cold, options.rounds), *measure(throughput, max(3, options.rounds // 3))]
    print(table(rows))
    if options.json:
        Path(options.json).write_text(json.dumps(rows, indent=1) + "\n")
    missed = [row for row in rows if row["gate"] and row["ratio"] > row["gate"]]
    return 1 if options.gate and missed else 0


def prepare(folder: Path) -> tuple[list[Command], list[Command]]:
    """Write what is read, and assert that each command finds what it should."""
    corpus = folder / "corpus"
    subprocess.run([PYTHON, HERE / "gen_clusters.py", corpus, "--docs", str(DOCUMENTS)], check=True, stdout=subprocess.DEVNULL)
    planted = json.loads(corpus.with_name("corpus.json").read_text())["faults"]
    files = {"clean": (CLEAN, []), "ruled": (RULED, ["CAL112"]), "explained": (EXPLAINED, ["CAL022"])}
    for name, (text, codes) in files.items():
        (folder / f"{name}.yaml").write_text(text)
        assert codes == found(folder / f"{name}.yaml"), name
    assert sorted(fault["code"] for fault in planted) == sorted(found(corpus))
    cold = [
        Command("python -c pass", [PYTHON, "-c", "pass"]),
        Command("one clean file", [PEERLINT, "check", str(folder / "clean.yaml")], "python -c pass", 7, 4),
        Command("one rule's finding", [PEERLINT, "check", str(folder / "ruled.yaml")], "python -c pass", 14, 9),
        Command("one schema finding", [PEERLINT, "check", str(folder / "explained.yaml")], "python -c pass", 22, 15),
    ]
    throughput = [
        Command("CSafeLoader, 10,000 documents", [PYTHON, "-c", READ, str(corpus)]),
        Command("check, 10,000 documents", [PEERLINT, "check", str(corpus)], "CSafeLoader, 10,000 documents", 1.5, 1.0),
    ]
    return cold, throughput


def found(path: Path) -> list[str]:
    """Codes of the errors that `check` reports."""
    argv = [PEERLINT, "check", "--output", "json", "--exit-zero", str(path)]
    said = json.loads(subprocess.run(argv, check=True, capture_output=True, text=True).stdout)
    return [one["code"] for one in said["diagnostics"] if one["severity"] == "error"]


def measure(commands: list[Command], rounds: int) -> list[dict[str, float | str]]:
    """Every command once a round, in order, after a round of warming up; ratios are taken within a round."""
    taken: dict[str, list[Cost]] = {command.name: [] for command in commands}
    for number in range(rounds + 1):
        for command in commands:
            cost = timed(command.argv)
            if number:
                taken[command.name].append(cost)
    return [row(command, taken) for command in commands]


def timed(argv: list[str]) -> Cost:
    """The cost of one run, from the operating system's own accounts of the finished process."""
    process = subprocess.Popen(argv, stdin=subprocess.DEVNULL, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    assert process.returncode in (0, 1), argv
    return Cost(used.ru_utime + used.ru_stime, used.ru_maxrss / 1024)


def row(command: Command, taken: dict[str, list[Cost]]) -> dict[str, float | str]:
    """Medians of one command, and the median of its ratios to the floor."""
    own = taken[command.name]
    floor = taken[command.floor or command.name]
    ratios = [mine.cpu / base.cpu for mine, base in zip(own, floor, strict=True)]
    cpus = [cost.cpu for cost in own]
    return {
        "command": command.name,
        "ratio": round(statistics.median(ratios), 2),
        "gate": command.gate,
        "goal": command.goal,
        "cpu ms": round(statistics.median(cpus) * 1000, 1),
        "peak MiB": round(statistics.median(cost.peak for cost in own), 1),
        "spread": round(max(cpus) / min(cpus), 2),
    }


def table(rows: list[dict[str, float | str]]) -> str:
    """The rows as Markdown."""
    names = list(rows[0])
    lines = ["| " + " | ".join(names) + " |", "|" + " --- |" * len(names)]
    lines += ["| " + " | ".join(str(cell[name] or "–") for name in names) + " |" for cell in rows]
    return "\n".join(lines)


if __name__ == "__main__":
    sys.exit(main())
