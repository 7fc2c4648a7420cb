"""The child process that reads strangers' files: bytes in, progress and one JSON answer out.

``python -I -m reader.worker [extract]`` speaks the frames of ``reader.protocol`` on standard input
and output and is the only process that looks into a file. It serves requests until its input ends,
which is also how it learns that its parent is gone. With ``extract`` it does not make ready for
analyses, which takes longer than to load a text.
"""

from __future__ import annotations

import gc
import math
import os
import signal
import sys
import traceback
from collections.abc import Callable
from dataclasses import dataclass
from typing import BinaryIO

from reader.analysis import analyze
from reader.errors import InternalError, ReaderError, ResourceError, TooComplexError
from reader.export.report_json import decode, encode, error_json, extracted_json, to_json
from reader.loading import load
from reader.protocol import MAX_HEADER_BYTES, Operation, encode_frame, time_limit


def main() -> int:
    """Serve requests until standard input ends; return the exit code."""
    answers = _claim_stdout()
    if sys.argv[1:] != ["extract"]:
        _warm_up()
    try:
        _write(answers, encode_frame({"ready": True}))
        while (line := sys.stdin.buffer.readline(MAX_HEADER_BYTES)).endswith(b"\n"):
            _serve(line, sys.stdin.buffer, answers)
    except BrokenPipeError:
        pass  # nobody is left who wants an answer
    return 0


def _warm_up() -> None:
    """Load rules and tables before the clock of the first file runs, or while nobody waits."""
    analyze(b"We keep your data for a year.", "warm-up.txt")
    gc.freeze()  # what is loaded now stays: looking it through for garbage took a tenth of the time


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

    def progress(stage: str, fraction: float) -> None:
        _write(answers, encode_frame({"stage": stage, "fraction": fraction}))

    operation: Operation = "analyze" if header["operation"] == "analyze" else "extract"
    _set_alarm(time_limit(operation, size) + 5)
    password = header.get("password")
    file = _File(str(header["name"]), data, None if password is None else str(password))
    _write(answers, _answer(operation, file, progress))
    _set_alarm(0)


@dataclass(frozen=True, slots=True)
class _File:
    """A file as a request brings it."""

    name: str
    data: bytes
    password: str | None


def _answer(operation: Operation, file: _File, progress: Callable[[str, float], None]) -> bytes:
    """Return the frame that ends a request, whatever reading ``file`` may bring."""
    try:
        if operation == "analyze":
            report = analyze(file.data, file.name, progress, file.password)
            return encode_frame({"answer": "report"}, encode(to_json(report)))
        loaded = load(
            file.data,
            file.name,
            file.password,
            lambda share: progress("Reading the file", share),
        )
        return encode_frame({"answer": "text"}, encode(extracted_json(loaded)))
    except BrokenPipeError:
        raise
    except ReaderError as exc:
        error = exc
    except RecursionError:
        error = TooComplexError()
    except MemoryError:
        error = ResourceError()
    except Exception:
        traceback.print_exc()
        error = InternalError()
    return encode_frame({"answer": "error"}, encode(error_json(error, file.name)))


def _set_alarm(seconds: float) -> None:
    """Have the system end this process in ``seconds``, some after the parent would; 0 calls it off.

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
