"""Files that are whole: written beside their place, and put there when all is written.

One that turns out to be damaged is put aside under a name that says so.

What a program that was killed leaves beside a file is removed at the next start. A note of every
such part, its full path, lies in the user's state folder for as long as it is written and is
locked by its writer; ``clear_strays`` deletes a part only where such a note names it, where nobody
holds the note, and where its name is the random one of the note. So no file of the user's is ever
taken for a stray, nor one that another window is writing.
"""

from __future__ import annotations

import errno
import os
import re
import secrets
import shutil
import stat
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reader.paths import state_dir

if sys.platform == "win32":
    import msvcrt
else:
    import fcntl

_NOTES = "unfinished"
_TOKEN = re.compile(r"[0-9a-f]{16}")


@contextmanager
def replacing(path: Path, mode: int = 0o666) -> Iterator[Path]:
    """Give the path of a new file to write, which takes the place of ``path`` when all went well.

    A link stays a link, and an old file keeps its permissions; a new one gets those of ``mode``
    that the user's mask lets through.

    Raises:
        OSError: it cannot be written, or what is there is no file; then an old file is as it was.
    """
    target = Path(os.path.realpath(path))
    token = secrets.token_hex(8)
    new = _part(target.parent, token)
    exists = target.exists()
    if exists:
        _check_that_it_may_be_replaced(target)
    with _noted(new, token):
        try:
            new.touch(mode, exist_ok=False)
            if exists:
                shutil.copymode(target, new)
            yield new
            _flush_to_disk(new)
            new.replace(target)
        finally:
            with suppress(OSError):  # it took its place, or was never made
                new.unlink()


@contextmanager
def setting_aside(path: Path) -> Iterator[bool]:
    """Make room at ``path`` for a file that grows slowly; after an error the old one comes back.

    The old file is deleted when the work is done, and also when the user ends it early: they keep
    what was made by then. False means that nothing was moved: there was no file, or it is a device,
    or one that the system lets us write but not rename. Whoever writes then writes into it.
    """
    target = Path(os.path.realpath(path))
    token = secrets.token_hex(8)
    old = _part(target.parent, token)
    with _noted(old, token):
        is_moved = False
        if target.is_file() and os.access(target, os.W_OK):
            with suppress(PermissionError):
                target.rename(old)
                is_moved = True
        try:
            if is_moved:
                target.touch(exist_ok=False)
                shutil.copymode(old, target)
            yield is_moved
        except Exception:
            if is_moved:
                old.replace(target)
            raise
        finally:
            with suppress(OSError):  # it is back, or was never moved
                old.unlink()


def put_aside(damaged: Path) -> Path:
    """Rename a file that cannot be read, so that its name says so; return where it lies now.

    No earlier one is written over: it may be all that its owner has.

    Raises:
        OSError: it cannot be moved.
    """
    aside, number = damaged.with_name(f"{damaged.name}.damaged"), 1
    while aside.exists():
        number += 1
        aside = damaged.with_name(f"{damaged.name}.damaged-{number}")
    return damaged.replace(aside)


def clear_strays() -> None:
    """Delete the parts that were being written when the program was killed."""
    try:
        notes = [note for note in _notes().iterdir() if _TOKEN.fullmatch(note.name)]
    except OSError:
        return
    for note in notes:
        with suppress(OSError, ValueError):  # another start was quicker, or it stays for the next
            _clear(note)


def lock(descriptor: int) -> bool:
    """Lock an open file until it is closed or the process ends; False where another one has it.

    A file system without locks counts as one where nobody has them.
    """
    try:
        if sys.platform == "win32":
            msvcrt.locking(descriptor, msvcrt.LK_NBLCK, 1)
        else:
            fcntl.flock(descriptor, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except OSError as error:
        return error.errno not in (errno.EACCES, errno.EAGAIN, errno.EDEADLK)
    return True


def _notes() -> Path:
    return state_dir() / _NOTES


def _part(folder: Path, token: str) -> Path:
    return folder / f".policy-reader-{token}.part"


def _check_that_it_may_be_replaced(target: Path) -> None:
    """Raise OSError for what is no file, and for one that its owner protects from writing."""
    if not target.is_file():
        raise OSError(errno.EISDIR, "Is a folder or device")
    os.close(os.open(target, os.O_WRONLY))


@contextmanager
def _noted(part: Path, token: str) -> Iterator[None]:
    """Keep a note of ``part`` while it is written, wherever one can be kept."""
    note = _notes() / token
    try:
        note.parent.mkdir(mode=0o700, parents=True, exist_ok=True)
        descriptor = os.open(note, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    except OSError:
        yield
        return
    try:
        lock(descriptor)  # before it says what to delete
        with suppress(OSError):
            os.write(descriptor, os.fsencode(part))
        yield
    finally:
        os.close(descriptor)
        if not os.path.lexists(part):
            with suppress(OSError):
                note.unlink()


def _clear(note: Path) -> None:
    descriptor = os.open(note, os.O_RDWR)
    try:
        if not lock(descriptor):
            return
        with open(descriptor, "rb", closefd=False) as file:  # where it is locked, for Windows
            part = Path(os.fsdecode(file.read()))
        if part == _part(part.parent, note.name):
            with suppress(FileNotFoundError, NotADirectoryError):
                if stat.S_ISREG(part.lstat().st_mode):
                    part.unlink()
    finally:
        os.close(descriptor)
    note.unlink()


def _flush_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
