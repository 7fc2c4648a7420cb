"""The whole window with its real worker: every way to open, refusals, and the way back."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path
from typing import TypeVar

import psutil
import pytest
from PySide6.QtCore import QEvent, QMimeData, QPoint, QPointF, Qt, QTimer, QUrl
from PySide6.QtGui import QAccessible, QDragEnterEvent, QDropEvent, QWheelEvent
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QDialogButtonBox,
    QFileDialog,
    QLineEdit,
    QMessageBox,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reader.gui.app import make_application
from reader.gui.detail_panel import DetailPanel, QuoteButton
from reader.gui.drop_veil import DropVeil
from reader.gui.main_window import MainWindow
from reader.gui.margin import Margin
from reader.gui.message_bar import MessageBar
from reader.gui.open_link import LinkQuestion
from reader.gui.outline import SectionTree
from reader.gui.password_dialog import PasswordDialog
from reader.gui.policy_view import PolicyView
from reader.gui.start_page import StartPage
from reader.gui.summary_card import SummaryCardView, TileButton
from reader.gui.text_widgets import LineButton
from reader.model import Action, PolicyReport
from reader.protocol import READABLE_SUFFIXES
from reader.settings import Settings, read_settings
from reader.summary import summary_card
from tests.gui.saving import save_summary
from tests.make_report import make_report

WORDS = "We collect your name and your email address. We never sell your data. " * 12
PATIENCE = 60_000
Part = TypeVar("Part", bound=QWidget)


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    """The window as it starts, on the empty page."""
    make_application()
    shown = MainWindow(Settings(theme="light"))
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    yield shown
    shown.close()


@pytest.fixture
def reading(qtbot: QtBot, window: MainWindow) -> MainWindow:
    """The window with a small report that needs no worker."""
    window.show_report(make_report())
    qtbot.waitUntil(lambda: window.report is not None)
    return window


def part(window: QWidget, kind: type[Part]) -> Part:
    found = window.findChild(kind)
    assert found is not None
    return found


def message(window: MainWindow) -> str:
    return part(window, MessageBar).words


def opened(qtbot: QtBot, window: MainWindow, name: str) -> PolicyReport:
    def is_answered() -> bool:
        here = window.report and Path(window.report.document.source.name).name == name
        return bool(here or message(window))

    qtbot.waitUntil(is_answered, timeout=PATIENCE)
    assert not message(window)
    assert window.report is not None
    assert part(window, PolicyView).toPlainText() == window.report.document.text
    return window.report


def test_the_question_for_a_file_offers_every_format_that_is_read(window: MainWindow) -> None:
    window.ask_for_file()
    dialog = part(window, QFileDialog)
    assert {name.lstrip("*") for name in re.findall(r"\*\.\w+", dialog.nameFilters()[0])} == (
        READABLE_SUFFIXES
    )
    dialog.reject()


def uri_list(*paths: Path) -> QMimeData:
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path)) for path in paths])
    return mime


def drop(target: QWidget, mime: QMimeData) -> None:
    """Send what Qt sends to the widget under the pointer, or to the first above that takes it."""
    while not target.acceptDrops():
        parent = target.parentWidget()
        assert parent is not None, "nobody takes drops here"
        target = parent
    place = QPoint(20, 20)
    actions = Qt.DropAction.CopyAction
    button, key = Qt.MouseButton.LeftButton, Qt.KeyboardModifier.NoModifier
    enter = QDragEnterEvent(place, actions, mime, button, key)
    QApplication.sendEvent(target, enter)
    if enter.isAccepted():
        event = QDropEvent(QPointF(place), actions, mime, button, key, QEvent.Type.Drop)
        QApplication.sendEvent(target, event)
        assert event.isAccepted()


# Opening


LOCKED = Path(__file__).parent.parent / "corpus" / "pdf" / "locked.pdf"


def asked_for_password(qtbot: QtBot, window: MainWindow, words: str) -> PasswordDialog:
    def is_asking() -> bool:
        return any(words in each.labelText() for each in window.findChildren(PasswordDialog))

    qtbot.waitUntil(is_asking, timeout=PATIENCE)
    return next(each for each in window.findChildren(PasswordDialog) if words in each.labelText())


def answer(qtbot: QtBot, dialog: PasswordDialog, words: str) -> None:
    field = part(dialog, QLineEdit)
    assert field.echoMode() is QLineEdit.EchoMode.Password
    qtbot.keyClicks(field, words)
    qtbot.keyClick(field, Qt.Key.Key_Return)


def test_a_locked_pdf_asks_for_its_password_until_it_opens(qtbot: QtBot, window: MainWindow):
    window.open_files([str(LOCKED)])

    answer(qtbot, asked_for_password(qtbot, window, "needs a password"), "lamp")
    answer(qtbot, asked_for_password(qtbot, window, "does not open"), "lantern")

    assert "We do not sell your data." in opened(qtbot, window, "locked.pdf").document.text


def test_no_password_leaves_what_is_open(qtbot: QtBot, reading: MainWindow):
    before = reading.report
    reading.open_files([str(LOCKED)])

    dialog = asked_for_password(qtbot, reading, "needs a password")
    buttons = part(dialog, QDialogButtonBox)
    with qtbot.waitSignal(dialog.rejected):
        buttons.button(QDialogButtonBox.StandardButton.Cancel).click()

    assert reading.report is before
    assert not message(reading)


def test_a_file_with_a_name_of_any_script_opens_by_drop(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "my policy 你好.txt"
    path.write_text(WORDS)
    drop(window, uri_list(path))
    report = opened(qtbot, window, "my policy 你好.txt")
    assert report.disclosures
    assert window.windowTitle() == "my policy 你好.txt – Policy Reader"


def test_a_drop_reaches_the_window_from_every_widget_in_it(
    qtbot: QtBot, reading: MainWindow, tmp_path: Path
) -> None:
    del qtbot
    kinds = (QAbstractItemView, QLineEdit, PolicyView, SummaryCardView, QComboBox, StartPage)
    for kind in kinds:
        for widget in reading.findChildren(kind):
            for inner in (widget, *widget.findChildren(QWidget)):
                assert not inner.acceptDrops(), f"{inner} swallows drops"
    drop(part(reading, PolicyView).viewport(), uri_list(tmp_path / "nothing here.txt"))
    assert "nothing here.txt" in message(reading)


def test_dragged_and_pasted_words_are_read(qtbot: QtBot, window: MainWindow) -> None:
    mime = QMimeData()
    mime.setText(WORDS)
    drop(window, mime)
    opened(qtbot, window, "Pasted text")


def test_ctrl_v_outside_a_field_reads_the_clipboard(qtbot: QtBot, window: MainWindow) -> None:
    QApplication.clipboard().setText(WORDS + " 你好")
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert "你好" in opened(qtbot, window, "Pasted text").document.text


def test_a_page_in_the_clipboard_keeps_its_headings(qtbot: QtBot, window: MainWindow) -> None:
    mime = QMimeData()
    mime.setText(f"What we keep\n{WORDS}")
    mime.setHtml(f"<h2>What we keep</h2><p>{WORDS}</p>")
    QApplication.clipboard().setMimeData(mime)
    qtbot.keyClick(window, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    report = opened(qtbot, window, "Pasted text")
    assert [section.heading for section in report.document.sections] == ["What we keep"]


def test_ctrl_v_in_a_field_pastes_into_the_field(qtbot: QtBot, reading: MainWindow) -> None:
    before = reading.report
    QApplication.clipboard().setText("cookies")
    qtbot.keyClick(reading, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    qtbot.keyClick(field, Qt.Key.Key_V, Qt.KeyboardModifier.ControlModifier)
    assert field.text() == "cookies"
    assert reading.report is before


def test_the_lines_of_a_short_text_end_before_the_margin(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    path = tmp_path / "short.txt"
    path.write_text(WORDS)
    window.open_files([str(path)])
    opened(qtbot, window, "short.txt")
    view = part(window, PolicyView)
    qtbot.waitUntil(view.isVisible)
    assert not view.verticalScrollBar().isVisible()
    assert view.document().textWidth() == view.viewport().width()
    assert view.document().idealWidth() <= view.viewport().width()
    assert view.horizontalScrollBar().maximum() == 0


def test_the_notes_beside_a_long_text_end_before_its_scroll_bar(
    qtbot: QtBot, window: MainWindow
) -> None:
    window.resize(1360, 860)
    window.open_sample()
    qtbot.waitUntil(lambda: window.report is not None, timeout=PATIENCE)
    view, notes = part(window, PolicyView), part(window, Margin)
    bar = view.verticalScrollBar()
    for width in (1360, 1240, 1360):
        window.resize(width, 860)
        qtbot.waitUntil(bar.isVisible)
        left = bar.mapTo(view, QPoint(0, 0)).x()
        assert notes.geometry().right() < left
        assert view.viewport().geometry().right() < notes.geometry().left()
        assert view.document().textWidth() == view.viewport().width()


def test_the_sample_opens_from_the_empty_page(qtbot: QtBot, window: MainWindow) -> None:
    buttons = part(window, StartPage).findChildren(QAbstractButton)
    (sample,) = [button for button in buttons if "sample" in button.text()]
    qtbot.mouseClick(sample, Qt.MouseButton.LeftButton)
    opened(qtbot, window, "lantern-and-loom.md")


# Refusals


def make_empty(folder: Path) -> Path:
    (folder / "empty.txt").touch()
    return folder / "empty.txt"


def make_picture(folder: Path) -> Path:
    (folder / "scan.png").write_bytes(b"\x89PNG\r\n\x1a\n" + bytes(range(256)) * 8)
    return folder / "scan.png"


def make_nothing(folder: Path) -> Path:
    return folder / "gone.txt"


@pytest.mark.parametrize("make", [make_empty, make_picture, make_nothing])
def test_what_cannot_be_read_is_refused_in_words_and_what_is_open_stays(
    qtbot: QtBot, reading: MainWindow, tmp_path: Path, make: Callable[[Path], Path]
) -> None:
    before, text = reading.report, part(reading, PolicyView).toPlainText()
    path = make(tmp_path)
    drop(reading, uri_list(path))
    qtbot.waitUntil(lambda: path.name in message(reading), timeout=PATIENCE)
    assert "was not opened" in message(reading)
    assert len(message(reading)) > 60  # a reason, and what to do next
    assert reading.report is before
    assert part(reading, PolicyView).toPlainText() == text
    assert not reading.findChildren(QMessageBox)


@pytest.mark.parametrize("is_something_open", [True, False])
def test_what_is_refused_among_others_is_told_beside_what_could_be_opened(
    qtbot: QtBot, window: MainWindow, tmp_path: Path, is_something_open: bool
) -> None:
    if is_something_open:
        window.show_report(make_report())
    good = tmp_path / "good.txt"
    good.write_text(WORDS)
    drop(window, uri_list(make_nothing(tmp_path), good))
    qtbot.waitUntil(
        lambda: bool(window.report and window.report.document.source.name.endswith("good.txt")),
        timeout=PATIENCE,
    )
    assert "“gone.txt” was not opened" in message(window)
    if is_something_open:
        qtbot.keyClick(window, Qt.Key.Key_Tab, Qt.KeyboardModifier.ControlModifier)
        assert window.report is not None
        assert not message(window)


def test_a_web_address_gets_the_steps_to_save_its_page(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("https://shop.example/privacy")])
    drop(window, mime)
    assert all(step in message(window) for step in ("1.", "2.", "3."))
    assert window.report is None


def test_a_name_of_any_length_and_letters_leaves_the_window_as_wide_as_it_is(
    qtbot: QtBot, reading: MainWindow, tmp_path: Path
) -> None:
    width = reading.width()
    drop(reading, uri_list(tmp_path / ("x" * 240 + "\u202efdp.txt")))
    qtbot.waitUntil(lambda: "was not opened" in message(reading))
    assert "\u202e" not in message(reading)
    assert reading.width() == width
    assert reading.minimumSizeHint().width() <= 900


def test_a_file_on_another_computer_is_refused(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setUrls([QUrl("file://server/share/policy.txt")])
    drop(window, mime)
    assert "another computer" in message(window)


def test_a_drag_of_a_picture_is_not_welcomed(window: MainWindow) -> None:
    mime = QMimeData()
    mime.setData("image/png", b"\x89PNG")
    drop(window, mime)
    assert not part(window, DropVeil).isVisible()
    assert not message(window)


def test_a_refusal_goes_when_the_next_file_opens(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    window.open_files([str(tmp_path / "gone.txt")])
    assert message(window)
    (tmp_path / "here.txt").write_text(WORDS)
    window.open_files([str(tmp_path / "here.txt")])
    opened(qtbot, window, "here.txt")


def test_closing_the_window_ends_every_worker(
    qtbot: QtBot, window: MainWindow, tmp_path: Path
) -> None:
    (tmp_path / "long.txt").write_text(WORDS * 200)
    window.open_files([str(tmp_path / "long.txt")])
    qtbot.waitUntil(lambda: bool(psutil.Process().children()), timeout=PATIENCE)
    workers = psutil.Process().children(recursive=True)
    window.close()
    qtbot.waitUntil(lambda: not any(worker.is_running() for worker in workers), timeout=10_000)


# Reading


def test_a_tile_opens_its_topic_and_back_returns_to_the_card(
    qtbot: QtBot, reading: MainWindow
) -> None:
    card, details = part(reading, SummaryCardView), part(reading, DetailPanel)
    card.topic_chosen.emit("share")
    assert details.isVisible()
    assert not card.isVisible()
    qtbot.keyClick(reading, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert card.isVisible()
    qtbot.keyClick(reading, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert details.isVisible()
    qtbot.keyClick(reading, Qt.Key.Key_Escape)
    assert card.isVisible()


def test_the_keyboard_comes_back_to_the_tile_that_it_left(
    qtbot: QtBot, reading: MainWindow
) -> None:
    card, details = part(reading, SummaryCardView), part(reading, DetailPanel)
    tile = next(tile for tile in card.findChildren(TileButton) if tile.topic == "share")
    tile.setFocus()
    qtbot.keyClick(tile, Qt.Key.Key_Space)
    assert details.isVisible()
    assert details.isAncestorOf(QApplication.focusWidget())
    qtbot.keyClick(QApplication.focusWidget(), Qt.Key.Key_Escape)
    assert card.isVisible()
    assert QApplication.focusWidget() is tile


def test_a_flag_opens_both_sides_and_back_returns_to_the_card(
    qtbot: QtBot, reading: MainWindow
) -> None:
    assert reading.report is not None
    card, details = part(reading, SummaryCardView), part(reading, DetailPanel)
    flag = summary_card(reading.report).flags[0]
    card.flag_chosen.emit(flag)
    assert details.isVisible()
    current = part(reading, PolicyView).current_passage
    assert current is not None
    assert current.disclosure.key == flag.disclosures[0]
    qtbot.keyClick(reading, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert card.isVisible()
    qtbot.keyClick(reading, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert details.isVisible()


def test_a_thing_to_do_without_an_address_opens_its_finding_and_its_words(
    qtbot: QtBot, reading: MainWindow
) -> None:
    report = make_report()
    key = report.disclosures[-1].key
    reading.show_report(replace(report, actions=(Action("object", "Object to it.", None, key),)))
    card, details = part(reading, SummaryCardView), part(reading, DetailPanel)
    qtbot.waitUntil(lambda: "Object to it." in [b.text() for b in card.findChildren(LineButton)])
    (line,) = (b for b in card.findChildren(LineButton) if b.text() == "Object to it.")
    line.setFocus()
    qtbot.keyClick(line, Qt.Key.Key_Space)
    assert details.isVisible()
    current = part(reading, PolicyView).current_passage
    assert current is not None
    assert current.disclosure.key == key
    quote = QApplication.focusWidget()
    assert isinstance(quote, QuoteButton)
    assert quote.evidence == current.evidence
    qtbot.keyClick(quote, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert card.isVisible()


def test_f8_goes_from_finding_to_finding_with_its_details(
    qtbot: QtBot, reading: MainWindow
) -> None:
    view, details = part(reading, PolicyView), part(reading, DetailPanel)
    for passage in view.marked_passages:
        qtbot.keyClick(reading, Qt.Key.Key_F8)
        assert view.current_passage is passage
        assert details.isVisible()
    qtbot.keyClick(reading, Qt.Key.Key_F8)
    assert view.current_passage is view.marked_passages[-1]
    qtbot.keyClick(reading, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert view.current_passage is view.marked_passages[-2]


def test_a_quote_leads_to_its_words_and_back_leads_away(qtbot: QtBot, reading: MainWindow) -> None:
    view, details = part(reading, PolicyView), part(reading, DetailPanel)
    finding = view.passages[-1].disclosure
    part(reading, SummaryCardView).topic_chosen.emit(finding.topic)
    details.evidence_chosen.emit(finding.evidence[0])
    (selection,) = view.extraSelections()
    quote = finding.evidence[0].span.of(view.toPlainText())
    assert selection.cursor.selectedText() == quote
    assert details.isVisible()
    qtbot.keyClick(reading, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert view.extraSelections() == []
    assert not details.isVisible()


def test_the_contents_mark_the_section_of_the_words_that_were_gone_to(
    qtbot: QtBot, reading: MainWindow
) -> None:
    """It is not the one at the top of the view, where the end of the section before may stand."""
    assert reading.report is not None
    reading.resize(900, 420)
    view, tree = part(reading, PolicyView), part(reading, SectionTree)
    sections = reading.report.document.sections
    went: list[int] = []
    for passage in view.marked_passages:
        qtbot.keyClick(reading, Qt.Key.Key_F8)
        assert view.current_passage is passage
        went.append(passage.evidence.section)
        assert tree.currentIndex().data() == sections[went[-1]].heading
    assert len(set(went)) > 1


def test_the_last_section_stays_chosen_where_the_text_ends_before_it_is_at_the_top(
    qtbot: QtBot, reading: MainWindow
) -> None:
    tree, view = part(reading, SectionTree), part(reading, PolicyView)
    tree.setFocus()
    qtbot.keyClick(tree, Qt.Key.Key_End)
    last = tree.currentIndex()
    qtbot.keyClick(tree, Qt.Key.Key_Return)
    bar = view.verticalScrollBar()
    assert bar.value() == bar.maximum()
    assert tree.currentIndex() == last


def test_the_tab_key_reaches_filter_and_order_of_the_contents(
    qtbot: QtBot, reading: MainWindow
) -> None:
    met: list[str] = []
    for _ in range(60):
        focused = QApplication.focusWidget()
        assert focused is not None
        met.append(type(focused).__name__)
        qtbot.keyClick(focused, Qt.Key.Key_Tab)
    for kind in ("QLineEdit", "QComboBox", "SectionTree", "PolicyView", "TileButton"):
        assert kind in met


def test_f6_goes_through_the_panes_and_round(qtbot: QtBot, reading: MainWindow) -> None:
    def pane() -> str:
        focused = QApplication.focusWidget()
        assert focused is not None
        kinds = (PolicyView, SummaryCardView, QAbstractItemView)
        return next(
            kind.__name__
            for kind in kinds
            for widget in reading.findChildren(kind)
            if widget is focused or widget.isAncestorOf(focused)
        )

    visited = []
    for _ in range(4):
        visited.append(pane())
        qtbot.keyClick(reading, Qt.Key.Key_F6)
    assert visited == ["PolicyView", "SummaryCardView", "QAbstractItemView", "PolicyView"]


def test_a_link_is_asked_about_and_shown_whole(reading: MainWindow) -> None:
    view = part(reading, PolicyView)
    view.link_chosen.emit("https://shop.example/<b>privacy</b>")
    (question,) = reading.findChildren(LinkQuestion)
    assert question.textFormat() == Qt.TextFormat.PlainText
    assert question.informativeText() == "https://shop.example/<b>privacy</b>"
    default = question.defaultButton()
    assert default is not None
    assert question.buttonRole(default) == QMessageBox.ButtonRole.RejectRole
    question.close()


@pytest.mark.parametrize(
    "target", ["javascript:alert(1)", "file:///etc/passwd", "data:text/html,x"]
)
def test_other_links_are_refused(reading: MainWindow, target: str) -> None:
    part(reading, PolicyView).link_chosen.emit(target)
    assert not reading.findChildren(LinkQuestion)
    assert "neither" in message(reading)


def test_ctrl_and_the_wheel_make_the_text_larger_and_smaller(reading: MainWindow) -> None:
    view = part(reading, PolicyView)
    size = view.document().defaultFont().pointSizeF()
    for turned, expected in ((120, 1.1 * size), (-120, size)):
        place = QPointF(view.viewport().rect().center())
        event = QWheelEvent(
            place,
            view.viewport().mapToGlobal(place),
            QPoint(),
            QPoint(0, turned),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view.viewport(), event)
        assert view.document().defaultFont().pointSizeF() == pytest.approx(expected)


def test_f11_fills_the_screen_and_gives_it_back(qtbot: QtBot, reading: MainWindow) -> None:
    for fills in (True, False):
        qtbot.keyClick(reading, Qt.Key.Key_F11)
        qtbot.waitUntil(lambda fills=fills: reading.isFullScreen() is fills)


def test_zoom_and_theme_are_kept_for_the_next_time(qtbot: QtBot, reading: MainWindow) -> None:
    view = part(reading, PolicyView)
    size = view.document().defaultFont().pointSizeF()
    for _ in range(2):
        qtbot.keyClick(reading, Qt.Key.Key_Plus, Qt.KeyboardModifier.ControlModifier)
    assert view.document().defaultFont().pointSizeF() > 1.15 * size
    assert read_settings().zoom == pytest.approx(1.21)
    qtbot.keyClick(reading, Qt.Key.Key_0, Qt.KeyboardModifier.ControlModifier)
    assert view.document().defaultFont().pointSizeF() == pytest.approx(size)
    assert read_settings().zoom == 1.0
    reading.choose_theme("dark")
    qtbot.waitUntil(lambda: reading.palette().window().color().lightness() < 80)
    assert read_settings().theme == "dark"
    reading.choose_theme("light")


def test_search_counts_and_closes(qtbot: QtBot, reading: MainWindow) -> None:
    view = part(reading, PolicyView)
    qtbot.keyClick(reading, Qt.Key.Key_F, Qt.KeyboardModifier.ControlModifier)
    field = QApplication.focusWidget()
    assert isinstance(field, QLineEdit)
    qtbot.keyClicks(field, "personal")
    qtbot.waitUntil(lambda: len(view.extraSelections()) == 1)
    assert view.extraSelections()[0].cursor.selectedText() == "personal"
    qtbot.keyClick(field, Qt.Key.Key_Escape)
    assert not field.isVisible()
    assert view.extraSelections() == []


def test_the_summary_is_saved_as_pdf(reading: MainWindow, tmp_path: Path) -> None:
    path = tmp_path / "the summary.pdf"
    save_summary(reading, path)
    assert path.read_bytes().startswith(b"%PDF")
    assert "the summary.pdf" in message(reading)


def agree_to_replace() -> None:
    """Press Yes in the box that asks whether a file may be written over."""
    box = QApplication.activeModalWidget()
    assert isinstance(box, QMessageBox)
    box.button(QMessageBox.StandardButton.Yes).click()


def test_a_policy_that_is_open_is_not_written_over(
    qtbot: QtBot, reading: MainWindow, tmp_path: Path
) -> None:
    policy = tmp_path / "policy.txt"
    policy.write_text(WORDS)
    reading.open_files([str(policy)])
    qtbot.waitUntil(lambda: reading.report is not None)
    (tmp_path / "link.pdf").symlink_to(policy)
    QTimer.singleShot(0, agree_to_replace)
    dialog = save_summary(reading, tmp_path / "link.pdf")
    assert "was not overwritten" in dialog.problem
    dialog.reject()
    reading.save_finding_report(str(policy))
    assert "That file is open here and was not overwritten." in message(reading)
    assert policy.read_text() == WORDS


def test_every_control_has_a_name(reading: MainWindow) -> None:
    reading.open_text(WORDS)  # with tabs
    nameless = []
    for widget in reading.findChildren(QWidget):
        if widget.focusPolicy() == Qt.FocusPolicy.NoFocus or not widget.isVisible():
            continue
        interface = QAccessible.queryAccessibleInterface(widget)
        if not interface.text(QAccessible.Text.Name):
            nameless.append(f"{type(widget).__name__} in {type(widget.parent()).__name__}")
    assert not nameless


def test_the_tiles_stand_in_two_columns_in_a_window_of_usual_width(
    qtbot: QtBot, reading: MainWindow
) -> None:
    reading.resize(1100, 700)
    tiles = part(reading, SummaryCardView).findChildren(TileButton)
    qtbot.waitUntil(lambda: len({tile.x() for tile in tiles}) == 2)


def test_the_window_is_whole_at_its_smallest_promise(qtbot: QtBot, reading: MainWindow) -> None:
    reading.resize(900, 600)
    view, card = part(reading, PolicyView), part(reading, SummaryCardView)
    qtbot.waitUntil(lambda: reading.width() == 900)
    assert view.width() >= 400
    assert card.width() >= 250
    assert reading.minimumSizeHint().width() <= 900
