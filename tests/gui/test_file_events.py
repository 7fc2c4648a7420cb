"""What Finder opens with the program comes as an event."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication, QUrl
from PySide6.QtGui import QFileOpenEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.gui.file_events import FileEvents


def test_a_file_that_the_desktop_hands_over_comes_by_its_path(
    qapp: QApplication, qtbot: QtBot, tmp_path: Path
) -> None:
    events = FileEvents(qapp)
    with qtbot.waitSignal(events.files_came) as came:
        QCoreApplication.sendEvent(qapp, QFileOpenEvent(str(tmp_path / "a policy.md")))
    assert came.args == [[str(tmp_path / "a policy.md")]]
    events.deleteLater()


def test_an_address_on_the_web_is_no_file(qapp: QApplication, qtbot: QtBot) -> None:
    events = FileEvents(qapp)
    with qtbot.assertNotEmitted(events.files_came):
        QCoreApplication.sendEvent(qapp, QFileOpenEvent(QUrl("https://lamps.example/policy")))
    events.deleteLater()
