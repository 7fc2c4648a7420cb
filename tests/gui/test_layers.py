"""The layers of marks: their switches, the filter, and that everything follows it alike."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QColor, QImage, QTextCharFormat, QTextCursor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import (
    QAbstractButton,
    QApplication,
    QCheckBox,
    QPushButton,
    QRadioButton,
    QWidget,
)
from pytestqt.qtbot import QtBot

from reader.gui.filter_strip import FilterStrip
from reader.gui.layers import ALL_VALENCES, Findings, Layers, Wording, layers_of, with_layers
from reader.gui.main_window import MainWindow
from reader.gui.margin import Margin
from reader.gui.marks_panel import MarksPanel
from reader.gui.message_bar import MessageBar
from reader.gui.outline import SECTION_ROLE, VALENCE_ROLE, Outline
from reader.gui.passages import Passage
from reader.gui.policy_view import PolicyView
from reader.gui.reading_pane import ReadingPane
from reader.gui.text_offsets import TextOffsets
from reader.gui.theme import Theme
from reader.gui.topic_filter import TopicFilter
from reader.gui.typesetting import Look
from reader.model import PolicyReport, Span, Valence
from reader.settings import Settings, read_settings
from tests.gui.reports import report_with_wording
from tests.make_report import make_report

NO_LINE = QTextCharFormat.UnderlineStyle.NoUnderline
CTRL = Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> PolicyView:
    """A text with wording marks of every kind, in a window of its own."""
    shown = PolicyView(theme)
    qtbot.addWidget(shown)
    shown.resize(760, 420)
    shown.show_report(report_with_wording())
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def press(window: QWidget, words: str) -> None:
    """Press the switch of the panel whose words begin so, with the mouse."""
    panel = window.findChild(MarksPanel)
    (button,) = (b for b in panel.findChildren(QAbstractButton) if b.text().startswith(words))
    assert isinstance(button, QCheckBox | QRadioButton)
    panel.area.ensureWidgetVisible(button)
    QTest.mouseClick(button, Qt.MouseButton.LeftButton, pos=QPoint(8, button.height() // 2))


def tick_topics(window: QWidget, *labels: str) -> None:
    """Tick topics of the filter, or clear their boxes, by keyboard."""
    found = window.findChild(TopicFilter)
    if not found.line.isChecked():
        found.line.setFocus()
        QTest.keyClick(found.line, Qt.Key.Key_Space)
    for label in labels:
        (box,) = (each for each in found.findChildren(QAbstractButton) if each.text() == label)
        assert box.isVisible()
        box.setFocus()
        QTest.keyClick(box, Qt.Key.Key_Space)


def marked_in_text(pane: ReadingPane) -> set[str]:
    """Return the types of the findings whose words are underlined."""
    found = set()
    offsets = TextOffsets(pane.view.toPlainText())
    for passage in pane.view.all_passages:
        cursor = QTextCursor(pane.view.document())
        cursor.setPosition(offsets.to_units(passage.span.start) + 1)
        if cursor.charFormat().underlineStyle() != NO_LINE:
            found.add(passage.disclosure.type)
    return found


def types(passages: list[Passage]) -> set[str]:
    return {passage.disclosure.type for passage in passages}


def marked_everywhere(pane: ReadingPane) -> list[set[str]]:
    """Return what is marked in the text, the margin and the map, and what F8 goes through."""
    QTest.qWait(0)  # the notes of the margin are placed a turn later
    margin = pane.view.findChild(Margin)
    in_margin = [p for note, _ in margin.note_rects() for p in note.passages]
    in_map = [passage for passage, _ in pane.map.tick_rects()]
    visited: list[Passage] = []
    pane.view.go_to(0)
    pane.view.show_no_passage()
    while (passage := pane.view.next_passage(1)) is not None:
        pane.view.show_passage(passage)
        visited.append(passage)
    pane.view.show_no_passage()
    return [marked_in_text(pane), types(in_margin), types(in_map), types(visited)]


def contents_marks(window: MainWindow) -> dict[int, Valence]:
    """Return the shapes of the contents, by section."""
    model = window.findChild(Outline).tree.model()
    found, waiting = {}, [model.index(row, 0) for row in range(model.rowCount())]
    while waiting:
        index = waiting.pop()
        if index.data(VALENCE_ROLE) is not None:
            found[index.data(SECTION_ROLE)] = index.data(VALENCE_ROLE)
        waiting += [model.index(row, 0, index) for row in range(model.rowCount(index))]
    return found


def open_panel(window: MainWindow) -> MarksPanel:
    QTest.keyClick(window, Qt.Key.Key_F7)
    panel = window.findChild(MarksPanel)
    assert panel.isVisible()
    return panel


def message(window: MainWindow) -> str:
    return window.findChild(MessageBar).words


# The filter


def test_without_a_filter_all_three_are_marked(window: MainWindow, pane: ReadingPane) -> None:
    everything = {"share.advertisers", "sell.sells", "rights.access"}
    assert marked_everywhere(pane) == [everything] * 4
    assert contents_marks(window) == {1: Valence.BAD, 2: Valence.GOOD}


def test_a_topic_is_filtered_everywhere_alike(window: MainWindow, pane: ReadingPane) -> None:
    open_panel(window)
    tick_topics(window, "Your rights")
    assert marked_everywhere(pane) == [{"rights.access"}] * 4
    assert contents_marks(window) == {2: Valence.GOOD}


def test_several_topics_are_let_through_together(window: MainWindow, pane: ReadingPane) -> None:
    open_panel(window)
    tick_topics(window, "Your rights", "Sharing")
    assert marked_everywhere(pane) == [{"rights.access", "share.advertisers"}] * 4
    said = [b.accessibleName() for b in window.findChild(FilterStrip).findChildren(QAbstractButton)]
    assert "2 of 3 passages marked, only Sharing, Your rights" in said
    line = window.findChild(TopicFilter).line
    assert line.accessibleName() == "Only Sharing, Your rights"
    tick_topics(window, "Sharing")  # not any more
    assert marked_everywhere(pane) == [{"rights.access"}] * 4
    tick_topics(window, "Sale", "Sharing")
    assert line.text() == "Only 3 topics"


def test_one_press_lets_all_topics_through_again(window: MainWindow, pane: ReadingPane) -> None:
    open_panel(window)
    tick_topics(window, "Your rights", "Sharing")
    found = window.findChild(TopicFilter)
    QTest.mouseClick(found.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert pane.layers == Layers()
    assert found.line.text() == "All topics"
    assert not any(box.isChecked() for box in found.findChildren(QCheckBox))


def test_a_valence_is_filtered_everywhere_alike(window: MainWindow, pane: ReadingPane) -> None:
    open_panel(window)
    press(window, "Good news")
    press(window, "For your information")
    assert marked_everywhere(pane) == [{"share.advertisers"}] * 4
    assert contents_marks(window) == {1: Valence.BAD}


def test_what_the_filter_holds_back_is_neither_clicked_nor_explained(
    window: MainWindow, pane: ReadingPane
) -> None:
    passage = next(p for p in pane.view.passages if p.disclosure.type == "share.advertisers")
    assert "Warning. They share your details" in pane.view.words_at(
        point_in(pane.view, passage.span)
    )
    pane.change_layers(Layers(topics=frozenset({"rights"})))
    assert pane.view.words_at(point_in(pane.view, passage.span)) == ""


def test_f8_goes_only_where_the_filter_lets_it(window: MainWindow, pane: ReadingPane) -> None:
    open_panel(window)
    press(window, "Warning")
    pane.view.go_to(0)
    seen = []
    for _ in range(4):
        QTest.keyClick(window, Qt.Key.Key_F8)
        assert pane.view.current_passage is not None
        seen.append(pane.view.current_passage.disclosure.type)
    assert seen == ["sell.sells", "rights.access", "rights.access", "rights.access"]
    QTest.keyClick(window, Qt.Key.Key_F8, Qt.KeyboardModifier.ShiftModifier)
    assert pane.view.current_passage.disclosure.type == "sell.sells"


def test_going_back_shows_no_passage_that_the_filter_holds_back(
    window: MainWindow, pane: ReadingPane
) -> None:
    passage = next(p for p in pane.view.passages if p.disclosure.type == "share.advertisers")
    pane.choose_passage(passage)
    pane.choose_topic("rights")
    pane.change_layers(Layers(topics=frozenset({"rights"})))
    pane.go_back()
    assert pane.view.current_passage is None
    pane.clear_filter()
    pane.go_forward()
    pane.go_back()
    assert marked_in_text(pane) == {"share.advertisers", "sell.sells", "rights.access"}


def test_the_passage_that_is_shown_goes_when_the_filter_holds_it_back(pane: ReadingPane) -> None:
    passage = next(p for p in pane.view.passages if p.disclosure.type == "share.advertisers")
    pane.choose_passage(passage)
    pane.change_layers(Layers(topics=frozenset({"share"})))
    assert pane.view.current_passage is passage
    pane.change_layers(Layers(topics=frozenset({"rights"})))
    assert pane.view.current_passage is None
    assert pane.view.extraSelections() == []


def test_a_line_above_the_text_says_what_is_held_back_and_takes_it_off(
    window: MainWindow, pane: ReadingPane
) -> None:
    strip = window.findChild(FilterStrip)
    assert not strip.isVisible()
    open_panel(window)
    press(window, "For your information")
    tick_topics(window, "Sharing")
    assert strip.isVisible()
    said = [b.accessibleName() for b in strip.findChildren(QAbstractButton)]
    assert "1 of 3 passages marked, only Sharing; Warning, Take care, Good news" in said
    (clear,) = strip.findChildren(QPushButton)
    QTest.mouseClick(clear, Qt.MouseButton.LeftButton)
    assert not strip.isVisible()
    assert not pane.layers.is_filtered
    boxes = window.findChild(MarksPanel).findChildren(QCheckBox)
    assert [box.isChecked() for box in boxes if box.text().startswith("For your")] == [True]
    assert len(marked_everywhere(pane)[0]) == 3


def test_the_filter_ends_with_the_policy_and_the_switches_stay(
    window: MainWindow, pane: ReadingPane
) -> None:
    open_panel(window)
    press(window, "Vague words")
    press(window, "Warning")
    assert pane.layers.is_filtered
    window.show_report(report_with_wording())
    assert not pane.layers.is_filtered
    assert pane.layers.wording == {Wording.VAGUE}
    assert not window.findChild(FilterStrip).isVisible()
    assert contents_marks(window) == {1: Valence.BAD, 2: Valence.GOOD}


def test_the_switches_count_what_the_policy_says_and_nobody_dismissed(
    window: MainWindow, pane: ReadingPane
) -> None:
    panel = open_panel(window)
    named = [box.text() for box in panel.findChildren(QCheckBox)]
    assert {"Warning (1)", "Take care (0)", "Vague words (1)", "Your notes (0)"} <= set(named)
    pane.dismiss("share.advertisers:said")
    assert "Warning (0)" in [box.text() for box in panel.findChildren(QCheckBox)]


# The switches


def test_none_marks_no_finding_anywhere_and_f8_says_why_it_stands_still(
    window: MainWindow, pane: ReadingPane
) -> None:
    open_panel(window)
    press(window, "None")
    assert marked_everywhere(pane) == [set()] * 4
    assert contents_marks(window) == {}
    QTest.keyClick(window, Qt.Key.Key_F8)
    assert "No finding is marked" in message(window)
    press(window, "The most important")
    assert len(marked_everywhere(pane)[0]) == 3


def test_all_of_them_and_ctrl_h_are_one_switch(window: MainWindow, pane: ReadingPane) -> None:
    open_panel(window)
    press(window, "All of them")
    assert read_settings().mark_everything
    action = next(a for a in window.actions() if a.text() == "&Highlight everything")
    assert action.isChecked()
    QTest.keyClick(window, Qt.Key.Key_H, CTRL)
    assert pane.layers.findings is Findings.TELLING
    panel = window.findChild(MarksPanel)
    (telling,) = (b for b in panel.findChildren(QRadioButton) if b.text() == "The most important")
    assert telling.isChecked()
    assert not read_settings().mark_everything


def test_the_switches_come_back_in_the_next_session(qtbot: QtBot, window: MainWindow) -> None:
    open_panel(window)
    press(window, "None")
    press(window, "Legal words")
    press(window, "Your notes")
    window.close()
    again = MainWindow(read_settings())
    qtbot.addWidget(again)
    again.show_report(make_report())
    layers = again.findChild(ReadingPane).layers
    assert layers == Layers(Findings.NONE, frozenset({Wording.LEGAL}), annotations=False)
    assert contents_marks(again) == {}
    again.close()


def test_settings_hold_every_switch_and_no_filter() -> None:
    for findings in Findings:
        layers = Layers(findings, frozenset({Wording.PASSIVES}), annotations=False)
        filtered = replace(layers, topics=frozenset({"sell"}), valences=frozenset({Valence.BAD}))
        assert layers_of(with_layers(Settings(), filtered)) == layers
    assert layers_of(Settings()) == Layers()
    assert Layers().valences == ALL_VALENCES


def test_the_panel_works_by_keyboard_alone_and_escape_leaves_it(
    window: MainWindow, pane: ReadingPane
) -> None:
    panel = open_panel(window)
    focus = QApplication.focusWidget()
    assert isinstance(focus, QRadioButton)
    assert (focus.text(), focus.accessibleDescription()) == ("The most important", "Findings")
    QTest.keyClick(focus, Qt.Key.Key_Right)  # the next of the three
    assert pane.layers.findings is Findings.ALL
    reached = []
    while not (reached and QApplication.focusWidget() is panel.list):
        QTest.keyClick(QApplication.focusWidget(), Qt.Key.Key_Tab)
        reached.append(QApplication.focusWidget())
        assert len(reached) < 30, "the list is not in the tab order"
    names = [w.text() for w in reached if isinstance(w, QCheckBox)]
    assert [name.partition(" (")[0] for name in names] == [
        "Warning",
        "Take care",
        "For your information",
        "Good news",
        "Hard sentences",
        "Vague words",
        "Passives",
        "Legal words",
        "Wordy phrases",
        "The policy's own terms",
        "Your notes",
    ]
    QTest.keyClick(panel.list, Qt.Key.Key_Escape)
    assert not panel.isVisible()


def test_the_panel_shows_itself_where_the_pane_beside_the_text_is_folded(
    window: MainWindow,
) -> None:
    QTest.keyClick(window, Qt.Key.Key_F10)
    panel = window.findChild(MarksPanel)
    QTest.keyClick(window, Qt.Key.Key_F7)
    assert panel.isVisible()
    (card,) = (a for a in window.actions() if a.text() == "&Summary")
    assert card.isChecked()


# The marks on wording


def point_in(view: PolicyView, span: Span, after: int = 2) -> QPoint:
    cursor = QTextCursor(view.document())
    cursor.setPosition(TextOffsets(view.toPlainText()).to_units(span.start + after))
    return view.cursorRect(cursor).center()


def span_of(view: PolicyView, words: str) -> Span:
    start = view.toPlainText().index(words)
    text = view.toPlainText()
    assert text.count(words) >= 1
    return Span(start, start + len(words))


def colored(picture: QImage, color: QColor, left: int, top: int, right: int, bottom: int) -> int:
    """Return how many pixels of a rectangle are about of ``color``."""

    def is_near(other: QColor) -> bool:
        return (
            abs(other.red() - color.red())
            + abs(other.green() - color.green())
            + abs(other.blue() - color.blue())
        ) < 90

    return sum(
        is_near(picture.pixelColor(x, y)) for x in range(left, right) for y in range(top, bottom)
    )


def above(view: PolicyView, words: str, color: QColor) -> int:
    """Return how many pixels just above the capitals of ``words`` have about this colour."""
    picture = view.viewport().grab().toImage()
    cursor = QTextCursor(view.document())
    span = span_of(view, words)
    offsets = TextOffsets(view.toPlainText())
    cursor.setPosition(offsets.to_units(span.start))
    first = view.cursorRect(cursor)
    cursor.setPosition(offsets.to_units(span.end))
    last = view.cursorRect(cursor)
    assert first.top() == last.top(), "the words stand on one line"
    middle = first.center().y()
    return colored(picture, color, first.left(), first.top() - 6, last.left(), middle - 3)


def beside(view: PolicyView, words: str, color: QColor) -> int:
    """Return how many pixels of the page's edge beside ``words`` have about this colour."""
    picture = view.viewport().grab().toImage()
    line = view.cursorRect(_cursor(view, words))
    return colored(picture, color, 11, line.top() + 3, 16, line.bottom() - 3)


