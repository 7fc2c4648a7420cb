"""The first policy comes with what the marks mean, and no other ever does."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from reader.gui.app import make_application
from reader.gui.first_look import FirstLook, FirstLookOnce, explained_shapes
from reader.gui.main_window import MainWindow
from reader.gui.theme import Theme
from reader.gui.typography import scaled_font
from reader.model import Verdict
from reader.settings import Settings, read_settings
from tests.gui.test_main_window import drop
from tests.make_report import make_report

PATIENCE_MS = 20_000


@pytest.fixture
def first(empty_window: MainWindow) -> Iterator[MainWindow]:
    """The window of someone who has never opened a policy."""
    FirstLookOnce(empty_window)
    yield empty_window
    look = empty_window.findChild(FirstLook)
    if look is not None:
        look.reject()


def test_one_press_opens_the_sample_with_what_the_marks_mean(
    first: MainWindow, qtbot: QtBot
) -> None:
    (button,) = (each for each in first.findChildren(QPushButton) if "sample" in each.text())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: first.findChild(FirstLook) is not None, timeout=PATIENCE_MS)
    look = first.findChild(FirstLook)
    assert look.isVisible()
    words = {label.text() for label in look.findChildren(QLabel)}
    assert {told.words for told in explained_shapes()} <= words
    assert {told.shape for told in explained_shapes()} == set(Verdict)


def test_it_never_comes_again(first: MainWindow, qtbot: QtBot) -> None:
    first.show_report(make_report())
    look = first.findChild(FirstLook)
    assert look is not None
    assert read_settings().marks_explained
    with qtbot.waitSignal(look.destroyed):
        QTest.keyClick(look, Qt.Key.Key_Escape)
    first.show_report(make_report())
    assert first.findChild(FirstLook) is None


def test_it_does_not_come_in_the_next_session(qtbot: QtBot) -> None:
    make_application()
    window = MainWindow(replace(Settings(theme="light"), marks_explained=True))
    qtbot.addWidget(window)
    FirstLookOnce(window)
    window.show_report(make_report())
    assert window.findChild(FirstLook) is None
    window.close()


def test_enter_begins_to_read(first: MainWindow, qtbot: QtBot) -> None:
    first.show_report(make_report())
    look = first.findChild(FirstLook)
    assert look is not None
    assert look.focusWidget() is look.done_button
    with qtbot.waitSignal(look.accepted):
        QTest.keyClick(look.focusWidget(), Qt.Key.Key_Return)


@pytest.mark.parametrize("onto", ["what the marks mean", "the window below"])
def test_the_next_policy_can_be_dropped_while_it_is_open(
    first: MainWindow, qtbot: QtBot, sample: Path, onto: str
) -> None:
    first.show()
    first.show_report(make_report())
    look = first.findChild(FirstLook)
    assert look.isVisible()
    assert not look.isModal()
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(sample))])
    with qtbot.waitSignal(look.accepted, timeout=PATIENCE_MS):
        drop(look if onto == "what the marks mean" else first, mime)
    assert "Lantern" in first.windowTitle()


@pytest.mark.parametrize("size", [1.0, 2.0])
def test_it_fits_into_the_smallest_window_and_its_words_can_be_reached(
    first: MainWindow, theme: Theme, size: float, request: pytest.FixtureRequest
) -> None:
    before = QApplication.font()
    request.addfinalizer(lambda: QApplication.setFont(before))
    QApplication.setFont(scaled_font(before, size))
    first.resize(900, 600)
    look = FirstLook(theme, first)
    look.open()
    assert look.width() <= 900
    assert look.height() <= 600
    area = look.findChild(QScrollArea)
    assert area.horizontalScrollBar().maximum() == 0
    bar = area.verticalScrollBar()
    if bar.maximum() > 0:
        area.setFocus()
        QTest.keyClick(area, Qt.Key.Key_Down)
        assert bar.value() > 0
    else:
        assert size == 1.0
    look.reject()
