"""On a policy that is hard to count in, every finding is marked and noted at its own words."""

from __future__ import annotations

from itertools import pairwise
from random import Random

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QColor, QImage, QTextCursor
from pytestqt.qtbot import QtBot

from reader.analysis import analyze
from reader.gui.margin import Margin, Note
from reader.gui.passages import Passage
from reader.gui.policy_view import PolicyView
from reader.gui.theme import Theme, load_theme
from reader.gui.typesetting import Look
from reader.model import PolicyReport, Span

STATEMENTS = (
    "We sell your personal data to advertisers 🏮 and to data brokers.",
    "We share your e\u2011mail\u00a0address with our partners for advertising.",
    "We never sell your personal information 🪔🪔.",
    "You can ask us for a copy of your personal data at any time.",
    "We keep your data for as long as\u00a0we need it.",
    "We use cookies to show you advertising.",
    "We may change this policy at any time without telling you.",
    "We collect your location, your name and your date of birth.",
)
RIGHT_TO_LEFT = "סוד המנורה 🏮 שלנו، سياسة الخصوصية"


@pytest.fixture(scope="module")
def report() -> PolicyReport:
    """A policy with emoji, lists, no-break spaces and words that run from right to left."""
    random = Random(20)  # noqa: S311 - any order will do, but always the same
    parts = ["# The 🏮 lamp\u00a0shop's privacy policy"]
    for number in range(14):
        parts.append(f"## {number + 1}. What we do 🔦 {RIGHT_TO_LEFT if number % 3 == 0 else ''}")
        some = random.sample(STATEMENTS, 4)
        parts.append(" ".join(["👩\u200d🔧 Dear reader.", *some[:2], RIGHT_TO_LEFT + "."]))
        parts.append("\n".join(f"- {words}" for words in some[2:]))
    return analyze("\n\n".join(parts).encode(), "lamps.md")


@pytest.fixture(params=["light", "dark"])
def theme(request: pytest.FixtureRequest, qapp: object) -> Theme:
    del qapp
    return load_theme(request.param)


@pytest.fixture
def shown(qtbot: QtBot, theme: Theme, report: PolicyReport) -> PolicyView:
    view = PolicyView(theme)
    qtbot.addWidget(view)
    view.resize(860, 600)
    view.show_report(report)
    with qtbot.waitExposed(view):
        view.show()
    return view


def cursor_at(view: PolicyView, text: str, place: int) -> QTextCursor:
    """Return a cursor at a code point, counted here anew in UTF-16."""
    cursor = QTextCursor(view.document())
    cursor.setPosition(len(text[:place].encode("utf-16-le")) // 2)
    return cursor


def test_the_selected_text_is_the_range_of_the_source(
    shown: PolicyView, report: PolicyReport
) -> None:
    text = report.document.text
    assert len(shown.passages) > 40
    for passage in shown.passages:
        shown.show_words(passage.span)
        selected = shown.textCursor().selectedText().replace("\u2029", "\n")
        assert selected == passage.span.of(text)
        assert shown.selected_span == passage.span


def colors_in(image: QImage, area: QRect) -> set[str]:
    area = area.intersected(image.rect())
    return {
        QColor(image.pixel(x, y)).name()
        for y in range(area.top(), area.bottom() + 1)
        for x in range(area.left(), area.right() + 1)
    }


def gravest_at(passages: list[Passage], span: Span) -> Passage:
    first = Span(span.start, span.start + 1)
    return max((p for p in passages if p.span.overlaps(first)), key=lambda p: p.valence.severity)


def test_the_picture_has_the_tint_at_the_line_of_every_finding(
    shown: PolicyView, report: PolicyReport, theme: Theme
) -> None:
    text = report.document.text
    for topic in {passage.disclosure.topic for passage in shown.passages}:
        shown.choose_topic(topic)
        tinted = [p for p in shown.passages if p.disclosure.topic == topic]
        for passage in tinted:
            shown.go_to(passage.span.start)
            line = shown.cursorRect(cursor_at(shown, text, passage.span.start))
            picture = shown.viewport().grab().toImage()
            row = QRect(0, line.top(), picture.width(), line.height())
            tint = theme.colors(gravest_at(tinted, passage.span).valence).tint
            assert tint.name() in colors_in(picture, row), passage


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_notes_stand_within_half_a_line_of_their_words(
    qtbot: QtBot, shown: PolicyView, report: PolicyReport, direction: Qt.LayoutDirection
) -> None:
    random = Random(7)  # noqa: S311 - any places will do, but always the same
    text = report.document.text
    margin = shown.findChild(Margin)
    assert margin is not None
    shown.setLayoutDirection(direction)
    noted = [passage for passage in shown.passages if passage in shown.tinted_passages]
    seen = []

    def check() -> None:
        rects = margin.note_rects()
        assert rects
        is_right = margin.geometry().left() > shown.viewport().geometry().left()
        assert is_right == (direction is Qt.LayoutDirection.LeftToRight)
        assert all(upper.bottom() < lower.top() for (_, upper), (_, lower) in pairwise(rects))
        row = min(rect.height() for _, rect in rects)
        free_from = -(10**6)
        for note, rect in rects:
            line = line_of(shown, text, note)
            middle = margin.mapFrom(shown, shown.viewport().mapTo(shown, line.center())).y()
            off = rect.top() + row / 2 - middle
            is_pushed_down = off > 0 and rect.top() - free_from <= 3
            assert abs(off) <= line.height() / 2 or is_pushed_down
            free_from = rect.bottom()
        seen.extend(rects)

    for _ in range(10):
        shown.resize(random.randint(380, 1500), random.randint(300, 900))
        shown.set_look(Look(zoom=random.choice([0.7, 1.0, 1.4, 2.0])))
        shown.go_near(random.choice(noted).span.start)
        bar = shown.verticalScrollBar()
        bar.setValue(bar.value() + random.randint(-80, 80))
        qtbot.waitUntil(check)  # what was resized is arranged a turn of the event loop later
    assert len(seen) > 50


def line_of(view: PolicyView, text: str, note: Note) -> QRect:
    return view.cursorRect(cursor_at(view, text, note.passages[0].span.start))
