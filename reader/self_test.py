"""Proves on this machine what the program promises of untrusted files: ``policy-reader self-test``.

Each wall around the process that reads files is tried from its inside, in a process that is shut in
as for any file, and what the parent must not open is shown to it. Nothing is taken on its word.
"""

from __future__ import annotations

import os
import tempfile
import threading
from collections.abc import Callable, Iterator, Mapping
from contextlib import AbstractContextManager, contextmanager, nullcontext
from dataclasses import dataclass
from enum import Enum
from pathlib import Path

from reader.errors import (
    ChangedError,
    InputTimeoutError,
    NotAFileError,
    ReaderError,
    ResourceError,
    TooLargeError,
)
from reader.protocol import MEGABYTE, Worker, read_input, worker_command
from reader.sandbox import PROMISES, protections_to_expect


class Outcome(Enum):
    """What a trial showed."""

    HOLDS = "holds"
    FAILS = "FAILS"
    NOT_HERE = "not here"
    """This kind of system does not give this protection."""


@dataclass(frozen=True, slots=True)
class Trial:
    """One promise, what trying to break it showed, and why where it does not hold."""

    promise: str
    outcome: Outcome
    reason: str = ""


def run_trials() -> Iterator[Trial]:
    """Try every promise and yield what was seen, each as soon as it is known; takes some seconds.

    Raises:
        ReaderError: the process that reads files cannot be started.
    """
    with tempfile.TemporaryDirectory(prefix="policy-reader-self-test-") as name:
        folder = Path(name)
        for wall in _WALLS:
            yield _try_wall(wall, folder)
        yield _try_patience(folder)
        for refusal in _REFUSALS:
            yield _try_refusal(refusal, folder)


# The walls around the worker


@dataclass(frozen=True, slots=True)
class _Wall:
    """A field of ``Protections``: why it may be missing, and how it is felt."""

    if_missing: str
    ended_by: type[ReaderError] | None = None
    """How a worker that runs into it ends; None: it lives on and tells of a refusal."""


_NO_LANDLOCK = "this system lacks Landlock, which Linux has from 5.13 unless it is switched off"
_NO_SECCOMP = "this system allows no seccomp filter, or its processor is not one that we know"
_NO_LIMIT = "this system does not enforce the limit"

_WALLS: Mapping[str, _Wall] = {
    "reading": _Wall(_NO_LANDLOCK),
    "writing": _Wall(f"{_NO_LANDLOCK}; or {_NO_SECCOMP}"),
    "network": _Wall(_NO_SECCOMP),
    "programs": _Wall(_NO_SECCOMP),
    "processes": _Wall(_NO_SECCOMP),
    "memory": _Wall(_NO_LIMIT, ResourceError),
    "time": _Wall(_NO_LIMIT, InputTimeoutError),
}


def _try_wall(name: str, folder: Path) -> Trial:
    wall = _WALLS[name]
    promise = f"The process that reads files {PROMISES[name]}."
    bait = folder / "bait.txt"
    bait.write_bytes(b"bait")
    with Worker(worker_command("extract")) as worker:
        if not getattr(worker.wait_until_ready(), name):
            expected = getattr(protections_to_expect(), name)
            return Trial(promise, Outcome.FAILS if expected else Outcome.NOT_HERE, wall.if_missing)
        breach = _breach_of(wall, worker, name, bait)
    if not breach and (list(folder.iterdir()) != [bait] or bait.read_bytes() != b"bait"):
        breach = "a file was changed"
    return Trial(promise, Outcome.FAILS if breach else Outcome.HOLDS, breach)


def _breach_of(wall: _Wall, worker: Worker, name: str, bait: Path) -> str:
    """Return what let the worker through, "" where the wall held."""
    try:
        passed = worker.passes(name, bait)
    except ReaderError as error:
        held = wall.ended_by is not None and isinstance(error, wall.ended_by)
        return "" if held else error.message
    return "it could be done" if passed or wall.ended_by else ""


def _try_patience(folder: Path) -> Trial:
    promise = "A process that never finishes reading a file is stopped."
    with Worker(worker_command("extract")) as worker:
        try:
            worker.passes("patience", folder)
        except InputTimeoutError:
            return Trial(promise, Outcome.HOLDS)
        except ReaderError as error:
            return Trial(promise, Outcome.FAILS, error.message)
    return Trial(promise, Outcome.FAILS, "it came back by itself")


# What the parent does not open


@dataclass(frozen=True, slots=True)
class _Refusal:
    """Something that must not be read: what it is, how to lay it out, and how it is refused."""

    what: str
    lay_out: Callable[[Path], AbstractContextManager[Path]]
    error: type[ReaderError]


def _folder(folder: Path) -> AbstractContextManager[Path]:
    return nullcontext(folder)


def _device(_folder: Path) -> AbstractContextManager[Path]:
    return nullcontext(Path(os.devnull))


def _pipe(folder: Path) -> AbstractContextManager[Path]:
    path = folder / "pipe.txt"
    os.mkfifo(path)
    return nullcontext(path)


def _large_file(folder: Path) -> AbstractContextManager[Path]:
    path = folder / "large.txt"
    _make_sparse_file(path, 65 * MEGABYTE)
    return nullcontext(path)


@contextmanager
def _growing_file(folder: Path) -> Iterator[Path]:
    """Give a file that goes on growing for as long as the block lasts."""
    path = folder / "growing.txt"
    _make_sparse_file(path, 32 * MEGABYTE)
    growing, enough = threading.Event(), threading.Event()

    def grow() -> None:
        with path.open("ab", buffering=0) as file:
            while not enough.is_set():
                file.write(b"x")
                growing.set()

    thread = threading.Thread(target=grow)
    thread.start()
    try:
        growing.wait()
        yield path
    finally:
        enough.set()
        thread.join()


def _make_sparse_file(path: Path, size: int) -> None:
    with path.open("wb") as file:
        file.truncate(size)


_REFUSALS = (
    _Refusal("A folder", _folder, NotAFileError),
    _Refusal("A device", _device, NotAFileError),
    _Refusal("A pipe", _pipe, NotAFileError),
    _Refusal("A file of 65 MB", _large_file, TooLargeError),
    _Refusal("A file that changes while it is read", _growing_file, ChangedError),
)


def _try_refusal(refusal: _Refusal, folder: Path) -> Trial:
    promise = f"{refusal.what} is not read."
    if refusal.lay_out is _pipe and not hasattr(os, "mkfifo"):
        return Trial(promise, Outcome.NOT_HERE, "this system has no named pipes")
    with refusal.lay_out(folder) as path:
        try:
            read_input(path)
        except refusal.error:
            return Trial(promise, Outcome.HOLDS)
        except ReaderError as error:
            return Trial(promise, Outcome.FAILS, error.message)
    return Trial(promise, Outcome.FAILS, "it was read")
