"""Which files stand behind the paths of a command line, and how they are read."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from linter import discovery
from linter.discovery import LARGEST, File, TooLargeError, discover, read, repository

if TYPE_CHECKING:
    from pathlib import Path

needs_git = pytest.mark.skipif(shutil.which("git") is None, reason="git is not installed")


@pytest.fixture
def here(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def put(root: Path, *names: str) -> None:
    for name in names:
        path = root / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(f"# {name}\n")


def git(directory: Path, *arguments: str) -> None:
    identity = ("-c", "user.name=a", "-c", "user.email=a@example.org", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *arguments], cwd=directory, check=True, capture_output=True)


def shown(*paths: str) -> list[str]:
    return [file.path for file in discover(paths).files]


def test_names_decide_in_a_directory(here: Path) -> None:
    put(here, "a.yaml", "b.yml", "c.json", "sub/d.yaml", "README.md", "e.yaml.bak", "yaml", ".hidden/f.yaml", ".g.yml")
    put(here, "p.yaml.j2", "q.yml.tpl", "r.json.tmpl", "s.yaml.gotmpl", "u.j2", ".peerlint.yaml")
    found = discover(["."])
    assert [file.path for file in found.files] == [
        ".g.yml", ".hidden/f.yaml", "a.yaml", "b.yml", "c.json", "sub/d.yaml",
    ]  # fmt: skip
    assert found.skipped == tuple(
        (name, "template") for name in ("p.yaml.j2", "q.yml.tpl", "r.json.tmpl", "s.yaml.gotmpl")
    )
    assert found.other == 5
    assert not found.missing
    assert not found.notes


def test_a_named_path_is_read_whatever_its_name(here: Path) -> None:
    put(here, "notes.txt", "p.yaml.j2", ".peerlint.yaml")
    assert shown("p.yaml.j2", "notes.txt", ".peerlint.yaml") == [".peerlint.yaml", "notes.txt", "p.yaml.j2"]
    assert discover([".", "p.yaml.j2"]).skipped == ()


def test_every_file_once(here: Path) -> None:
    put(here, "d/a.yaml", "b.yaml")
    (here / "via").symlink_to("d")
    named = ["b.yaml", ".", "d", "./d/../d/a.yaml", str(here / "d" / "a.yaml"), str(here), "via", "via/a.yaml"]
    assert shown(*named) == shown(*reversed(named)) == ["b.yaml", "d/a.yaml"]


def test_missing_paths_are_told(here: Path) -> None:
    put(here, "a.yaml")
    (here / "dangling.yaml").symlink_to("nowhere")
    found = discover(["nope", "a.yaml", "a.yaml/below", "dangling.yaml", "nul\0"])
    assert found.missing == ("nope", "a.yaml/below", "dangling.yaml", "nul\0")
    assert [file.path for file in found.files] == ["a.yaml"]


def test_standard_input(here: Path) -> None:
    assert discover(["-", "-"]).files == (File("<stdin>", "-"),)


def test_paths_are_shown_from_the_working_directory(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(here, "in/a.yaml", "out/b.yaml")
    monkeypatch.chdir(here / "in")
    assert shown(str(here / "in" / "a.yaml"), "../out") == ["../out/b.yaml", "a.yaml"]
    assert shown(str(here / "out")) == [f"{here}/out/b.yaml"]
    assert shown("../in/") == ["a.yaml"]


def test_location_opens_from_anywhere(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(here, "d/a.yaml", "b.yaml")
    files = discover(["d", "b.yaml"]).files
    monkeypatch.chdir("/")
    assert [read(file) for file in files] == [b"# b.yaml\n", b"# d/a.yaml\n"]


def test_links_and_loops(here: Path) -> None:
    put(here, "d/a.yaml")
    (here / "link.yaml").symlink_to("d/a.yaml")
    (here / "away.yaml").symlink_to("/etc/hostname")
    (here / "d" / "up").symlink_to("..")
    (here / "broken.yaml").symlink_to("nowhere")
    (here / "self.yaml").symlink_to("self.yaml")
    found = discover(["."])
    assert [file.path for file in found.files] == ["away.yaml", "d/a.yaml"]
    assert found.skipped == (
        ("broken.yaml", "broken symbolic link"),
        ("d/up", "symbolic link to a directory"),
        ("self.yaml", "broken symbolic link"),
    )
    assert shown("link.yaml") == ["link.yaml"]
    assert shown("link.yaml", ".") == ["away.yaml", "link.yaml"]
    assert shown("d/up/d") == ["d/a.yaml"]


def test_a_named_link_loop_fails_when_it_is_opened(here: Path) -> None:
    (here / "self.yaml").symlink_to("self.yaml")
    (file,) = discover(["self.yaml"]).files
    with pytest.raises(OSError, match="symbolic links"):
        read(file)


def test_pipes_and_sockets_in_a_directory_are_not_opened(here: Path) -> None:
    os.mkfifo(here / "pipe.yaml")
    with socket.socket(socket.AF_UNIX) as listener:
        listener.bind("socket.yaml")
        found = discover(["."])
    assert found.files == ()
    assert found.skipped == (("pipe.yaml", "no regular file"), ("socket.yaml", "no regular file"))


def test_a_named_pipe_is_read(here: Path) -> None:
    reading, writing = os.pipe()
    os.write(writing, b"kind: Node\n")
    os.close(writing)
    (file,) = discover([f"/dev/fd/{reading}"]).files
    assert read(file) == b"kind: Node\n"
    os.close(reading)


def test_unlistable_directory_is_opened_to_say_why(here: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    put(here, "a.yaml", "locked/b.yaml")
    scandir = os.scandir

    def refuse(path: str) -> object:
        if path.endswith("locked"):
            raise PermissionError(13, "Permission denied", path)
        return scandir(path)

    monkeypatch.setattr(os, "scandir", refuse)
    found = discover(["."])
    assert [file.path for file in found.files] == ["a.yaml", "locked"]
    with pytest.raises(OSError, match="directory"):
        read(found.files[1])
    assert shown("locked") == ["locked"]


def test_deep_directories(here: Path) -> None:
    deep = "d/" * 1500
    os.makedirs(deep[:1500])
    os.makedirs(deep)
    with open(f"{deep}a.yaml", "w"):
        pass
    assert shown(".") == [f"{deep}a.yaml"]
    os.remove(f"{deep}a.yaml")
    os.removedirs(deep)


def test_names_that_are_no_text(here: Path) -> None:
    name = b"\xff.yaml"
    try:
        with open(os.path.join(os.fsencode(here), name), "wb") as file:
            file.write(b"x")
    except OSError:
        pytest.skip("the file system refuses such names")
    put(here, "ü.yaml")
    (broken, umlaut) = discover(["."]).files
    assert broken.path == "\\xff.yaml"
    assert umlaut.path == "ü.yaml"
    assert read(broken) == b"x"


def test_excluded_files_are_listed_unless_named(here: Path) -> None:
    put(here, "charts/a.yaml", "charts/b.txt", "c.yaml")
    asked: list[str] = []

    def excluded(location: str) -> bool:
        asked.append(location)
        return "/charts/" in location

    found = discover(["."], excluded)
    assert [file.path for file in found.files] == ["c.yaml"]
    assert found.skipped == (("charts/a.yaml", "excluded"),)
    assert sorted(asked) == [f"{os.path.realpath(here)}/{name}" for name in ("c.yaml", "charts/a.yaml")]
    assert [file.path for file in discover([".", "charts/a.yaml"], excluded).files] == ["c.yaml", "charts/a.yaml"]


@needs_git
class TestGit:
    @pytest.fixture
    def repo(self, here: Path) -> Path:
        git(here, "init", "-q")
        put(here, "tracked.yaml", "deleted.yaml", "build/forced.yaml", "sub/x.yaml")
        put(here, ".gitignore")
        (here / ".gitignore").write_text("build/\n*.tmp.yaml\n")
        git(here, "add", "-f", ".")
        git(here, "commit", "-qm", "all")
        (here / "deleted.yaml").unlink()
        put(here, "new.yaml", "build/made.yaml", "x.tmp.yaml", "out/y.tmp.yaml")
        return here

    def test_what_git_tracks_or_would_track(self, repo: Path) -> None:
        found = discover(["."])
        assert [file.path for file in found.files] == ["build/forced.yaml", "new.yaml", "sub/x.yaml", "tracked.yaml"]
        assert found.other == 1
        assert not found.notes
        assert not found.skipped

    def test_a_tracked_directory_that_became_a_file(self, repo: Path) -> None:
        shutil.rmtree(repo / "sub")
        put(repo, "sub")
        assert shown(".") == ["build/forced.yaml", "new.yaml", "tracked.yaml"]

    def test_a_directory_in_a_repository(self, repo: Path) -> None:
        assert shown("sub") == ["sub/x.yaml"]
        assert shown(str(repo / "sub")) == ["sub/x.yaml"]

    def test_an_ignored_directory_is_read_when_named(self, repo: Path) -> None:
        (repo / ".git" / "info" / "exclude").write_text("rendered/\n")
        put(repo, "rendered/deep/a.yaml")
        assert shown("rendered") == shown("rendered/deep") == ["rendered/deep/a.yaml"]
        assert "rendered/deep/a.yaml" not in shown(".")

    def test_an_ignored_file_is_read_when_named(self, repo: Path) -> None:
        assert shown("x.tmp.yaml") == ["x.tmp.yaml"]

    def test_a_directory_of_ignored_files_alone_has_none(self, repo: Path) -> None:
        assert shown("out") == []

    def test_a_merge_conflict_lists_a_file_once(self, repo: Path) -> None:
        git(repo, "checkout", "-qb", "side")
        (repo / "tracked.yaml").write_text("a")
        git(repo, "commit", "-qam", "a")
        git(repo, "checkout", "-q", "-")
        (repo / "tracked.yaml").write_text("b")
        git(repo, "commit", "-qam", "b")
        subprocess.run(["git", "merge", "side"], cwd=repo, capture_output=True, check=False)
        assert shown(".").count("tracked.yaml") == 1

    def test_nested_repositories_are_asked_for_themselves(self, repo: Path) -> None:
        nested = repo / "vendor" / "nested"
        put(nested, "n.yaml", "n.log.yaml")
        (nested / ".gitignore").write_text("*.log.yaml\n")
        git(nested, "init", "-q")
        assert [path for path in shown(".") if path.startswith("vendor")] == ["vendor/nested/n.yaml"]

    def test_submodules(self, repo: Path, tmp_path_factory: pytest.TempPathFactory) -> None:
        other = tmp_path_factory.mktemp("other")
        put(other, "s.yaml")
        git(other, "init", "-q")
        git(other, "add", ".")
        git(other, "commit", "-qm", "s")
        git(repo, "-c", "protocol.file.allow=always", "submodule", "--quiet", "add", str(other), "sub.yaml")
        assert "sub.yaml/s.yaml" in shown(".")
        shutil.rmtree(repo / "sub.yaml")
        (repo / "sub.yaml").mkdir()
        assert "sub.yaml/s.yaml" not in shown(".")
        assert shown("sub.yaml") == []

    def test_repositories_below_a_plain_directory(self, here: Path) -> None:
        for name in ("one", "two"):
            put(here, f"{name}/keep.yaml", f"{name}/drop.yaml")
            (here / name / ".gitignore").write_text("drop.yaml\n")
            git(here / name, "init", "-q")
        put(here, "drop.yaml")
        assert shown(".") == ["drop.yaml", "one/keep.yaml", "two/keep.yaml"]

    def test_another_repository_in_the_environment(self, repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GIT_DIR", ".git")
        monkeypatch.setenv("GIT_INDEX_FILE", "/nonexistent/index")
        monkeypatch.chdir(repo / "sub")
        found = discover([".."])
        assert [file.path for file in found.files] == [
            "../build/forced.yaml", "../new.yaml", "../tracked.yaml", "x.yaml",
        ]  # fmt: skip
        assert found.notes == ()

    def test_all_is_read_where_git_fails_and_that_is_told(self, repo: Path) -> None:
        (repo / ".git" / "index").write_bytes(b"no index")
        found = discover(["."])
        assert "build/made.yaml" in [file.path for file in found.files]
        (note,) = found.notes
        assert note.startswith("git complains about ./: ")
        assert "ignores are read too" in note

    def test_all_is_read_without_git_and_that_is_told(self, repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("PATH", "/nonexistent")
        put(repo, ".git/hidden.yaml")
        found = discover(["."])
        assert "x.tmp.yaml" in [file.path for file in found.files]
        assert ".git/hidden.yaml" not in [file.path for file in found.files]
        assert found.notes == ("git complains about ./: git is not installed; the files it ignores are read too",)

    def test_a_foreign_owner_is_told(self, repo: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setenv("GIT_TEST_ASSUME_DIFFERENT_OWNER", "1")
        monkeypatch.setenv("GIT_CONFIG_GLOBAL", "/dev/null")
        found = discover(["."])
        assert "x.tmp.yaml" in [file.path for file in found.files]
        assert "dubious ownership" in found.notes[0]

    def test_the_repository_runs_no_program(self, repo: Path) -> None:
        hook = repo / "hook"
        hook.write_text("#!/bin/sh\ntouch ran\n")
        hook.chmod(0o755)
        git(repo, "config", "core.fsmonitor", str(hook))
        discover(["."])
        assert not (repo / "ran").exists()

    def test_linked_file_in_a_repository(self, repo: Path) -> None:
        (repo / "link.yaml").symlink_to("sub/x.yaml")
        (repo / "dir").symlink_to("sub")
        found = discover(["."])
        assert [file.path for file in found.files].count("sub/x.yaml") == 1
        assert "link.yaml" not in [file.path for file in found.files]
        assert found.skipped == (("dir", "symbolic link to a directory"),)

    def test_a_tracked_directory_that_became_a_link(self, repo: Path) -> None:
        shutil.move(repo / "sub", repo / "moved")
        (repo / "sub").symlink_to("moved")
        assert [path for path in shown(".") if path.endswith("x.yaml")] == ["moved/x.yaml"]


def test_repository(here: Path) -> None:
    put(here, "a/b/c.yaml")
    assert repository("/") is None
    (here / "a" / ".git").write_text("gitdir: elsewhere\n")
    assert repository(str(here / "a" / "b")) == str(here / "a")


class TestRead:
    def test_sizes_around_the_chunks(self, here: Path) -> None:
        for size in (0, 1, 2**15 - 1, 2**15, 2**15 + 1, 2**20 + 2**15, 3 * 2**20 + 7):
            content = os.urandom(1024) * (size // 1024) + b"x" * (size % 1024)
            (here / "a.yaml").write_bytes(content)
            assert read(discover(["a.yaml"]).files[0]) == content

    def test_limit(self, here: Path) -> None:
        with open("a.yaml", "wb") as file:
            file.truncate(LARGEST)
        (found,) = discover(["a.yaml"]).files
        assert len(read(found)) == LARGEST
        os.truncate("a.yaml", LARGEST + 1)
        with pytest.raises(TooLargeError, match="larger than 64 MiB"):
            read(found)

    def test_an_endless_device(self) -> None:
        with pytest.raises(TooLargeError):
            read(discover(["/dev/zero"]).files[0])

    def test_a_file_that_vanished(self, here: Path) -> None:
        put(here, "a.yaml")
        (found,) = discover(["a.yaml"]).files
        os.remove("a.yaml")
        with pytest.raises(FileNotFoundError):
            read(found)

    def test_standard_input_is_read_to_its_end(self) -> None:
        program = "import sys; from linter.discovery import *; f, = discover(['-']).files; print(len(read(f)))"
        done = subprocess.run([sys.executable, "-c", program], input=b"x" * 100_000, capture_output=True, check=True)
        assert done.stdout.strip() == b"100000"


def test_a_file_costs_neither_git_nor_pathspec(here: Path) -> None:
    put(here, "a.yaml")
    program = "import sys; from linter.discovery import *; discover(['a.yaml']); print(*sys.modules)"
    env = os.environ | {"PYTHONPATH": os.path.dirname(os.path.dirname(discovery.__file__))}
    loaded = subprocess.run([sys.executable, "-c", program], env=env, capture_output=True, text=True, check=True)
    assert not {"subprocess", "pathspec", "pathlib"} & set(loaded.stdout.split())
