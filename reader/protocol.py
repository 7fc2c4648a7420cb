"""The parent's side of reading a file: open it, send its bytes to a worker, check the answer.

Command line, batch and window all speak this protocol with ``reader.worker``. A *frame* is one line
of JSON and then as many raw bytes as its ``size`` says (none where it has no size):

    to the worker    {"operation": "analyze", "name": "policy.txt", "size": 5120} + the file's bytes
                     with a "password", where the file asks for one; of the size, the last
                     "own_rules" bytes are the reader's own rules; a "pace" is the least number of
                     seconds between two words of progress. Several files of one policy
                     stand behind each other, and "parts" lists their names, sizes and passwords
    from the worker  {"ready": true, "protections": {...}}     once, when it has shut itself in
                     {"stage": "sentences", "fraction": 0.4}   any number of times
                     {"answer": "report", "size": 90211} + JSON; or "text" (of extract), or "error"

The third operation, "try", is for ``self-test``: the name is that of a wall, which the worker tries
to pass.

A worker serves one request after the other until its input ends. It gets bytes and a name, never a
path. What it answers is not trusted: sizes are capped, the JSON is checked key by key, and whatever
else comes out of it, or nothing at all, becomes a ``ReaderError``. This module imports no engine.
"""

from __future__ import annotations

import contextlib
import errno
import hashlib
import os
import queue
import signal
import site
import stat
import subprocess
import sys
import threading
import time
from abc import ABC, abstractmethod
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import IO, BinaryIO, Literal, cast

from reader.errors import (
    ChangedError,
    InputTimeoutError,
    InternalError,
    NotAFileError,
    NotFoundError,
    PermissionDeniedError,
    ReaderError,
    ResourceError,
    TooLargeError,
)
from reader.export.report_json import (
    ReportFormatError,
    decode,
    decode_in_steps,
    encode,
    error_from_json,
    from_json_in_steps,
)
from reader.model import PolicyReport
from reader.parts import check_parts, sha256_of_parts
from reader.paths import bundled_program
from reader.sandbox import MEMORY_LIMIT_BYTES, Protections

Operation = Literal["analyze", "extract", "try"]
OPERATIONS: Mapping[str, Operation] = {"analyze": "analyze", "extract": "extract", "try": "try"}

MEGABYTE = 1 << 20
MAX_INPUT_BYTES = 64 * MEGABYTE
MAX_ANSWER_BYTES = 256 * MEGABYTE
# A header holds the names of a policy's files at most, each in up to six times its letters; the
# progress of one request is some hundred short lines.
MAX_HEADER_BYTES = 512 << 10
MAX_PROGRESS_FRAMES = 100_000

# By these names a folder's files are chosen; a file that is named itself is tried in any case.
READABLE_SUFFIXES = frozenset(
    {".txt", ".text", ".md", ".markdown", ".mdown", ".mkd", ".adoc", ".asciidoc"}
    | {".html", ".htm", ".xhtml", ".xht", ".mht", ".mhtml", ".eml"}
    | {".pdf", ".docx", ".docm", ".odt", ".fodt", ".rtf", ".epub"}
)

STARTUP_SECONDS = 30.0
STALL_SECONDS = 10.0


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

# Set, it lets the worker's standard error through, tracebacks and all: for those who develop it.
DEBUG_VARIABLE = "POLICY_READER_DEBUG"

# How the system ends a worker that has used up its time.
_SIGNALS_OF_TIME = {
    getattr(signal, name) for name in ("SIGALRM", "SIGXCPU") if hasattr(signal, name)
}
_LONGEST_GOODBYE_SECONDS = 1.0
# How often a worker's memory is looked at; in that time it can take some 50 MB.
WATCH_SECONDS = 0.025

_STDIN_NAME = "-"
_WORKER = "policy-reader-worker"
_CHUNK_BYTES = 64 << 10


# The input


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


def _error_of_opening(exc: OSError | ValueError, path: str | os.PathLike[str]) -> ReaderError:
    if os.path.isdir(path):  # noqa: PTH112 - the path may be one that pathlib refuses
        return NotAFileError()
    if isinstance(exc, PermissionError):
        return PermissionDeniedError()
    if isinstance(exc, OSError) and exc.errno in (errno.ENXIO, errno.ENODEV, errno.EOPNOTSUPP):
        return NotAFileError()  # a socket, or a device without a driver
    return NotFoundError()


# The messages


@dataclass(frozen=True, slots=True)
class Ready:
    """The worker has started and waits for a request; the clock of a request starts here."""

    protections: Protections = field(default_factory=Protections)
    """The walls around it, by its own word, spoken before it saw a byte of any file."""


@dataclass(frozen=True, slots=True)
class Progress:
    """How far the worker is: the stage's name, and the share done in [0, 1]."""

    stage: str
    fraction: float


@dataclass(frozen=True, slots=True)
class Answer:
    """The end of an ``analyze`` request."""

    report: PolicyReport


@dataclass(frozen=True, slots=True)
class Extracted:
    """The end of an ``extract`` request: the JSON object that the command prints."""

    content: dict[str, object]


@dataclass(frozen=True, slots=True)
class Refusal:
    """The end of a request that failed, either by the worker's word or for want of a good one."""

    error: ReaderError


Message = Ready | Progress | Answer | Extracted | Refusal


