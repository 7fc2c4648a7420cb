"""A quote of the policy with its source, as plain text to be pasted elsewhere."""

from __future__ import annotations

from bisect import bisect_right

from reader.model import PolicyReport, Span
from reader.summary import clean_line, file_at, lead_in_of, summary_card


def citation(report: PolicyReport, span: Span, lead_in: Span | None = None) -> str:
    """Return the words of ``span`` in quotation marks, and below them where they stand.

    That is the policy's title, section, page where the file has pages, date and file: the one they
    stand in, where the policy has several. ``lead_in`` are the words that a list item completes;
    they stand before it, with an ellipsis where the policy has more between them.
    """
    text = report.document.text
    quote = "\n".join(clean_line(line) for line in span.of(text).splitlines() if line.strip())
    quote = lead_in_of(text, span, lead_in) + quote
    card = summary_card(report)
    where = ", ".join([card.title, *_section_and_page(report, span.start)])
    file = file_at(report.document, span) or card.source_line
    return f"“{quote}”\n— {where}. {card.date_line} File: {file}."


def place_in(report: PolicyReport, place: int) -> list[str]:
    """Return where the code point ``place`` stands: section and page, as far as there are any.

    Where the policy has several files, the last of them ends with the file.
    """
    where = _section_and_page(report, place)
    if file := file_at(report.document, Span(place, place + 1)):
        return [*where[:-1], f"{where[-1]} of {file}"] if where else [f"file {file}"]
    return where


def _section_and_page(report: PolicyReport, place: int) -> list[str]:
    where = []
    if heading := _heading_at(report, place):
        where.append(f"section “{heading}”")
    if (page := report.document.page_of(Span(place, place + 1))) is not None:
        where.append(f"page {page}")
    return where


def _heading_at(report: PolicyReport, place: int) -> str:
    sections = report.document.sections
    number = bisect_right([section.span.start for section in sections], place) - 1
    if number < 0 or sections[number].heading_is_ours:
        return ""
    return clean_line(sections[number].heading)
