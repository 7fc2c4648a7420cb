"""The files that were read last, kept as they were, to show later what changed in them.

They are kept only where the reader asks for it, for the reader's eyes alone, one for each place
that a file was read from. No method raises for a disk that is full: then that file is not kept.
"""

from __future__ import annotations

import hashlib
import os
from contextlib import suppress
from pathlib import Path

from reader.paths import state_dir
from reader.whole_files import replacing

_FOLDER = "earlier"
_MOST_FILES = 200
_MOST_BYTES = 4 << 20  # of one file; a policy as a web page has a tenth of it


class EarlierFiles:
    """Keeps files; ``folder`` is the user's by default."""

    def __init__(self, folder: Path | None = None) -> None:
        self._folder = (folder or state_dir()) / _FOLDER

    def keep(self, path: str, data: bytes) -> None:
        """Keep ``data``, read from ``path``, in place of what was read from there before."""
        if len(data) > _MOST_BYTES:
            return
        with suppress(OSError):
            self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
            with replacing(self._place(path), mode=0o600) as new:
                new.write_bytes(data)
            self._make_room()

    def find(self, path: str) -> bytes | None:
        """Return what was read from ``path`` last, None where that is not kept."""
        try:
            return self._place(path).read_bytes()
        except OSError:
            return None

    def count(self) -> int:
        """Return how many files are kept."""
        return len(self._kept())

    def forget(self) -> bool:
        """Delete all that is kept; return whether nothing is left."""
        for each in self._kept():
            with suppress(OSError):
                each.unlink()
        with suppress(OSError):
            self._folder.rmdir()
        return not self._kept()

    def _make_room(self) -> None:
        kept = sorted(self._kept(), key=lambda each: each.stat().st_mtime)
        for each in kept[: -_MOST_FILES or None]:
            each.unlink()

    def _kept(self) -> list[Path]:
        try:
            return list(self._folder.iterdir())
        except OSError:
            return []

    def _place(self, path: str) -> Path:
        """Return where the file of ``path`` is kept: a name that does not tell the path."""
        return self._folder / hashlib.sha256(os.fsencode(path)).hexdigest()
