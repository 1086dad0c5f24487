"""The contract of ignores: what a whole run says of those that are mistaken, and of none that is needed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.conftest import PEER, write

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from tests.conftest import Outcome

    Command = Callable[..., Outcome]

OFF = """\
apiVersion: projectcalico.org/v3
kind: BGPConfiguration
metadata: {name: default}
spec:
  nodeToNodeMeshEnabled: false
"""
NEEDLESS = PEER.replace("64512", "64512  # peerlint: ignore[ttl-security-out-of-range] left over")
MESH = OFF.replace("false", "false  # peerlint: ignore[mesh-disabled-without-peers] peers are made by the fabric")


def codes(peerlint: Command, *arguments: str) -> list[str]:
    return peerlint("check", "--output", "json", *arguments).codes


class TestNeedless:
    def test_where_the_rule_has_looked(self, folder: Path, peerlint: Command) -> None:
        write(folder, {"a.yaml": NEEDLESS})
        assert codes(peerlint) == codes(peerlint, "a.yaml") == ["CAL014"]

    @pytest.mark.parametrize(
        "arguments",
        [
            ("--ignore", "CAL112"),
            ("--ignore", "CAL11"),
            ("--select", "CAL014"),
            ("--no-ignores",),
        ],
    )
    def test_not_where_it_has_not(self, arguments: tuple[str, ...], folder: Path, peerlint: Command) -> None:
        write(folder, {"a.yaml": NEEDLESS})
        assert codes(peerlint, *arguments) == []

    def test_not_where_an_override_silences_it(self, folder: Path, peerlint: Command) -> None:
        override = "overrides: [{files: [a.yaml], ignore: [CAL112]}]\n"
        write(folder, {"a.yaml": NEEDLESS, "b.yaml": NEEDLESS, ".peerlint.yaml": override})
        said = peerlint("check", "--output", "json").data["diagnostics"]
        assert [(one["path"], one["code"]) for one in said] == [("b.yaml", "CAL014")]

    def test_not_in_a_file_of_which_a_part_was_not_judged(self, folder: Path, peerlint: Command) -> None:
        write(folder, {"a.yaml": f"{NEEDLESS}---\na: [\n"})
        assert codes(peerlint) == ["CAL002"]

    def test_a_rule_about_several_files_needs_all_of_them(self, folder: Path, peerlint: Command) -> None:
        write(folder, {"one/c.yaml": MESH, "one/p.yaml": PEER})
        assert codes(peerlint) == ["CAL014"]
        assert codes(peerlint, ".") == ["CAL014"]
        assert codes(peerlint, "one/c.yaml", "one/p.yaml") == []
        write(folder, {".peerlint.yaml": "complete: true\n"})
        assert codes(peerlint, "one/c.yaml") == ["CAL014"]
        write(folder, {".peerlint.yaml": "clusters: {one: {paths: ['one/**']}}\n"})
        assert codes(peerlint, "one/c.yaml") == ["CAL014"]
        write(folder, {"one/broken.yaml": "a: ["})
        assert codes(peerlint) == ["CAL002"]

    def test_a_rule_that_needs_to_know_more_proves_nothing(self, folder: Path, peerlint: Command) -> None:
        ignored = "  # peerlint: ignore[missing-secret] made by hand\n"
        reference = f"  password:\n    secretKeyRef:\n      name: bgp{ignored}      key: tor\n"
        manifest = "apiVersion: v1\nkind: Secret\nmetadata: {name: bgp, namespace: kube-system}\nstringData: {tor: x}\n"
        write(folder, {"a.yaml": PEER + reference})
        assert codes(peerlint) == []
        write(folder, {"s.yaml": manifest})
        assert codes(peerlint) == []
        write(folder, {".peerlint.yaml": "complete: true\n"})
        assert codes(peerlint) == ["CAL014"]

    def test_nothing_is_proven_for_another_version_or_one_of_several_clusters(
        self, folder: Path, peerlint: Command
    ) -> None:
        field = PEER + "  reversePeering: Manual  # peerlint: ignore[field-not-in-version] the old clusters drop it\n"
        write(folder, {"a.yaml": field, ".peerlint.yaml": 'calicoVersion: "3.28"\n'})
        assert codes(peerlint) == []
        assert codes(peerlint, "--calico-version", "3.33") == []
        (folder / ".peerlint.yaml").unlink()
        assert codes(peerlint, "--calico-version", "3.33") == ["CAL014"]
        old, new = '{paths: [a.yaml], calicoVersion: "3.28"}', "{paths: [a.yaml]}"
        write(folder, {".peerlint.yaml": f"clusters: {{old: {old}, new: {new}}}\n"})
        assert codes(peerlint) == []
        assert codes(peerlint, "--cluster", "new") == []


class TestNames:
    @pytest.mark.parametrize(
        ("names", "said"),
        [
            ("ttl-security-out-of-range", []),
            ("CAL112", []),
            ("quoted-as-number, CAL112", ["CAL014"]),
            ("CAL112, no-such-rule", ["CAL015"]),
            ("ttl-security-out-of-rang", ["CAL015", "CAL112"]),
            ("cal112", ["CAL015", "CAL112"]),
            ("all", ["CAL015", "CAL112"]),
            ("CAL1", ["CAL015", "CAL112"]),
            ("unused-ignore", ["CAL014", "CAL112"]),
            ("CAL112, ttl-security-out-of-range", []),
        ],
    )
    def test_each_is_judged_by_itself(self, names: str, said: list[str], folder: Path, peerlint: Command) -> None:
        write(folder, {"a.yaml": PEER + f"  ttlSecurity: 256  # peerlint: ignore[{names}] a reason\n"})
        assert sorted(codes(peerlint)) == said

    @pytest.mark.parametrize("group", ["all", "CAL1", "CAL"])
    def test_for_a_group_no_rule_is_suggested(self, group: str, folder: Path, peerlint: Command) -> None:
        write(folder, {"a.yaml": PEER + f"  ttlSecurity: 256  # peerlint: ignore[{group}] a reason\n"})
        said = {one["code"]: one for one in peerlint("check", "--output", "json").data["diagnostics"]}
        assert said["CAL015"]["fix"] is None
        assert "takes no groups" in said["CAL015"]["help"]


@pytest.mark.parametrize(
    ("written", "mended"),
    [
        ("ignore[CAL042, CAL112] why", "ignore[CAL112] why"),
        ("ignore[CAL112, CAL042] why", "ignore[CAL112] why"),
        ("ignore[CAL001,CAL112 ,CAL042] why", "ignore[CAL112] why"),
        ("ignore[ttl-security-out-of-rang] why", "ignore[ttl-security-out-of-range] why"),
        ("ignore[cal112, quoted-as-numbr] why", "ignore[CAL112] why"),
        ("ingore[CAL112] why", "ignore[CAL112] why"),
        ("disable CAL112 why", "ignore[CAL112] why"),
        ("ignore CAL112", "ignore[CAL112]"),
    ],
)
def test_fixes_leave_what_is_needed(written: str, mended: str, folder: Path, peerlint: Command) -> None:
    text = PEER + "  ttlSecurity: 256  # peerlint: {comment}\n"
    write(folder, {"a.yaml": text.replace("{comment}", written)})
    peerlint("fix", "--unsafe", "a.yaml")
    assert (folder / "a.yaml").read_text() == text.replace("{comment}", mended)
    before = (folder / "a.yaml").read_text()
    peerlint("fix", "--unsafe", "a.yaml")
    assert (folder / "a.yaml").read_text() == before
