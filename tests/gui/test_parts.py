"""Files of one policy in the window: offered when they come together, added, reloaded, parted."""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, Qt, QUrl
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QDialogButtonBox, QFileDialog, QLineEdit, QPushButton
from pytestqt.qtbot import QtBot

from reader.earlier_files import EarlierFiles
from reader.gui.actions import Actions
from reader.gui.comparison_window import ComparisonWindow
from reader.gui.detail_panel import QuoteButton
from reader.gui.main_window import MainWindow
from reader.gui.message_bar import MessageBar
from reader.gui.outline import Outline
from reader.gui.parts_desk import PartsDesk
from reader.gui.reading_pane import ReadingPane
from reader.gui.text_widgets import FittedLabel
from reader.library import Library
from tests.gui.test_main_window import answer, asked_for_password, drop
from tests.gui.test_notes import select
from tests.make_parts import CALIFORNIA, write_parts

TIMEOUT = 60_000
AS_ONE = "files are now read as one policy."
LOCKED = Path(__file__).parent.parent / "corpus" / "pdf" / "locked.pdf"


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """The files of one policy, the main text first."""
    return write_parts(tmp_path)


def drop_files(window: MainWindow, *paths: str) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    drop(window, mime)


def bar_of(window: MainWindow) -> MessageBar:
    bar = window.findChild(MessageBar)
    assert isinstance(bar, MessageBar)
    return bar


def told(qtbot: QtBot, window: MainWindow, words: str) -> str:
    qtbot.waitUntil(lambda: words in bar_of(window).words, timeout=TIMEOUT)
    return bar_of(window).words


def press(window: MainWindow, words: str) -> None:
    (button,) = (
        each
        for each in bar_of(window).findChildren(QPushButton)
        if each.isVisible() and each.text() == words
    )
    QTest.mouseClick(button, Qt.MouseButton.LeftButton)


def desk_of(window: MainWindow) -> PartsDesk:
    desk = window.findChild(PartsDesk)
    assert isinstance(desk, PartsDesk)
    return desk


def open_one(qtbot: QtBot, window: MainWindow, path: str) -> ReadingPane:
    window.open_files([path])
    qtbot.waitUntil(lambda: window.report is not None, timeout=TIMEOUT)
    pane = window.page.pane if window.page else None
    assert pane is not None
    return pane


def open_as_one(qtbot: QtBot, window: MainWindow, files: list[str]) -> None:
    desk_of(window).files_wanted.emit(files)
    told(qtbot, window, AS_ONE)


def names(window: MainWindow) -> list[str]:
    return [page.name for page in window.pages]


def part_names(window: MainWindow) -> list[str]:
    assert window.report is not None
    return [Path(part.source.name).name for part in window.report.document.parts]


def answer_with(qtbot: QtBot, window: MainWindow, action: str, *paths: str) -> None:
    """Type the names of ``paths`` where ``action`` asks for files, in the folder where they lie."""
    actions = window.findChild(Actions)
    assert isinstance(actions, Actions)
    getattr(actions, action).trigger()
    qtbot.waitUntil(lambda: bool(window.findChildren(QFileDialog)))
    (dialog,) = window.findChildren(QFileDialog)
    dialog.setDirectory(str(Path(paths[0]).parent))  # it begins where the last one ended
    field = dialog.findChild(QLineEdit)
    assert isinstance(field, QLineEdit)
    qtbot.waitUntil(dialog.isActiveWindow)
    qtbot.waitUntil(field.hasFocus)
    qtbot.keyClicks(field, " ".join(f'"{Path(path).name}"' for path in paths))
    box = dialog.findChild(QDialogButtonBox)
    assert isinstance(box, QDialogButtonBox)
    qtbot.mouseClick(box.button(QDialogButtonBox.StandardButton.Open), Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.findChildren(QFileDialog))


# --- coming together ------------------------------------------------------------------------------


