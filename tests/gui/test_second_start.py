"""A second start of the program: its files go to the window that is open already."""

from __future__ import annotations

import os
import signal
import socket
import stat
import subprocess
import sys
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtTest import QSignalSpy
from pytestqt.qtbot import QtBot

from reader.gui.app import make_application
from reader.gui.main_window import MainWindow
from reader.gui.second_start import MOST_BYTES, MOST_FILES, FirstWindow, enter, files_of, message_of
from reader.library import Library
from reader.paths import APP_NAME, runtime_dir
from reader.settings import Settings

POLICY_READER = Path(sys.executable).with_name("policy-reader")
PATIENCE = 60
HANDS_OVER = """
import sys
from PySide6.QtCore import QCoreApplication
from reader.gui.second_start import enter
application = QCoreApplication(sys.argv[:1])
first = enter(sys.argv[1:])
print('first' if first is not None else 'handed over')
"""
WITHOUT_SOCKETS = """
import sys
sys.modules['PySide6.QtNetwork'] = None
from reader.gui.second_start import enter
from reader.paths import runtime_dir
print(type(enter(['/srv/a.txt'])).__name__, runtime_dir().exists())
"""
Starts = Callable[..., subprocess.Popen[bytes]]


@pytest.fixture
def start() -> Iterator[Starts]:
    """Starts the installed command with a window of its own, on no screen."""
    programs: list[subprocess.Popen[bytes]] = []

    def run(*arguments: str | Path, cwd: Path | None = None) -> subprocess.Popen[bytes]:
        command = [str(POLICY_READER), *map(str, arguments)]
        programs.append(subprocess.Popen(command, cwd=cwd))
        return programs[-1]

    yield run
    for program in programs:
        if program.poll() is None:
            program.terminate()
            program.wait(PATIENCE)


@pytest.fixture
def policy(tmp_path: Path) -> Callable[[str], Path]:
    def write(name: str) -> Path:
        path = tmp_path / name
        path.write_text(f"We collect your name for {name}. We never sell it. " * 20)
        return path

    return write


@pytest.fixture
def first(qtbot: QtBot) -> Iterator[FirstWindow]:
    """This process as the first window."""
    make_application()
    found = enter([])
    assert found is not None
    assert address()
    yield found
    found.close()
    found.deleteLater()


def has_opened(path: Path) -> bool:
    library = Library()
    found = path.as_posix() in {each.path for each in library.recent()}
    library.close()
    return found


def wait_for(qtbot: QtBot, path: Path) -> None:
    qtbot.waitUntil(lambda: has_opened(path), timeout=1000 * PATIENCE)


def address() -> str:
    (path,) = (p for p in runtime_dir().iterdir() if stat.S_ISSOCK(p.lstat().st_mode))
    return str(path)


def say(qtbot: QtBot, message: bytes) -> bytes:
    """Return what the first window answers, b'' where it hangs up."""
    connection = socket.socket(socket.AF_UNIX)
    connection.connect(address())
    connection.sendall(message)
    connection.setblocking(False)
    answers: list[bytes] = []

    def is_answered() -> bool:
        try:
            answers.append(connection.recv(16))
        except BlockingIOError:
            return False
        except ConnectionResetError:
            answers.append(b"")
        return True

    qtbot.waitUntil(is_answered, timeout=10_000)
    connection.close()
    return answers[0]


# Whole programs


def test_a_second_start_hands_its_files_over_and_ends_at_once(
    qtbot: QtBot, start: Starts, policy: Callable[[str], Path], tmp_path: Path
):
    one, two = policy("one.txt"), policy("two 你好.txt")
    running = start(one)
    wait_for(qtbot, one)
    second = start(two.name, cwd=tmp_path)
    assert second.wait(PATIENCE) == 0
    wait_for(qtbot, two)
    assert running.poll() is None


def test_a_window_of_its_own_is_had_for_the_asking(
    qtbot: QtBot, start: Starts, policy: Callable[[str], Path]
):
    one, two, three = policy("one.txt"), policy("two.txt"), policy("three.txt")
    running = start(one)
    wait_for(qtbot, one)
    own = start("--new-window", two)
    wait_for(qtbot, two)
    assert own.poll() is None
    assert start(three).wait(PATIENCE) == 0
    wait_for(qtbot, three)
    assert running.poll() is None


def test_the_place_of_a_window_that_was_killed_is_taken(
    qtbot: QtBot, start: Starts, policy: Callable[[str], Path]
):
    one, two, three = policy("one.txt"), policy("two.txt"), policy("three.txt")
    dead = start(one)
    wait_for(qtbot, one)
    dead.send_signal(signal.SIGKILL)
    dead.wait(PATIENCE)
    assert address(), "its socket is left behind"
    running = start(two)
    wait_for(qtbot, two)
    assert start(three).wait(PATIENCE) == 0
    wait_for(qtbot, three)
    assert running.poll() is None


