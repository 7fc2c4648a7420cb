"""Letters of twice the usual size: nothing of the card or of a control is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from reader.gui.main_window import MainWindow
from reader.gui.reading_pane import ReadingPane
from reader.gui.summary_card import SummaryCardView, TileButton
from reader.gui.text_widgets import FittedLabel
from tests.gui.reports import report_of_all_valences


@pytest.fixture
def large_letters(qapp: QApplication) -> Iterator[None]:
    before = qapp.font()
    large = qapp.font()
    large.setPointSizeF(2 * before.pointSizeF())
    qapp.setFont(large)
    yield
    qapp.setFont(before)


@pytest.fixture
def pane(large_letters: None, empty_window: MainWindow) -> ReadingPane:
    empty_window.show_report(report_of_all_valences())
    empty_window.resize(900, 600)
    panes = empty_window.findChildren(ReadingPane)
    return next(pane for pane in panes if pane.report is empty_window.report)


def test_tiles_take_the_width_that_their_words_need(qtbot: QtBot, pane: ReadingPane) -> None:
    tiles = pane.findChildren(TileButton)
    lines = 3 * tiles[0].fontMetrics().height()  # the topic's name, and two of the headline
    qtbot.waitUntil(lambda: len({tile.x() for tile in tiles}) == 1)
    qtbot.waitUntil(lambda: all(tile.height() >= 0.85 * lines for tile in tiles))


def test_no_line_of_the_card_ends_in_an_ellipsis(qtbot: QtBot, pane: ReadingPane) -> None:
    card = pane.findChild(SummaryCardView)
    assert card is not None

    def check() -> None:
        labels = card.findChildren(FittedLabel)
        assert len(labels) >= 4
        assert not [label.text() for label in labels if label.text().endswith("…")]

    qtbot.waitUntil(check)


def test_the_options_of_the_search_are_not_cut_off(qtbot: QtBot, pane: ReadingPane) -> None:
    pane.open_search()
    boxes = pane.find_bar.findChildren(QCheckBox)
    assert len(boxes) == 2
    qtbot.waitUntil(lambda: all(b.width() >= b.sizeHint().width() for b in boxes))
    assert pane.find_bar.width() <= pane.view.parentWidget().width()
