"""A comparison as one web page that needs nothing else: what changed, and both texts marked.

The page runs no script and asks for nothing, as the page of a report. On paper the first page
holds what matters; sections with their changed words follow.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from reader.compare import Comparison
from reader.export.comparison_words import ComparisonWords, comparison_words, section_line
from reader.export.inert import html_stretch as stretch
from reader.export.inert import html_text as inert
from reader.export.page import page, shape
from reader.model import Block, PolicyReport, Section, Span, Verdict
from reader.section_changes import SectionChange, SectionChangeKind
from reader.summary import VERDICT_WORDS, clean_line

_LONGEST_QUOTE = 320  # characters on the summary; both texts follow


def comparison_html(comparison: Comparison) -> bytes:
    """Return the page in UTF-8. Light or dark, it follows its reader's system; paper is light."""
    words = comparison_words(comparison)
    heading = "What differs" if comparison.two_services else "What changed"
    return page(
        f"{heading}: {words.title}",
        (
            '<div class="card">',
            f'<h1 dir="auto">{inert(heading)}: {inert(words.title)}</h1>',
            *(
                f'<p class="quiet"><strong>{inert(side)}:</strong> {inert(named)}</p>'
                for side, named in zip(words.sides, words.named, strict=True)
            ),
            *(f'<p class="caution"><strong>{inert(each)}</strong></p>' for each in words.cautions),
            f'<p class="verdict">{inert(words.outcome)}</p>',
            *_in_order(words, topics_first=comparison.two_services),
            *_sections(comparison),
        ),
        foot=inert(words.made_by),
    )


def _in_order(words: ComparisonWords, *, topics_first: bool) -> Iterator[str]:
    """Yield changes and topics; what comes first ends the card, which is a page of paper."""
    yield from _topics(words) if topics_first else _changes(words)
    yield f"<p>{inert(words.difficulty)}</p>"
    yield "</div>"
    yield from _changes(words) if topics_first else _topics(words)


def _changes(words: ComparisonWords) -> Iterator[str]:
    for heading, group in words.groups:
        yield f"<h2>{inert(heading)}</h2>"
        yield '<ul class="changes">'
        for each in group:
            yield f'<li><p class="told">{inert(each.text)}</p>'
            for quote in each.quotes:
                short = clean_line(quote.words)
                if len(short) > _LONGEST_QUOTE:
                    short = f"{short[:_LONGEST_QUOTE].rsplit(' ', 1)[0]} …"
                yield (
                    f'<blockquote><span class="side">{inert(quote.side)}</span> '
                    f'<q dir="auto">{inert(short)}</q></blockquote>'
                )
            yield "</li>"
        yield "</ul>"


def _topics(words: ComparisonWords) -> Iterator[str]:
    yield "<h2>Fifteen questions, side by side</h2>"
    yield '<table class="topics"><thead><tr><th scope="col">Question</th>'
    yield "".join(f'<th scope="col">{inert(side)}</th>' for side in words.sides)
    yield "</tr></thead><tbody>"
    for pair in words.topics:
        differs = ' class="differs"' if pair.differs else ""
        yield f'<tr{differs}><th scope="row">{inert(pair.label)}</th>'
        for verdict, headline in (
            (pair.old_verdict, pair.old_headline),
            (pair.new_verdict, pair.new_headline),
        ):
            yield (
                f'<td class="{verdict.value}">{shape(verdict)} '
                f'<span class="word">{inert(VERDICT_WORDS[verdict])}</span> '
                f'<span class="headline">{inert(headline)}</span></td>'
            )
        yield "</tr>"
    yield "</tbody></table>"
    yield '<ul class="key" aria-label="What the shapes mean">'
    for verdict in Verdict:
        yield f"<li>{shape(verdict)} {inert(VERDICT_WORDS[verdict])}</li>"
    yield "</ul>"


def _sections(comparison: Comparison) -> Iterator[str]:
    if not comparison.sections:
        return
    yield "<h2>Section by section</h2>"
    yield '<p class="quiet">Words that went are struck out, words that came are underlined.</p>'
    for change in comparison.sections:
        yield "<details><summary>"
        yield f"{inert(section_line(change))}</summary>"
        yield from _section(comparison, change)
        yield "</details>"


def _section(comparison: Comparison, change: SectionChange) -> Iterator[str]:
    if change.change is SectionChangeKind.MOVED:
        yield '<p class="quiet">The same words, in another place.</p>'
        return
    alignment = comparison.alignment
    yield '<div class="pair">'
    for report, section, marks, tag in (
        (comparison.old, change.old, alignment.removed if change.new else (), "del"),
        (comparison.new, change.new, alignment.added if change.old else (), "ins"),
    ):
        if section is not None:
            yield '<div class="text">'
            for block in _blocks_of(report, section):
                yield f'<p dir="auto">{_marked(report, block, marks, tag)}</p>'
            yield "</div>"
    yield "</div>"


def _blocks_of(report: PolicyReport, section: Section) -> Iterator[Block]:
    for block in report.document.blocks:
        if section.span.start <= block.span.start < section.span.end:
            yield block


def _marked(report: PolicyReport, block: Block, marks: Sequence[Span], tag: str) -> str:
    text, span = report.document.text, block.span
    parts: list[str] = []
    at = span.start
    for mark in marks:
        if mark.overlaps(span):
            start, end = max(mark.start, at), min(mark.end, span.end)
            parts.append(stretch(text[at:start]))
            parts.append(f"<{tag}>{stretch(text[start:end])}</{tag}>")
            at = end
    parts.append(stretch(text[at : span.end]))
    return "".join(parts)
