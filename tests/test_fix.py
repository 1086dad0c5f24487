"""The contract of `peerlint fix`: what is written, what is left alone, what is said, with which status."""

from __future__ import annotations

import codecs
import errno
import os
import stat
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

import linter.cli.fix as command
from linter.text import Source
from tests.conftest import PEER, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

    Peerlint = Callable[..., Outcome]

SAFE = PEER.replace("64512", "'64512'")
"""A finding with a safe fix: the quotes."""
UNSAFE = PEER + "  nodeSelector: !has(rr)  # no reflectors\n"
WORKERS = PEER + "  nodeSelector: '!has(rr)'  # no reflectors\n"
HOPELESS = PEER + "  ttlSecurity: 256\n"


def read(folder: Path, name: str = "a.yaml") -> str:
    return (folder / name).read_bytes().decode()


def test_safe_fixes_are_made_and_the_rest_is_reported(folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"a.yaml": SAFE, "b.yaml": UNSAFE})
    outcome = peerlint("fix", "--output", "concise", ".")
    assert outcome.status == 1
    assert (read(folder), read(folder, "b.yaml")) == (PEER, UNSAFE)
    assert outcome.out.startswith("b.yaml:7:17: error[selector-as-yaml-tag")
    assert "a.yaml" not in outcome.out
    assert "fixed 1 finding in 1 file; 1 more with --unsafe" in outcome.err


def test_unsafe_fixes_are_made_when_asked_for(folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"a.yaml": SAFE, "b.yaml": UNSAFE})
    outcome = peerlint("fix", "--unsafe")
    assert (outcome.status, read(folder), read(folder, "b.yaml")) == (0, PEER, WORKERS)
    assert "fixed 2 findings in 2 files\n" in outcome.err
    again = peerlint("fix", "--unsafe")
    assert (again.status, read(folder, "b.yaml")) == (0, WORKERS)
    assert "nothing to fix" in again.err


def test_each_fix_can_be_listed(folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"a.yaml": SAFE})
    assert "a.yaml:6:13: fixed quoted-as-number\n" in peerlint("fix", "--show-fixes").err
    write(folder, {"a.yaml": SAFE})
    assert "a.yaml:6:13: would fix quoted-as-number\n" in peerlint("fix", "--show-fixes", "--diff").err
    assert not peerlint("fix", "--quiet").err


@pytest.mark.parametrize(
    ("text", "arguments", "status"),
    [
        (PEER, (), 0),
        (SAFE, (), 0),
        (SAFE, ("--diff",), 1),
        (SAFE, ("--diff", "--exit-zero"), 0),
        (SAFE, ("--diff", "--ignore", "quoted-as-number"), 0),
        (SAFE, ("--diff", "--fail-level", "error"), 1),
        (HOPELESS, (), 1),
        (HOPELESS, ("--diff",), 1),
        (HOPELESS, ("--exit-zero",), 0),
        (HOPELESS, ("--fail-level", "never"), 0),
        (HOPELESS, ("--diff", "--fail-level", "never"), 0),
        (SAFE, ("--select", "CAL1"), 0),
        (UNSAFE, (), 1),
        ("a: [", (), 1),
        (SAFE, ("--select", "no-such-rule"), 2),
        (SAFE, ("--config", "none.yaml"), 2),
    ],
)
def test_the_status(text: str, arguments: tuple[str, ...], status: int, folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"a.yaml": text})
    assert peerlint("fix", *arguments, "a.yaml").status == status


def test_a_wrong_configuration_stops_everything(folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"a.yaml": SAFE, ".peerlint.yaml": "complte: true\n"})
    assert peerlint("fix", "a.yaml").status == 2
    assert read(folder) == SAFE


@pytest.mark.parametrize("options", [("--ignore", "CAL042"), ("--select", "CAL1"), ("--calico-version", "3.30")])
def test_selection_is_that_of_check(options: tuple[str, ...], folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"a.yaml": SAFE})
    silent = not peerlint("check", "--output", "json", *options, "a.yaml").codes
    peerlint("fix", *options, "a.yaml")
    assert (read(folder) == SAFE) is silent


# what a file keeps


