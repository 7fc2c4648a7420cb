"""A worker whose parser does what a hostile file may make one do: a program, run by tests.

It is our own worker, walls and all, except for a file that is named after a fault below; there the
fault happens in place of reading, or the report is not what was read.
"""

from __future__ import annotations

import os
import signal
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import PurePath
from typing import BinaryIO

from reader import worker
from reader.model import LoadedText
from reader.sandbox import limit_processor_time

MEGABYTE = 1 << 20


def main() -> int:
    load = worker.load
    analyze = worker._analyze

    def commit(name: str) -> None:
        fault, _ = FAULTS.get(PurePath(name).stem, (None, ""))
        if fault is not None:
            fault(answers)

    answers = worker._claim_stdout()
    worker._claim_stdout = lambda: answers

    def load_or_fail(
        data: bytes,
        name: str,
        password: str | None = None,
        progress: Callable[[float], None] | None = None,
    ) -> LoadedText:
        commit(name)
        return load(data, name, password, progress)

    def analyze_or_fail(
        file: worker.File, progress: Callable[[str, float], None]
    ) -> Mapping[str, object]:
        commit(file.name)
        report = analyze(file, progress)
        return lie(report) if PurePath(file.name).stem == lie.__name__ else report

    worker.load = load_or_fail
    worker._analyze = analyze_or_fail
    return worker.main()


def hang(_answers: BinaryIO) -> None:
    while True:
        time.sleep(1)


def trickle(answers: BinaryIO) -> None:
    """Give byte after byte of a line that never ends."""
    while True:
        answers.write(b"x")
        time.sleep(0.05)


def dawdle(answers: BinaryIO) -> None:
    """Make progress that never ends."""
    while True:
        answers.write(b'{"stage": "Reading the file", "fraction": 0.5}\n')
        time.sleep(0.05)


def compute(_answers: BinaryIO) -> None:
    """Use up the processor time that a worker has for a file, without a word."""
    limit_processor_time(0)
    while True:
        pass


def exhaust_memory(_answers: BinaryIO) -> None:
    held = []
    while True:
        held.append(b"x" * MEGABYTE)


def abort_near_the_limit(_answers: BinaryIO) -> None:
    """Abort for want of memory, as a library in C does that keeps what it got."""
    held = []
    try:
        while True:
            held.append(b"x" * (8 * MEGABYTE))
    except MemoryError:
        os.abort()


def abort(_answers: BinaryIO) -> None:
    os.abort()


def be_killed(_answers: BinaryIO) -> None:
    os.kill(os.getpid(), signal.SIGKILL)


def fall_silent(_answers: BinaryIO) -> None:
    os._exit(0)


def talk_nonsense(answers: BinaryIO) -> None:
    answers.write(b"Segmentation fault\n")
    hang(answers)


def flood(answers: BinaryIO) -> None:
    while True:
        answers.write(b"x" * MEGABYTE)


def lie(report: Mapping[str, object]) -> Mapping[str, object]:
    """Return ``report`` with one value that is of the right type and makes no sense."""
    facts = report["facts"]
    assert isinstance(facts, dict)
    return {**report, "facts": {**facts, "effective_date": "2026-13-01"}}


FAULTS: Mapping[str, tuple[Callable[[BinaryIO], None], str]] = {
    each.__name__: (each, kind)
    for each, kind in (
        (hang, "timeout"),
        (trickle, "timeout"),
        (dawdle, "timeout"),
        (compute, "timeout"),
        (exhaust_memory, "resource"),
        (abort_near_the_limit, "resource"),
        (abort, "internal"),
        (be_killed, "internal"),
        (fall_silent, "internal"),
        (talk_nonsense, "internal"),
        (flood, "resource"),
    )
}
KINDS: Mapping[str, str] = {
    **{fault: kind for fault, (_, kind) in FAULTS.items()},
    lie.__name__: "internal",
}
"""By the name of a fault, the kind of error that it must be told as."""

BAD_WORKER = [sys.executable, "-I", __file__]
"""The command that starts this worker."""

if __name__ == "__main__":
    sys.exit(main())
