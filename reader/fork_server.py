"""Workers that are copies of one process which has made ready: for batches, on Linux.

Making ready takes a worker as long as reading ten policies does. So a batch starts a *fork server*,
which imports the libraries and loads the rules once and never gets a byte of a file. Each worker is
forked off it and then shuts itself in, like one that was started by its own command; until it
writes to them, it shares the server's pages of memory.

Both sides are here. The parent sends a line to the server's standard input and waits for one:

    to the server    fork 7 10     with these descriptors of the parent's as its input and output
    from the server  4711          the process of the worker; 0: none could be made
    to the server    end 4711      how did this worker end, which has ended?
    from the server  -9            its exit code, -N by signal N
"""

from __future__ import annotations

import contextlib
import os
import select
import subprocess
import sys
import threading
import time
from collections.abc import Sequence
from typing import IO, Literal, cast

from reader.errors import InputTimeoutError, ReaderError
from reader.protocol import (
    STARTUP_SECONDS,
    WorkerProcess,
    error_of_silent_exit,
    start_process,
)

_NO_PROCESS = 0
_UNKNOWN_CODE = 0
_LONGEST_GOODBYE_SECONDS = 1.0
_SECONDS_BETWEEN_LOOKS = 0.1


# The parent's side


def can_fork_workers() -> bool:
    """Return whether this system gives what it takes; a container may forbid some of it."""
    if sys.platform != "linux":
        return False
    try:
        os.close(os.pidfd_open(os.getpid()))
        os.close(os.open("/proc/self/fd", os.O_RDONLY))
    except (AttributeError, OSError):  # Python may have been built without the first of them
        return False
    return True


class ForkServer:
    """The process that workers are forked off; any thread may use it.

    It is started when a worker is first asked for, and again if something ended it.
    """

    def __init__(self, command: Sequence[str]) -> None:
        self._command = command
        self._process: subprocess.Popen[bytes] | None = None
        self._lock = threading.Lock()
        self._closed = False

    def fork(self) -> WorkerProcess | None:
        """Return the process of a new worker; None where the system refuses one.

        Raises:
            ReaderError: the server cannot be started, does not answer or was closed.
        """
        with contextlib.ExitStack() as theirs, contextlib.ExitStack() as ours:
            incoming, requests = _pipe(theirs, ours)
            answers, outgoing = _pipe(ours, theirs)
            with self._lock:
                self._start()
                pid = self._answer_to(f"fork {incoming.fileno()} {outgoing.fileno()}")
            if pid == _NO_PROCESS:
                return None
            ours.pop_all()
            return _ForkedProcess(self, pid, requests, answers)

    def exit_code(self, pid: int) -> int:
        """Return how a worker ended, which has ended; 0 where the server is gone."""
        try:
            with self._lock:
                return self._answer_to(f"end {pid}")
        except ReaderError:
            return _UNKNOWN_CODE

    def close(self) -> None:
        """End the server. It waits for its workers, which are to be ended before."""
        self._closed = True
        with self._lock:
            self._end(_LONGEST_GOODBYE_SECONDS)

    def _start(self) -> None:
        if self._closed:
            raise error_of_silent_exit()
        if self._process is None or self._process.poll() is not None:
            self._end()
            self._process = start_process(self._command)

    def _end(self, patience: float = 0.0) -> None:
        if self._process is None:
            return
        with self._process as process:  # closes the pipes and waits
            _end_of(process.stdin).close()
            with contextlib.suppress(subprocess.TimeoutExpired):
                process.wait(patience)
            process.kill()
        self._process = None

    def _answer_to(self, question: str) -> int:
        """Return the server's answer. It is ended where it gives no good one."""
        if self._process is None:
            raise error_of_silent_exit()
        answers = _end_of(self._process.stdout)
        try:
            _end_of(self._process.stdin).write(f"{question}\n".encode("ascii"))
            self._wait_for(answers)
            return int(answers.readline())
        except (OSError, ValueError) as exc:
            self._end()
            raise error_of_silent_exit() from exc
        except ReaderError:
            self._end()
            raise

    def _wait_for(self, answers: IO[bytes]) -> None:
        """Wait until there is something to read, if only the end."""
        deadline = time.monotonic() + STARTUP_SECONDS
        while not _has_something(answers.fileno(), _SECONDS_BETWEEN_LOOKS):
            if self._closed:
                raise error_of_silent_exit()
            if time.monotonic() > deadline:
                raise InputTimeoutError


