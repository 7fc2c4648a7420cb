"""Whole files or none whenever the program is killed, and no strays after its next start."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest

from reader.paths import state_dir
from reader.whole_files import clear_strays, replacing
from tests.conftest import RunsPolicyReader
from tests.ordinary_user import as_ordinary_user

WRITES_HALF_A_FILE = """
import sys
from pathlib import Path
from reader.whole_files import replacing
with replacing(Path(sys.argv[1])) as new:
    new.write_text("hal")
    print("half", flush=True)
    sys.stdin.read()
"""


CLEARS_AND_TELLS_WHAT_IT_OPENS = """
import sys
from reader.whole_files import clear_strays
sys.addaudithook(lambda event, told: event == "open" and print(told[0]))
clear_strays()
"""


def writer(path: Path) -> subprocess.Popen[bytes]:
    """Return a process that has written half of what is to take the place of ``path``."""
    process = subprocess.Popen(
        [sys.executable, "-c", WRITES_HALF_A_FILE, path],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
    )
    assert process.stdout is not None
    assert process.stdout.readline() == b"half\n"
    return process


def kill(process: subprocess.Popen[bytes]) -> None:
    with process:
        process.kill()
    assert process.returncode == -signal.SIGKILL


def names_in(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.iterdir())


def notes() -> list[str]:
    return names_in(state_dir() / "unfinished")


def test_what_fails_half_way_leaves_the_old_file_and_no_stray(tmp_path: Path) -> None:
    path = tmp_path / "page.pdf"
    path.write_text("old")

    def interrupted() -> None:
        with replacing(path) as new:
            new.write_text("hal")
            raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        interrupted()
    assert path.read_text() == "old"
    assert names_in(tmp_path) == ["page.pdf"]
    assert notes() == []


def test_what_a_killed_program_left_is_gone_after_the_next_start(
    tmp_path: Path, policy_reader: RunsPolicyReader
) -> None:
    path = tmp_path / "line\nend" / "page.html"
    path.parent.mkdir()
    path.write_text("old")
    kill(writer(path))
    assert len(names_in(path.parent)) == 2
    assert policy_reader("analyze", "none.txt").code == 2
    assert names_in(path.parent) == ["page.html"]
    assert path.read_text() == "old"
    assert notes() == []


def test_what_another_window_is_writing_is_no_stray(tmp_path: Path) -> None:
    path = tmp_path / "page.html"
    process = writer(path)
    clear_strays()
    process.communicate(timeout=30)
    assert process.returncode == 0
    assert path.read_text() == "hal"
    assert names_in(tmp_path) == ["page.html"]
    assert notes() == []


def test_no_file_of_the_users_is_taken_for_a_stray(tmp_path: Path) -> None:
    kill(writer(tmp_path / "page.html"))
    (stray,) = tmp_path.iterdir()
    stray.rename(tmp_path / "kept by me")
    stray.mkdir()
    like_one = tmp_path / ".policy-reader-0123456789abcdef.part"
    like_one.write_text("mine")
    folder = state_dir() / "unfinished"
    for name, says in (
        ("0" * 16, os.fsencode(tmp_path / "kept by me")),
        ("1" * 16, os.fsencode(like_one)),
        ("2" * 16, b""),
        ("3" * 16, b"\0"),
        ("mine", os.fsencode(like_one)),
    ):
        (folder / name).write_bytes(says)
    clear_strays()
    assert stray.is_dir()
    assert like_one.read_text() == "mine"
    assert (tmp_path / "kept by me").read_text() == "hal"
    assert "mine" in notes()


def test_a_stray_is_gone_though_its_folder_is(tmp_path: Path) -> None:
    folder = tmp_path / "folder"
    folder.mkdir()
    kill(writer(folder / "page.html"))
    for path in folder.iterdir():
        path.unlink()
    folder.rmdir()
    clear_strays()
    assert notes() == []


def test_a_note_is_read_where_it_is_locked(tmp_path: Path) -> None:
    """Elsewhere Windows lets nobody read it, and the stray would stay for good."""
    kill(writer(tmp_path / "page.html"))
    (note,) = notes()
    opened = subprocess.run(
        [sys.executable, "-c", CLEARS_AND_TELLS_WHAT_IT_OPENS],
        check=True,
        capture_output=True,
        text=True,
    ).stdout.splitlines()
    assert [path for path in opened if Path(path).name == note] == [
        str(state_dir() / "unfinished" / note)
    ]
    assert names_in(tmp_path) == []


def test_a_part_that_cannot_be_removed_yet_goes_at_a_later_start(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    with TemporaryDirectory() as place:
        Path(place).chmod(0o777)
        monkeypatch.setenv("XDG_STATE_HOME", str(Path(place) / "state"))
        folder = Path(place) / "folder"

        def write() -> None:
            with replacing(folder / "page.html") as new:
                new.write_text("hal")
                folder.chmod(0o555)

        with as_ordinary_user():
            folder.mkdir()
            with pytest.raises(PermissionError):
                write()
            assert len(names_in(folder)) == len(notes()) == 1
            folder.chmod(0o755)
            clear_strays()
            assert names_in(folder) == []
            assert notes() == []


def test_a_home_that_takes_no_notes_stops_no_result(tmp_path: Path) -> None:
    state_dir().parent.mkdir(parents=True, exist_ok=True)
    state_dir().write_text("in the way")
    clear_strays()
    with replacing(tmp_path / "page.html") as new:
        new.write_text("new")
    assert names_in(tmp_path) == ["page.html"]
