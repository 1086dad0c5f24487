#!/usr/bin/env python3
"""What peerlint costs, as ratios of CPU time measured in one interleaved run.

    python3 -m venv /tmp/bench && /tmp/bench/bin/pip install . pyyaml && /tmp/bench/bin/python tests/benchmarks/run.py

Cold starts are held against `python -c pass`, throughput against PyYAML's CSafeLoader reading the same bytes, selectors
against parsing the documents that they stand in. What each command finds is verified before anything is timed, so that
a run which checks nothing cannot look fast. Every command runs once a round, in order; a ratio is taken within its
round, and the table has the medians of the rounds and the quartiles. CPU is user and system time of the finished
process. Spread is the dearest round over the cheapest: far above 1, the machine was busy with something else.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import statistics
import subprocess
import sys
import tempfile
from importlib.metadata import PackageNotFoundError, distribution
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

HERE = Path(__file__).resolve().parent
PYTHON = sys.executable
PEERLINT = str(Path(PYTHON).with_name("peerlint"))
ENVIRONMENT = {name: value for name, value in os.environ.items() if not name.startswith("PYTHON")}
"""Python's own variables change what a start costs, PYTHONDONTWRITEBYTECODE threefold."""

DOCUMENTS = 10_000
CORPUS_SHA256 = "dff05fb7b9c41b9756f9453c88ef61d50bd0fc21fc3f125068d4e8718a83f160"
"""The bytes of the corpus at its full size."""

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
CONFIGURATION = """\
calicoVersion: "3.33"
kubernetesVersion: "1.36"
ignore: [ttl-security-out-of-range]
severity: {mesh-disabled-without-peers: error}
"""
SAMPLES = {
    "clean.yaml": (CLEAN, []),
    "ruled.yaml": (RULED, ["CAL112"]),
    "explained.yaml": (CLEAN.replace("Keep", "Kept"), ["CAL026"]),
    "configured/.peerlint.yaml": (CONFIGURATION, []),
    "configured/clean.yaml": (CLEAN, []),
    "configured/ruled.yaml": (RULED, []),  # ignored, so the configuration was read
}
"""What is checked by itself, and the codes that are found in it."""

LOAD = """\
import sys, yaml
from glob import iglob
count = 0
for path in iglob(sys.argv[1] + "/**/*.yaml", recursive=True):
    with open(path, "rb") as stream:
        count += sum(1 for _ in yaml.load_all(stream, yaml.CSafeLoader))
print(count)
"""


class UnfitError(Exception):
    """Figures from here would say nothing; the text says why, and what to do."""


class Entry(NamedTuple):
    """What is timed; `floor` names what it is held against, goal and gate are ratios to that, 0 where there is none.

    A command is known by its exit status to have done its work; what has no `argv` is timed in another way.
    """

    name: str
    argv: tuple[str, ...] = ()
    status: int = 0
    floor: str = ""
    goal: float = 0.0
    gate: float = 0.0


class Row(NamedTuple):
    """The medians of one entry: CPU seconds and the ratio, of which `low` and `high` are the quartiles."""

    entry: Entry
    seconds: float
    spread: float
    ratio: float
    low: float
    high: float

    @property
    def missed(self) -> bool:
        return bool(self.entry.gate) and self.ratio > self.entry.gate


PASS, CSAFE, DOCUMENT = "python -c pass", "CSafeLoader: the corpus", "one document, parsed"
COLD = (
    Entry(PASS, (PYTHON, "-c", "pass")),
    Entry("check: one clean file", (PEERLINT, "check", "clean.yaml"), 0, PASS, 4, 7),
    Entry("check: one clean file and a .peerlint.yaml", (PEERLINT, "check", "configured/clean.yaml"), 0, PASS),
    Entry("check: one rule's finding", (PEERLINT, "check", "ruled.yaml"), 1, PASS, 9, 14),
    Entry("… in colour", (PEERLINT, "check", "--color", "always", "ruled.yaml"), 1, PASS, 9, 14),
    Entry("check: one finding that jsonschema explains", (PEERLINT, "check", "explained.yaml"), 1, PASS, 15, 22),
    Entry("… that too in colour", (PEERLINT, "check", "--color", "always", "explained.yaml"), 1, PASS, 15, 22),
)
THROUGHPUT = (
    Entry(CSAFE, (PYTHON, "-c", LOAD, "corpus")),
    Entry("check: the corpus", (PEERLINT, "check", "corpus"), 1, CSAFE, 1.0, 1.5),
)
SELECTORS = (Entry(DOCUMENT), Entry("its selector, parsed", floor=DOCUMENT, goal=0.2, gate=0.5))