def test_files_that_come_together_are_offered_to_be_read_as_one(
    qtbot: QtBot, empty_window: MainWindow, files: list[str]
):
    main, cookies, california = files
    drop_files(empty_window, california, cookies, main)
    told(qtbot, empty_window, "3 files were opened together.")
    assert names(empty_window) == ["california.txt", "cookies.html", "policy.docx"]

    press(empty_window, "Read as one policy")
    words = told(qtbot, empty_window, AS_ONE)

    assert names(empty_window) == ["policy.docx and 2 more"], "the tabs of the parts are gone"
    # The longest is the main text, whatever the order in which a file manager drops them.
    assert part_names(empty_window) == ["policy.docx", "california.txt", "cookies.html"]
    assert "New: " in words
    assert "Emberglass Lanterns: Privacy Policy" in empty_window.windowTitle()
    shown = [label.accessibleName() for label in empty_window.findChildren(FittedLabel)]
    assert any(each.startswith("policy.docx, california.txt and cookies.html. ") for each in shown)


def test_two_files_are_offered_both_to_be_compared_and_to_be_one(
    qtbot: QtBot, empty_window: MainWindow, files: list[str]
):
    drop_files(empty_window, *files[:2])
    told(qtbot, empty_window, "opened together")
    press(empty_window, "Read as one policy")
    told(qtbot, empty_window, AS_ONE)
    assert part_names(empty_window) == ["policy.docx", "cookies.html"]
    assert empty_window.findChildren(ComparisonWindow) == []


def test_an_offer_that_was_closed_does_not_come_back(
    qtbot: QtBot, empty_window: MainWindow, files: list[str], tmp_path: Path
):
    drop_files(empty_window, *files)
    told(qtbot, empty_window, "opened together")
    press_close = bar_of(empty_window).dismissed
    press_close.emit()
    other = tmp_path / "other.txt"
    other.write_text("We keep lamps.")
    empty_window.open_files([str(other)])
    qtbot.waitUntil(
        lambda: len(names(empty_window)) == 4 and all(page.report for page in empty_window.pages),
        timeout=TIMEOUT,
    )
    assert bar_of(empty_window).words == ""


def test_parts_that_are_chosen_together_are_read_as_one_without_another_question(
    qtbot: QtBot, empty_window: MainWindow, files: list[str]
):
    open_as_one(qtbot, empty_window, files)
    assert names(empty_window) == ["policy.docx and 2 more"]


def test_a_part_that_cannot_be_read_is_named_and_the_others_stay_open(
    qtbot: QtBot, empty_window: MainWindow, files: list[str], tmp_path: Path
):
    empty = tmp_path / "texas.txt"
    empty.touch()
    desk_of(empty_window).files_wanted.emit([*files, str(empty)])
    told(qtbot, empty_window, "“texas.txt” was not opened. This file is empty.")
    qtbot.waitUntil(lambda: all(page.report for page in empty_window.pages), timeout=TIMEOUT)
    assert sorted(names(empty_window)) == ["california.txt", "cookies.html", "policy.docx"]


# --- adding ---------------------------------------------------------------------------------------


def test_a_file_is_added_to_what_is_open_and_notes_dismissals_and_place_stay(
    qtbot: QtBot, empty_window: MainWindow, files: list[str]
):
    main, cookies, _ = files
    note_words = "You can refuse cookies"
    other = open_one(qtbot, empty_window, cookies)
    select(other.view, note_words)
    other.highlight()
    pane = open_one(qtbot, empty_window, main)
    qtbot.waitUntil(lambda: empty_window.report is not None, timeout=TIMEOUT)
    assert empty_window.report is not None
    pane.dismiss("sell.sells:denied")
    pane.view.go_to(empty_window.report.document.text.index("6. Your rights"))
    place = pane.view.reading_place

    desk_of(empty_window).add_files([cookies])
    told(qtbot, empty_window, "2 " + AS_ONE)

    assert names(empty_window) == ["policy.docx and 1 more"], "its own tab is closed"
    pane = empty_window.page.pane if empty_window.page else None  # type: ignore[assignment]
    assert pane.dismissed == {"sell.sells:denied"}
    assert abs(pane.view.reading_place - place) < 200
    (mark,) = pane.annotations
    assert mark.span is not None
    assert mark.span.of(empty_window.report.document.text) == note_words