def _cursor(view: PolicyView, words: str) -> QTextCursor:
    cursor = QTextCursor(view.document())
    cursor.setPosition(TextOffsets(view.toPlainText()).to_units(span_of(view, words).start))
    return cursor


def test_wording_is_not_marked_until_it_is_asked_for(view: PolicyView, theme: Theme) -> None:
    picture = view.viewport().grab().toImage()
    view.show_report(replace(report_with_wording(), marks=()))
    assert view.viewport().grab().toImage() == picture
    view.show_report(report_with_wording())
    assert above(view, "such as", theme.wording) == 0
    assert beside(view, "We do not sell", theme.wording) == 0


@pytest.mark.parametrize(
    ("kind", "words"),
    [
        (Wording.VAGUE, "such as"),
        (Wording.PASSIVES, "sell"),
        (Wording.LEGAL, "merger"),
        (Wording.PLAINER, "deliver"),
        (Wording.TERMS, "parcels"),
    ],
)
def test_words_have_a_line_above_them_when_their_switch_is_on(
    view: PolicyView, theme: Theme, kind: Wording, words: str
) -> None:
    view.show_layers(Layers(wording=frozenset({kind})))
    assert above(view, words, theme.wording) >= 8
    others = {"such as", "sell", "merger", "deliver", "parcels"} - {words}
    assert all(above(view, other, theme.wording) == 0 for other in others)