def main() -> int:
    """Verify the findings, time the commands, print the table; status 1 when a gate does not hold, 2 when unfit."""
    options = arguments()
    try:
        make_ready()
        with tempfile.TemporaryDirectory() as folder:
            rows = measure(Path(folder), options.docs, options.rounds)
    except UnfitError as unfit:
        print(f"{Path(__file__).name}: {unfit}", file=sys.stderr)
        return 2
    print(f"{options.docs:,} documents in the corpus, {options.rounds} rounds; {machine()}\n\n{table(rows)}")
    return 1 if options.gate and any(row.missed for row in rows) else 0


def arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--rounds", type=int, default=21, help="the corpus has a third of them")
    parser.add_argument("--docs", type=int, default=DOCUMENTS, help="size of the corpus; its gate is meant for 10,000")
    parser.add_argument("--gate", action="store_true", help="end with status 1 when a ratio misses its gate")
    return parser.parse_args()


def make_ready() -> None:
    """Refuse an interpreter whose figures would mislead, and compile peerlint's modules in any other.

    Raises:
        UnfitError: peerlint or PyYAML with its C reader is missing, or peerlint is an editable checkout.
    """
    how = f"install both beside this interpreter, not editable: {PYTHON} -m pip install . pyyaml"
    try:
        origin = json.loads(distribution("peerlint").read_text("direct_url.json") or "{}")
    except PackageNotFoundError:
        raise UnfitError(f"peerlint is not installed; {how}") from None
    if origin.get("dir_info", {}).get("editable"):
        raise UnfitError(f"peerlint is an editable checkout, which does not start as what users install; {how}")
    if not find_spec("yaml") or not find_spec("yaml._yaml"):
        raise UnfitError(f"PyYAML with its C reader is not installed; {how}")
    package = find_spec("linter")
    for folder in (package and package.submodule_search_locations) or ():
        run((PYTHON, "-m", "compileall", "-q", folder))


