"""A report as Markdown: the card, every finding with its quotes, and how hard it reads."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from reader.annotations import Annotation, QuotedAnnotation, quoted
from reader.export.citation import place_in
from reader.export.findings import Finding, findings_of
from reader.export.inert import markdown_text as inert
from reader.export.reading import reading_markdown
from reader.export.wording import WORDING, word_tables
from reader.model import PolicyReport, Verdict
from reader.summary import SHAPES, SummaryCard, action_line, summary_card


def report_markdown(report: PolicyReport, annotations: Sequence[Annotation] = ()) -> bytes:
    """Return the report in UTF-8; the policy's words are quoted, and none of them is markup.

    ``annotations`` are the reader's own marks, which are listed behind the findings.
    """
    card = summary_card(report, most_flags=len(report.flags), most_actions=len(report.actions))
    lines = [
        *_card(card),
        "",
        "## Findings",
        *_findings(findings_of(report)),
        *reading_markdown(report),
        *_wording(report),
    ]
    lines += [*_notes(report, quoted(annotations, report.document)), "", card.made_by]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _card(card: SummaryCard) -> Iterator[str]:
    yield f"# {inert(card.title)}"
    yield ""
    yield inert(card.origin)
    yield f"{inert(card.length)}. {inert(card.difficulty)}."
    yield ""
    yield f"**{inert(card.verdict)}**"
    if card.tiles:
        yield from ("", "| Topic | Verdict | What it says |", "|---|---|---|")
    for tile in card.tiles:
        word = f"{SHAPES[tile.verdict]} {tile.verdict_word}"
        yield f"| {inert(tile.label)} | {word} | {inert(tile.headline)} |"
    yield from _listed("Unusual here", (each.text for each in card.unusual))
    yield from _listed(
        "Watch out",
        (
            " ".join([flag.text, *(f"“{quote}”{at}" for quote, at in flag.quotes_and_places)])
            for flag in card.flags
        ),
    )
    yield from _listed(
        "What you can do",
        (action_line(action) for action in card.actions),
    )
    yield from _listed("About this reading", card.notices)


def _listed(title: str, items: Iterable[str]) -> Iterator[str]:
    lines = [f"- {inert(item)}" for item in items]
    if lines:
        yield from ("", f"## {title}", "", *lines)


def _findings(findings: Iterable[Finding]) -> Iterator[str]:
    for topic, group in groupby(findings, key=lambda finding: finding.topic):
        yield from ("", f"### {inert(topic)}")
        for finding in group:
            disclosure = finding.disclosure
            shape = SHAPES[Verdict(disclosure.valence.value)]
            yield from ("", f"{shape} {finding.verdict_word}: {inert(disclosure.statement)}")
            for quote in finding.quotes:
                place = f" ({inert(quote.place)})" if quote.place else ""
                yield from ("", f"> “{inert(quote.words)}”{place}")


def _notes(report: PolicyReport, notes: Sequence[QuotedAnnotation]) -> Iterator[str]:
    if notes:
        yield from ("", "## Your notes")
    for note in notes:
        if note.annotation.span is None:
            yield from ("", "These words are no longer in the text.")
        else:
            place = ", ".join(place_in(report, note.annotation.span.start))
            where = f" ({inert(place)})" if place else ""
            yield from ("", f"> “{inert(note.quote)}”{where}")
        for line in note.annotation.note.splitlines():
            if line.strip():
                yield from ("", inert(line))


def _wording(report: PolicyReport) -> Iterator[str]:
    tables = word_tables(report)
    if tables:
        yield from ("", f"## {WORDING}")
    for table in tables:
        yield from ("", f"### {inert(table.title)}", "")
        for word in table.words:
            times = f" ({word.times} times)" if word.times > 1 else ""
            yield f"- **{inert(word.words)}**{times}: {inert(word.note)}"
