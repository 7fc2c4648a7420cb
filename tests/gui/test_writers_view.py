"""The writer's view: how it is reached, what it tells, and where its sentences lead."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel
from pytestqt.qtbot import QtBot

from reader.analysis import analyze
from reader.gui.reading_pane import ReadingPane
from reader.gui.reading_panel import ReadingPanel
from reader.gui.text_widgets import FittedLabel, LineButton
from reader.gui.theme import Theme, load_theme
from reader.gui.writers_view import WritersView
from reader.model import PolicyReport
from reader.paths import resource
from reader.rewriting import rewriting_of
from tests.gui.reports import hostile_report


@pytest.fixture(scope="module")
def report() -> PolicyReport:
    path = resource("samples/lantern-and-loom.md")
    return analyze(path.read_bytes(), path.name)


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> WritersView:
    shown = WritersView(theme)
    qtbot.addWidget(shown)
    shown.resize(400, 700)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def test_it_shows_the_ten_sentences_in_the_order_of_their_weight(
    view: WritersView, report: PolicyReport
) -> None:
    view.show_report(report)
    told = rewriting_of(report)
    buttons = view.findChildren(LineButton)
    assert len(buttons) == len(told.sentences) == 10
    for number, (button, row) in enumerate(zip(buttons, told.sentences, strict=True), start=1):
        name = button.accessibleName()
        assert name.startswith(f"{number}. Grade ")
        assert " ".join(row.words.split()) in name
        assert all(reason in name for reason in row.reasons)
    labels = [label.accessibleName() for label in view.findChildren(FittedLabel)]
    assert told.line in labels
    assert told.split in labels


def test_a_sentence_leads_to_its_words_in_the_text(
    qtbot: QtBot, pane: ReadingPane, report: PolicyReport
) -> None:
    pane.show_writers_view()
    panel = pane.side.currentWidget()
    assert isinstance(panel, WritersView)
    second = panel.findChildren(LineButton)[1]
    qtbot.keyClick(second, Qt.Key.Key_Return)
    chosen = pane.view.textCursor().selectedText()
    assert chosen == rewriting_of(report).sentences[1].words


def test_the_reading_panel_leads_to_it_and_the_way_back_to_the_panel(
    qtbot: QtBot, pane: ReadingPane
) -> None:
    pane.choose_whole_reading()
    reading = pane.side.currentWidget()
    assert isinstance(reading, ReadingPanel)
    (link,) = (
        button
        for button in reading.findChildren(LineButton)
        if button.accessibleName().startswith("What to rewrite first")
    )
    qtbot.mouseClick(link, Qt.MouseButton.LeftButton)
    panel = pane.side.currentWidget()
    assert isinstance(panel, WritersView)
    assert isinstance(pane.window().focusWidget(), LineButton)
    pane.go_back()
    assert pane.side.currentWidget() is reading
    pane.go_forward()
    assert pane.side.currentWidget() is panel
    qtbot.keyClick(panel, Qt.Key.Key_Escape)
    assert pane.side.currentWidget() is not panel


def test_asked_for_again_it_gives_the_card_back(pane: ReadingPane) -> None:
    card = pane.side.currentWidget()
    pane.show_writers_view()
    pane.show_writers_view()
    assert pane.side.currentWidget() is card


def test_a_text_without_scores_is_told_so_and_the_keyboard_is_on_the_way_back(
    view: WritersView,
) -> None:
    view.show_report(analyze(b"We keep your name.", "policy.md"))
    assert view.findChildren(LineButton) == []
    view.take_focus()
    assert view.focusWidget() is view.back


def test_nothing_of_a_policy_is_read_as_markup(view: WritersView) -> None:
    view.show_report(hostile_report())
    for label in view.findChildren(QLabel):
        assert label.textFormat() is Qt.TextFormat.PlainText


def test_it_is_painted_anew_in_another_theme(view: WritersView, report: PolicyReport) -> None:
    view.show_report(report)
    light = view.grab().toImage()
    view.set_theme(load_theme("dark"))
    assert view.grab().toImage() != light
