"""Two policies side by side: what changed is listed, found in both texts, and scrolls together."""

from __future__ import annotations

from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QRectF, Qt, QUrl
from PySide6.QtGui import QFontMetricsF, QTextCursor
from PySide6.QtTest import QTest
from pytestqt.qtbot import QtBot

from reader.analysis import analyze
from reader.compare import Comparison, compare
from reader.export.comparison_words import comparison_words
from reader.gui.comparison_desk import ComparisonDesk, in_order
from reader.gui.comparison_list import ComparisonList
from reader.gui.comparison_text import ComparisonText
from reader.gui.comparison_window import ComparisonWindow
from reader.gui.main_window import MainWindow
from reader.gui.message_bar import MessageBar
from reader.gui.theme import Theme, load_theme
from reader.linked_places import LinkedPlaces
from reader.model import PolicyReport
from reader.paths import resource
from reader.settings import Settings
from tests.export.test_comparisons import OTHER
from tests.gui.event_loop import EventLoopProbe
from tests.gui.test_event_loop import LONGEST_GAP
from tests.gui.test_main_window import drop

SAMPLE = resource("samples/lantern-and-loom.md").read_text(encoding="utf-8")
NEVER = "We will never use your photographs"


def report_on(text: str) -> PolicyReport:
    return analyze(text.encode(), "policy.md")


@pytest.fixture(scope="module")
def old() -> PolicyReport:
    return report_on(SAMPLE)


@pytest.fixture(scope="module")
def new() -> PolicyReport:
    text = SAMPLE.replace(NEVER, "We will use your photographs")
    return report_on(text.replace("### Everyone\n", "### Everyone\n\nWe barter your data.\n"))


@pytest.fixture(scope="module")
def comparison(old: PolicyReport, new: PolicyReport) -> Comparison:
    return compare(old, new)


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme, old: PolicyReport, new: PolicyReport) -> ComparisonWindow:
    """The comparison of the sample with an edited one, when it is made."""
    window = ComparisonWindow(old, new, theme, Settings())
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(window)
    window.resize(1100, 560)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.export.isEnabled())
    qtbot.waitUntil(lambda: window.old_text.is_set and window.new_text.is_set)
    return window


def set_off(text: ComparisonText) -> str:
    """Return the words that are set off in ``text``."""
    return " ".join(each.cursor.selectedText() for each in text.extraSelections())


def is_in_view(text: ComparisonText) -> bool:
    selections = text.extraSelections()
    cursor = QTextCursor(selections[-1].cursor)
    cursor.setPosition(cursor.selectionStart())
    return text.viewport().rect().contains(text.cursorRect(cursor).center())


def rows(window: ComparisonWindow) -> list[str]:
    return [window.list.item(place).text() for place in range(window.list.count())]


def test_the_list_tells_what_changed_and_then_the_sections(shown: ComparisonWindow):
    told = rows(shown)

    assert told[0] == "Says the opposite now (1)"
    assert "train machine-learning models" in told[1]
    assert [each.replace("\xa0", " ") for each in told if "Edited" in each] == [
        "Edited: What we use it for (−1 word)",
        "Edited: Everyone (+4 words)",
    ]


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_every_row_has_the_room_of_all_its_lines_and_no_more(
    qtbot: QtBot, theme: Theme, direction: Qt.LayoutDirection
):
    """Qt's own rows, in a narrow list, lost their last line and left its room free below them."""
    words = "lamps personal our about partners customers rights requests advertising security"
    headings = [" ".join((words.split() * 4)[first : 3 * first + 4]) for first in range(10)]
    text = "".join(f"## {each}\n\nWe collect.\n\n" for each in headings)
    changed = compare(report_on("# Larch\n\n"), report_on("# Larch\n\n" + text))
    shown = ComparisonList(theme)
    qtbot.addWidget(shown)
    shown.setLayoutDirection(direction)
    shown.show_comparison(changed, comparison_words(changed))
    metrics = QFontMetricsF(shown.font())
    with qtbot.waitExposed(shown):
        shown.show()
    for width in range(190, 260):
        shown.resize(width, 600)
        QTest.qWait(0)  # rows are laid out anew a turn later
        room = QRectF(0, 0, shown.viewport().width(), 10_000)
        bottom = shown.visualItemRect(shown.item(0)).bottom()
        for row in range(1, shown.count()):
            item = shown.item(row)
            rect = shown.visualItemRect(item)
            fewest = metrics.boundingRect(room, Qt.TextFlag.TextWordWrap, item.text()).height()
            assert rect.height() >= fewest, (width, item.text())
            assert rect.top() - bottom < metrics.height() / 2, (width, item.text())
            bottom = rect.bottom()


