"""The contents: tree and list, bands in words, filter, and the way to a section."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, QPoint, Qt
from PySide6.QtGui import QColor
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QComboBox, QLineEdit, QTreeView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from reader.analysis import analyze
from reader.gui.outline import BAND_ROLE, SECTION_ROLE, VALENCE_ROLE, Outline, OutlineModel
from reader.gui.theme import Theme, load_theme
from reader.model import Band, Counts, PolicyReport, Valence
from reader.scoring import score


def with_bands(report: PolicyReport, *bands: Band | None) -> PolicyReport:
    """Return ``report`` with these bands; None for a section that has no text of its own."""
    scores = []
    for old, band in zip(report.section_scores, bands, strict=True):
        shown = band or Band.TOO_SHORT
        grades = {Band.PLAIN: 6.0, Band.FAIRLY_HARD: 12.0, Band.VERY_HARD: 17.0}
        counts = old.counts if band else Counts()
        scores.append(
            replace(old, band=shown, flesch_kincaid_grade=grades.get(shown), counts=counts)
        )
    return replace(report, section_scores=tuple(scores))


@pytest.fixture
def outline(qtbot: QtBot, theme: Theme, report: PolicyReport) -> Outline:
    pane = Outline(theme)
    qtbot.addWidget(pane)
    pane.show_report(report)
    pane.resize(240, 300)
    with qtbot.waitExposed(pane):
        pane.show()
    return pane


def rows(pane: Outline) -> list[QModelIndex]:
    """Return the rows that are shown, from the top."""
    tree = pane.findChild(QTreeView)
    assert tree is not None
    found, index = [], tree.model().index(0, 0)
    while index.isValid():
        found.append(index)
        index = tree.indexBelow(index)
    return found


def test_the_model_keeps_qts_rules(qtmodeltester: ModelTester, report: PolicyReport) -> None:
    model = OutlineModel()
    qtmodeltester.check(model)
    model.show_report(report)
    qtmodeltester.check(model)
    model.set_hardest_first(True)
    qtmodeltester.check(model)
    model.show_report(None)
    assert model.rowCount() == 0


def test_sections_stand_under_their_parents(outline: Outline, report: PolicyReport) -> None:
    shown = rows(outline)
    assert [index.data() for index in shown] == [s.heading for s in report.document.sections]
    assert shown[1].parent() == shown[0]


def test_outside_english_no_row_has_bars_and_the_text_keeps_its_order(
    outline: Outline, report: PolicyReport
) -> None:
    foreign = replace(report, document=replace(report.document, language_supported=False))
    outline.show_report(foreign)
    assert {index.data(BAND_ROLE) for index in rows(outline)} == {None}
    spoken = rows(outline)[1].data(Qt.ItemDataRole.AccessibleTextRole)
    assert "measured for English only" in spoken
    assert "Hard" not in spoken
    assert "long words" not in spoken
    outline.findChild(QComboBox).setCurrentIndex(1)
    assert [index.data() for index in rows(outline)] == [
        s.heading for s in report.document.sections
    ]


def test_a_row_says_its_band_and_its_gravest_finding_in_words(outline: Outline) -> None:
    spoken = rows(outline)[1].data(Qt.ItemDataRole.AccessibleTextRole)
    assert "1. Sharing" in spoken
    assert "Fairly hard" in spoken
    assert "Warning" in spoken
    assert rows(outline)[1].data(VALENCE_ROLE) is Valence.BAD
    assert rows(outline)[0].data(VALENCE_ROLE) is None


def test_hardest_first_is_a_list_of_what_can_be_scored(
    outline: Outline, report: PolicyReport
) -> None:
    outline.show_report(with_bands(report, Band.TOO_SHORT, Band.PLAIN, Band.VERY_HARD))
    order = outline.findChild(QComboBox)
    assert order is not None
    order.setCurrentIndex(1)
    assert [index.data(SECTION_ROLE) for index in rows(outline)] == [2, 1]


def test_a_section_without_text_of_its_own_is_scored_on_all_below_it(
    outline: Outline, report: PolicyReport
) -> None:
    hard = Counts(words=60, sentences=2, syllables=120)  # each too short to be scored alone
    scores = (score(Counts()), score(hard), score(hard))
    outline.show_report(replace(report, section_scores=scores))
    parent, *children = rows(outline)
    assert [child.data(BAND_ROLE) for child in children] == [Band.TOO_SHORT, Band.TOO_SHORT]
    assert parent.data(BAND_ROLE) is Band.VERY_HARD
    outline.show_report(replace(report, section_scores=(score(Counts()),) * 3))
    assert rows(outline)[0].data(BAND_ROLE) is Band.TOO_SHORT


@pytest.mark.parametrize("name", ["light", "dark"])
def test_the_arrow_of_the_chosen_row_has_the_colour_of_its_words(
    outline: Outline, report: PolicyReport, name: str
) -> None:
    theme = load_theme(name)
    outline.set_theme(theme)
    tree = outline.findChild(QTreeView)
    assert tree is not None
    parent = rows(outline)[0]
    assert tree.model().hasChildren(parent)

    def arrow() -> QColor:
        row = tree.visualRect(parent)
        place = QPoint(row.left() - tree.indentation() // 2, row.center().y())
        return tree.viewport().grab().toImage().pixelColor(place)

    tree.clearSelection()
    assert arrow() == theme.muted
    tree.setCurrentIndex(parent)
    assert arrow() == theme.selection_ink


def test_typing_filters_and_keeps_the_way_to_a_hit(qtbot: QtBot, outline: Outline) -> None:
    field = outline.findChild(QLineEdit)
    assert field is not None
    qtbot.keyClicks(field, "RIGHTS")
    assert [index.data(SECTION_ROLE) for index in rows(outline)] == [0, 2]
    field.clear()
    assert len(rows(outline)) == 3


@pytest.mark.parametrize("by", ["mouse", "enter"])
def test_a_section_is_chosen_by_mouse_and_by_enter(qtbot: QtBot, outline: Outline, by: str) -> None:
    tree = outline.findChild(QTreeView)
    assert tree is not None
    with qtbot.waitSignal(outline.section_chosen) as chosen:
        if by == "mouse":
            place = tree.visualRect(rows(outline)[2]).center()
            qtbot.mouseClick(tree.viewport(), Qt.MouseButton.LeftButton, pos=place)
        else:
            tree.setCurrentIndex(rows(outline)[2])
            qtbot.keyClick(tree, Qt.Key.Key_Return)
    assert chosen.args == [2]


def test_the_current_section_follows_the_reader_without_choosing(
    qtbot: QtBot, outline: Outline, report: PolicyReport
) -> None:
    tree = outline.findChild(QTreeView)
    assert tree is not None
    with qtbot.assertNotEmitted(outline.section_chosen):
        outline.show_place(report.document.sections[2].span.start + 4)
    assert tree.currentIndex().data(SECTION_ROLE) == 2


def test_a_heading_is_never_read_as_markup(outline: Outline, report: PolicyReport) -> None:
    first, *others = report.document.sections
    evil = replace(first, heading='<img src="file:///etc/hostname">')
    document = replace(report.document, sections=(evil, *others))
    outline.show_report(replace(report, document=document))
    tip = rows(outline)[0].data(Qt.ItemDataRole.ToolTipRole)
    assert "<img" not in tip
    assert "&lt;img" in tip


@pytest.fixture
def long_outline(outline: Outline) -> tuple[Outline, PolicyReport]:
    """A short section and forty, the further down the easier, in a pane of some eight rows."""
    hard = "Notwithstanding considerations, information necessitates authorisation. "
    easy = "We keep it safe and we tell you of it. You see what we do with it. "
    sections = (
        f"## {number}. Part\n\n{hard * (40 - number)}{easy * (10 + number)}\n"
        for number in range(40)
    )
    report = analyze("\n".join(("# Policy\n\n## Hello\n\nHello.\n", *sections)).encode(), "long.md")
    outline.show_report(report)
    return outline, report


def test_hardest_first_shows_the_hardest_and_back_the_section_that_is_read(
    qtbot: QtBot, long_outline: tuple[Outline, PolicyReport]
) -> None:
    pane, report = long_outline
    tree, order = pane.tree, pane.findChild(QComboBox)
    assert order is not None
    pane.show_place(report.document.sections[30].span.start)
    QTest.keyClick(order, Qt.Key.Key_End)
    assert tree.viewport().rect().contains(tree.visualRect(rows(pane)[0]))
    QTest.keyClick(order, Qt.Key.Key_Home)
    assert tree.currentIndex().data(SECTION_ROLE) == 30
    assert tree.viewport().rect().contains(tree.visualRect(tree.currentIndex()))


@pytest.mark.parametrize("width", [160, 240, 340])
def test_the_section_that_is_read_is_seen_whole_above_what_is_said_of_it(
    qtbot: QtBot, long_outline: tuple[Outline, PolicyReport], width: int
) -> None:
    pane, report = long_outline
    pane.resize(width, 300)
    for section in (1, 13, 1, 41, 2, 40):
        pane.show_place(report.document.sections[section].span.start)
        QTest.qWait(0)  # the panes are laid out
        row = pane.tree.visualRect(pane.tree.currentIndex())
        assert row.top() >= 0
        assert row.bottom() < pane.tree.viewport().height(), section
