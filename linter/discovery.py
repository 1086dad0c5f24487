"""From the paths of a command line to the files behind them, and from a file to its bytes."""

from __future__ import annotations

import errno
import os
from stat import S_ISDIR, S_ISLNK, S_ISREG
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator

MANIFESTS = (".yaml", ".yml", ".json")
TEMPLATES = tuple(name + suffix for name in MANIFESTS for suffix in (".j2", ".tpl", ".tmpl", ".gotmpl"))
CONFIGURATION = ".peerlint.yaml"
"""The settings of a directory, and so no manifest in it."""
BASELINE = ".peerlint-baseline.json"
"""What a baseline is called unless the user calls it otherwise: no manifest either."""

STDIN = "<stdin>"
LARGEST = 64 * 2**20
"""How many bytes of one file are read; a larger one is refused before it is decoded."""

_FIRST_CHUNK, _LARGEST_CHUNK = 2**15, 2**20
"""Most manifests fit the first; `os.read` allocates what it is asked for (performance §6.3)."""

_READ, _OTHER = "", "other"


class File(NamedTuple):
    """One file to check: `path` as users see it, `location` where to open it (absolute, or "-" for standard input)."""

    path: str
    location: str


class Discovery(NamedTuple):
    """What the paths lead to: every file once, in the order of shown paths.

    `skipped` holds (shown path, reason); `other` counts files that are no manifests by name; `missing` are paths that
    do not exist; `notes` tell where git did not answer, so that more or less than it knows was found.
    """

    files: tuple[File, ...]
    skipped: tuple[tuple[str, str], ...] = ()
    other: int = 0
    missing: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()


class TooLargeError(OSError):
    """A file of more than `LARGEST` bytes."""

    def __init__(self, location: str) -> None:
        super().__init__(errno.EFBIG, f"the file is larger than {LARGEST // 2**20} MiB", location)


def discover(paths: Iterable[str], excluded: Callable[[str], bool] | None = None) -> Discovery:
    """Find the files behind `paths`: files, directories, and "-" for standard input.

    In a directory these are the manifests that the git repository holding it tracks or would track; all of them where
    there is no repository, where git fails, and where it ignores the directory as a whole. Nested repositories and
    submodules are asked for themselves. A symbolic link and its target are one file; links to directories are followed
    only when named. A path that is named is always read; `excluded` is asked, by location, about the others. What
    exists but cannot be listed is among the files, so that opening it says why.
    """
    search = _Search(excluded)
    for path in paths:
        search.name(path)
    return search.result()


def read(file: File) -> bytes:
    """All bytes of a file; standard input is read to its end.

    Raises:
        TooLargeError: it has more than `LARGEST` bytes, of which hardly more than that were read.
        OSError: it cannot be opened or read, or is gone.
    """
    if file.location == "-":
        return _drain(0, file.location)
    descriptor = os.open(file.location, os.O_RDONLY | getattr(os, "O_BINARY", 0))
    try:
        return _drain(descriptor, file.location)
    finally:
        os.close(descriptor)


def repository(directory: str) -> str | None:
    """The nearest directory, from an absolute one upward, that has a `.git`; None outside repositories."""
    directory = os.path.normpath(directory)
    while not os.path.lexists(os.path.join(directory, ".git")):
        directory, below = os.path.dirname(directory), directory
        if directory == below:
            return None
    return directory


def _drain(descriptor: int, location: str) -> bytes:
    chunks: list[bytes] = []
    size, step = 0, _FIRST_CHUNK
    while chunk := os.read(descriptor, step):
        chunks.append(chunk)
        size += len(chunk)
        if size > LARGEST:
            raise TooLargeError(location)
        if len(chunk) == step:
            step = _LARGEST_CHUNK
    return b"".join(chunks)


class _Met(NamedTuple):
    """A path that was met; of several that lead to one file the least stands for it: named, no link, first by path."""

    found: bool
    linked: bool
    file: File
    verdict: str