def test_dots_dashes_and_line_differ_without_colour(view: PolicyView, theme: Theme) -> None:
    view.show_layers(Layers(wording=frozenset(Wording)))
    filled = {}
    for words in ("such as", "sell", "merger"):
        cursor = _cursor(view, words)
        left = view.cursorRect(cursor).left()
        cursor.setPosition(cursor.position() + len(words))
        filled[words] = above(view, words, theme.wording) / (view.cursorRect(cursor).left() - left)
    assert filled["such as"] < filled["sell"] < filled["merger"]


def test_sentences_have_a_bar_at_the_edge_whole_only_where_they_are_long(
    view: PolicyView, theme: Theme
) -> None:
    view.show_layers(Layers(wording=frozenset({Wording.SENTENCES})))
    long, hard = (
        beside(view, words, theme.wording) for words in ("We do not sell", "You can ask us")
    )
    assert long > hard > 0
    assert beside(view, "We share your details", theme.wording) == 0


def test_a_finding_keeps_its_line_and_tint_under_every_wording_mark(view: PolicyView) -> None:
    before = [view.document().begin().text(), view.document().toHtml()]
    view.show_layers(Layers(wording=frozenset(Wording)))
    assert [view.document().begin().text(), view.document().toHtml()] == before


def test_a_resting_pointer_hears_all_that_is_marked_there(view: PolicyView) -> None:
    view.show_layers(Layers(wording=frozenset(Wording)))
    point = point_in(view, span_of(view, "merger"))
    told = view.words_at(point)
    for words in (
        "For your information. They say they do not sell",
        "Long sentence: 41 words in one sentence",
        "Legal word: “merger”. Two companies become one",
    ):
        assert words in told
    view.show_layers(Layers(wording=frozenset({Wording.VAGUE})))
    assert "Legal word" not in view.words_at(point)


