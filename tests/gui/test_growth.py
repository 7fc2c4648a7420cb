"""The window stays as large as it is, however much is opened in it and however often it changes."""

from __future__ import annotations

import gc
from collections.abc import Callable
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QCoreApplication, QEvent
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.gui.main_window import MainWindow

MOST_GROWTH = 30.0  # megabytes
WARMING = 10

pytestmark = pytest.mark.slow


def growth(deed: Callable[[int], None], times: int) -> float:
    """Return by how many megabytes the process grows while ``deed`` is done, once it is warm."""
    before = 0.0
    for number in range(WARMING + times):
        if number == WARMING:
            gc.collect()
            before = megabytes()
        deed(number)
        QTest.qWait(0)
        QCoreApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete.value)
    gc.collect()
    return megabytes() - before


def megabytes() -> float:
    return float(psutil.Process().memory_info().rss / 1e6)


def test_forty_openings_leave_the_window_no_larger(
    qtbot: QtBot, empty_window: MainWindow, sample: Path
) -> None:
    window, text = empty_window, sample.read_text(encoding="utf-8")

    def open_and_close(number: int) -> None:
        window.open_text(f"{text}\n\nThis is copy {number}.")
        qtbot.waitUntil(lambda: window.report is not None, timeout=60_000)
        window.close_document()
        assert not window.pages

    assert growth(open_and_close, 40) < MOST_GROWTH


def test_three_hundred_changes_of_theme_leave_the_window_no_larger(window: MainWindow) -> None:
    def change(number: int) -> None:
        window.choose_theme(("dark", "light")[number % 2])

    assert growth(change, 300) < MOST_GROWTH
