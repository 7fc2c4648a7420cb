"""Every mark stands on its own words and beside its own line, however the text is set."""

from __future__ import annotations

import random
from functools import cache

import pytest
from PySide6.QtCore import QRect, Qt
from PySide6.QtGui import QTextCursor
from pytestqt.qtbot import QtBot

import reader
from reader.gui.layers import Findings, Layers, Wording
from reader.gui.margin import Margin
from reader.gui.passages import Passage
from reader.gui.policy_view import PolicyView
from reader.gui.text_lines import line_pieces
from reader.gui.text_offsets import TextOffsets
from reader.gui.theme import Theme
from reader.gui.typesetting import Look
from reader.model import PolicyReport, Span

SENTENCES = (
    "We collect your name 🏮 and your e-mail\u00a0address when you order a lamp.",
    "We share your personal data with advertisers, which we call שותפים, and with their partners.",
    "We do not sell your personal information 💡🕯️ to anyone.",
    "You can ask us to delete your data at any time, in writing or (نعم) by phone.",
    "We may change this policy from time to time, and staying with us means that you agree.",
    "We use cookies and similar technologies to follow what you do on other websites.",
    "Your data may be transferred to countries outside your own.",
    "The lamp 🪔 stands in the hall, and nobody says more about it than is needed.",
)


@cache
def generated_report() -> PolicyReport:
    """Return the report on a policy made by chance, the same in every run."""
    chance = random.Random(11)  # noqa: S311 - not for secrets
    parts = ["# Privacy policy of Larch 🏮"]
    for number in range(14):
        parts.append(f"## {number + 1}. Part {chance.choice('🏮💡')} {number}")
        parts.append(" ".join(chance.sample(SENTENCES, 3)))
        parts.append("We share your details with:\n")
        items = chance.sample(("our advertisers 💡", "our affiliates", "the police", "שותפים"), 3)
        parts.append("\n".join(f"- {item}" for item in items))
        parts.append(chance.choice(SENTENCES))
    return reader.analyze_text("\n\n".join(parts))


@pytest.fixture
def view(qtbot: QtBot, theme: Theme) -> PolicyView:
    shown = PolicyView(theme)
    qtbot.addWidget(shown)
    shown.resize(720, 560)
    shown.show_report(generated_report())
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def cursor_over(view: PolicyView, span: Span) -> QTextCursor:
    cursor = QTextCursor(view.document())
    start, end = TextOffsets(view.toPlainText()).span_to_units(span)
    cursor.setPosition(start)
    cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
    return cursor


def line_of(view: PolicyView, place: int) -> QRect:
    """Return where Qt's own caret stands at a code point: the line, in the view's pixels."""
    cursor = QTextCursor(view.document())
    cursor.setPosition(TextOffsets(view.toPlainText()).to_units(place))
    return view.cursorRect(cursor)


def test_the_generated_policy_has_what_is_hard_to_count_in() -> None:
    report = generated_report()
    text = report.document.text
    assert any(character > "\uffff" for character in text)
    assert all(each in text for each in ("שותפים", "نعم", "\n"))
    assert len({d.valence for d in report.disclosures}) == 4
    assert sum(len(d.evidence) for d in report.disclosures) > 40


def test_every_finding_selects_its_source_and_has_its_tint_in_the_picture(
    view: PolicyView, theme: Theme
) -> None:
    report = generated_report()
    view.show_layers(Layers(findings=Findings.ALL))
    assert len(view.passages) == sum(len(d.evidence) for d in report.disclosures)
    for passage in view.passages:
        selected = cursor_over(view, passage.span).selectedText().replace("\u2029", "\n")
        assert selected == passage.span.of(report.document.text)
        view.go_near(passage.span.start)
        line = line_of(view, passage.span.start)
        picture = view.viewport().grab(line.adjusted(-40, 0, 60, 0)).toImage()
        colors = {
            picture.pixelColor(x, y).name()
            for x in range(picture.width())
            for y in range(picture.height())
        }
        here = [p for p in view.passages if p.span.start <= passage.span.start < p.span.end]
        gravest = max(here, key=lambda p: p.valence.severity)
        assert theme.colors(gravest.valence).tint.name() in colors


