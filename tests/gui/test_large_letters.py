"""Letters of twice the usual size: nothing of the card or of a control is lost."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtWidgets import QApplication, QCheckBox
from pytestqt.qtbot import QtBot

from reader.gui.app import make_application
from reader.gui.main_window import MainWindow
from reader.gui.reading_pane import ReadingPane
from reader.gui.summary_card import SummaryCardView, TileButton
from reader.gui.text_widgets import FittedLabel
from reader.settings import Settings
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
def pane(qtbot: QtBot, large_letters: None) -> Iterator[ReadingPane]:
    make_application()
    window = MainWindow(Settings(theme="light"))
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    window.show_report(report_of_all_valences())
    window.resize(900, 600)
    yield next(p for p in window.findChildren(ReadingPane) if p.report is window.report)
    window.close()


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
