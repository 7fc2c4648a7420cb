"""How hard a section reads: the words below the contents, and the panel that they open."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from reader.analysis import analyze
from reader.difficulty import bars_line, standing_line
from reader.gui.legal_bars_list import LegalBarsList
from reader.gui.main_window import MainWindow
from reader.gui.reading_pane import ReadingPane
from reader.gui.reading_panel import WHOLE_POLICY, ReadingPanel
from reader.gui.summary_card import SummaryCardView
from reader.gui.text_widgets import FittedLabel, LineButton
from reader.gui.theme import Theme, load_theme
from reader.model import PolicyReport
from reader.paths import resource
from tests.gui.reports import hostile_report

SENTENCE = (
    "We keep what you tell us about the lamps that you have bought 🏮, the shades that you have "
    "returned, the carriers that you have asked for and the days on which nobody answered."
)
POLICY = f"# Lamps\n\n{SENTENCE}\n\n# Names\n\n" + "We keep your name. " * 20


@pytest.fixture(scope="module")
def report() -> PolicyReport:
    return analyze(POLICY.encode(), "policy.md")


@pytest.fixture
def panel(qtbot: QtBot, theme: Theme) -> ReadingPanel:
    shown = ReadingPanel(theme)
    qtbot.addWidget(shown)
    shown.resize(430, 700)
    with qtbot.waitExposed(shown):
        shown.show()
    return shown


def line_below_the_contents(pane: ReadingPane) -> LineButton:
    (line,) = pane.outline.findChildren(LineButton)
    return line


def words(panel: ReadingPanel) -> list[str]:
    return [label.accessibleName() for label in panel.findChildren(FittedLabel)]


def test_the_line_below_the_contents_tells_of_the_section_that_is_read(pane: ReadingPane) -> None:
    line = line_below_the_contents(pane)
    assert line.accessibleName() == (
        "This section: Too short to score. 33 words a sentence, 9% long words"
    )
    pane.outline.show_place(POLICY.index("We keep your name"))
    assert line.accessibleName().endswith("4 words a sentence, 0% long words")


def test_the_line_opens_the_figures_of_its_section_and_back_leads_to_the_card(
    qtbot: QtBot, pane: ReadingPane
) -> None:
    card = pane.side.currentWidget()
    pane.outline.show_place(POLICY.index("We keep your name"))
    qtbot.mouseClick(line_below_the_contents(pane), Qt.MouseButton.LeftButton)
    panel = pane.side.currentWidget()
    assert isinstance(panel, ReadingPanel)
    assert words(panel)[0] == "Names"
    assert "Words: 80" in words(panel)
    pane.go_back()
    assert pane.side.currentWidget() is card
    pane.go_forward()
    assert pane.side.currentWidget() is panel
    (back,) = panel.findChildren(QPushButton)
    qtbot.mouseClick(back, Qt.MouseButton.LeftButton)
    assert pane.side.currentWidget() is card


def test_ctrl_r_gives_the_figures_the_keyboard_and_the_card_at_the_second_press(
    qtbot: QtBot, window: MainWindow, pane: ReadingPane
) -> None:
    view, panel = pane.view, pane.findChild(ReadingPanel)
    view.setFocus()
    qtbot.keyClick(view, Qt.Key.Key_F10)
    assert not pane.side.isVisible()
    qtbot.keyClick(view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert panel.isVisible(), "though that pane was folded away"
    focused = window.focusWidget()
    assert panel.isAncestorOf(focused)
    qtbot.keyClick(focused, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    assert pane.side.currentWidget() is pane.findChild(SummaryCardView)


def test_ctrl_r_tells_of_the_whole_policy_and_then_of_the_section(
    qtbot: QtBot, pane: ReadingPane
) -> None:
    panel = pane.findChild(ReadingPanel)

    def press(words: str) -> None:
        (link,) = (
            each
            for each in panel.findChildren(LineButton)
            if each.isVisible() and each.text() == words
        )
        qtbot.mouseClick(link, Qt.MouseButton.LeftButton)

    def heading() -> str:
        return panel.area.widget().findChildren(FittedLabel)[0].accessibleName()

    assert pane.report is not None
    last = pane.report.document.sections[-1]
    pane.view.go_to(last.span.start)
    qtbot.keyClick(pane.view, Qt.Key.Key_R, Qt.KeyboardModifier.ControlModifier)
    whole = heading()
    assert whole != last.heading
    press("Only the section that is read now")
    assert heading() == pane.report.document.sections[pane.outline.section].heading
    press("The whole policy")
    assert heading() == whole


@pytest.mark.parametrize("way", ["mouse", "key"])
def test_the_line_below_the_contents_unfolds_the_pane_that_it_fills(
    qtbot: QtBot, pane: ReadingPane, way: str
) -> None:
    qtbot.keyClick(pane.view, Qt.Key.Key_F10)
    line = line_below_the_contents(pane)
    if way == "mouse":
        qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    else:
        qtbot.keyClick(line, Qt.Key.Key_Return)
    assert pane.findChild(ReadingPanel).isVisible()


def test_the_cards_line_opens_the_figures_of_the_whole_policy(
    qtbot: QtBot, pane: ReadingPane
) -> None:
    line = next(
        each
        for each in pane.side.currentWidget().findChildren(LineButton)
        if "to read" in each.accessibleName()
    )
    qtbot.mouseClick(line, Qt.MouseButton.LeftButton)
    panel = pane.side.currentWidget()
    assert isinstance(panel, ReadingPanel)
    assert words(panel)[0] == "The whole policy"


def test_a_hard_sentence_leads_to_its_words_in_the_text(qtbot: QtBot, pane: ReadingPane) -> None:
    pane.choose_reading(0)
    panel = pane.side.currentWidget()
    (sentence,) = (b for b in panel.findChildren(LineButton) if b.text().startswith("“"))
    assert sentence.accessibleName() == f"33 words in one sentence: {SENTENCE}"
    qtbot.mouseClick(sentence, Qt.MouseButton.LeftButton)
    assert pane.view.textCursor().selectedText() == SENTENCE


def test_the_keyboard_starts_at_the_first_sentence_or_at_the_way_back(
    qtbot: QtBot, panel: ReadingPanel, report: PolicyReport
) -> None:
    panel.show_section(report, 0)
    panel.take_focus()
    assert isinstance(panel.focusWidget(), LineButton)
    panel.show_section(report, 1)
    panel.take_focus()
    assert panel.focusWidget() is panel.back
    with qtbot.waitSignal(panel.closed):
        qtbot.keyClick(panel, Qt.Key.Key_Escape)


def test_the_whole_policy_stands_among_others_and_beside_laws_and_guides(
    qtbot: QtBot, panel: ReadingPanel
) -> None:
    path = resource("samples/lantern-and-loom.md")
    report = analyze(path.read_bytes(), path.name)
    panel.show_section(report, WHOLE_POLICY)
    told = words(panel)
    assert f"{standing_line(report.scores, 'policies')}." in told
    assert f"{bars_line(report.legal_bars)}." in told
    bars = panel.findChild(LegalBarsList)
    assert bars is not None
    buttons = bars.findChildren(LineButton)
    assert len(buttons) == len(report.legal_bars) == 7
    for button, bar in zip(buttons, report.legal_bars, strict=True):
        assert button.accessibleName().startswith("Met: " if bar.passed else "Missed: ")
        assert bar.result in button.accessibleName()
    (details,) = (
        label
        for label in bars.findChildren(FittedLabel)
        if report.legal_bars[0].law in label.accessibleName()
    )
    assert not details.isVisible()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Return)
    assert details.isVisible()
    qtbot.keyClick(buttons[0], Qt.Key.Key_Space)
    assert not details.isVisible()


def test_a_section_stands_among_sections(panel: ReadingPanel) -> None:
    path = resource("samples/lantern-and-loom.md")
    report = analyze(path.read_bytes(), path.name)
    section = next(
        index for index, own in enumerate(report.section_scores) if own.percentile is not None
    )
    panel.show_section(report, section)
    assert any(line.endswith("of the sections we measured.") for line in words(panel))
    assert panel.findChild(LegalBarsList) is None


def test_nothing_of_a_policy_is_read_as_markup(panel: ReadingPanel) -> None:
    for section in (WHOLE_POLICY, 0):
        panel.show_section(hostile_report(), section)
        for label in panel.findChildren(QLabel):
            assert label.textFormat() is Qt.TextFormat.PlainText


def test_the_panel_is_painted_anew_in_another_theme(
    panel: ReadingPanel, report: PolicyReport
) -> None:
    panel.show_section(report, 1)
    light = panel.grab().toImage()
    panel.set_theme(load_theme("dark"))
    assert panel.grab().toImage() != light
    assert words(panel)[0] == "Names"
