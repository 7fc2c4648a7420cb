#!/usr/bin/env python3
"""Run the tests and say which lines and branches of the program they reach: `make coverage`.

    measure_coverage.py [ARGUMENT OF PYTEST ...]

Child processes count, too, where they end by themselves: coverage_of_child.py tells how. The exit
code is 1 where a test fails, where the whole program is covered less than pyproject.toml asks, or
where a module of WHOLLY_COVERED misses a line or a branch.
"""

import os
import shutil
import subprocess
import sys
import sysconfig
from io import StringIO
from pathlib import Path

from coverage import Coverage, CoverageData
from coverage_of_child import HEADING

ROOT = Path(__file__).resolve().parent.parent
CONFIGURATION = ROOT / "pyproject.toml"
FOLDER = ROOT / "build" / "coverage"
DATA = FOLDER / "all"

WHOLLY_COVERED = (
    "reader/loading/limits.py",
    "reader/sandbox.py",
    "reader/whole_files.py",
    "reader/export/inert.py",
)
"""What stands between a stranger's file and the user: no line of it is untried."""


def main(arguments: list[str]) -> int:
    """Measure, report and judge; ``arguments`` go to pytest."""
    shutil.rmtree(FOLDER, ignore_errors=True)
    FOLDER.mkdir(parents=True)
    failed = run_tests(arguments)
    collect()
    report = Coverage(data_file=str(DATA), config_file=str(CONFIGURATION))
    report.load()
    percent = report.report(show_missing=True, skip_covered=True)
    least = float(report.get_option("report:fail_under") or 0)
    print(f"\n{percent:.1f} % of lines and branches; {least:.0f} % are asked for")
    incomplete = [name for name in WHOLLY_COVERED if not is_whole(report, name)]
    for name in incomplete:
        print(f"{name}: every line and branch is asked for")
    return int(failed or percent < least or bool(incomplete))


def run_tests(arguments: list[str]) -> bool:
    """Run pytest under coverage, with every child process recorded; return whether it failed."""
    environment = os.environ | {
        "POLICY_READER_COVERAGE": f"{FOLDER}{os.pathsep}{CONFIGURATION}",
        "POLICY_READER_INTERPRETED": "1",  # lines of compiled modules are not counted
    }
    packages = Path(sysconfig.get_path("purelib"))
    hook = packages / "coverage_of_child.py"
    start = packages / "coverage_of_child.pth"
    # Not a variable of Python's or a folder of ours: a worker is isolated from both.
    shutil.copy(Path(__file__).with_name(hook.name), hook)
    start.write_text(f"import {hook.stem}\n", encoding="utf-8")
    try:
        command = [sys.executable, "-m", "pytest", *arguments]
        return subprocess.run(command, cwd=ROOT, env=environment, check=False).returncode != 0
    finally:
        hook.unlink()
        start.unlink()


def collect() -> None:
    """Make one file of what the processes left."""
    whole = CoverageData(str(DATA))
    for path in FOLDER.glob("*.child"):
        with path.open("rb") as file:
            heading = file.read(HEADING.size)  # nothing yet, where the process was ended at once
            data = file.read(HEADING.unpack(heading)[0]) if heading else b""
        if data:
            part = CoverageData(no_disk=True)
            part.loads(data)
            whole.update(part)


def is_whole(report: Coverage, name: str) -> bool:
    """Return whether no line and no branch of module ``name`` is missed."""
    return report.report(include=str(ROOT / name), file=StringIO()) == 100


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
