"""The contents: tree and list, bands in words, filter, and the way to a section."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import QModelIndex, Qt
from PySide6.QtWidgets import QComboBox, QLineEdit, QTreeView
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from reader.gui.outline import BAND_ROLE, SECTION_ROLE, VALENCE_ROLE, Outline, OutlineModel
from reader.gui.theme import Theme
from reader.model import Band, Counts, PolicyReport, Valence


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


def test_a_section_without_text_of_its_own_shows_the_band_of_all_below(
    outline: Outline, report: PolicyReport
) -> None:
    outline.show_report(with_bands(report, None, Band.VERY_HARD, Band.PLAIN))
    assert rows(outline)[0].data(BAND_ROLE) is Band.VERY_HARD  # 23 words against 15
    outline.show_report(with_bands(report, None, Band.TOO_SHORT, Band.TOO_SHORT))
    assert rows(outline)[0].data(BAND_ROLE) is Band.TOO_SHORT


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
