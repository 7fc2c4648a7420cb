"""Saving a result: the old file or the whole new one, never half, and no strays beside it."""

from __future__ import annotations

import errno
import os
import secrets
import shutil
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from pathlib import Path

from reader.errors import (
    DiskFullError,
    NotAFileError,
    NotFoundError,
    PermissionDeniedError,
    ReaderError,
)

_CHOOSE_ANOTHER = "Choose another folder, then save again."


def save(path: Path, data: bytes) -> None:
    """Put ``data`` in the place of ``path``.

    Raises:
        ReaderError: disk_full, permission, not_found or not_a_file; an old file is as it was.
    """
    with replacing(path) as new:
        new.write_bytes(data)


@contextmanager
def replacing(path: Path) -> Iterator[Path]:
    """Give the path of a new file to write, which takes the place of ``path`` when all went well.

    Raises:
        ReaderError: as ``save`` does.
    """
    target = Path(os.path.realpath(path))  # a link stays a link
    new = target.with_name(f".policy-reader-{secrets.token_hex(8)}.part")
    try:
        if target.exists() and not target.is_file():
            raise NotAFileError("The result cannot be saved in the place of a folder or device.")
        new.touch(exist_ok=False)
        if target.exists():
            shutil.copymode(target, new)
        yield new
        _flush_to_disk(new)
        new.replace(target)
    except OSError as exc:
        raise error_of_writing(exc) from exc
    finally:
        with suppress(OSError):  # it took its place, or was never made
            new.unlink()


@contextmanager
def setting_aside(path: Path) -> Iterator[None]:
    """Make room at ``path`` for a file that grows slowly; after an error the old one comes back.

    Errors are OSError and ReaderError. It goes for good when the work is done, and when the user
    ended it early: they keep what was made by then. A device stays where it is, and so does a file
    that the system lets us write but not move.
    """
    target = Path(os.path.realpath(path))  # a link stays a link
    old = target.with_name(f".policy-reader-{secrets.token_hex(8)}.old")
    is_moved = False
    if target.is_file() and os.access(target, os.W_OK):
        with suppress(PermissionError):
            target.rename(old)
            is_moved = True
    try:
        if is_moved:
            target.touch(exist_ok=False)
            shutil.copymode(old, target)
        yield
    except (OSError, ReaderError):
        if is_moved:
            old.replace(target)
        raise
    finally:
        with suppress(OSError):  # it is back, or was never moved
            old.unlink()


def error_of_writing(exc: OSError) -> ReaderError:
    """Return the error that tells a user why a result could not be written."""
    match exc.errno:
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return PermissionDeniedError(
                "You do not have permission to save the result there.", _CHOOSE_ANOTHER
            )
        case errno.ENOENT | errno.ENOTDIR:
            return NotFoundError("There is no such folder to save the result in.", _CHOOSE_ANOTHER)
        case errno.EISDIR | errno.ENXIO:
            return NotAFileError(
                "The result cannot be saved in the place of a folder or device.", _CHOOSE_ANOTHER
            )
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return DiskFullError()
        case _:
            return DiskFullError(
                f"The result could not be saved: {exc.strerror or 'the disk refused it'}.",
                _CHOOSE_ANOTHER,
            )


def _flush_to_disk(path: Path) -> None:
    descriptor = os.open(path, os.O_RDWR)
    try:
        os.fsync(descriptor)
    finally:
        os.close(descriptor)
