"""The parent's end of a conversation with a worker, which waits for answers and keeps the clock."""

from __future__ import annotations

import contextlib
import os
import queue
import threading
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

from reader.errors import InputTimeoutError, ReaderError
from reader.model import PolicyReport
from reader.protocol.frames import (
    Answer,
    AnswerReader,
    Extracted,
    Message,
    Operation,
    Progress,
    Ready,
    Refusal,
    encode_request,
    error_of_garbage,
)
from reader.protocol.inputs import MEGABYTE, InputFile
from reader.protocol.process import (
    WATCH_SECONDS,
    StartedProcess,
    WorkerProcess,
    error_of_exit,
    error_of_silent_exit,
    worker_command,
)
from reader.sandbox import Protections

STARTUP_SECONDS = 30.0
STALL_SECONDS = 10.0
_CHUNK_BYTES = 64 << 10


@dataclass(frozen=True, slots=True)
class _Patience:
    """The seconds that an operation may take: to begin with, for each megabyte, and in all.

    ``per_step`` is what each step forward adds, as a page of a PDF that was read.
    """

    shortest: float
    per_megabyte: float
    longest: float
    per_step: float = 0.0


# An analysis takes 2.4 s of processor time a megabyte, loading under 1 s, and on a busy machine
# five times as long by the clock; what hangs is noticed before, for it makes no progress. Policies
# of a million words are about 7 MB. A PDF may hold many pages in few bytes, so each that is read
# gives the next one time.
_PATIENCE: Mapping[Operation, _Patience] = {
    "analyze": _Patience(15.0, 12.0, 120.0),
    "extract": _Patience(8.0, 1.0, 60.0, per_step=0.2),
    "try": _Patience(4.0, 0.0, 4.0),
}


def time_limit(operation: Operation, size: int) -> float:
    """Return the seconds that ``operation`` may take in all on ``size`` bytes."""
    patience = _PATIENCE[operation]
    return min(patience.shortest + patience.per_megabyte * size / MEGABYTE, patience.longest)


def longest_time(operation: Operation) -> float:
    """Return the seconds that ``operation`` may take in all, whatever the input."""
    return _PATIENCE[operation].longest


