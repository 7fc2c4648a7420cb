"""The text as it is shown: the same words, the right ones marked, nothing else read or opened."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import (
    QFont,
    QFontMetrics,
    QTextCharFormat,
    QTextCursor,
    QTextDocument,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from reader.gui.layers import Findings, Layers
from reader.gui.margin import Margin, Note
from reader.gui.passages import Passage
from reader.gui.policy_view import PolicyView
from reader.gui.text_offsets import TextOffsets
from reader.gui.theme import UNDERLINES, Theme, load_theme
from reader.gui.typesetting import Look, typeset
from reader.model import Block, BlockKind, PolicyReport, Span, Valence

PAIR = "🏮"  # one code point, two UTF-16 units


def passage_of(view: PolicyView, type_id: str) -> Passage:
    return next(p for p in view.passages if p.disclosure.type == type_id)


def shown_words(view: PolicyView, span: Span) -> str:
    start, end = TextOffsets(view.toPlainText()).span_to_units(span)
    cursor = QTextCursor(view.document())
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor.selectedText()


def format_inside(view: PolicyView, span: Span) -> QTextCharFormat:
    cursor = QTextCursor(view.document())
    cursor.setPosition(TextOffsets(view.toPlainText()).to_units(span.start) + 1)
    return cursor.charFormat()


def is_tinted(view: PolicyView, span: Span) -> bool:
    return format_inside(view, span).background().style() != Qt.BrushStyle.NoBrush


def point_in(view: PolicyView, span: Span) -> QPoint:
    cursor = QTextCursor(view.document())
    cursor.setPosition(TextOffsets(view.toPlainText()).to_units(span.start) + 2)
    return view.cursorRect(cursor).center()


def with_policy(report: PolicyReport, text: str, blocks: tuple[Block, ...]) -> PolicyReport:
    """Return a report without findings on another text, in one section."""
    sections = (replace(report.document.sections[0], heading="", span=Span(0, len(text))),)
    document = replace(
        report.document, text=text, blocks=blocks, sections=sections, links=(), sentences=()
    )
    empty = tuple(replace(topic, disclosures=()) for topic in report.topics)
    return replace(report, document=document, disclosures=(), flags=(), topics=empty)


def test_the_words_are_the_policys_and_nothing_is_added(
    view: PolicyView, report: PolicyReport
) -> None:
    assert view.toPlainText() == report.document.text


def test_every_finding_selects_its_own_words_behind_an_emoji(
    view: PolicyView, report: PolicyReport
) -> None:
    assert PAIR in report.document.text
    assert len(view.passages) == 3
    for passage in view.passages:
        assert shown_words(view, passage.span) == passage.span.of(report.document.text)


def test_every_passage_carries_the_underline_of_its_valence(view: PolicyView) -> None:
    for passage in view.passages:
        assert format_inside(view, passage.span).underlineStyle() == UNDERLINES[passage.valence]


def test_at_rest_only_what_decides_a_topic_is_tinted(qtbot: QtBot, report: PolicyReport) -> None:
    sharing, selling, access = report.disclosures
    second = replace(access.evidence[0], span=Span(*_place(report, "Write to privacy@")))
    twice = replace(access, evidence=(access.evidence[0], second))
    view = PolicyView(load_theme("light"))
    qtbot.addWidget(view)
    view.show_report(replace(report, disclosures=(sharing, selling, twice)))
    assert is_tinted(view, sharing.evidence[0].span)
    assert is_tinted(view, access.evidence[0].span)
    assert not is_tinted(view, second.span)
    assert format_inside(view, second.span).underlineStyle() == UNDERLINES[Valence.GOOD]
    view.choose_topic("rights")
    assert is_tinted(view, second.span)
    assert not is_tinted(view, sharing.evidence[0].span)
    view.show_layers(Layers(findings=Findings.ALL))
    assert is_tinted(view, sharing.evidence[0].span)
    view.show_layers(Layers())
    view.choose_topic(None)
    assert not is_tinted(view, second.span)
    assert is_tinted(view, sharing.evidence[0].span)


def test_at_rest_what_is_neither_good_nor_bad_is_not_marked(
    qtbot: QtBot, report: PolicyReport
) -> None:
    first, *others = report.disclosures
    plain = replace(first, type="share.plain", valence=Valence.NEUTRAL, evidence=first.evidence)
    topics = tuple(replace(each, disclosures=()) for each in report.topics)
    view = PolicyView(load_theme("light"))
    qtbot.addWidget(view)
    view.resize(760, 420)
    view.show_report(replace(report, disclosures=(plain, *others), topics=topics, flags=()))
    margin = view.findChild(Margin)
    assert margin is not None

    def is_noted() -> bool:
        return any(note.passages[0].disclosure is plain for note, _ in margin.note_rects())

    def underline() -> QTextCharFormat.UnderlineStyle:
        return format_inside(view, plain.evidence[0].span).underlineStyle()

    with qtbot.waitExposed(view):
        view.show()
    qtbot.waitUntil(lambda: bool(margin.note_rects()))
    assert underline() == QTextCharFormat.UnderlineStyle.NoUnderline
    assert not is_noted()
    assert plain not in [passage.disclosure for passage in view.marked_passages]
    view.choose_topic(plain.topic)
    qtbot.waitUntil(is_noted)
    assert underline() == UNDERLINES[Valence.NEUTRAL]
    view.choose_topic(None)
    qtbot.waitUntil(lambda: not is_noted())
    assert underline() == QTextCharFormat.UnderlineStyle.NoUnderline
    view.show_passage(passage_of(view, "share.plain"))
    qtbot.waitUntil(is_noted)


def test_a_long_note_takes_a_second_line_and_pushes_the_next_one_down(
    qtbot: QtBot, theme: Theme, report: PolicyReport
) -> None:
    page = QWidget()
    qtbot.addWidget(page)
    margin = Margin(page, theme)
    margin.resize(150, 300)
    words = "Shared with other companies of the same group and with its partners"
    first, second = (replace(each, headline=words) for each in report.disclosures[:2])
    notes = [
        Note(40.0 + 10 * place, (Passage(each, each.evidence[0], 0),), is_telling=True)
        for place, each in enumerate((first, second))
    ]
    margin.show_notes(notes)
    (_, upper), (_, lower) = margin.note_rects()
    assert upper.height() >= 2 * QFontMetrics(margin.font()).height()
    assert lower.top() > upper.bottom()


def _place(report: PolicyReport, words: str) -> tuple[int, int]:
    start = report.document.text.index(words)
    return start, start + len(words)


def test_the_tint_of_the_valence_is_in_the_picture_at_its_line(
    view: PolicyView, theme: Theme
) -> None:
    picture = view.grab().toImage()
    for passage in view.passages:
        corner = view.viewport().mapTo(view, point_in(view, passage.span))
        row = {
            picture.pixelColor(corner.x() + x, corner.y() + y).name()
            for x in range(-8, 8)
            for y in range(-6, 6)
        }
        assert theme.colors(passage.valence).tint.name() in row


def test_a_new_theme_recolours_marks_that_are_there(view: PolicyView) -> None:
    dark = load_theme("dark")
    view.set_theme(dark)
    for passage in view.passages:
        tint = format_inside(view, passage.span).background().color()
        assert tint == dark.colors(passage.valence).tint


def test_a_click_on_a_passage_chooses_it(qtbot: QtBot, view: PolicyView) -> None:
    passage = passage_of(view, "sell.sells")
    with qtbot.waitSignal(view.passage_chosen) as chosen:
        qtbot.mouseClick(
            view.viewport(), Qt.MouseButton.LeftButton, pos=point_in(view, passage.span)
        )
    assert chosen.args == [passage]


def test_enter_chooses_the_passage_at_the_caret(qtbot: QtBot, view: PolicyView) -> None:
    passage = passage_of(view, "rights.access")
    view.go_to(passage.span.start + 3)
    with qtbot.waitSignal(view.passage_chosen) as chosen:
        qtbot.keyClick(view, Qt.Key.Key_Return)
    assert chosen.args == [passage]


def test_selecting_words_chooses_nothing(qtbot: QtBot, view: PolicyView) -> None:
    start = point_in(view, passage_of(view, "sell.sells").span)
    with qtbot.assertNotEmitted(view.passage_chosen):
        qtbot.mousePress(view.viewport(), Qt.MouseButton.LeftButton, pos=start)
        qtbot.mouseMove(view.viewport(), start + QPoint(60, 0))
        qtbot.mouseRelease(view.viewport(), Qt.MouseButton.LeftButton, pos=start + QPoint(60, 0))
    assert view.textCursor().hasSelection()


def test_a_link_tells_its_address_and_opens_nothing(
    qtbot: QtBot, view: PolicyView, report: PolicyReport
) -> None:
    link = report.document.links[0]
    with qtbot.waitSignal(view.link_chosen) as chosen:
        qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=point_in(view, link.span))
    assert chosen.args == [link.target]
    assert view.toPlainText() == report.document.text


def test_no_request_for_a_resource_reads_anything(view: PolicyView) -> None:
    for address in ("file:///etc/hostname", "https://shop.example/a.png", "a.css"):
        for kind in QTextDocument.ResourceType:
            picture = view.loadResource(kind.value, QUrl(address))
            assert (picture.width(), picture.height()) == (1, 1)


def test_markup_in_a_policy_is_shown_as_the_words_it_is(
    qtbot: QtBot, report: PolicyReport, theme: Theme
) -> None:
    text = '<h1>We</h1> <img src="file:///etc/hostname"> & <script>x</script>\n**bold** # no'
    end = text.index("\n")
    blocks = (
        Block(BlockKind.PARAGRAPH, Span(0, end)),
        Block(BlockKind.PARAGRAPH, Span(end + 1, len(text))),
    )
    view = PolicyView(theme)
    qtbot.addWidget(view)
    view.show_report(with_policy(report, text, blocks))
    assert view.toPlainText() == text


def test_copying_gives_words_alone(view: PolicyView, report: PolicyReport) -> None:
    view.selectAll()
    view.copy()
    mime = QApplication.clipboard().mimeData()
    assert mime.text() == report.document.text
    assert not mime.hasHtml()


def test_zooming_keeps_the_line_at_the_top(view: PolicyView, report: PolicyReport) -> None:
    view.resize(360, 200)
    place = report.document.blocks[3].span.start
    view.go_to(place)
    before = view.reading_place
    view.set_look(Look(zoom=1.5))
    assert view.reading_place == before == place
    view.resize(520, 200)
    assert view.reading_place == place


def test_ctrl_and_the_wheel_ask_for_another_size(qtbot: QtBot, view: PolicyView) -> None:
    def turn(angle: int) -> None:
        event = QWheelEvent(
            QPointF(50, 50),
            QPointF(view.mapToGlobal(QPoint(50, 50))),
            QPoint(),
            QPoint(0, angle),
            Qt.MouseButton.NoButton,
            Qt.KeyboardModifier.ControlModifier,
            Qt.ScrollPhase.NoScrollPhase,
            False,
        )
        QApplication.sendEvent(view.viewport(), event)

    size = view.document().defaultFont().pointSizeF()
    for angle, step in ((120, 1), (-120, -1)):
        with qtbot.waitSignal(view.zoom_wanted) as wanted:
            turn(angle)
        assert wanted.args == [step]
    assert view.document().defaultFont().pointSizeF() == size  # Qt's own zoom would fight ours


def test_the_line_stays_readable_in_a_wide_window(view: PolicyView) -> None:
    view.resize(1800, 500)
    letters = view.viewport().width() / view.fontMetrics().averageCharWidth()
    assert 60 < letters < 110


def test_notes_stand_at_their_lines_and_never_on_each_other(qtbot: QtBot, view: PolicyView) -> None:
    margin = view.findChild(Margin)
    assert margin is not None
    qtbot.waitUntil(lambda: len(margin.note_rects()) == len(view.passages))
    bottom = -1
    for note, rect in margin.note_rects():
        line = view.cursorRect(_cursor_at(view, note.passages[0].span.start))
        assert abs(rect.center().y() - line.center().y()) <= line.height() / 2
        assert rect.top() > bottom
        bottom = rect.bottom()


def test_a_click_on_a_note_chooses_its_finding(qtbot: QtBot, view: PolicyView) -> None:
    margin = view.findChild(Margin)
    assert margin is not None
    qtbot.waitUntil(lambda: bool(margin.note_rects()))
    note, rect = margin.note_rects()[0]
    with qtbot.waitSignal(view.passage_chosen) as chosen:
        qtbot.mouseClick(margin, Qt.MouseButton.LeftButton, pos=rect.center())
    assert chosen.args == [note.passages[0]]


def test_a_chosen_passage_is_shown_strongly_and_in_view(
    view: PolicyView, report: PolicyReport, theme: Theme
) -> None:
    view.resize(400, 160)
    passage = passage_of(view, "rights.access")
    view.show_passage(passage)
    (selection,) = view.extraSelections()
    assert selection.cursor.selectedText() == passage.span.of(report.document.text)
    assert selection.format.background().color() == theme.colors(passage.valence).line
    rect = view.cursorRect(_cursor_at(view, passage.span.start))
    assert 0 <= rect.top() < view.viewport().height()


def test_next_and_previous_go_through_all_passages_and_stop(view: PolicyView) -> None:
    visited = []
    while (passage := view.next_passage(1)) is not None:
        view.show_passage(passage)
        visited.append(passage)
    assert visited == list(view.passages)
    before_last = view.next_passage(-1)
    assert before_last == view.passages[-2]


def _cursor_at(view: PolicyView, place: int) -> QTextCursor:
    cursor = QTextCursor(view.document())
    cursor.setPosition(TextOffsets(view.toPlainText()).to_units(place))
    return cursor


def test_a_list_item_has_a_bullet_in_the_picture_only(
    view: PolicyView, report: PolicyReport, theme: Theme
) -> None:
    item = next(b for b in report.document.blocks if b.kind is BlockKind.LIST_ITEM)
    line = view.cursorRect(_cursor_at(view, item.span.start))
    corner = view.viewport().mapTo(view, line.topLeft())
    picture = view.grab().toImage()
    left = [
        picture.pixelColor(corner.x() - x, corner.y() + y)
        for x in range(4, 18)
        for y in range(line.height())
    ]
    darkest = min(color.lightness() for color in left)
    assert darkest < theme.page.lightness() - 100
    assert view.toPlainText() == report.document.text


def test_lists_headings_and_blank_lines_are_looks_and_not_letters(
    qapp: QApplication, report: PolicyReport
) -> None:
    text = "Big\n\nWe take:\n\nyour name\n\n(a) your age\n\nlast"
    spans = [Span(m, m + len(w)) for w in text.split("\n\n") for m in [text.index(w)]]
    kinds = [
        (BlockKind.HEADING, 1),
        (BlockKind.PARAGRAPH, 0),
        (BlockKind.LIST_ITEM, 1),
        (BlockKind.LIST_ITEM, 2),
        (BlockKind.PARAGRAPH, 0),
    ]
    blocks = tuple(Block(k, s, level) for (k, level), s in zip(kinds, spans, strict=True))
    target = QTextDocument()
    typeset(target, with_policy(report, text, blocks).document, QFont("DejaVu Serif", 11))
    assert target.toPlainText() == text
    lines = {target.findBlockByNumber(n).text(): target.findBlockByNumber(n) for n in range(9)}
    assert lines["Big"].blockFormat().headingLevel() == 1
    margins = [lines[words].blockFormat().leftMargin() for words in ("your name", "(a) your age")]
    assert 0 < margins[0] < margins[1]
    indents = [lines[words].blockFormat().textIndent() for words in ("your name", "(a) your age")]
    assert indents[0] == 0 > indents[1]  # its own letter is its bullet, and hangs out
    tops = [
        target.documentLayout().blockBoundingRect(target.findBlockByNumber(number)).top()
        for number in (5, 6)  # the blank line behind "your name", and what follows it
    ]
    assert tops[1] - tops[0] < 6
    assert qapp is not None


def test_the_text_leaves_drops_to_the_window(view: PolicyView) -> None:
    assert not view.acceptDrops()
    assert not view.viewport().acceptDrops()
