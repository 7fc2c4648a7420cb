"""Help in the window: the guide says what the program does, the sheet what its actions are."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible, QTextFormat, QTextImageFormat
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QTreeWidgetItem
from pytestqt.qtbot import QtBot

from reader.gui.app import make_application
from reader.gui.guide import GuideWindow, ShortcutSheet, keys_of, words_of
from reader.gui.guide_page import guide_pages
from reader.gui.main_window import MainWindow
from reader.gui.theme import Theme, load_theme
from reader.model import Band, Verdict
from reader.reference import silence_rates
from reader.scoring import BAND_LIMITS, FEWEST_SENTENCES, FEWEST_WORDS, STEADY_WORDS
from reader.settings import Settings
from reader.summary import VERDICT_WORDS
from reader.wording import LONG_SENTENCE


@pytest.fixture
def window(qtbot: QtBot) -> Iterator[MainWindow]:
    make_application()
    shown = MainWindow(Settings(theme="light"))
    qtbot.addWidget(shown)
    with qtbot.waitExposed(shown):
        shown.show()
    yield shown
    shown.close()


def opened(window: MainWindow, kind: type, *keys: Qt.Key | Qt.KeyboardModifier) -> object:
    QTest.keyClick(window, *keys)
    dialog = window.findChild(kind)
    assert dialog is not None
    return dialog


def rows(sheet: ShortcutSheet) -> dict[str, str]:
    groups = [sheet.sheet.topLevelItem(n) for n in range(sheet.sheet.topLevelItemCount())]
    found: dict[str, str] = {}
    for group in groups:
        assert isinstance(group, QTreeWidgetItem)
        for number in range(group.childCount()):
            found[group.child(number).text(0)] = group.child(number).text(1)
    return found


def test_f1_lists_every_action_that_has_keys(window: MainWindow):
    sheet = opened(window, ShortcutSheet, Qt.Key.Key_F1)
    assert isinstance(sheet, ShortcutSheet)
    listed = rows(sheet)
    for action in window.actions():
        if keys_of(action):
            assert listed[words_of(action)] == keys_of(action)
    assert listed["Next finding"] == "F8"
    assert listed["Undo"].startswith("Ctrl+Z")
    sheet.reject()


def test_no_two_actions_share_a_key(window: MainWindow):
    keys = [each.toString() for action in window.actions() for each in action.shortcuts()]
    assert sorted(keys) == sorted(set(keys))


def test_a_row_is_heard_with_its_keys(window: MainWindow):
    sheet = opened(window, ShortcutSheet, Qt.Key.Key_F1)
    assert isinstance(sheet, ShortcutSheet)
    face = QAccessible.queryAccessibleInterface(sheet.sheet)
    assert face.text(QAccessible.Text.Name) == "Keyboard shortcuts"
    child = sheet.sheet.topLevelItem(0).child(0)
    assert child.data(0, Qt.ItemDataRole.AccessibleTextRole) == "Open: Ctrl+O"
    sheet.reject()


def test_the_guide_opens_by_key_and_turns_its_pages_by_key(window: MainWindow):
    guide = opened(window, GuideWindow, Qt.Key.Key_F1, Qt.KeyboardModifier.ControlModifier)
    assert isinstance(guide, GuideWindow)
    titles = [page[0].words for page in guide_pages()]
    assert guide.page.toPlainText().startswith(titles[0])
    for title in titles[1:]:
        QTest.keyClick(guide.contents, Qt.Key.Key_Down)
        assert guide.page.toPlainText().startswith(title)
        assert guide.page.accessibleName() == title
    guide.reject()


def test_every_verdict_stands_in_the_guide_with_its_shape_and_word(window: MainWindow):
    pages = guide_pages()
    shown = {p.shape: p.words for page in pages for p in page if p.shape is not None}
    assert set(shown) == set(Verdict)
    for verdict, words in shown.items():
        assert words.startswith(f"{VERDICT_WORDS[verdict]}:")


def test_each_shape_is_painted_before_its_words(window: MainWindow, theme: Theme):
    guide = GuideWindow(theme, window)
    titles = [page[0].words for page in guide_pages()]
    guide.contents.setCurrentRow(titles.index("What the marks mean"))
    images = []
    block = guide.page.document().begin()
    while block.isValid():
        forms = [each.fragment().charFormat() for each in block]
        images += [QTextImageFormat(form).name() for form in forms if form.isImageFormat()]
        block = block.next()
    images = [name for name in images if name.startswith("shape:")]
    assert images == [f"shape:{verdict.value}" for verdict in Verdict]
    guide.reject()


def pictures(guide: GuideWindow) -> list[QTextImageFormat]:
    found = []
    block = guide.page.document().begin()
    while block.isValid():
        forms = [each.fragment().charFormat() for each in block]
        found += [QTextImageFormat(form) for form in forms if form.isImageFormat()]
        block = block.next()
    return [each for each in found if each.name().startswith("pictures/")]


@pytest.mark.parametrize("theme_name", ["light", "dark"])
def test_pictures_have_the_colours_of_the_theme_their_words_and_no_more_room_than_there_is(
    window: MainWindow, qtbot: QtBot, theme_name: str
):
    guide = GuideWindow(load_theme(theme_name), window)
    guide.resize(620, 500)
    with qtbot.waitExposed(guide):
        guide.show()
    shown = pictures(guide)
    assert len(shown) >= 5
    described = [p.words for p in guide_pages()[0] if p.picture]
    alternative = QTextFormat.Property.ImageAltText.value
    assert [each.property(alternative) for each in shown] == described
    assert {each.name().rpartition("-")[2] for each in shown} == {f"{theme_name}.webp"}
    room = guide.page.viewport().width()
    assert max(each.width() for each in shown) <= room
    assert guide.page.horizontalScrollBar().maximum() == 0
    guide.resize(1400, 700)
    wider = {each.name(): each.width() for each in pictures(guide)}
    assert all(wider[each.name()] >= each.width() for each in shown)
    assert max(wider.values()) > room
    guide.reject()


def test_the_guide_says_what_the_program_counts():
    text = "\n".join(p.words for page in guide_pages() for p in page)
    limits = {band: limit for limit, band in BAND_LIMITS}
    assert f"Plain: up to {limits[Band.PLAIN]:.0f} years." in text
    assert f"Fairly plain: up to {limits[Band.FAIRLY_PLAIN]:.0f}." in text
    assert f"Fairly hard: up to {limits[Band.FAIRLY_HARD]:.0f}." in text
    assert f"Hard: up to {limits[Band.HARD]:.0f}." in text
    assert f"Below {FEWEST_WORDS} words or {FEWEST_SENTENCES} sentences" in text
    assert f"Below {STEADY_WORDS} words" in text
    assert f"more than {LONG_SENTENCE} words" in text
    assert silence_rates(), "the set that the guide speaks of"


def test_the_guide_names_what_menus_are_called(window: MainWindow):
    text = "\n".join(p.words for page in guide_pages() for p in page)
    called = {words_of(action) for action in window.actions()}
    for words in (
        *("Keep history", "Forget everything", "Highlight everything"),
        *("Marks", "Your notes"),
        *("Preferences", "About Policy Reader"),
        *("Open", "Open the sample", "How hard it is to read", "Find", "Print", "Export"),
        "Copy with its source",
    ):
        assert f'"{words}"' in text
        assert words in called


def test_each_key_that_the_guide_names_does_what_it_says(window: MainWindow):
    text = "\n".join(p.words for page in guide_pages() for p in page)
    keys = {words_of(action): keys_of(action).split(", ") for action in window.actions()}
    named = re.findall(r'"([^"]+)" \(((?:Ctrl|Alt|Shift|F\d)[\w+,]*)\)', text)
    assert len(named) >= 10
    for words, key in named:
        assert key in keys[words], words
    elsewhere = set(re.findall(r"\b(?:(?:Ctrl|Alt|Shift)\+[\w+]+|F\d+|Esc)\b", text))
    assert elsewhere <= {key for each in keys.values() for key in each} | {"Ctrl+,"}
