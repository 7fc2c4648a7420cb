"""The wheel with compiled modules reads as the sources do, to the byte."""

from __future__ import annotations

import json
import os
import runpy
import subprocess
import sys
import sysconfig
import venv
import zipfile
from pathlib import Path

import pytest

pytestmark = pytest.mark.slow

ROOT = Path(__file__).resolve().parent.parent
WHEELS = ROOT / ".wheels"
LIBRARY = sysconfig.get_config_var("EXT_SUFFIX")
MODULES = runpy.run_path(str(ROOT / "packaging" / "compile_modules.py"))["MODULES"]


def run(*command: str | Path, cwd: Path, codes: tuple[int, ...] = (0,), **more: str) -> str:
    done = subprocess.run(
        command, cwd=cwd, capture_output=True, check=False, timeout=600, env=os.environ | more
    )
    assert done.returncode in codes, done.stderr.decode()
    return done.stdout.decode()


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("compiled")
    pip = [sys.executable, "-m", "pip", "--isolated", "wheel", "--no-index", "--no-deps"]
    run(
        *pip, "--no-build-isolation", "--wheel-dir", folder, ROOT,
        cwd=folder, HATCH_BUILD_HOOKS_ENABLE="1",
    )  # fmt: skip
    (built,) = folder.glob("*.whl")
    return built


@pytest.fixture(scope="module")
def python(wheel: Path) -> Path:
    """The interpreter of an environment that holds the wheel and what it asks for."""
    if not WHEELS.is_dir():
        pytest.skip("no wheels are put ready (make test does it)")
    folder = wheel.parent / "environment"
    venv.create(folder, with_pip=False)
    pip = [sys.executable, "-m", "pip", "--isolated", "--python", folder / "bin" / "python"]
    run(*pip, "install", "--no-index", "--find-links", WHEELS, wheel, cwd=wheel.parent)
    return folder / "bin" / "python"


def rows(python: str | Path, policies: Path) -> list[bytes]:
    """Return the rows of a batch over ``policies``, read by worker processes."""
    out = policies.parent / "rows.jsonl"
    command = (python, "-P", "-m", "reader", "batch", policies, "--to", "jsonl", "-o", out)
    run(*command, cwd=policies.parent, codes=(0, 1))  # 1: some are refused
    return out.read_bytes().splitlines()


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
    assert [row] == rows(sys.executable, tmp_path / "policies")


def test_real_policies_are_read_as_by_the_sources(python: Path, shared: Path, tmp_path: Path):
    policies = tmp_path / "policies"
    policies.mkdir()
    for found in ("seeds/*", "data/modern/*/*", "data/reference/b*"):
        for path in filter(Path.is_file, shared.glob(found)):
            (policies / f"{path.parent.name}-{path.name}").symlink_to(path)

    compiled = rows(python, policies)

    assert len(compiled) >= 80
    assert compiled == rows(sys.executable, policies)
