"""The application around the window: its last resort, its log, and what it never loads."""

from __future__ import annotations

import logging
import os
import stat
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QMessageBox
from pytestqt.qtbot import QtBot

from reader.gui.app import LastResort, make_application, start_log
from reader.paths import state_dir

MISTAKE = """
import sys
from reader.gui.app import LastResort, make_application, start_log
start_log()
last_resort = LastResort()
last_resort.install()
application = make_application()
sys.excepthook(ValueError, ValueError('said'), None)
"""
QUOTED = "words of somebody's policy"


@pytest.fixture
def log() -> Iterator[None]:
    """The log file of the test's own home, closed again."""
    start_log()
    yield
    logger = logging.getLogger("reader.gui")
    for handler in list(logger.handlers):
        logger.removeHandler(handler)
        handler.close()


def break_something(last_resort: LastResort) -> None:
    try:
        raise ValueError(QUOTED)
    except ValueError as error:
        last_resort.handle(type(error), error, error.__traceback__)


def boxes() -> list[QMessageBox]:
    return [
        widget
        for widget in QApplication.topLevelWidgets()
        if isinstance(widget, QMessageBox) and widget.isVisible()
    ]


def test_a_mistake_of_ours_shows_one_box_and_the_program_goes_on(qtbot: QtBot, log: None) -> None:
    last_resort = LastResort()
    for _ in range(3):
        break_something(last_resort)
    (box,) = boxes()
    assert box.textFormat() == Qt.TextFormat.PlainText
    assert QUOTED not in box.text() + box.informativeText()
    box.accept()
    qtbot.waitUntil(lambda: not boxes())
    break_something(last_resort)
    boxes()[0].accept()
    qtbot.waitUntil(lambda: not boxes())


def test_the_log_says_where_it_happened_and_holds_no_words_of_the_policy(
    qtbot: QtBot, log: None
) -> None:
    last_resort = LastResort()
    break_something(last_resort)
    boxes()[0].accept()
    qtbot.waitUntil(lambda: not boxes())
    path = state_dir() / "policy-reader.log"
    written = path.read_text()
    assert "ValueError" in written
    assert "break_something" in written
    assert QUOTED not in written
    assert stat.S_IMODE(path.stat().st_mode) == 0o600


def test_a_mistake_of_ours_prints_no_traceback_even_where_there_is_no_log(tmp_path: Path) -> None:
    file = tmp_path / "no folder"
    file.touch()
    environment = os.environ | {"XDG_STATE_HOME": str(file), "QT_QPA_PLATFORM": "offscreen"}
    finished = subprocess.run(
        [sys.executable, "-c", MISTAKE], capture_output=True, text=True, env=environment
    )
    assert (finished.returncode, finished.stdout, finished.stderr) == (0, "", "")


def test_the_application_has_a_name_and_an_icon(qapp: QApplication) -> None:
    app = make_application()
    assert app is qapp
    assert app.applicationDisplayName() == "Policy Reader"
    assert not app.windowIcon().isNull()


def test_the_window_never_loads_the_engine() -> None:
    script = (
        "import sys, reader.gui.app;"
        "loaded = {'nltk', 'textstat', 'reader.analysis', 'reader.worker'} & set(sys.modules);"
        "sys.exit(f'loaded: {loaded}' if loaded else 0)"
    )
    finished = subprocess.run([sys.executable, "-c", script], capture_output=True, text=True)
    assert finished.returncode == 0, finished.stderr
