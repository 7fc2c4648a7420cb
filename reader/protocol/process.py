"""A worker as a process of the system: how it is started, watched and ended, and how it ended."""

from __future__ import annotations

import contextlib
import os
import signal
import site
import subprocess
import sys
from abc import ABC, abstractmethod
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Literal, cast

from reader.errors import InputTimeoutError, InternalError, ReaderError, ResourceError
from reader.paths import bundled_program
from reader.protocol.frames import Operation
from reader.sandbox import MEMORY_LIMIT_BYTES

# Set, it lets the worker's standard error through, tracebacks and all: for those who develop it.
DEBUG_VARIABLE = "POLICY_READER_DEBUG"

# How the system ends a worker that has used up its time.
_SIGNALS_OF_TIME = {
    getattr(signal, name) for name in ("SIGALRM", "SIGXCPU") if hasattr(signal, name)
}
_LONGEST_GOODBYE_SECONDS = 1.0
# How often a worker's memory is looked at; in that time it can take some 50 MB.
WATCH_SECONDS = 0.025

_WORKER = "policy-reader-worker"


def worker_command(purpose: Operation | Literal["forks"] = "analyze") -> list[str]:
    """Return the command line that starts a worker made ready for an operation.

    With "forks" it is no worker but the process that workers are forked off.

    Isolated from the current folder and the PYTHON* variables, where a file named ``regex.py``
    could be imported in place of a library. ``-I`` also shuts out packages installed with
    ``pip install --user``, so a program that was installed that way keeps that door open. In the
    frozen application the worker is a program of its own, isolated by its making.
    """
    if (worker := bundled_program(_WORKER)) is not None:
        return [str(worker), purpose]
    in_user_site = site.ENABLE_USER_SITE and Path(__file__).is_relative_to(
        site.getusersitepackages()
    )
    flags = ["-E", "-P"] if in_user_site else ["-I"]
    return [sys.executable, *flags, "-m", "reader.worker", purpose]


def error_of_silent_exit() -> ReaderError:
    """Return what to tell the user when a worker ended, however it did, without an answer."""
    return InternalError("The part of the program that reads files stopped without an answer.")


@dataclass(frozen=True, slots=True)
class Exit:
    """How a worker ended: its exit code, -N by signal N, and the most memory it was seen to hold.

    ``peak_bytes`` is 0 where the system does not tell.
    """

    code: int
    peak_bytes: int


def error_of_exit(end: Exit | None) -> ReaderError:
    """Return what to tell the user when a worker ended without an answer; None: it was ended.

    A library that gets no more memory may abort the process in place of saying so. Where a buffer
    grows by doubling, that happens while a third of the limit is in use at least.
    """
    if end is not None and end.code < 0:
        if -end.code in _SIGNALS_OF_TIME:
            return InputTimeoutError()
        if end.peak_bytes > MEMORY_LIMIT_BYTES // 3:
            return ResourceError()
    return error_of_silent_exit()


class WorkerProcess(ABC):
    """A worker's process with pipes to and from it, leader of a group that ends as one.

    Any thread may look after it or end it.
    """

    def __init__(self, pid: int, requests: IO[bytes], answers: IO[bytes]) -> None:
        self.pid = pid
        self.requests = requests
        self.answers = answers
        self._peak_bytes = 0

    @abstractmethod
    def poll(self) -> int | None:
        """Return its exit code, -N by signal N; None while it runs."""

    @abstractmethod
    def wait(self, seconds: float | None = None) -> int | None:
        """Wait for its end, so many seconds at most, and return what ``poll`` does then."""

    def close(self) -> None:
        """Close the pipes; the process has ended."""
        self.requests.close()
        self.answers.close()

    def watch_memory(self) -> None:
        """Note how much memory it holds; to be called often, for in the end nobody can tell."""
        self._peak_bytes = max(self._peak_bytes, peak_of(self.pid))

    def end(self) -> Exit | None:
        """Return how it ended, None where it runs on though it has closed its pipes."""
        code = self.wait(_LONGEST_GOODBYE_SECONDS)
        return None if code is None else Exit(code, self._peak_bytes)

    def kill(self) -> None:
        """End it and its group at once."""
        if self.poll() is not None:
            return
        with contextlib.suppress(ProcessLookupError, PermissionError):
            if hasattr(os, "killpg"):
                os.killpg(self.pid, signal.SIGKILL)
            else:
                os.kill(self.pid, signal.SIGTERM)  # which Windows takes for the end, too


class StartedProcess(WorkerProcess):
    """A worker that was started by its command."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = start_process(command)
        super().__init__(
            self._process.pid,
            cast(IO[bytes], self._process.stdin),
            cast(IO[bytes], self._process.stdout),
        )

    def poll(self) -> int | None:
        """Return its exit code, None while it runs."""
        return self._process.poll()

    def wait(self, seconds: float | None = None) -> int | None:
        """Wait for its end, so many seconds at most, and return what ``poll`` does then."""
        with contextlib.suppress(subprocess.TimeoutExpired):
            return self._process.wait(seconds)
        return None


def start_process(command: Sequence[str]) -> subprocess.Popen[bytes]:
    """Start the program of ``command`` with pipes to and from it, in a group of its own.

    Raises:
        InternalError: it cannot be started.
    """
    try:
        return subprocess.Popen(  # noqa: S603 - our own command, no shell
            command,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=None if os.environ.get(DEBUG_VARIABLE) else subprocess.DEVNULL,
            bufsize=0,
            start_new_session=True,  # Ctrl-C in the terminal reaches us alone
        )
    except OSError as exc:
        raise InternalError("The part of the program that reads files cannot be started.") from exc


def peak_of(pid: int) -> int:
    """Return the most memory in bytes that process ``pid`` has held so far; 0: unknown.

    It is known on Linux, as long as the process runs. What the system tells at its end counts the
    memory of the parent, as whose image a child begins.
    """
    try:
        with open(f"/proc/{pid}/status", "rb") as file:  # noqa: PTH123 - often, so it is to be quick
            _, found, rest = file.read().partition(b"VmHWM:")
    except OSError:
        return 0
    return int(rest.split(None, 1)[0]) * 1024 if found else 0
