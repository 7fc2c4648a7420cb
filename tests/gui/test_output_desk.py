"""What leaves the window: every kind of file, paper and the clipboard, and what is said of it."""

from __future__ import annotations

import csv
import io
import json
import resource
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import lxml.html
import pypdfium2
import pytest
from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QImage
from PySide6.QtPrintSupport import QPrintDialog, QPrintPreviewDialog, QPrintPreviewWidget
from PySide6.QtWidgets import (
    QApplication,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QPushButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reader.annotations import Annotation, annotate
from reader.export.findings import findings_of
from reader.gui.export_dialog import ExportDialog
from reader.gui.export_kinds import ExportChoice, ExportKind
from reader.gui.main_window import MainWindow
from reader.gui.message_bar import MessageBar
from reader.gui.output_desk import OpenDocument, OutputDesk
from reader.gui.print_dialog import PrintDialog
from reader.gui.reading_pane import ReadingPane
from reader.gui.summary_copy import summary_for_clipboard
from reader.model import PolicyReport
from reader.settings import read_settings
from reader.summary import card_text, summary_card
from tests.gui.reports import hostile_report, report_of_all_valences
from tests.gui.saving import save_summary
from tests.gui.test_keyboard import name_of
from tests.make_report import make_report, with_name

NOTE = "Ask them in writing."


def notes_on(report: PolicyReport) -> tuple[Annotation, ...]:
    span = report.document.sentences[1].span
    made = annotate(report.document.text, span, NOTE, ())
    assert made is not None
    return (made,)


def document(report: PolicyReport, *open_paths: Path) -> OpenDocument:
    paths = tuple(str(path) for path in open_paths)
    return OpenDocument(report, notes_on(report), paths[0] if paths else "", paths)


@pytest.fixture
def desk(qapp: QApplication, qtbot: QtBot) -> OutputDesk:
    window = QWidget()
    qtbot.addWidget(window)
    return OutputDesk(window)


@pytest.fixture
def noted(window: MainWindow, pane: ReadingPane) -> MainWindow:
    """The window with a report that has a note."""
    report = make_report()
    pane.show_report(report, annotations=notes_on(report))
    return window


@pytest.fixture
def asked(qtbot: QtBot, noted: MainWindow) -> Iterator[ExportDialog]:
    """The export dialog over the window."""
    qtbot.keyClick(
        noted,
        Qt.Key.Key_S,
        Qt.KeyboardModifier.ControlModifier | Qt.KeyboardModifier.ShiftModifier,
    )
    (dialog,) = noted.findChildren(ExportDialog)
    qtbot.waitUntil(dialog.isActiveWindow)
    yield dialog
    for each in noted.findChildren(ExportDialog):
        each.reject()


def file_dialog(qtbot: QtBot, window: QWidget) -> QFileDialog:
    qtbot.waitUntil(lambda: bool(window.findChildren(QFileDialog)))
    (dialog,) = window.findChildren(QFileDialog)
    return dialog


def message(window: MainWindow) -> str:
    bar = window.findChild(MessageBar)
    assert isinstance(bar, MessageBar)
    return bar.words


# Kinds


@pytest.mark.parametrize("with_notes", [True, False])
@pytest.mark.parametrize("kind", list(ExportKind))
def test_each_kind_is_written_whole_and_with_notes_only_where_they_are_wanted(
    qtbot: QtBot, desk: OutputDesk, tmp_path: Path, kind: ExportKind, with_notes: bool
):
    report = report_of_all_valences()
    path = tmp_path / f"out{kind.ending}"
    with qtbot.waitSignal(desk.saved):
        assert desk.save(str(path), ExportChoice(kind, "a4", with_notes), document(report))
    data = path.read_bytes()
    match kind.suffix:
        case "pdf":
            pages = [page.get_textpage() for page in pypdfium2.PdfDocument(data)]
            words = " ".join(page.get_text_range() for page in pages)
            assert (len(pages) == 1) is (kind is ExportKind.SUMMARY)
        case "html":
            words = lxml.html.document_fromstring(data.decode()).text_content()
        case "csv":
            words = data.decode()
            assert len(list(csv.DictReader(io.StringIO(words)))) == len(findings_of(report))
        case "json":
            words = data.decode()
            assert json.loads(words)["document"]["text"] == report.document.text
        case _:
            words = data.decode()
    assert "Sharing" in words
    assert (NOTE.rstrip(".") in words) is (with_notes and kind.takes_notes)


def test_paper_is_the_one_that_was_chosen(desk: OutputDesk, tmp_path: Path):
    for paper, width in (("a4", 595), ("letter", 612)):
        path = tmp_path / f"{paper}.pdf"
        desk.save(
            str(path), ExportChoice(ExportKind.FINDINGS, paper, False), document(make_report())
        )
        assert round(pypdfium2.PdfDocument(path)[0].get_width()) == width


@pytest.mark.parametrize(
    ("name", "proposed"),
    [
        ("rakuten 2018.md", "rakuten 2018-summary.pdf"),
        ("-", "Privacy policy of Larch & Lantern 🏮-summary.pdf"),
        ("..", "Privacy policy of Larch & Lantern 🏮-summary.pdf"),
        ("a:b?c*.txt", "a_b_c_-summary.pdf"),
        ("con.txt", "_con-summary.pdf"),
        ("你好.html", "你好-summary.pdf"),
        ("Pasted text", "Privacy policy of Larch & Lantern 🏮-summary.pdf"),
        ("dotted. .txt", "dotted-summary.pdf"),
    ],
)
def test_a_name_is_proposed_that_every_disk_takes(name: str, proposed: str):
    choice = ExportChoice(ExportKind.SUMMARY, "a4", with_notes=False)
    assert choice.file_name(with_name(make_report(), name)) == proposed


def test_a_long_name_is_proposed_short_enough():
    choice = ExportChoice(ExportKind.SUMMARY_AND_TEXT, "a4", with_notes=False)
    name = choice.file_name(with_name(make_report(), "名" * 300 + ".md"))
    assert 150 < len(name.encode()) < 240


# The dialog


def test_by_keyboard_alone_a_web_page_is_saved_with_notes(
    qtbot: QtBot, noted: MainWindow, asked: ExportDialog, tmp_path: Path
):
    focused = QApplication.focusWidget()
    assert focused is asked.kinds.buttons[0]
    for _ in range(3):
        qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Down)
    assert asked.choice.kind is ExportKind.WEB_PAGE
    assert not asked.paper.isEnabled()
    qtbot.keyClick(asked, Qt.Key.Key_N, Qt.KeyboardModifier.AltModifier)
    qtbot.waitUntil(lambda: asked.choice.with_notes)
    qtbot.keyClick(asked, Qt.Key.Key_Return)
    where = file_dialog(qtbot, asked)
    assert Path(where.selectedFiles()[0]).name == "larch-lantern-summary.html"
    where.setDirectory(str(tmp_path))
    where.selectFile("mine")
    with qtbot.waitSignal(asked.accepted):
        where.accept()
    written = tmp_path / "mine.html"
    assert NOTE in written.read_text()
    assert str(written) in message(noted)
    stored = read_settings()
    assert (stored.export_as, stored.with_notes) == ("web-page", True)


