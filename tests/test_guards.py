"""The guards of conftest.py: each must catch what it is there for."""

from __future__ import annotations

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

pytestmark = pytest.mark.processes

TESTS = Path(__file__).resolve().parent

NETWORK = """
import urllib.request
def test_it():
    try:
        urllib.request.urlopen("http://shop.example")
    except OSError:
        pass  # a program that copes in silence has used the network all the same
"""
LOOPBACK = """
import socket
def test_it():
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
"""
WARNING = """
import warnings
def test_it():
    warnings.warn("an old way", DeprecationWarning)
"""
QT_MESSAGE = """
from PySide6.QtCore import qWarning
def test_it(qapp):
    qWarning("a slot is missing")
"""
WIDGET = """
from PySide6.QtWidgets import QWidget
left = []
def test_it(qtbot):
    left.append(QWidget())
"""
THREAD = """
import threading
def test_it(qtbot):
    threading.Thread(target=threading.Event().wait, daemon=True).start()
"""
HOME = """
import os, pathlib, platformdirs
def test_it(home):
    assert pathlib.Path.home() == home
    assert pathlib.Path(platformdirs.user_config_dir("x")).is_relative_to(home)
    assert not [path for path in home.rglob("*") if path.is_file()]
"""
ALLOWED = """
import socket
def test_it(loopback):
    with socket.create_server(("127.0.0.1", 0)) as server:
        socket.create_connection(server.getsockname()).close()
        server.accept()[0].close()
"""


def outcome(code: str, folder: Path) -> str:
    """Run a file with this one test under the project's conftest and settings."""
    shutil.copy(TESTS / "conftest.py", folder)
    (folder / "test_it.py").write_text(code, encoding="utf-8")
    command = [sys.executable, "-m", "pytest", "-q", "-p", "no:cacheprovider", "--rootdir", folder]
    done = subprocess.run(
        [*command, "-c", TESTS.parent / "pyproject.toml", folder],
        cwd=folder,
        capture_output=True,
        text=True,
        check=False,
        timeout=120,
    )
    return done.stdout


@pytest.mark.parametrize(
    ("code", "complaint"),
    [
        (NETWORK, "the network was used"),
        (LOOPBACK, "a test may not use the network"),
        (WARNING, "DeprecationWarning: an old way"),
        (QT_MESSAGE, "Qt messages with level WARNING or above"),
        (WIDGET, "top-level widgets are left"),
        (THREAD, "threads are left"),
    ],
    ids=["network", "loopback", "warning", "Qt message", "widget", "thread"],
)
def test_a_test_fails_that_leaves_or_uses(code: str, complaint: str, tmp_path: Path):
    result = outcome(code, tmp_path)

    assert complaint in result
    assert "1 failed" in result or "1 error" in result


@pytest.mark.parametrize("code", [HOME, ALLOWED], ids=["a home of its own", "an allowed loopback"])
def test_a_test_passes_with(code: str, tmp_path: Path):
    assert "1 passed" in outcome(code, tmp_path)


@pytest.mark.screen
def test_a_child_process_opens_real_windows_on_the_screen(screen: dict[str, str]):
    code = """
from PySide6.QtWidgets import QApplication, QWidget
application = QApplication([])
window = QWidget()
window.show()
print(application.platformName(), window.windowHandle() is not None)
"""
    done = subprocess.run(
        [sys.executable, "-c", code], env=screen, capture_output=True, text=True, check=True
    )

    assert done.stdout.split() == ["xcb", "True"]
