"""What is installed is what was tested: the wheel, the locks, the first run without a network."""

from __future__ import annotations

import json
import re
import sys
import tarfile
import tomllib
import zipfile
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name
from PySide6.QtCore import QMimeDatabase

from reader.folder_rows import folder_command
from reader.protocol import READABLE_SUFFIXES, worker_command
from tests.installing import ROOT, install, make_wheel, run

pytestmark = pytest.mark.processes

LINUX = ROOT / "packaging" / "linux"
LOCKS = ("requirements.lock", "requirements-dev.lock")
SENTENCE = "We do not sell your personal data to anyone."


def left_behind(name: str) -> bool:
    """Return whether a file is made from others, or belongs to one checkout alone."""
    parts = name.split("/")
    return name.endswith(".pyc") or bool({"shared", ".git", ".venv", ".wheels", "build"} & {*parts})


# --- the wheel and the source archive -------------------------------------------------------------


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The project's wheel, built from this tree without a network."""
    return make_wheel(tmp_path_factory.mktemp("dist"))


@pytest.fixture(scope="module")
def bare(wheel: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The bin folder of an environment that holds the wheel and what it asks for."""
    return install(wheel, tmp_path_factory.mktemp("bare environment"))


def test_the_wheel_carries_the_resources_and_no_tests(wheel: Path):
    names = zipfile.ZipFile(wheel).namelist()
    resources = {
        f"reader/_resources/{path.relative_to(ROOT / 'resources').as_posix()}"
        for path in (ROOT / "resources").rglob("*")
        if path.is_file()
    }

    assert resources - set(names) == set()
    assert {name.partition("/")[0].partition("-")[0] for name in names} == {
        "reader",
        "policy_reader",
    }
    assert [name for name in names if left_behind(name)] == []


def test_the_source_archive_carries_all_that_a_checkout_tests_and_builds_with(tmp_path: Path):
    run(sys.executable, "-m", "hatchling", "build", "-t", "sdist", "-d", tmp_path, cwd=ROOT)

    (built,) = tmp_path.iterdir()
    with tarfile.open(built) as archive:
        names = {name.partition("/")[2] for name in archive.getnames()}
    for folder in ("reader", "resources", "tests", "packaging"):
        kept = {
            path.relative_to(ROOT).as_posix()
            for path in (ROOT / folder).rglob("*")
            if path.is_file() and not left_behind(path.as_posix())
        }
        assert kept - names == set()
    assert {"Makefile", "pyproject.toml", "PKG-INFO", "LICENSE", *LOCKS} <= names
    assert [name for name in names if left_behind(name)] == []


@pytest.mark.slow
def test_the_installed_command_analyses_a_sample_without_a_network(bare: Path, sample: Path):
    folder = bare.parent

    answer = run(bare / "policy-reader", "analyze", sample, "--to", "json", cwd=folder)

    report = json.loads(answer)
    assert report["document"]["title"] == "Lantern & Loom Privacy Policy"
    assert len(report["disclosures"]) >= 30
    assert report["readability"]["flesch_kincaid_grade"] is not None


@pytest.mark.slow
def test_the_installed_library_analyses_a_text_with_the_network_shut(bare: Path):
    code = f"""
import sys
def refuse(event, arguments):
    if event.startswith('socket.'):
        raise SystemExit('the first run used ' + event)
sys.addaudithook(refuse)
import reader
report = reader.analyze_text({SENTENCE!r})
print(reader.__file__)
print([d.stance.name for d in report.disclosures if d.type == 'sell.sells'])
"""
    place, found = run(bare / "python", "-I", "-c", code, cwd=bare.parent).splitlines()

    assert Path(place).is_relative_to(bare.parent)
    assert found == "['DENIED']"


@pytest.mark.slow
def test_the_installed_command_writes_the_page(bare: Path, sample: Path, tmp_path: Path):
    run(bare / "policy-reader", "analyze", sample, "--to", "pdf", cwd=tmp_path)

    (page,) = tmp_path.glob("*-summary.pdf")
    assert page.read_bytes().startswith(b"%PDF-")


# --- the locks ------------------------------------------------------------------------------------


def pinned(lock: str) -> dict[str, str]:
    text = (ROOT / lock).read_text(encoding="utf-8")
    return dict(re.findall(r"^([a-z0-9._-]+)==([^ ]+) \\$", text, re.MULTILINE))


@pytest.mark.parametrize("lock", LOCKS)
def test_a_lock_names_no_host_and_no_path(lock: str):
    text = (ROOT / lock).read_text(encoding="utf-8")

    hosts = re.findall(r"https?:|file:/|index-url|find-links|trusted-host", text)
    paths = re.findall(r"(?<![\w.])/\w+|\w:\\", text)

    assert hosts + paths == []


@pytest.mark.parametrize("lock", LOCKS)
def test_every_pin_of_a_lock_has_its_hashes(lock: str):
    text = (ROOT / lock).read_text(encoding="utf-8")
    pins = re.split(r"^(?=[a-z0-9])", text, flags=re.MULTILINE)[1:]

    assert len(pins) == len(pinned(lock))
    assert [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin] == []


@pytest.mark.parametrize(("lock", "extras"), [(LOCKS[0], []), (LOCKS[1], ["dev"])])
def test_a_lock_satisfies_what_the_project_asks_for(lock: str, extras: list[str]):
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))
    wanted = [
        *project["build-system"]["requires"],
        *project["project"]["dependencies"],
        *(line for each in extras for line in project["project"]["optional-dependencies"][each]),
    ]
    pins = pinned(lock)

    unmet = [
        str(each)
        for each in map(Requirement, wanted)
        if pins.get(canonicalize_name(each.name), "") not in each.specifier
    ]

    assert unmet == []


def test_both_locks_pin_the_same_versions():
    run_lock, dev_lock = (pinned(lock) for lock in LOCKS)

    assert run_lock.items() <= dev_lock.items()


def test_the_desktop_entry_offers_every_format_that_is_read() -> None:
    entry = (LINUX / "policy-reader.desktop").read_text(encoding="utf-8")
    offered = re.search(r"^MimeType=(.*);$", entry, re.MULTILINE)
    assert offered is not None
    kinds = set(offered[1].split(";"))
    database = QMimeDatabase()
    for suffix in READABLE_SUFFIXES:
        kind = database.mimeTypeForFileNameAndData(f"policy{suffix}", b"We keep your data.")
        assert kinds & {kind.name(), *kind.aliases(), *kind.parentMimeTypes()}, suffix


def test_the_frozen_application_starts_the_worker_beside_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "_internal"), raising=False)
    program, operation = worker_command("extract")
    assert Path(program).with_suffix("") == tmp_path / "policy-reader-worker"
    assert operation == "extract"


def test_the_frozen_application_reads_a_folder_with_itself(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sample: Path
) -> None:
    monkeypatch.setattr(sys, "_MEIPASS", str(tmp_path / "_internal"), raising=False)
    program, *arguments = folder_command(str(sample.parent))
    assert Path(program).with_suffix("") == tmp_path / "policy-reader"

    written = run(sys.executable, ROOT / "packaging/start_reader.py", *arguments, cwd=ROOT)
    first, *rows = written.splitlines()
    assert len(rows) == len(json.loads(first)["paths"]) > 0
