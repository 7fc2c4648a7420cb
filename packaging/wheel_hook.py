"""What compiles modules for a wheel where that is asked for; hatchling calls it.

HATCH_BUILD_HOOKS_ENABLE=1 asks for it. A wheel with compiled modules runs on one kind of system
and one version of Python, which its name tells; without, it holds the sources alone and runs
everywhere. An editable one leads to this checkout, which runs compiled until a source is edited.
"""

from __future__ import annotations

import sys
from importlib.metadata import distribution
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from hatchling.builders.hooks.plugin.interface import BuildHookInterface

sys.path.insert(0, str(Path(__file__).resolve().parent))

import compiled_checkout
from compile_modules import SOURCES, compile_modules

IN_CHECKOUT = "policy_reader_compiled"
"""What ``compiled_checkout`` is called where it is installed."""


class CompiledModules(BuildHookInterface[Any]):
    """Compiles the modules that take the time, and puts them where Python finds them first."""

    PLUGIN_NAME = "custom"
    _made: TemporaryDirectory[str] | None = None

    def initialize(self, version: str, build_data: dict[str, Any]) -> None:
        """Compile; ``version`` is "editable" where the wheel is to lead to this checkout."""
        self._made = TemporaryDirectory()
        made = Path(self._made.name)
        libraries = compile_modules(made)
        build_data["pure_python"] = False
        build_data["infer_tag"] = True
        if version == "editable":
            build_data["force_include_editable"] = self._for_checkout(made, libraries)
            return
        for library in libraries:
            build_data["force_include"][str(made / library)] = library.as_posix()
        licence = next(
            file
            for file in distribution("mypy").files or ()
            if file.parts[0].endswith(".dist-info") and file.name == "LICENSE"
        )
        # What mypyc's C is made with is linked in.
        build_data["extra_metadata"][str(licence.locate())] = "LICENSE-mypy"

    def _for_checkout(self, made: Path, libraries: list[Path]) -> dict[str, str]:
        """Return what goes where beside the link to this checkout; some is written to ``made``."""
        checkout = Path(self.root)
        listed = compiled_checkout.list_sources(SOURCES, checkout)
        (made / compiled_checkout.LIST).write_text(listed, encoding="utf-8")
        start = f"import {IN_CHECKOUT}; {IN_CHECKOUT}.serve({str(checkout)!r})\n"
        (made / "start.pth").write_text(start, encoding="utf-8")
        return {
            str(made / "start.pth"): f"{IN_CHECKOUT}.pth",
            compiled_checkout.__file__: f"{IN_CHECKOUT}/__init__.py",
            str(made / compiled_checkout.LIST): f"{IN_CHECKOUT}/{compiled_checkout.LIST}",
        } | {str(made / library): f"{IN_CHECKOUT}/{library.as_posix()}" for library in libraries}

    def finalize(self, *_: object) -> None:
        """Remove what was compiled; it is in the wheel now."""
        if self._made is not None:
            self._made.cleanup()
