"""The two commands of the README, as a person types them."""

from __future__ import annotations

import os
import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest

from reader.settings import Settings, write_settings

ROOT = Path(__file__).resolve().parent.parent


pytestmark = [
    pytest.mark.processes,
    pytest.mark.skipif(
        not (ROOT / ".venv" / "ready-to-run").exists(), reason="make has not set this checkout up"
    ),
]


def make(
    *arguments: str, cwd: Path, env: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """Run make on this checkout from ``cwd``, as on a machine without a display."""
    no_display = {k: v for k, v in os.environ.items() if k not in ("DISPLAY", "WAYLAND_DISPLAY")}
    return subprocess.run(
        ["make", "-C", ROOT, *arguments],
        cwd=cwd,
        env={**no_display, "PWD": str(cwd), **(env or {})},
        stdin=subprocess.DEVNULL,
        capture_output=True,
        text=True,
        check=False,
        timeout=300,
    )


@pytest.mark.slow
def test_make_run_without_a_display_says_so_and_gives_card_and_page(tmp_path: Path):
    done = make("run", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert "There is no display here" in done.stdout
    assert "Lantern & Loom Privacy Policy" in done.stdout
    assert [page.name for page in tmp_path.iterdir()] == ["lantern-and-loom-summary.pdf"]


@pytest.mark.slow
def test_make_run_takes_the_policy_from_the_callers_folder_whatever_its_name(
    sample: Path, tmp_path: Path
):
    name = 'my $HOME policy 隐私, it\'s "new".md'
    shutil.copy(sample, tmp_path / name)

    done = make("run", f"POLICY={name}", cwd=tmp_path)

    assert done.returncode == 0, done.stderr
    assert len(list(tmp_path.glob("*-summary.pdf"))) == 1


@pytest.mark.slow
def test_make_run_on_a_display_that_is_not_there_falls_back_to_the_terminal(tmp_path: Path):
    done = make("run", cwd=tmp_path, env={"DISPLAY": ":7654"})

    assert done.returncode == 0, done.stderr
    assert "There is no display here" in done.stdout


@pytest.mark.slow
@pytest.mark.screen
def test_make_run_on_a_display_opens_the_window_and_ends_with_it(
    screen: dict[str, str], tmp_path: Path
):
    def xdotool(*command: str) -> str:
        return subprocess.run(
            ["xdotool", *command],
            env=screen,
            capture_output=True,
            text=True,
            check=True,
            timeout=60,
        ).stdout

    write_settings(Settings(marks_explained=True))  # the first start is over
    process = subprocess.Popen(["make", "-C", ROOT, "run"], cwd=tmp_path, env=screen)
    try:
        title = "^Lantern & Loom Privacy Policy"
        (window,) = xdotool("search", "--sync", "--onlyvisible", "--name", title).split()
        xdotool("windowfocus", "--sync", window, "key", "ctrl+q")
        assert process.wait(30) == 0
    finally:
        process.kill()
        process.wait()
    assert list(tmp_path.iterdir()) == []


@pytest.mark.slow
def test_make_run_refuses_a_policy_that_is_not_there_in_a_sentence(tmp_path: Path):
    done = make("run", "POLICY=nothing.md", cwd=tmp_path)

    assert done.returncode != 0
    assert "There is no file with this name." in done.stderr
    assert "Traceback" not in done.stderr
    assert list(tmp_path.iterdir()) == []


def test_a_python_that_is_too_old_is_refused_in_a_sentence(tmp_path: Path):
    old = tmp_path / "python3.10"
    old.write_text("#!/bin/sh\nexit 1\n")  # what asking it for Python 3.11 comes to
    old.chmod(0o755)

    done = make("run", f"PYTHON={old}", cwd=tmp_path)

    assert done.returncode != 0
    assert "Policy Reader needs Python 3.11 or newer" in done.stderr
