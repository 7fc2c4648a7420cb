"""Look up the known faults of every library that the locks pin.

audit.py [LOCK ...] asks the Python Package Index, by way of pip-audit, which it runs in an
environment of its own (build/audit). It ends with 0 where every pin was looked up and none has a
known fault, with 1 where one has, and with 2 where a pin could not be looked up: no answer is no
good answer. pip-audit itself (2.10) calls all well where it found no package at all.
"""

from __future__ import annotations

import json
import re
import subprocess
import sys
import venv
from collections.abc import Iterable, Mapping
from pathlib import Path

ROOT = Path(__file__).resolve().parent.parent
LOCKS = ("requirements.lock", "requirements-dev.lock", "packaging/requirements-build.lock")
ENVIRONMENT = ROOT / "build" / "audit"
CLEAN, FAULTY, NOT_LOOKED_UP = 0, 1, 2
_PATIENCE = 900  # seconds for one lock


def main(locks: Iterable[str]) -> int:
    """Print what is known of the pins of ``locks`` and return the exit code."""
    worst = CLEAN
    for lock in locks:
        pins = pinned((ROOT / lock).read_text(encoding="utf-8"))
        answer, complaint = _ask(ROOT / lock)
        faults, unanswered = judged(pins, answer)
        for fault in faults:
            print(f"{lock}: {fault}")
        if unanswered:
            print(f"{lock}: {len(unanswered)} of {len(pins)} could not be looked up. {complaint}")
        print(f"{lock}: {len(pins) - len(unanswered)} looked up, {len(faults)} known faults")
        worst = max(worst, NOT_LOOKED_UP if unanswered else FAULTY if faults else CLEAN)
    return worst


def pinned(lock: str) -> dict[str, str]:
    """Return name and version of each pin in the text of a lock; an empty one is an error.

    Raises:
        ValueError: there is no pin.
    """
    pins = dict(re.findall(r"^([a-z0-9._-]+)==([^ ]+) \\$", lock, re.MULTILINE))
    if not pins:
        raise ValueError("no pin in this lock")
    return pins


def judged(pins: Mapping[str, str], answer: str) -> tuple[list[str], set[str]]:
    """Return the faults that pip-audit's ``answer`` (JSON) names, and the pins that it leaves open.

    A pin is looked up where its name and its very version come back with a list of faults, be it
    an empty one.
    """
    try:
        entries = json.loads(answer)["dependencies"]
    except (ValueError, KeyError, TypeError):
        entries = []
    faults, unanswered = [], set(pins)
    for entry in entries:
        name, version = entry["name"].lower(), entry.get("version")
        if "vulns" not in entry or pins.get(name) != version:
            continue
        unanswered.discard(name)
        for fault in entry["vulns"]:
            mended = ", ".join(fault.get("fix_versions") or ["no version yet"])
            faults.append(f"{name} {version}: {fault['id']}, mended in {mended}")
    return faults, unanswered


def _ask(lock: Path) -> tuple[str, str]:
    """Return what pip-audit answers about ``lock``, and the last line of its complaints."""
    python = ENVIRONMENT / ("Scripts" if sys.platform == "win32" else "bin") / "python"
    try:
        if not python.exists():
            venv.create(ENVIRONMENT, with_pip=True)
        pip = [python, "-m", "pip", "--disable-pip-version-check", "--quiet", "install"]
        subprocess.run(
            [*pip, "pip-audit>=2.9,<3"], check=True, capture_output=True, timeout=_PATIENCE
        )
        ask = [python, "-m", "pip_audit", "--disable-pip", "--require-hashes", "--format=json"]
        done = subprocess.run(
            [*ask, "--progress-spinner=off", "--requirement", lock],
            capture_output=True,
            text=True,
            check=False,
            timeout=_PATIENCE,
        )
    except (subprocess.SubprocessError, OSError) as exc:
        return "", str(exc)
    return done.stdout, done.stderr.strip().rpartition("\n")[2] if done.returncode else ""


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:] or LOCKS))
