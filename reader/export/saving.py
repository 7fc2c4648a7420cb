"""Saving a result: the old file or the whole new one, or words on why it could not be saved."""

from __future__ import annotations

import errno
import os
from collections.abc import Iterable
from contextlib import suppress
from pathlib import Path

from reader.errors import (
    DiskFullError,
    NotAFileError,
    NotFoundError,
    PermissionDeniedError,
    ReaderError,
)
from reader.whole_files import replacing

_CHOOSE_ANOTHER = "Choose another name or folder, then save again."


def save(path: Path, data: bytes) -> None:
    """Put ``data`` in the place of ``path``.

    Raises:
        ReaderError: disk_full, permission, not_found or not_a_file; an old file is as it was.
    """
    try:
        with replacing(path) as new:
            new.write_bytes(data)
    except OSError as exc:
        raise error_of_writing(exc) from exc


def among(path: str | Path, files: Iterable[str | Path | int]) -> str | Path | int | None:
    """Return the one of ``files`` that ``path`` is, by whatever name or link; None: it is none.

    A result is not to take the place of what it was made from. A number is an open file's.
    """
    try:
        there = os.stat(path)  # noqa: PTH116 - any name will do
    except (OSError, ValueError):
        return None
    for file in files:
        with suppress(OSError, ValueError):  # reading it will say what is wrong
            if os.path.samestat(os.stat(file), there):  # noqa: PTH116 - open files too
                return file
    return None


def error_of_writing(exc: OSError) -> ReaderError:
    """Return the error that tells a user why a result could not be written."""
    match exc.errno:
        case errno.EACCES | errno.EPERM | errno.EROFS:
            return PermissionDeniedError(
                "You do not have permission to save the result there.", _CHOOSE_ANOTHER
            )
        case errno.ENOENT | errno.ENOTDIR:
            return NotFoundError(
                "The folder to save the result in does not exist.", _CHOOSE_ANOTHER
            )
        case errno.EISDIR | errno.ENXIO:
            return NotAFileError("The result cannot replace a folder or device.", _CHOOSE_ANOTHER)
        case errno.ENOSPC | errno.EDQUOT | errno.EFBIG:
            return DiskFullError()
        case _:
            return DiskFullError(
                f"The result could not be saved: {exc.strerror or 'the disk refused it'}.",
                _CHOOSE_ANOTHER,
            )
