"""What makes a wheel with compiled modules where one is asked for; hatchling calls it.

HATCH_BUILD_HOOKS_ENABLE=1 asks for one. It runs on one kind of system and one version of Python,
which its name tells. Without, the wheel holds the sources alone and runs everywhere.
"""

from __future__ import annotations

import sys
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))

from compile_modules import compile_modules


class CompiledModules(BuildHookInterface[Any]):
    """Compiles the modules that take the time, and puts them beside their sources."""

    PLUGIN_NAME = "custom"
    _made: TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile, unless the wheel only points to a checkout (``version`` is "editable")."""
        if version == "editable":
            return
        self._made = TemporaryDirectory()
        made = Path(self._made.name)
        for library in compile_modules(made):
            build_data["force_include"][str(made / library)] = library.as_posix()
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        licence = next(
            file
            for file in distribution("mypy").files or ()
            if file.parts[0].endswith(".dist-info") and file.name == "LICENSE"
        )
        # What mypyc's C is made with is linked in.
        build_data["extra_metadata"][str(licence.locate())] = "LICENSE-mypy"

    def finalize(self, *_: object) -> None:
        """Remove what was compiled; it is in the wheel now."""
        if self._made is not None:
            self._made.cleanup()