ENDS = {
    "lf": SAFE,
    "crlf": SAFE.replace("\n", "\r\n"),
    "cr": SAFE.replace("\n", "\r"),
    "mixed": SAFE.replace("\n", "\r\n", 3),
    "no final newline": SAFE.rstrip(),
    "blank lines at the end": SAFE + "\n  \n",
}


@pytest.mark.parametrize("text", ENDS.values(), ids=ENDS)
@pytest.mark.parametrize(
    ("mark", "encoding"),
    [
        (b"", "utf-8"),
        (codecs.BOM_UTF8, "utf-8"),
        (codecs.BOM_UTF16_LE, "utf-16-le"),
        (codecs.BOM_UTF16_BE, "utf-16-be"),
    ],
)
def test_line_ends_and_encoding_stay(text: str, mark: bytes, encoding: str, folder: Path, peerlint: Peerlint) -> None:
    (folder / "a.yaml").write_bytes(mark + f"# é\n{text}".encode(encoding))
    assert peerlint("fix").status == 0
    wanted = f"# é\n{text}".replace("'64512'", "64512")
    assert (folder / "a.yaml").read_bytes() == mark + wanted.encode(encoding)


APPENDED = (
    "apiVersion: projectcalico.org/v3\nkind: BGPFilter\nmetadata: {name: a}\nspec:\n  importV4:\n"
    "  - {action: Accept, cidr: 10.0.0.0/8, matchOperator: In}  # é\n"
)


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_new_lines_end_like_the_others(end: str, folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"a.yaml": APPENDED.replace("\n", end)})
    peerlint("fix", "--unsafe")
    assert read(folder) == (APPENDED + "  - action: Reject\n").replace("\n", end)


@pytest.mark.skipif(os.name == "nt", reason="modes are of POSIX")
@pytest.mark.parametrize("mode", [0o600, 0o644, 0o664, 0o755, 0o2640])
def test_the_mode_stays(mode: int, folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"a.yaml": SAFE})
    (folder / "a.yaml").chmod(mode)
    before = (folder / "a.yaml").stat()
    assert peerlint("fix").status == 0
    after = (folder / "a.yaml").stat()
    assert (stat.S_IMODE(after.st_mode), after.st_uid, after.st_gid) == (mode, before.st_uid, before.st_gid)
    assert read(folder) == PEER


@pytest.mark.skipif(not hasattr(os, "geteuid") or os.geteuid() != 0, reason="only root gives files away")
def test_the_owner_stays(folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"a.yaml": SAFE})
    os.chown("a.yaml", 4321, 1234)
    (folder / "a.yaml").chmod(0o6750)
    assert peerlint("fix").status == 0
    after = (folder / "a.yaml").stat()
    assert (after.st_uid, after.st_gid, stat.S_IMODE(after.st_mode)) == (4321, 1234, 0o6750)
    assert read(folder) == PEER


@pytest.mark.skipif(not hasattr(os, "setxattr"), reason="extended attributes are of Linux")
def test_extended_attributes_stay(folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"a.yaml": SAFE})
    try:
        os.setxattr("a.yaml", "user.note", b"mine")
    except OSError:
        pytest.skip("the file system has no extended attributes")
    peerlint("fix")
    assert os.getxattr("a.yaml", "user.note") == b"mine"


def test_a_link_stays_a_link_and_its_target_is_fixed_once(folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"real/a.yaml": SAFE})
    (folder / "b.yaml").symlink_to("real/a.yaml")
    (folder / "c.yaml").symlink_to("b.yaml")
    assert peerlint("fix", "c.yaml", "real").status == 0
    assert (os.readlink("b.yaml"), os.readlink("c.yaml")) == ("real/a.yaml", "b.yaml")
    assert not (folder / "real/a.yaml").is_symlink()
    assert read(folder, "real/a.yaml") == PEER


def test_other_names_of_a_file_are_told(folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"a.yaml": SAFE})
    os.link("a.yaml", "b.txt")
    assert "a.yaml has 1 other name" in peerlint("fix").err
    assert (read(folder), read(folder, "b.txt")) == (PEER, SAFE)


def test_a_file_without_fixes_is_not_written(folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"a.yaml": SAFE, "b.yaml": HOPELESS})
    os.utime("b.yaml", (1, 1))
    inode = (folder / "b.yaml").stat().st_ino
    peerlint("fix")
    after = (folder / "b.yaml").stat()
    assert (after.st_ino, after.st_mtime) == (inode, 1)