def test_a_plainer_word_and_a_meaning_are_told_where_the_pointer_rests(view: PolicyView) -> None:
    view.show_layers(Layers(wording=frozenset({Wording.PLAINER, Wording.TERMS})))
    told = view.words_at(point_in(view, span_of(view, "deliver")))
    assert "Wordy: “deliver”. Plainer: bring" in told
    told = view.words_at(point_in(view, span_of(view, "parcels")))
    assert "Own term: “parcels”. The policy says: “what we send you”" in told


def test_the_menu_leads_from_a_term_to_its_meaning_and_back(window: MainWindow) -> None:
    window.show_report(report_with_wording())
    pane = window.findChild(ReadingPane)
    pane.change_layers(Layers(wording=frozenset({Wording.TERMS})))
    view = pane.view
    menu = view.make_menu(point_in(view, span_of(view, "parcels")))
    (action,) = (each for each in menu.actions() if "term" in each.text())
    action.trigger()
    assert view.textCursor().selectedText() == "your details"
    menu = view.make_menu(point_in(view, span_of(view, "deliver")))
    assert not any("term" in each.text() for each in menu.actions())


def test_a_note_of_a_wording_mark_is_no_markup(view: PolicyView) -> None:
    report: PolicyReport = report_with_wording()
    marks = tuple(replace(mark, note="<img src='file:///x'>") for mark in report.marks)
    view.show_report(replace(report, marks=marks))
    view.show_layers(Layers(wording=frozenset(Wording)))
    assert "<img" not in view.words_at(point_in(view, span_of(view, "merger")))


