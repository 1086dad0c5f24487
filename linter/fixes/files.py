"""New texts into files: all of them or none, each in one step, and nothing of a file changed but its text."""

from __future__ import annotations

import os
import tempfile
from contextlib import suppress
from stat import S_IMODE, S_ISREG
from typing import TYPE_CHECKING, NamedTuple

from linter.discovery import File, read
from linter.yaml.encoding import decode, encode

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence


class Rewrite(NamedTuple):
    """A file, the text that was read from it, and the text that it shall have."""

    file: File
    before: str
    after: str


class WriteError(Exception):
    """Nothing was written; the text says which file is the cause, and why."""


class _Prepared(NamedTuple):
    """A file that stands ready: `target` will be replaced by `beside`; `data` is what it held, `state` how it was."""

    shown: str
    target: str
    beside: str
    data: bytes
    state: os.stat_result


def is_writable(file: File) -> bool:
    """Whether a file is one whose text can be replaced: a regular one, and both it and its directory may be written."""
    target = os.path.realpath(file.location)
    try:
        regular = S_ISREG(os.stat(target).st_mode)
    except OSError:
        return False
    return regular and os.access(target, os.W_OK) and os.access(os.path.dirname(target), os.W_OK)


def links(file: File) -> int:
    """How many names a file has; replacing it leaves the others as they are."""
    return os.stat(file.location).st_nlink


def rewrite(rewrites: Sequence[Rewrite]) -> None:
    """Give files their new texts. A symbolic link stays, and what it leads to is written.

    All are written beside what they replace, and to the disk, before the first takes its place. Encoding, byte order
    mark, permissions, owner and extended attributes stay, as far as the system lets them.

    Raises:
        WriteError: a file cannot be written, or is no longer the one that was read; all are as they were.
    """
    prepared: list[_Prepared] = []
    try:
        for one in rewrites:
            prepared.append(_prepared(one))  # noqa: PERF401 - those before a failure must be known
        for file in prepared:
            _refuse_changed(file)
        _replace(prepared)
    finally:
        for file in prepared:
            with suppress(OSError):
                os.unlink(file.beside)


def _prepared(one: Rewrite) -> _Prepared:
    shown, target = one.file.path, os.path.realpath(one.file.location)
    try:
        state = os.stat(target)
        data = read(File(shown, target))
        source, faults = decode(shown, data)
        if faults or source.text != one.before:
            raise WriteError(f"{shown} was changed while it was looked at")
        return _Prepared(shown, target, _beside(target, encode(one.after, data), state), data, state)
    except OSError as error:
        raise _failure(shown, error) from error


def _failure(shown: str, error: OSError) -> WriteError:
    return WriteError(f"cannot write {shown}: {(error.strerror or str(error)).lower()}")


def _beside(target: str, data: bytes, state: os.stat_result) -> str:
    """A new file in the directory of another, like it in all but the name and what it holds; safe on the disk."""
    descriptor, path = tempfile.mkstemp(prefix=".peerlint-", dir=os.path.dirname(target))
    try:
        with os.fdopen(descriptor, "wb") as file:
            file.write(data)
            file.flush()
            _dress(path, target, state)
            os.fsync(file.fileno())
    except BaseException:
        os.unlink(path)
        raise
    return path


def _dress(path: str, like: str, state: os.stat_result) -> None:
    """Give a file another's owner, attributes and permissions; the system may refuse the first two."""
    if hasattr(os, "chown"):
        made = os.stat(path)
        if (made.st_uid, made.st_gid) != (state.st_uid, state.st_gid):
            for owner, group in ((-1, state.st_gid), (state.st_uid, -1)):
                with suppress(OSError):
                    os.chown(path, owner, group)
    if hasattr(os, "listxattr"):
        with suppress(OSError):
            for name in os.listxattr(like):
                with suppress(OSError):
                    os.setxattr(path, name, os.getxattr(like, name))
    os.chmod(path, S_IMODE(state.st_mode))


def _refuse_changed(file: _Prepared) -> None:
    try:
        now = os.stat(file.target)
    except OSError as error:
        raise _failure(file.shown, error) from error
    then = file.state
    if (now.st_ino, now.st_size, now.st_mtime_ns) != (then.st_ino, then.st_size, then.st_mtime_ns):
        raise WriteError(f"{file.shown} was changed while it was looked at")


def _replace(prepared: Sequence[_Prepared]) -> None:
    """Put all in place; if one cannot be, those before it get back what they held."""
    for number, file in enumerate(prepared):
        try:
            os.replace(file.beside, file.target)
        except BaseException as error:
            lost = _restore(prepared[:number])
            if isinstance(error, OSError):
                raise WriteError(f"{_failure(file.shown, error)}{lost}") from error
            raise
    _settle(dict.fromkeys(os.path.dirname(file.target) for file in prepared))


def _restore(replaced: Iterable[_Prepared]) -> str:
    """Give files back what they held; says which could not be."""
    lost = ""
    for file in replaced:
        try:
            os.replace(_beside(file.target, file.data, file.state), file.target)
        except OSError:
            lost += f"; {file.shown} keeps its fixes"
    return lost


def _settle(directories: Iterable[str]) -> None:
    """Have the new names on the disk too, where directories can be opened for that."""
    for directory in directories:
        with suppress(OSError):
            descriptor = os.open(directory, os.O_RDONLY)
            try:
                os.fsync(descriptor)
            finally:
                os.close(descriptor)
