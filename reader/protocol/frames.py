"""What parent and worker say to each other: frames, and the messages that answers are read into."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Literal

from reader.errors import InternalError, ReaderError, ResourceError
from reader.export.report_json import (
    ReportFormatError,
    decode,
    decode_in_steps,
    encode,
    error_from_json,
    from_json_in_steps,
)
from reader.model import PolicyReport
from reader.protocol.inputs import MEGABYTE, InputPart
from reader.sandbox import Protections

Operation = Literal["analyze", "extract", "try"]
OPERATIONS: Mapping[str, Operation] = {"analyze": "analyze", "extract": "extract", "try": "try"}

MAX_ANSWER_BYTES = 256 * MEGABYTE
# A header holds the names of a policy's files at most, each in up to six times its letters; the
# progress of one request is some hundred short lines.
MAX_HEADER_BYTES = 512 << 10
MAX_PROGRESS_FRAMES = 100_000


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
    """The end of an ``analyze`` request: the report, and the JSON that it was read from."""

    report: PolicyReport
    json: bytes


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
    by_member: bool = False,
) -> bytes:
    """Return the frame that asks a worker to read ``data``, which was called ``name``.

    ``password`` opens a file that asks for one; ``own_rules`` are those of ``OwnRules.to_bytes``.
    ``parts`` are the files that ``data`` holds where they are several.
    ``pace`` is the least number of seconds between two words of progress. With ``by_member`` the
    report comes as ``encode_by_member`` has it, to be read in steps, and else on one line.
    """
    header: dict[str, object] = {"operation": operation, "name": name}
    if pace:
        header["pace"] = pace
    if by_member:
        header["by_member"] = True
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
            raise error_of_garbage()
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
            raise error_of_garbage()


def _answer(kind: str, payload: bytes) -> Iterator[Message | None]:
    yield None
    try:
        value = yield from decode_in_steps(payload)
        yield None
        if kind == "report":
            yield Answer((yield from from_json_in_steps(value)), payload)
            return
        if kind == "error":
            yield Refusal(error_from_json(value))
            return
    except ReportFormatError as exc:
        raise error_of_garbage() from exc
    if kind == "text" and isinstance(value, dict) and value.get("ok") is True:
        yield Extracted(value)
        return
    raise error_of_garbage()


def _decoded(line: bytes) -> object:
    try:
        return decode(line)
    except ReportFormatError as exc:
        raise error_of_garbage() from exc


def error_of_garbage() -> InternalError:
    """Return what to tell the user when a worker said what no worker may say."""
    return InternalError(
        "The part of the program that reads files gave an answer that makes no sense."
    )