# what is never written


def test_inventories_are_read_only(folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"a.yaml": PEER, "nodes/b.yaml": SAFE, ".peerlint.yaml": "inventory: [nodes]\n"})
    assert peerlint("fix", "--unsafe").status == 0
    assert peerlint("fix", "--inventory", "nodes", "a.yaml").status == 0
    assert read(folder, "nodes/b.yaml") == SAFE


def test_what_an_ignore_covers_is_left_alone(folder: Path, peerlint: Peerlint) -> None:
    text = SAFE.replace("'64512'", "'64512'  # peerlint: ignore[quoted-as-number] calicoctl alone writes here")
    write(folder, {"a.yaml": text, "b.yaml": "# peerlint: ignore-file[CAL042] calicoctl\n" + SAFE})
    assert peerlint("fix", "--unsafe").status == 0
    assert read(folder) == text
    assert "'64512'" in read(folder, "b.yaml")
    peerlint("fix", "--no-ignores", "a.yaml")
    assert "asNumber: 64512  # peerlint" in read(folder)


def test_what_a_baseline_holds_is_left_alone(folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"a.yaml": SAFE})
    assert peerlint("check", "--write-baseline=old.json", "a.yaml").status == 0
    assert peerlint("fix", "--baseline", "old.json", "a.yaml").status == 0
    assert read(folder) == SAFE
    assert peerlint("fix", "a.yaml").status == 0
    assert read(folder) == PEER


def test_a_file_that_changed_meanwhile_is_not_written_nor_any_other(
    folder: Path, peerlint: Peerlint, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, {"a.yaml": SAFE, "b.yaml": SAFE})
    fixes = command.fix  # type: ignore[attr-defined]

    def slow(*arguments: object) -> object:
        result = fixes(*arguments)  # type: ignore[arg-type]
        write(folder, {"b.yaml": SAFE + "# mine\n"})
        return result

    monkeypatch.setattr(command, "fix", slow)
    outcome = peerlint("fix")
    assert outcome.status == 2
    assert "b.yaml was changed while it was looked at; no file was changed" in outcome.err
    assert (read(folder), read(folder, "b.yaml")) == (SAFE, SAFE + "# mine\n")
    assert sorted(os.listdir()) == ["a.yaml", "b.yaml"]


def test_nor_one_that_changes_while_others_are_written(
    folder: Path, peerlint: Peerlint, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, {"a.yaml": SAFE, "b.yaml": SAFE})
    sync = os.fsync

    def slow(descriptor: int) -> None:
        sync(descriptor)
        write(folder, {"a.yaml": HOPELESS})

    monkeypatch.setattr(os, "fsync", slow)
    assert peerlint("fix").status == 2
    assert (read(folder), read(folder, "b.yaml")) == (HOPELESS, SAFE)


PACK = '''"""Peers share an address.

## Bad

## Good
"""

from linter.rulekit import Cluster, Edit, Finding, Fix, Label, Safety, Severity, Span, cluster_rule


@cluster_rule("USR001", Severity.WARNING, fix=Safety.SAFE)
def check(cluster: Cluster):
    edits = []
    for one in cluster.resources:
        start = one.source.text.find("192.0.2.1")
        if start >= 0:
            edits.append(Edit(one.source, Span(start, start + 9), "192.0.2.2"))
    if len(edits) > 1:
        yield Finding("shared", Label(edits[0].source, edits[0].span), fix=Fix("move", Safety.SAFE, tuple(edits)))
'''


@pytest.mark.parametrize("inventory", ["", "inventory: [b.yaml]\n"])
def test_a_fix_that_would_write_to_an_inventory_is_not_made(inventory: str, folder: Path, peerlint: Peerlint) -> None:
    pack = {"pack/shared_address.py": PACK, ".peerlint.yaml": f"rulePacks: [pack]\n{inventory}"}
    write(folder, {**pack, "a.yaml": PEER, "b.yaml": PEER.replace("name: a", "name: b")})
    outcome = peerlint("fix", "--select", "USR001")
    assert outcome.status == int(bool(inventory)), outcome.err
    assert ("192.0.2.1" in read(folder), "192.0.2.1" in read(folder, "b.yaml")) == (bool(inventory),) * 2
    assert ("cannot be written: a.yaml:5:11" in outcome.err) is bool(inventory)