def test_the_last_line_of_a_row_is_painted(qtbot: QtBot, theme: Theme, comparison: Comparison):
    shown = ComparisonList(theme)
    qtbot.addWidget(shown)
    shown.show_comparison(comparison, comparison_words(comparison))
    shown.resize(200, 500)
    with qtbot.waitExposed(shown):
        shown.show()
    line = round(QFontMetricsF(shown.font()).height())
    heights = []
    for row in range(shown.count()):
        item = shown.item(row)
        shown.scrollToItem(item)
        rect = shown.visualItemRect(item)
        heights.append(rect.height())
        picture = shown.viewport().grab(rect).toImage()
        middle = picture.height() - 2 - line // 2
        strip = [picture.pixel(x, y) for x in range(rect.width()) for y in (middle - 1, middle + 1)]
        assert len(set(strip)) > 1, item.text()
    assert max(heights) > 4 * line


def test_the_first_change_is_shown_in_both_texts(shown: ComparisonWindow):
    assert set_off(shown.old_text).startswith(NEVER)
    assert set_off(shown.new_text).startswith("We will use your photographs")
    assert is_in_view(shown.old_text)
    assert is_in_view(shown.new_text)


def test_the_keys_lead_from_change_to_change_and_round(shown: ComparisonWindow):
    count = shown.list.count_of_changes
    assert count > 1
    first = shown.list.currentRow()

    for number in range(2, count + 1):
        shown.next.trigger()
        assert shown.list.number_of_current == number
    shown.next.trigger()

    assert shown.list.currentRow() == first
    shown.previous.trigger()
    assert shown.list.number_of_current == count


def test_a_click_on_a_change_goes_to_its_words(shown: ComparisonWindow):
    place = next(at for at, words in enumerate(rows(shown)) if "sell, rent or trade" in words)
    item = shown.list.item(place)
    shown.list.scrollToItem(item)

    middle = shown.list.visualItemRect(item).center()
    QTest.mouseClick(shown.list.viewport(), Qt.MouseButton.LeftButton, pos=middle)

    assert set_off(shown.new_text) == "We barter your data."
    assert is_in_view(shown.new_text)


def test_words_that_went_are_struck_out_and_words_that_came_are_underlined(
    shown: ComparisonWindow,
):
    def letters(text: ComparisonText, words: str) -> QTextCursor:
        cursor = text.document().find(words)
        cursor.setPosition(cursor.selectionStart() + 1)
        return cursor

    assert letters(shown.old_text, "never use your").charFormat().fontStrikeOut()
    assert not letters(shown.old_text, "use your photographs").charFormat().fontStrikeOut()
    assert letters(shown.new_text, "barter").charFormat().fontUnderline()
    assert not letters(shown.new_text, "photographs").charFormat().fontUnderline()


@pytest.fixture
def of_two(qtbot: QtBot, theme: Theme, old: PolicyReport) -> ComparisonWindow:
    """The comparison of the sample with the policy of another service."""
    window = ComparisonWindow(old, report_on(OTHER), theme, Settings())
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    qtbot.waitUntil(lambda: window.export.isEnabled())
    qtbot.waitUntil(lambda: window.old_text.is_set and window.new_text.is_set)
    return window


def test_of_two_services_the_topics_that_differ_stand_first_and_are_in_view(
    of_two: ComparisonWindow,
):
    first, second, *_ = rows(of_two)
    assert first.startswith("Topics that differ")
    assert "\nLantern & Loom: " in second
    assert "\nWick Works: " in second
    assert of_two.list.currentRow() == 1
    assert of_two.list.visualItemRect(of_two.list.item(0)).top() >= 0
    QTest.keyClick(of_two.list, Qt.Key.Key_F8)
    assert of_two.list.number_of_current == 1


def test_of_two_services_no_words_are_marked_as_gone_or_new(of_two: ComparisonWindow):
    for text in (of_two.old_text, of_two.new_text):
        block = text.document().begin()
        while block.isValid():
            forms = [each.format for each in block.layout().formats()]
            assert not [each for each in forms if each.fontStrikeOut() or each.fontUnderline()]
            block = block.next()
        assert "[-" not in text.toPlainText()


