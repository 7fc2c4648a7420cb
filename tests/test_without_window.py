"""Without the window's libraries the terminal still reads policies, and says what it cannot do."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

REFUSED = 2
WITHOUT_QT = """
import sys
class NoQt:
    def find_spec(self, name, path=None, target=None):
        if name.partition('.')[0] in ('PySide6', 'shiboken6'):
            raise ModuleNotFoundError(f'No module named {name!r}', name=name)
sys.meta_path.insert(0, NoQt())
from reader.cli import main
sys.exit(main(sys.argv[1:]))
"""


def run(*arguments: str | Path, cwd: Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, "-I", "-W", "error", "-c", WITHOUT_QT, *map(str, arguments)],
        cwd=cwd,
        capture_output=True,
        text=True,
        encoding="utf-8",
        stdin=subprocess.DEVNULL,
        check=False,
        timeout=120,
    )


@pytest.mark.parametrize(
    ("form", "beginning"),
    [
        ("card", "Lantern & Loom Privacy Policy"),
        ("json", '{"'),
        ("md", "# "),
        ("csv", ""),
    ],
)
def test_a_policy_is_reported_on_in_every_form_of_text(
    form: str, beginning: str, sample: Path, tmp_path: Path
) -> None:
    done = run("analyze", sample, "--to", form, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert done.stdout.startswith(beginning)
    assert "Lantern" in done.stdout or form == "csv"
    assert len(done.stdout.splitlines()) > 20 or form == "json"


def test_the_web_page_is_written(sample: Path, tmp_path: Path) -> None:
    done = run("analyze", sample, "--to", "html", "-o", "page.html", cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "<html" in (tmp_path / "page.html").read_text(encoding="utf-8")


def test_two_policies_are_compared(sample: Path, tmp_path: Path) -> None:
    changed = tmp_path / "newer.md"
    words = sample.read_text(encoding="utf-8") + "\n\nWe sell your personal data to anyone.\n"
    changed.write_text(words, encoding="utf-8")
    done = run("compare", sample, changed, cwd=tmp_path)
    assert (done.returncode, done.stderr) == (0, "")
    assert "sell" in done.stdout


def test_the_text_is_given_as_loaded(sample: Path, tmp_path: Path) -> None:
    done = run("extract", sample, cwd=tmp_path)
    assert done.returncode == 0
    assert json.loads(done.stdout)["title"] == "Lantern & Loom Privacy Policy"


@pytest.mark.parametrize("form", ["jsonl", "csv"])
def test_a_folder_is_read(form: str, sample: Path, tmp_path: Path) -> None:
    done = run("batch", sample.parent, "--to", form, "-o", "all", cwd=tmp_path)
    assert done.returncode == 0, done.stderr
    assert sample.name in (tmp_path / "all").read_text(encoding="utf-8")


@pytest.mark.parametrize("command", [("analyze",), ("compare", "again.md")])
def test_the_page_to_print_is_refused_by_the_name_of_what_is_missing(
    command: tuple[str, ...], sample: Path, tmp_path: Path
) -> None:
    again = tmp_path / "again.md"
    again.write_bytes(sample.read_bytes())
    done = run(*command, sample, "--to", "pdf", cwd=tmp_path)
    assert done.returncode == REFUSED
    assert "run 'pip install PySide6-Essentials'" in done.stderr
    assert "html" in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == [again]


def test_the_window_is_refused_by_the_name_of_what_is_missing(sample: Path, tmp_path: Path) -> None:
    done = run(sample, cwd=tmp_path)
    assert done.returncode == REFUSED
    assert "run 'pip install PySide6-Essentials'" in done.stderr
    assert "policy-reader analyze FILE" in done.stderr
    assert "Traceback" not in done.stderr
