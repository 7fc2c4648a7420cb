"""A finding that the reader holds to be wrong: out of everything at once, and back again."""

from __future__ import annotations

from dataclasses import replace

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.gui.detail_panel import DetailPanel
from reader.gui.main_window import MainWindow
from reader.gui.outline import Outline
from reader.gui.policy_view import PolicyView
from reader.gui.reading_pane import ReadingPane
from reader.gui.summary_card import SummaryCardView, TileButton
from reader.gui.text_widgets import FittedLabel, LineButton
from reader.model import Verdict
from reader.settings import Settings
from tests.make_report import make_report

SHARED = "share.advertisers:said"


def link(window: MainWindow, words: str) -> LineButton:
    shown = window.findChildren(LineButton)
    (button,) = (each for each in shown if each.text().startswith(words) and each.isVisible())
    return button


def dismiss_shared(window: MainWindow, pane: ReadingPane) -> None:
    pane.choose_topic("share")
    QTest.mouseClick(link(window, "This is wrong"), Qt.MouseButton.LeftButton)


def tile(window: MainWindow, topic: str) -> TileButton:
    """Return a tile of the card, after a look at the card."""
    window.findChild(ReadingPane).show_card()
    card = window.findChild(SummaryCardView)
    return next(each for each in card.findChildren(TileButton) if each.topic == topic)


def test_a_dismissed_finding_leaves_text_map_contents_and_report(
    window: MainWindow, pane: ReadingPane
):
    dismiss_shared(window, pane)
    view = window.findChild(PolicyView)
    assert all(passage.disclosure.key != SHARED for passage in view.passages)
    assert all(passage.disclosure.key != SHARED for passage, _ in pane.map.tick_rects())
    assert window.report is not None
    assert [each.key for each in window.report.disclosures] == [
        "sell.sells:denied",
        "rights.access:said",
    ]
    outline = window.findChild(Outline)
    model = outline.tree.model()
    sharing = model.index(0, 0, model.index(0, 0))
    assert "Sharing" in sharing.data()
    assert "Warning" not in sharing.data(Qt.ItemDataRole.AccessibleTextRole)


def test_the_tile_and_the_card_follow_at_once(window: MainWindow, pane: ReadingPane):
    assert "Warning" in tile(window, "share").accessibleName()
    dismiss_shared(window, pane)
    assert "Not found" in tile(window, "share").accessibleName()
    shown = [label.accessibleName() for label in window.findChildren(FittedLabel)]
    assert "1 finding dismissed by the reader." in shown


def test_it_stands_struck_out_with_a_way_back(window: MainWindow, pane: ReadingPane):
    dismiss_shared(window, pane)
    panel = window.findChild(DetailPanel)
    assert panel.isVisible()
    statement = "They share your details with advertisers such as Lumen Reach."
    (label,) = (e for e in panel.findChildren(FittedLabel) if e.accessibleName() == statement)
    assert label.font().strikeOut()
    undo = link(window, "Bring it back")
    assert QApplication.focusWidget() is undo, "the keyboard stands on the way back"
    assert undo.accessibleDescription() == statement
    QTest.keyClick(undo, Qt.Key.Key_Space)
    assert window.report == make_report()
    assert "Warning" in tile(window, "share").accessibleName()


def test_ctrl_z_takes_back_the_latest_first(window: MainWindow, pane: ReadingPane):
    pane.dismiss(SHARED)
    pane.dismiss("rights.access:said")
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert [each.key for each in window.report.disclosures] == [
        "sell.sells:denied",
        "rights.access:said",
    ]
    QTest.keyClick(window, Qt.Key.Key_Z, Qt.KeyboardModifier.ControlModifier)
    assert window.report == make_report()
    assert not pane.can_undo


def test_it_is_remembered_for_this_file(qtbot: QtBot, window: MainWindow, pane: ReadingPane):
    dismiss_shared(window, pane)
    window.close()
    again = MainWindow(Settings(theme="light"))
    qtbot.addWidget(again)
    again.show_report(make_report())
    assert again.report is not None
    assert SHARED not in {each.key for each in again.report.disclosures}
    assert {t.verdict for t in again.report.topics if t.id == "share"} == {Verdict.SILENT}
    again.close()


def test_the_place_in_the_text_stays(qtbot: QtBot, window: MainWindow, pane: ReadingPane):
    window.use_settings(replace(window.settings, zoom=3.0))
    bar = pane.view.verticalScrollBar()
    qtbot.waitUntil(lambda: bar.maximum() > 100)
    pane.choose_topic("share")
    bar.setValue(90)
    QTest.mouseClick(link(window, "This is wrong"), Qt.MouseButton.LeftButton)
    assert bar.value() == 90


def test_going_back_never_shows_words_of_a_dismissed_finding(pane: ReadingPane):
    (passage,) = (p for p in pane.view.passages if p.disclosure.key == SHARED)
    pane.choose_passage(passage)
    pane.dismiss(SHARED)
    pane.go_back()
    assert pane.view.current_passage is None


def test_a_flag_that_rested_on_it_gives_way_to_its_topic(window: MainWindow, pane: ReadingPane):
    card = window.findChild(SummaryCardView)
    (flag,) = (b for b in card.findChildren(LineButton) if b.text().startswith("They say they do"))
    QTest.mouseClick(flag, Qt.MouseButton.LeftButton)
    wrong = [b for b in window.findChildren(LineButton) if b.text().startswith("This is wrong")]
    QTest.mouseClick(wrong[0], Qt.MouseButton.LeftButton)
    assert window.report is not None
    assert window.report.flags == ()
    assert link(window, "Bring it back")


def test_back_to_a_flag_that_rested_on_it_shows_the_card(window: MainWindow, pane: ReadingPane):
    card = window.findChild(SummaryCardView)
    (flag,) = (b for b in card.findChildren(LineButton) if b.text().startswith("They say they do"))
    QTest.mouseClick(flag, Qt.MouseButton.LeftButton)
    wrong = [b for b in window.findChildren(LineButton) if b.text().startswith("This is wrong")]
    QTest.mouseClick(wrong[0], Qt.MouseButton.LeftButton)
    QTest.keyClick(window, Qt.Key.Key_Left, Qt.KeyboardModifier.AltModifier)
    assert pane.side.currentWidget() is card
    QTest.keyClick(window, Qt.Key.Key_Right, Qt.KeyboardModifier.AltModifier)
    assert link(window, "Bring it back")
