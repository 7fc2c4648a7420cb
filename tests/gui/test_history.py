"""What comes back in the next session, and how all of it is forgotten."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAction
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QMenu, QMessageBox, QPushButton
from pytestqt.qtbot import QtBot

from reader.gui.app import make_application
from reader.gui.main_window import MainWindow
from reader.gui.message_bar import MessageBar
from reader.gui.reading_pane import ReadingPane
from reader.gui.start_page import StartPage
from reader.gui.text_widgets import LineButton
from reader.library import FILE_NAME, Library
from reader.paths import settings_dir, state_dir
from reader.settings import FILE_NAME as SETTINGS_NAME
from reader.settings import read_settings
from tests.make_report import make_report

PATIENCE = 60_000
POLICY = "# Privacy policy of Larch\n\n" + "\n\n".join(
    f"We collect your name and your address for order {number}. We share them with advertisers."
    for number in range(120)
)
Opens = Callable[[], MainWindow]


@pytest.fixture
def start(qtbot: QtBot) -> Iterator[Opens]:
    """Opens a window as a new session would, with the choices that are stored."""
    make_application()
    windows: list[MainWindow] = []

    def open_window() -> MainWindow:
        window = MainWindow(read_settings())
        qtbot.addWidget(window)
        with qtbot.waitExposed(window):
            window.show()
        windows.append(window)
        return window

    yield open_window
    for window in windows:
        window.close()


@pytest.fixture
def policy(tmp_path: Path) -> Path:
    path = tmp_path / "Larch & sons.md"
    path.write_text(POLICY)
    return path


def read(qtbot: QtBot, window: MainWindow, path: Path) -> ReadingPane:
    window.open_files([str(path)])
    qtbot.waitUntil(lambda: window.report is not None, timeout=PATIENCE)
    pane = window.findChild(ReadingPane)
    assert isinstance(pane, ReadingPane)
    qtbot.waitUntil(lambda: pane.view.verticalScrollBar().maximum() > 0)
    return pane


@pytest.fixture
def other_policy(tmp_path: Path) -> Path:
    path = tmp_path / "Fir.md"
    path.write_text("# Privacy policy of Fir\n\nWe collect your name, and we keep it for a year.\n")
    return path


def open_beside(qtbot: QtBot, window: MainWindow, path: Path) -> None:
    """Open a policy in a tab in front of those that are open."""
    window.open_files([str(path)])
    page = window.page
    assert page is not None
    qtbot.waitUntil(lambda: page.report is not None, timeout=PATIENCE)


def recent_menu(window: MainWindow) -> QMenu:
    menus = window.findChildren(QMenu)
    return next(menu for menu in menus if "Recent" in menu.title())


def action(window: MainWindow, words: str) -> QAction:
    return next(each for each in window.actions() if each.text().replace("&", "") == words)


def message(window: MainWindow) -> str:
    return window.findChild(MessageBar).words


def test_the_same_file_opens_where_it_was_left(qtbot: QtBot, start: Opens, policy: Path):
    first = start()
    first.resize(780, 640)  # the offscreen screen is 800 pixels wide
    pane = read(qtbot, first, policy)
    pane.view.go_to(len(POLICY) // 2)
    left = pane.view.reading_place
    assert left > 0
    first.close()
    copy = policy.with_name("renamed copy.md")
    policy.rename(copy)
    assert read(qtbot, start(), copy).view.reading_place == left


def test_a_changed_file_opens_at_its_beginning(qtbot: QtBot, start: Opens, policy: Path):
    first = start()
    read(qtbot, first, policy).view.go_to(len(POLICY) // 2)
    first.close()
    policy.write_text(POLICY + "\n\nWe changed this.\n")
    assert read(qtbot, start(), policy).view.reading_place == 0


def test_recent_files_stand_in_menu_and_start_page_and_open(
    qtbot: QtBot, start: Opens, policy: Path
):
    first = start()
    assert not recent_menu(first).isEnabled()
    read(qtbot, first, policy)
    first.close()
    second = start()
    (entry,) = recent_menu(second).actions()
    assert entry.text() == "&1 Larch && sons.md"
    page = second.findChild(StartPage)
    (button,) = (b for b in page.findChildren(LineButton) if b.isVisible())
    assert button.accessibleName() == "Larch & sons.md"
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: second.report is not None, timeout=PATIENCE)
    second.close()
    third = start()
    recent_menu(third).actions()[0].trigger()
    qtbot.waitUntil(lambda: third.report is not None, timeout=PATIENCE)


def test_a_recent_file_that_is_gone_is_refused_in_words(qtbot: QtBot, start: Opens, policy: Path):
    first = start()
    read(qtbot, first, policy)
    first.close()
    policy.unlink()
    second = start()
    recent_menu(second).actions()[0].trigger()
    assert "was not opened" in message(second)


def test_pane_sizes_and_the_window_come_back(qtbot: QtBot, start: Opens):
    first = start()
    first.show_report(make_report())
    first.resize(780, 640)  # the offscreen screen is 800 pixels wide
    pane = first.findChild(ReadingPane)
    qtbot.waitUntil(lambda: pane.width() == 780)
    handle = pane.handle(1)
    QTest.mousePress(handle, Qt.MouseButton.LeftButton, pos=QPoint(2, 90))
    QTest.mouseMove(handle, QPoint(26, 90))
    QTest.mouseRelease(handle, Qt.MouseButton.LeftButton, pos=QPoint(26, 90))
    sizes = pane.sizes()
    first.close()
    second = start()
    assert (second.width(), second.height()) == (780, 640)
    second.show_report(make_report())
    assert second.findChild(ReadingPane).sizes() == pytest.approx(sizes, abs=2)


def test_forgetting_asks_first_and_cancel_keeps_everything(
    qtbot: QtBot, start: Opens, policy: Path
):
    window = start()
    read(qtbot, window, policy)
    action(window, "Forget everything …").trigger()
    box = window.findChild(QMessageBox)
    assert box.defaultButton() is box.button(QMessageBox.StandardButton.Cancel)
    QTest.keyClick(box, Qt.Key.Key_Escape)
    assert recent_menu(window).actions()


def test_files_of_the_same_name_are_told_apart(qtbot: QtBot, start: Opens, tmp_path: Path):
    window = start()
    for folder in ("a", "b & c"):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "policy.md").write_text(f"{POLICY}\n\nOf {folder}.\n")
        window.open_files([str(tmp_path / folder / "policy.md")])
    qtbot.waitUntil(lambda: len(recent_menu(window).actions()) == 2, timeout=PATIENCE)
    told = [each.text() for each in recent_menu(window).actions()]
    assert sorted(told) in (
        ["&1 policy.md (a)", "&2 policy.md (b && c)"],
        ["&1 policy.md (b && c)", "&2 policy.md (a)"],
    )


def test_without_history_forgetting_tells_of_what_was_kept_before(
    qtbot: QtBot, start: Opens, policy: Path
):
    window = start()
    read(qtbot, window, policy)
    action(window, "Keep history").trigger()
    action(window, "Forget everything …").trigger()
    question = window.findChild(QMessageBox)
    assert "kept before history was switched off" in question.informativeText()
    (forget,) = (b for b in question.findChildren(QPushButton) if "Forget" in b.text())
    QTest.mouseClick(forget, Qt.MouseButton.LeftButton)
    assert not list(state_dir().glob(f"{FILE_NAME}*"))


def test_forgetting_leaves_nothing_of_what_was_read(qtbot: QtBot, start: Opens, policy: Path):
    window = start()
    pane = read(qtbot, window, policy)
    assert window.report is not None
    pane.dismiss(window.report.disclosures[0].key)
    pane.view.go_to(len(POLICY) // 2)
    action(window, "Forget everything …").trigger()
    box = window.findChild(QMessageBox)
    (forget,) = (b for b in box.findChildren(QPushButton) if "Forget" in b.text())
    QTest.mouseClick(forget, Qt.MouseButton.LeftButton)
    assert message(window) == "Everything has been forgotten."
    assert not recent_menu(window).isEnabled()
    assert not pane.can_undo, "what was dismissed in the open policy is forgotten too"
    window.close()
    stored = b"".join(path.read_bytes() for path in state_dir().rglob("*") if path.is_file())
    assert b"Larch" not in stored
    assert read(qtbot, start(), policy).view.reading_place == 0


def test_what_is_dismissed_after_forgetting_is_remembered_like_any_other(
    qtbot: QtBot, start: Opens, policy: Path, other_policy: Path
):
    window = start()
    pane = read(qtbot, window, policy)
    action(window, "Forget everything …").trigger()
    box = window.findChild(QMessageBox)
    (forget,) = (b for b in box.findChildren(QPushButton) if "Forget" in b.text())
    QTest.mouseClick(forget, Qt.MouseButton.LeftButton)
    assert window.report is not None
    key = window.report.disclosures[0].key
    pane.dismiss(key)
    open_beside(qtbot, window, other_policy)
    window.close()
    again = start()
    assert key in read(qtbot, again, policy).dismissed


def test_history_switched_on_remembers_what_is_open(
    qtbot: QtBot, start: Opens, policy: Path, other_policy: Path
):
    window = start()
    window.resize(780, 640)
    action(window, "Keep history").trigger()
    pane = read(qtbot, window, policy)
    assert window.report is not None
    key = window.report.disclosures[0].key
    pane.dismiss(key)
    pane.view.go_to(len(POLICY) // 2)
    action(window, "Keep history").trigger()
    assert [each.text() for each in recent_menu(window).actions()] == ["&1 Larch && sons.md"]
    open_beside(qtbot, window, other_policy)
    left = pane.view.reading_place
    window.close()
    again = read(qtbot, start(), policy)
    assert key in again.dismissed
    assert again.view.reading_place == left > 0


def test_without_history_nothing_is_kept(qtbot: QtBot, start: Opens, policy: Path):
    window = start()
    action(window, "Keep history").trigger()
    assert not read_settings().keep_history
    assert "nothing is remembered" in message(window)
    read(qtbot, window, policy)
    window.close()
    again = start()
    assert not action(again, "Keep history").isChecked()
    assert not recent_menu(again).isEnabled()
    library = Library()
    assert library.recent() == ()
    library.close()


def test_a_damaged_history_is_named_and_the_session_goes_on(
    qtbot: QtBot, start: Opens, policy: Path
):
    state_dir().mkdir(parents=True, exist_ok=True)
    (state_dir() / FILE_NAME).write_bytes(b"not a database" * 500)
    window = start()
    assert f"{FILE_NAME}.damaged" in message(window)
    read(qtbot, window, policy)
    assert recent_menu(window).isEnabled()


def test_a_history_that_cannot_be_opened_is_told_in_words_of_its_own(
    qtbot: QtBot, start: Opens, policy: Path
):
    (state_dir() / FILE_NAME).mkdir(parents=True)
    window = start()
    assert "could not be opened" in message(window)
    pane = read(qtbot, window, policy)
    pane.view.selectAll()
    pane.highlight()
    assert message(window).startswith("History cannot be opened")
    action(window, "Forget everything …").trigger()
    assert "in earlier sessions" in window.findChild(QMessageBox).informativeText()


def test_settings_of_before_there_was_a_history_keep_one(qtbot: QtBot, start: Opens, policy: Path):
    settings_dir().mkdir(parents=True, exist_ok=True)
    (settings_dir() / SETTINGS_NAME).write_text('theme = "dark"\n')
    window = start()
    assert window.settings.theme == "dark"
    assert action(window, "Keep history").isChecked()
    read(qtbot, window, policy)
    window.close()
    assert recent_menu(start()).isEnabled()