def test_the_place_of_a_dead_window_is_taken_where_another_program_has_its_number(
    qtbot: QtBot, start: Starts, policy: Callable[[str], Path]
):
    one, two, three = policy("one.txt"), policy("two.txt"), policy("three.txt")
    dead = start(one)
    wait_for(qtbot, one)
    dead.send_signal(signal.SIGKILL)
    dead.wait(PATIENCE)
    (lock,) = runtime_dir().glob("*.lock")
    _, _, *machine = lock.read_text().split("\n")
    other = subprocess.Popen(["sleep", str(PATIENCE)])
    try:
        lock.write_text("\n".join([str(other.pid), "sleep", *machine]))
        running = start(two)
        wait_for(qtbot, two)
        assert start(three).wait(PATIENCE) == 0
        wait_for(qtbot, three)
        assert running.poll() is None
    finally:
        other.kill()
        other.wait()


def test_a_window_that_does_not_answer_is_waited_for_only_so_long(
    qtbot: QtBot, start: Starts, policy: Callable[[str], Path]
):
    one, two = policy("one.txt"), policy("two.txt")
    stuck = start(one)
    wait_for(qtbot, one)
    stuck.send_signal(signal.SIGSTOP)
    try:
        own = start(two)
        wait_for(qtbot, two)
        assert own.poll() is None
    finally:
        stuck.send_signal(signal.SIGCONT)


# The door


def hand_over(*files: str) -> subprocess.Popen[bytes]:
    command = [sys.executable, "-c", HANDS_OVER, *files]
    return subprocess.Popen(command, stdout=subprocess.PIPE)


def test_files_of_any_name_arrive_as_they_are(qtbot: QtBot, first: FirstWindow):
    names = ["/srv/a b.txt", "/srv/你好.md", os.fsdecode(b"/srv/\xff\xfe.txt"), "/srv/line\nbreak"]
    came = QSignalSpy(first.files_came)
    program = hand_over(*names)
    qtbot.waitUntil(lambda: came.count() == 1, timeout=PATIENCE * 1000)
    assert came.at(0) == [tuple(names)]
    qtbot.waitUntil(lambda: program.poll() is not None, timeout=PATIENCE * 1000)
    assert program.communicate()[0] == b"handed over\n"


def test_a_window_that_has_closed_lets_the_next_be_the_first(qtbot: QtBot, first: FirstWindow):
    first.close()
    program = hand_over("/srv/a.txt")
    assert program.communicate(timeout=PATIENCE)[0] == b"first\n"


def test_only_its_user_can_reach_the_window(first: FirstWindow):
    folder = runtime_dir()
    assert stat.S_IMODE(folder.stat().st_mode) & 0o022 == 0
    assert stat.S_IMODE(Path(address()).lstat().st_mode) & 0o077 == 0
    assert folder.name == APP_NAME


@pytest.mark.parametrize(
    "message",
    [
        message_of(["relative.txt"]),
        message_of(["/srv/a.txt", ""]),
        message_of(["/srv/a.txt"]) + b"more",
        message_of(["/" + "a" * 5000]),
        message_of([f"/srv/{number}" for number in range(MOST_FILES + 1)]),
        (MOST_BYTES + 1).to_bytes(4, "big"),
        b"\xff" * 64,
        b"GET / HTTP/1.1\r\n\r\n",
    ],
    ids=["relative", "empty", "more", "long", "many", "large", "bytes", "http"],
)
def test_whatever_else_is_said_to_it_is_dropped(qtbot: QtBot, first: FirstWindow, message: bytes):
    came = QSignalSpy(first.files_came)
    assert say(qtbot, message) == b""
    assert came.count() == 0
    assert say(qtbot, message_of(["/srv/a.txt"])) == b"\x01", "and the next is heard"


def test_a_visitor_who_says_nothing_is_shown_out(qtbot: QtBot, first: FirstWindow):
    assert say(qtbot, b"\0\0") == b""


def test_what_is_no_message_of_ours_has_no_files():
    assert files_of(b"") == ()
    assert files_of(b"/a\0/b") == ("/a", "/b")
    assert files_of(b"a") is None
    assert files_of(b"\0") is None


@pytest.mark.qt_log_ignore("This plugin does not support raise")  # offscreen has no front
def test_files_that_come_open_in_tabs_of_the_window(
    qtbot: QtBot, first: FirstWindow, policy: Callable[[str], Path]
):
    window = MainWindow(Settings(theme="light"))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    first.files_came.connect(window.take_files)
    paths = [str(policy("one.txt")), str(policy("two.txt"))]
    assert say(qtbot, message_of(paths)) == b"\x01"
    qtbot.waitUntil(lambda: all(p.report is not None for p in window.pages), timeout=60_000)
    assert [page.path for page in window.pages] == paths
    assert say(qtbot, message_of([])) == b"\x01"
    assert len(window.pages) == 2
    window.close()


def test_nothing_is_left_of_a_window_that_closed(first: FirstWindow):
    assert address()
    first.close()
    assert list(runtime_dir().iterdir()) == []


def test_where_a_library_is_missing_each_start_has_a_window_of_its_own():
    program = subprocess.run(
        [sys.executable, "-c", WITHOUT_SOCKETS], capture_output=True, text=True, timeout=PATIENCE
    )
    assert program.stdout == "FirstWindow False\n", program.stderr
