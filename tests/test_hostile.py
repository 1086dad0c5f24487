"""Bad input: any bytes get a diagnostic or a skip, in bounded time, and never a traceback."""

from __future__ import annotations

import os
import time
from typing import TYPE_CHECKING

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from linter.bundle import bundled
from linter.engine import Plan, analyse
from linter.packs import load
from linter.rulekit import Target
from linter.settings import Settings
from linter.workspace import Manifest, Workspace
from linter.yaml.encoding import decode
from tests.conftest import PEER, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

RULES = load(bundled("rules"))
PLAN = Plan(RULES, Target(), strict=True)
BOMB = "a: &a [x, x, x, x, x, x, x, x, x]\n" + "".join(
    f"{new}: &{new} [{', '.join([f'*{old}'] * 9)}]\n" for old, new in zip("abcdefgh", "bcdefghi", strict=True)
)

HOSTILE = {
    "brackets": b"[" * 200_000,
    "braces": b"a: " + b"{" * 10_000,
    "dashes": b"- " * 10_000,
    "nested mappings": b"".join(b" " * depth + b"a:\n" for depth in range(3_000)),
    "questions": b"? " * 10_000,
    "bomb": BOMB.encode(),
    "nul": PEER.encode().replace(b"192", b"\0"),
    "utf-16": PEER.encode("utf-16"),
    "utf-16 without a mark": PEER.encode("utf-16-le"),
    "latin-1": PEER.replace("name: a}", "name: é}").encode("latin-1"),
    "one line": b"a: " + b"x" * 50_000_000,
    "one list": b"a: [" + b"1, " * 100_000 + b"1]",
    "empty": b"",
    "only a mark": b"\xef\xbb\xbf",
    "escape": b"a: \x1b[31m",
}


MANY = 10_000
FAULTY = {
    "strange names": PEER + "".join(f"  field{i}: 1\n" for i in range(MANY)),
    "strange names at the root": PEER + "".join(f"x{i}: 1\n" for i in range(MANY)),
    "numbers as labels": PEER.replace("a}", f"a, labels: {{{', '.join(f'k{i}: {i}' for i in range(MANY))}}}}}"),
    "an item again and again": f"{PEER}  filters: [{', '.join(['a'] * MANY)}]\n",
}
"""One object with very many mistakes of one sort."""


@pytest.mark.parametrize("name", FAULTY)
def test_many_mistakes_in_one_object_take_time_in_proportion(
    name: str, folder: Path, peerlint: Callable[..., Outcome]
) -> None:
    write(folder, {"a.yaml": FAULTY[name]})
    started = time.process_time()
    outcome = peerlint("check", "--output", "json", "a.yaml")
    assert time.process_time() - started < 10
    assert len(outcome.codes) >= MANY - 1


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_bytes_are_bounded_and_told(name: str, folder: Path, peerlint: Callable[..., Outcome]) -> None:
    (folder / "a.yaml").write_bytes(HOSTILE[name])
    started = time.process_time()
    outcome = peerlint("check", "a.yaml")
    assert outcome.status in (0, 1)
    assert "Traceback" not in outcome.err
    assert time.process_time() - started < 10
    assert len(outcome.out) < 20_000


def test_what_is_no_file_is_skipped_with_its_reason(folder: Path, peerlint: Callable[..., Outcome]) -> None:
    write(folder, {"a.yaml": PEER})
    os.symlink("loop.yaml", folder / "loop.yaml")
    os.symlink(".", folder / "again")
    os.mkfifo(folder / "pipe.yaml")
    outcome = peerlint("check", "--output", "json", ".")
    assert {one["path"] for one in outcome.data["summary"]["skipped"]} == {"again", "loop.yaml", "pipe.yaml"}
    assert outcome.data["summary"]["files"] == 1
    assert outcome.status == 0


def test_what_cannot_be_read_is_a_finding(folder: Path, peerlint: Callable[..., Outcome]) -> None:
    os.symlink("loop.yaml", folder / "loop.yaml")
    outcome = peerlint("check", "--output", "json", "loop.yaml")
    assert [(one["code"], one["path"]) for one in outcome.data["diagnostics"]] == [("CAL011", "loop.yaml")]
    assert outcome.status == 1


def test_a_file_that_vanishes_is_a_finding(
    folder: Path, peerlint: Callable[..., Outcome], monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, {"a.yaml": PEER, "b.yaml": PEER})

    def vanish(path: str, *rest: int) -> int:
        if path.endswith("a.yaml"):
            os.unlink(path)
        return opened(path, *rest)

    opened = os.open
    monkeypatch.setattr(os, "open", vanish)
    assert peerlint("check", "--output", "json", ".").codes == ["CAL011"]


PIECES = st.sampled_from(
    [
        *"ab:-#&*!|>'\"[]{},?%@\n\t \r\0\x85\u2028\ufeff\U0001f600",
        "---\n",
        "apiVersion: projectcalico.org/v3\n",
        "kind: BGPPeer\n",
        "kind: BGPConfiguration\n",
        "kind: Secret\n",
        "kind: List\nitems:\n",
        "metadata:\n  name: x\n",
        "spec:\n",
        "  peerIP: ",
        "  asNumber: ",
        "  nodeSelector: ",
        "  prefixAdvertisements:\n",
        "  - cidr: ",
        "  communities: [",
        "1.10",
        "!has(x)",
        "&x ",
        "*x",
        "<<: ",
        "# peerlint: ignore[CAL112] why\n",
        "  password: secret\n",
    ]
)


@given(st.lists(PIECES, max_size=40).map("".join))
@settings(max_examples=400, deadline=None)
def test_any_text_is_judged_without_an_exception(text: str) -> None:
    source, faults = decode("a.yaml", text.encode("utf-8", "surrogatepass"))
    analysis = analyse(source, PLAN, faults)
    for raised in analysis.raised:
        span = raised.finding.at.span
        assert 0 <= span.start <= span.end <= len(source.text)


@given(st.binary(max_size=200))
@settings(max_examples=300, deadline=None, suppress_health_check=[HealthCheck.too_slow])
def test_any_bytes_are_judged_without_an_exception(data: bytes) -> None:
    workspace = Workspace(RULES, Settings(), Target(), strict=True)
    workspace.update(Manifest(*decode("a.yaml", data)))
    workspace.report()