def measure(folder: Path, documents: int, rounds: int) -> list[Row]:
    """The rows of everything that is timed, in `folder`, which is empty.

    Raises:
        UnfitError: a command does not find what it should.
    """
    prepare(folder, documents)
    taken = timed(COLD, folder, rounds) | timed(THROUGHPUT, folder, max(3, rounds // 3))
    pairs = json.loads(run((PYTHON, str(HERE / "selector.py"), "--rounds", str(rounds)), folder))
    taken |= {entry.name: pairs[kind] for entry, kind in zip(SELECTORS, ("document", "selector"), strict=True)}
    return [row(entry, taken) for entry in (*COLD, *THROUGHPUT, *SELECTORS)]


def prepare(folder: Path, documents: int) -> None:
    """Write what is read, and hold that it is read whole and that each command finds and says what it should.

    Raises:
        UnfitError: something is not as it should be.
    """
    for name, (text, _) in SAMPLES.items():
        (folder / name).parent.mkdir(exist_ok=True)
        (folder / name).write_text(text)
    for name, (_, codes) in SAMPLES.items():
        expect(f"findings in {name}", [(name, code) for code in codes], found(folder, name)[0])
    written = write_corpus(folder, documents)
    planted = sorted((f"corpus/{fault['path']}", fault["code"]) for fault in written["faults"])
    findings, read = found(folder, "corpus")
    expect("findings in the corpus", planted, findings)
    expect("documents that peerlint reads", written["documents"], read)
    expect("documents that CSafeLoader reads", written["documents"], int(run(THROUGHPUT[0].argv, folder)))
    for entry in (*COLD, *THROUGHPUT):
        if entry.status:
            said = run((*entry.argv, "--exit-zero"), folder)
            expect(f"frames from {entry.name}", True, " --> " in said and "^^^" in said)


def write_corpus(folder: Path, documents: int) -> dict[str, Any]:
    """Write the corpus below `folder`, a cluster for every 250 documents; answer what its generator says of it."""
    clusters = str(max(1, documents // 250))
    run((PYTHON, str(HERE / "corpus.py"), "corpus", "--docs", str(documents), "--clusters", clusters), folder)
    written: dict[str, Any] = json.loads((folder / "corpus.json").read_text())
    if documents == DOCUMENTS:
        expect("SHA-256 of the corpus", CORPUS_SHA256, written["sha256"])
    return written


def found(folder: Path, path: str) -> tuple[list[tuple[str, str]], int]:
    """Path and code of everything that `check` reports, sorted, and how many documents it read."""
    said = json.loads(run((PEERLINT, "check", "--output", "json", "--exit-zero", path), folder))
    return sorted((one["path"], one["code"]) for one in said["diagnostics"]), said["summary"]["documents"]


def expect(what: str, wanted: object, got: object) -> None:
    if wanted != got:
        raise UnfitError(f"{what}: {got!r} instead of {wanted!r}, so nothing is timed")


def run(argv: tuple[str, ...], folder: Path | None = None) -> str:
    """What a command prints; it must end with status 0."""
    done = subprocess.run(argv, cwd=folder, env=ENVIRONMENT, capture_output=True, encoding="utf-8", check=False)
    if done.returncode:
        raise UnfitError(f"{' '.join(argv)} ended with status {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def timed(entries: Iterable[Entry], folder: Path, rounds: int) -> dict[str, list[float]]:
    """The CPU seconds of every entry by its name, one a round, after a round of warming up."""
    taken: dict[str, list[float]] = {entry.name: [] for entry in entries}
    for number in range(rounds + 1):
        for entry in entries:
            cost = seconds(entry, folder)
            if number:
                taken[entry.name].append(cost)
    return taken


def seconds(entry: Entry, folder: Path) -> float:
    """User and system time of one run and of what it waited for, as the operating system kept account."""
    quiet = subprocess.DEVNULL
    process = subprocess.Popen(entry.argv, cwd=folder, env=ENVIRONMENT, stdin=quiet, stdout=quiet, stderr=quiet)
    _, status, used = os.wait4(process.pid, 0)
    process.returncode = os.waitstatus_to_exitcode(status)
    expect(f"exit status of {entry.name}", entry.status, process.returncode)
    return used.ru_utime + used.ru_stime


def row(entry: Entry, taken: Mapping[str, list[float]]) -> Row:
    """What the rounds say about an entry; its ratios are taken round by round."""
    own, floor = taken[entry.name], taken[entry.floor or entry.name]
    low, ratio, high = statistics.quantiles([mine / base for mine, base in zip(own, floor, strict=True)], n=4)
    return Row(entry, statistics.median(own), max(own) / min(own), ratio, low, high)


def table(rows: list[Row]) -> str:
    """The rows as Markdown."""
    names = ("what", "CPU", "spread", "ratio", "quartiles", "to", "goal", "gate", "held")
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (names, ["---"] * len(names), *map(_cells, rows)))


def _cells(row: Row) -> list[str]:
    cpu = f"{row.seconds * 1e3:.1f} ms" if row.seconds >= 1e-3 else f"{row.seconds * 1e6:.1f} µs"
    entry = row.entry
    ratio = [f"{row.ratio:.2f}", f"{row.low:.2f}–{row.high:.2f}", entry.floor] if entry.floor else [""] * 3
    bounds = [f"{entry.goal:g}", f"{entry.gate:g}", _held(row)] if entry.gate else [""] * 3
    return [entry.name, cpu, f"{row.spread:.2f}", *ratio, *bounds]


def _held(row: Row) -> str:
    return "missed" if row.missed else "goal" if row.ratio <= row.entry.goal else "gate"


def machine() -> str:
    return f"Python {platform.python_version()}, {os.cpu_count()} CPUs, load {os.getloadavg()[0]:.1f}"


if __name__ == "__main__":
    sys.exit(main())
