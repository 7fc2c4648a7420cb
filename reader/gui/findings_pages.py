"""What the lists on paper say: every finding with its quotes, and the reader's own notes."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from itertools import groupby

from reader.annotations import QuotedAnnotation
from reader.export.findings import Finding, findings_of
from reader.export.pdf_navigation import PagePlace
from reader.gui.list_pages import Item
from reader.gui.sheet import HEADING, MUTED, PASSAGE, PLACE, PLAIN, STRONG, TITLE
from reader.model import Document, PolicyReport, Span, Verdict
from reader.summary import clean_line, summary_card

_BETWEEN_TOPICS, _BETWEEN_FINDINGS = 5.2, 2.6


def finding_items(report: PolicyReport) -> Iterator[Item]:
    """Yield the list of findings: a head, each topic with its findings, and what was not read."""
    card = summary_card(report)
    findings = findings_of(report)
    yield Item(card.title, TITLE, is_wide=True, keeps=True)
    yield Item(card.origin, MUTED, is_wide=True, keeps=True)
    yield Item(_counted(len(findings)), HEADING, gap=3.0, is_wide=True, keeps=True)
    for _, group in groupby(findings, key=lambda finding: finding.topic):
        for number, finding in enumerate(group):
            yield from _finding_items(finding, is_first=number == 0)
    if card.notices:
        yield Item("About this reading", HEADING, gap=7.0, is_wide=True, keeps=True)
        for notice in card.notices:
            yield Item(notice, MUTED, gap=0.6, is_wide=True)


def _counted(number: int) -> str:
    match number:
        case 0:
            return "We found nothing to list."
        case 1:
            return "One finding and its words"
        case _:
            return f"{number} findings and their words"


def _finding_items(finding: Finding, *, is_first: bool) -> Iterator[Item]:
    topic = finding.topic if is_first else ""
    verdict = Verdict(finding.disclosure.valence.value)
    yield Item(
        f"{finding.verdict_word}: {finding.disclosure.statement}",
        STRONG,
        gap=_BETWEEN_TOPICS if topic else _BETWEEN_FINDINGS,
        shape=verdict,
        aside=topic,
        running=finding.topic,
        icon=finding.disclosure.topic if topic else "",
        keeps=True,
        outline=topic,
    )
    for quote in finding.quotes:
        yield Item(
            f"“{quote.words}”",
            PASSAGE,
            gap=0.5,
            running=finding.topic,
            is_set_in=True,
            keeps=bool(quote.place),
        )
        if quote.place:
            yield Item(f"In: {quote.place}", PLACE, running=finding.topic, is_set_in=True)


def note_items(
    notes: Iterable[QuotedAnnotation],
    document: Document,
    place_of: Callable[[Span], PagePlace] | None = None,
) -> Iterator[Item]:
    """Yield the list of the reader's notes; nothing where there is none.

    ``place_of`` tells where on these pages the words of a note stand, None if they do not.
    """
    heading = "Your notes"
    for number, note in enumerate(notes):
        if number == 0:
            yield Item(heading, TITLE, gap=9.0, is_wide=True, keeps=True, outline=heading)
        aside = "" if note.section is None else clean_line(document.sections[note.section].heading)
        gone = "These words are no longer in the text."
        quote = f"“{clean_line(note.quote)}”" if note.quote else gone
        words = note.annotation.note.splitlines()
        yield Item(
            quote,
            PASSAGE if note.quote else MUTED,
            gap=_BETWEEN_TOPICS,
            aside=aside or "The opening",
            keeps=bool(words),
        )
        if place_of is not None and note.annotation.span is not None:
            place = place_of(note.annotation.span)
            yield Item(f"On page {place.page + 1}", PLACE, keeps=bool(words), link=place)
        elif note.page is not None:
            yield Item(f"Page {note.page} of the file", PLACE, keeps=bool(words))
        for line in words:
            yield Item(clean_line(line), PLAIN, gap=0.6)
