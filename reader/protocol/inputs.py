"""What is given to a worker: files that were opened with care and read once, in the parent."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from typing import BinaryIO

from reader.errors import (
    ChangedError,
    NotAFileError,
    NotFoundError,
    PermissionDeniedError,
    ReaderError,
    TooLargeError,
)
from reader.parts import check_parts, sha256_of_parts

MEGABYTE = 1 << 20
MAX_INPUT_BYTES = 64 * MEGABYTE

# By these names a folder's files are chosen; a file that is named itself is tried in any case.
READABLE_SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".markdown", ".mdown", ".mkd", ".adoc", ".asciidoc"}
    | {".html", ".htm", ".xhtml", ".xht", ".mht", ".mhtml", ".eml"}
    | {".pdf", ".docx", ".docm", ".odt", ".fodt", ".rtf", ".epub"}
)

_STDIN_NAME = "-"


@dataclass(frozen=True, slots=True)
class InputPart:
    """One of several files that are read as one policy, without its bytes; as in ``InputFile``.

    ``size`` is the number of its bytes, ``password`` what opens it, where it asks for one.
    """

    name: str
    size: int
    sha256: str
    password: str | None = None


@dataclass(frozen=True, slots=True)
class InputFile:
    """A file as it was read, once: what reports call it, its bytes, and their SHA-256 in hex.

    Or the files of one policy: then ``parts`` are these, ``data`` their bytes one behind the other,
    ``name`` that of the first, and ``sha256`` a hash of theirs.
    """

    name: str
    data: bytes
    sha256: str
    parts: tuple[InputPart, ...] = ()


def read_input(path: str | os.PathLike[str], name: str | None = None) -> InputFile:
    """Read the regular file at ``path``; ``name`` is what reports call it, the path by default.

    Opens without waiting, so that a pipe or a device is refused instead of hanging the program.

    Raises:
        ReaderError: not_found, not_a_file, permission, too_large or changed.
    """
    shown = display_name(os.fspath(path) if name is None else name)
    flags = os.O_RDONLY | getattr(os, "O_NONBLOCK", 0) | getattr(os, "O_NOCTTY", 0)
    flags |= getattr(os, "O_CLOEXEC", 0) | getattr(os, "O_BINARY", 0)
    try:
        descriptor = os.open(path, flags)
    except (OSError, ValueError) as exc:
        raise _error_of_opening(exc, path) from exc
    try:
        before = os.fstat(descriptor)
        if not stat.S_ISREG(before.st_mode):
            raise NotAFileError
        if before.st_size > MAX_INPUT_BYTES:
            raise TooLargeError
        data = _read_up_to(MAX_INPUT_BYTES + 1, partial(os.read, descriptor))
        after = os.fstat(descriptor)
    except OSError as exc:
        raise PermissionDeniedError(
            "This file could not be read from its disk.",
            "Copy it to another disk, then open the copy.",
        ) from exc
    finally:
        os.close(descriptor)
    if len(data) != before.st_size or after.st_mtime_ns != before.st_mtime_ns:
        raise ChangedError
    return input_of(shown, data)


def read_inputs(paths: Sequence[str], read: Callable[[str], InputFile] = read_input) -> InputFile:
    """Read the files at ``paths`` as one policy, each with ``read``; a single one as it does.

    Raises:
        ReaderError: as there, and ``part`` is the file's name; or they cannot be one policy.
    """
    check_parts(paths, ())
    files: list[InputFile] = []
    for path in paths:
        try:
            files.append(read(path))
        except ReaderError as error:
            if len(paths) > 1:
                error.part = display_name(path)
            raise
        _check_size(files)
    return join_inputs(files)


def join_inputs(files: Sequence[InputFile]) -> InputFile:
    """Return several files as one policy, in their order; a single one as it is.

    Raises:
        ReaderError: they are too many or too large together, or two hold the same.
    """
    if len(files) == 1:
        return files[0]
    _check_size(files)
    names, hashes = [file.name for file in files], [file.sha256 for file in files]
    check_parts(names, hashes)
    return InputFile(
        files[0].name,
        b"".join(file.data for file in files),
        sha256_of_parts(hashes),
        tuple(InputPart(file.name, len(file.data), file.sha256) for file in files),
    )


def _check_size(files: Sequence[InputFile]) -> None:
    if sum(len(file.data) for file in files) > MAX_INPUT_BYTES:
        raise TooLargeError(
            f"Together these files are larger than {MAX_INPUT_BYTES // MEGABYTE} MB."
        )


def read_stream(stream: BinaryIO, name: str = _STDIN_NAME) -> InputFile:
    """Read standard input, or another stream, to its end.

    Raises:
        TooLargeError: it holds more than ``MAX_INPUT_BYTES``.
    """
    data = _read_up_to(MAX_INPUT_BYTES + 1, stream.read)
    if len(data) > MAX_INPUT_BYTES:
        raise TooLargeError
    return input_of(name, data)


def display_name(name: str) -> str:
    """Return ``name`` such that it can be written as UTF-8: bytes that are none become U+FFFD."""
    return name.encode("utf-16", "surrogatepass").decode("utf-16", "replace")


def input_of(name: str, data: bytes) -> InputFile:
    """Return bytes that were read before as an input of this name."""
    return InputFile(name, data, hashlib.sha256(data).hexdigest())


def _read_up_to(limit: int, read: Callable[[int], bytes]) -> bytes:
    chunks: list[bytes] = []
    wanted = limit
    while wanted and (chunk := read(min(wanted, MEGABYTE))):
        chunks.append(chunk)
        wanted -= len(chunk)
    return b"".join(chunks)


def is_web_address(text: str) -> bool:
    """Return whether the whole text is one web address, as browsers drag and copy them."""
    words = text.split()
    return len(words) == 1 and words[0].lower().startswith(
        ("http://", "https://", "ftp://", "www.")
    )


def _error_of_opening(exc: OSError | ValueError, path: str | os.PathLike[str]) -> ReaderError:
    if os.path.isdir(path):  # noqa: PTH112 - the path may be one that pathlib refuses
        return NotAFileError()
    if isinstance(exc, PermissionError):
        return PermissionDeniedError()
    if isinstance(exc, OSError) and exc.errno in (errno.ENXIO, errno.ENODEV, errno.EOPNOTSUPP):
        return NotAFileError()  # a socket, or a device without a driver
    if is_web_address(os.fsdecode(path)):
        return NotFoundError(
            "This address is on the web, and this program never goes online.",
            "Open the page in your web browser, save it (Ctrl+S), and open the saved file.",
        )
    return NotFoundError()
