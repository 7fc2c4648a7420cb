"""Tell what the application holds, with licences.

list_components.py licences OUT   every component's licence text, one after the other
list_components.py sbom OUT       the components as a CycloneDX 1.6 list (JSON)

Both are read off what is installed, beginning with what the program itself asks for. A component
whose licence text cannot be found ends it: nothing is handed out without.
"""

from __future__ import annotations

import json
import os
import re
import sys
import sysconfig
from collections.abc import Callable, Iterable, Iterator
from datetime import UTC, datetime
from importlib.metadata import Distribution, PackagePath, distribution, version
from pathlib import Path

from lxml.etree import LIBXML_VERSION, LIBXSLT_VERSION
from pypdfium2 import PDFIUM_INFO
from PySide6.QtCore import QLibraryInfo, qVersion

sys.path.insert(0, str(Path(__file__).resolve().parent.parent))

from reader.gui.components import Component, components
from reader.version import __version__

ROOT = Path(__file__).resolve().parent.parent
_LICENCE_FILE = re.compile(
    r"(?i)\.dist-info/(licenses/.|[^/]*(licen[cs]e|copying|notice|copyright)[^/]*$)"
)
_LICENCES = ROOT / "packaging" / "licences"
"""Texts, named by the licence, for those whose package brings none."""
_BROUGHT = {
    "CMU Pronouncing Dictionary": (
        "resources/syllables/LICENSE-cmudict.txt",
        "resources/syllables/LICENSE-package.txt",
    ),
    "Open Terms Archive contributors": ("resources/reference/README.md",),
}
_RULE = "=" * 78


def _qt_holds() -> Iterator[Component]:
    yield Component("Qt", qVersion(), "LGPL-3.0-only OR GPL-2.0-only OR GPL-3.0-only")
    libraries = Path(QLibraryInfo.path(QLibraryInfo.LibraryPath.LibrariesPath))
    for file in libraries.glob("libicudata.so.*"):  # elsewhere the system's own serves
        yield Component("ICU", file.name.rpartition(".")[2], "Unicode-3.0")


def _lxml_holds() -> Iterator[Component]:
    for name, release in (("libxml2", LIBXML_VERSION), ("libxslt", LIBXSLT_VERSION)):
        yield Component(name, ".".join(map(str, release)), "MIT")


def _pypdfium2_holds() -> Iterator[Component]:
    yield Component("PDFium", PDFIUM_INFO.tag, "BSD-3-Clause AND Apache-2.0")


_HOLDS: dict[str, Callable[[], Iterable[Component]]] = {
    "PySide6_Essentials": _qt_holds,
    "lxml": _lxml_holds,
    "pypdfium2": _pypdfium2_holds,
}
"""What came built inside a package: faults are announced by its name, not the package's."""


def shipped() -> tuple[Component, ...]:
    """Return what a package for this system holds, by name, the data last."""
    found = components()
    if sys.platform != "linux":
        return found
    # The one library of the system that goes along: others call it by another name than Debian.
    bzip2 = Component("bzip2", "", "bzip2-1.0.6")
    # Its compiler's own C is part of each module that it compiles.
    mypy = Component("mypy", version("mypy"), "MIT")
    libraries = [each for each in found if each.version]
    return (*libraries, bzip2, mypy, *_starter(), *found[len(libraries) :])


def _starter() -> Iterator[Component]:
    """Yield what both programs begin with, where the environment is one that freezes them."""
    if package := _installed("pyinstaller"):
        licence = "GPL-2.0-or-later WITH Bootloader-exception"
        yield Component("PyInstaller", package.version, licence)


def licences() -> str:
    """Return the licence of each component with its text.

    Raises:
        LookupError: a component has no text here.
    """
    parts = [
        "Policy Reader is licensed under the Apache License 2.0. It stands on the work of others:\n"
    ]
    for component in shipped():
        title = " ".join(filter(None, (component.name, component.version)))
        parts.append(f"{_RULE}\n{title}\n{component.licence}\n{_RULE}\n")
        texts = list(texts_of(component))
        if not texts:
            raise LookupError(f"no licence text of {component.name} ({component.licence})")
        parts += texts
    return "\n".join(parts)


def sbom() -> str:
    """Return the components as a CycloneDX bill of materials, the same for the same components."""
    epoch = int(os.environ.get("SOURCE_DATE_EPOCH", "0"))
    bill = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json",
        "bomFormat": "CycloneDX",
        "specVersion": "1.6",
        "version": 1,
        "metadata": {
            "timestamp": datetime.fromtimestamp(epoch, UTC).strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application",
                "bom-ref": "policy-reader",
                "name": "policy-reader",
                "version": __version__,
                "licenses": [{"expression": "Apache-2.0"}],
            },
        },
        "components": [_entry(component) for component in shipped()],
    }
    return json.dumps(bill, indent=2, ensure_ascii=False) + "\n"


def texts_of(component: Component) -> Iterator[str]:
    """Yield the licence texts of ``component``: its package's, or those that lie here."""
    if component.name == "Python":
        yield _python_licence()
        return
    package = _installed(component.name)
    files = [file for file in (package.files if package else None) or () if _is_licence(file)]
    for file in files:
        yield _text(Path(str(file.locate())))
    if files:
        return
    for name in _BROUGHT.get(component.name, ()):
        yield _text(ROOT / name)
    for licence in re.findall(r"[\w.-]+", component.licence):
        if (_LICENCES / f"{licence}.txt").is_file():
            yield _text(_LICENCES / f"{licence}.txt")


def _entry(component: Component) -> dict[str, object]:
    key = component.name.lower().replace(" ", "-").replace("_", "-")
    package = _installed(component.name)
    entry: dict[str, object] = {
        "type": "library" if component.version or component.name == "bzip2" else "data",
        "bom-ref": key,
        "name": component.name,
        "licenses": [{"license": {"name": component.licence}}],
    }
    if component.version:
        entry["version"] = component.version
    if package is not None:
        entry["purl"] = f"pkg:pypi/{key}@{component.version}"
    if component.name in _HOLDS:
        entry["components"] = [_entry(inside) for inside in _HOLDS[component.name]()]
    return entry


def _is_licence(file: PackagePath) -> bool:
    return _LICENCE_FILE.search(file.as_posix()) is not None


def _python_licence() -> str:
    """Return Python's licence, which stands beside its library, or where Debian keeps it."""
    beside = Path(sysconfig.get_path("stdlib")) / "LICENSE.txt"
    debian = Path(f"/usr/share/doc/python{sysconfig.get_python_version()}/copyright")
    return _text(beside if beside.is_file() or not debian.is_file() else debian)


def _text(file: Path) -> str:
    data = file.read_bytes()
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text = data.decode("cp1252", errors="replace")
    return text.strip() + "\n"


def _installed(name: str) -> Distribution | None:
    try:
        return distribution(name)
    except ModuleNotFoundError:
        return None


if __name__ == "__main__":
    what, out = sys.argv[1:]
    Path(out).write_text({"licences": licences, "sbom": sbom}[what](), encoding="utf-8")
