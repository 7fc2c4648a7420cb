"""The window stays alive: no file, however long or hostile, holds up its event loop."""

from __future__ import annotations

import gc
from pathlib import Path
from time import thread_time

import psutil
import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QPushButton
from pytestqt.qtbot import QtBot

from reader.gui import garbage
from reader.gui.main_window import MainWindow
from reader.gui.policy_view import PolicyView
from reader.gui.progress_strip import ProgressStrip
from reader.gui.reading_pane import ReadingPane
from tests.gui.event_loop import EventLoopProbe
from tests.gui.hostile_texts import HOSTILE_TEXTS, PROSE, long_policy

pytestmark = pytest.mark.times

LONGEST_GAP = 4 * 0.050  # seconds; tests/benchmarks/window.py holds the line itself


@pytest.fixture
def window(empty_window: MainWindow) -> MainWindow:
    """A window with nothing open."""
    return empty_window


def view_of(window: MainWindow) -> PolicyView:
    panes = window.findChildren(ReadingPane)
    return next(pane.view for pane in panes if pane.report is window.report)


def longest_gap_while_opening(qtbot: QtBot, window: MainWindow, text: str) -> tuple[float, str]:
    before = window.report
    gc.collect()
    thresholds = gc.get_threshold()
    garbage.take_over()  # as the program does at its start: what other tests left is set aside
    try:
        probe = EventLoopProbe(lambda: "reading" if window.report is before else "showing")
        window.open_text(text)
        qtbot.waitUntil(lambda: window.report is not before, timeout=120_000)
        qtbot.waitUntil(lambda: view_of(window).is_set, timeout=30_000)
        probe.stop()
    finally:
        gc.set_threshold(*thresholds)
    return probe.longest, probe.at


def test_a_hundred_thousand_words_open_without_a_stall(
    qtbot: QtBot, window: MainWindow, sample: Path
) -> None:
    gap, at = longest_gap_while_opening(qtbot, window, long_policy(sample, 105_000))
    assert gap < LONGEST_GAP, at
    assert window.report is not None
    assert window.report.document.words >= 100_000
    assert view_of(window).toPlainText() == window.report.document.text


@pytest.mark.parametrize("kind", HOSTILE_TEXTS)
def test_a_hostile_text_opens_without_a_stall(qtbot: QtBot, window: MainWindow, kind: str) -> None:
    text = f"# Our policy\n\n{PROSE * 20}\n\n{HOSTILE_TEXTS[kind]}"
    gap, at = longest_gap_while_opening(qtbot, window, text)
    assert gap < LONGEST_GAP, at


def test_a_long_policy_opens_where_it_was_left(
    qtbot: QtBot, window: MainWindow, sample: Path
) -> None:
    longest_gap_while_opening(qtbot, window, long_policy(sample, 100_000))
    report = window.report
    assert report is not None
    place = report.document.sections[-60].span.start
    view_of(window).go_to(place)
    window.open_sample()
    qtbot.waitUntil(lambda: window.report is not report, timeout=30_000)
    window.show_report(report)
    qtbot.waitUntil(lambda: view_of(window).is_set, timeout=30_000)
    assert view_of(window).reading_place == place


def test_a_window_changes_its_size_deep_in_a_long_text_without_a_stall(
    qtbot: QtBot, window: MainWindow, sample: Path
) -> None:
    """Qt lays out all that stands above the view: once for a change of size, not four times."""
    window.resize(1360, 860)
    longest_gap_while_opening(qtbot, window, long_policy(sample, 100_000))
    report, view = window.report, view_of(window)
    assert report is not None
    section = report.document.sections[-60]
    view.go_to(section.span.start)
    gaps = []
    for width in (1290, 1360, 1210, 1340):
        QTest.qWait(100)  # what follows a change of size is done, and the map painted
        probe = EventLoopProbe()
        window.resize(width, 860)
        QTest.qWait(100)
        probe.stop()
        gaps.append(probe.longest)
        top = view.cursorForPosition(QPoint(4, 8)).block().text()
        assert top == section.heading, "the line at the top is still there"
    begun = thread_time()
    view.document().setTextWidth(view.document().textWidth() - 50)
    view.document().documentLayout().blockBoundingRect(view.textCursor().block())
    assert max(gaps) < 2 * (thread_time() - begun) + 0.02


@pytest.mark.parametrize("way", ["cancel", "close"])
def test_two_seconds_after_cancel_or_close_no_process_is_left(
    qtbot: QtBot, window: MainWindow, sample: Path, way: str
) -> None:
    window.open_text(long_policy(sample, 100_000))
    working = psutil.Process().children(recursive=True)
    assert working
    if way == "close":
        window.close()
        assert not window.isVisible()
    else:
        strip = window.findChild(ProgressStrip)
        assert isinstance(strip, ProgressStrip)
        qtbot.mouseClick(strip.findChild(QPushButton), Qt.MouseButton.LeftButton)
        assert not strip.isVisible()
    qtbot.waitUntil(lambda: not any(each.is_running() for each in working), timeout=2_000)
