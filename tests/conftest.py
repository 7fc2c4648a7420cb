"""What holds for every test: its own home, no network, nothing left behind.

Unexpected warnings fail a test by pytest's configuration, Qt's messages by pytest-qt's. Qt runs
offscreen; a test that needs real windows carries the marker ``screen`` and asks for the fixture of
that name, which starts an X server of its own.
"""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from shutil import which
from typing import Protocol

import psutil
import pytest

# Without the file the screen would have 800 x 800 points, and the windows would open to fit it.
_SCREEN = Path(__file__).with_name("screen.json")
os.environ.setdefault("QT_QPA_PLATFORM", f"offscreen:configfile={_SCREEN}")
# What a shell starts behind "&" is to ignore Ctrl-C, and so would be all that the tests start.
if signal.getsignal(signal.SIGINT) is signal.SIG_IGN:
    signal.signal(signal.SIGINT, signal.default_int_handler)

ROOT = Path(__file__).resolve().parent.parent
HOME_VARIABLES = {
    "HOME": "",
    "XDG_CONFIG_HOME": ".config",
    "XDG_CACHE_HOME": ".cache",
    "XDG_DATA_HOME": ".local/share",
    "XDG_STATE_HOME": ".local/state",
    "XDG_RUNTIME_DIR": ".run",
}
# What a developer may have set, and what would change the outcome of a test.
MEDDLING_VARIABLES = ("PYTHONPATH", "PYTHONWARNINGS", "QT_LOGGING_RULES", "QT_SCALE_FACTOR")


# --- places ---------------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def sample() -> Path:
    """The shop's policy of our own writing."""
    return ROOT / "resources" / "samples" / "lantern-and-loom.md"


@pytest.fixture(scope="session")
def shared() -> Path:
    """The folder of measuring data that may lie beside the checkout; the test skips without it."""
    folder = ROOT.parent / "shared"
    if not folder.is_dir():
        pytest.skip("the measuring data is not beside this checkout")
    return folder