def test_what_cannot_be_added_is_named_and_what_is_open_stays(
    qtbot: QtBot, empty_window: MainWindow, files: list[str], tmp_path: Path
):
    main, cookies, _ = files
    open_one(qtbot, empty_window, main)
    before = empty_window.report
    broken = tmp_path / "broken.docx"
    broken.write_bytes(Path(main).read_bytes()[:4000])
    copy = tmp_path / "copy.docx"
    copy.write_bytes(Path(main).read_bytes())
    for path, words in (
        (broken, "“broken.docx” was not opened. This file is damaged"),
        (copy, "“copy.docx” was not opened. It holds the same as “policy.docx”"),
        (tmp_path / "none.txt", "“none.txt” was not opened. There is no file"),
    ):
        desk_of(empty_window).add_files([cookies, str(path)])
        told(qtbot, empty_window, words)
        assert empty_window.report == before
        assert names(empty_window) == ["policy.docx"]
    many = [str(tmp_path / f"{number}.txt") for number in range(12)]
    desk_of(empty_window).add_files(many)
    told(qtbot, empty_window, "not read as one policy. These are 13 files")


# The file dialog offers names while one is typed; offscreen no popup is raised or grabs the keys.
@pytest.mark.qt_log_ignore("does not support (raise|grabbing the keyboard)", extend=True)
def test_the_menu_asks_for_the_parts_of_a_policy_and_for_more_of_them(
    qtbot: QtBot, empty_window: MainWindow, files: list[str]
):
    main, cookies, california = files
    answer_with(qtbot, empty_window, "parts", main, cookies)
    told(qtbot, empty_window, "2 files are now read as one policy.")
    answer_with(qtbot, empty_window, "add_part", california)
    told(qtbot, empty_window, "3 files are now read as one policy.")
    assert part_names(empty_window) == ["policy.docx", "cookies.html", "california.txt"]


def test_only_what_lies_on_the_disk_can_have_more_files(
    qtbot: QtBot, empty_window: MainWindow, files: list[str]
):
    actions = empty_window.findChild(Actions)
    assert isinstance(actions, Actions)
    assert not actions.add_part.isEnabled()
    empty_window.open_text("We keep your data for a year. " * 30)
    qtbot.waitUntil(lambda: empty_window.report is not None, timeout=TIMEOUT)
    assert not actions.add_part.isEnabled()
    open_one(qtbot, empty_window, files[1])
    assert actions.add_part.isEnabled()


def test_a_locked_file_asks_for_its_password_and_is_added(
    qtbot: QtBot, empty_window: MainWindow, files: list[str]
):
    open_one(qtbot, empty_window, files[0])
    desk_of(empty_window).add_files([str(LOCKED)])
    answer(qtbot, asked_for_password(qtbot, empty_window, "“locked.pdf” needs"), "wrong")
    answer(qtbot, asked_for_password(qtbot, empty_window, "Try again"), "lantern")
    told(qtbot, empty_window, AS_ONE)
    assert part_names(empty_window) == ["policy.docx", "locked.pdf"]


def test_of_parts_that_are_chosen_together_a_locked_one_asks_once(
    qtbot: QtBot, empty_window: MainWindow, files: list[str]
):
    desk_of(empty_window).files_wanted.emit([files[0], str(LOCKED)])
    answer(qtbot, asked_for_password(qtbot, empty_window, "“locked.pdf” needs"), "lantern")
    told(qtbot, empty_window, AS_ONE)
    assert part_names(empty_window) == ["policy.docx", "locked.pdf"]
    assert len(empty_window.pages) == 1


# --- afterwards -----------------------------------------------------------------------------------


def test_quotes_name_their_file_beside_the_text(
    qtbot: QtBot, empty_window: MainWindow, files: list[str]
):
    open_as_one(qtbot, empty_window, files)
    pane = empty_window.findChild(ReadingPane)
    assert isinstance(pane, ReadingPane)
    pane.choose_topic("sell")
    places = [each.accessibleName() for each in pane.findChildren(QuoteButton) if each.isVisible()]
    assert any(place.startswith("Addendum for California · california.txt") for place in places)
    assert any(place.startswith("3. Who receives it · policy.docx") for place in places)


def test_recent_files_open_all_files_of_the_policy(
    qtbot: QtBot, empty_window: MainWindow, files: list[str]
):
    open_as_one(qtbot, empty_window, files)
    empty_window.close_document()
    actions = empty_window.findChild(Actions)
    assert isinstance(actions, Actions)
    entry = actions.recent.actions()[0]
    assert "policy.docx and 2 more" in entry.text()
    assert all(path in entry.toolTip() for path in files)
    entry.trigger()
    qtbot.waitUntil(lambda: empty_window.report is not None, timeout=TIMEOUT)
    assert part_names(empty_window) == ["policy.docx", "california.txt", "cookies.html"]
    entry = actions.recent.actions()[0]
    entry.trigger()
    assert len(empty_window.pages) == 1, "it is open already"


