"""Topics that matter to the reader stand first, others are folded; what is said stays the same."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from reader.gui.detail_panel import DetailPanel
from reader.gui.main_window import MainWindow
from reader.gui.reading_pane import ReadingPane
from reader.gui.summary_card import SummaryCardView, TileButton
from reader.gui.text_widgets import LineButton
from reader.gui.topic_choice import TopicChoice, arranged
from reader.settings import Settings, read_settings
from reader.summary import summary_card
from tests.make_report import make_report

TOPICS = [topic.id for topic in make_report().topics]


def tiles(window: MainWindow) -> list[str]:
    """Return the topics of the card, row by row."""
    card = window.findChild(SummaryCardView)
    shown = [tile for tile in card.findChildren(TileButton) if not tile.isHidden()]
    shown.sort(key=lambda tile: (tile.y(), tile.x()))
    return [tile.topic for tile in shown]


def tile(window: MainWindow, topic: str) -> TileButton:
    card = window.findChild(SummaryCardView)
    shown = [each for each in card.findChildren(TileButton) if each.isVisible()]
    return next(each for each in shown if each.topic == topic)


def link(window: MainWindow, words: str) -> LineButton:
    shown = [b for b in window.findChildren(LineButton) if b.isVisible()]
    return next(b for b in shown if b.text().startswith(words))


def choose(window: MainWindow, topic: str, words: str) -> None:
    """Open a topic by its tile, and press one of its two buttons with the keyboard."""
    QTest.mouseClick(tile(window, topic), Qt.MouseButton.LeftButton)
    button = link(window, words)
    button.setFocus()
    QTest.keyClick(button, Qt.Key.Key_Space)
    QTest.keyClick(window.findChild(DetailPanel), Qt.Key.Key_Escape)


def laid_out(qtbot: QtBot, window: MainWindow, expected: list[str]) -> None:
    qtbot.waitUntil(lambda: tiles(window) == expected, timeout=2000)


def test_pinned_topics_stand_first_in_the_order_of_pinning_and_are_marked(
    qtbot: QtBot, window: MainWindow
) -> None:
    choose(window, "kids", "Pin to the top")
    choose(window, "keep", "Pin to the top")
    rest = [topic for topic in TOPICS if topic not in ("kids", "keep")]
    laid_out(qtbot, window, ["kids", "keep", *rest])
    assert tile(window, "kids").accessibleDescription().startswith("Pinned by you.")
    assert "Pinned by you." in tile(window, "kids").toolTip()
    assert "Pinned" not in tile(window, "sell").accessibleDescription()
    choose(window, "kids", "Unpin")
    laid_out(qtbot, window, ["keep", *(t for t in TOPICS if t != "keep")])


def test_a_pin_is_in_the_picture_of_the_tile(window: MainWindow, pane: ReadingPane) -> None:
    before = tile(window, "sell").grab().toImage()
    pane.pin_topic("sell", True)
    after = tile(window, "sell").grab().toImage()
    assert before != after


def test_hidden_topics_are_counted_and_one_press_shows_them(
    qtbot: QtBot, window: MainWindow
) -> None:
    choose(window, "terms", "Hide this topic")
    assert link(window, "1 topic hidden: show it")
    choose(window, "contact", "Hide this topic")
    shown = [topic for topic in TOPICS if topic not in ("terms", "contact")]
    laid_out(qtbot, window, shown)
    line = link(window, "2 topics hidden: show them")
    assert "still cover all topics" in line.accessibleDescription()
    QTest.mouseClick(line, Qt.MouseButton.LeftButton)
    laid_out(qtbot, window, [*shown, "contact", "terms"])
    assert tile(window, "terms").accessibleDescription().startswith("Hidden by you.")
    line = link(window, "Fold away the hidden topics")
    qtbot.waitUntil(lambda: QApplication.focusWidget() is line)
    QTest.keyClick(line, Qt.Key.Key_Space)
    laid_out(qtbot, window, shown)
    QTest.mouseClick(link(window, "2 topics hidden"), Qt.MouseButton.LeftButton)
    choose(window, "terms", "Show this topic again")
    choose(window, "contact", "Show this topic again")
    laid_out(qtbot, window, TOPICS)
    assert not [b for b in window.findChildren(LineButton) if b.text().startswith("Fold")]


def test_the_menu_of_a_tile_offers_the_same(window: MainWindow, pane: ReadingPane) -> None:
    menu = {each.text(): each for each in tile(window, "sell").actions()}
    menu["Pin to the top"].trigger()
    assert [a.text() for a in tile(window, "sell").actions()] == ["Unpin", "Hide this topic"]
    tile(window, "sell").actions()[1].trigger()
    assert "sell" not in tiles(window)
    assert read_settings().hidden_topics == ("sell",)
    assert read_settings().pinned_topics == ()


def test_the_choice_holds_for_the_next_session_and_every_policy(
    qtbot: QtBot, window: MainWindow, pane: ReadingPane
) -> None:
    pane.pin_topic("kids", True)
    pane.hide_topic("terms", True)
    window.close()
    again = MainWindow(read_settings())
    qtbot.addWidget(again)
    with qtbot.waitExposed(again):
        again.show()
    again.show_report(make_report("another.md"))
    laid_out(qtbot, again, ["kids", *(t for t in TOPICS if t not in ("kids", "terms"))])
    again.close()


def test_verdict_and_exports_speak_of_every_topic(window: MainWindow, pane: ReadingPane) -> None:
    before = summary_card(make_report())
    pane.hide_topic("share", True)
    pane.pin_topic("kids", True)
    assert window.report == make_report()
    assert summary_card(window.report) == before
    assert len(pane.view.marked_passages) == 3, "the marks of a hidden topic stay in the text"


def test_a_topic_is_never_both_pinned_and_hidden() -> None:
    choice = TopicChoice().with_pin("sell", on=True).with_hidden("sell", on=True)
    assert choice == TopicChoice(hidden=("sell",))
    assert choice.with_pin("sell", on=True) == TopicChoice(pinned=("sell",))
    shown, hidden = arranged(summary_card(make_report()).tiles, choice)
    assert [t.topic for t in hidden] == ["sell"]
    assert len(shown) == len(TOPICS) - 1


def test_topics_that_no_program_knows_do_no_harm(qtbot: QtBot) -> None:
    window = MainWindow(Settings(theme="light", pinned_topics=("x",), hidden_topics=("y",)))
    qtbot.addWidget(window)
    window.show_report(make_report())
    assert sorted(tiles(window)) == sorted(TOPICS)
    assert not [b for b in window.findChildren(LineButton) if "hidden" in b.text()]
    window.close()
