"""What a command does as the system sees it: which files it opens, whom it tries to reach."""

from __future__ import annotations

import os
import re
import subprocess
import sys
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from shutil import which

import pytest

OPEN_AND_PRINT = Path(__file__).parent / "gui" / "open_and_print.py"
_POLICY_READER = Path(sys.executable).with_name("policy-reader")
_OPENED = re.compile(r'\bopen(?:at2?)?\([^"]*"((?:[^"\\]|\\.)*)"')
_PATIENCE = 300
"""Seconds; a traced program takes several times as long as another."""


@dataclass(frozen=True, slots=True)
class Trace:
    """What a command did. ``internet`` are its calls with an address or socket of the internet."""

    code: int
    out: str
    internet: tuple[str, ...]
    opened: tuple[str, ...]

    def opened_any(self, name: str) -> bool:
        """Return whether a file was opened, or looked for, whose path holds ``name``."""
        return any(name in path for path in self.opened)


def find_strace() -> str:
    """Return the path of strace; the test skips where it is missing or may not look."""
    strace = which("strace")
    if strace is None:
        pytest.skip("strace is not installed (make test installs it)")
    if subprocess.run([strace, "-o", os.devnull, "true"], stderr=subprocess.DEVNULL).returncode:
        pytest.skip("this machine does not let strace look at a process")
    return strace


def trace(
    strace: str, command: Sequence[str | Path], folder: Path, env: Mapping[str, str] | None = None
) -> Trace:
    """Run ``command`` in ``folder`` to its end, it and all that it starts, and return its trace."""
    log = folder / "strace.log"
    calls = "trace=%network,open,openat,openat2"
    done = subprocess.run(
        [strace, "-f", "--seccomp-bpf", "-qq", "-s", "300", "-e", calls, "-o", log, *command],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.STDOUT,
        cwd=folder,
        env=env,
        check=False,
        timeout=_PATIENCE,
    )
    lines = log.read_text(encoding="utf-8", errors="replace").splitlines()
    log.unlink()
    return Trace(
        done.returncode,
        done.stdout.decode("utf-8", "replace"),
        tuple(line for line in lines if "AF_INET" in line),
        tuple(found[1] for line in lines if (found := _OPENED.search(line))),
    )


def ways_to_open(file: Path) -> dict[str, list[str | Path]]:
    """Return the commands that read ``file``, by what they are for."""
    analyze = [_POLICY_READER, "analyze", file]
    return {
        "extract": [_POLICY_READER, "extract", file],
        "card": analyze,
        "pdf": [*analyze, "--to", "pdf", "-o", "out.pdf"],
    }


def in_window(files: Sequence[Path], folder: Path) -> list[str | Path]:
    """Return the command that opens, previews, prints and saves each of the files in the window."""
    return [sys.executable, OPEN_AND_PRINT, folder, *files]