def test_an_interrupt_leaves_all_as_it_was(folder: Path, peerlint: Peerlint, monkeypatch: pytest.MonkeyPatch) -> None:
    write(folder, {"a.yaml": SAFE, "b.yaml": SAFE})
    puts = os.replace

    def interrupted(old: str, new: str) -> None:
        if new.endswith("b.yaml"):
            raise KeyboardInterrupt
        puts(old, new)

    monkeypatch.setattr(os, "replace", interrupted)
    with pytest.raises(KeyboardInterrupt):
        peerlint("fix")
    assert (read(folder), read(folder, "b.yaml")) == (SAFE, SAFE)
    assert sorted(os.listdir()) == ["a.yaml", "b.yaml"]


@pytest.mark.parametrize("step", ["replace", "fsync", "chmod"])
@pytest.mark.parametrize("good", [0, 1, 2])
def test_a_failure_on_the_way_leaves_all_as_it_was(
    step: str, good: int, folder: Path, peerlint: Peerlint, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, dict.fromkeys(("a.yaml", "b.yaml", "c.yaml"), SAFE))
    done, works = [0], getattr(os, step)

    def fails(*arguments: object) -> object:
        done[0] += 1
        if done[0] == good + 1:
            raise OSError(errno.ENOSPC, "No space left on device")
        return works(*arguments)

    monkeypatch.setattr(os, step, fails)
    outcome = peerlint("fix")
    assert outcome.status == 2
    assert "no space left on device" in outcome.err
    assert {read(folder, name) for name in os.listdir()} == {SAFE}
    assert sorted(os.listdir()) == ["a.yaml", "b.yaml", "c.yaml"]


def test_what_cannot_be_written_is_left_out_and_told(
    folder: Path, peerlint: Peerlint, monkeypatch: pytest.MonkeyPatch
) -> None:
    write(folder, {"a.yaml": SAFE, "b.yaml": SAFE})
    may = os.access
    monkeypatch.setattr(os, "access", lambda path, mode: not str(path).endswith("b.yaml") and may(path, mode))
    outcome = peerlint("fix")
    assert (outcome.status, read(folder), read(folder, "b.yaml")) == (1, PEER, SAFE)
    assert "not made, because the file cannot be written: b.yaml:6:13 (quoted-as-number)" in outcome.err


def test_undecodable_bytes_are_left_alone(folder: Path, peerlint: Peerlint) -> None:
    data = SAFE.encode() + b"---\n# \xff\n"
    (folder / "a.yaml").write_bytes(data)
    assert peerlint("fix", "--unsafe").status == 1
    assert (folder / "a.yaml").read_bytes() == data


def test_a_file_in_several_clusters_is_fixed_once(folder: Path, peerlint: Peerlint) -> None:
    clusters = "clusters:\n  one: {paths: [a.yaml]}\n  two: {paths: ['*.yaml'], calicoVersion: '3.30'}\n"
    write(folder, {"a.yaml": SAFE, ".peerlint.yaml": clusters})
    outcome = peerlint("fix")
    assert (outcome.status, read(folder)) == (0, PEER)
    assert "fixed 1 finding in 1 file" in outcome.err


# --diff


def patched(folder: Path, patch: str) -> str:
    subprocess.run(["git", "apply", "--unidiff-zero", "-"], cwd=folder, input=patch.encode(), check=True)
    return read(folder)


MANY = "---\n".join(PEER.replace("name: a", f"name: p{n}").replace("64512", f"'{64512 + n}'") for n in range(30))


@pytest.mark.parametrize(
    "text",
    [*ENDS.values(), MANY, UNSAFE, APPENDED, APPENDED.rstrip(), PEER.replace("  asNumber", "asNumber")],
)
def test_the_difference_is_a_patch_that_does_what_fix_does(text: str, folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"a.yaml": text})
    outcome = peerlint("fix", "--unsafe", "--diff")
    assert (outcome.status, read(folder)) == (1, text)
    by_patch = patched(folder, outcome.out)
    assert by_patch != text
    write(folder, {"a.yaml": text})
    peerlint("fix", "--unsafe")
    assert read(folder) == by_patch


