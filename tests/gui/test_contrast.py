"""Contrast as it is on the screen: words 4.5 to 1, marks and edges 3 to 1, in both themes."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest
from PySide6.QtCore import QPoint, QRect, Qt
from PySide6.QtGui import QColor, QImage, QPainter
from PySide6.QtWidgets import (
    QAbstractButton,
    QCheckBox,
    QComboBox,
    QLabel,
    QLineEdit,
    QPushButton,
    QRadioButton,
    QScrollArea,
    QStyle,
    QStyleOptionButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reader.gui.app import make_application
from reader.gui.main_window import MainWindow
from reader.gui.margin import Margin
from reader.gui.reading_pane import ReadingPane
from reader.settings import Settings
from tests.gui.reports import report_of_all_valences
from tests.gui.states import DIALOGS, PANE_STATES, bring_about, open_dialog

WORDS, MARKS = 4.5, 3.0
SCALE = 3  # pixels a point: at one, smoothing thins the strokes of small letters
SAYS_SOMETHING = (QLabel, QAbstractButton, QLineEdit, QComboBox)


def luminance(pixel: int) -> float:
    """The relative luminance of WCAG 2."""

    def linear(part: float) -> float:
        return part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4

    color = QColor(pixel)
    red, green, blue = (linear(p) for p in (color.redF(), color.greenF(), color.blueF()))
    return 0.2126 * red + 0.7152 * green + 0.0722 * blue


def picture_of(window: QWidget) -> QImage:
    picture = QImage(window.size() * SCALE, QImage.Format.Format_RGB32)
    picture.setDevicePixelRatio(SCALE)
    picture.fill(Qt.GlobalColor.magenta)
    painter = QPainter(picture)
    window.render(painter, QPoint())
    painter.end()
    return picture


class Contrasts:
    """Measures pixels of one picture against the ground that most of an area has."""

    def __init__(self, window: QWidget) -> None:
        self._window = window
        self._picture = picture_of(window)
        self._luminances: dict[int, float] = {}

    def rows(self, widget: QWidget, area: QRect) -> list[float]:
        """Return for each row of pixels of ``area`` the strongest contrast to the area's ground."""
        corner = widget.mapTo(self._window, area.topLeft())
        place = QRect(corner * SCALE, area.size() * SCALE).intersected(self._picture.rect())
        rows = [
            [self._picture.pixel(x, y) for x in range(place.left(), place.right() + 1)]
            for y in range(place.top(), place.bottom() + 1)
        ]
        (ground, _), *_ = Counter(pixel for row in rows for pixel in row).most_common(1)
        return [max(self._contrast(pixel, ground) for pixel in set(row)) for row in rows]

    def lines(self, widget: QWidget, area: QRect) -> list[float]:
        """Return the strongest contrast in each line of words, which ground parts from the next."""
        lines: list[list[float]] = [[]]
        for contrast in self.rows(widget, area):
            if contrast > 1.1:
                lines[-1].append(contrast)
            elif lines[-1]:
                lines.append([])
        return [max(line) for line in lines if len(line) > 4 * SCALE]

    def _contrast(self, one: int, other: int) -> float:
        for pixel in (one, other):
            if pixel not in self._luminances:
                self._luminances[pixel] = luminance(pixel)
        darker, lighter = sorted((self._luminances[one], self._luminances[other]))
        return (lighter + 0.05) / (darker + 0.05)


@pytest.fixture(params=["light", "dark"])
def window(request: pytest.FixtureRequest, qtbot: QtBot) -> Iterator[MainWindow]:
    """The window as it starts, in one of the themes."""
    make_application()
    shown = MainWindow(Settings(theme=request.param))
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    yield shown
    shown.close()


def show_report(qtbot: QtBot, window: MainWindow) -> ReadingPane:
    window.show_report(report_of_all_valences())
    pane = next(p for p in window.findChildren(ReadingPane) if p.report is window.report)
    margin = pane.view.findChild(Margin)
    assert margin is not None
    qtbot.waitUntil(lambda: bool(margin.note_rects()))
    return pane


def says_something(widget: QWidget) -> bool:
    if not isinstance(widget, SAYS_SOMETHING) or not widget.isVisible() or not widget.isEnabled():
        return False
    return bool(words_on(widget)) and not widget.visibleRegion().isEmpty()


def words_on(widget: QWidget) -> str:
    words = widget.placeholderText() if isinstance(widget, QLineEdit) else ""
    return words or (widget.currentText() if isinstance(widget, QComboBox) else widget.text())


def in_sight(widget: QWidget) -> QRect:
    """Return what is seen of a widget without its edge, which may be of another colour."""
    return widget.visibleRegion().boundingRect().intersected(within_edge(widget))


