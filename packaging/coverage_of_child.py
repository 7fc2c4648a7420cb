"""Record which lines a child process runs, for measure_coverage.py; no part of the program.

Python imports this at the start of every process of the environment while coverage is measured. A
worker can open no file and write to none when it ends, so its lines go into a file that was mapped
into memory before the program began. A process that is ended by a signal leaves it empty.
"""

import atexit
import mmap
import os
import struct
import tempfile
from collections.abc import Callable

HEADING = struct.Struct("=Q")
"""What such a file begins with: the size of the data behind it, 0 where there is none."""

MOST_BYTES = 8 << 20
"""The size of the file, which takes no room where nothing is written."""


def record(folder: str, configuration: str) -> None:
    """Record this process from now on, and leave it in a file in ``folder`` at its end."""
    from coverage import Coverage

    descriptor, _ = tempfile.mkstemp(".child", dir=folder)
    os.truncate(descriptor, MOST_BYTES)
    shared = mmap.mmap(descriptor, MOST_BYTES)
    os.close(descriptor)
    recorder = Coverage(data_file=None, config_file=configuration)
    recorder.start()
    process = os.getpid()

    def leave() -> None:
        if os.getpid() != process:
            return  # a fork of the one that is recorded
        recorder.stop()
        data = recorder.get_data().dumps()
        shared[HEADING.size : HEADING.size + len(data)] = data
        shared[: HEADING.size] = HEADING.pack(len(data))

    atexit.register(leave)
    os._exit = _after(leave, os._exit)


def _after(leave: Callable[[], None], end: Callable[[int], object]) -> Callable[[int], object]:
    def leave_and_end(status: int) -> object:
        leave()
        return end(status)

    return leave_and_end


if (places := os.environ.get("POLICY_READER_COVERAGE")) is not None:
    record(*places.split(os.pathsep))