def test_what_was_chosen_last_is_proposed_again(qtbot: QtBot, noted: MainWindow):
    noted.use_settings(
        replace(noted.settings, export_as="table", page_size="letter", with_notes=True)
    )
    (action,) = (each for each in noted.actions() if "Export" in each.text())
    action.trigger()
    (dialog,) = noted.findChildren(ExportDialog)
    assert dialog.choice == ExportChoice(ExportKind.TABLE, "letter", with_notes=True)
    assert not dialog.notes.isEnabled()
    assert not dialog.notes.isChecked()
    dialog.kinds.choose("markdown")
    assert dialog.notes.isChecked()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()


def test_settings_of_a_later_version_propose_the_summary():
    assert ExportKind.of("hologram") is ExportKind.SUMMARY


def test_whatever_takes_the_keyboard_has_a_name_in_every_dialog(
    qtbot: QtBot, noted: MainWindow, asked: ExportDialog
):
    asked.reject()
    (action,) = (each for each in noted.actions() if each.text() == "Pr&int …")
    action.trigger()
    (printing,) = noted.findChildren(PrintDialog)
    for widget in (*asked.findChildren(QWidget), *printing.findChildren(QWidget)):
        if widget.focusPolicy() != Qt.FocusPolicy.NoFocus and widget.isVisible():
            assert name_of(widget), widget
    with qtbot.waitSignal(printing.destroyed):
        printing.reject()


