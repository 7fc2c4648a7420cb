"""The details of a topic: each finding with its words, a way to them, and what was not found."""

from __future__ import annotations

from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QAccessible
from PySide6.QtTest import QSignalSpy, QTest
from PySide6.QtWidgets import QLabel, QPushButton, QScrollArea
from pytestqt.qtbot import QtBot

from reader.analysis import analyze
from reader.gui.detail_panel import DetailPanel, QuoteButton
from reader.gui.text_widgets import FittedLabel, LineButton
from reader.gui.theme import load_theme
from reader.model import PolicyReport
from reader.summary import summary_card
from tests.gui.reports import hostile_report
from tests.make_report import make_report


@pytest.fixture
def panel(qtbot: QtBot) -> DetailPanel:
    panel = DetailPanel(load_theme("light"))
    qtbot.addWidget(panel)
    panel.resize(430, 500)
    panel.show()
    return panel


def words(panel: DetailPanel) -> list[str]:
    return [label.accessibleName() for label in panel.findChildren(FittedLabel)]


def quotes(panel: DetailPanel) -> list[QuoteButton]:
    return panel.findChildren(QuoteButton)


def with_many_passages(report: PolicyReport, number: int) -> PolicyReport:
    first, *rest = report.disclosures
    passages = tuple(
        replace(first.evidence[0], rule=f"share.advertisers.{each}") for each in range(number)
    )
    return replace(report, disclosures=(replace(first, evidence=passages), *rest))


def test_a_finding_stands_with_its_statement_and_its_quote_and_tells_its_limit_once(
    panel: DetailPanel,
):
    report = make_report()
    panel.show_topic(report, "sell")
    shown = words(panel)
    assert "They say they do not sell your personal information, except in a merger." in shown
    assert not any(line.startswith("With this limit") for line in shown)
    assert [quote.accessibleName() for quote in quotes(panel)] == [
        "1. Sharing: “We do not sell your personal information, except in a merger.”"
    ]


def test_a_limit_that_the_statement_does_not_tell_stands_below_it(panel: DetailPanel):
    report = make_report()
    short = tuple(replace(each, statement="They do not sell it.") for each in report.disclosures)
    panel.show_topic(replace(report, disclosures=short), "sell")
    assert "With this limit: “except in a merger”" in words(panel)


def test_a_quote_of_a_paged_document_tells_its_page(panel: DetailPanel):
    report = make_report()
    first, *rest = report.disclosures
    passage = replace(first.evidence[0], page=3)
    panel.show_topic(
        replace(report, disclosures=(replace(first, evidence=(passage,)), *rest)), first.topic
    )

    (name,) = {q.accessibleName() for q in quotes(panel) if q.evidence is passage}
    assert " · page 3: " in name


def test_the_lead_in_of_a_list_stands_before_the_words_of_its_item(panel: DetailPanel):
    panel.show_topic(make_report(), "share")
    (quote,) = quotes(panel)
    assert quote.accessibleName() == (
        "1. Sharing: We share your details with: “advertisers such as Lumen Reach;”"
    )


def test_a_finding_says_why_and_how_sure(panel: DetailPanel):
    panel.show_topic(make_report(), "share")
    assert (
        "Found by the rule share.advertisers.list. "
        "We are fairly sure: of 100 such findings, about 85 were right." in words(panel)
    )
    panel.show_topic(make_report(), "sell")
    assert (
        "Found by the rule sell.sells.verb. "
        "We are fairly sure: of 100 such findings, about 90 were right." in words(panel)
    )
    report = make_report()
    guesses = tuple(replace(each, confidence=0.5) for each in report.disclosures)
    panel.show_topic(replace(report, disclosures=guesses), "sell")
    assert any("We are not sure: read the words yourself." in line for line in words(panel))


def test_a_finding_names_what_the_policy_names(panel: DetailPanel):
    panel.show_topic(make_report(), "share")
    assert {"Data named in these words: your details", "Who gets it: Lumen Reach"} <= set(
        words(panel)
    )


def named(panel: DetailPanel, text: str, topic: str) -> list[str]:
    """Return the lines of the panel that tell what the findings on ``topic`` name."""
    panel.show_topic(analyze(f"# Lamp policy\n\n{text}".encode(), "lamps.md"), topic)
    begins = ("Data named", "Who gets it", "From whom")
    return [line for line in words(panel) if line.startswith(begins)]


def test_who_gives_data_is_not_told_as_getting_it(panel: DetailPanel):
    text = "We receive information about you from advertisers and from data brokers."
    (line,) = named(panel, text, "collect")
    assert line.startswith("From whom: ")
    assert "advertisers" in line


def test_who_is_named_where_data_is_collected_is_not_told_as_getting_it(panel: DetailPanel):
    text = "We collect your contacts, so that other users and our partners can find you."
    assert not [line for line in named(panel, text, "collect") if "partners" in line]


def test_points_of_interest_are_no_interests(panel: DetailPanel):
    text = "We collect your location, such as shops and other points of interest near you."
    (line,) = named(panel, text, "collect")
    assert "location" in line
    assert "interest" not in line


