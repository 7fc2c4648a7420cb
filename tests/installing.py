"""The project's wheel, built from this tree and installed without a network."""

from __future__ import annotations

import os
import subprocess
import sys
import venv
from collections.abc import Collection
from pathlib import Path

import pytest

ROOT = Path(__file__).resolve().parent.parent
WHEELS = ROOT / ".wheels"


def run(*command: str | Path, cwd: Path, codes: Collection[int] = (0,), **variables: str) -> str:
    """Run a command with these variables besides our own; return what it prints."""
    environment = os.environ | variables
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, check=False, timeout=900, env=environment
    )
    assert done.returncode in codes, done.stderr.decode()
    return done.stdout.decode()


def without_index() -> list[str]:
    """Options that keep pip from everything that the machine's settings name."""
    return ["--isolated", "--disable-pip-version-check", "--no-index", "--no-cache-dir"]


def make_wheel(folder: Path, **variables: str) -> Path:
    """Build the wheel into an empty folder."""
    pip = [sys.executable, "-m", "pip", "wheel", *without_index(), "--no-deps"]
    run(*pip, "--no-build-isolation", "--wheel-dir", folder, ROOT, cwd=folder, **variables)
    (built,) = folder.glob("*.whl")
    return built


def install(wheel: Path, folder: Path) -> Path:
    """Make an environment of a wheel and what it asks for; return its bin folder.

    Skips the test where no wheels are put ready.
    """
    if not WHEELS.is_dir():
        pytest.skip("no wheels are put ready (make test does it)")
    venv.create(folder, with_pip=True)
    bin_folder = folder / "bin"
    pip = [bin_folder / "python", "-m", "pip", "install", "--quiet", *without_index()]
    run(*pip, "--find-links", WHEELS, wheel, cwd=folder)
    return bin_folder
