"""The installed program in a real window: what comes from another process, by hand."""

from __future__ import annotations

import re
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from pathlib import Path
from shutil import which
from urllib.parse import quote

import psutil
import pytest

from reader.paths import settings_dir
from reader.settings import FILE_NAME, Settings, read_settings, write_settings
from tests.conftest import still_running

pytestmark = [pytest.mark.screen, pytest.mark.slow]

DRAG_SOURCE = Path(__file__).with_name("drag_source.py")
TELLING_PROGRAM = Path(__file__).with_name("telling_program.py")
POLICY_READER = Path(sys.executable).with_name("policy-reader")
PATIENCE = 60


class Screen:
    """A display, the programs that were started on it, and a hand on the mouse."""

    def __init__(self, environment: dict[str, str], stack: ExitStack) -> None:
        self._environment = environment
        self._stack = stack

    def start(self, *command: str | Path) -> subprocess.Popen[bytes]:
        process = subprocess.Popen([str(part) for part in command], env=self._environment)
        self._stack.callback(process.wait)
        self._stack.callback(process.terminate)
        return process

    def start_telling(self) -> subprocess.Popen[bytes]:
        """Start the program so that it prints what its message bar says."""
        command = [sys.executable, "-P", str(TELLING_PROGRAM)]
        program = subprocess.Popen(command, env=self._environment, stdout=subprocess.PIPE)
        self._stack.enter_context(program)
        self._stack.callback(program.terminate)
        return program

    def xdotool(self, *arguments: str | int) -> str:
        finished = subprocess.run(
            ["xdotool", *map(str, arguments)],
            env=self._environment,
            capture_output=True,
            text=True,
            timeout=PATIENCE,
            check=True,
        )
        return finished.stdout.strip()

    def wait_for_window(self, title: str, meanwhile: Callable[[], object] = int) -> str:
        """Return the id of the window whose title matches, as soon as there is one."""
        deadline = time.monotonic() + PATIENCE
        while time.monotonic() < deadline:
            meanwhile()
            # Without a hit it ends with 1; it also does where a window vanishes while it looks.
            with suppress(subprocess.CalledProcessError):
                return self.xdotool("search", "--onlyvisible", "--name", title).splitlines()[-1]
        raise AssertionError(f"no window is called {title!r}")

    def drag(self, start: tuple[int, int], end: tuple[int, int]) -> None:
        """Drag as a hand does: in small moves, each of which the programs can answer."""
        steps: list[str | int] = ["mousemove", *start, "mousedown", 1]
        for step in range(1, 13):
            x = start[0] + (end[0] - start[0]) * step // 12
            y = start[1] + (end[1] - start[1]) * step // 12
            steps += ["mousemove", x, y, "sleep", "0.05"]
        self.xdotool(*steps, "sleep", "0.3", "mouseup", 1)


@pytest.fixture
def real_screen(screen: dict[str, str]) -> Iterator[Screen]:
    if which("xdotool") is None:
        pytest.skip("xdotool is not installed (make test installs it)")
    write_settings(Settings(marks_explained=True))  # the first start is over
    with ExitStack() as stack:
        yield Screen(screen, stack)
    log = Path(screen["XDG_STATE_HOME"]) / "policy-reader" / "policy-reader.log"
    assert log.read_text() == "", "the program logged a mistake of ours or a warning from Qt"


class Waits:
    """For how long a program and its workers were ready to run, while others had the processors.

    Other programs' load is no slowness of ours; where the system does not tell (it is Linux that
    does) nothing is counted out.
    """

    def __init__(self, pid: int) -> None:
        self._program = psutil.Process(pid)
        self._of: dict[int, int] = {}  # nanoseconds, by process

    @property
    def seconds(self) -> float:
        return sum(self._of.values()) / 1e9

    def look(self) -> None:
        """Note how long it is by now: of a worker that has ended nobody tells any more."""
        with suppress(psutil.NoSuchProcess):
            for process in (self._program, *self._program.children()):
                with suppress(OSError):
                    told = Path(f"/proc/{process.pid}/schedstat").read_text(encoding="ascii")
                    self._of[process.pid] = int(told.split()[1])


def place_window(screen: Screen, title: str) -> str:
    window = screen.wait_for_window(title)
    screen.xdotool("windowmove", "--sync", window, 5, 5)
    return window


def drop_from_another_process(screen: Screen, mime_format: str, data: str) -> None:
    screen.start(sys.executable, DRAG_SOURCE, mime_format, data)
    screen.wait_for_window("^drag source$")
    screen.drag((1480, 140), (620, 420))


@pytest.fixture
def copied_sample(sample: Path, tmp_path: Path) -> Callable[[str], Path]:
    def copy(name: str) -> Path:
        path = tmp_path / name
        path.write_bytes(sample.read_bytes())
        return path

    return copy


def test_a_drop_from_another_process_opens_a_file_with_spaces_and_chinese_letters(
    real_screen: Screen, copied_sample: Callable[[str], Path]
) -> None:
    path = copied_sample("our shop 隐私政策 你好.md")
    program = real_screen.start(POLICY_READER)
    place_window(real_screen, "^Policy Reader$")
    drop_from_another_process(real_screen, "text/uri-list", quote(f"file://{quote(str(path))}\r\n"))
    assert real_screen.wait_for_window("Lantern.*Policy Reader")
    workers = psutil.Process(program.pid).children(recursive=True)
    program.terminate()
    program.wait(PATIENCE)
    assert not still_running(workers)


