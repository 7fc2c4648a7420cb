"""The child process that reads a folder for the window: rows of overviews on standard output.

``python -I -m reader.folder_rows FOLDER`` first writes one line of JSON with the paths that it will
read and how many files it leaves out, then a line for each path, in their order, as
``overview.to_line`` has it. Each file is read by the workers of a batch. It ends with its parent,
or by a signal, and takes its workers with it.
"""

from __future__ import annotations

import json
import os
import signal
import sys
from collections.abc import Sequence
from contextlib import closing
from types import FrameType
from typing import NoReturn

from reader.batch import default_jobs, find_inputs, overview_lines, read_rows
from reader.paths import bundled_program

FROZEN_ARGUMENT = "--read-folder-for-the-window"
"""What the frozen program, which runs no other module, is given for ``-m reader.folder_rows``."""


def folder_command(folder: str) -> list[str]:
    """Return the command line that reads ``folder``."""
    if (program := bundled_program("policy-reader")) is not None:
        return [str(program), FROZEN_ARGUMENT, folder]
    return [sys.executable, "-I", "-m", "reader.folder_rows", folder]


def main(arguments: Sequence[str]) -> int:
    """Write the rows of the folder that ``arguments`` name; return the exit code."""
    signal.signal(signal.SIGTERM, _interrupt)
    out = sys.stdout.buffer
    try:
        found = find_inputs(arguments)
        paths = [os.fspath(each.path) for each in found.inputs]
        # Names that are no text come through as escapes.
        head = {"paths": paths, "left_out": found.left_out}
        out.write(json.dumps(head).encode("ascii") + b"\n")
        out.flush()
        with closing(read_rows(found.inputs, default_jobs(), rows=overview_lines())) as rows:
            for row in rows:
                out.write(row.line + b"\n")
                out.flush()
    except (KeyboardInterrupt, BrokenPipeError):
        os.dup2(os.open(os.devnull, os.O_WRONLY), out.fileno())  # nobody is left to be told
        return 1
    return 0


def _interrupt(_signal: int, _frame: FrameType | None) -> NoReturn:
    raise KeyboardInterrupt


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
