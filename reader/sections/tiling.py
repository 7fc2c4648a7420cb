"""Headings to sections that tile the text; without headings, groups of paragraphs of our own."""

from __future__ import annotations

from collections.abc import Sequence

from reader.model import Block, BlockKind, Section, Span

_WORDS_OF_OUR_SECTIONS = 250


def find_sections(text: str, blocks: tuple[Block, ...]) -> tuple[Section, ...]:
    """Return the sections of ``text``, in order and without gaps; an empty text has none.

    Text before the first heading is a section of level 0. A text without headings is cut into
    groups of paragraphs, named by their first words and marked as ours: the analysis names them
    by their main topic once it knows it.
    """
    if not text:
        return ()
    headings = [block for block in blocks if block.kind is BlockKind.HEADING]
    if not headings:
        return _sections_of_ours(text, blocks)
    starts = [(block.span.start, block.span.of(text), max(1, block.level)) for block in headings]
    if starts[0][0] > 0:
        starts.insert(0, (0, "", 0))
    return _tile(len(text), starts, ours=False)


def _tile(
    length: int, starts: Sequence[tuple[int, str, int]], *, ours: bool
) -> tuple[Section, ...]:
    """Return a section from each start (offset, heading, level) to the next, parents found."""
    sections: list[Section] = []
    open_sections: list[Section] = []
    for index, (start, heading, level) in enumerate(starts):
        end = starts[index + 1][0] if index + 1 < len(starts) else length
        while open_sections and open_sections[-1].level >= level:
            open_sections.pop()
        parent = open_sections[-1].index if open_sections else None
        section = Section(index, heading, ours, level, parent, Span(start, end))
        sections.append(section)
        if level:
            open_sections.append(section)
    return tuple(sections)


def _sections_of_ours(text: str, blocks: tuple[Block, ...]) -> tuple[Section, ...]:
    """Return groups of whole paragraphs; a list stays with the paragraph that leads in to it."""
    starts: list[tuple[int, str, int]] = []
    words = _WORDS_OF_OUR_SECTIONS
    before: Block | None = None
    for block in blocks:
        line = block.span.of(text)
        free = block.kind is BlockKind.PARAGRAPH and not (
            before is not None and before.span.of(text).endswith((":", ",", ";"))
        )
        if words >= _WORDS_OF_OUR_SECTIONS and (free or not starts):
            starts.append((block.span.start if starts else 0, _first_words(line), 1))
            words = 0
        words += line.count(" ") + 1
        before = block
    return _tile(len(text), starts, ours=True)


def _first_words(line: str) -> str:
    words = line[:200].split()
    return " ".join(words[:6]) + ("…" if len(words) > 6 else "")