@pytest.fixture(autouse=True)
def home(tmp_path_factory: pytest.TempPathFactory, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty home of the test's own, for settings, history and caches."""
    folder = tmp_path_factory.mktemp("home")
    for variable, place in HOME_VARIABLES.items():
        path = folder / place
        path.mkdir(mode=0o700, parents=True, exist_ok=True)
        monkeypatch.setenv(variable, str(path))
    for variable in MEDDLING_VARIABLES:
        monkeypatch.delenv(variable, raising=False)
    monkeypatch.setenv("LC_ALL", "C.UTF-8")
    return folder


# --- no network -----------------------------------------------------------------------------------

LOOPBACK = ("127.", "::1", "localhost")


class NetworkGuard:
    """Refuses every use of the network in this process and remembers that it was tried.

    An audit hook sees what the interpreter does, however it was called, and cannot be taken away
    again: there is one guard for the whole run.
    """

    def __init__(self) -> None:
        self.tried: list[str] = []
        self.loopback_allowed = False
        sys.addaudithook(self._watch)

    def _watch(self, event: str, arguments: tuple[object, ...]) -> None:
        if event in ("socket.connect", "socket.sendto", "socket.sendmsg"):
            connection, address = arguments[:2]
            if getattr(connection, "family", None) not in (socket.AF_INET, socket.AF_INET6):
                return  # stays inside the operating system
            host = str(address[0] if isinstance(address, tuple) else address)
        elif event in ("socket.getaddrinfo", "socket.gethostbyname"):
            host = str(arguments[0])
        else:
            return
        if self.loopback_allowed and host.startswith(LOOPBACK):
            return
        self.tried.append(f"{event} {host}")
        raise PermissionError(f"a test may not use the network: {event} {host}")


GUARD = NetworkGuard()


@pytest.fixture(autouse=True)
def no_network() -> Iterator[None]:
    """Fail the test where anything in this process reached for the network, even in a ``try``."""
    GUARD.tried.clear()
    GUARD.loopback_allowed = False
    yield
    assert not GUARD.tried, f"the network was used: {GUARD.tried}"


@pytest.fixture
def loopback(no_network: None) -> None:
    """Let this test speak to servers on this machine."""
    GUARD.loopback_allowed = True


# --- nothing left behind --------------------------------------------------------------------------


@pytest.fixture(autouse=True)
def nothing_left_behind(request: pytest.FixtureRequest) -> Iterator[None]:
    """Fail a test of the window that leaves a widget, a thread or a child process."""
    if "qapp" not in request.fixturenames:
        yield
        return
    from PySide6.QtCore import QCoreApplication, QEvent, QThreadPool
    from PySide6.QtGui import QGuiApplication
    from PySide6.QtWidgets import QApplication

    this_process = psutil.Process()
    widgets_before = set(QApplication.topLevelWidgets())
    threads_before = set(threading.enumerate())
    children_before = set(this_process.children(recursive=True))
    yield
    # Offscreen, the clipboard outlives the interpreter and would crash on what Python gave it.
    QGuiApplication.clipboard().clear()
    QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
    widgets = set(QApplication.topLevelWidgets()) - widgets_before
    assert not widgets, f"top-level widgets are left: {widgets}"
    assert QThreadPool.globalInstance().waitForDone(5000), "a pool thread still runs"
    threads = set(threading.enumerate()) - threads_before
    assert not threads, f"threads are left: {threads}"
    children = set(this_process.children(recursive=True)) - children_before
    assert not (left := still_running(children)), f"child processes are left: {left}"


def still_running(processes: Collection[psutil.Process]) -> list[str]:
    """Give the processes five seconds to end; kill the others and return their command lines."""
    _, alive = psutil.wait_procs(processes, timeout=5)
    commands = []
    for process in alive:
        commands.append(" ".join(process.cmdline()))
        process.kill()
    return commands


# --- the real command -----------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Finished:
    """A command that has ended: its exit code and what it wrote, as UTF-8."""

    code: int
    out: str
    err: str


class RunsPolicyReader(Protocol):
    """Runs ``policy-reader`` with these arguments to its end."""

    def __call__(
        self,
        *arguments: str | Path,
        stdin: bytes | None = None,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        timeout: float = 120,
    ) -> Finished: ...


@pytest.fixture
def policy_reader(tmp_path: Path) -> RunsPolicyReader:
    """The installed console command, run for real; it must leave no process behind.

    It runs in ``tmp_path`` and in the test's own home; ``env`` adds to the environment.
    """
    command = Path(sys.executable).with_name("policy-reader")

    def run(
        *arguments: str | Path,
        stdin: bytes | None = None,
        cwd: Path | None = None,
        env: Mapping[str, str] | None = None,
        timeout: float = 120,
    ) -> Finished:
        process = subprocess.Popen(
            [command, *map(str, arguments)],
            stdin=subprocess.DEVNULL if stdin is None else subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            cwd=cwd or tmp_path,
            env={**os.environ, **(env or {})},
            start_new_session=True,
        )
        try:
            out, err = process.communicate(stdin, timeout)
        except BaseException:
            os.killpg(process.pid, 9)
            process.communicate()
            raise
        left = still_running(_processes_of_session(process.pid))
        assert not left, f"processes are left: {left}"
        return Finished(process.returncode, out.decode(), err.decode())

    return run


def _processes_of_session(session: int) -> list[psutil.Process]:
    found = []
    for process in psutil.process_iter():
        try:
            if os.getsid(process.pid) == session:
                found.append(process)
        except (ProcessLookupError, PermissionError):
            continue
    return found


# --- real windows ---------------------------------------------------------------------------------


@pytest.fixture(scope="session")
def x_display() -> Iterator[str]:
    """The name of an X display of our own, for child processes: 1600 x 1000, no window manager."""
    server = which("Xvfb")
    if server is None:
        pytest.skip("Xvfb is not installed (make test installs it)")
    reading, writing = os.pipe()
    process = subprocess.Popen(
        [
            server,
            "-displayfd",
            str(writing),
            "-screen",
            "0",
            "1600x1000x24",
            "-nolisten",
            "tcp",
            "-noreset",
        ],
        pass_fds=(writing,),
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    os.close(writing)
    try:
        with os.fdopen(reading) as answers:
            number = answers.readline().strip()
        assert number, f"Xvfb ended with {process.wait()}"
        yield f":{number}"
    finally:
        process.terminate()
        process.wait()


@pytest.fixture
def screen(x_display: str, home: Path) -> dict[str, str]:
    """The environment of a child process that shall open real windows."""
    return {**os.environ, "DISPLAY": x_display, "QT_QPA_PLATFORM": "xcb"}