def test_a_change_of_any_file_is_told_and_reloading_reads_all(
    qtbot: QtBot, empty_window: MainWindow, files: list[str]
):
    open_as_one(qtbot, empty_window, files)
    california = Path(files[2])
    california.write_bytes(CALIFORNIA + b"\nWe record your voice when you call us.\n")
    told(qtbot, empty_window, "“california.txt” has changed on disk.")
    QTest.keyClick(empty_window, Qt.Key.Key_F5)
    told(qtbot, empty_window, "“policy.docx and 2 more” was read again.")
    assert empty_window.report is not None
    assert "record your voice" in empty_window.report.document.text
    assert len(part_names(empty_window)) == 3


def test_the_files_can_be_opened_one_by_one_again(
    qtbot: QtBot, empty_window: MainWindow, files: list[str]
):
    open_as_one(qtbot, empty_window, files)
    press(empty_window, "Open separately")
    qtbot.waitUntil(
        lambda: len(names(empty_window)) == 3 and all(page.report for page in empty_window.pages),
        timeout=TIMEOUT,
    )
    assert names(empty_window) == ["policy.docx", "california.txt", "cookies.html"]


def test_a_policy_that_was_read_as_one_before_has_its_notes_when_it_is_one_again(
    qtbot: QtBot, empty_window: MainWindow, files: list[str]
):
    open_as_one(qtbot, empty_window, files)
    pane = empty_window.page.pane if empty_window.page else None
    assert pane is not None
    select(pane.view, "We collect what an order needs")
    pane.highlight()
    empty_window.close_document()
    open_as_one(qtbot, empty_window, files[::-1])
    pane = empty_window.page.pane if empty_window.page else None
    assert pane is not None
    assert len(pane.annotations) == 1
    assert pane.annotations[0].span is not None


def test_no_file_of_the_policy_is_written_over(
    qtbot: QtBot, empty_window: MainWindow, files: list[str]
):
    open_as_one(qtbot, empty_window, files)
    before = [Path(path).read_bytes() for path in files]
    for path in files:
        empty_window.save_finding_report(path)
        told(qtbot, empty_window, "That file is open here and was not overwritten.")
    assert [Path(path).read_bytes() for path in files] == before


def test_what_changed_since_the_last_reading_is_shown_where_texts_are_kept(
    qtbot: QtBot, keeping: MainWindow, files: list[str]
):
    open_as_one(qtbot, keeping, files)
    place = keeping.page.place if keeping.page else ""
    keeping.close_document()
    Path(files[2]).write_bytes(CALIFORNIA.replace(b"We sell", b"We never sell"))
    with closing(Library()) as library:
        (entry,) = (each for each in library.recent() if each.path == place)
    keeping.findChild(Actions).recent.actions()[0].trigger()
    told(qtbot, keeping, "has changed since you read it")
    assert entry.name == "policy.docx and 2 more"
    assert EarlierFiles().count() >= 3
    press(keeping, "What changed")
    qtbot.waitUntil(lambda: bool(keeping.findChildren(ComparisonWindow)), timeout=TIMEOUT)
    (shown,) = keeping.findChildren(ComparisonWindow)
    qtbot.waitUntil(lambda: shown.comparison is not None, timeout=TIMEOUT)
    assert shown.comparison is not None
    assert "sell.sells" in {change.type for change in shown.comparison.disclosures}
    shown.close()


def test_the_contents_follow_a_policy_that_has_grown(
    qtbot: QtBot, empty_window: MainWindow, files: list[str]
):
    open_one(qtbot, empty_window, files[0])
    desk_of(empty_window).add_files(files[1:])
    told(qtbot, empty_window, AS_ONE)
    outline = empty_window.findChild(Outline)
    assert isinstance(outline, Outline)
    assert empty_window.report is not None
    assert [section.heading for section in empty_window.report.document.sections][-1] == (
        "Addendum for California"
    )