def said_after_a_drop(screen: Screen, mime_format: str, data: str, awaited: str) -> str:
    """Start the program, drop ``data`` on it, and return what it says that has ``awaited``."""
    program = screen.start_telling()
    place_window(screen, "^Policy Reader$")
    drop_from_another_process(screen, mime_format, data)
    assert program.stdout is not None
    for line in program.stdout:  # ends with the program at the latest
        if re.search(awaited, line.decode()):
            return line.decode()
    raise AssertionError(f"it never said {awaited!r}")


def test_a_dragged_link_brings_the_three_steps_to_read_its_page(real_screen: Screen) -> None:
    link = quote("https://shop.example/privacy\r\n")
    said = said_after_a_drop(real_screen, "text/uri-list", link, "shop.example")
    assert "never goes online" in said
    assert re.search(r"1\. Open the page.*2\. Save it.*3\. Drop", said)
    assert real_screen.wait_for_window("^Policy Reader$")


def test_a_file_of_another_computer_is_refused(real_screen: Screen) -> None:
    address = quote("file://server/share/policy.txt\r\n")
    said = said_after_a_drop(real_screen, "text/uri-list", address, "computer")
    assert "another computer" in said
    assert real_screen.wait_for_window("^Policy Reader$")


def test_words_dragged_from_another_process_are_read(real_screen: Screen) -> None:
    real_screen.start(POLICY_READER)
    place_window(real_screen, "^Policy Reader$")
    words = "Our Dragged Policy\n\n" + "We collect your name and we sell it to anyone. " * 20
    drop_from_another_process(real_screen, "text/plain", quote(words))
    assert real_screen.wait_for_window("Dragged.*Policy Reader|Pasted.*Policy Reader")


def test_a_second_start_opens_its_file_in_the_window_that_is_there(
    real_screen: Screen, copied_sample: Callable[[str], Path], tmp_path: Path
) -> None:
    real_screen.start(POLICY_READER, copied_sample("policy.md"))
    window = real_screen.wait_for_window("Lantern.*Policy Reader")
    other = tmp_path / "birch.md"
    other.write_text(
        "# Privacy policy of Birch\n\n" + "We collect your name, and we sell it. " * 30
    )
    assert real_screen.start(POLICY_READER, other).wait(PATIENCE) == 0
    assert real_screen.wait_for_window("Birch.*Policy Reader") == window
    real_screen.xdotool("windowfocus", "--sync", window, "key", "ctrl+shift+Tab")
    assert real_screen.wait_for_window("Lantern.*Policy Reader") == window
    real_screen.xdotool("windowfocus", "--sync", window, "key", "ctrl+Page_Down", "key", "ctrl+w")
    assert real_screen.wait_for_window("Lantern.*Policy Reader") == window


def test_three_files_dropped_from_another_process_open_three_tabs(
    real_screen: Screen, copied_sample: Callable[[str], Path]
) -> None:
    paths = [copied_sample(f"{name}.md") for name in ("one", "two", "three")]
    real_screen.start(POLICY_READER)
    place_window(real_screen, "^Policy Reader$")
    listed = "".join(f"file://{quote(str(path))}\r\n" for path in paths)
    drop_from_another_process(real_screen, "text/uri-list", quote(listed))
    window = real_screen.wait_for_window("Lantern.*Policy Reader")
    for _ in range(2):
        real_screen.xdotool("windowfocus", "--sync", window, "key", "ctrl+w")
        assert real_screen.wait_for_window("Lantern.*Policy Reader") == window
    real_screen.xdotool("windowfocus", "--sync", window, "key", "ctrl+w")
    assert real_screen.wait_for_window("^Policy Reader$") == window


def test_a_file_from_the_command_line_opens_and_close_ends_the_program(
    real_screen: Screen, copied_sample: Callable[[str], Path]
) -> None:
    program = real_screen.start(POLICY_READER, copied_sample("policy.md"))
    window = real_screen.wait_for_window("Lantern.*Policy Reader")
    workers = psutil.Process(program.pid).children(recursive=True)
    assert re.search("Policy Reader", real_screen.xdotool("getwindowname", window))
    real_screen.xdotool("windowfocus", "--sync", window, "key", "ctrl+q")
    assert program.wait(PATIENCE) == 0
    assert not still_running(workers)


@pytest.mark.times
def test_the_window_and_its_card_are_there_in_a_moment_and_take_little_memory(
    real_screen: Screen, sample: Path, tmp_path: Path
) -> None:
    path = tmp_path / "policy.md"
    text = sample.read_text(encoding="utf-8")
    path.write_text(text + 3 * text.partition("\n")[2], encoding="utf-8")  # some 6,600 words
    to_window, to_card = [], []
    for _ in range(4):  # the first one warms
        began = time.monotonic()
        program = real_screen.start(POLICY_READER, "--new-window", path)
        waits = Waits(program.pid)
        real_screen.wait_for_window("Policy Reader", waits.look)
        to_window.append(time.monotonic() - began - waits.seconds)
        real_screen.wait_for_window("Lantern.*Policy Reader", waits.look)
        to_card.append(time.monotonic() - began - waits.seconds)
        megabytes = psutil.Process(program.pid).memory_info().rss / 1e6
        program.terminate()
        program.wait(PATIENCE)
    assert min(to_window[1:]) < 4 * 0.8
    assert min(to_card[1:]) < 4 * 1.5
    assert megabytes < 220


def test_the_first_policy_of_all_comes_with_what_the_marks_mean(
    real_screen: Screen, sample: Path
) -> None:
    (settings_dir() / FILE_NAME).unlink()
    real_screen.start(POLICY_READER, sample)
    look = real_screen.wait_for_window("^What the marks mean")
    assert read_settings().marks_explained
    real_screen.xdotool("windowfocus", "--sync", look, "key", "Escape")
    assert real_screen.wait_for_window("Lantern.*Policy Reader")