def test_without_notes_there_is_nothing_to_switch_on(qtbot: QtBot, window: MainWindow):
    (action,) = (each for each in window.actions() if "Export" in each.text())
    action.trigger()
    (dialog,) = window.findChildren(ExportDialog)
    dialog.kinds.choose("web-page")
    assert not dialog.notes.isEnabled()
    assert "there are none" in dialog.notes.text()
    with qtbot.waitSignal(dialog.destroyed):
        dialog.reject()


# What goes wrong


def try_to_save(qtbot: QtBot, dialog: ExportDialog, folder: Path, name: str) -> None:
    dialog.save.click()
    where = file_dialog(qtbot, dialog)
    with qtbot.waitSignal(where.destroyed):
        where.fileSelected.emit(str(folder / name))
        where.reject()


@pytest.mark.parametrize("name", ["no such folder/x.pdf", "x" * 260 + ".pdf", "a folder"])
def test_what_cannot_be_saved_is_said_in_words_and_can_be_tried_again(
    qtbot: QtBot, noted: MainWindow, asked: ExportDialog, tmp_path: Path, name: str
):
    (tmp_path / "a folder").mkdir()
    try_to_save(qtbot, asked, tmp_path, name)
    assert asked.isVisible()
    assert len(asked.problem) > 40
    assert "save" in asked.problem
    try_to_save(qtbot, asked, tmp_path, "good.pdf")
    assert (tmp_path / "good.pdf").read_bytes().startswith(b"%PDF")
    assert "good.pdf" in message(noted)
    assert sorted(each.name for each in tmp_path.iterdir()) == ["a folder", "good.pdf"]


