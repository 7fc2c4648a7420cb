"""Quotes copied with their source, and a wrong finding reported in a file."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction, QContextMenuEvent, QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QFileDialog, QMenu, QPlainTextEdit, QPushButton
from pytestqt.qtbot import QtBot

from reader.gui.detail_panel import QuoteButton
from reader.gui.finding_dialog import FindingDialog
from reader.gui.main_window import MainWindow
from reader.gui.message_bar import MessageBar
from reader.gui.notes_panel import NotesPanel
from reader.gui.reading_pane import ReadingPane
from reader.gui.text_widgets import LineButton
from reader.model import Span
from tests.make_report import make_report


def link(window: MainWindow, words: str) -> LineButton:
    shown = window.findChildren(LineButton)
    return next(each for each in shown if each.text().startswith(words) and each.isVisible())


def copied() -> str:
    return QGuiApplication.clipboard().text()


def entry(menu: QMenu, words: str) -> QAction:
    return next(each for each in menu.actions() if each.text().replace("&", "") == words)


def test_a_finding_copies_its_first_quote_and_says_so(window: MainWindow, pane: ReadingPane):
    pane.choose_topic("share")
    QTest.mouseClick(link(window, "Copy with its source"), Qt.MouseButton.LeftButton)
    assert copied().startswith("“We share your details with: advertisers such as Lumen Reach;”\n— ")
    assert "section “1. Sharing”" in copied()
    assert window.findChild(MessageBar).words == "Copied with its source."


def test_a_quote_is_copied_by_key_and_by_its_menu(window: MainWindow, pane: ReadingPane):
    pane.choose_topic("sell")
    (quote,) = (each for each in window.findChildren(QuoteButton) if each.isVisible())
    quote.setFocus()
    QTest.keyClick(quote, Qt.Key.Key_C, Qt.KeyboardModifier.ControlModifier)
    assert copied().startswith("“We do not sell your personal information")
    QGuiApplication.clipboard().clear()
    (action,) = quote.actions()
    assert action.text() == "Copy with its source"
    action.trigger()
    assert copied().startswith("“We do not sell your personal information")


def test_selected_words_are_copied_with_their_source_by_key(window: MainWindow, pane: ReadingPane):
    start = make_report().document.text.index("parcels")
    pane.view.show_words(Span(start, start + 7))
    keys = Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier
    QTest.keyClick(pane.view, Qt.Key.Key_C, keys)
    assert copied().startswith("“parcels”\n— ")


def test_the_passage_that_is_shown_is_copied_where_nothing_is_selected(pane: ReadingPane):
    pane.choose_passage(next(p for p in pane.view.passages if p.disclosure.topic == "share"))
    pane.copy_chosen_quote()
    assert copied().startswith("“We share your details with: advertisers such as")


def test_the_menu_of_the_text_copies_the_passage_under_the_pointer(pane: ReadingPane):
    passage = next(p for p in pane.view.passages if p.disclosure.topic == "rights")
    pane.view.show_words(passage.span)
    cursor = pane.view.textCursor()
    cursor.setPosition(cursor.selectionStart() + 3)
    pane.view.setTextCursor(cursor)
    menu = pane.view.make_menu(pane.view.cursorRect().center())
    assert not entry(menu, "Copy").isEnabled()
    entry(menu, "Copy with its source").trigger()
    assert copied().startswith("“You can ask us for a copy of your data.”")


def test_the_menu_of_a_noted_link_copies_its_address_and_leads_to_the_note(pane: ReadingPane):
    (address,) = make_report().document.links
    pane.view.show_words(address.span)
    pane.highlight()
    pane.view.show_words(address.span)
    pane.view.select_nothing()
    cursor = pane.view.textCursor()
    cursor.setPosition(cursor.position() - 3)
    menu = pane.view.make_menu(pane.view.cursorRect(cursor).center())
    entry(menu, "Copy the link").trigger()
    assert copied() == "mailto:privacy@larch-lantern.example"
    entry(menu, "Your note here").trigger()
    assert isinstance(pane.side.currentWidget(), NotesPanel)
    entry(menu, "Select all").trigger()
    entry(pane.view.make_menu(QPoint(3, 3)), "Copy").trigger()
    assert copied() == pane.view.toPlainText()


def test_the_menu_of_plain_words_offers_no_quote_of_nothing(pane: ReadingPane):
    menu = pane.view.make_menu(QPoint(3, pane.view.viewport().height() - 3))
    assert not entry(menu, "Copy with its source").isEnabled()


# the offscreen platform has neither a stack of windows nor a keyboard to grab
@pytest.mark.qt_log_ignore("This plugin does not support (raise|grabbing)")
def test_a_right_click_opens_the_menu(qtbot: QtBot, pane: ReadingPane):
    place = QPoint(40, 40)
    event = QContextMenuEvent(
        QContextMenuEvent.Reason.Mouse, place, pane.view.viewport().mapToGlobal(place)
    )
    QApplication.sendEvent(pane.view.viewport(), event)
    menu = QApplication.activePopupWidget()
    assert isinstance(menu, QMenu)
    menu.close()


def report_of_shared(window: MainWindow, pane: ReadingPane) -> FindingDialog:
    pane.dismiss("share.advertisers:said")
    QTest.mouseClick(link(window, "Report it"), Qt.MouseButton.LeftButton)
    dialog = window.findChild(FindingDialog)
    assert isinstance(dialog, FindingDialog)
    return dialog


def test_a_report_shows_what_it_holds_and_leaves_the_policy_out_at_first(
    window: MainWindow, pane: ReadingPane
):
    dialog = report_of_shared(window, pane)
    shown = dialog.findChild(QPlainTextEdit)
    assert "share.advertisers" in shown.toPlainText()
    assert "Lumen Reach" not in shown.toPlainText()
    QTest.mouseClick(
        dialog.words, Qt.MouseButton.LeftButton, pos=QPoint(8, dialog.words.height() // 2)
    )
    assert "Lumen Reach" in shown.toPlainText()
    dialog.reject()


def test_what_was_shown_is_what_is_saved(window: MainWindow, pane: ReadingPane, tmp_path: Path):
    dialog = report_of_shared(window, pane)
    shown = dialog.findChild(QPlainTextEdit).toPlainText()
    (button,) = (b for b in dialog.findChildren(QPushButton) if "Save" in b.text())
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    chooser = window.findChild(QFileDialog)
    path = tmp_path / "wrong.txt"
    chooser.fileSelected.emit(str(path))
    chooser.reject()
    assert path.read_text(encoding="utf-8") == shown
    assert str(path) in window.findChild(MessageBar).words
