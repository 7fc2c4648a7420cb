"""A checkout runs its compiled modules until a source is edited."""

from __future__ import annotations

import importlib.util
import shutil
import sys
from pathlib import Path

import pytest

from tests.installing import ROOT, run

pytestmark = [pytest.mark.processes, pytest.mark.slow]

MODULES = ("reader.analysis", "reader.wording", "reader.disclosures.catalogue")


def serving(finder: Path, checkout: Path) -> str:
    """Code that has the libraries beside ``finder`` serve a checkout, as a start of Python does."""
    return f"""
import importlib, importlib.util, sys
spec = importlib.util.spec_from_file_location("compiled", {str(finder)!r})
compiled = importlib.util.module_from_spec(spec)
spec.loader.exec_module(compiled)
compiled.serve({str(checkout)!r})
sys.path.insert(0, {str(checkout)!r})
"""


def places(finder: Path, checkout: Path, **variables: str) -> list[Path]:
    """Return where ``MODULES`` are taken from, once an analysis has run."""
    code = f"""{serving(finder, checkout)}
import reader
assert reader.analyze_text("We do not sell your personal data.").disclosures
for name in {MODULES!r}:
    print(importlib.import_module(name).__file__)
"""
    printed = run(sys.executable, "-P", "-c", code, cwd=checkout, **variables)
    return [Path(line) for line in printed.splitlines()]


@pytest.fixture
def checkout(tmp_path: Path) -> Path:
    """A copy of this checkout, as far as it is read and compiled."""
    place = tmp_path / "checkout"
    for folder in ("reader", "resources", "packaging"):
        ignore = shutil.ignore_patterns("__pycache__", "pictures")
        shutil.copytree(ROOT / folder, place / folder, ignore=ignore)
    return place


@pytest.fixture
def finder(checkout: Path) -> Path:
    """A copy of what `make compile` put into this environment, of the sources as they are."""
    found = importlib.util.find_spec("policy_reader_compiled")
    if found is None or found.origin is None:
        pytest.skip("nothing is compiled here (make compile)")
    import policy_reader_compiled as compiled

    if not compiled.unchanged(ROOT):
        pytest.skip("a source was edited since it was compiled (make compile)")
    return shutil.copytree(Path(found.origin).parent, checkout.parent / "made") / "__init__.py"


def test_compiled_modules_run_beside_the_others(finder: Path, checkout: Path):
    analysis, package, catalogue = places(finder, checkout)

    assert analysis.is_relative_to(finder.parent)
    assert package.is_relative_to(finder.parent)
    assert catalogue == checkout / "reader" / "disclosures" / "catalogue.py"


def test_once_a_source_is_edited_all_run_from_their_sources(finder: Path, checkout: Path):
    edited = checkout / "reader" / "model.py"
    before = edited.read_text(encoding="utf-8")

    edited.write_text(f"{before}\n# one thought more\n", encoding="utf-8")
    assert all(place.suffix == ".py" for place in places(finder, checkout))

    edited.write_text(before, encoding="utf-8")
    assert places(finder, checkout)[0].is_relative_to(finder.parent)


def test_a_source_that_is_gone_is_a_change(finder: Path, checkout: Path):
    moved = checkout / "reader" / "sections"
    (moved / "apart.py").rename(moved / "aside.py")

    code = f"{serving(finder, checkout)}\nimport reader.model; print(reader.model.__file__)"

    printed = run(sys.executable, "-P", "-c", code, cwd=checkout).strip()
    assert Path(printed) == checkout / "reader" / "model.py"


def test_who_asks_for_the_sources_gets_them(finder: Path, checkout: Path):
    asked = places(finder, checkout, POLICY_READER_INTERPRETED="1")

    assert all(place.is_relative_to(checkout) for place in asked)


def test_another_checkout_runs_its_own_sources(finder: Path, checkout: Path):
    other = Path(shutil.copytree(checkout, checkout.parent / "other"))
    code = f"""{serving(finder, checkout)}
sys.path.insert(0, {str(other)!r})
import reader.analysis; print(reader.analysis.__file__)
"""

    printed = run(sys.executable, "-P", "-c", code, cwd=other).strip()
    assert Path(printed) == other / "reader" / "analysis.py"