def within_edge(widget: QWidget) -> QRect:
    return widget.rect().adjusted(4, 3, -4, -3)


@pytest.mark.parametrize("state", ["start", *PANE_STATES])
def test_words_of_every_control_stand_out(qtbot: QtBot, window: MainWindow, state: str) -> None:
    if state != "start":
        bring_about(show_report(qtbot, window), state)
    assert_words_stand_out(window)


@pytest.mark.parametrize("name", DIALOGS)
def test_words_of_every_dialog_stand_out(qtbot: QtBot, window: MainWindow, name: str) -> None:
    show_report(qtbot, window)
    dialog = open_dialog(window, name)
    qtbot.waitExposed(dialog)
    assert_words_stand_out(dialog, fewest=1)
    assert_edges_can_be_seen(dialog)
    assert all(each.icon().isNull() for each in dialog.findChildren(QPushButton))
    dialog.close()


def assert_words_stand_out(window: QWidget, fewest: int = 5) -> None:
    contrasts = Contrasts(window)
    speaking = [widget for widget in window.findChildren(QWidget) if says_something(widget)]
    assert len(speaking) >= fewest
    for widget in speaking:
        area = in_sight(widget)
        if area.height() < 8 or area.width() < 8:
            continue  # cut off by the edge of what scrolls
        name = widget.accessibleName() or widget.metaObject().className()
        lines = contrasts.lines(widget, area)
        if area == within_edge(widget) and any(map(str.isalnum, words_on(widget))):
            assert lines, name  # none is what words make that nobody can tell from their ground
        assert all(line >= WORDS for line in lines), (name, lines)


def test_the_policys_words_and_the_notes_beside_them_stand_out(
    qtbot: QtBot, window: MainWindow
) -> None:
    pane = show_report(qtbot, window)
    contrasts = Contrasts(window)
    view, margin = pane.view.viewport(), pane.view.findChild(Margin)
    assert margin is not None
    for passage in pane.view.passages:
        line = pane.view.cursorRect(
            pane.view.document().find(
                passage.span.of(pane.report.document.text).split("\n")[0][:20]
            )
        )
        row = QRect(20, line.top(), view.width() - 40, line.height())
        assert max(contrasts.rows(view, row)) >= WORDS
    for note, rect in margin.note_rects():
        shape = QRect(2, rect.top(), 18, rect.height())
        words = QRect(24, rect.top(), rect.width() - 26, rect.height())
        assert max(contrasts.rows(margin, shape)) >= MARKS, note
        assert all(line >= WORDS for line in contrasts.lines(margin, words)), note


def edge_of(widget: QWidget) -> QRect:
    if isinstance(widget, QCheckBox | QRadioButton):
        option = QStyleOptionButton()
        widget.initStyleOption(option)
        part = QStyle.SubElement.SE_CheckBoxIndicator
        if isinstance(widget, QRadioButton):
            part = QStyle.SubElement.SE_RadioButtonIndicator
        return widget.style().subElementRect(part, option, widget)
    return QRect(0, 0, 8, widget.height())


@pytest.mark.parametrize("state", ["search", "marks", "filter"])
def test_the_edges_of_boxes_and_fields_can_be_seen(
    qtbot: QtBot, window: MainWindow, state: str
) -> None:
    pane = show_report(qtbot, window)
    bring_about(pane, state)
    pane.view.setFocus()
    assert assert_edges_can_be_seen(window) >= 4


def assert_edges_can_be_seen(window: QWidget) -> int:
    """Return how many boxes and fields were looked at."""
    contrasts = Contrasts(window)
    kinds = (QCheckBox, QRadioButton, QLineEdit, QComboBox)
    edged = [w for w in window.findChildren(QWidget) if isinstance(w, kinds) and w.isVisible()]
    edged = [w for w in edged if w.visibleRegion().contains(edge_of(w))]
    for widget in edged:
        rows = contrasts.rows(widget, edge_of(widget))
        assert max(rows) >= MARKS, widget.accessibleName()
    return len(edged)


def test_the_shapes_and_icons_of_the_tiles_can_be_seen(qtbot: QtBot, window: MainWindow) -> None:
    pane = show_report(qtbot, window)
    assert pane.side.findChild(QScrollArea) is not None
    contrasts = Contrasts(window)
    tiles = [b for b in pane.side.findChildren(QAbstractButton) if hasattr(b, "topic")]
    assert len(tiles) == 15
    in_view = [tile for tile in tiles if tile.visibleRegion().boundingRect() == tile.rect()]
    assert len(in_view) > 5
    for tile in in_view:
        icons = QRect(6, 4, 17, tile.height() - 8)
        marks = contrasts.lines(tile, icons)
        assert len(marks) >= 1
        assert all(mark >= MARKS for mark in marks), tile.accessibleName()
