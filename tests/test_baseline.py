"""The contract of `--baseline`, `--write-baseline` and `--prune-baseline`."""

from __future__ import annotations

import json
import os
import stat
import sys
from typing import TYPE_CHECKING, Any

import jsonschema
import pytest

from linter.bundle import bundled
from tests.conftest import PEER, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

    Command = Callable[..., Outcome]

OLD = PEER + "  ttlSecurity: 256\n"
OTHER = PEER.replace("name: a", "name: b").replace("64512", '"64512"')
OFF = """\
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata: {name: default}
spec: {nodeToNodeMeshEnabled: false}
"""
FILE = "base.json"


def entries(folder: Path, name: str = FILE) -> list[dict[str, Any]]:
    data = json.loads((folder / name).read_text(encoding="utf-8"))
    with open(f"{bundled('schemas')}/baseline.schema.json", encoding="utf-8") as file:
        jsonschema.Draft7Validator(json.load(file)).validate(data)
    listed: list[dict[str, Any]] = data["findings"]
    return listed


def rules(folder: Path) -> list[tuple[str, str, int]]:
    return [(one["path"], one["rule"], one["count"]) for one in entries(folder)]


@pytest.fixture
def adopted(folder: Path, peerlint: Command) -> Path:
    """A folder of two files, each with a finding that its baseline holds."""
    write(folder, {"one/a.yaml": OLD, "two/b.yaml": OTHER})
    assert peerlint("check", "--write-baseline", FILE, ".").status == 0
    return folder


def again(peerlint: Command, *arguments: str) -> Outcome:
    return peerlint("check", "--output", "json", "--baseline", FILE, *arguments)