def test_the_difference_reads_like_any_other(folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"b/a.yaml": SAFE + HOPELESS.replace("apiV", "---\napiV")})
    outcome = peerlint("fix", "--diff", "b")
    assert outcome.out == (
        "--- a/b/a.yaml\n+++ b/b/a.yaml\n@@ -3,7 +3,7 @@\n metadata: {name: a}\n spec:\n   peerIP: 192.0.2.1\n"
        "-  asNumber: '64512'\n+  asNumber: 64512\n ---\n apiVersion: projectcalico.org/v3\n kind: BGPPeer\n"
    )
    assert "would fix 1 finding in 1 file" in outcome.err
    assert "1 finding would remain" in outcome.err
    assert peerlint("fix", "--diff", "--color", "always", "b").out.count("\x1b[") > 4


def test_the_difference_shows_no_line_that_stays(folder: Path, peerlint: Peerlint) -> None:
    text = PEER.replace("BGPPeer", "BGPFilter").partition("spec:")[0] + (
        "spec:\n  importV4:\n  - {action: Accept, cidr: 10.0.0.0/8, matchOperator: In}\n  exportV4: []\n"
    )
    write(folder, {"a.yaml": text})
    changed = [line for line in peerlint("fix", "--unsafe", "--diff").out.splitlines() if line[0] in "+-"]
    assert changed[2:] == ["+  - action: Reject"]


def test_with_a_difference_the_report_goes_elsewhere(folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"a.yaml": SAFE, "b.yaml": HOPELESS})
    outcome = peerlint("fix", "--diff", "--output", "concise", "--output", "json=report.json")
    assert outcome.out.startswith("--- a/a.yaml\n")
    assert "b.yaml:7:16: error[" in outcome.err
    assert '"CAL112"' in read(folder, "report.json")


HIDDEN = (
    "apiVersion: v1\nkind: Secret\nmetadata: {name: bgp}\nstringData:\n  first: hunter-two\n  second: |\n"
    "    swordfish\n    abc\n"
)
FLOW = (
    "--- {apiVersion: projectcalico.org/v3, kind: BGPPeer, metadata: {name: b}, spec: {peerIP: 192.0.2.9, "
    "asNumber: '64512', password: {secretKeyRef: {name: bgp, key: first}}}}  # hunter-two\n"
)


def test_secrets_are_not_in_the_difference(folder: Path, peerlint: Peerlint) -> None:
    write(folder, {"a.yaml": HIDDEN + FLOW})
    outcome = peerlint("fix", "--diff", "--show-fixes", "--output", "json")
    after = FLOW.replace("'64512'", "64512")
    assert outcome.out == (
        f"--- a/a.yaml\n+++ b/a.yaml\n@@ -6,4 +6,4 @@\n   second: •••\n •••\n •••\n-{FLOW}+{after}".replace(
            "hunter-two", "•••"
        )
    )
    for text in ("hunter", "swordfish", "abc"):
        assert text not in outcome.out + outcome.err
    assert peerlint("fix").status == 0
    assert read(folder) == HIDDEN + after


@pytest.mark.parametrize(
    ("before", "after"),
    [
        ("data:\n  first: c3dvcmRmaXNoCg==  # echo\n", "data:\n  first: c3dvcmRmaXNo  # echo\n"),
        ("stringData:\n  first: |\n    swordfish\n", "stringData:\n  first: |-\n    swordfish\n"),
        ('stringData: {first: "swordfish\\n"}\n', 'stringData: {first: "swordfish"}\n'),
    ],
)
def test_a_secret_is_mended_and_never_shown(before: str, after: str, folder: Path, peerlint: Peerlint) -> None:
    head = PEER + "  password: {secretKeyRef: {name: bgp, key: first}}\n---\napiVersion: v1\nkind: Secret\n"
    head += "metadata: {name: bgp, namespace: calico-system}\n"
    write(folder, {"a.yaml": head + before})
    told = [peerlint("fix", "--unsafe", "--diff", "--show-fixes", "--output", "json", "--output", "text=report.txt")]
    assert [line[:1] for line in told[0].out.splitlines()].count("+") == 2
    told += [peerlint("fix", "--output", "json"), peerlint("fix", "--unsafe", "--show-fixes", "--output", "json")]
    assert read(folder) == head + after
    for outcome in told:
        for text in ("swordfish", "c3dvcm"):
            assert text not in outcome.out + outcome.err + read(folder, "report.txt")


