"""A folder in the window: its policies side by side, read beside it and called off at any time."""

from __future__ import annotations

import os
from pathlib import Path

import psutil
import pytest
from PySide6.QtCore import QMimeData, QModelIndex, QPointF, QProcess, Qt, QUrl
from PySide6.QtGui import QAccessible, QDropEvent, QKeySequence
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.analysis import analyze
from reader.export.overview import overview_of, topics
from reader.gui.main_window import MainWindow
from reader.gui.overview_table import SORT_ROLE
from reader.gui.overview_window import OverviewWindow
from reader.summary import VERDICT_WORDS
from tests.gui.event_loop import EventLoopProbe

SELLS = b"# Privacy policy\n\nWe sell your personal data to advertisers.\n" + 40 * (
    b"We collect your name and your address to send the lamps that you order.\n\n"
)
DENIES = SELLS.replace(b"We sell", b"We do not sell")
TIMEOUT = 60_000


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    place = tmp_path / "vendors"
    (place / "more").mkdir(parents=True)
    (place / "b.txt").write_bytes(SELLS)
    (place / "a.txt").write_bytes(DENIES)
    (place / "more" / "c.txt").write_bytes(b" ")
    Path(os.fsdecode(os.fsencode(place) + b"/d\xe9.txt")).write_bytes(SELLS)
    return place


def overview_in(window: MainWindow) -> OverviewWindow:
    (overview,) = window.findChildren(OverviewWindow)
    return overview


def read_whole(window: MainWindow, folder: Path, qtbot: QtBot) -> OverviewWindow:
    window.open_files([str(folder)])
    overview = overview_in(window)
    with qtbot.waitSignal(overview.reading.ended, timeout=TIMEOUT) as ended:
        pass
    assert ended.args == [True]
    return overview


def test_a_dropped_folder_shows_its_policies_side_by_side(
    qtbot: QtBot, empty_window: MainWindow, folder: Path
) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(folder))])
    empty_window.dropEvent(
        QDropEvent(
            QPointF(9, 9), Qt.DropAction.CopyAction, mime, Qt.MouseButton.LeftButton,
            Qt.KeyboardModifier.NoModifier,
        )
    )  # fmt: skip
    overview = overview_in(empty_window)
    qtbot.waitSignal(overview.reading.ended, timeout=TIMEOUT).wait()
    assert [row.name for row in overview.model.rows] == [
        "a.txt", "b.txt", "d\ufffd.txt", "more/c.txt",
    ]  # fmt: skip
    assert overview.model.rows[1] == overview_of(analyze(SELLS, "b.txt"))
    assert overview.told.text() == "4 of 4 files, 1 failed"
    assert not empty_window.pages


def test_every_cell_says_in_words_what_its_shape_shows(
    qtbot: QtBot, empty_window: MainWindow, folder: Path
) -> None:
    overview = read_whole(empty_window, folder, qtbot)
    model, table = overview.model, overview.table
    verdicts = {
        topic.id: analyze(SELLS, "b.txt").topics[n].verdict for n, topic in enumerate(topics())
    }
    for column, topic in enumerate(topics(), 4):
        index = model.index(1, column)
        words = model.data(index, Qt.ItemDataRole.AccessibleTextRole)
        assert words == VERDICT_WORDS[verdicts[topic.id]]
        head = model.headerData(
            column, Qt.Orientation.Horizontal, Qt.ItemDataRole.AccessibleTextRole
        )
        assert head == topic.label
        assert model.words_of(1, column).startswith(f"{topic.label}: {words}.")
    table.setCurrentIndex(table.model().index(1, 4))
    assert overview.words.text() == model.words_of(1, 4)
    assert QAccessible.queryAccessibleInterface(table).text(QAccessible.Text.Name)


@pytest.mark.parametrize("key", ["Esc", "Ctrl+W"])
def test_a_key_closes_the_folder(
    qtbot: QtBot, empty_window: MainWindow, folder: Path, key: str
) -> None:
    overview = read_whole(empty_window, folder, qtbot)
    overview.activateWindow()
    qtbot.waitUntil(overview.isActiveWindow)
    QTest.keySequence(overview.table, QKeySequence(key))
    assert not overview.isVisible()
    assert empty_window.isVisible()


def test_a_row_says_whose_policy_it_is_or_why_it_was_not_read(
    qtbot: QtBot, empty_window: MainWindow, folder: Path
) -> None:
    (folder / "photo.png").write_bytes(b"\x89PNG")
    (folder / "e.txt").write_bytes(SELLS.replace(b"# Privacy", b"# Wick Works privacy"))
    overview = read_whole(empty_window, folder, qtbot)
    assert overview.told.text() == "5 of 5 files, 1 failed; 1 of other kinds left out"
    table = overview.table
    for order in Qt.SortOrder:
        table.sortByColumn(1, order)
        shown = {table.model().index(row, 0).data(): row for row in range(table.model().rowCount())}
        assert "Wick Works privacy policy (e.txt)" in shown
        assert "b – Privacy policy" in shown
        row = shown["more/c.txt"]
        assert table.model().index(row, 1).data().startswith("not read: ")
        assert table.columnSpan(row, 1) == table.model().columnCount() - 1
        assert table.columnSpan(shown["b – Privacy policy"], 1) == 1