def test_what_is_never_shared_is_not_named_as_data_that_is(panel: DetailPanel):
    text = (
        "We share data with service providers, but never any information that could tie your"
        " search queries to your IP address."
    )
    assert not [line for line in named(panel, text, "share") if line.startswith("Data")]


@pytest.mark.parametrize("by_keyboard", [False, True])
def test_a_quote_leads_to_its_passage(panel: DetailPanel, by_keyboard: bool):
    report = make_report()
    spy = QSignalSpy(panel.evidence_chosen)
    panel.show_topic(report, "rights")
    if by_keyboard:
        panel.take_focus()
        QTest.keyClick(panel.focusWidget(), Qt.Key.Key_Space)
    else:
        QTest.mouseClick(quotes(panel)[0], Qt.MouseButton.LeftButton)
    (evidence,) = spy.at(0)
    assert evidence is report.disclosures[2].evidence[0]


def test_a_silent_topic_says_what_was_not_found(panel: DetailPanel):
    panel.show_topic(make_report(), "keep")
    shown = words(panel)
    assert "We found nothing about this" in shown
    assert any(
        line.startswith("No time limit found for keeping your data") and "25%" in line
        for line in shown
    )
    assert not quotes(panel)


def test_many_passages_wait_until_they_are_asked_for(panel: DetailPanel):
    panel.show_topic(with_many_passages(make_report(), 9), "share")
    assert len(quotes(panel)) == 3
    (more,) = (b for b in panel.findChildren(LineButton) if b.text().startswith("Show"))
    assert more.accessibleName() == "Show 6 more"
    QTest.mouseClick(more, Qt.MouseButton.LeftButton)
    rules = [quote.evidence.rule for quote in sorted(quotes(panel), key=lambda each: each.y())]
    assert sorted(rules) == [f"share.advertisers.{each}" for each in range(9)]
    assert not more.isVisible()


def test_a_chosen_finding_is_brought_into_view(panel: DetailPanel, qtbot: QtBot):
    report = with_many_passages(make_report(), 3)
    model = report.disclosures[0]
    others = tuple(replace(model, type=f"share.other-{each}") for each in range(6))
    keys = (*(each.key for each in others), "share.advertisers:said")
    topics = tuple(
        replace(each, disclosures=keys) if each.id == "share" else each for each in report.topics
    )
    report = replace(report, disclosures=(*others, *report.disclosures), topics=topics)
    panel.show_finding(report, "share.advertisers:said")
    scroll = panel.findChild(QScrollArea)

    def in_view() -> bool:
        last = quotes(panel)[-1]
        top = last.mapTo(scroll.viewport(), last.rect().topLeft()).y()
        return scroll.verticalScrollBar().value() > 0 and 0 < top < scroll.viewport().height()

    qtbot.waitUntil(in_view)


def test_a_flag_stands_with_the_quotes_of_both_sides(panel: DetailPanel):
    report = make_report()
    (flag,) = summary_card(report).flags
    panel.show_flag(report, flag)
    shown = [button.text().strip("“”") for button in panel.findChildren(QuoteButton)]
    quotes = [
        disclosure.evidence[0].span.of(report.document.text)
        for key in flag.disclosures
        for disclosure in report.disclosures
        if disclosure.key == key
    ]
    assert len(quotes) == len(flag.disclosures) == 2
    assert [" ".join(quote.split()) for quote in quotes] == shown
    names = [label.accessibleName() for label in panel.findChildren(FittedLabel)]
    assert flag.text in names


def test_escape_and_the_button_lead_back_to_the_card(panel: DetailPanel):
    panel.show_topic(make_report(), "sell")
    spy = QSignalSpy(panel.closed)
    QTest.keyClick(panel, Qt.Key.Key_Escape)
    QTest.mouseClick(panel.findChild(QPushButton), Qt.MouseButton.LeftButton)
    assert spy.count() == 2


def test_a_verdict_is_said_in_words_to_a_screen_reader(panel: DetailPanel):
    panel.show_topic(make_report(), "share")
    names = [
        QAccessible.queryAccessibleInterface(child).text(QAccessible.Text.Name)
        for child in panel.findChildren(QLabel)[0].parent().children()
        if child.isWidgetType()
    ]
    assert "Warning" in names
    assert "Warning. They share your details with advertisers such as Lumen Reach." in names


def test_an_unknown_topic_or_finding_shows_nothing(panel: DetailPanel):
    panel.show_topic(make_report(), "no-such-topic")
    assert not words(panel)
    panel.show_finding(make_report(), "no.such:said")
    assert not words(panel)


def test_no_words_are_read_as_markup(panel: DetailPanel):
    report = hostile_report()
    panel.show_topic(report, "share")
    labels = panel.findChildren(FittedLabel)
    assert any(label.text().startswith("<img") for label in labels)
    assert all(label.textFormat() is Qt.TextFormat.PlainText for label in labels)
    assert all("<img" not in widget.toolTip() for widget in (*labels, *quotes(panel)))
