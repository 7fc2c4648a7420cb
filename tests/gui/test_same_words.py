"""Window, paper, web page, Markdown and terminal say the same of a policy, in the same words."""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping

import lxml.html
import pypdfium2
import pytest
from markdown_it import MarkdownIt
from PySide6.QtGui import QAccessible
from PySide6.QtWidgets import QLabel, QWidget
from pytestqt.qtbot import QtBot

from reader.analysis import analyze
from reader.export.card_html import card_html
from reader.export.report_html import report_html
from reader.export.report_markdown import report_markdown
from reader.gui.paper import Content
from reader.gui.printing import report_pdf
from reader.gui.summary_card import SummaryCardView
from reader.gui.theme import load_theme
from reader.model import PolicyReport
from reader.paths import resource
from reader.summary import SummaryCard, address_of, card_text, summary_card
from tests.gui.reports import report_of_all_valences


def sample() -> PolicyReport:
    path = resource("samples/lantern-and-loom.md")
    return analyze(path.read_bytes(), path.name)


def squeezed(words: str) -> str:
    """Return the letters alone: lines end elsewhere on each of the surfaces."""
    return re.sub(r"\W", "", words)


def in_window(report: PolicyReport) -> str:
    view = SummaryCardView(load_theme("light"))
    view.resize(420, 2000)
    view.show_report(report)
    view.show()  # a card is filled in when it is seen
    words = []
    for widget in view.findChildren(QWidget):
        interface = QAccessible.queryAccessibleInterface(widget)
        if interface is not None:
            words.append(interface.text(QAccessible.Text.Name))
            words.append(interface.text(QAccessible.Text.Description))
        if isinstance(widget, QLabel):
            words.append(widget.text())
    view.deleteLater()
    return " ".join(words)


def on_paper(content: Content) -> Callable[[PolicyReport], str]:
    def words(report: PolicyReport) -> str:
        pages = pypdfium2.PdfDocument(report_pdf(report, content))
        return " ".join(page.get_textpage().get_text_range() for page in pages)

    return words


def in_html(page: str) -> str:
    return lxml.html.document_fromstring(page).text_content()


SURFACES: Mapping[str, Callable[[PolicyReport], str]] = {
    "window": in_window,
    "summary": on_paper(Content.SUMMARY),
    "summary and text": on_paper(Content.SUMMARY_AND_TEXT),
    "web page": lambda report: in_html(report_html(report).decode()),
    "clipboard": lambda report: in_html(card_html(summary_card(report))),
    "markdown": lambda report: in_html(
        MarkdownIt("commonmark").enable("table").render(report_markdown(report).decode())
    ),
    "terminal": lambda report: card_text(summary_card(report), 100),
}


def words_of(card: SummaryCard) -> list[str]:
    """Return what every surface says, piece by piece."""
    words = [card.title, card.origin, card.verdict, card.difficulty, card.length]
    for tile in card.tiles:
        words += [tile.label, tile.verdict_word, tile.headline]
    words += [each.text for each in (*card.unusual, *card.flags)]
    for action in card.actions:
        words += [action.text, address_of(action)]
    return [*words, *card.notices]


@pytest.mark.parametrize("surface", list(SURFACES))
@pytest.mark.parametrize("make", [sample, report_of_all_valences])
def test_every_surface_says_the_words_of_the_card(
    qtbot: QtBot, make: Callable[[], PolicyReport], surface: str
):
    report = make()
    said = squeezed(SURFACES[surface](report))
    missing = [each for each in words_of(summary_card(report)) if squeezed(each) not in said]
    assert not missing


@pytest.mark.parametrize("surface", [name for name in SURFACES if name != "window"])
def test_whatever_leaves_the_window_names_its_file_its_quotes_and_its_maker(
    qtbot: QtBot, surface: str
):
    card = summary_card(report := sample())
    said = squeezed(SURFACES[surface](report))
    assert squeezed(card.source_line) in said
    assert squeezed(card.made_by) in said
    if surface != "terminal":  # which has room for the flags alone
        for flag in card.flags:
            assert all(squeezed(quote) in said for quote in flag.quotes)