def test_a_press_on_a_head_sorts_by_what_stands_below_it(
    qtbot: QtBot, empty_window: MainWindow, folder: Path
) -> None:
    overview = read_whole(empty_window, folder, qtbot)
    table = overview.table

    def column(number: int) -> list[object]:
        shown = table.model()
        return [shown.index(row, number).data(SORT_ROLE) for row in range(shown.rowCount())]

    for number in range(table.model().columnCount()):
        for order in Qt.SortOrder:
            table.sortByColumn(number, order)
            values = column(number)
            assert values == sorted(
                values,
                reverse=order is Qt.SortOrder.DescendingOrder,  # type: ignore[type-var]
            )


NO_RAISE = pytest.mark.qt_log_ignore("This plugin does not support raise", extend=True)


@NO_RAISE
@pytest.mark.parametrize("row", [0, 1])
def test_a_double_click_opens_the_policy(
    qtbot: QtBot, empty_window: MainWindow, folder: Path, row: int
) -> None:
    overview = read_whole(empty_window, folder, qtbot)
    table = overview.table
    here = table.visualRect(table.model().index(row, 0)).center()
    QTest.mouseClick(table.viewport(), Qt.MouseButton.LeftButton, pos=here)
    QTest.mouseDClick(table.viewport(), Qt.MouseButton.LeftButton, pos=here)
    (page,) = empty_window.pages
    qtbot.waitUntil(lambda: page.report is not None, timeout=TIMEOUT)
    assert os.fsencode(page.path) == os.fsencode(folder) + (b"/b.txt", b"/d\xe9.txt")[row]


@NO_RAISE
def test_a_policy_that_is_opened_comes_before_the_table(
    qtbot: QtBot, empty_window: MainWindow, folder: Path
) -> None:
    overview = read_whole(empty_window, folder, qtbot)
    overview.activateWindow()
    qtbot.waitUntil(overview.isActiveWindow)
    table = overview.table
    table.setCurrentIndex(table.model().index(1, 0))
    QTest.keyClick(table, Qt.Key.Key_Return)
    qtbot.waitUntil(empty_window.isActiveWindow)
    assert overview.isVisible()
    handle = overview.windowHandle()
    assert handle is not None
    assert handle.transientParent() is None, "else the desktop keeps it above the policy"


@pytest.mark.times
def test_a_reading_that_is_called_off_leaves_its_rows_and_no_process(
    qtbot: QtBot, empty_window: MainWindow, folder: Path
) -> None:
    for number in range(300):
        (folder / f"p{number}.txt").write_bytes(DENIES)
    before = set(psutil.Process().children(recursive=True))
    probe = EventLoopProbe()
    empty_window.open_files([str(folder)])
    overview = overview_in(empty_window)
    qtbot.waitUntil(lambda: len(overview.model.rows) >= 20, timeout=TIMEOUT)
    started = set(psutil.Process().children(recursive=True)) - before
    assert len(started) >= 2  # the one that reads the folder, and its workers
    overview.cancel_button.click()
    qtbot.waitUntil(lambda: not overview.findChildren(QProcess), timeout=TIMEOUT)
    probe.stop()
    assert probe.longest < 0.1
    assert 0 < len(overview.model.rows) < 304
    assert "cancelled" in overview.told.text()
    assert overview.cancel_button.isHidden()
    assert not psutil.wait_procs(list(started), timeout=10)[1]


def test_closing_the_window_ends_the_reading(
    qtbot: QtBot, empty_window: MainWindow, folder: Path
) -> None:
    before = set(psutil.Process().children(recursive=True))
    empty_window.open_files([str(folder)])
    overview = overview_in(empty_window)
    qtbot.waitSignal(overview.reading.found, timeout=TIMEOUT).wait()
    started = set(psutil.Process().children(recursive=True)) - before
    empty_window.close()
    assert not psutil.wait_procs(list(started), timeout=10)[1]


def test_a_folder_without_policies_says_so(
    qtbot: QtBot, empty_window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "empty").mkdir()
    overview = read_whole(empty_window, tmp_path / "empty", qtbot)
    assert overview.told.text() == "There are no files to read in this folder."
    assert not overview.save_button.isEnabled()


def test_what_is_shown_is_saved_as_the_page_of_a_batch(
    qtbot: QtBot, empty_window: MainWindow, folder: Path, tmp_path: Path
) -> None:
    overview = read_whole(empty_window, folder, qtbot)
    overview.save_page(str(tmp_path / "page.html"))
    page = (tmp_path / "page.html").read_text(encoding="utf-8")
    assert "<h1>3 policies side by side</h1>" in page
    overview.save_page(str(tmp_path / "none" / "page.html"))
    assert "does not exist" in overview.words.text()
    assert overview.model.rowCount(QModelIndex()) == 4