class TestWriting:
    def test_it_holds_what_is_found(self, adopted: Path, peerlint: Command) -> None:
        assert rules(adopted) == [
            ("one/a.yaml", "ttl-security-out-of-range", 1),
            ("two/b.yaml", "quoted-as-number", 1),
        ]
        first = entries(adopted)[0]
        assert (first["object"], first["field"]) == ("BGPPeer/a", "/spec/ttlSecurity")
        outcome = again(peerlint, ".")
        assert (outcome.status, outcome.codes) == (0, [])
        assert outcome.data["summary"]["baselined"] == 2
        assert outcome.data["summary"]["counts"] == {"error": 0, "warning": 0, "hint": 0}
        assert "baseline: 2 findings not reported" in peerlint("check", "--baseline", FILE, ".").out

    def test_without_it_all_is_reported(self, adopted: Path, peerlint: Command) -> None:
        outcome = peerlint("check", "--output", "json", ".")
        assert outcome.codes == ["CAL112", "CAL042"]
        assert "baselined" not in outcome.data["summary"]

    def test_what_is_new_is_reported(self, adopted: Path, peerlint: Command) -> None:
        write(adopted, {"one/a.yaml": OLD + "---\n" + OLD.replace("name: a", "name: c")})
        outcome = again(peerlint, ".")
        assert outcome.status == 1
        (said,) = outcome.data["diagnostics"]
        assert (said["code"], said["object"]["name"]) == ("CAL112", "c")

    def test_an_existing_one_only_shrinks(self, adopted: Path, peerlint: Command) -> None:
        before = (adopted / FILE).read_bytes()
        write(adopted, {"new.yaml": OLD.replace("name: a", "name: new")})
        outcome = peerlint("check", "--write-baseline", FILE, "--output", "json", ".")
        assert (outcome.status, outcome.codes) == (1, ["CAL112"])
        assert (adopted / FILE).read_bytes() == before
        assert "only shrinks" in " ".join(peerlint("check", "--write-baseline", FILE, ".").out.split())
        write(adopted, {"one/a.yaml": PEER})
        peerlint("check", "--write-baseline", FILE, ".")
        assert rules(adopted) == [("two/b.yaml", "quoted-as-number", 1)]

    def test_writing_again_changes_nothing(self, adopted: Path, peerlint: Command) -> None:
        before = (adopted / FILE).read_bytes()
        assert peerlint("check", "--write-baseline", FILE, ".").status == 0
        assert (adopted / FILE).read_bytes() == before

    def test_it_does_not_depend_on_the_order_of_paths(self, adopted: Path, peerlint: Command) -> None:
        assert peerlint("check", "--write-baseline", "second.json", "two", "one").status == 0
        assert (adopted / "second.json").read_bytes() == (adopted / FILE).read_bytes()

    def test_it_does_not_depend_on_the_working_directory(
        self, adopted: Path, peerlint: Command, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        write(adopted, {"one/broken.yaml": "a: [\n"})
        (adopted / FILE).unlink()
        assert peerlint("check", "--write-baseline", FILE, ".").status == 0
        monkeypatch.chdir(adopted / "one")
        outcome = peerlint("check", "--output", "json", "--baseline", f"../{FILE}", ".")
        assert (outcome.status, outcome.codes) == (0, [])
        assert outcome.data["summary"]["baselined"] == 2

    def test_a_default_name(self, folder: Path, peerlint: Command) -> None:
        write(folder, {"a.yaml": OLD, "sub/.peerlint.yaml": "complete: true\n", "sub/b.yaml": OLD})
        peerlint("check", "a.yaml", "--write-baseline")
        assert len(entries(folder, ".peerlint-baseline.json")) == 1
        peerlint("check", "sub", "--write-baseline")
        assert len(entries(folder / "sub", ".peerlint-baseline.json")) == 1

    def test_of_a_part_of_the_files_the_rest_is_kept(self, adopted: Path, peerlint: Command) -> None:
        write(adopted, {"one/a.yaml": PEER, "two/b.yaml": PEER})
        peerlint("check", "--write-baseline", FILE, "one")
        assert rules(adopted) == [("two/b.yaml", "quoted-as-number", 1)]

    @pytest.mark.skipif(sys.platform == "win32", reason="modes and links of Unix")
    def test_permissions_and_links_are_kept(self, adopted: Path, peerlint: Command) -> None:
        os.chmod(adopted / FILE, 0o640)
        os.rename(adopted / FILE, adopted / "real.json")
        os.symlink("real.json", adopted / FILE)
        write(adopted, {"one/a.yaml": PEER})
        assert again(peerlint, "--prune-baseline", ".").status == 0
        assert os.path.islink(adopted / FILE)
        assert stat.S_IMODE(os.stat(adopted / "real.json").st_mode) == 0o640
        assert len(entries(adopted)) == 1
        assert [name for name in os.listdir(adopted) if name.endswith(".tmp")] == []

    def test_a_place_that_cannot_be_written(self, folder: Path, peerlint: Command) -> None:
        write(folder, {"a.yaml": OLD})
        outcome = peerlint("check", "--write-baseline", "no/such/folder.json", "a.yaml")
        assert outcome.status == 2
        assert "no/such/folder.json" in outcome.err

    def test_a_manifest_is_never_overwritten(self, folder: Path, peerlint: Command) -> None:
        write(folder, {"a.yaml": OLD, "sub/b.yaml": OLD})
        assert peerlint("check", "--write-baseline", "a.yaml").status == 2
        assert peerlint("check", "--write-baseline", FILE, "--baseline", "a.yaml", "sub").status == 2
        assert (folder / "a.yaml").read_text() == OLD

    def test_a_path_may_follow_the_flag(self, folder: Path, peerlint: Command) -> None:
        write(folder, {"one/a.yaml": OLD, "b.yaml": OLD})
        assert peerlint("check", "--write-baseline", "one").status == 0
        assert [one["path"] for one in entries(folder, ".peerlint-baseline.json")] == ["one/a.yaml"]
        assert peerlint("check", "--baseline", FILE, "--write-baseline", "b.yaml", "one").status == 0
        assert [path for path, _, _ in rules(folder)] == ["b.yaml", "one/a.yaml"]
        assert peerlint("check", "--baseline", "c.json", "--write-baseline", "c.json", "one").status == 0
        assert len(entries(folder, "c.json")) == 1


class TestStale:
    def test_what_is_gone_is_told_and_pruned(self, adopted: Path, peerlint: Command) -> None:
        write(adopted, {"one/a.yaml": PEER})
        outcome = again(peerlint, ".")
        assert outcome.status == 0
        (said,) = outcome.data["diagnostics"]
        assert (said["code"], said["severity"], said["path"]) == ("CAL017", "hint", FILE)
        assert said["range"]["start"]["line"] == 4
        pruned = again(peerlint, "--prune-baseline", ".")
        assert (pruned.status, pruned.codes) == (0, [])
        assert rules(adopted) == [("two/b.yaml", "quoted-as-number", 1)]
        assert again(peerlint, ".").codes == []

    def test_pruning_never_adds(self, adopted: Path, peerlint: Command) -> None:
        before = (adopted / FILE).read_bytes()
        write(adopted, {"one/a.yaml": OLD.replace("256", "257")})
        outcome = again(peerlint, "--prune-baseline", ".")
        assert (outcome.status, outcome.codes) == (1, ["CAL112"])
        assert rules(adopted) == [("two/b.yaml", "quoted-as-number", 1)]
        assert len((adopted / FILE).read_bytes()) < len(before)

    def test_counts_are_lowered(self, folder: Path, peerlint: Command) -> None:
        rule = "- {cidr: 10.0.0.0/8, matchOperator: Equal, action: Acept}\n"
        head = "apiVersion: projectcalico.org/v3\nkind: BGPFilter\nmetadata: {name: f}\nspec:\n  importV4:\n"
        write(folder, {"f.yaml": head + f"  {rule}" * 3})
        peerlint("check", "--write-baseline", FILE, ".")
        assert [(one["count"], one["field"]) for one in entries(folder)] == [(3, "/spec/importV4/-/action")]
        write(folder, {"f.yaml": head + f"  {rule}" * 2})
        (said,) = again(peerlint, ".").data["diagnostics"]
        assert "1 of these 3" in said["message"]
        again(peerlint, "--prune-baseline", ".")
        assert entries(folder)[0]["count"] == 2
        write(folder, {"f.yaml": head + f"  {rule}" * 3})
        assert again(peerlint, ".").status == 1

    @pytest.mark.parametrize(
        "arguments",
        [
            ("two",),
            ("--ignore", "ttl-security-out-of-range", "."),
            ("--select", "CAL0", "."),
            ("--ignore", "stale-baseline", "."),
        ],
    )
    def test_what_was_not_looked_for_is_not_stale(
        self, arguments: tuple[str, ...], adopted: Path, peerlint: Command
    ) -> None:
        write(adopted, {"one/a.yaml": PEER})
        assert "CAL017" not in again(peerlint, *arguments).codes
        if "stale-baseline" not in arguments:
            again(peerlint, "--prune-baseline", *arguments)
            assert len(entries(adopted)) == 2

    @pytest.mark.parametrize("text", ["a: [\n---\n" + PEER, "{{ if x }}\n" + PEER, "\0"])
    def test_a_file_that_could_not_be_judged_proves_nothing(self, text: str, adopted: Path, peerlint: Command) -> None:
        write(adopted, {"one/a.yaml": text})
        assert "CAL017" not in again(peerlint, ".").codes

    def test_a_file_that_is_no_more(self, adopted: Path, peerlint: Command) -> None:
        (adopted / "one/a.yaml").unlink()
        assert again(peerlint, "two").codes == []
        assert again(peerlint, "two/b.yaml").codes == []
        assert again(peerlint, "one", "--allow-empty").codes == ["CAL017"]
        assert again(peerlint, ".").codes == ["CAL017"]

    def test_a_renamed_file_keeps_its_entries(self, adopted: Path, peerlint: Command) -> None:
        (adopted / "two" / "b.yaml").rename(adopted / "two" / "c.yaml")
        assert again(peerlint, ".").codes == []
        assert again(peerlint, "--prune-baseline", ".").codes == []
        assert again(peerlint, ".").codes == []
        assert again(peerlint, "two").codes == []

    def test_a_copy_is_new(self, adopted: Path, peerlint: Command) -> None:
        write(adopted, {"two/c.yaml": OTHER})
        assert again(peerlint, "two").codes == ["CAL042"]
        (adopted / "two" / "b.yaml").rename(adopted / "two" / "d.yaml")
        assert again(peerlint, "two").codes == ["CAL042"]

    def test_another_object_in_another_file_is_new(self, adopted: Path, peerlint: Command) -> None:
        (adopted / "two" / "b.yaml").unlink()
        write(adopted, {"two/c.yaml": OTHER.replace("name: b", "name: c")})
        assert again(peerlint, ".").codes == ["CAL042", "CAL017"]

    def test_excluded_and_inventory_files_prove_nothing(self, adopted: Path, peerlint: Command) -> None:
        write(adopted, {"one/a.yaml": PEER, ".peerlint.yaml": "exclude: [one]\n"})
        assert again(peerlint, ".").codes == []
        write(adopted, {".peerlint.yaml": "inventory: [one]\n"})
        assert again(peerlint, ".").codes == []

    def test_a_rule_about_several_files_needs_all_of_them(self, folder: Path, peerlint: Command) -> None:
        write(folder, {"one/c.yaml": OFF, "two/p.yaml": PEER.replace("asNumber: 64512", "ttlSecurity: 1")})
        assert peerlint("check", "--write-baseline", FILE, "one").status == 0
        assert [rule for _, rule, _ in rules(folder)] == ["mesh-disabled-without-peers"]
        assert "CAL017" in again(peerlint, ".").codes
        write(folder, {"one/c.yaml": OFF.replace("false", "true")})
        assert again(peerlint, "one").codes == []

    def test_a_rule_that_is_no_more(self, adopted: Path, peerlint: Command) -> None:
        path = adopted / FILE
        path.write_text(path.read_text().replace("quoted-as-number", "retired-rule"))
        assert again(peerlint, ".").codes == ["CAL042", "CAL017"]

    def test_an_ignore_comes_first(self, adopted: Path, peerlint: Command) -> None:
        write(adopted, {"one/a.yaml": OLD.replace("256", "256  # peerlint: ignore[CAL112] known")})
        outcome = again(peerlint, ".")
        assert outcome.codes == ["CAL017"]
        assert outcome.data["summary"]["suppressed"] == 1
        assert again(peerlint, "--no-ignores", ".").codes == []


class TestOwnInput:
    def test_what_is_wrong_with_ignores_is_never_held(self, folder: Path, peerlint: Command) -> None:
        write(folder, {"a.yaml": OLD.replace("64512", "64512  # peerlint: ignore[CAL105]")})
        outcome = peerlint("check", "--output", "json", "--write-baseline", FILE, ".")
        assert (outcome.status, outcome.codes) == (1, ["CAL014"])
        assert [rule for _, rule, _ in rules(folder)] == ["ttl-security-out-of-range"]
        assert again(peerlint, ".").codes == ["CAL014"]

    def test_it_is_no_manifest(self, adopted: Path, peerlint: Command) -> None:
        outcome = again(peerlint, ".")
        assert outcome.data["summary"]["files"] == 2

    def test_a_broken_one_is_wrong_usage_with_a_frame(self, adopted: Path, peerlint: Command) -> None:
        write(adopted, {FILE: '{"schemaVersion": 1,\n "findings": [{"path": "a.yaml"}]}'})
        outcome = again(peerlint, ".")
        assert outcome.status == 2
        assert {one["code"] for one in outcome.data["diagnostics"]} == {"CAL010"}
        assert {one["path"] for one in outcome.data["diagnostics"]} == {FILE}
        assert {one["range"]["start"]["line"] for one in outcome.data["diagnostics"]} == {2}
        assert f"{FILE}:2:" in peerlint("check", "--baseline", FILE, ".").out
        for flags in (("--prune-baseline", "--baseline", FILE), ("--write-baseline", FILE)):
            before = (adopted / FILE).read_bytes()
            assert peerlint("check", *flags, ".").status == 2
            assert (adopted / FILE).read_bytes() == before

    @pytest.mark.parametrize("data", [b"\xff\xfe\x00", b"\x00", b"{" * 9999, b"", b"null"])
    def test_any_bytes(self, data: bytes, adopted: Path, peerlint: Command) -> None:
        (adopted / FILE).write_bytes(data)
        outcome = again(peerlint, ".")
        assert outcome.status == 2
        assert outcome.codes
        assert (adopted / FILE).read_bytes() == data

    @pytest.mark.parametrize(
        "arguments",
        [
            ("--baseline", "none.json", "."),
            ("--baseline", "one", "."),
            ("--prune-baseline", "."),
            ("--prune-baseline", "--baseline", "none.json", "."),
            ("--prune-baseline", "--write-baseline=x.json", "."),
        ],
    )
    def test_wrong_usage(self, arguments: tuple[str, ...], adopted: Path, peerlint: Command) -> None:
        outcome = peerlint("check", *arguments)
        assert outcome.status == 2
        assert "baseline" in outcome.err
        assert not (adopted / "x.json").exists()


class TestConfiguration:
    def test_the_file_may_be_named_there(self, adopted: Path, peerlint: Command) -> None:
        write(adopted, {".peerlint.yaml": f"baseline: {FILE}\n", "one/a.yaml": PEER})
        assert peerlint("check", "--output", "json", "two/b.yaml").codes == []
        assert peerlint("check", "--output", "json").codes == ["CAL017"]
        assert peerlint("check", "--prune-baseline").status == 0
        assert rules(adopted) == [("two/b.yaml", "quoted-as-number", 1)]

    def test_a_flag_beats_it(self, adopted: Path, peerlint: Command) -> None:
        write(adopted, {".peerlint.yaml": f"baseline: {FILE}\n", "none.json": '{"schemaVersion": 1, "findings": []}'})
        assert peerlint("check", "--output", "json", "--baseline", "none.json").codes == ["CAL112", "CAL042"]

    def test_it_must_be_there_unless_it_is_about_to_be_written(self, folder: Path, peerlint: Command) -> None:
        write(folder, {".peerlint.yaml": f"complete: true\nbaseline: {FILE}\n", "a.yaml": OLD})
        outcome = peerlint("check", "--output", "json")
        assert outcome.status == 2
        (said,) = outcome.data["diagnostics"]
        assert (said["code"], said["range"]["start"]["line"]) == ("CAL010", 2)
        assert "--write-baseline" in said["message"]
        assert peerlint("check", "--write-baseline").status == 0
        assert peerlint("check").status == 0
        assert len(entries(folder)) == 1


class TestFingerprints:
    """Which edits of a manifest leave its fingerprints as they are."""

    MANIFEST = """\
apiVersion: projectcalico.org/v3
kind: BGPPeer
metadata:
  name: a
spec:
  peerIP:
    first: 1
    second: [x, y]
  asNumber: 1.10
  communities: two
---
apiVersion: projectcalico.org/v3
kind: BGPFilter
metadata: {name: f}
spec:
  importV4:
  - {action: Acept}
  - {action: Rejct, matchOperator: [
      In ]}
---
kind: [
"""

    @pytest.fixture
    def kept(self, folder: Path, peerlint: Command) -> Callable[[str], bool]:
        def prints(text: str) -> list[str]:
            write(folder, {"a.yaml": text})
            found = peerlint("check", "--output", "json", "a.yaml").data["diagnostics"]
            return sorted(one["fingerprint"] for one in found)

        before = prints(self.MANIFEST)
        assert len(before) >= 6
        return lambda text: prints(text) == before

    def test_moved_lines(self, kept: Callable[[str], bool]) -> None:
        assert kept("# head\n\n" + self.MANIFEST)
        assert kept(self.MANIFEST.replace("spec:\n", "spec:\n\n  # a comment\n\n"))
        assert kept(self.MANIFEST.replace("\n", "\r\n"))

    def test_comments_in_a_value(self, kept: Callable[[str], bool]) -> None:
        assert kept(self.MANIFEST.replace("    second", "    # why\n\n    second"))
        assert kept(self.MANIFEST.replace("[\n      In ]", "[ # why\n\n      In ]"))
        assert kept(self.MANIFEST.replace("    first", "      first").replace("    second", "      second"))

    def test_reordered_documents(self, kept: Callable[[str], bool]) -> None:
        peer, filter_, broken = self.MANIFEST.split("---\n")
        assert kept("---\n".join((broken + "\n", filter_, peer)))

    def test_reordered_fields_and_items(self, kept: Callable[[str], bool]) -> None:
        line = "  asNumber: 1.10\n"
        assert kept(self.MANIFEST.replace(line, "").replace("  peerIP", line + "  peerIP"))
        item = "  - {action: Acept}\n"
        assert kept(self.MANIFEST.replace(item, "  - {action: Accept, cidr: 10.0.0.0/8, matchOperator: In}\n" + item))

    def test_another_value_or_object_is_another(self, kept: Callable[[str], bool]) -> None:
        assert not kept(self.MANIFEST.replace("second", "third"))
        assert not kept(self.MANIFEST.replace("1.10", "1.11"))
        assert not kept(self.MANIFEST.replace("name: a", "name: b"))
        assert not kept(self.MANIFEST.replace("name: f", "name: f, namespace: x"))

    def test_the_version_of_calico_is_no_part(self, folder: Path, peerlint: Command) -> None:
        write(folder, {"a.yaml": OLD})
        peerlint("check", "--write-baseline", FILE, "--calico-version", "3.33", ".")
        for minor in range(28, 34):
            assert again(peerlint, "--calico-version", f"3.{minor}", ".").codes == []


def test_no_secret_is_in_it(folder: Path, peerlint: Command) -> None:
    def secret(password: str) -> str:
        return f"apiVersion: v1\nkind: Secret\nmetadata: {{name: s, namespace: n}}\nstringData:\n  k: {password}\n"

    peer = PEER + "  password: {secretKeyRef: {name: s, key: k}}\n"
    write(folder, {"a.yaml": peer, "s.yaml": secret("hunter2-" * 11), "b.yaml": PEER + "  password: hunter2-hunter2\n"})
    assert peerlint("check", "--write-baseline", FILE, ".").status == 0
    text = (folder / FILE).read_text()
    assert "hunter2" not in text
    assert "password-too-long" in text
    write(folder, {"s.yaml": secret("xyzzy-97" * 11), "b.yaml": PEER + "  password: xyzzy-xyzzy-97\n"})
    assert again(peerlint, ".").codes == [], "a fingerprint must not tell one secret from another"
