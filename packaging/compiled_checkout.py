"""Have a checkout run its compiled modules for as long as they are those of its sources.

`make compile` installs this into the environment of the checkout, with the libraries and a list of
what they were made from; Python imports it there at each start. The libraries serve together or not
at all: once any source has changed, every module runs from its source. So it does for whoever sets
POLICY_READER_INTERPRETED, to measure coverage or to step through the code.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from functools import cached_property
from importlib.abc import MetaPathFinder
from importlib.machinery import EXTENSION_SUFFIXES, ModuleSpec, PathFinder
from importlib.util import spec_from_file_location
from pathlib import Path
from types import ModuleType

LIST = "sources.sha256"
"""Names what was compiled, and by what, as sha256sum does: by paths in the checkout."""
LIBRARY = EXTENSION_SUFFIXES[0]
"""How the name of a library ends."""

_FOLDER = Path(__file__).parent


class CompiledModules(MetaPathFinder):
    """Finds the libraries of the modules of ``checkout``, a folder."""

    def __init__(self, checkout: Path) -> None:
        self._checkout = checkout

    @cached_property
    def sources(self) -> dict[str, str]:
        """By the names of the modules: their sources; none where any source has changed."""
        return {_module_of(source): source for source in unchanged(self._checkout)}

    def find_spec(
        self, fullname: str, path: Sequence[str] | None, _target: ModuleType | None = None
    ) -> ModuleSpec | None:
        """Return where a module of the checkout lies; None where Python finds that by itself."""
        if path is None and fullname.endswith("__mypyc"):  # the one that all others lead to
            return PathFinder.find_spec(fullname, [str(_FOLDER)])
        if path is None or not fullname.startswith("reader."):
            return None
        package = fullname.rpartition(".")[0].replace(".", "/")
        home = str(self._checkout / package)
        # A compiled package looks for its modules beside its library.
        if not {home, str(_FOLDER / package)}.intersection(path) or not self.sources:
            return None
        source = self.sources.get(fullname)
        if source is None:
            return PathFinder.find_spec(fullname, [home])
        library = (_FOLDER / source).with_suffix(LIBRARY)
        inside = [str(library.parent)] if source.endswith("/__init__.py") else None
        return spec_from_file_location(fullname, library, submodule_search_locations=inside)


def serve(checkout: str) -> None:
    """Find the compiled modules of ``checkout`` here from now on."""
    if not os.environ.get("POLICY_READER_INTERPRETED"):
        sys.meta_path.insert(0, CompiledModules(Path(checkout)))


def are_current() -> bool:
    """Return whether the libraries are served: their sources are as they were compiled."""
    return any(isinstance(finder, CompiledModules) and finder.sources for finder in sys.meta_path)


def unchanged(checkout: Path) -> list[str]:
    """Return the sources of ``checkout`` that were compiled; none where any has changed."""
    listed = (_FOLDER / LIST).read_text(encoding="utf-8")
    sources = [line.split()[1] for line in listed.splitlines()]
    return sources if listed == list_sources(sources, checkout) else []


def list_sources(sources: Iterable[str], checkout: Path) -> str:
    """Return the list of some sources as they are; what is gone has no digest."""
    from hashlib import sha256  # no other start of Python here needs it

    def line(source: str) -> str:
        path = checkout / source
        return f"{sha256(path.read_bytes()).hexdigest() if path.exists() else '-'}  {source}\n"

    return "".join(map(line, sources))


def _module_of(source: str) -> str:
    return source.removesuffix(".py").removesuffix("/__init__").replace("/", ".")
