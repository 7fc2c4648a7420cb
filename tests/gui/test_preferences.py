"""The preferences: what is chosen holds at once, on every tab, and the next time."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QColor, QFontDatabase, QFontInfo
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QApplication,
    QCheckBox,
    QComboBox,
    QDialogButtonBox,
    QPushButton,
    QSpinBox,
    QWidget,
)
from pytestqt.qtbot import QtBot
from shiboken6 import isValid

from reader.gui.app import make_application
from reader.gui.forgetting import ForgetQuestion
from reader.gui.main_window import MainWindow
from reader.gui.policy_view import PolicyView
from reader.gui.preferences import PreferencesWindow
from reader.gui.reading_pane import ReadingPane
from reader.library import Library
from reader.settings import DESKTOP, LONGEST_LINE, SHORTEST_LINE, Settings, read_settings
from tests.gui.reports import report_of_all_valences
from tests.gui.saving import save_summary
from tests.make_report import make_report

CONTROL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def preferences(window: MainWindow) -> Iterator[PreferencesWindow]:
    """The preferences of a window with a report, opened by key."""
    window.resize(1600, 900)
    QTest.keyClick(window, Qt.Key.Key_Comma, CONTROL)
    found = window.findChild(PreferencesWindow)
    assert isinstance(found, PreferencesWindow)
    yield found
    if isValid(found):  # it goes with its window
        found.reject()


@pytest.fixture
def view(pane: ReadingPane) -> PolicyView:
    return pane.view


def choose(box: QComboBox, data: str) -> None:
    """Choose by keys, as a reader does."""
    box.setFocus()
    index = box.findData(data)
    assert index >= 0
    while box.currentIndex() != index:
        before = box.currentIndex()
        QTest.keyClick(box, Qt.Key.Key_Down if index > before else Qt.Key.Key_Up)
        assert box.currentIndex() != before


def enter(box: QSpinBox, number: int) -> None:
    """Type a number over the one that stands there."""
    box.setFocus()
    box.selectAll()
    QTest.keyClicks(box, str(number))
    QTest.keyClick(box, Qt.Key.Key_Return)


def distance_of_lines(view: PolicyView) -> float:
    block = view.document().begin()
    while block.layout().lineCount() < 2 or block.blockFormat().headingLevel():
        block = block.next()
    layout = block.layout()
    return layout.lineAt(1).y() - layout.lineAt(0).y()


def test_a_theme_is_put_on_at_once(
    qtbot: QtBot, window: MainWindow, preferences: PreferencesWindow
):
    choose(preferences.theme, "dark")
    qtbot.waitUntil(lambda: window.palette().window().color().lightness() < 80)
    assert preferences.palette().window().color().lightness() < 80
    assert read_settings().theme == "dark"
    choose(preferences.theme, "light")
    qtbot.waitUntil(lambda: window.palette().window().color().lightness() > 180)


def test_the_size_of_the_text_follows(view: PolicyView, preferences: PreferencesWindow):
    size = view.document().defaultFont().pointSizeF()
    enter(preferences.zoom, 150)
    assert view.document().defaultFont().pointSizeF() == pytest.approx(1.5 * size)
    assert read_settings().zoom == 1.5
    assert preferences.isVisible(), "Enter closes nothing"


def test_the_font_is_one_of_those_that_are_installed(
    view: PolicyView, preferences: PreferencesWindow
):
    offered = [preferences.face.itemData(n) for n in range(preferences.face.count())]
    installed = set(QFontDatabase.families())
    assert set(offered[3:]) <= installed
    family = next(name for name in offered[3:] if "Mono" in name)
    choose(preferences.face, family)
    assert QFontInfo(view.document().defaultFont()).family() == family
    assert read_settings().font == family
    choose(preferences.face, DESKTOP)
    used = QFontInfo(view.document().defaultFont()).family()
    assert used == QFontInfo(QApplication.font()).family()


def test_a_font_that_is_gone_is_named_and_a_serif_serves(window: MainWindow, view: PolicyView):
    family = QFontInfo(view.document().defaultFont()).family()
    window.use_settings(replace(window.settings, font="No Such Font"))
    QTest.keyClick(window, Qt.Key.Key_Comma, CONTROL)
    preferences = window.findChild(PreferencesWindow)
    assert preferences.face.currentText() == "No Such Font (not installed)"
    assert QFontInfo(view.document().defaultFont()).family() == family
    preferences.reject()


def test_lines_move_apart_and_the_place_stays(view: PolicyView, preferences: PreferencesWindow):
    before = distance_of_lines(view)
    text, top = view.toPlainText(), view.reading_place
    enter(preferences.spacing, 150)
    assert distance_of_lines(view) == pytest.approx(1.5 * before, rel=0.05)
    assert view.toPlainText() == text
    assert view.reading_place == top
    assert read_settings().line_spacing == 1.5


def test_the_column_of_text_gets_narrower_and_wider(
    view: PolicyView, preferences: PreferencesWindow
):
    usual = view.viewport().width()
    enter(preferences.length, SHORTEST_LINE)
    narrow = view.viewport().width()
    enter(preferences.length, LONGEST_LINE)
    assert narrow < 0.7 * usual < usual < view.viewport().width()
    assert view.document().textWidth() == view.viewport().width()
    assert read_settings().line_length == LONGEST_LINE


def test_everything_is_marked_and_the_menu_says_so(
    window: MainWindow, view: PolicyView, preferences: PreferencesWindow
):
    window.show_report(report_of_all_valences())
    tinted = view.tinted_passages
    assert len(tinted) < len(view.passages)
    QTest.keyClick(preferences.everything, Qt.Key.Key_Space)
    assert len(view.tinted_passages) == len(view.passages)
    (action,) = (each for each in window.actions() if "ighlight everything" in each.text())
    assert action.isChecked()
    QTest.keyClick(preferences.everything, Qt.Key.Key_Space)
    assert view.tinted_passages == tinted


def test_paper_is_chosen_for_the_pdf(
    window: MainWindow, preferences: PreferencesWindow, tmp_path: Path
):
    for paper, width in (("letter", b"612"), ("a4", b"595")):
        choose(preferences.paper, paper)
        save_summary(window, tmp_path / f"{paper}.pdf")
        assert b"/MediaBox [0 0 " + width in (tmp_path / f"{paper}.pdf").read_bytes()


def test_history_is_switched_off_and_nothing_more_is_kept(
    window: MainWindow, preferences: PreferencesWindow
):
    QTest.keyClick(preferences.history, Qt.Key.Key_Space)
    assert not read_settings().keep_history
    window.show_report(replace(make_report(), flags=()))
    library = Library()
    kept = library.holdings()
    library.close()
    assert kept.policies <= 1  # the one that was opened before
    window.forget_everything()
    window.show_report(make_report())
    library = Library()
    assert library.holdings().policies == 0
    library.close()


def test_defaults_come_back_but_for_what_is_remembered(
    window: MainWindow, preferences: PreferencesWindow
):
    enter(preferences.zoom, 200)
    enter(preferences.spacing, 120)
    enter(preferences.length, 60)
    choose(preferences.face, DESKTOP)
    choose(preferences.paper, "letter")
    QTest.keyClick(preferences.everything, Qt.Key.Key_Space)
    QTest.keyClick(preferences.history, Qt.Key.Key_Space)
    defaults = preferences.buttons.button(QDialogButtonBox.StandardButton.RestoreDefaults)
    QTest.mouseClick(defaults, Qt.MouseButton.LeftButton)
    expected = Settings(keep_history=False)
    assert read_settings() == window.settings == expected
    assert preferences.zoom.value() == 100
    assert not preferences.everything.isChecked()
    window.choose_theme("light")


def test_what_is_chosen_is_there_the_next_time(
    qtbot: QtBot, window: MainWindow, preferences: PreferencesWindow
):
    enter(preferences.zoom, 130)
    enter(preferences.length, 60)
    window.close()
    again = MainWindow(read_settings())
    qtbot.addWidget(again)
    with qtbot.waitExposed(again):
        again.show()
    again.show_report(make_report())
    QTest.keyClick(again, Qt.Key.Key_Comma, CONTROL)
    dialog = again.findChild(PreferencesWindow)
    assert (dialog.zoom.value(), dialog.length.value()) == (130, 60)
    dialog.reject()
    again.close()


def test_forgetting_is_one_press_and_one_answer_away(
    window: MainWindow, preferences: PreferencesWindow, pane: ReadingPane
):
    assert pane.read is not None
    pane.dismiss(pane.read.disclosures[0].key)
    QTest.mouseClick(preferences.forget, Qt.MouseButton.LeftButton)
    question = window.findChild(ForgetQuestion)
    told = question.informativeText()
    assert "1 policies" in told
    assert "dismissed: 1" in told
    assert "cannot be undone" in told
    assert pane.can_undo, "nothing is gone before the answer"
    (forget,) = (each for each in question.findChildren(QPushButton) if each.text() == "Forget")
    QTest.mouseClick(forget, Qt.MouseButton.LeftButton)
    assert not pane.can_undo
    library = Library()
    assert library.holdings().policies == 0
    library.close()


def test_the_tab_key_reaches_every_choice_and_each_has_a_name(preferences: PreferencesWindow):
    preferences.theme.setFocus()
    met: set[QWidget] = set()
    for _ in range(30):
        focused = QApplication.focusWidget()
        assert focused is not None
        met.add(focused)
        QTest.keyClick(focused, Qt.Key.Key_Tab)
    kinds = (QComboBox, QSpinBox, QCheckBox, QPushButton)
    controls = {each for kind in kinds for each in preferences.findChildren(kind)}
    assert controls <= met
    for each in controls:
        assert QAccessible.queryAccessibleInterface(each).text(QAccessible.Text.Name), each


@pytest.mark.parametrize("theme", ["light", "dark"])
def test_the_edge_of_a_switch_is_seen_in(
    qtbot: QtBot, theme: str, window: MainWindow, preferences: PreferencesWindow
):
    window.choose_theme(theme)
    qtbot.waitUntil(
        lambda: (preferences.palette().window().color().lightness() < 80) == (theme == "dark")
    )
    box = preferences.everything
    picture = box.grab().toImage()
    ground = QColor(picture.pixel(picture.width() - 2, 1))
    rows = range(picture.height())
    edge = [QColor(picture.pixel(4, y)) for y in rows]
    assert max(abs(each.lightness() - ground.lightness()) for each in edge) > 60
    window.choose_theme("light")


def test_the_preferences_fit_a_small_laptop(preferences: PreferencesWindow):
    make_application()
    assert preferences.sizeHint().height() <= 560
    assert preferences.sizeHint().width() <= 860
