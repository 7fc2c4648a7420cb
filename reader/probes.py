"""What a worker tries, shut in as it is, to prove its walls: the inner half of ``self-test``.

A probe does what a hostile file might make a parser do. It is asked for by the parent alone.
"""

from __future__ import annotations

import ctypes
import errno
import os
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

from reader.sandbox import MEMORY_LIMIT_BYTES, limit_processor_time


def is_refused(wall: str, data: bytes) -> bool:
    """Try to pass ``wall``, a field of ``Protections``; return whether every attempt was refused.

    ``data`` is the path of a file outside the program, for the walls around files. The probes of
    memory and time do not return where the wall holds.
    """
    return all(_is_refused(attempt) for attempt in _ATTEMPTS[wall](os.fsdecode(data)))


def _is_refused(attempt: Callable[[], object]) -> bool:
    try:
        attempt()
    except PermissionError:
        return True
    return False


def _reading(path: str) -> list[Callable[[], object]]:
    file = Path(path)
    return [file.read_bytes, lambda: list(file.parent.iterdir())]


def _writing(path: str) -> list[Callable[[], object]]:
    file = Path(path)
    return [
        lambda: file.write_bytes(b"x"),
        file.with_suffix(".new").touch,
        lambda: file.chmod(0o600),
        lambda: file.rename(file.with_suffix(".moved")),
        lambda: os.truncate(file, 0),
        file.unlink,
    ]


def _network(_path: str) -> list[Callable[[], object]]:
    inet, inet6 = 2, 10  # as Linux numbers them, where alone this wall stands
    return [lambda: _open_socket(inet), lambda: _open_socket(inet6)]


def _open_socket(family: int) -> None:
    """Make a TCP socket as a library in C would, without Python's own module for it."""
    library = ctypes.CDLL(None, use_errno=True)
    stream = 1
    descriptor = library.socket(family, stream, 0)
    if descriptor >= 0:
        os.close(descriptor)
    elif ctypes.get_errno() in (errno.EPERM, errno.EACCES):
        raise PermissionError


def _programs(_path: str) -> list[Callable[[], object]]:
    command = [sys.executable, "-I", "-c", ""]
    return [
        lambda: os.posix_spawn(command[0], command, {}),
        lambda: os.execv(command[0], command),  # noqa: S606 - to be refused; else we are gone
    ]


def _processes(_path: str) -> list[Callable[[], object]]:
    return [_fork, lambda: os.kill(os.getppid(), 0)]


def _fork() -> None:
    if os.fork() == 0:
        os._exit(0)
    os.wait()


def _memory(_path: str) -> list[Callable[[], object]]:
    return [lambda: bytearray(MEMORY_LIMIT_BYTES)]


def _time(_path: str) -> list[Callable[[], object]]:
    return [_work_without_end]


def _work_without_end() -> None:
    limit_processor_time(0)
    while True:
        pass


def _patience(_path: str) -> list[Callable[[], object]]:
    return [_wait_without_end]


def _wait_without_end() -> None:
    reading, _writing_end = os.pipe()
    os.read(reading, 1)


_ATTEMPTS: Mapping[str, Callable[[str], list[Callable[[], object]]]] = {
    "reading": _reading,
    "writing": _writing,
    "network": _network,
    "programs": _programs,
    "processes": _processes,
    "memory": _memory,
    "time": _time,
    "patience": _patience,
}
