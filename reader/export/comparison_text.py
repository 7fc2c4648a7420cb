"""A comparison in words: for the terminal, and as Markdown."""

from __future__ import annotations

import textwrap

from reader.compare import Comparison
from reader.export.comparison_words import ComparisonWords, comparison_words, topic_line
from reader.export.inert import markdown_text as inert
from reader.summary import CARD_WIDTH


def comparison_card(comparison: Comparison, width: int = CARD_WIDTH) -> str:
    """Return the comparison as lines of at most ``width`` columns for a terminal."""
    words = comparison_words(comparison)
    lines: list[str] = []
    for side, named in zip(words.sides, words.named, strict=True):
        indent = " " * (len(side) + 2)
        lines += textwrap.wrap(f"{side}: {named}", width, subsequent_indent=indent)
    for told in (*words.cautions, words.outcome, words.difficulty):
        lines += ["", *textwrap.wrap(told, width)]
    differing = [pair for pair in words.topics if pair.differs]
    if differing:
        lines += ["", "Topics that differ"]
    for pair in differing:
        lines += textwrap.wrap(pair.label, width, initial_indent="- ", subsequent_indent="  ")
        for side, is_new in zip(words.sides, (False, True), strict=True):
            told = f"{side}: {topic_line(pair, is_new=is_new)}"
            lines += textwrap.wrap(told, width, initial_indent="    ", subsequent_indent="      ")
    for heading, group in words.groups:
        lines += ["", heading]
        for each in group:
            lines += textwrap.wrap(each.text, width, initial_indent="- ", subsequent_indent="  ")
            for quote in each.quotes:
                lines += textwrap.wrap(
                    f"{quote.side}: “{quote.words}”",
                    width,
                    initial_indent="    ",
                    subsequent_indent="    ",
                    max_lines=3,
                    placeholder=" …",
                )
    if words.sections:
        lines += ["", "Sections"]
        for section in words.sections:
            lines += textwrap.wrap(section, width, initial_indent="- ", subsequent_indent="  ")
    lines += ["", words.made_by]
    return "\n".join(lines)


def comparison_markdown(comparison: Comparison) -> bytes:
    """Return the comparison in UTF-8; the policies' words are quoted and never markup."""
    words = comparison_words(comparison)
    lines = ["# What differs" if comparison.two_services else "# What changed", ""]
    for side, named in zip(words.sides, words.named, strict=True):
        lines.append(f"- {inert(side)}: {inert(named)}")
    for caution in words.cautions:
        lines += ["", f"**{inert(caution)}**"]
    lines += ["", inert(words.outcome), "", inert(words.difficulty)]
    if comparison.two_services:
        lines += _topics(words)
    for heading, group in words.groups:
        lines += ["", f"## {inert(heading)}"]
        for each in group:
            lines += ["", inert(each.text)]
            for quote in each.quotes:
                lines += ["", f"> {inert(quote.side)}: “{inert(quote.words)}”"]
    if not comparison.two_services:
        lines += _topics(words)
    if words.sections:
        lines += ["", "## Sections", ""]
        lines += [f"- {inert(section)}" for section in words.sections]
    lines += ["", words.made_by]
    return ("\n".join(lines) + "\n").encode("utf-8", "replace")


def _topics(words: ComparisonWords) -> list[str]:
    lines = [
        "",
        "## Topics",
        "",
        f"| Topic | {inert(words.sides[0])} | {inert(words.sides[1])} |",
        "|---|---|---|",
    ]
    for pair in words.topics:
        cells = [inert(topic_line(pair, is_new=is_new)) for is_new in (False, True)]
        label = f"**{inert(pair.label)}**" if pair.differs else inert(pair.label)
        lines.append(f"| {label} | {cells[0]} | {cells[1]} |")
    return lines
