"""What the program remembers of the policies that were read, in one small database of the user's.

A policy is known by the SHA-256 of its file, so that a copy or a renamed file is the same policy
and a changed one is new. Kept are the name and place of recent files, how far they were read,
which findings the reader dismissed, and the reader's own notes with the places they stand at; no
words of a policy, unless the reader wrote them into a note.

A database that cannot be read is put aside under a name that says so, and a new one begins. Where
the reader wants nothing kept, or no database can be opened or made, what is told to it is
remembered until the window closes.
"""

from __future__ import annotations

import json
import sqlite3
import time
from collections.abc import Callable, Collection, Sequence
from contextlib import suppress
from dataclasses import dataclass
from enum import Enum, auto
from pathlib import Path
from typing import TypeVar

from reader.annotations import Annotation
from reader.model import Span
from reader.paths import state_dir
from reader.whole_files import put_aside

FILE_NAME = "library.sqlite"
MOST_RECENT = 10
_MOST_POLICIES = 500
_VERSION = 1
_PATIENCE = 0.25  # seconds to wait for another window that writes, in which this one stands still
_SCHEMA = """
CREATE TABLE IF NOT EXISTS policy (
    sha256 TEXT PRIMARY KEY, name TEXT NOT NULL, path TEXT NOT NULL,
    opened REAL NOT NULL, place INTEGER NOT NULL DEFAULT 0
) STRICT;
CREATE TABLE IF NOT EXISTS dismissed (
    sha256 TEXT NOT NULL, finding TEXT NOT NULL, PRIMARY KEY (sha256, finding)
) STRICT;
CREATE TABLE IF NOT EXISTS annotation (
    sha256 TEXT NOT NULL, id INTEGER NOT NULL, first INTEGER, behind INTEGER,
    fingerprint TEXT NOT NULL, note TEXT NOT NULL, PRIMARY KEY (sha256, id)
) STRICT;
"""
_Answer = TypeVar("_Answer")


@dataclass(frozen=True, slots=True)
class Holdings:
    """How much is remembered: policies, findings that were dismissed, notes and highlights."""

    policies: int
    dismissed: int
    annotations: int


@dataclass(frozen=True, slots=True)
class RecentFile:
    """A policy that was read: what to call it, and its place, as ``place_of`` has it."""

    name: str
    path: str

    @property
    def paths(self) -> tuple[str, ...]:
        """Where its files lay, in their order; mostly one."""
        return paths_of(self.path)


def place_of(paths: Sequence[str]) -> str:
    """Return where a policy lies as it is remembered: its path, or all where it is several files.

    The paths are absolute, so that none of them looks like a list.
    """
    return paths[0] if len(paths) == 1 else json.dumps(list(paths))


def paths_of(place: str) -> tuple[str, ...]:
    """Return the paths that ``place_of`` made ``place`` of."""
    if place.startswith("["):
        with suppress(ValueError):
            return tuple(str(path) for path in json.loads(place))
    return (place,)


@dataclass(frozen=True, slots=True)
class LastRead:
    """What a place held when it was read last, and when that was, in seconds since 1970."""

    sha256: str
    opened: float


class Keeping(Enum):
    """How long what is remembered lasts."""

    KEPT = auto()
    """It outlives the program."""
    OFF = auto()
    """The reader wants it forgotten when the window closes."""
    UNOPENED = auto()
    """It is forgotten when the window closes, since its file could not be opened or made."""


