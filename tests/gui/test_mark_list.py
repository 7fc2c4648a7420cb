"""The list of all that is painted: the same marks, for who cannot point at them."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QListView
from pytestqt.modeltest import ModelTester

from reader.annotations import Annotation, annotate
from reader.gui.layers import Findings, Layers, Wording
from reader.gui.main_window import MainWindow
from reader.gui.margin import Margin
from reader.gui.mark_list import MARK_ROLE, MarkListModel
from reader.gui.marks_panel import MarksPanel
from reader.gui.passages import Passage, passages_of
from reader.gui.reading_pane import ReadingPane
from reader.gui.theme import Theme
from reader.model import Mark, PolicyReport, Span
from tests.gui.reports import report_with_wording


def note_on(report: PolicyReport, words: str, note: str) -> Annotation:
    start = report.document.text.index(words)
    made = annotate(report.document.text, Span(start, start + len(words)), note, ())
    assert made is not None
    return made


def rows(shown: QListView) -> list[QModelIndex]:
    model = shown.model()
    return [model.index(row, 0) for row in range(model.rowCount())]


def listed(window: MainWindow) -> QListView:
    panel = window.findChild(MarksPanel)
    if not panel.isVisible():
        QTest.keyClick(window, Qt.Key.Key_F7)
    return panel.list


def spoken(shown: QListView) -> list[str]:
    """Return what a screen reader hears of each row, as Qt tells it."""
    table = QAccessible.queryAccessibleInterface(shown)
    return [table.child(row).text(QAccessible.Text.Name) for row in range(table.childCount())]


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester, theme: Theme) -> None:
    report = report_with_wording()
    model = MarkListModel(theme)
    qtmodeltester.check(model)
    note = note_on(report, "merger", "Which one?")
    model.show_marks(report.document, passages_of(report), report.marks, (note,))
    qtmodeltester.check(model)


def test_every_badge_and_every_tick_of_the_map_is_in_the_list(
    window: MainWindow, pane: ReadingPane
) -> None:
    for findings in Findings:
        pane.change_layers(Layers(findings))
        shown = listed(window)
        marks = [index.data(MARK_ROLE) for index in rows(shown)]
        QTest.qWait(0)  # the notes of the margin are placed a turn later
        badges = {p for n, _ in pane.view.findChild(Margin).note_rects() for p in n.passages}
        ticks = {passage for passage, _ in pane.map.tick_rects()}
        assert set(marks) == ticks
        assert badges <= set(marks)
    pane.change_layers(Layers(topics=frozenset({"rights"})))
    assert [index.data(MARK_ROLE).disclosure.topic for index in rows(listed(window))] == ["rights"]


def test_marks_of_all_layers_stand_in_the_order_of_the_text(window: MainWindow) -> None:
    report = report_with_wording()
    window.show_report(report)
    pane = window.findChild(ReadingPane)
    pane.change_layers(Layers(wording=frozenset(Wording)))
    start = report.document.text.index("merger")
    pane.view.highlight_wanted.emit(Span(start, start + 6))
    shown = listed(window)
    marks = [index.data(MARK_ROLE) for index in rows(shown)]
    assert [mark.span.start for mark in marks] == sorted(mark.span.start for mark in marks)
    kinds = {Passage: 3, Mark: 7, Annotation: 1}
    assert {kind: sum(isinstance(m, kind) for m in marks) for kind in kinds} == kinds


def test_a_row_says_what_it_means_and_where_it_stands(window: MainWindow) -> None:
    report = report_with_wording()
    window.show_report(report)
    pane = window.findChild(ReadingPane)
    pane.change_layers(Layers(wording=frozenset({Wording.LEGAL})))
    said = spoken(listed(window))
    assert said == [
        "For your information: They say they do not sell your personal information, except in a "
        "merger. 1. Sharing. “We do not sell your personal information, except in a merger.”",
        "Legal word: “merger”. Two companies become one. 1. Sharing. “merger”",
        "Warning: They share your details with advertisers such as Lumen Reach. 1. Sharing. "
        "“advertisers such as Lumen Reach;”",
        "Good news: You can ask them for a copy of your data. 2. Your rights. "
        "“You can ask us for a copy of your data.”",
    ]


def test_enter_goes_to_the_words_and_the_list_stays(window: MainWindow) -> None:
    report = report_with_wording()
    window.show_report(report)
    pane = window.findChild(ReadingPane)
    pane.change_layers(Layers(wording=frozenset({Wording.LEGAL})))
    shown = listed(window)
    shown.setFocus()
    shown.setCurrentIndex(rows(shown)[0])
    QTest.keyClick(shown, Qt.Key.Key_Down)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert pane.view.textCursor().selectedText() == "merger"
    QTest.keyClick(shown, Qt.Key.Key_Down)
    QTest.keyClick(shown, Qt.Key.Key_Return)
    assert pane.view.current_passage is rows(shown)[2].data(MARK_ROLE)
    assert shown.isVisible()
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert pane.view.current_passage is None, "the way back leads through the list too"


def test_a_click_goes_to_the_words(window: MainWindow, pane: ReadingPane) -> None:
    shown = listed(window)
    index = rows(shown)[2]
    place = shown.visualRect(index).center()
    QTest.mouseClick(shown.viewport(), Qt.MouseButton.LeftButton, pos=place)
    assert pane.view.current_passage is index.data(MARK_ROLE)


def test_words_from_a_file_are_no_markup(window: MainWindow) -> None:
    report = report_with_wording()
    evil = tuple(
        replace(each, headline="<b>x</b>", statement="<img src='file:///x'>")
        for each in report.disclosures
    )
    window.show_report(replace(report, disclosures=evil))
    tip = rows(listed(window))[0].data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "&lt;img" in tip