class _Search:
    """What was met so far, by the real path of each file."""

    def __init__(self, excluded: Callable[[str], bool] | None) -> None:
        self.excluded = excluded
        self.cwd = os.getcwd()
        self.directories: dict[str, File] = {}
        self.listed: set[str] = set()
        self.met: dict[str, _Met] = {}
        self.missing: list[str] = []
        self.notes: list[str] = []

    def result(self) -> Discovery:
        met = sorted(self.met.values(), key=lambda one: one.file)
        return Discovery(
            tuple(one.file for one in met if one.verdict == _READ),
            tuple((one.file.path, one.verdict) for one in met if one.verdict not in {_READ, _OTHER}),
            sum(one.verdict == _OTHER for one in met),
            tuple(self.missing),
            tuple(self.notes),
        )

    def name(self, path: str) -> None:
        """A path of the command line."""
        if path == "-":
            self.met[path] = _Met(False, False, File(STDIN, path), _READ)
            return
        path = path.replace(os.sep, "/")
        try:
            directory = S_ISDIR(os.stat(path).st_mode)
        except (FileNotFoundError, NotADirectoryError, ValueError):
            self.missing.append(path)
            return
        except OSError:
            directory = False
        if directory:
            self.enter(path)
        else:
            self.meet(path, os.path.islink(path), _READ, found=False)

    def enter(self, path: str) -> None:
        """A directory: the files that git knows in it, or all."""
        directory = self.directory(path)
        if directory.location in self.listed:
            return
        self.listed.add(directory.location)
        names = self.known(directory) if repository(directory.location) else None
        prefix = path if path.endswith("/") else path + "/"
        for name in self.walk(prefix) if names is None else names:
            self.judge(prefix + name)

    def known(self, directory: File) -> list[str] | None:
        """What git lists in a directory of a repository; None if it cannot or ignores the whole directory."""
        names, complaint = _ask_git(directory.location)
        if complaint:
            effect = "the files it ignores are read too" if names is None else "what it could not list is not read"
            self.notes.append(f"git complains about {directory.path or './'}: {complaint}; {effect}")
        return names

    def walk(self, top: str) -> Iterator[str]:
        """All files below a directory, but nothing of git's own; a repository on the way is listed for itself."""
        below = [""]
        while below:
            prefix = below.pop()
            path = (top + prefix).rstrip("/") or "/"
            try:
                entries = list(os.scandir(path))
            except OSError:
                self.meet(path, False, _READ)
                continue
            if prefix and any(entry.name == ".git" for entry in entries):
                self.enter(path)
                continue
            for entry in entries:
                if not entry.is_dir(follow_symlinks=False):
                    yield prefix + entry.name
                elif entry.name != ".git":
                    below.append(f"{prefix}{entry.name}/")

    def judge(self, path: str) -> None:
        """A path that the listing of a directory holds."""
        try:
            mode = os.lstat(path).st_mode
        except (FileNotFoundError, NotADirectoryError):
            return  # tracked, and deleted
        except OSError:
            self.meet(path, False, _READ)
            return
        if S_ISDIR(mode):
            self.enter(path)
        else:
            self.meet(path, S_ISLNK(mode), self.verdict(path, mode))

    def verdict(self, path: str, mode: int) -> str:
        """Why a path found in a directory is not read; empty if it is."""
        if S_ISLNK(mode):
            try:
                mode = os.stat(path).st_mode
            except OSError:
                mode = 0
            if S_ISDIR(mode):
                return "symbolic link to a directory"
        name = path[path.rindex("/") + 1 :]
        if not name.endswith(MANIFESTS + TEMPLATES) or name in {CONFIGURATION, BASELINE}:
            return _OTHER
        if self.excluded and self.excluded(self.locate(path).location):
            return "excluded"
        if name.endswith(TEMPLATES):
            return "template"
        if not mode:
            return "broken symbolic link"
        return _READ if S_ISREG(mode) else "no regular file"

    def meet(self, path: str, linked: bool, verdict: str, found: bool = True) -> None:
        file = self.locate(path)
        target = os.path.realpath(file.location) if linked else file.location
        met = _Met(found, linked, file, verdict)
        self.met[target] = min(met, self.met.get(target, met))

    def locate(self, path: str) -> File:
        """Where a file is; its directory is resolved, once, and the file itself is not."""
        above, slash, name = path.rpartition("/")
        directory = self.directories.get(above + slash) or self.directory(above + slash)
        return File(directory.path + _printable(name), directory.location + name)

    def directory(self, path: str) -> File:
        """Where a directory is, both ways with a slash behind; shown from the working directory if that is above it."""
        location = os.path.realpath(path)
        shown = self.below(location) or self.below(os.path.abspath(path)) or os.path.normpath(path)
        shown = "" if shown == "." else os.path.join(shown, "")
        file = File(_printable(shown.replace(os.sep, "/")), os.path.join(location, ""))
        self.directories[path] = file
        return file

    def below(self, location: str) -> str:
        """A location from the working directory; empty if it is not below."""
        if location == self.cwd:
            return "."
        inside = os.path.join(self.cwd, "")
        return location.removeprefix(inside) if location.startswith(inside) else ""


def _printable(path: str) -> str:
    """A path whose bytes are no UTF-8 has them escaped, because no output can hold them."""
    return path if path.isascii() else os.fsencode(path).decode("utf-8", "backslashreplace")


_OF_ANOTHER_REPOSITORY = frozenset(
    {"GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_COMMON_DIR", "GIT_OBJECT_DIRECTORY", "GIT_PREFIX"}
)
"""Set in hooks; the repository that holds the directory is meant, wherever peerlint is run from."""


def _ask_git(location: str) -> tuple[list[str] | None, str]:
    """The files that git tracks or would track below a directory, or None, and its complaint if there was one."""
    status, output, complaint = _git(location, "ls-files", "-z", "--cached", "--others", "--exclude-standard")
    if status:
        return None, complaint
    if not output and _git(location, "check-ignore", "--quiet", ".")[0] == 0:
        return None, ""
    return [os.fsdecode(name) for name in output.split(b"\0") if name], complaint


def _git(location: str, *arguments: str) -> tuple[int, bytes, str]:
    """Status, output and first line of complaint of a git that runs no program which the repository names."""
    import subprocess

    environment = {key: value for key, value in os.environ.items() if key not in _OF_ANOTHER_REPOSITORY}
    environment["LC_ALL"] = "C"
    command = ["git", "-C", location, "-c", "core.fsmonitor=false", *arguments]
    try:
        done = subprocess.run(  # noqa: S603 - no shell, and all but the directory is fixed
            command, capture_output=True, stdin=subprocess.DEVNULL, env=environment, timeout=60, check=False
        )
    except FileNotFoundError:
        return -1, b"", "git is not installed"
    except (OSError, subprocess.SubprocessError) as error:
        return -1, b"", str(error)
    return done.returncode, done.stdout, done.stderr.decode(errors="replace").strip().split("\n", 1)[0]