class Library:
    """Remembers; ``folder`` is the user's by default, ``keep`` false remembers in memory alone.

    No method raises for a disk that is full, for a file that is locked or for a database that
    breaks. Whatever writes returns whether it was written; what was not may be tried again.
    ``keeping`` tells of a file that could not be opened, ``damaged`` of one that was broken. A
    mistake of the program's, such as a call from another thread, raises ``sqlite3.Error``.
    """

    def __init__(self, folder: Path | None = None, *, keep: bool = True) -> None:
        self._folder = folder or state_dir()
        self._damaged: Path | None = None
        self._keeping = Keeping.KEPT if keep else Keeping.OFF
        self._is_closed = False
        self._data = self._open()

    @property
    def damaged(self) -> Path | None:
        """Where a database that could not be read was put, None while all is well."""
        return self._damaged

    @property
    def keeping(self) -> Keeping:
        """How long what is remembered lasts."""
        return self._keeping

    # Recent files and places

    def record(self, sha256: str, name: str, path: str) -> bool:
        """Remember that the policy was opened now; ``path`` is '' for what was pasted.

        It is a place as ``place_of`` has it where the policy is several files. A path that is no
        text, as some old disks have them, is not remembered.
        """
        name = name.encode("utf-8", "replace").decode()
        if path.encode("utf-8", "replace").decode() != path:
            path = ""

        def write(data: sqlite3.Connection) -> None:
            data.execute(
                "INSERT INTO policy (sha256, name, path, opened) VALUES (?, ?, ?, ?) ON CONFLICT"
                " (sha256) DO UPDATE SET name = excluded.name, path = excluded.path,"
                " opened = excluded.opened",
                (sha256, name, path, time.time()),
            )
            # What the reader wrote is never dropped to make room.
            data.execute(
                "DELETE FROM policy WHERE sha256 NOT IN"
                " (SELECT sha256 FROM policy ORDER BY opened DESC LIMIT ?)"
                " AND sha256 NOT IN (SELECT sha256 FROM annotation)",
                (_MOST_POLICIES,),
            )
            data.execute("DELETE FROM dismissed WHERE sha256 NOT IN (SELECT sha256 FROM policy)")

        return self._write(write)

    def recent(self) -> tuple[RecentFile, ...]:
        """Return the files read last, the newest first, each path once."""

        def read(data: sqlite3.Connection) -> tuple[RecentFile, ...]:
            rows = data.execute(
                "SELECT name, path FROM policy WHERE path != '' GROUP BY path"
                " ORDER BY max(opened) DESC LIMIT ?",
                (MOST_RECENT,),
            )
            return tuple(RecentFile(name, path) for name, path in rows)

        return self._do(read, ())

    def last_read(self, path: str) -> LastRead | None:
        """Return what was read from ``path`` last, None where that is not remembered."""

        def read(data: sqlite3.Connection) -> LastRead | None:
            row = data.execute(
                "SELECT sha256, opened FROM policy WHERE path = ? ORDER BY opened DESC LIMIT 1",
                (path,),
            ).fetchone()
            return LastRead(str(row[0]), float(row[1])) if row else None

        is_text = path.encode("utf-8", "replace").decode() == path
        return self._do(read, None) if path and is_text else None

    def keep_place(self, sha256: str, place: int) -> bool:
        """Remember how far a policy that was recorded is read, as a code point of its text."""

        def write(data: sqlite3.Connection) -> None:
            data.execute("UPDATE policy SET place = ? WHERE sha256 = ?", (place, sha256))

        return self._write(write)

    def place(self, sha256: str) -> int:
        """Return how far a policy was read, 0 for one that is not known."""

        def read(data: sqlite3.Connection) -> int:
            row = data.execute("SELECT place FROM policy WHERE sha256 = ?", (sha256,)).fetchone()
            return int(row[0]) if row else 0

        return self._do(read, 0)

    # Dismissed findings

    def keep_dismissed(
        self, sha256: str, findings: frozenset[str], known: Collection[str] | None = None
    ) -> bool:
        """Remember which findings of a policy are dismissed, in place of those that are ``known``.

        The policy is one that was recorded; else they go when the next one is. ``known`` are what
        the caller has ever seen dismissed, so that what another tab or window dismissed stays so;
        None for all that there are.
        """

        def write(data: sqlite3.Connection) -> None:
            if known is None:
                data.execute("DELETE FROM dismissed WHERE sha256 = ?", (sha256,))
            rows = [(sha256, finding) for finding in known or ()]
            data.executemany("DELETE FROM dismissed WHERE sha256 = ? AND finding = ?", rows)
            rows = [(sha256, finding) for finding in sorted(findings)]
            data.executemany("INSERT OR IGNORE INTO dismissed VALUES (?, ?)", rows)

        return self._write(write)

    def dismissed(self, sha256: str) -> frozenset[str]:
        """Return the keys of the findings of a policy that are dismissed."""

        def read(data: sqlite3.Connection) -> frozenset[str]:
            rows = data.execute("SELECT finding FROM dismissed WHERE sha256 = ?", (sha256,))
            return frozenset(finding for (finding,) in rows)

        return self._do(read, frozenset())

    # The reader's own notes

    def keep_annotations(
        self,
        sha256: str,
        annotations: Sequence[Annotation],
        known: Collection[int] | None = None,
    ) -> bool:
        """Remember the reader's marks on a policy, in place of those whose ids are ``known``.

        Those are what the caller has ever seen, so that marks of another tab or window stay; None
        for all that there are.
        """

        def write(data: sqlite3.Connection) -> None:
            if known is None:
                data.execute("DELETE FROM annotation WHERE sha256 = ?", (sha256,))
            rows = [(sha256, number) for number in known or ()]
            data.executemany("DELETE FROM annotation WHERE sha256 = ? AND id = ?", rows)
            there = data.execute("SELECT id FROM annotation WHERE sha256 = ?", (sha256,))
            taken = {number for (number,) in there}
            for each in annotations:
                number = each.id
                while number in taken:
                    number += 1
                taken.add(number)
                row = (
                    sha256,
                    number,
                    each.span.start if each.span else None,
                    each.span.end if each.span else None,
                    each.fingerprint,
                    each.note.encode("utf-8", "replace").decode(),
                )
                data.execute("INSERT INTO annotation VALUES (?, ?, ?, ?, ?, ?)", row)

        return self._write(write)

    def annotations(self, sha256: str) -> tuple[Annotation, ...]:
        """Return the reader's marks on a policy, the first made first."""

        def read(data: sqlite3.Connection) -> tuple[Annotation, ...]:
            rows = data.execute(
                "SELECT id, first, behind, fingerprint, note FROM annotation WHERE sha256 = ?"
                " ORDER BY id",
                (sha256,),
            )
            return tuple(
                Annotation(number, _span(first, behind), fingerprint, note)
                for number, first, behind, fingerprint, note in rows
            )

        return self._do(read, ())

    # All of it

    def holdings(self) -> Holdings:
        """Return how much is remembered."""

        def read(data: sqlite3.Connection) -> Holdings:
            (policies,) = data.execute("SELECT count(*) FROM policy").fetchone()
            (dismissed,) = data.execute("SELECT count(*) FROM dismissed").fetchone()
            (annotations,) = data.execute("SELECT count(*) FROM annotation").fetchone()
            return Holdings(policies, dismissed, annotations)

        return self._do(read, Holdings(0, 0, 0))

    def forget_everything(self) -> bool:
        """Forget all, those put aside as damaged too; return whether nothing is left on disk."""

        def write(data: sqlite3.Connection) -> None:
            data.execute("DELETE FROM policy")
            data.execute("DELETE FROM dismissed")
            data.execute("DELETE FROM annotation")

        self._write(write)
        self._data.close()
        for file in self._folder.glob(f"{FILE_NAME}*"):
            with suppress(OSError):
                file.unlink()
        is_gone = not any(self._folder.glob(f"{FILE_NAME}*"))
        self._damaged = None
        if not self._is_closed:
            self._data = self._open()
        return is_gone

    def close(self) -> None:
        """Let go of the file; whatever is asked later finds nothing and keeps nothing."""
        with suppress(sqlite3.Error):
            self._data.close()
        self._is_closed = True

    # The database

    def _write(self, work: Callable[[sqlite3.Connection], None]) -> bool:
        """Return whether what ``work`` writes was written, all of it; else nothing was."""

        def write(data: sqlite3.Connection) -> bool:
            work(data)
            return True

        return self._do(write, default=False)

    def _do(self, work: Callable[[sqlite3.Connection], _Answer], default: _Answer) -> _Answer:
        """Return what ``work`` gives; with a database that broke, again with a new one."""
        for _ in range(2):
            if self._is_closed:
                break
            try:
                with self._data:
                    return work(self._data)
            except sqlite3.OperationalError:  # locked, full, or not to be written to
                break
            except sqlite3.DatabaseError as exc:
                if not _tells_of_damage(exc):
                    raise
                self._data.close()
                self._put_aside()
                self._data = self._open()
        return default

    def _open(self) -> sqlite3.Connection:
        if self._keeping is Keeping.KEPT:
            for _ in range(2):
                try:
                    return self._open_file()
                except sqlite3.OperationalError:
                    break
                except sqlite3.DatabaseError as exc:
                    if not _tells_of_damage(exc):
                        raise
                    self._put_aside()
                except _UnreadableError:
                    self._put_aside()
                except OSError:
                    break
            self._keeping = Keeping.UNOPENED
        data = sqlite3.connect(":memory:")
        data.executescript(_SCHEMA)
        return data

    def _open_file(self) -> sqlite3.Connection:
        """Return the database of the folder, made at need, for the user's eyes alone."""
        self._folder.mkdir(mode=0o700, parents=True, exist_ok=True)
        path = self._folder / FILE_NAME
        path.touch(mode=0o600, exist_ok=True)
        data = sqlite3.connect(path, timeout=_PATIENCE)
        try:
            data.execute("PRAGMA journal_mode = WAL")
            data.execute("PRAGMA synchronous = NORMAL")  # in WAL whole all the same, and no wait
            data.execute("PRAGMA secure_delete = ON")
            (version,) = data.execute("PRAGMA user_version").fetchone()
            (health,) = data.execute("PRAGMA quick_check(1)").fetchone()
            if version > _VERSION or health != "ok":
                raise _UnreadableError(f"version {version}, {health}")
            data.executescript(_SCHEMA)  # writes, and waits for others, only where something lacks
            if version < _VERSION:
                data.execute(f"PRAGMA user_version = {_VERSION}")
            data.execute("SELECT sha256, name, path, opened, place FROM policy LIMIT 1")
            data.execute("SELECT sha256, finding FROM dismissed LIMIT 1")
            data.execute("SELECT id, first, behind, fingerprint, note FROM annotation LIMIT 1")
        except (sqlite3.Error, _UnreadableError):
            data.close()
            raise
        return data

    def _put_aside(self) -> None:
        """Rename a database that cannot be read, and what belongs to it."""
        path = self._folder / FILE_NAME
        with suppress(OSError):
            self._damaged = put_aside(path)
        for ending in ("-wal", "-shm"):
            with suppress(OSError):
                path.with_name(FILE_NAME + ending).unlink()


class _UnreadableError(Exception):
    """A database opens and cannot be used: its parts do not fit, or a later program made it."""


def _tells_of_damage(error: sqlite3.DatabaseError) -> bool:
    """Return whether the file itself is broken; all else is a mistake of the program's."""
    kind = getattr(error, "sqlite_errorcode", sqlite3.SQLITE_OK) & 0xFF  # without its details
    return kind in (sqlite3.SQLITE_CORRUPT, sqlite3.SQLITE_NOTADB)


def _span(first: int | None, behind: int | None) -> Span | None:
    """Return the place of a mark, None for one without or with a place that can be none."""
    if first is None or behind is None or not 0 <= first < behind:
        return None
    return Span(first, behind)
