"""The child process that reads strangers' files: bytes in, progress and one JSON answer out.

``python -I -m reader.worker [extract]`` speaks the frames of ``reader.protocol`` on standard input
and output and is the only process that looks into a file. Before the first of them it shuts itself
in, and its first words say which walls hold. It serves requests until its input ends, which is also
how it learns that its parent is gone. With ``extract`` it does not make ready for analyses, which
takes longer than to load a text.
"""

from __future__ import annotations

import gc
import math
import os
import signal
import sys
import time
import traceback
from collections.abc import Callable, Iterable, Mapping
from contextlib import suppress
from dataclasses import dataclass
from typing import Any, BinaryIO

from reader.errors import InternalError, error_of
from reader.export.report_json import (
    decode,
    encode,
    encode_by_member,
    error_json,
    extracted_json,
    to_json,
)
from reader.fork_server import serve_forks
from reader.loading import load
from reader.protocol import MAX_HEADER_BYTES, OPERATIONS, Operation, encode_frame, longest_time
from reader.sandbox import limit_processor_time, seal

_RECORDS_BETWEEN_COLLECTIONS = 50_000


def main() -> int:
    """Serve requests until standard input ends; return the exit code."""
    answers = _claim_stdout()
    purpose = sys.argv[1:]
    _warm_up("extract" if purpose == ["extract"] else "analyze")
    if purpose == ["forks"] and not serve_forks(answers.fileno()):
        return 0
    protections = seal({answers.fileno()})
    try:
        _write(answers, encode_frame({"ready": True, "protections": protections.to_json()}))
        while (line := sys.stdin.buffer.readline(MAX_HEADER_BYTES)).endswith(b"\n"):
            _serve(line, sys.stdin.buffer, answers)
    except BrokenPipeError:
        pass  # nobody is left who wants an answer
    return 0


def _warm_up(operation: Operation) -> None:
    """Import the libraries, and load rules and tables, while files may be opened.

    It also comes before the clock of the first file runs, or while nobody waits. What it makes is
    kept to the end: collecting garbage among it meanwhile, or later, took a tenth of the time from
    command to answer.
    """
    gc.disable()
    file = File("warm-up.txt", b"We keep your data for a year.")
    if operation == "analyze":
        encode(_analyze(file, lambda _stage, _share: None))
    else:
        load(file.data, file.name)
    gc.freeze()
    # A report is tens of thousands of small records that live to its end: looking through them for
    # garbage every 700 took a twentieth of an analysis.
    gc.set_threshold(_RECORDS_BETWEEN_COLLECTIONS)
    gc.enable()


def _claim_stdout() -> BinaryIO:
    """Return standard output for the frames alone: a library that prints reaches standard error."""
    sys.stdout.flush()
    answers = os.fdopen(os.dup(sys.stdout.fileno()), "wb", buffering=0)
    os.dup2(sys.stderr.fileno(), sys.stdout.fileno())
    return answers


def _serve(line: bytes, requests: BinaryIO, answers: BinaryIO) -> None:
    """Read the request that ``line`` heads and write its answer."""
    header = decode(line)
    if not isinstance(header, dict):
        raise TypeError("a request is headed by a JSON object")
    size = int(header["size"])
    data = requests.read(size)
    if len(data) < size:
        raise BrokenPipeError
    size -= int(header.get("own_rules", 0))
    data, own_rules = data[:size], data[size:]

    pace, due = float(header.get("pace", 0)), 0.0

    def progress(stage: str, fraction: float) -> None:
        nonlocal due
        if (now := time.monotonic()) < due:
            return
        due = now + pace
        _write(answers, encode_frame({"stage": stage, "fraction": fraction}))

    operation = OPERATIONS[str(header["operation"])]
    seconds = longest_time(operation) + 5  # the parent ends it sooner, if there still is one
    _set_alarm(seconds)
    limit_processor_time(seconds)
    password = header.get("password")
    if parts := _parts(header.get("parts", []), data):
        data = b""  # they hold its bytes now, and memory is scarce
    file = File(
        str(header["name"]),
        data,
        None if password is None else str(password),
        own_rules,
        parts,
    )
    encode_report = encode_by_member if header.get("by_member") is True else encode
    _write(answers, _answer(operation, file, progress, encode_report))
    _set_alarm(0)


@dataclass(frozen=True, slots=True)
class File:
    """A file as a request brings it, and the reader's own rules to read it with.

    ``parts`` are the files in it where they are several.
    """

    name: str
    data: bytes
    password: str | None = None
    own_rules: bytes = b""
    parts: tuple[File, ...] = ()


def _parts(listed: Iterable[Mapping[str, Any]], data: bytes) -> tuple[File, ...]:
    """Return the files that stand behind each other in ``data``, as a header lists them."""
    parts = []
    start = 0
    for each in listed:
        end = start + int(each["size"])
        parts.append(File(str(each["name"]), data[start:end], each["password"]))
        start = end
    return tuple(parts)


def _answer(
    operation: Operation,
    file: File,
    progress: Callable[[str, float], None],
    encode_report: Callable[[Mapping[str, object]], bytes],
) -> bytes:
    """Return the frame that ends a request, whatever reading ``file`` may bring."""
    try:
        if operation == "analyze":
            return encode_frame({"answer": "report"}, encode_report(_analyze(file, progress)))
        if operation == "try":
            from reader.probes import is_refused

            outcome: dict[str, object] = {"ok": True, "refused": is_refused(file.name, file.data)}
            return encode_frame({"answer": "text"}, encode(outcome))
        loaded = load(
            file.data,
            file.name,
            file.password,
            lambda share: progress("Reading the file", share),
        )
        return encode_frame({"answer": "text"}, encode(extracted_json(loaded)))
    except BrokenPipeError:
        raise
    except Exception as exc:
        error = error_of(exc)
        if error.kind == InternalError.kind:
            with suppress(OSError):  # where standard error is a file, it may not grow
                traceback.print_exc()
    return encode_frame({"answer": "error"}, encode(error_json(error, file.name)))


def _analyze(file: File, progress: Callable[[str, float], None]) -> Mapping[str, object]:
    """Return the report on ``file`` as a JSON object."""
    # A third of a second, which ``extract`` need not wait.
    from reader.analysis import analyze, analyze_parts

    if file.parts:
        passwords = {part.name: part.password for part in file.parts if part.password is not None}
        report = analyze_parts(
            [(part.data, part.name) for part in file.parts], progress, passwords, file.own_rules
        )
    else:
        report = analyze(file.data, file.name, progress, file.password, file.own_rules)
    return to_json(report)


def _set_alarm(seconds: float) -> None:
    """Have the system end this process in ``seconds``; 0 calls it off.

    It matters where the parent was killed while we are busy. Windows has no such alarm.
    """
    if hasattr(signal, "alarm"):
        signal.alarm(math.ceil(seconds))


def _write(answers: BinaryIO, frame: bytes) -> None:
    rest = memoryview(frame)
    while rest:
        rest = rest[answers.write(rest) :]


if __name__ == "__main__":
    sys.exit(main())
