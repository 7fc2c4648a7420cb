"""A comparison in words: for the terminal, and as Markdown."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from reader.changes import difficulty_change
from reader.compare import Change, Comparison, DisclosureChange
from reader.export.inert import markdown_text as inert
from reader.model import Evidence, PolicyReport
from reader.section_changes import SectionChange, SectionChangeKind
from reader.summary import clean_line, summary_card

CHANGE_WORDS = {
    Change.REVERSED: "Says the opposite now",
    Change.NEW: "New",
    Change.GONE: "No longer found",
    Change.WEAKER: "Weaker: protects you less",
    Change.STRONGER: "Stronger: protects you more",
    Change.CHANGED: "Changed",
}
SECTION_WORDS = {
    SectionChangeKind.ADDED: "Added",
    SectionChangeKind.REMOVED: "Removed",
    SectionChangeKind.MOVED: "Moved",
    SectionChangeKind.EDITED: "Edited",
}
NO_CHANGE = "Both say the same, as far as we can tell."
_WIDTH = 80


def comparison_card(comparison: Comparison, width: int = _WIDTH) -> str:
    """Return the comparison as lines of at most ``width`` columns for a terminal."""
    lines: list[str] = []
    for name, report in (("Old", comparison.old), ("New", comparison.new)):
        lines += textwrap.wrap(f"{name}: {_named(report)}", width, subsequent_indent="     ")
    lines += ["", *textwrap.wrap(difficulty_change(comparison.old, comparison.new), width)]
    if not comparison.disclosures:
        lines += ["", NO_CHANGE]
    for change, group in _groups(comparison):
        lines += ["", CHANGE_WORDS[change]]
        for each in group:
            lines += textwrap.wrap(_text(each), width, initial_indent="- ", subsequent_indent="  ")
            for name, quote in _quotes(comparison, each):
                lines += textwrap.wrap(
                    f"{name}: “{quote}”",
                    width,
                    initial_indent="    ",
                    subsequent_indent="    ",
                    max_lines=3,
                    placeholder=" …",
                )
    if comparison.sections.changes:
        lines += ["", "Sections"]
        for section in comparison.sections.changes:
            told = _section(section)
            lines += textwrap.wrap(told, width, initial_indent="- ", subsequent_indent="  ")
    lines += ["", summary_card(comparison.new).made_by]
    return "\n".join(lines)


def comparison_markdown(comparison: Comparison) -> bytes:
    """Return the comparison in UTF-8; the policies' words are quoted and never markup."""
    lines = ["# What changed", ""]
    for name, report in (("Old", comparison.old), ("New", comparison.new)):
        lines.append(f"- {name}: {inert(_named(report))}")
    lines += ["", inert(difficulty_change(comparison.old, comparison.new))]
    if not comparison.disclosures:
        lines += ["", NO_CHANGE]
    for change, group in _groups(comparison):
        lines += ["", f"## {CHANGE_WORDS[change]}"]
        for each in group:
            lines += ["", inert(_text(each))]
            for name, quote in _quotes(comparison, each):
                lines += ["", f"> {name}: “{inert(quote)}”"]
    if comparison.sections.changes:
        lines += ["", "## Sections", ""]
        lines += [f"- {inert(_section(section))}" for section in comparison.sections.changes]
    lines += ["", summary_card(comparison.new).made_by]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _named(report: PolicyReport) -> str:
    card = summary_card(report)
    return f"{card.title} ({card.source_line}). {card.date_line} {card.length}."


def _groups(comparison: Comparison) -> Iterator[tuple[Change, list[DisclosureChange]]]:
    for change in Change:
        if group := [each for each in comparison.disclosures if each.change is change]:
            yield change, group


def _text(change: DisclosureChange) -> str:
    """Return the change in words, without those that stand above its group."""
    return change.text.removeprefix("New: ").removeprefix("No longer found: ")


def _quotes(comparison: Comparison, change: DisclosureChange) -> Iterator[tuple[str, str]]:
    for name, passage, report in (
        ("Old", change.old_quote, comparison.old),
        ("New", change.new_quote, comparison.new),
    ):
        if passage is not None:
            yield name, _words(report, passage)


def _words(report: PolicyReport, passage: Evidence) -> str:
    text = report.document.text
    quote = clean_line(passage.span.of(text))
    return quote if passage.context is None else f"{clean_line(passage.context.of(text))} {quote}"


def _section(change: SectionChange) -> str:
    section = change.new or change.old
    heading = clean_line(section.heading) if section else ""
    named = f"{SECTION_WORDS[change.change]}: {heading or 'the opening'}"
    counts = [
        f"{sign}{count:,}"
        for sign, count in (("+", change.words_added), ("−", change.words_removed))
        if count
    ]
    return f"{named} ({', '.join(counts)} words)" if counts else named
