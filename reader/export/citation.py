"""A quote of the policy with its source, as plain text to be pasted elsewhere."""

from __future__ import annotations

from bisect import bisect_right

from reader.model import PolicyReport, Span
from reader.summary import clean_line, lead_in_of, summary_card


def citation(report: PolicyReport, span: Span, lead_in: Span | None = None) -> str:
    """Return the words of ``span`` in quotation marks, and below them where they stand.

    That is the policy's title, section, page where the file has pages, date and file. ``lead_in``
    are the words that a list item completes; they stand before it, with an ellipsis where the
    policy has more between them.
    """
    text = report.document.text
    quote = "\n".join(clean_line(line) for line in span.of(text).splitlines() if line.strip())
    quote = lead_in_of(text, span, lead_in) + quote
    card = summary_card(report)
    where = ", ".join([card.title, *place_in(report, span.start)])
    return f"“{quote}”\n— {where}. {card.date_line} File: {card.source_line}."


def place_in(report: PolicyReport, place: int) -> list[str]:
    """Return where the code point ``place`` stands: section and page, as far as there are any."""
    where = []
    if heading := _heading_at(report, place):
        where.append(f"section “{heading}”")
    if (page := _page_at(report, place)) is not None:
        where.append(f"page {page}")
    return where


def _heading_at(report: PolicyReport, place: int) -> str:
    sections = report.document.sections
    number = bisect_right([section.span.start for section in sections], place) - 1
    if number < 0 or sections[number].heading_is_ours:
        return ""
    return clean_line(sections[number].heading)


def _page_at(report: PolicyReport, place: int) -> int | None:
    blocks = report.document.blocks
    number = bisect_right([block.span.start for block in blocks], place) - 1
    return blocks[number].page if number >= 0 else None
