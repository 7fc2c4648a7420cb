#!/usr/bin/env python3
"""Does opening a file reach for the network, or for a file that it names? As the system sees it.

    contact.py FILE ... [--canary NAME]

Each file is read by `extract` and by `analyze`, to the terminal and to PDF; then all are opened in
the window, previewed and printed, under xvfb-run where there is one. Printed are the numbers of
calls to the internet and of runs that opened a file whose path holds NAME.
"""

from __future__ import annotations

import argparse
import os
import sys
import tempfile
from collections import Counter
from pathlib import Path
from shutil import which

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))
from tracing import Trace, find_strace, in_window, trace, ways_to_open


def main() -> None:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--canary", default="canary")
    arguments = parser.parse_args()
    files = [path.resolve() for path in arguments.files]
    strace = find_strace()
    counts: Counter[str] = Counter()
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        home = {**os.environ, "HOME": name, "XDG_STATE_HOME": f"{name}/state"}
        for file in files:
            for way, command in ways_to_open(file).items():
                note(counts, way, trace(strace, command, folder, home), arguments.canary)
        screen = which("xvfb-run")
        shown = {**home, "QT_QPA_PLATFORM": "xcb" if screen else "offscreen"}
        command = [*([screen, "-a"] if screen else []), *in_window(files, folder)]
        window = trace(strace, command, folder, shown)
        note(counts, "window", window, arguments.canary)
    words = window.out.split()
    print(
        f"{len(files)} files; in the window {words.count('opened')} opened and printed, "
        f"{words.count('refused')} refused"
    )
    for what in sorted(counts):
        print(f"{what:12} {counts[what]}")


def note(counts: Counter[str], way: str, found: Trace, canary: str) -> None:
    """Count a command's run, and what it did that no file may make it do."""
    counts[f"{way} runs"] += 1
    counts["internet"] += len(found.internet)
    counts["canary"] += found.opened_any(canary)
    for call in found.internet:
        print(way, call)


if __name__ == "__main__":
    main()
