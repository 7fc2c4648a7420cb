#!/usr/bin/env python3
"""Compile the modules in which an analysis spends its time.

    compile_modules.py OUT

OUT gets them as libraries for this system and this version of Python, under the folders of their
packages. Python takes them in place of the sources where both stand side by side, and a batch takes
a sixth less time with them. mypyc makes C of the modules and a C compiler does the rest, in some
two minutes; what this environment has of the same sources already is copied. Those of a checkout
stand apart, where compiled_checkout.py finds them until a source is edited.
"""

from __future__ import annotations

import os
import shutil
import sys
from importlib.util import find_spec
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent

MODULES = (
    "reader/model.py",
    "reader/analysis.py",
    "reader/document_scores.py",
    "reader/sentences.py",
    "reader/syllables.py",
    "reader/readability.py",
    "reader/scoring.py",
    "reader/language.py",
    "reader/signs.py",
    "reader/legal_bars.py",
    "reader/linked_places.py",
    "reader/loading/drafts.py",
    "reader/loading/lines.py",
    "reader/loading/markdown.py",
    "reader/loading/markdown_paragraphs.py",
    "reader/loading/normalize.py",
    "reader/loading/text.py",
    "reader/sections/__init__.py",
    "reader/sections/apart.py",
    "reader/sections/headings.py",
    "reader/sections/levels.py",
    "reader/sections/lines.py",
    "reader/sections/looks.py",
    "reader/sections/run_ins.py",
    "reader/sections/tiling.py",
    "reader/sections/topics.py",
    "reader/wording/__init__.py",
    "reader/wording/definitions.py",
    "reader/wording/passives.py",
    "reader/wording/phrases.py",
    "reader/disclosures/actions.py",
    "reader/disclosures/addresses.py",
    "reader/disclosures/assembling.py",
    "reader/disclosures/clauses.py",
    "reader/disclosures/conditions.py",
    "reader/disclosures/dates.py",
    "reader/disclosures/details.py",
    "reader/disclosures/enumerations.py",
    "reader/disclosures/facts.py",
    "reader/disclosures/flags.py",
    "reader/disclosures/matching.py",
    "reader/disclosures/names.py",
    "reader/disclosures/narrowing.py",
    "reader/disclosures/negation.py",
    "reader/disclosures/objects.py",
    "reader/disclosures/places.py",
    "reader/disclosures/recipients.py",
    "reader/disclosures/rules.py",
    "reader/disclosures/scopes.py",
    "reader/disclosures/stance.py",
    "reader/disclosures/statements.py",
    "reader/disclosures/topics.py",
    "reader/disclosures/words.py",
    "reader/export/report_json.py",
)
"""Those that take the time, and the records that they pass to each other.

None that calls itself for what a file nests is among them: compiled code does not count how deep it
calls itself, and a file may be nested as deep as a stranger likes.
"""
SOURCES = (*MODULES, "packaging/compile_modules.py", "packaging/compiled_checkout.py")
"""What the libraries depend on, but for the compilers, which the locks pin."""
SHARED_LIBRARY = "policy_reader"
"""What the library in which all of them stand is called; the others lead to it."""


def compile_modules(out: Path) -> list[Path]:
    """Compile ``MODULES`` into the folder ``out``; return the libraries, by their paths in it.

    Raises:
        SystemExit: mypy finds fault with a module.
        setuptools.errors.CompileError: there is no compiler, or none that has Python's headers.
    """
    return _copy_compiled(out) or _compile(out)


def _copy_compiled(out: Path) -> list[Path]:
    """Copy the libraries of this checkout into ``out``; return none where they are not of today."""
    import compiled_checkout

    found = find_spec("policy_reader_compiled")
    if found is None or found.origin is None:
        return []
    folder = Path(found.origin).parent
    listed = (folder / compiled_checkout.LIST).read_text(encoding="utf-8")
    if listed != compiled_checkout.list_sources(SOURCES, ROOT):
        return []
    libraries = [
        path.relative_to(folder) for path in sorted(folder.rglob(f"*{compiled_checkout.LIBRARY}"))
    ]
    for library in libraries:
        (out / library).parent.mkdir(parents=True, exist_ok=True)
        shutil.copy(folder / library, out / library)
    return libraries


def _compile(out: Path) -> list[Path]:
    from mypyc.build import mypycify
    from setuptools import Distribution

    before = Path.cwd()
    with TemporaryDirectory() as away:
        os.chdir(ROOT)
        try:
            extensions = mypycify(
                [*MODULES, f"--cache-dir={away}/types"],
                opt_level="2",
                debug_level="0",
                group_name=SHARED_LIBRARY,
                target_dir=f"{away}/c",
            )
            command = Distribution({"name": "reader", "ext_modules": extensions})
            build = command.get_command_obj("build_ext")
            build.build_lib, build.build_temp = str(out.resolve()), f"{away}/objects"
            command.run_command("build_ext")
        finally:
            os.chdir(before)
    return sorted(path.relative_to(out) for path in out.rglob("*") if path.is_file())


if __name__ == "__main__":
    for library in compile_modules(Path(sys.argv[1])):
        print(library)