# standard input


def piped(data: bytes, *arguments: str) -> subprocess.CompletedProcess[bytes]:
    return subprocess.run(
        [sys.executable, "-m", "linter", "fix", *arguments, "-"], input=data, capture_output=True, check=False
    )


@pytest.mark.parametrize(
    ("data", "wanted", "status"),
    [
        (SAFE.encode(), PEER.encode(), 0),
        (
            codecs.BOM_UTF8 + SAFE.replace("\n", "\r\n").encode(),
            codecs.BOM_UTF8 + PEER.replace("\n", "\r\n").encode(),
            0,
        ),
        (codecs.BOM_UTF16_LE + SAFE.encode("utf-16-le"), codecs.BOM_UTF16_LE + PEER.encode("utf-16-le"), 0),
        (HOPELESS.encode(), HOPELESS.encode(), 1),
        (b"a: [\xff", b"a: [\xff", 1),
        (b"", b"", 0),
    ],
)
def test_standard_input_is_answered_on_standard_output(data: bytes, wanted: bytes, status: int) -> None:
    answer = piped(data)
    assert (answer.stdout, answer.returncode) == (wanted, status)
    assert b"in 1 file" in answer.stderr


def test_the_report_about_standard_input_goes_to_standard_error() -> None:
    answer = piped(HOPELESS.encode(), "--output", "json", "--stdin-filename", "x.yaml", "--quiet")
    assert answer.stdout == HOPELESS.encode()
    assert b'"path": "x.yaml"' in answer.stderr
    assert piped(SAFE.encode(), "--diff", "--stdin-filename", "x.yaml").stdout.startswith(b"--- a/x.yaml\n")


# the parts of it


@pytest.mark.parametrize(
    ("before", "edits", "wanted"),
    [
        ("", [(0, 0, "a\n")], ["@@ -0,0 +1 @@", "+a"]),
        ("a\n", [(0, 2, "")], ["@@ -1 +0,0 @@", "-a"]),
        (
            "a",
            [(1, 1, "\nb")],
            ["@@ -1 +1,2 @@", "-a", "\\ No newline at end of file", "+a", "+b", "\\ No newline at end of file"],
        ),
        ("a\nb\nc\n", [(2, 4, "")], ["@@ -1,3 +1,2 @@", " a", "-b", " c"]),
        ("a\nb\nc\n", [(2, 2, "x\n")], ["@@ -1,3 +1,4 @@", " a", "+x", " b", " c"]),
        ("a\nb\nc\n", [(1, 2, "")], ["@@ -1,3 +1,2 @@", "-a", "-b", "+ab", " c"]),
        ("a\nb\nc\n", [(0, 1, "x"), (2, 3, "y")], ["@@ -1,3 +1,3 @@", "-a", "-b", "+x", "+y", " c"]),
        ("a\nb\nc\n", [(0, 1, "x"), (4, 5, "z")], ["@@ -1,3 +1,3 @@", "-a", "+x", " b", "-c", "+z"]),
        (
            "a\n1\n2\n3\n4\n5\n6\nb\n",
            [(0, 1, "x"), (14, 15, "y")],
            ["@@ -1,8 +1,8 @@", "-a", "+x", *(f" {n}" for n in range(1, 7)), "-b", "+y"],
        ),
        ("a\r\nb\r\n", [(3, 4, "c")], ["@@ -1,2 +1,2 @@", " a\r", "-b\r", "+c\r"]),
        ("a\nb\n", [(4, 4, "c\n")], ["@@ -1,2 +1,3 @@", " a", " b", "+c"]),
    ],
)
def test_the_lines_of_a_patch(before: str, edits: list[tuple[int, int, str]], wanted: list[str]) -> None:
    from linter.diagnostics import Edit
    from linter.fixes import applied
    from linter.reporters.difference import Side, difference
    from linter.text import Span

    source = Source("a", before)
    made = [Edit(source, Span(start, end), text) for start, end, text in edits]
    lines = difference(Side(source), Side(Source("a", applied(before, made))), made)
    assert ["".join(text for text, _ in line) for line in lines[2:]] == wanted