class Worker:
    """A worker process, and the blocking way to use it: for the command line and batch.

    The window does the same with QProcess and its own event loop. It serves one request after the
    other while it is ``alive``; ``close`` ends it, whatever it is doing, and leaves no process
    behind.
    """

    def __init__(
        self, command: Sequence[str] | None = None, process: WorkerProcess | None = None
    ) -> None:
        """Start the program's own worker, that of ``command``, or take one that runs already."""
        self._process = process or StartedProcess(command or worker_command())
        # Reading and writing wait for the worker, so each has a thread and we keep the clock.
        self._chunks: queue.Queue[bytes] = queue.Queue(maxsize=64)
        self._drain = threading.Thread(target=self._read_answers, daemon=True)
        self._sender = threading.Thread()
        self._answers = AnswerReader()
        self._ready = False
        self._closed = False
        self._protections = Protections()
        self._drain.start()

    @property
    def alive(self) -> bool:
        """Whether it can take another request."""
        return not self._closed and self._process.poll() is None

    def analyze(
        self,
        source: InputFile,
        progress: Callable[[str, float], None] | None = None,
        own_rules: bytes = b"",
    ) -> PolicyReport:
        """Return the report on ``source``, made with the reader's ``own_rules`` as well.

        Raises:
            ReaderError: the worker's own refusal; or timeout, resource or internal where it gave
                no good answer, and then the worker is closed.
        """
        return self.answer(source, progress, own_rules).report

    def answer(
        self,
        source: InputFile,
        progress: Callable[[str, float], None] | None = None,
        own_rules: bytes = b"",
    ) -> Answer:
        """Return what ``analyze`` does, and the JSON that it was read from, on one line.

        Raises:
            ReaderError: as ``analyze`` does.
        """
        answer = self._ask("analyze", source, progress, own_rules)
        if (
            isinstance(answer, Answer)
            and answer.report.document.source.sha256 == source.sha256
            and not (b"\n" in answer.json or b"\r" in answer.json)
        ):
            return answer
        raise self._refused(answer)

    def extract(self, source: InputFile) -> dict[str, object]:
        """Return the text of ``source`` as the JSON object of the ``extract`` command.

        Raises:
            ReaderError: as ``analyze`` does.
        """
        answer = self._ask("extract", source, None)
        if isinstance(answer, Extracted):
            return answer.content
        raise self._refused(answer)

    def wait_until_ready(self) -> Protections:
        """Return the walls around the worker, by its own word, when it has started.

        Raises:
            ReaderError: timeout or internal where it did not.
        """
        deadline = time.monotonic() + STARTUP_SECONDS
        while not self._ready:
            if self._closed:
                raise error_of_silent_exit()
            for message in self._receive(deadline):
                match message:
                    case Ready(protections):
                        self._ready = True
                        self._protections = protections
                    case Refusal(error):
                        raise error
        return self._protections

    def passes(self, wall: str, path: str | os.PathLike[str]) -> bool:
        """Have the worker try to pass ``wall``, for ``self-test``; return whether it could.

        ``wall`` is a name that ``reader.probes`` knows, ``path`` a file that is not to be touched.

        Raises:
            ReaderError: as ``analyze`` does; the limits of memory and time show themselves so.
        """
        answer = self._ask("try", InputFile(wall, os.fsencode(path), ""), None)
        if isinstance(answer, Extracted):
            return answer.content.get("refused") is not True
        raise self._refused(answer)

    def kill(self) -> None:
        """End the process at once, from any thread; the one that waits for an answer gets an error.

        ``close`` must still be called, by the thread that uses this worker.
        """
        self._process.kill()

    def close(self) -> None:
        """End the process and wait for its end."""
        self._closed = True
        self.kill()
        while self._drain.is_alive():  # it may wait for room in the queue
            with contextlib.suppress(queue.Empty):
                while True:
                    self._chunks.get_nowait()
            self._drain.join(0.01)
        if self._sender.ident is not None:
            self._sender.join()
        self._process.wait()
        self._process.close()

    def __enter__(self) -> Worker:
        return self

    def __exit__(self, *exc_info: object) -> None:
        self.close()

    def _ask(
        self,
        operation: Operation,
        source: InputFile,
        progress: Callable[[str, float], None] | None,
        own_rules: bytes = b"",
    ) -> Answer | Extracted | Refusal:
        """Send a request and return what ended it; every way of not answering is a refusal."""
        if not self.alive:
            return Refusal(error_of_silent_exit())
        # Where nobody listens, progress only tells that the worker lives.
        pace = 0.0 if progress or operation != "analyze" else STALL_SECONDS / 10
        request = encode_request(
            operation,
            source.name,
            source.data,
            own_rules=own_rules,
            parts=source.parts,
            pace=pace,
        )
        self._sender = threading.Thread(target=self._send, args=(request,), daemon=True)
        self._sender.start()
        limit = time_limit(operation, len(source.data))
        patience = _PATIENCE[operation]
        furthest = 0.0
        now = began = time.monotonic()
        end = now + (limit if self._ready else STARTUP_SECONDS)
        stalled = now + STALL_SECONDS if self._ready else end
        while True:
            for message in self._receive(min(end, stalled)):
                now = time.monotonic()
                stalled = now + STALL_SECONDS
                match message:
                    case Ready(protections):
                        self._ready = True
                        self._protections = protections
                        began, end = now, now + limit
                    case Progress(stage, fraction):
                        if fraction > furthest:
                            furthest = fraction
                            end = min(end + patience.per_step, began + patience.longest)
                        if progress is not None:
                            progress(stage, fraction)
                    case _:
                        return message

    def _receive(self, deadline: float) -> list[Message]:
        """Wait for the worker's next words, until ``deadline`` at most."""
        while (remaining := deadline - time.monotonic()) > 0:
            with contextlib.suppress(queue.Empty):
                return self._understand(self._chunks.get(timeout=min(remaining, WATCH_SECONDS)))
            self._process.watch_memory()
        self.close()
        return [Refusal(InputTimeoutError())]

    def _understand(self, chunk: bytes) -> list[Message]:
        if not chunk:
            end = self._process.end()
            self.close()
            return [Refusal(error_of_exit(end))]
        messages = self._answers.feed(chunk)
        if self._answers.broken:
            self.close()
        return messages

    def _refused(self, answer: Answer | Extracted | Refusal) -> ReaderError:
        if isinstance(answer, Refusal):
            return answer.error
        self.close()  # it answered something that was not asked
        return error_of_garbage()

    def _send(self, request: bytes) -> None:
        pipe = self._process.requests
        rest = memoryview(request)
        # A worker that has ended is noticed where its answers are read.
        with contextlib.suppress(OSError):
            while rest:
                rest = rest[pipe.write(rest) :]

    def _read_answers(self) -> None:
        pipe = self._process.answers
        while not self._closed:
            try:
                chunk = pipe.read(_CHUNK_BYTES)
            except OSError:
                chunk = b""
            self._chunks.put(chunk)
            if not chunk:
                return


def analyze(
    source: InputFile,
    progress: Callable[[str, float], None] | None = None,
    own_rules: bytes = b"",
) -> PolicyReport:
    """Return the report on ``source``, made by a worker of its own as ``Worker.analyze`` does.

    Raises:
        ReaderError: it was refused, or the worker gave no good answer.
    """
    with Worker() as worker:
        return worker.analyze(source, progress, own_rules)


def extract(source: InputFile) -> dict[str, object]:
    """Return the text of ``source`` as the JSON object of the ``extract`` command.

    Raises:
        ReaderError: it was refused, or the worker gave no good answer.
    """
    with Worker(worker_command("extract")) as worker:
        return worker.extract(source)