class _ForkedProcess(WorkerProcess):
    """A worker that was forked off a server, whose child it is.

    The server keeps its number from being given anew until it has been asked how it ended.
    """

    def __init__(
        self, server: ForkServer, pid: int, requests: IO[bytes], answers: IO[bytes]
    ) -> None:
        super().__init__(pid, requests, answers)
        self._server = server
        self._end = _open(os.pidfd_open(pid), "rb")
        self._code: int | None = None
        self._lock = threading.Lock()

    def poll(self) -> int | None:
        return self.wait(0)

    def wait(self, seconds: float | None = None) -> int | None:
        if self._code is None and _has_something(self._end.fileno(), seconds):
            with self._lock:
                if self._code is None:
                    self._code = self._server.exit_code(self.pid)
        return self._code

    def close(self) -> None:
        super().close()
        self._end.close()


def _has_something(descriptor: int, seconds: float | None) -> bool:
    """Return whether there is news from ``descriptor`` within some seconds; None: wait for it."""
    poll = select.poll()
    poll.register(descriptor, select.POLLIN)
    return bool(poll.poll(None if seconds is None else 1000 * seconds))


def _pipe(
    reading: contextlib.ExitStack, writing: contextlib.ExitStack
) -> tuple[IO[bytes], IO[bytes]]:
    """Return the ends of a pipe to read from and to write to, each closed by its stack."""
    read, write = os.pipe()
    return (
        reading.enter_context(_open(read, "rb")),
        writing.enter_context(_open(write, "wb")),
    )


def _open(file: int | str, mode: Literal["rb", "wb"], *, keep: bool = False) -> IO[bytes]:
    """Open a pipe or the like without a buffer; with ``keep`` its descriptor stays open."""
    return open(file, mode, buffering=0, closefd=not keep)


def _end_of(pipe: IO[bytes] | None) -> IO[bytes]:
    return cast(IO[bytes], pipe)  # Popen was asked for it


# The server's side


def serve_forks(answers: int) -> bool:
    """Fork workers until standard input ends, and wait for their ends; return False.

    Returns True in each of the workers, where standard input and the descriptor ``answers`` are
    those that the parent gave it.
    """
    # Not a byte more than a line is taken, for a worker begins to read where the server stopped.
    with _open(0, "rb", keep=True) as orders:
        while order := orders.readline():
            what, *numbers = order.split()
            told = list(map(int, numbers))
            answer = _fork(told[0], told[1], answers) if what == b"fork" else _exit_code(told[0])
            if answer is None:
                return True
            os.write(answers, b"%d\n" % answer)
    with contextlib.suppress(ChildProcessError):
        while True:
            os.wait()
    return False


def _fork(requests: int, answers: int, own_answers: int) -> int | None:
    """Return the process of a new worker, with these descriptors of the parent's; None in it."""
    parent = f"/proc/{os.getppid()}/fd"
    with contextlib.ExitStack() as opened:
        try:
            incoming = opened.enter_context(_open(f"{parent}/{requests}", "rb"))
            outgoing = opened.enter_context(_open(f"{parent}/{answers}", "wb"))
            worker = os.fork()
        except OSError:
            return _NO_PROCESS
        # A group of its own, for the parent to end. Both see to it, whoever comes first.
        os.setpgid(worker, 0)
        if worker:
            return worker
        os.dup2(incoming.fileno(), 0)
        os.dup2(outgoing.fileno(), own_answers)
        return None


def _exit_code(worker: int) -> int:
    try:
        return os.waitstatus_to_exitcode(os.waitpid(worker, 0)[1])
    except OSError:
        return _UNKNOWN_CODE
