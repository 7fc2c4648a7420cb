"""Pin what a build needs on the system that this runs on.

``packaging/requirements-build.lock`` is made on Linux. Its versions and hashes hold everywhere, but
it leaves out what only another system asks for. This writes ``requirements-build.lock`` in
``packaging/windows`` or ``packaging/macos``, with the same versions of all that both name. It needs
pip-tools.
"""

from __future__ import annotations

import os
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
FOLDERS = {"win32": "windows", "darwin": "macos"}


def main() -> None:
    """Write the lock of this system."""
    folder = FOLDERS.get(sys.platform)
    if folder is None:
        sys.exit("On Linux the lock is made by: make lock")
    command = [
        *(sys.executable, "-m", "piptools", "compile", "--quiet", "--generate-hashes"),
        *("--allow-unsafe", "--strip-extras", "--no-emit-options", "--no-emit-index-url"),
        *("--no-emit-find-links", "--no-emit-trusted-host", "--build-deps-for", "editable"),
        *("--constraint", "packaging/requirements-build.lock", "--extra", "build"),
        *("--output-file", f"packaging/{folder}/requirements-build.lock", "pyproject.toml"),
    ]
    names = {"CUSTOM_COMPILE_COMMAND": "packaging/lock_here.py"}
    subprocess.run(command, cwd=ROOT, check=True, env={**os.environ, **names})


if __name__ == "__main__":
    main()
