"""The strip beside the text: what stands where, where a press leads, and what the frame shows."""

from __future__ import annotations

from dataclasses import replace
from itertools import pairwise

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QAccessible, QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.annotations import Annotation
from reader.gui.annotation_layer import annotation_words
from reader.gui.map_strip import MapStrip
from reader.gui.passages import passages_of
from reader.gui.reading_pane import ReadingPane
from reader.gui.theme import Theme, load_theme
from reader.gui.typesetting import Look
from reader.model import Band, PolicyReport, Span
from tests.make_report import make_report


@pytest.fixture
def pane(qtbot: QtBot, theme: Theme) -> ReadingPane:
    pane = ReadingPane(theme)
    qtbot.addWidget(pane)
    pane.resize(900, 300)
    pane.show_report(make_report())
    with qtbot.waitExposed(pane):
        pane.show()
    pane.view.set_look(Look(zoom=3.0))  # so that not all of it is in view
    qtbot.waitUntil(lambda: not pane.map.frame_rect().isEmpty())
    return pane


@pytest.fixture
def strip(qtbot: QtBot, theme: Theme) -> MapStrip:
    """A strip of its own, 600 pixels high, with a section in every band."""
    strip = MapStrip(theme)
    qtbot.addWidget(strip)
    strip.resize(strip.sizeHint().width(), 600)
    return strip


def banded(report: PolicyReport, *, band: Band, rough: bool) -> PolicyReport:
    scores = tuple(replace(each, band=band, rough=rough) for each in report.section_scores)
    return replace(report, section_scores=scores)


def inked(strip: MapStrip, section: int) -> int:
    """The pixels in the middle line of a section's bar that are not the page."""
    rect = strip.section_rect(section)
    image = strip.grab().toImage()
    page = QColor(strip.grab().toImage().pixelColor(strip.width() - 1, 1))
    y = int(rect.center().y())
    return sum(
        image.pixelColor(x, y) != page for x in range(int(rect.left()), int(rect.right()) + 1)
    )


def contrast(one: QColor, other: QColor) -> float:
    def luminance(color: QColor) -> float:
        parts = [
            part / 12.92 if part <= 0.04045 else ((part + 0.055) / 1.055) ** 2.4
            for part in (color.redF(), color.greenF(), color.blueF())
        ]
        return 0.2126 * parts[0] + 0.7152 * parts[1] + 0.0722 * parts[2]

    light, dark = sorted((luminance(one), luminance(other)), reverse=True)
    return (light + 0.05) / (dark + 0.05)


def test_a_section_is_as_tall_as_its_share_of_the_text(strip: MapStrip):
    report = make_report()
    strip.show_report(report)
    length = len(report.document.text)
    for number, section in enumerate(report.document.sections):
        share = (section.span.end - section.span.start) / length
        assert strip.section_rect(number).height() == pytest.approx(share * 600)


def test_harder_sections_have_wider_bars_and_rough_ones_are_hollow(strip: MapStrip):
    widths = []
    for band in list(Band)[:5]:
        strip.show_report(banded(make_report(), band=band, rough=False))
        widths.append(inked(strip, 1))
    assert widths == sorted(set(widths)), "each band differs from the one before"
    strip.show_report(banded(make_report(), band=Band.VERY_HARD, rough=True))
    assert inked(strip, 1) == 2, "two edges and nothing between"


@pytest.mark.parametrize("name", ["light", "dark"])
@pytest.mark.parametrize("band", list(Band))
def test_every_bar_stands_out_from_the_page(strip: MapStrip, name: str, band: Band):
    shown = load_theme(name)
    strip.set_theme(shown)
    strip.show_report(banded(make_report(), band=band, rough=False))
    place = strip.section_rect(1)
    color = strip.grab().toImage().pixelColor(int(place.left()), int(place.center().y()))
    assert contrast(color, shown.page) >= 3


def test_a_section_that_cannot_be_scored_has_a_hairline(strip: MapStrip):
    strip.show_report(banded(make_report(), band=Band.TOO_SHORT, rough=False))
    assert inked(strip, 1) == 1


def test_each_marked_finding_has_a_tick_at_its_place(strip: MapStrip):
    report = make_report()
    passages = passages_of(report)
    strip.show_report(report)
    strip.show_passages(passages, frozenset(passages))
    placed = dict(strip.tick_rects())
    assert set(placed) == set(passages)
    for passage, rect in placed.items():
        y = passage.span.start / len(report.document.text) * 600
        assert rect.center().y() == pytest.approx(y, abs=0.6)


def test_each_of_the_readers_marks_has_its_sign_at_its_place_and_findings_give_way(
    strip: MapStrip, theme: Theme
):
    report = make_report()
    passages = passages_of(report)
    marks = tuple(
        Annotation(number, passage.span, "", note)
        for number, (passage, note) in enumerate(zip(passages, ("Ask.", "", "Why?"), strict=True))
    )
    gone = Annotation(9, None, "", "Its words are gone.")
    strip.show_report(report)
    for columns in (True, False):
        strip.set_narrow(columns)
        strip.resize(strip.sizeHint().width(), 600)
        strip.show_passages(passages, frozenset(passages))
        strip.show_annotations((*marks, gone))
        placed = dict(strip.sign_rects())
        assert set(placed) == set(marks)
        for mark, rect in placed.items():
            y = mark.span.start / len(report.document.text) * 600
            assert rect.center().y() == pytest.approx(y, abs=0.6)
            assert not any(rect.intersects(tick) for _, tick in strip.tick_rects())
            assert annotation_words(mark) in strip.words_at(rect.center().toPoint())
            inside = strip.grab(rect.toRect()).toImage()
            pixels = [inside.pixelColor(x, y) for x in range(9) for y in range(9)]
            assert max(contrast(pixel, theme.page) for pixel in pixels) >= 3