@contextmanager
def full_disk() -> Iterator[None]:
    """No file of this process can grow beyond 2,000 bytes, as on a disk that is full then.

    Only for as long as must be: what the tests print may go to a file, too.
    """
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (2_000, before[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)


@pytest.mark.parametrize("kind", list(ExportKind))
def test_a_full_disk_is_said_in_words_and_the_old_file_stays(
    desk: OutputDesk, qtbot: QtBot, tmp_path: Path, kind: ExportKind
):
    path = tmp_path / f"old.{kind.suffix}"
    path.write_text("old")
    choice = ExportChoice(kind, "a4", with_notes=True)
    with qtbot.waitSignal(desk.refused) as refused, full_disk():
        assert not desk.save(str(path), choice, document(report_of_all_valences()))
    assert "full" in " ".join(refused.args or ())
    assert path.read_text() == "old"
    assert [each.name for each in tmp_path.iterdir()] == [path.name]


def test_a_policy_that_is_open_is_not_written_over(qtbot: QtBot, desk: OutputDesk, tmp_path: Path):
    policy = tmp_path / "policy.md"
    policy.write_text("We keep your data.")
    (tmp_path / "link.md").symlink_to(policy)
    choice = ExportChoice(ExportKind.MARKDOWN, "a4", with_notes=False)
    for path in (policy, tmp_path / "link.md"):
        with qtbot.waitSignal(desk.refused):
            assert not desk.save(str(path), choice, document(make_report(), policy))
    assert policy.read_text() == "We keep your data."


def test_an_old_file_is_written_over_only_after_asking(
    qtbot: QtBot, asked: ExportDialog, tmp_path: Path
):
    old = tmp_path / "old.pdf"
    old.write_text("old")
    asked.save.click()
    where = file_dialog(qtbot, asked)
    where.setDirectory(str(tmp_path))
    where.selectFile("old.pdf")
    seen: list[str] = []

    def refuse() -> None:
        (box,) = where.findChildren(QMessageBox)
        seen.append(box.text())
        box.button(QMessageBox.StandardButton.No).click()

    QTimer.singleShot(0, refuse)
    where.accept()
    assert len(seen) == 1
    assert old.read_text() == "old"
    with qtbot.waitSignal(where.destroyed):
        where.reject()


# After saving


def test_a_saved_file_can_be_found(qtbot: QtBot, window: MainWindow, tmp_path: Path):
    path = tmp_path / "x.pdf"
    save_summary(window, path)
    bar = window.findChild(MessageBar)
    assert isinstance(bar, MessageBar)
    buttons = {each.text(): each for each in bar.findChildren(QPushButton) if each.isVisible()}
    assert set(buttons) == {"Open folder", "Copy path"}
    buttons["Copy path"].click()
    assert QApplication.clipboard().text() == str(path)
    window.save_finding_report(str(tmp_path / "no such folder" / "x.txt"))
    assert not [each for each in bar.findChildren(QPushButton) if each.isVisible()]


# Paper


def test_each_content_can_be_looked_at_and_printed(
    qtbot: QtBot, home: Path, noted: MainWindow, tmp_path: Path
):
    counts = {}
    for value in ("summary", "text", "findings"):
        (action,) = (each for each in noted.actions() if each.text() == "Pr&int …")
        action.trigger()
        (dialog,) = noted.findChildren(PrintDialog)
        dialog.contents.choose(value)
        dialog.preview.click()
        (preview,) = noted.findChildren(QPrintPreviewDialog)
        pages = preview.findChild(QPrintPreviewWidget)
        qtbot.waitUntil(lambda pages=pages: pages.pageCount() > 0)
        counts[value] = pages.pageCount()
        with qtbot.waitSignal(preview.destroyed):
            preview.close()
        assert dialog.isVisible()
        with qtbot.waitSignal(dialog.destroyed):
            qtbot.keyClick(dialog, Qt.Key.Key_Return)
        (printer,) = noted.findChildren(QPrintDialog)
        (field,) = (each for each in printer.findChildren(QLineEdit) if str(home) in each.text())
        field.setText(str(tmp_path / f"{value}.pdf"))
        with qtbot.waitSignal(printer.destroyed):
            printer.accept()
        assert read_settings().print_what == value
    printed = {each.stem: len(pypdfium2.PdfDocument(each)) for each in tmp_path.glob("*.pdf")}
    assert printed == counts == {"summary": 1, "text": 3, "findings": 1}


# The clipboard


@pytest.mark.parametrize("make", [report_of_all_valences, hostile_report])
def test_the_summary_is_copied_as_text_table_and_picture(
    qapp: QApplication, make: Callable[[], PolicyReport]
):
    report = make()
    data = summary_for_clipboard(report)
    card = summary_card(report)
    assert data.text() == card_text(card)
    page = lxml.html.document_fromstring(data.html())
    rows = [[cell.text_content() for cell in row] for row in page.xpath("//tr")]
    assert [row[0] for row in rows] == [tile.label for tile in card.tiles]
    for (_, word, headline), tile in zip(rows, card.tiles, strict=True):
        assert word.endswith(tile.verdict_word)
        assert headline == tile.headline
    assert not page.xpath("//script|//img|//a|//@onerror|//@href|//@src")
    picture = data.imageData()
    assert isinstance(picture, QImage)
    assert picture.width() > 1000


def test_copying_says_so(qtbot: QtBot, window: MainWindow):
    (action,) = (each for each in window.actions() if "Copy the su" in each.text())
    action.trigger()
    held = QApplication.clipboard().mimeData()
    assert held.hasText()
    assert held.hasHtml()
    assert held.hasImage()
    assert "copied" in message(window)