@pytest.mark.parametrize("direction", list(Qt.LayoutDirection)[:2])
def test_badges_stand_at_their_lines_at_any_scroll_width_and_zoom(
    qtbot: QtBot, view: PolicyView, direction: Qt.LayoutDirection
) -> None:
    chance = random.Random(5)  # noqa: S311 - not for secrets
    margin = view.findChild(Margin)
    view.setLayoutDirection(direction)
    seen = 0
    for _ in range(16):
        view.show_layers(Layers(findings=chance.choice((Findings.ALL, Findings.TELLING))))
        view.resize(chance.randrange(420, 1100), chance.randrange(300, 700))
        view.set_look(Look(zoom=chance.choice((0.7, 1.0, 1.6, 2.4))))
        bar = view.verticalScrollBar()
        bar.setValue(chance.randrange(bar.maximum() + 1))
        # They are placed when the text has been laid out, a turn or two later.
        qtbot.waitUntil(lambda: not strays(view, margin), timeout=2000)
        seen += len(margin.note_rects())
        text, beside = view.viewport().geometry(), margin.geometry()
        is_mirrored = direction is Qt.LayoutDirection.RightToLeft
        assert beside.right() < text.left() if is_mirrored else beside.left() > text.right()
    assert seen > 60


def strays(view: PolicyView, margin: Margin) -> list[str]:
    """Return the badges that stand neither at their line nor right below another one, or nowhere.

    Each tinted passage that begins in view must have one.
    """
    badges = {passage for note, _ in margin.note_rects() for passage in note.passages}
    found = [
        f"{passage.disclosure.headline} has no badge"
        for passage in view.tinted_passages - badges
        if 0 < line_of(view, passage.span.start).center().y() < view.viewport().height() * 0.9
    ]
    bottom: int | None = None
    for note, rect in margin.note_rects():
        line = line_of(view, note.passages[0].span.start)
        row = min(rect.height() for _, rect in margin.note_rects())
        middle = rect.top() + row / 2 + margin.y() - view.viewport().y()
        at_its_line = abs(middle - line.center().y()) <= line.height() / 2
        # One above the view may have pushed the first.
        is_pushed = bottom is None and middle > line.center().y() and rect.top() < 40
        if bottom is not None:
            is_pushed = 0 < rect.top() - bottom <= 4
            if rect.top() <= bottom:
                found.append(f"{note.passages[0].disclosure.headline} stands on the one above")
        if not at_its_line and not is_pushed:
            found.append(f"{note.passages[0].disclosure.headline}: {middle}, {line.center().y()}")
        bottom = rect.bottom()
    return found


def test_the_words_that_a_mark_covers_are_those_between_its_pieces(view: PolicyView) -> None:
    report = generated_report()
    offsets = TextOffsets(report.document.text)
    for zoom in (0.8, 1.8):
        view.set_look(Look(zoom=zoom))
        for passage in view.passages:
            start, end = offsets.span_to_units(passage.span)
            pieces = list(line_pieces(view.document(), start, end))
            view.verticalScrollBar().setValue(0)
            first, last = line_of(view, passage.span.start), line_of(view, passage.span.end - 1)
            assert abs(pieces[0].rect.center().y() - first.center().y()) <= first.height() / 2
            assert abs(pieces[-1].rect.center().y() - last.center().y()) <= last.height() / 2
            tops = [piece.rect.top() for piece in pieces]
            assert tops == sorted(set(tops)), "one piece a line"


def test_hovering_any_passage_says_what_it_means(view: PolicyView) -> None:
    view.show_layers(Layers(findings=Findings.ALL, wording=frozenset(Wording)))
    for passage in view.passages:
        view.go_near(passage.span.start)
        middle = min(passage.span.start + 1, passage.span.end - 1)
        point = line_of(view, middle).center()
        point.setX(point.x() + 1)
        assert _says(view.words_at(point), passage)


def _says(words: str, passage: Passage) -> bool:
    return passage.disclosure.statement.split("“")[0].replace("'", "&#x27;")[:40] in words
