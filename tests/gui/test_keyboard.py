"""A whole reading without a mouse, and names for whoever cannot see the window."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QKeySequence
from PySide6.QtPrintSupport import QPrintPreviewDialog
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QMenuBar, QWidget
from pytestqt.qtbot import QtBot

from reader.gui.detail_panel import DetailPanel, QuoteButton
from reader.gui.main_window import MainWindow
from reader.gui.reading_pane import ReadingPane
from reader.gui.side_panel import SidePanel
from reader.gui.summary_card import SummaryCardView, TileButton
from reader.gui.theme import Theme
from reader.summary import summary_card
from tests.gui.states import DIALOGS, PANE_STATES, bring_about, open_dialog
from tests.make_report import make_report

MOST_TABS = 80
NONE = Qt.KeyboardModifier.NoModifier
CTRL, ALT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.AltModifier


@pytest.fixture
def window(empty_window: MainWindow) -> MainWindow:
    """The window as it starts."""
    return empty_window


class Keyboard:
    """Hands on the keys: each goes to whatever has the keyboard."""

    def __init__(self, qtbot: QtBot) -> None:
        self._qtbot = qtbot

    @property
    def focused(self) -> QWidget:
        popup = QApplication.activePopupWidget()
        widget = popup if isinstance(popup, QMenu) else QApplication.focusWidget()
        assert widget is not None
        return widget

    def press(self, key: Qt.Key, modifier: Qt.KeyboardModifier = NONE) -> None:
        self._qtbot.keyClick(self.focused, key, modifier)

    def type(self, words: str) -> None:
        self._qtbot.keyClicks(self.focused, words)

    def tab_to(self, is_it: Callable[[QWidget], bool]) -> QWidget:
        for _ in range(MOST_TABS):
            if is_it(self.focused):
                return self.focused
            self.press(Qt.Key.Key_Tab)
        raise AssertionError("the Tab key never came there")


def pane_of(window: MainWindow) -> ReadingPane:
    return next(pane for pane in window.findChildren(ReadingPane) if pane.report is window.report)


# The file dialog offers names while one is typed; offscreen no popup is raised or grabs the keys.
@pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard)", extend=True)
def test_a_policy_is_read_with_the_keyboard_alone(
    qtbot: QtBot, window: MainWindow, sample: Path
) -> None:
    keys = Keyboard(qtbot)
    keys.press(Qt.Key.Key_O, CTRL)
    qtbot.waitUntil(lambda: isinstance(keys.focused.window(), QFileDialog))
    keys.type(str(sample))
    keys.press(Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: window.report is not None, timeout=60_000)
    window.activateWindow()  # what the desktop does when a dialog closes
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    pane = pane_of(window)
    details, card = pane.findChild(DetailPanel), pane.findChild(SummaryCardView)
    assert details is not None
    assert card is not None

    keys.press(Qt.Key.Key_F8)
    assert pane.view.current_passage is pane.view.marked_passages[0]
    assert details.isVisible()
    keys.press(Qt.Key.Key_Escape)
    assert card.isVisible()

    keys.tab_to(lambda widget: isinstance(widget, TileButton) and widget.topic == "share")
    at_the_tile = pane.view.reading_place
    keys.press(Qt.Key.Key_Space)
    assert details.isVisible()
    first = pane.view.current_passage
    assert first is not None
    assert first.disclosure.topic == "share"

    quotes = (widget for widget in pane.findChildren(QuoteButton) if widget.isVisible())
    other = [quote for quote in quotes if quote.evidence != first.evidence][-1]
    keys.tab_to(lambda widget: widget is other)
    keys.press(Qt.Key.Key_Return)
    passage = pane.view.current_passage
    assert passage is not None
    assert passage.evidence == other.evidence
    keys.press(Qt.Key.Key_Left, ALT)
    assert pane.view.current_passage == first
    assert details.isVisible()
    keys.press(Qt.Key.Key_Left, ALT)
    assert card.isVisible()
    assert pane.view.reading_place == at_the_tile
    keys.press(Qt.Key.Key_Right, ALT)
    assert details.isVisible()

    keys.tab_to(lambda widget: "wrong" in name_of(widget).lower())
    before = pane.report
    keys.press(Qt.Key.Key_Space)
    assert len(pane.dismissed) == 1
    assert pane.report is not before
    keys.press(Qt.Key.Key_Z, CTRL)
    assert not pane.dismissed
    keys.press(Qt.Key.Key_Escape)
    assert card.isVisible()

    keys.press(Qt.Key.Key_F, ALT)
    assert isinstance(keys.focused, QMenu)
    keys.press(Qt.Key.Key_V)
    qtbot.waitUntil(lambda: bool(window.findChildren(QPrintPreviewDialog)))
    (preview,) = window.findChildren(QPrintPreviewDialog)
    qtbot.waitUntil(preview.isVisible)
    qtbot.keyClick(preview, Qt.Key.Key_Escape)
    qtbot.waitUntil(lambda: not window.findChildren(QPrintPreviewDialog))


def name_of(widget: QWidget) -> str:
    interface = QAccessible.queryAccessibleInterface(widget)
    return interface.text(QAccessible.Text.Name) if interface else ""


@pytest.mark.parametrize("state", ["start", *PANE_STATES])
def test_whatever_takes_the_keyboard_has_a_name(window: MainWindow, state: str) -> None:
    if state != "start":
        window.show_report(make_report())
        bring_about(pane_of(window), state)
    assert_named(window)


@pytest.mark.parametrize("state", ["start", *PANE_STATES])
def test_nothing_is_described_in_markup(window: MainWindow, state: str) -> None:
    """Qt describes what has no words for it by its tool tip, as it stands."""
    if state != "start":
        window.show_report(replace(make_report(), verdict="They say a great deal here. " * 60))
        bring_about(pane_of(window), state)
    widgets = [each for each in window.findChildren(QWidget) if each.isVisible()]
    told = {
        f"{type(each).__name__}: {interface.text(QAccessible.Text.Description)}"
        for each in widgets
        if (interface := QAccessible.queryAccessibleInterface(each)) is not None
    }
    assert len(told) > 5
    assert not [each for each in told if "<p>" in each or "&amp;" in each]


@pytest.mark.parametrize("name", DIALOGS)
def test_whatever_takes_the_keyboard_in_a_dialog_has_a_name(window: MainWindow, name: str) -> None:
    window.show_report(make_report())
    dialog = open_dialog(window, name)
    assert_named(dialog, fewest=2)
    dialog.close()


def assert_named(window: QWidget, fewest: int = 3) -> None:
    focusable = [
        widget
        for widget in window.findChildren(QWidget)
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible()
        if widget.focusProxy() is None  # else it is another that is heard
    ]
    assert len(focusable) >= fewest
    nameless = [type(widget).__name__ for widget in focusable if not name_of(widget).strip()]
    assert not nameless


def test_the_name_of_a_tile_holds_its_topic_and_its_verdict(window: MainWindow) -> None:
    window.show_report(make_report())
    assert window.report is not None
    tiles = {tile.topic: tile for tile in pane_of(window).findChildren(TileButton)}
    card = summary_card(window.report)
    assert len(card.tiles) == len(tiles) > 10
    for told in card.tiles:
        name = name_of(tiles[told.topic])
        assert told.label in name
        assert told.verdict_word in name


def test_the_keyboard_stays_beside_the_text_from_finding_to_finding(window: MainWindow) -> None:
    window.show_report(make_report())
    pane = pane_of(window)
    details = pane.findChild(DetailPanel)
    assert details is not None
    (tile,) = (each for each in pane.findChildren(TileButton) if each.topic == "share")
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_Space)
    for key, modifier in (
        (Qt.Key.Key_F8, NONE),
        (Qt.Key.Key_F8, NONE),
        (Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier),
        (Qt.Key.Key_Left, ALT),
    ):
        QTest.keyClick(focused(), key, modifier)
        passage = pane.view.current_passage
        quote = focused()
        assert details.isAncestorOf(quote)
        assert isinstance(quote, QuoteButton)
        assert passage is not None
        assert quote.evidence == passage.evidence
    window.choose_theme("dark")
    assert isinstance(focused(), QuoteButton)
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    assert isinstance(focused(), TileButton)


@pytest.mark.parametrize("state", ["difficulty", "marks", "notes"])
def test_the_next_finding_takes_the_keyboard_from_any_panel_to_its_quote(
    window: MainWindow, state: str
) -> None:
    window.show_report(make_report())
    pane = pane_of(window)
    bring_about(pane, state)
    panel = pane.side.currentWidget()
    assert isinstance(panel, SidePanel)
    panel.take_focus()
    QTest.keyClick(focused(), Qt.Key.Key_F8)
    assert isinstance(focused(), QuoteButton)
    QTest.keyClick(focused(), Qt.Key.Key_Left, ALT)
    assert pane.side.currentWidget() is panel
    assert panel.isAncestorOf(focused())


@pytest.mark.parametrize("is_outdated", [False, True])
def test_the_card_gives_the_keyboard_back_to_the_tile_that_had_it(
    window: MainWindow, is_outdated: bool
) -> None:
    window.show_report(make_report())
    pane = pane_of(window)
    (tile,) = (each for each in pane.findChildren(TileButton) if each.topic == "share")
    tile.setFocus()
    QTest.keyClick(tile, Qt.Key.Key_Space)
    if is_outdated:
        window.choose_theme("dark")  # the card is made anew when it is seen again
    QTest.keyClick(focused(), Qt.Key.Key_Escape)
    again = focused()
    assert isinstance(again, TileButton)
    assert again.topic == "share"
    window.choose_theme("light" if is_outdated else "dark")  # and at once, where it is seen
    again = focused()
    assert isinstance(again, TileButton)
    assert again.topic == "share"


@pytest.mark.parametrize("key", [Qt.Key.Key_F9, Qt.Key.Key_F10])
def test_the_text_takes_the_keyboard_from_a_pane_that_is_folded_away(
    window: MainWindow, key: Qt.Key
) -> None:
    window.show_report(make_report())
    pane = pane_of(window)
    inside = pane.outline.tree if key == Qt.Key.Key_F9 else pane.findChildren(TileButton)[0]
    inside.setFocus()
    QTest.keyClick(inside, key)
    assert not inside.isVisible()
    assert focused() is pane.view


def focused() -> QWidget:
    widget = QApplication.focusWidget()
    assert widget is not None
    return widget


def menus_below(menu: QMenu | QMenuBar) -> Iterator[QMenu | QMenuBar]:
    yield menu
    for action in menu.actions():
        if isinstance(below := action.menu(), QMenu):
            yield from menus_below(below)


def test_no_two_entries_of_a_menu_have_one_letter(window: MainWindow) -> None:
    for menu in menus_below(window.menuBar()):
        words = [action.text() for action in menu.actions() if not action.isSeparator()]
        letters = Counter(QKeySequence.mnemonic(each).toString() for each in words)
        assert not [letter for letter, times in letters.items() if letter and times > 1], words


@pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard)", extend=True)
def test_alt_f_and_o_open_a_file(qtbot: QtBot, window: MainWindow) -> None:
    keys = Keyboard(qtbot)
    qtbot.waitUntil(lambda: QApplication.focusWidget() is not None)
    keys.press(Qt.Key.Key_F, ALT)
    keys.press(Qt.Key.Key_O)
    qtbot.waitUntil(lambda: isinstance(QApplication.activeModalWidget(), QFileDialog))
    dialog = QApplication.activeModalWidget()
    assert isinstance(dialog, QFileDialog)
    dialog.reject()


def has_ring(widget: QWidget, theme: Theme) -> bool:
    """Return whether the upper edge of ``widget`` has the colour of the focus."""
    picture = widget.grab().toImage()
    edge = [picture.pixel(x, 1) for x in range(picture.width())]
    return edge.count(theme.focus.rgb()) > 0.9 * len(edge)


def test_f6_shows_where_the_keyboard_is(qtbot: QtBot, window: MainWindow, theme: Theme) -> None:
    window.show_report(make_report())
    pane = pane_of(window)
    qtbot.waitUntil(pane.updatesEnabled)
    QTest.mouseClick(pane.view.viewport(), Qt.MouseButton.LeftButton, pos=QPoint(3, 3))
    assert focused() is pane.view
    assert not has_ring(pane.view, theme)
    for part in (pane.side, pane.outline, pane.view, pane.side):
        QTest.keyClick(focused(), Qt.Key.Key_F6)
        assert part is focused() or part.isAncestorOf(focused())
        assert has_ring(focused(), theme)
    assert isinstance(focused(), TileButton)
