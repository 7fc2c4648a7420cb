#!/usr/bin/env python3
"""Compile the modules in which an analysis spends its time.

    compile_modules.py OUT

OUT gets them as libraries for this system and this version of Python, under the folders of their
packages. Python takes them in place of the sources where both stand side by side, and a batch takes
a fifth less time with them. mypyc makes C of the modules and a C compiler does the rest, in some
ninety seconds. A checkout is never given any: who changes a module wants to see the change.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

ROOT = Path(__file__).resolve().parent.parent

MODULES = (
    "reader/model.py",
    "reader/analysis.py",
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
    "reader/wording/__init__.py",
    "reader/wording/definitions.py",
    "reader/wording/passives.py",
    "reader/wording/phrases.py",
    "reader/disclosures/__init__.py",
    "reader/disclosures/actions.py",
    "reader/disclosures/addresses.py",
    "reader/disclosures/clauses.py",
    "reader/disclosures/conditions.py",
    "reader/disclosures/dates.py",
    "reader/disclosures/details.py",
    "reader/disclosures/enumerations.py",
    "reader/disclosures/facts.py",
    "reader/disclosures/flags.py",
    "reader/disclosures/matching.py",
    "reader/disclosures/names.py",
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
SHARED_LIBRARY = "policy_reader"
"""What the library in which all of them stand is called; the others lead to it."""


def compile_modules(out: Path) -> list[Path]:
    """Compile ``MODULES`` into the folder ``out``; return the libraries, by their paths in it.

    Raises:
        SystemExit: mypy finds fault with a module.
        setuptools.errors.CompileError: there is no compiler, or none that has Python's headers.
    """
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