def test_a_wording_mark_shows_on_the_passage_that_is_shown_strongly(
    view: PolicyView, theme: Theme
) -> None:
    view.show_layers(Layers(wording=frozenset({Wording.LEGAL})))
    view.show_passage(next(p for p in view.passages if p.disclosure.type == "sell.sells"))
    assert above(view, "merger", theme.page) >= 8


def test_wording_marks_follow_zoom_and_scroll(view: PolicyView, theme: Theme) -> None:
    view.show_layers(Layers(wording=frozenset({Wording.LEGAL})))
    view.resize(420, 200)
    for zoom in (0.8, 1.7):
        view.set_look(Look(zoom=zoom))
        view.go_near(span_of(view, "merger").start)
        assert above(view, "merger", theme.wording) >= 8


@pytest.mark.parametrize("size", [(900, 600), (1060, 700), (1280, 800), (1366, 768), (1920, 1000)])
def test_the_panel_of_marks_is_whole_at_every_width_of_the_window(
    window: MainWindow, pane: ReadingPane, size: tuple[int, int]
) -> None:
    many = make_report()
    best = many.disclosures[0].evidence[0]
    crowd = replace(many.disclosures[0], evidence=(best,) * 121)
    window.show_report(replace(many, disclosures=(crowd, *many.disclosures[1:])))
    window.resize(*size)
    pane = window.findChild(ReadingPane)
    pane.show_marks()
    panel = window.findChild(MarksPanel)
    panel.findChild(TopicFilter).line.click()
    QTest.qWait(0)  # the boxes have their places a turn later
    assert panel.area.widget().width() <= panel.area.viewport().width()
    for box in panel.findChildren(QAbstractButton):
        if box.isVisible():
            assert box.width() >= box.minimumSizeHint().width(), box.text()
            assert box.mapTo(panel, QPoint(box.width(), 0)).x() <= panel.width(), box.text()