def test_marks_that_stand_close_share_a_sign(strip: MapStrip):
    report = make_report()
    strip.show_report(report)
    strip.show_annotations([Annotation(n, Span(40 + n, 50 + n), "", "") for n in range(30)])
    signs = [rect for _, rect in strip.sign_rects()]
    assert 0 < len(signs) < 30
    assert not any(a.intersects(b) for a, b in pairwise(signs))


def test_a_press_on_a_sign_goes_to_its_words_and_the_switch_takes_it_off(pane: ReadingPane):
    words = pane.view.passages[-1].span
    pane.view.show_words(words)
    pane.highlight()
    pane.view.go_to(0)
    (sign,) = (rect for _, rect in pane.map.sign_rects())
    QTest.mouseClick(pane.map, Qt.MouseButton.LeftButton, pos=sign.center().toPoint())
    assert pane.view.textCursor().position() == pane.view.document().find("You can ask").anchor()
    pane.change_layers(replace(pane.layers, annotations=False))
    assert pane.map.sign_rects() == []


def test_ticks_never_stand_on_one_another(strip: MapStrip):
    report = make_report()
    crowd = passages_of(report) * 12
    strip.show_report(report)
    strip.resize(strip.width(), 80)
    strip.show_passages(crowd, frozenset(crowd[:1]))
    rects = [rect for _, rect in strip.tick_rects()]
    assert not any(
        one.intersects(other) for place, one in enumerate(rects) for other in rects[:place]
    )


def test_in_a_mirrored_window_bars_and_ticks_change_sides(strip: MapStrip):
    report = make_report()
    passages = passages_of(report)
    strip.show_report(report)
    strip.show_passages(passages, frozenset())
    before = strip.section_rect(0), strip.tick_rects()[0][1]
    strip.setLayoutDirection(Qt.LayoutDirection.RightToLeft)
    after = strip.section_rect(0), strip.tick_rects()[0][1]
    for one, other in zip(before, after, strict=True):
        assert one.left() == pytest.approx(strip.width() - other.right())


def test_a_press_goes_there_and_can_be_taken_back(pane: ReadingPane):
    here = pane.view.reading_place
    place = QPoint(6, int(0.95 * pane.map.height()))
    QTest.mouseClick(pane.map, Qt.MouseButton.LeftButton, pos=place)
    assert pane.view.reading_place > here
    pane.go_back()
    assert pane.view.reading_place == here


def test_a_press_on_a_tick_goes_to_its_words(pane: ReadingPane):
    passage, rect = pane.map.tick_rects()[-1]
    QTest.mouseClick(pane.map, Qt.MouseButton.LeftButton, pos=rect.center().toPoint())
    assert pane.view.textCursor().position() >= passage.span.start
    frame = pane.map.frame_rect()
    assert frame.top() <= rect.center().y() <= frame.bottom()


def test_drawing_the_pointer_scrolls_the_text_and_the_frame_follows(pane: ReadingPane):
    strip = pane.map
    QTest.mousePress(strip, Qt.MouseButton.LeftButton, pos=QPoint(6, 2))
    tops = [strip.frame_rect().top()]
    for share in (0.5, 0.95):
        QTest.mouseMove(strip, QPoint(6, int(share * strip.height())))
        QApplication.sendPostedEvents()
        tops.append(strip.frame_rect().top())
    QTest.mouseRelease(strip, Qt.MouseButton.LeftButton, pos=QPoint(6, strip.height() - 4))
    assert tops == sorted(set(tops))
    pane.go_back()
    assert not pane.can_go_back, "a whole drag is one jump"


def test_the_frame_holds_what_is_in_view(pane: ReadingPane):
    bar = pane.view.verticalScrollBar()
    before = pane.map.frame_rect()
    bar.setValue(bar.maximum())
    after = pane.map.frame_rect()
    assert before.top() < after.top()
    assert after.bottom() == pytest.approx(pane.map.height(), abs=4)


def test_choosing_a_topic_puts_its_findings_on_the_map(pane: ReadingPane):
    at_rest = {passage for passage, _ in pane.map.tick_rects()}
    pane.mark_everything(on=True)
    marked = {passage for passage, _ in pane.map.tick_rects()}
    assert marked == set(pane.view.passages)
    assert at_rest <= marked


def test_a_resting_pointer_hears_the_section_and_its_finding(strip: MapStrip):
    report = make_report()
    passages = passages_of(report)
    strip.show_report(report)
    strip.show_passages(passages, frozenset(passages))
    bad = next(rect for passage, rect in strip.tick_rects() if passage.disclosure.topic == "share")
    words = strip.words_at(bad.center().toPoint())
    assert "1. Sharing" in words
    assert "Warning: Shared with advertisers" in words


def test_a_screen_reader_hears_what_the_strip_is_and_where_its_equal_stands(strip: MapStrip):
    face = QAccessible.queryAccessibleInterface(strip)
    assert face.text(QAccessible.Text.Name) == "Map of the text"
    assert "contents" in face.text(QAccessible.Text.Description)


def test_headings_from_a_file_are_no_markup(strip: MapStrip):
    report = make_report()
    sections = tuple(replace(each, heading="<b>x</b>") for each in report.document.sections)
    strip.show_report(replace(report, document=replace(report.document, sections=sections)))
    assert "<b>" not in strip.words_at(QPoint(3, 300))
