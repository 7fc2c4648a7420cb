"""A zip file read in memory, within limits: nothing of it ever touches the disk.

The names in it are only looked up, never used as paths, and its headers are not believed: what a
member unpacks to is counted while it is unpacked.
"""

from __future__ import annotations

import encodings.cp437  # noqa: F401 -- zipfile asks for it late, when no file can be opened any more
import io
import struct
import zipfile
import zlib

from reader.errors import (
    BombError,
    CorruptInputError,
    EncryptedInputError,
    TooLargeError,
    UnsafeInputError,
    UnsupportedInputError,
)

MAX_ENTRIES = 5_000
MAX_TOTAL = 160_000_000
"""Bytes of all members together, as declared and as unpacked."""
MAX_MEMBER = 64_000_000
MAX_RATIO = 200
"""Times its packed size that a member may unpack to, once it is longer than ``_SMALL``."""
_SMALL = 1_000_000

_ENTRY = b"PK\x01\x02"
_SIGNATURES = (b"PK\x03\x04", b"PK\x05\x06", b"7z\xbc\xaf'\x1c", b"Rar!\x1a\x07")
_PIECE = 1 << 16
_ENCRYPTED = 0x1
_METHODS = (zipfile.ZIP_STORED, zipfile.ZIP_DEFLATED)
# What the standard library raises on bytes that are no sound archive, seen under damaged files.
_DAMAGE = (
    zipfile.BadZipFile,
    zlib.error,
    struct.error,
    EOFError,
    IndexError,
    OSError,
    OverflowError,
    ValueError,
)


class Archive:
    """The members of a zip file, read on demand and within limits.

    Names are compared without regard to case, to the kind of slash, or to a slash in front.
    """

    def __init__(self, data: bytes) -> None:
        """Read the list of members.

        Raises:
            ReaderError: ``corrupt``, or ``bomb`` where there are too many or they are too large.
        """
        # Counted before any is read: half a million entries fill the memory by themselves.
        if data.count(_ENTRY) > MAX_ENTRIES:
            raise BombError
        try:
            self._zip = zipfile.ZipFile(io.BytesIO(data))
        except _DAMAGE as exc:
            raise CorruptInputError from exc
        except NotImplementedError as exc:
            raise UnsupportedInputError from exc
        entries = self._zip.infolist()
        if len(entries) > MAX_ENTRIES:
            raise BombError
        self._read = 0
        self._entries: dict[str, list[zipfile.ZipInfo]] = {}
        for entry in entries:
            self._entries.setdefault(_key(entry.filename), []).append(entry)

    @property
    def names(self) -> tuple[str, ...]:
        """Return the names of the members, in small letters and without a slash in front."""
        return tuple(self._entries)

    def __contains__(self, name: str) -> bool:
        return _key(name) in self._entries

    def read(self, name: str) -> bytes:
        """Return the bytes of the member ``name``.

        Raises:
            ReaderError: ``corrupt`` where it is missing, damaged, or there are two that differ;
                ``encrypted``, ``unsupported``; ``bomb`` or ``too_large`` beyond the limits;
                ``unsafe`` where it is itself an archive.
        """
        entries = self._entries.get(_key(name))
        if not entries:
            raise CorruptInputError
        entry = entries[-1]
        if any((one.CRC, one.file_size) != (entry.CRC, entry.file_size) for one in entries):
            raise CorruptInputError("This file holds two different texts under one name.")
        if entry.flag_bits & _ENCRYPTED:
            raise EncryptedInputError
        if entry.compress_type not in _METHODS:
            raise UnsupportedInputError("This file is packed in a way that cannot be read.")
        content = self._unpacked(entry)
        if content.startswith(_SIGNATURES):
            raise UnsafeInputError("This file holds another archive where its text should be.")
        return content

    def _unpacked(self, entry: zipfile.ZipInfo) -> bytes:
        packed = max(1, entry.compress_size)
        # What the header admits need not be unpacked to be refused; then what comes is counted.
        _check(entry.file_size, packed, self._read + entry.file_size)
        pieces: list[bytes] = []
        length = 0
        try:
            with self._zip.open(entry) as member:
                while piece := member.read(_PIECE):
                    pieces.append(piece)
                    length += len(piece)
                    self._read += len(piece)
                    _check(length, packed, self._read)
        except _DAMAGE as exc:
            raise CorruptInputError from exc
        except RuntimeError as exc:
            # The header beside the data says "encrypted" where the list of members does not.
            raise EncryptedInputError from exc
        return b"".join(pieces)


def _check(length: int, packed: int, total: int) -> None:
    if length > _SMALL and length > MAX_RATIO * packed:
        raise BombError
    if length > MAX_MEMBER or total > MAX_TOTAL:
        raise TooLargeError("This file unpacks to more than can be read.")


def _key(name: str) -> str:
    return name.replace("\\", "/").lstrip("/").lower()
