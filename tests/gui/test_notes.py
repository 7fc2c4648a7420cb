"""The reader's own highlights and notes: made, shown, listed, changed, deleted, kept, forgotten."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QAction, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QMessageBox, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from reader.annotations import quoted
from reader.gui.annotation_layer import SIGN
from reader.gui.app import make_application
from reader.gui.documents import Documents
from reader.gui.find_bar import Hits
from reader.gui.layers import Layers
from reader.gui.main_window import MainWindow
from reader.gui.marks_panel import MarksPanel
from reader.gui.message_bar import MessageBar
from reader.gui.note_dialog import NoteDialog
from reader.gui.notes_panel import NotesPanel
from reader.gui.policy_view import PolicyView
from reader.gui.reading_pane import ReadingPane
from reader.gui.text_offsets import TextOffsets
from reader.gui.text_widgets import FittedLabel, LineButton
from reader.gui.theme import load_theme
from reader.library import FILE_NAME, Library
from reader.model import Span, Valence
from reader.paths import state_dir
from reader.settings import Settings, read_settings
from tests.make_report import make_report

PATIENCE = 60_000
CTRL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
WORDS = "companies that deliver our parcels"


def select(view: PolicyView, words: str) -> None:
    """Select words with the keyboard: the caret to their start, then Shift and the arrow."""
    text = view.toPlainText()
    view.go_to(text.index(words))
    view.setFocus()
    for _ in range(len(words)):
        QTest.keyClick(view, Qt.Key.Key_Right, SHIFT)
    assert view.textCursor().selectedText() == words


def write(window: QWidget, note: str) -> None:
    """Write into the dialog that asks for a note, and save it by keyboard."""
    (dialog,) = (d for d in window.findChildren(NoteDialog) if d.isVisible())
    dialog.field.selectAll()
    QTest.keyClick(dialog.field, Qt.Key.Key_Delete)
    QTest.keyClicks(dialog.field, note)
    QTest.keyClick(dialog.field, Qt.Key.Key_Return, CTRL)
    assert not dialog.isVisible()


def note(window: MainWindow, words: str, text: str) -> None:
    select(window.findChild(PolicyView), words)
    QTest.keyClick(window, Qt.Key.Key_M, CTRL)
    write(window, text)


def told(pane: ReadingPane) -> list[tuple[str, str]]:
    """Return the words of each mark, and its note."""
    assert pane.report is not None
    marks = quoted(pane.annotations, pane.report.document)
    return [(each.quote, each.annotation.note) for each in marks]


def notes_panel(window: MainWindow) -> NotesPanel:
    panel = window.findChild(NotesPanel)
    if not panel.isVisible():
        QTest.keyClick(window, Qt.Key.Key_M, CTRL | SHIFT)
    assert panel.isVisible()
    return panel


def link(panel: QWidget, words: str, number: int = 0) -> LineButton:
    shown = [b for b in panel.findChildren(LineButton) if b.isVisible()]
    return [b for b in shown if b.text().startswith(words)][number]


def shown_words(panel: QWidget) -> list[str]:
    return [each.accessibleName() for each in panel.findChildren(FittedLabel) if each.isVisible()]


def ground(view: PolicyView, words: str) -> str:
    cursor = QTextCursor(view.document())
    start = view.toPlainText().index(words)
    cursor.setPosition(TextOffsets(view.toPlainText()).to_units(start) + 1)
    brush = cursor.charFormat().background()
    return "" if brush.style() == Qt.BrushStyle.NoBrush else brush.color().name()


def message(window: MainWindow) -> str:
    return window.findChild(MessageBar).words


def action(window: MainWindow, words: str) -> QAction:
    return next(each for each in window.actions() if each.text().replace("&", "") == words)


# Making them


def test_ctrl_m_writes_a_note_on_the_selected_words(window: MainWindow, pane: ReadingPane) -> None:
    note(window, WORDS, "Which ones?")
    assert told(pane) == [(WORDS, "Which ones?")]
    assert ground(pane.view, WORDS) == load_theme("light").note_ground.name()


def test_a_highlight_needs_no_words_and_an_empty_note_is_one(
    window: MainWindow, pane: ReadingPane
) -> None:
    select(pane.view, WORDS)
    QTest.keyClick(window, Qt.Key.Key_H, CTRL | SHIFT)
    note(window, "a copy of your data", "")
    assert told(pane) == [(WORDS, ""), ("a copy of your data", "")]


def test_the_same_words_are_marked_once_and_their_note_is_changed(
    window: MainWindow, pane: ReadingPane
) -> None:
    note(window, WORDS, "Which ones?")
    select(pane.view, WORDS)
    QTest.keyClick(window, Qt.Key.Key_H, CTRL | SHIFT)
    QTest.keyClick(window, Qt.Key.Key_M, CTRL)
    (dialog,) = (d for d in window.findChildren(NoteDialog) if d.isVisible())
    assert dialog.field.toPlainText() == "Which ones?"
    write(window, "All of them?")
    assert told(pane) == [(WORDS, "All of them?")]


def test_without_a_selection_the_finding_that_is_shown_is_noted(
    window: MainWindow, pane: ReadingPane
) -> None:
    QTest.keyClick(window, Qt.Key.Key_M, CTRL)
    assert not window.findChildren(NoteDialog)
    assert message(window) == "Select words in the text first."
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert pane.view.current_passage is not None
    words = pane.view.current_passage.span.of(pane.view.toPlainText())
    QTest.keyClick(window, Qt.Key.Key_M, CTRL)
    write(window, "Hm.")
    assert [quote for quote, _ in told(pane)] == [words]


def test_escape_leaves_a_note_unwritten(window: MainWindow, pane: ReadingPane) -> None:
    select(pane.view, WORDS)
    QTest.keyClick(window, Qt.Key.Key_M, CTRL)
    (dialog,) = window.findChildren(NoteDialog)
    QTest.keyClicks(dialog.field, "never mind")
    QTest.keyClick(dialog, Qt.Key.Key_Escape)
    assert told(pane) == []


def test_the_menu_of_the_text_offers_it(window: MainWindow, pane: ReadingPane) -> None:
    select(pane.view, WORDS)
    menu = pane.view.make_menu(QPoint(3, 3))
    entries = {each.text().replace("&", ""): each for each in menu.actions()}
    entries["Highlight"].trigger()
    assert told(pane) == [(WORDS, "")]
    menu.deleteLater()


def test_a_mark_behind_an_emoji_stands_on_its_own_words(
    window: MainWindow, pane: ReadingPane
) -> None:
    assert "🏮" in pane.view.toPlainText()[: pane.view.toPlainText().index(WORDS)]
    note(window, WORDS, "x")
    (mark,) = pane.annotations
    assert mark.span is not None
    assert mark.span.of(make_report().document.text) == WORDS


def test_a_whole_policy_can_be_noted_and_its_ends_are_bracketed(
    window: MainWindow, pane: ReadingPane
) -> None:
    pane.view.setFocus()
    QTest.keyClick(pane.view, Qt.Key.Key_A, CTRL)
    QTest.keyClick(window, Qt.Key.Key_M, CTRL)
    write(window, "All of it.")
    (mark,) = pane.annotations
    assert mark.span is not None
    assert mark.span.of(pane.view.toPlainText()) == pane.view.toPlainText().strip()
    assert ground(pane.view, WORDS) == load_theme("light").note_ground.name()


# How they look


def test_a_mark_has_brackets_and_a_sign_of_its_own_and_keeps_the_findings_line(
    window: MainWindow, pane: ReadingPane
) -> None:
    words = "advertisers such as Lumen Reach"
    view, theme = pane.view, load_theme("light")
    cursor = QTextCursor(view.document())
    start = TextOffsets(view.toPlainText()).to_units(view.toPlainText().index(words))
    cursor.setPosition(start + 1)
    before = cursor.charFormat()
    note(window, words, "Who?")
    pane.view.show_no_passage()
    cursor.setPosition(start + 1)
    assert cursor.charFormat().underlineStyle() == before.underlineStyle()
    assert cursor.charFormat().underlineColor() == before.underlineColor()
    cursor.setPosition(start)
    assert not view.textCursor().hasSelection(), "the selection does not hide the mark"
    line = view.cursorRect(cursor)
    picture = view.viewport().grab().toImage()
    bracket = [
        picture.pixelColor(x, line.center().y()).name()
        for x in range(line.left() - 3, line.left() + 2)
    ]
    assert theme.note.name() in bracket
    sign = {
        picture.pixelColor(x, y).name()
        for x in range(round(SIGN) + 1)
        for y in range(line.center().y() - 6, line.center().y() + 6)
    }
    assert {theme.note.name(), theme.note_ground.name()} <= sign


def test_no_ground_of_a_mark_is_that_of_a_finding_or_a_hit() -> None:
    for name in ("light", "dark"):
        theme = load_theme(name)
        others = [theme.colors(each).tint for each in Valence]
        others += [theme.colors(each).line for each in Valence]
        assert theme.note_ground not in [*others, theme.hit, theme.hit_current, theme.page]


def test_a_search_hit_in_a_note_still_shows(window: MainWindow, pane: ReadingPane) -> None:
    note(window, WORDS, "x")
    start = pane.view.toPlainText().index("deliver")
    pane.view.show_hits(Hits((start,), len("deliver"), 0))
    grounds = [each.format.background().color() for each in pane.view.extraSelections()]
    assert load_theme("light").hit_current in grounds


def test_their_switch_takes_them_out_of_the_text_and_a_new_one_switches_them_on(
    window: MainWindow, pane: ReadingPane
) -> None:
    note(window, WORDS, "x")
    window.findChild(ReadingPane).use_settings(Settings(mark_notes=False))
    assert ground(pane.view, WORDS) == ""
    note(window, "a copy of your data", "y")
    assert ground(pane.view, WORDS) != ""
    assert pane.layers.annotations


def test_a_dark_theme_recolours_them(window: MainWindow, pane: ReadingPane) -> None:
    note(window, WORDS, "x")
    window.choose_theme("dark")
    assert ground(pane.view, WORDS) == load_theme("dark").note_ground.name()


def test_hovering_and_clicking_the_words_or_the_sign_lead_to_the_note(
    window: MainWindow, pane: ReadingPane
) -> None:
    note(window, "Write to", "They never answer.")
    view = pane.view
    cursor = QTextCursor(view.document())
    start = TextOffsets(view.toPlainText()).to_units(view.toPlainText().index("Write to"))
    cursor.setPosition(start + 3)
    words = view.cursorRect(cursor).center()
    sign = QPoint(6, words.y())
    for point in (words, sign):
        assert "Your note: They never answer." in view.words_at(point)
        pane.show_card()
        QTest.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point)
        panel = window.findChild(NotesPanel)
        assert panel.isVisible()
        assert isinstance(QApplication.focusWidget(), LineButton)
    pane.show_card()
    view.go_to(view.toPlainText().index("Write to") + 2)
    view.setFocus()
    QTest.keyClick(view, Qt.Key.Key_Return)
    assert window.findChild(NotesPanel).isVisible()


# The list of them


def test_the_panel_lists_them_in_the_order_of_the_text_and_goes_to_their_words(
    window: MainWindow, pane: ReadingPane
) -> None:
    note(window, "a copy of your data", "Ask for it.")
    note(window, WORDS, "Which ones?")
    panel = notes_panel(window)
    assert shown_words(panel)[2:] == ["1. Sharing", "Which ones?", "2. Your rights", "Ask for it."]
    quote = link(panel, "“a copy")
    assert quote.accessibleName() == "2. Your rights: “a copy of your data”"
    quote.setFocus()
    QTest.keyClick(quote, Qt.Key.Key_Space)
    assert pane.view.textCursor().selectedText() == "a copy of your data"
    assert panel.isVisible()


def test_without_any_the_panel_says_how_to_make_one(window: MainWindow) -> None:
    assert any("Ctrl+M" in words for words in shown_words(notes_panel(window)))


def test_a_note_is_changed_and_deleted_and_that_taken_back(
    window: MainWindow, pane: ReadingPane
) -> None:
    note(window, WORDS, "Which ones?")
    panel = notes_panel(window)
    QTest.mouseClick(link(panel, "Change the note"), Qt.MouseButton.LeftButton)
    write(window, "None of yours.")
    assert told(pane) == [(WORDS, "None of yours.")]
    assert "None of yours." in shown_words(panel)
    QTest.mouseClick(link(panel, "Delete"), Qt.MouseButton.LeftButton)
    assert told(pane) == []
    assert ground(pane.view, WORDS) == ""
    assert QApplication.focusWidget() is panel.back, "the keyboard is left somewhere"
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert told(pane) == [(WORDS, "None of yours.")]
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert told(pane) == [(WORDS, "Which ones?")]
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert told(pane) == []
    assert not pane.can_undo
    assert not action(window, "Undo").isEnabled()


def test_undo_takes_back_notes_and_dismissals_in_their_order(
    window: MainWindow, pane: ReadingPane
) -> None:
    note(window, WORDS, "first")
    pane.dismiss("share.advertisers:said")
    note(window, "a copy of your data", "second")
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert [text for _, text in told(pane)] == ["first"]
    assert pane.dismissed
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert not pane.dismissed
    assert [text for _, text in told(pane)] == ["first"]
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert told(pane) == []


def test_markup_in_a_note_is_the_words_it_is(window: MainWindow, pane: ReadingPane) -> None:
    note(window, "Write to", "<img src='file:///x'>")
    assert "<img src='file:///x'>" in shown_words(notes_panel(window))
    cursor = pane.view.textCursor()
    assert "<img" not in pane.view.words_at(pane.view.cursorRect(cursor).center() - QPoint(8, 0))


def test_every_control_of_marks_and_notes_has_a_name(window: MainWindow, pane: ReadingPane) -> None:
    note(window, WORDS, "x")
    select(pane.view, "a copy of your data")
    QTest.keyClick(window, Qt.Key.Key_M, CTRL)
    (dialog,) = (d for d in window.findChildren(NoteDialog) if d.isVisible())
    pane.change_layers(Layers(topics=frozenset({"rights"})))
    seen = 0
    pane.show_marks()
    for panel in (MarksPanel, NotesPanel):
        if panel is NotesPanel:
            QTest.keyClick(dialog, Qt.Key.Key_Escape)
            notes_panel(window)
        assert window.findChild(panel).isVisible()
        for control in window.findChildren(QWidget):
            takes_keys = control.focusPolicy() & Qt.FocusPolicy.TabFocus
            if not (takes_keys and control.isVisible() and control.isEnabled()):
                continue
            face = QAccessible.queryAccessibleInterface(control)
            assert face.text(QAccessible.Text.Name), control
            assert face.role() != QAccessible.Role.NoRole
            seen += 1
    assert seen > 30


# Keeping them


def test_they_are_kept_for_this_file_and_no_words_of_the_policy(
    qtbot: QtBot, window: MainWindow, pane: ReadingPane
) -> None:
    note(window, WORDS, "Which ones, please?")
    window.close()
    again = MainWindow(read_settings())
    qtbot.addWidget(again)
    again.show_report(make_report("renamed.md"))
    kept = again.findChild(ReadingPane)
    assert told(kept) == [(WORDS, "Which ones, please?")]
    assert ground(kept.view, WORDS) != ""
    assert not kept.can_undo, "what was written in an earlier session is no slip of this one"
    again.close()
    stored = b"".join(path.read_bytes() for path in state_dir().rglob("*") if path.is_file())
    assert b"Which ones, please?" in stored
    assert b"deliver our parcels" not in stored


def test_two_tabs_on_copies_of_one_policy_lose_no_note(
    qtbot: QtBot, empty_window: MainWindow, tmp_path: Path
) -> None:
    pages = []
    for name in ("a.md", "b.md"):
        (tmp_path / name).write_text("We collect your name. We do not sell it to anyone.\n" * 9)
        empty_window.open_files([str(tmp_path / name)])
        page = empty_window.findChild(Documents).page
        assert page is not None
        qtbot.waitUntil(lambda page=page: page.pane is not None, timeout=PATIENCE)
        pages.append(page)
    for page, words in zip(pages, ("We collect", "your name"), strict=True):
        assert page.pane is not None
        select(page.pane.view, words)
        page.pane.write_note()
        write(empty_window, f"about {words}")
    empty_window.close()
    again = MainWindow(read_settings())
    qtbot.addWidget(again)
    again.open_files([str(tmp_path / "a.md")])
    qtbot.waitUntil(lambda: again.report is not None, timeout=PATIENCE)
    pane = again.findChild(ReadingPane)
    assert told(pane) == [("We collect", "about We collect"), ("your name", "about your name")]
    again.close()


def test_another_policy_has_none_of_them(window: MainWindow, pane: ReadingPane) -> None:
    report = make_report()
    note(window, WORDS, "x")
    changed = report.document.text.replace("parcels", "letters")
    source = replace(report.document.source, sha256="0" * 64)
    document = replace(report.document, text=changed, source=source)
    window.show_report(replace(report, document=document))
    assert told(pane) == []
    assert notes_panel(window).isVisible()
    assert WORDS not in " ".join(shown_words(notes_panel(window)))
    window.show_report(report)
    assert told(pane) == [(WORDS, "x")]


def test_without_history_none_is_kept_and_that_is_said(
    qtbot: QtBot, window: MainWindow, pane: ReadingPane
) -> None:
    action(window, "Keep history").trigger()
    note(window, WORDS, "fleeting")
    assert message(window) == "History is off: your note will be gone when the window closes."
    assert any("gone when the window closes" in w for w in shown_words(notes_panel(window)))
    window.close()
    again = MainWindow(Settings(theme="light"))
    qtbot.addWidget(again)
    again.show_report(make_report())
    assert told(again.findChild(ReadingPane)) == []
    again.close()
    stored = b"".join(path.read_bytes() for path in state_dir().rglob("*") if path.is_file())
    assert b"fleeting" not in stored


@pytest.fixture
def other_program(window: MainWindow) -> Iterator[sqlite3.Connection]:
    """Another program that writes to the library, until it rolls back."""
    del window  # it made the library
    other = sqlite3.connect(state_dir() / FILE_NAME)
    other.execute("BEGIN IMMEDIATE")
    yield other
    other.close()


def test_a_note_that_cannot_be_saved_is_told_and_saved_with_the_next_change(
    window: MainWindow, pane: ReadingPane, other_program: sqlite3.Connection
) -> None:
    note(window, WORDS, "worth keeping")
    assert "could not be saved" in message(window)
    other_program.rollback()
    pane.dismiss("share.advertisers:said")
    assert message(window) == ""
    with closing(Library()) as library:
        kept = library.annotations(make_report().document.source.sha256)
    assert [each.note for each in kept] == ["worth keeping"]


def test_what_could_not_be_saved_is_saved_when_the_policy_is_closed(
    window: MainWindow, pane: ReadingPane, other_program: sqlite3.Connection
) -> None:
    note(window, WORDS, "worth keeping")
    pane.dismiss("share.advertisers:said")
    assert "could not be saved" in message(window)
    other_program.rollback()
    window.close_document()
    sha256 = make_report().document.source.sha256
    with closing(Library()) as library:
        assert [each.note for each in library.annotations(sha256)] == ["worth keeping"]
        assert library.dismissed(sha256) == {"share.advertisers:said"}


def test_switching_history_on_keeps_what_was_written_before(
    qtbot: QtBot, window: MainWindow, pane: ReadingPane
) -> None:
    action(window, "Keep history").trigger()
    note(window, WORDS, "worth keeping")
    action(window, "Keep history").trigger()
    assert any("Kept on this computer" in w for w in shown_words(notes_panel(window)))
    window.close()
    again = MainWindow(Settings(theme="light"))
    qtbot.addWidget(again)
    again.show_report(make_report())
    assert told(again.findChild(ReadingPane)) == [(WORDS, "worth keeping")]
    again.close()


def test_forgetting_everything_forgets_them(window: MainWindow, pane: ReadingPane) -> None:
    note(window, WORDS, "a secret thought")
    action(window, "Forget everything …").trigger()
    box = window.findChild(QMessageBox)
    assert "your notes" in box.informativeText()
    (forget,) = (b for b in box.findChildren(QPushButton) if "Forget" in b.text())
    QTest.mouseClick(forget, Qt.MouseButton.LeftButton)
    assert told(pane) == []
    assert ground(pane.view, WORDS) == ""
    assert not pane.can_undo
    window.close()
    stored = b"".join(path.read_bytes() for path in state_dir().rglob("*") if path.is_file())
    assert b"secret thought" not in stored


# A file that changes while it is read

LINES = [f"We keep order {number} of our lamps with care, and we share it." for number in range(80)]
POLICY = "# Privacy policy of Larch\n\n" + "\n\n".join(LINES) + "\n"


@pytest.fixture
def larch(qtbot: QtBot, tmp_path: Path) -> Iterator[tuple[MainWindow, Path]]:
    """The window with a policy of many lines open, and its file."""
    make_application()
    path = tmp_path / "larch.md"
    path.write_text(POLICY)
    shown = MainWindow(Settings(theme="light"))
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    shown.open_files([str(path)])
    qtbot.waitUntil(lambda: shown.report is not None, timeout=PATIENCE)
    yield shown, path
    shown.close()


def reload(qtbot: QtBot, window: MainWindow) -> str:
    before = window.report
    window.activateWindow()  # offscreen nobody does so when a dialog is gone
    QTest.keyClick(window, Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: window.report is not before, timeout=PATIENCE)
    assert "was read again." in message(window)
    return message(window)


def test_a_reload_keeps_them_where_their_words_are_the_same(
    qtbot: QtBot, larch: tuple[MainWindow, Path]
) -> None:
    window, path = larch
    pane = window.findChild(ReadingPane)
    note(window, "order 40 of our lamps", "Mine!")
    path.write_text(POLICY.replace(LINES[3], "A new line about 🏮 and light.\n\n" + LINES[3]))
    assert "gone" not in reload(qtbot, window)
    assert told(pane) == [("order 40 of our lamps", "Mine!")]
    (mark,) = pane.annotations
    assert isinstance(mark.span, Span)
    assert ground(pane.view, "order 40 of our lamps") != ""
    path.write_text(POLICY.replace(LINES[40], "We keep nothing."))
    assert "1 of your marks was on words that are gone." in reload(qtbot, window)
    assert told(pane) == [("", "Mine!")]
    shown = shown_words(notes_panel(window))
    assert "Its words are no longer in the text" in shown
    assert "Mine!" in shown
    window.close()
    again = MainWindow(Settings(theme="light"))
    qtbot.addWidget(again)
    again.open_files([str(path)])
    qtbot.waitUntil(lambda: again.report is not None, timeout=PATIENCE)
    assert told(again.findChild(ReadingPane)) == [("", "Mine!")]
    again.close()


def reload_behind_the_dialog(qtbot: QtBot, window: MainWindow, path: Path, text: str) -> None:
    """Change the file and reload it while the dialog that asks for a note is open."""
    (dialog,) = (d for d in window.findChildren(NoteDialog) if d.isVisible())
    path.write_text(text)
    before = window.report
    window.reload()  # as F5 had done just before the dialog opened
    qtbot.waitUntil(lambda: window.report is not before, timeout=PATIENCE)
    assert dialog.isVisible()


def test_a_note_that_is_written_while_the_file_is_read_again_stands_where_its_words_are_now(
    qtbot: QtBot, larch: tuple[MainWindow, Path]
) -> None:
    window, path = larch
    pane = window.findChild(ReadingPane)
    select(pane.view, "order 40 of our lamps")
    QTest.keyClick(window, Qt.Key.Key_M, CTRL)
    reload_behind_the_dialog(qtbot, window, path, POLICY.replace(LINES[3], "New. " + LINES[3]))
    write(window, "Mine!")
    assert told(pane) == [("order 40 of our lamps", "Mine!")]
    assert ground(pane.view, "order 40 of our lamps") != ""


def test_a_note_whose_words_go_while_it_is_written_is_kept_without_a_place(
    qtbot: QtBot, larch: tuple[MainWindow, Path]
) -> None:
    window, path = larch
    pane = window.findChild(ReadingPane)
    select(pane.view, "order 40 of our lamps")
    QTest.keyClick(window, Qt.Key.Key_M, CTRL)
    changed = POLICY.replace(LINES[40], "We keep nothing.")
    reload_behind_the_dialog(qtbot, window, path, changed)
    write(window, "Mine!")
    assert told(pane) == [("", "Mine!")]
    assert "gone" in message(window)
    window.activateWindow()
    qtbot.waitUntil(window.isActiveWindow)
    assert "Mine!" in shown_words(notes_panel(window))
    QTest.keyClick(window, Qt.Key.Key_Z, CTRL)
    assert told(pane) == []


def test_a_note_added_to_a_highlight_outlives_the_words_that_a_reload_took(
    qtbot: QtBot, larch: tuple[MainWindow, Path]
) -> None:
    window, path = larch
    pane = window.findChild(ReadingPane)
    note(window, "order 40 of our lamps", "")
    QTest.mouseClick(link(notes_panel(window), "Write a note"), Qt.MouseButton.LeftButton)
    changed = POLICY.replace(LINES[40], "We keep nothing.")
    reload_behind_the_dialog(qtbot, window, path, changed)
    assert told(pane) == [], "a highlight goes with its words"
    write(window, "Mine!")
    assert told(pane) == [("", "Mine!")]


def test_a_note_that_is_changed_while_the_file_is_read_again_is_the_same_note(
    qtbot: QtBot, larch: tuple[MainWindow, Path]
) -> None:
    window, path = larch
    pane = window.findChild(ReadingPane)
    note(window, "order 40 of our lamps", "Mine!")
    QTest.mouseClick(link(notes_panel(window), "Change the note"), Qt.MouseButton.LeftButton)
    reload_behind_the_dialog(qtbot, window, path, POLICY.replace(LINES[3], "New. " + LINES[3]))
    write(window, "Mine still!")
    assert told(pane) == [("order 40 of our lamps", "Mine still!")]


def test_white_space_alone_is_nothing_to_note(window: MainWindow, pane: ReadingPane) -> None:
    text = pane.view.toPlainText()
    pane.view.go_to(text.index("\n"))
    pane.view.setFocus()
    QTest.keyClick(pane.view, Qt.Key.Key_Right, SHIFT)
    assert pane.view.selected_span is not None
    QTest.keyClick(window, Qt.Key.Key_M, CTRL)
    assert not [d for d in window.findChildren(NoteDialog) if d.isVisible()]
    assert message(window) == "Select words in the text first."
