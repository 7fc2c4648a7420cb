"""Several documents in one window: a tab each, with what belongs to it alone."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QAccessible, QColor, QDragEnterEvent, QDropEvent
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QTabBar
from pytestqt.qtbot import QtBot

from reader.gui.analysis_runner import MOST_AT_ONCE
from reader.gui.document_page import DocumentPage, PageState
from reader.gui.document_tabs import CloseButton, DocumentTabs
from reader.gui.documents import MOST_PAGES
from reader.gui.main_window import MainWindow
from reader.gui.message_bar import MessageBar
from reader.gui.password_dialog import PasswordDialog
from reader.gui.reading_pane import ReadingPane
from reader.gui.start_page import StartPage
from reader.gui.theme import load_theme
from tests.gui.test_find_bar import said

PATIENCE = 60_000
CONTROL, SHIFT = Qt.KeyboardModifier.ControlModifier, Qt.KeyboardModifier.ShiftModifier
LOCKED = Path(__file__).parent.parent / "corpus" / "pdf" / "locked.pdf"
Writes = Callable[[str], Path]


@pytest.fixture
def window(empty_window: MainWindow) -> MainWindow:
    """The window as it starts, without a document."""
    return empty_window


@pytest.fixture
def write(tmp_path: Path) -> Writes:
    """Writes a policy of a hundred paragraphs, each its own, under a name."""

    def policy(name: str) -> Path:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        lines = [
            f"We collect your name for order {number} of {name}. We share it with advertisers."
            for number in range(100)
        ]
        path.write_text(f"# Policy of {name}\n\n" + "\n\n".join(lines) + "\n")
        return path

    return policy


def tabs_of(window: MainWindow) -> DocumentTabs:
    found = window.findChild(DocumentTabs)
    assert isinstance(found, DocumentTabs)
    return found


def names(window: MainWindow) -> list[str]:
    tabs = tabs_of(window)
    return [tabs.tabText(index) for index in range(tabs.count())]


def message(window: MainWindow) -> str:
    return window.findChild(MessageBar).words


def front(window: MainWindow) -> str:
    assert window.page is not None
    return window.page.name


def open_all(qtbot: QtBot, window: MainWindow, *paths: Path) -> tuple[DocumentPage, ...]:
    """Open ``paths`` and wait until all that can be read are read."""
    window.open_files([str(path) for path in paths])
    all_read(qtbot, window)
    return window.pages


def all_read(qtbot: QtBot, window: MainWindow) -> None:
    done = (PageState.OPEN, PageState.LOCKED)
    qtbot.waitUntil(lambda: all(p.state in done for p in window.pages), timeout=PATIENCE)


def pane_of(page: DocumentPage) -> ReadingPane:
    assert page.pane is not None
    return page.pane


def shown_places(pane: ReadingPane) -> list[tuple[object, ...]]:
    """Return where the reader is and was: the line, what stands beside, the words in front."""
    trail = pane.trail
    return [
        (place.scrolled, place.beside, place.passage and place.passage.evidence)
        for place in (*trail.behind, trail.here, *trail.ahead)
    ]


def press(key: Qt.Key, keys: Qt.KeyboardModifier = Qt.KeyboardModifier.NoModifier) -> None:
    """Press a key where the keyboard is."""
    focused = QApplication.focusWidget()
    assert focused is not None
    QTest.keyClick(focused, key, keys)


def middle_of(tabs: QTabBar, index: int) -> QPoint:
    return tabs.tabRect(index).center()


# Opening


def test_dropped_files_open_in_a_tab_each_the_first_in_front(
    qtbot: QtBot, window: MainWindow, write: Writes
):
    paths = [write(name) for name in ("one.md", "two 你好.md", "three.md")]
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    place, copy = QPoint(20, 20), Qt.DropAction.CopyAction
    button, key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, copy, mime, button, key)
    QApplication.sendEvent(window, enter)
    assert enter.isAccepted()
    QApplication.sendEvent(window, QDropEvent(QPointF(place), copy, mime, button, key))
    all_read(qtbot, window)
    assert names(window) == ["one.md", "two 你好.md", "three.md"]
    assert front(window) == "one.md"
    for page, path in zip(window.pages, paths, strict=True):
        assert page.report is not None
        assert path.name in page.report.document.text


def test_one_document_shows_no_tab_and_a_second_one_does(
    qtbot: QtBot, window: MainWindow, write: Writes
):
    open_all(qtbot, window, write("one.md"))
    assert not tabs_of(window).isVisible()
    open_all(qtbot, window, write("two.md"))
    assert tabs_of(window).isVisible()
    assert front(window) == "two.md"


def test_a_file_that_is_open_is_shown_and_not_read_again(
    qtbot: QtBot, window: MainWindow, write: Writes, tmp_path: Path
):
    one, two = write("one.md"), write("two.md")
    open_all(qtbot, window, one, two)
    report = window.report
    link = tmp_path / "link.md"
    link.symlink_to(one)
    window.open_files([str(two)])
    assert front(window) == "two.md"
    for same in (one, tmp_path / "x" / ".." / "one.md", link):
        window.open_files([str(two)])
        window.open_files([str(same)])
        assert front(window) == "one.md"
        assert window.report is report
        assert len(window.pages) == 2


def test_pasted_words_that_are_open_are_shown_and_others_get_a_tab(
    qtbot: QtBot, window: MainWindow
):
    words = "We collect your name and we never sell it. " * 20
    window.open_text(words)
    all_read(qtbot, window)
    window.open_text(words)
    assert len(window.pages) == 1
    window.open_text(words + "We keep it for a year.")
    all_read(qtbot, window)
    assert len(window.pages) == 2


def test_of_several_files_those_that_cannot_be_read_are_named_and_the_others_open(
    qtbot: QtBot, window: MainWindow, write: Writes, tmp_path: Path
):
    empty, picture = tmp_path / "empty.txt", tmp_path / "scan.png"
    empty.touch()
    picture.write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    open_all(qtbot, window, write("one.md"), empty, tmp_path / "gone.md", picture, write("two.md"))
    assert names(window) == ["one.md", "two.md"]
    assert front(window) == "one.md"
    told = message(window)
    assert "3 files were not opened." in told
    for name in ("empty.txt", "gone.md", "scan.png"):
        assert f"“{name}”: " in told


def test_a_refused_file_leaves_the_reader_where_he_was(
    qtbot: QtBot, window: MainWindow, write: Writes, tmp_path: Path
):
    one, two = open_all(qtbot, window, write("one.md"), write("two.md"))
    tabs_of(window).choose(two)
    (tmp_path / "empty.txt").touch()
    window.open_files([str(tmp_path / "empty.txt")])
    qtbot.waitUntil(lambda: "was not opened" in message(window), timeout=PATIENCE)
    assert window.page is two
    assert window.pages == (one, two)
    press(Qt.Key.Key_Tab, CONTROL)
    assert message(window) == "", "the other document has nothing to tell"
    press(Qt.Key.Key_Tab, CONTROL)
    assert "was not opened" in message(window)


def test_no_more_files_are_read_at_once_than_the_memory_is_good_for(
    qtbot: QtBot, window: MainWindow, write: Writes
):
    most = 0

    def are_read() -> bool:
        nonlocal most
        reading = [page for page in window.pages if page.state is PageState.READING]
        most = max(most, len(reading))
        assert len(psutil.Process().children()) <= 2 * (MOST_AT_ONCE + 1)  # some just killed
        return all(page.state is PageState.OPEN for page in window.pages)

    window.open_files([str(write(f"{number}.md")) for number in range(6)])
    assert len(window.pages) == 6
    qtbot.waitUntil(are_read, timeout=PATIENCE)
    assert most == MOST_AT_ONCE


def test_past_the_limit_a_file_is_refused_in_words(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
):
    paths = [tmp_path / f"{number}.txt" for number in range(MOST_PAGES + 2)]
    for path in paths:
        path.write_text(f"We collect your name, number {path.stem}.")
    window.open_files([str(path) for path in paths])
    assert len(window.pages) == MOST_PAGES
    assert "2 files were not opened" in message(window)
    assert f"{MOST_PAGES} policies are open" in message(window)


# Choosing, closing, moving


def test_the_keys_go_from_tab_to_tab_and_round(qtbot: QtBot, window: MainWindow, write: Writes):
    open_all(qtbot, window, *(write(f"{number}.md") for number in range(3)))
    for key, keys, expected in (
        (Qt.Key.Key_Tab, CONTROL, "1.md"),
        (Qt.Key.Key_PageDown, CONTROL, "2.md"),
        (Qt.Key.Key_Tab, CONTROL, "0.md"),
        (Qt.Key.Key_PageUp, CONTROL, "2.md"),
        (Qt.Key.Key_Backtab, CONTROL | SHIFT, "1.md"),
    ):
        press(key, keys)
        assert front(window) == expected
        assert window.page is not None
        assert window.page.isVisible()
        assert pane_of(window.page).view.hasFocus()


def test_closing_goes_back_to_the_tab_before_and_at_last_to_the_start_page(
    qtbot: QtBot, window: MainWindow, write: Writes
):
    open_all(qtbot, window, *(write(f"{number}.md") for number in range(3)))
    tabs_of(window).choose(window.pages[2])
    tabs_of(window).choose(window.pages[1])
    press(Qt.Key.Key_W, CONTROL)
    assert front(window) == "2.md"
    press(Qt.Key.Key_W, CONTROL)
    assert front(window) == "0.md"
    assert window.findChild(StartPage).isHidden()
    press(Qt.Key.Key_W, CONTROL)
    assert window.report is None
    assert window.findChild(StartPage).isVisible()
    assert window.windowTitle() == "Policy Reader"
    assert window.isVisible()
    open_all(qtbot, window, write("again.md"))
    assert window.report is not None


def test_a_middle_click_closes_the_tab_under_it_alone(
    qtbot: QtBot, window: MainWindow, write: Writes
):
    open_all(qtbot, window, *(write(f"{number}.md") for number in range(3)))
    tabs, middle = tabs_of(window), Qt.MouseButton.MiddleButton
    QTest.mousePress(tabs, middle, pos=middle_of(tabs, 1))
    QTest.mouseRelease(tabs, middle, pos=middle_of(tabs, 2))
    assert len(window.pages) == 3, "it went up somewhere else"
    QTest.mouseClick(tabs, middle, pos=middle_of(tabs, 1))
    assert names(window) == ["0.md", "2.md"]
    assert front(window) == "0.md"


def test_the_cross_and_the_delete_key_close_a_tab(qtbot: QtBot, window: MainWindow, write: Writes):
    open_all(qtbot, window, *(write(f"{number}.md") for number in range(3)))
    tabs = tabs_of(window)
    cross = tabs.tabButton(1, QTabBar.ButtonPosition.RightSide)
    assert isinstance(cross, CloseButton)
    assert QAccessible.queryAccessibleInterface(cross).text(QAccessible.Text.Name)
    QTest.mouseClick(cross, Qt.MouseButton.LeftButton)
    assert names(window) == ["0.md", "2.md"]
    tabs.setFocus()
    press(Qt.Key.Key_Right)
    assert front(window) == "2.md"
    assert tabs.hasFocus(), "the arrows go on"
    press(Qt.Key.Key_Delete)
    assert names(window) == ["0.md"]


def test_the_menu_of_a_tab_closes_the_others(qtbot: QtBot, window: MainWindow, write: Writes):
    open_all(qtbot, window, *(write(f"{number}.md") for number in range(3)))
    tabs = tabs_of(window)
    tabs.make_menu(middle_of(tabs, 1)).actions()[1].trigger()
    assert names(window) == ["1.md"]
    assert front(window) == "1.md"


def test_a_tab_can_be_moved_by_mouse_and_by_key(qtbot: QtBot, window: MainWindow, write: Writes):
    open_all(qtbot, window, *(write(f"{number}.md") for number in range(3)))
    tabs, left = tabs_of(window), Qt.MouseButton.LeftButton
    start, end = middle_of(tabs, 0), middle_of(tabs, 2)
    QTest.mousePress(tabs, left, pos=start)
    for step in range(1, 9):
        QTest.mouseMove(tabs, start + (end - start) * step / 8)
    QTest.mouseRelease(tabs, left, pos=end)
    assert names(window) == ["1.md", "2.md", "0.md"]
    assert [page.name for page in window.pages] == ["1.md", "2.md", "0.md"]
    assert front(window) == "0.md"
    pane_of(window.pages[2]).view.setFocus()
    press(Qt.Key.Key_PageUp, CONTROL | SHIFT)
    assert names(window) == ["1.md", "0.md", "2.md"]
    press(Qt.Key.Key_W, CONTROL)
    assert names(window) == ["1.md", "2.md"], "what is closed is what is shown"


# What a tab keeps


def test_each_tab_keeps_its_place_its_details_and_its_way_back(
    qtbot: QtBot, window: MainWindow, write: Writes
):
    one, two = open_all(qtbot, window, write("one.md"), write("two.md"))
    pane = pane_of(one)
    pane.choose_topic("share")
    pane.view.go_to(len(one.report.document.text) // 2)
    place = pane.view.reading_place
    assert place > 0
    press(Qt.Key.Key_Tab, CONTROL)
    assert window.page is two
    assert pane_of(two).view.reading_place == 0
    assert not pane_of(two).can_go_back
    press(Qt.Key.Key_Tab, CONTROL)
    assert pane.view.reading_place == place
    assert pane.can_go_back
    press(Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert pane.trail.here.beside.topic is None


def test_tabs_out_of_sight_give_their_widgets_back_and_come_back_as_they_were(
    qtbot: QtBot, window: MainWindow, write: Writes
):
    (first,) = open_all(qtbot, window, write("first.md"))
    assert first.report is not None
    key = first.report.disclosures[0].key
    pane_of(first).dismiss(key)
    pane_of(first).go_to_finding(1)
    pane_of(first).go_to_finding(1)
    pane_of(first).view.go_to(len(first.report.document.text) // 2)
    before = shown_places(pane_of(first))
    assert len(before) > 3
    open_all(qtbot, window, *(write(f"{number}.md") for number in range(6)))
    for page in window.pages:
        tabs_of(window).choose(page)
    assert first.pane is None
    assert sum(page.pane is not None for page in window.pages) == 6
    tabs_of(window).choose(first)
    assert shown_places(pane_of(first)) == before
    assert pane_of(first).dismissed == {key}
    assert pane_of(first).view.current_passage in pane_of(first).view.passages
    assert message(window) == ""


def test_a_tab_that_slept_goes_on_with_its_search_and_its_filter(
    qtbot: QtBot, window: MainWindow, write: Writes
):
    one, two = open_all(qtbot, window, write("one.md"), write("two.md"))
    pane = pane_of(one)
    pane.open_search()
    pane.find_bar.open_search(0, "We Share")
    pane.find_bar.go_on()
    pane.change_layers(replace(pane.layers, topics=frozenset({"share"})))
    pane.view.go_to(len(one.report.document.text) // 2)
    place, told = pane.view.reading_place, said(pane.find_bar)
    assert told == "2 of 100"
    press(Qt.Key.Key_Tab, CONTROL)
    one.sleep()
    tabs_of(window).choose(one)
    again = pane_of(one)
    assert again is not pane
    assert (again.find_bar.isVisible(), said(again.find_bar)) == (True, told)
    assert again.view.reading_place == place
    assert again.layers.topics == {"share"}
    press(Qt.Key.Key_F3)
    assert said(again.find_bar) == "3 of 100"
    press(Qt.Key.Key_Tab, CONTROL)
    assert not pane_of(two).find_bar.isVisible()


def test_a_file_that_is_read_behind_another_has_no_widgets_until_it_is_looked_at(
    qtbot: QtBot, window: MainWindow, write: Writes
):
    _, two = open_all(qtbot, window, write("one.md"), write("two.md"))
    assert two.report is not None
    assert two.pane is None
    press(Qt.Key.Key_Tab, CONTROL)
    assert pane_of(two).view.toPlainText() == two.report.document.text


def test_a_change_on_disk_is_told_on_its_tab_and_nowhere_else(
    qtbot: QtBot, window: MainWindow, write: Writes
):
    path = write("two.md")
    one, two = open_all(qtbot, window, write("one.md"), path)
    path.write_text(path.read_text() + "\n\nWe sell your data to brokers.\n")
    qtbot.waitUntil(lambda: two.is_changed_on_disk, timeout=PATIENCE)
    assert window.page is one
    assert message(window) == ""
    tabs = tabs_of(window)
    assert tabs.accessibleTabName(1) == "two.md, has changed on disk"
    assert not tabs.tabIcon(1).isNull()
    assert tabs.tabIcon(0).isNull()
    press(Qt.Key.Key_Tab, CONTROL)
    assert "has changed on disk" in message(window)
    press(Qt.Key.Key_F5)
    qtbot.waitUntil(lambda: "was read again" in message(window), timeout=PATIENCE)
    assert tabs.tabIcon(1).isNull()


def test_a_locked_file_behind_another_asks_when_it_is_looked_at(
    qtbot: QtBot, window: MainWindow, write: Writes
):
    _, locked = open_all(qtbot, window, write("one.md"), LOCKED)
    assert locked.state is PageState.LOCKED
    assert not window.findChildren(PasswordDialog)
    assert tabs_of(window).accessibleTabName(1) == "locked.pdf, needs a password"
    press(Qt.Key.Key_Tab, CONTROL)
    qtbot.waitUntil(lambda: bool(window.findChildren(PasswordDialog)))
    (dialog,) = window.findChildren(PasswordDialog)
    dialog.setTextValue("lantern")
    dialog.accept()
    qtbot.waitUntil(lambda: window.report is not None, timeout=PATIENCE)
    assert front(window) == "locked.pdf"


def test_closing_a_tab_that_is_read_ends_its_worker(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
):
    path = tmp_path / "long.txt"
    path.write_text("We collect your name and never sell it to anyone at all. " * 20_000)
    window.open_files([str(path)])
    (page,) = window.pages
    qtbot.waitUntil(lambda: page.state is PageState.READING)
    workers = psutil.Process().children(recursive=True)
    window.close_document()
    assert window.findChild(StartPage).isVisible()
    # Of those that ran, the one that waits for the next file may stay.
    qtbot.waitUntil(
        lambda: sum(worker.is_running() for worker in workers) < len(workers), timeout=2_000
    )


def test_files_of_the_same_name_are_told_apart_by_their_folders(
    qtbot: QtBot, window: MainWindow, write: Writes
):
    open_all(qtbot, window, write("a & b/policy.md"), write("c/policy.md"), write("other.md"))
    tabs = tabs_of(window)
    assert names(window) == ["policy.md (a && b)", "policy.md (c)", "other.md"]
    assert tabs.accessibleTabName(0) == "policy.md (a & b)"
    face = QAccessible.queryAccessibleInterface(tabs)
    assert face.text(QAccessible.Text.Name) == "policy.md (a & b)", "the tab in front"
    tabs_of(window).choose(window.pages[1])
    window.close_document()
    assert names(window) == ["policy.md", "other.md"]


def test_sizes_and_hidden_panes_hold_for_all_tabs(qtbot: QtBot, window: MainWindow, write: Writes):
    one, two = open_all(qtbot, window, write("one.md"), write("two.md"))
    press(Qt.Key.Key_F9)
    assert not pane_of(one).outline.isVisible()
    handle = pane_of(one).handle(2)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(2, 90))
    QTest.mouseMove(handle, QPoint(-38, 90))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(-38, 90))
    side = pane_of(one).sizes()[2]
    press(Qt.Key.Key_Tab, CONTROL)
    assert not pane_of(two).outline.isVisible()
    assert pane_of(two).sizes()[2] == pytest.approx(side, abs=2)


def test_a_choice_made_on_one_tab_holds_on_all(qtbot: QtBot, window: MainWindow, write: Writes):
    one, two = open_all(qtbot, window, write("one.md"), write("two.md"))
    size = pane_of(one).view.document().defaultFont().pointSizeF()
    press(Qt.Key.Key_Plus, CONTROL)
    press(Qt.Key.Key_Tab, CONTROL)
    assert pane_of(two).view.document().defaultFont().pointSizeF() == pytest.approx(1.1 * size)
    press(Qt.Key.Key_0, CONTROL)
    press(Qt.Key.Key_Tab, CONTROL)
    assert pane_of(one).view.document().defaultFont().pointSizeF() == pytest.approx(size)


def test_forgetting_takes_back_what_was_dismissed_on_every_tab(
    qtbot: QtBot, window: MainWindow, write: Writes
):
    pages = open_all(qtbot, window, write("one.md"), write("two.md"))
    for page in pages:
        tabs_of(window).choose(page)
        assert page.report is not None
        pane_of(page).dismiss(page.report.disclosures[0].key)
    pages[0].sleep()
    window.forget_everything()
    for page in pages:
        tabs_of(window).choose(page)
        assert not pane_of(page).can_undo


def test_the_tab_in_front_shows_that_the_keyboard_is_there(
    qtbot: QtBot, window: MainWindow, write: Writes
):
    open_all(qtbot, window, write("one.md"), write("two.md"))
    tabs = tabs_of(window)
    window.activateWindow()
    tabs.setFocus()
    qtbot.waitUntil(tabs.hasFocus)
    picture, place = tabs.grab().toImage(), tabs.tabRect(0)
    row = {
        QColor(picture.pixel(x, place.center().y())).name()
        for x in range(place.left(), place.left() + 10)
    }
    assert load_theme("light").focus.name() in row