def encode_request(
    operation: Operation,
    name: str,
    data: bytes,
    password: str | None = None,
    own_rules: bytes = b"",
    parts: Sequence[InputPart] = (),
    pace: float = 0.0,
) -> bytes:
    """Return the frame that asks a worker to read ``data``, which was called ``name``.

    ``password`` opens a file that asks for one; ``own_rules`` are those of ``OwnRules.to_bytes``.
    ``parts`` are the files that ``data`` holds where they are several.
    ``pace`` is the least number of seconds between two words of progress.
    """
    header: dict[str, object] = {"operation": operation, "name": name}
    if pace:
        header["pace"] = pace
    if password is not None:
        header["password"] = password
    if parts:
        header["parts"] = [
            {"name": part.name, "size": part.size, "password": part.password} for part in parts
        ]
    if own_rules:
        header["own_rules"] = len(own_rules)
    return encode_frame(header, data + own_rules)


def encode_frame(header: dict[str, object], payload: bytes | None = None) -> bytes:
    """Return ``header`` as a line and ``payload`` behind it."""
    if payload is None:
        return encode(header) + b"\n"
    return encode(header | {"size": len(payload)}) + b"\n" + payload


class AnswerReader:
    """Turns what a worker writes, in pieces of any size, into messages.

    After garbage, or more than a worker may say, the reader is *broken*: it has given one
    ``Refusal``, gives nothing more, and the worker behind it must be ended.
    """

    def __init__(self, max_answer_bytes: int = MAX_ANSWER_BYTES) -> None:
        self.broken = False
        self._max_answer_bytes = max_answer_bytes
        self._buffer = bytearray()
        self._awaited: tuple[str, int] | None = None  # kind and size of the answer under way
        self._ready = False
        self._progress_frames = 0

    def feed(self, data: bytes) -> list[Message]:
        """Return the messages that ``data`` completes, oldest first."""
        self.put(data)
        return [message for message in self.messages() if message is not None]

    def put(self, data: bytes) -> None:
        """Take what the worker wrote, for ``messages`` to read."""
        if not self.broken:
            self._buffer += data

    def messages(self) -> Iterator[Message | None]:
        """Yield the messages that are complete, oldest first, and None where the reader may pause.

        A long report takes a tenth of a second to read. What is put meanwhile is read as well.
        """
        if self.broken:
            return
        try:
            yield from self._messages()
        except ReaderError as error:
            self.broken = True
            self._buffer.clear()
            yield Refusal(error)

    def _messages(self) -> Iterator[Message | None]:
        while True:
            if self._awaited is None:
                end = self._buffer.find(b"\n", 0, MAX_HEADER_BYTES)
                if end < 0:
                    if len(self._buffer) >= MAX_HEADER_BYTES:
                        raise ResourceError  # a flood
                    return
                yield from self._header(self._take(end + 1))
            else:
                kind, size = self._awaited
                if len(self._buffer) < size:
                    return
                self._awaited = None
                self._progress_frames = 0
                yield from _answer(kind, self._take(size))

    def _take(self, size: int) -> bytes:
        taken = bytes(self._buffer[:size])
        del self._buffer[:size]
        return taken

    def _header(self, line: bytes) -> Iterator[Message]:
        header = _decoded(line)
        if not isinstance(header, dict):
            raise _garbage()
        stage, fraction = header.get("stage"), header.get("fraction")
        kind, size = header.get("answer"), header.get("size")
        if header.get("ready") is True and not self._ready:  # said twice, it would turn back clocks
            self._ready = True
            yield Ready(Protections.from_json(header.get("protections")))
        elif isinstance(stage, str) and isinstance(fraction, int | float):
            self._progress_frames += 1
            if self._progress_frames > MAX_PROGRESS_FRAMES:
                raise ResourceError
            yield Progress(stage, min(max(float(fraction), 0.0), 1.0))
        elif isinstance(kind, str) and isinstance(size, int) and size > 0:
            if size > self._max_answer_bytes:
                raise ResourceError
            self._awaited = kind, size
        else:
            raise _garbage()


def _answer(kind: str, payload: bytes) -> Iterator[Message | None]:
    yield None
    try:
        value = yield from decode_in_steps(payload)
        yield None
        if kind == "report":
            yield Answer((yield from from_json_in_steps(value)))
            return
        if kind == "error":
            yield Refusal(error_from_json(value))
            return
    except ReportFormatError as exc:
        raise _garbage() from exc
    if kind == "text" and isinstance(value, dict) and value.get("ok") is True:
        yield Extracted(value)
        return
    raise _garbage()


def _decoded(line: bytes) -> object:
    try:
        return decode(line)
    except ReportFormatError as exc:
        raise _garbage() from exc


def _garbage() -> InternalError:
    return InternalError(
        "The part of the program that reads files gave an answer that makes no sense."
    )


# The worker process


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


def time_limit(operation: Operation, size: int) -> float:
    """Return the seconds that ``operation`` may take in all on ``size`` bytes."""
    patience = _PATIENCE[operation]
    return min(patience.shortest + patience.per_megabyte * size / MEGABYTE, patience.longest)


def longest_time(operation: Operation) -> float:
    """Return the seconds that ``operation`` may take in all, whatever the input."""
    return _PATIENCE[operation].longest


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
        self._process = process or _StartedProcess(command or worker_command())
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
        answer = self._ask("analyze", source, progress, own_rules)
        if isinstance(answer, Answer) and answer.report.document.source.sha256 == source.sha256:
            return answer.report
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
        return _garbage()

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


class _StartedProcess(WorkerProcess):
    """A worker that was started by its command."""

    def __init__(self, command: Sequence[str]) -> None:
        self._process = start_process(command)
        super().__init__(
            self._process.pid,
            cast(IO[bytes], self._process.stdin),
            cast(IO[bytes], self._process.stdout),
        )

    def poll(self) -> int | None:
        return self._process.poll()

    def wait(self, seconds: float | None = None) -> int | None:
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
