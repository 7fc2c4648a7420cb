"""Where the program's own files lie: the only module that knows.

Resources stand in three places: beside the package in a source tree, inside it in an installed
wheel, and in the bundle of a frozen application (where the package's own place serves as well).
"""

from __future__ import annotations

import os
import sys
from functools import cache
from pathlib import Path

import platformdirs

APP_NAME = "policy-reader"
_PACKAGE = Path(__file__).resolve().parent


@cache
def _resource_root() -> Path:
    installed = _PACKAGE / "_resources"
    return installed if installed.is_dir() else _PACKAGE.parent / "resources"


def resource(name: str) -> Path:
    """Return the path of a file or folder of ``resources/``, ``name`` with forward slashes.

    Raises:
        FileNotFoundError: the installation lacks it.
    """
    path = _resource_root() / name
    if not path.exists():
        raise FileNotFoundError(f"missing from the installation: resources/{name}")
    return path


def bundled_program(name: str) -> Path | None:
    """Return where the frozen application keeps its program ``name``; None where not frozen.

    Its programs stand side by side, above the folder of what they share; in a bundle of macOS that
    folder is called ``Frameworks``, and they stand beside it in ``MacOS``.
    """
    bundle = getattr(sys, "_MEIPASS", None)
    if bundle is None:
        return None
    suffix = ".exe" if sys.platform == "win32" else ""
    folder = Path(bundle).parent
    if Path(bundle).name == "Frameworks":
        folder /= "MacOS"
    return folder / f"{name}{suffix}"


def settings_dir() -> Path:
    """Return the folder of the user's settings; it need not exist yet."""
    return Path(platformdirs.user_config_dir(APP_NAME, appauthor=False))


def runtime_dir() -> Path:
    """Return the folder of what lives as long as a window: the session's own, or the history's."""
    session = os.environ.get("XDG_RUNTIME_DIR")
    return Path(session) / APP_NAME if session and Path(session).is_dir() else state_dir()


def state_dir() -> Path:
    """Return the folder of the user's history and logs; it need not exist yet."""
    return Path(platformdirs.user_state_dir(APP_NAME, appauthor=False))
