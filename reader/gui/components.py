"""Whose work the program stands on: its libraries and data, with version and licence.

The libraries are read off what is installed, beginning with what the program itself asks for, so
that the list cannot fall behind.
"""

from __future__ import annotations

import platform
import re
from collections.abc import Iterator
from dataclasses import dataclass
from importlib.metadata import Distribution, PackageNotFoundError, distribution

from PySide6.QtCore import QCoreApplication

_PROGRAM = "policy-reader"
_NAME = re.compile(r"[\w.-]+")
_FOR_AN_EXTRA = re.compile(r";.*\bextra\b")
_LONGEST_LICENCE = 80  # characters: some packages put the whole text there
translate = QCoreApplication.translate


@dataclass(frozen=True, slots=True)
class Component:
    """A library or a set of data: '' for a version it does not have."""

    name: str
    version: str
    licence: str


def components() -> tuple[Component, ...]:
    """Return the libraries that the program uses, by name, and then the data that it brings."""
    found: dict[str, Component] = {}
    _follow(_PROGRAM, found)
    found.pop(_PROGRAM, None)
    python = Component("Python", platform.python_version(), "PSF-2.0")
    libraries = sorted([*found.values(), python], key=lambda each: each.name.lower())
    return (*libraries, *_data())


def _follow(name: str, found: dict[str, Component]) -> None:
    """Add the library ``name`` and all that it asks for; what is not installed is left out."""
    key = re.sub(r"[-_.]+", "-", name).lower()
    if key in found:
        return
    try:
        package = distribution(name)
    except PackageNotFoundError:
        return
    shown = _field(package, "Name") or name
    found[key] = Component(shown, package.version, _licence_of(package))
    for requirement in _requirements(package):
        _follow(requirement, found)


def _requirements(package: Distribution) -> Iterator[str]:
    for line in package.requires or ():
        match = _NAME.match(line)
        if match and not _FOR_AN_EXTRA.search(line):
            yield match[0]


def _licence_of(package: Distribution) -> str:
    """Return the licence by the package's own word: an expression, a short name, or its kinds."""
    expression = _field(package, "License-Expression") or _field(package, "License")
    if expression and "\n" not in expression and len(expression) <= _LONGEST_LICENCE:
        return expression
    kinds = [
        each
        for each in package.metadata.get_all("Classifier") or ()
        if each.startswith("License ::")
    ]
    names = [each.rpartition(" :: ")[2] for each in kinds]
    return "; ".join(names) or translate("components", "see its package")


def _field(package: Distribution, name: str) -> str:
    """Return a field of the package's metadata; '' where it has none.

    By ``get_all``: asked by index, newer readers of metadata raise KeyError where others give None.
    """
    values: list[str] = package.metadata.get_all(name) or [""]
    return values[0]


def _data() -> tuple[Component, ...]:
    return (
        Component(translate("components", "CMU Pronouncing Dictionary"), "", "BSD-2-Clause; ISC"),
        Component(translate("components", "Open Terms Archive contributors"), "", "ODC-BY-1.0"),
    )
