"""The wheel with compiled modules reads as the sources do, to the byte."""

from __future__ import annotations

import json
import runpy
import sys
import sysconfig
import zipfile
from pathlib import Path

import pytest

from tests.installing import ROOT, install, make_wheel, run

pytestmark = [pytest.mark.processes, pytest.mark.slow]

LIBRARY = sysconfig.get_config_var("EXT_SUFFIX")
MODULES = runpy.run_path(str(ROOT / "packaging" / "compile_modules.py"))["MODULES"]


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return make_wheel(tmp_path_factory.mktemp("compiled"), HATCH_BUILD_HOOKS_ENABLE="1")


@pytest.fixture(scope="module")
def python(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The interpreter of an environment that holds the wheel and what it asks for."""
    return install(wheel, tmp_path_factory.mktemp("environment")) / "python"


def rows(python: str | Path, policies: Path, **variables: str) -> list[bytes]:
    """Return the rows of a batch over ``policies``, read by worker processes."""
    out = policies.parent / "rows.jsonl"
    command = (python, "-P", "-m", "reader", "batch", policies, "--to", "jsonl", "-o", out)
    run(*command, cwd=policies.parent, codes=(0, 1), **variables)  # 1: some are refused
    return out.read_bytes().splitlines()


def rows_of_sources(policies: Path) -> list[bytes]:
    return rows(sys.executable, policies, POLICY_READER_INTERPRETED="1")


def test_each_compiled_module_stands_beside_its_source(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()

    assert not wheel.name.endswith("-none-any.whl")
    for module in MODULES:
        assert {module, module.removesuffix(".py") + LIBRARY} <= {*names}


def test_the_compiled_modules_are_the_ones_that_run(python: Path, tmp_path: Path):
    code = (
        "import reader.disclosures.matching as m, reader.model as r; print(m.__file__, r.__file__)"
    )

    for place in run(python, "-c", code, cwd=tmp_path).split():
        assert place.endswith(LIBRARY)
        assert Path(place).is_relative_to(python.parent.parent)


def test_the_sample_is_read_as_by_the_sources(python: Path, sample: Path, tmp_path: Path):
    (tmp_path / "policies").mkdir()
    (tmp_path / "policies" / sample.name).write_bytes(sample.read_bytes())

    (row,) = rows(python, tmp_path / "policies")

    assert json.loads(row)["document"]["title"] == "Lantern & Loom Privacy Policy"
    assert [row] == rows_of_sources(tmp_path / "policies")


def test_real_policies_are_read_as_by_the_sources(python: Path, shared: Path, tmp_path: Path):
    policies = tmp_path / "policies"
    policies.mkdir()
    for found in ("seeds/*", "data/modern/*/*", "data/reference/b*"):
        for path in filter(Path.is_file, shared.glob(found)):
            (policies / f"{path.parent.name}-{path.name}").symlink_to(path)

    compiled = rows(python, policies)

    assert len(compiled) >= 80
    assert compiled == rows_of_sources(policies)