def test_the_texts_scroll_together_until_that_is_switched_off(shown: ComparisonWindow):
    bars = [text.verticalScrollBar() for text in (shown.old_text, shown.new_text)]
    bars[0].setValue(0)
    before = bars[1].value()

    bars[0].setValue(bars[0].maximum() // 2)
    followed = bars[1].value()
    shown.together.setChecked(False)
    bars[0].setValue(bars[0].maximum())

    assert abs(followed - bars[0].maximum() / 2) < 200
    assert followed > before
    assert bars[1].value() == followed


def test_a_place_keeps_its_section_in_the_other_text(comparison: Comparison):
    places = LinkedPlaces(comparison)
    old, new = comparison.old.document, comparison.new.document

    for before, after in comparison.alignment.pairs:
        start, other = old.sections[before].span.start, new.sections[after].span.start
        assert places.in_new(start) == other
        assert places.in_old(other) == start
    assert places.in_new(len(old.text)) == len(new.text)
    assert places.in_old(0) == 0


@pytest.mark.parametrize("form", ["html", "pdf", "md", "json"])
def test_what_changed_is_saved_in_the_form_that_the_name_has(
    form: str, shown: ComparisonWindow, tmp_path: Path
):
    path = tmp_path / f"changes.{form}"

    shown.save(str(path))

    heads = {"html": b"<!DOCTYPE", "pdf": b"%PDF", "md": b"# What changed", "json": b"{"}
    assert path.read_bytes().startswith(heads[form])


def test_a_name_of_another_form_is_refused_in_words(shown: ComparisonWindow, tmp_path: Path):
    shown.save(str(tmp_path / "changes.docx"))

    assert not list(tmp_path.iterdir())


def test_another_theme_marks_the_texts_anew(shown: ComparisonWindow, qtbot: QtBot):
    dark = load_theme("dark")

    shown.set_theme(dark)

    qtbot.waitUntil(lambda: shown.new_text.is_set)
    cursor = shown.new_text.document().find("barter")
    assert cursor.charFormat().background().color() == dark.note_ground


def test_the_older_policy_comes_first_by_its_own_date(old: PolicyReport):
    later = report_on(SAMPLE.replace("2026", "2027"))

    assert in_order(later, old) == (old, later)
    assert in_order(old, later) == (old, later)


def test_two_files_that_came_together_are_offered_to_be_compared(
    empty_window: MainWindow, qtbot: QtBot, tmp_path: Path
):
    paths = []
    for name, text in (("one.md", SAMPLE), ("two.md", SAMPLE.replace(NEVER, "We will use your"))):
        (tmp_path / name).write_text(text, encoding="utf-8")
        paths.append(str(tmp_path / name))

    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(path) for path in paths])
    drop(empty_window, mime)
    bar = empty_window.findChild(MessageBar)
    assert isinstance(bar, MessageBar)
    qtbot.waitUntil(lambda: "opened together" in bar.words, timeout=30_000)
    bar.accepted.emit()

    (window,) = empty_window.findChildren(ComparisonWindow)
    qtbot.waitUntil(lambda: window.export.isEnabled(), timeout=10_000)
    assert window.windowTitle().startswith("What changed: ")
    assert "opened together" not in bar.words
    window.close()


def test_the_document_in_front_is_compared_with_a_file(
    empty_window: MainWindow, qtbot: QtBot, tmp_path: Path
):
    paths = []
    for name, text in (("one.md", SAMPLE), ("two.md", SAMPLE.replace(NEVER, "We will use your"))):
        (tmp_path / name).write_text(text, encoding="utf-8")
        paths.append(str(tmp_path / name))
    empty_window.open_files(paths[:1])
    qtbot.waitUntil(lambda: empty_window.report is not None, timeout=30_000)
    desk = empty_window.findChild(ComparisonDesk)
    assert isinstance(desk, ComparisonDesk)

    desk.compare_with_file(paths[1])
    qtbot.waitUntil(lambda: bool(empty_window.findChildren(ComparisonWindow)), timeout=30_000)

    (window,) = empty_window.findChildren(ComparisonWindow)
    qtbot.waitUntil(lambda: window.export.isEnabled(), timeout=10_000)
    assert window.comparison is not None
    assert [c.type for c in window.comparison.disclosures] == ["use.ai-training"]
    window.close()


def test_a_file_compared_with_itself_is_told_to_be_the_same(
    empty_window: MainWindow, qtbot: QtBot, tmp_path: Path
):
    path = tmp_path / "one.md"
    path.write_text(SAMPLE, encoding="utf-8")
    empty_window.open_files([str(path)])
    qtbot.waitUntil(lambda: empty_window.report is not None, timeout=30_000)
    desk, bar = empty_window.findChild(ComparisonDesk), empty_window.findChild(MessageBar)
    assert isinstance(desk, ComparisonDesk)
    assert isinstance(bar, MessageBar)

    desk.compare_with_file(str(path))

    assert "the same file" in bar.words
    assert not empty_window.findChildren(ComparisonWindow)


def test_comparing_two_policies_never_holds_the_window_up(
    qtbot: QtBot, theme: Theme, old: PolicyReport
):
    other = report_on(SAMPLE.replace("We ", "At the shop we "))
    window = ComparisonWindow(old, other, theme, Settings())
    window.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose, on=False)
    qtbot.addWidget(window)
    with qtbot.waitExposed(window):
        window.show()
    probe = EventLoopProbe()
    qtbot.waitUntil(lambda: window.export.isEnabled() and window.new_text.is_set)
    probe.stop()

    assert probe.longest < LONGEST_GAP
