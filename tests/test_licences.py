"""Each library that is shipped may be: one of the licences that it offers fits ours."""

from __future__ import annotations

import json
import re
import runpy
from pathlib import Path

import pytest

from reader.gui.components import Component, components

ALLOWED = {
    "0BSD", "Apache-2.0", "BSD-2-Clause", "BSD-3-Clause", "CNRI-Python", "ISC", "MIT", "MPL-1.1",
    "MPL-2.0", "PSF-2.0", "Zlib",
    # of libraries that stand beside the program and can be exchanged
    "LGPL-2.0-or-later", "LGPL-2.1-or-later", "LGPL-3.0-only", "LGPL-3.0-or-later",
    "ODC-BY-1.0", # of data
    "bzip2-1.0.6",
    # what PyInstaller begins a program with may be part of any program, says the exception
    "GPL-2.0-or-later WITH Bootloader-exception",
}  # fmt: skip
IN_OTHER_WORDS = {
    "Apache License, Version 2.0": "Apache-2.0",
    "Apache Software License": "Apache-2.0",
    "GNU Lesser General Public License v2 or later (LGPLv2+)": "LGPL-2.0-or-later",
    "MIT License": "MIT",
    "Mozilla Public License 1.1 (MPL 1.1)": "MPL-1.1",
    "PSFL": "PSF-2.0",
}
READ_BY_US = {
    "dependency licenses": "pypdfium2 names so what PDFium is made of; its package brings the "
    "texts. The GPL stands there for build scripts of ICU alone, with an exception; FreeType is "
    "used under its own licence",
}
"""Words that name no licence, and what we found where we looked."""

GPL = "GNU General Public License v2 or later (GPLv2+)"
LIST = runpy.run_path(str(Path(__file__).resolve().parent.parent / "packaging/list_components.py"))
LIBRARIES = {each.name: each for each in LIST["shipped"]()}


def fits(licence: str) -> bool:
    """Return whether one may choose only allowed licences by what a package says of its own.

    ``OR`` and the list of kinds (``;``) offer a choice; ``AND`` and a comma name what holds
    together.
    """
    if licence in IN_OTHER_WORDS:
        return True
    licence = re.sub(
        r"\(([^()]* (?:OR|AND) [^()]*)\)", lambda it: "MIT" if fits(it[1]) else "none", licence
    )
    choices = re.split(r" OR |; ", licence)
    if len(choices) > 1:
        return any(map(fits, choices))
    parts = re.split(r" AND |, ", choices[0])
    if len(parts) > 1:
        return all(map(fits, parts))
    name = parts[0].partition(" WITH ")[0].strip()
    allowed = {parts[0], IN_OTHER_WORDS.get(name, name)} & ALLOWED
    return name in READ_BY_US or bool(allowed)


@pytest.mark.parametrize("library", LIBRARIES.values(), ids=LIBRARIES)
def test_a_library_offers_a_licence_that_fits(library: Component) -> None:
    assert fits(library.licence), f"{library.name} is offered under {library.licence}"


@pytest.mark.parametrize("library", LIBRARIES.values(), ids=LIBRARIES)
def test_a_library_goes_along_with_its_licence_text(library: Component) -> None:
    texts = "".join(LIST["texts_of"](library))
    assert re.search(r"(?i)copyright|licen[cs]ed? under|public license|attribution", texts)


def test_qt_goes_along_with_both_texts_of_its_licence() -> None:
    texts = list(LIST["texts_of"](LIBRARIES["PySide6_Essentials"]))
    assert any("GNU LESSER GENERAL PUBLIC LICENSE" in text for text in texts)
    assert any("Developers that use the GNU GPL protect your rights" in text for text in texts)


def test_the_list_of_materials_names_each_component_once() -> None:
    bill = json.loads(LIST["sbom"]())
    names = [each["name"] for each in bill["components"]]
    references = {each["bom-ref"] for each in bill["components"]}
    assert sorted(names) == sorted(LIBRARIES)
    assert len(references) == len(names)
    assert all(each["licenses"] for each in bill["components"])


def test_what_came_built_inside_a_package_is_named_with_its_version() -> None:
    bill = json.loads(LIST["sbom"]())
    inside = [part for each in bill["components"] for part in each.get("components", ())]
    assert {"Qt", "libxml2", "libxslt", "PDFium"} <= {part["name"] for part in inside}
    assert all(re.match(r"\d+(\.\d+)*$", part["version"]) for part in inside)


def test_the_list_is_that_of_what_is_used() -> None:
    assert set(LIBRARIES) >= {each.name for each in components()}
    assert {"PySide6_Essentials", "lxml", "nltk", "textstat", "pyphen"} <= set(LIBRARIES)


@pytest.mark.parametrize(
    ("licence", "may_be_used"),
    [
        ("GPL-3.0-only", False),
        ("AGPL-3.0-or-later", False),
        ("LGPL-3.0-only OR GPL-2.0-only", True),
        ("MIT AND GPL-2.0-only", False),
        ("MIT, GPL-2.0-only", False),
        ("(MIT OR GPL-2.0-only)", True),
        ("MPL-2.0 AND (Apache-2.0 OR GPL-2.0-only)", True),
        ("MPL-2.0 AND (GPL-2.0-only OR AGPL-3.0-only)", False),
        (f"{GPL}; Mozilla Public License 1.1 (MPL 1.1)", True),
        (GPL, False),
        ("GPL-2.0-or-later WITH Bootloader-exception", True),
        ("GPL-2.0-or-later WITH Classpath-exception-2.0", False),
        ("see its package", False),
        ("", False),
    ],
)
def test_a_licence_that_gives_no_choice_but_the_gpl_is_refused(
    licence: str, may_be_used: bool
) -> None:
    assert fits(licence) is may_be_used
