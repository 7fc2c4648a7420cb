"""Lines of words: broken between words, and begun on the side from which the window reads."""

from __future__ import annotations

import pytest
from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFontMetricsF, QImage, QPainter
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.gui.typography import break_lines, mirrored, paint_line


def test_a_first_word_that_has_no_room_begins_the_next_line(qapp: QApplication) -> None:
    font = qapp.font()
    metrics = QFontMetricsF(font)
    width = metrics.horizontalAdvance("Shared with others") + 2
    indent = width - metrics.horizontalAdvance("Shar")

    lines = break_lines("Shared with others", font, width, 2, indent=indent)

    assert lines == ["", "Shared with others"]


def test_a_word_longer_than_any_line_is_broken_all_the_same(qapp: QApplication) -> None:
    lines = break_lines("W" * 90, qapp.font(), 200.0, 3, indent=20.0)

    assert lines[0]
    assert len(lines) == 3


@pytest.mark.parametrize("words", ["Sharing", "مشاركة"], ids=["Latin", "Arabic"])
@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2], ids=["left", "right"])
def test_words_begin_where_the_window_begins_to_read(
    qtbot: QtBot, direction: Qt.LayoutDirection, words: str
) -> None:
    widget = QWidget()
    qtbot.addWidget(widget)
    widget.setLayoutDirection(direction)
    widget.resize(300, 30)
    picture = QImage(widget.size(), QImage.Format.Format_RGB32)
    picture.fill(Qt.GlobalColor.white)
    painter = QPainter(picture)
    paint_line(painter, widget, QRectF(10, 0, 250, 30), words)
    painter.end()

    inked = [
        x for x in range(300) if any(picture.pixelColor(x, y).lightness() < 128 for y in range(30))
    ]
    space = mirrored(widget, QRectF(10, 0, 250, 30))
    if widget.isRightToLeft():
        assert space.right() - max(inked) < 6
    else:
        assert min(inked) - space.left() < 6
