"""Blocks to headings: which blocks a reader would see as such, and how deep they stand.

In: a ``LoadedText``, whose headings are only those that its format marks. Out: its blocks, all
headings among them marked. A heading is trusted in this order: marked by the format, a line in
bold, a line that looks like one.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace

from reader.model import Block, BlockKind, LoadedText
from reader.sections.apart import (
    COMPANY,
    addresses,
    field_names,
    is_date_line,
    repetitions,
    tables_of_contents,
)
from reader.sections.levels import levels_of
from reader.sections.lines import Line, number_of, read_line
from reader.sections.looks import FINITE_VERB, looks_like_heading
from reader.sections.run_ins import cut_numbered, cut_plain, is_run_in

_MAX_SHARE_OF_WORDS = 1 / 3
"""Where more of the words than this stand in lines of one look, the look says nothing."""
_ENOUGH_MARKED = 3
_MAX_WORDS_PER_MARKED = 1200
_MAX_WORDS_PER_FEW_MARKED = 300
"""A text with longer stretches between its marked headings has others that are unmarked."""
_MIN_PLAIN_RUN_INS = 4


def find_headings(loaded: LoadedText) -> tuple[Block, ...]:
    """Return the blocks of ``loaded``, those that read as headings marked as such.

    Headings that the format marks stay, but for dates and repetitions. Others get kind HEADING
    and a level below the marked ones. Lines that are no prose (addresses, tables of contents,
    bare dates) get ``scored=False``.
    """
    blocks = [part for whole in loaded.blocks for part in cut_numbered(whole, loaded.text)]
    page = _read(blocks, loaded.text)
    if _needs_more(page.lines, page.headings):
        cut = [part for whole in blocks for part in cut_plain(whole, loaded.text)]
        if len(cut) - len(blocks) >= _MIN_PLAIN_RUN_INS:
            page = _read(cut, loaded.text)
    levels = levels_of(page.lines, sorted(page.headings))
    return tuple(
        replace(line.block, kind=BlockKind.HEADING, level=levels[i])
        if i in levels
        else replace(line.block, kind=_no_heading(line.block), scored=False)
        if i in page.unscored
        else line.block
        for i, line in enumerate(page.lines)
    )


def _no_heading(block: Block) -> BlockKind:
    return BlockKind.PARAGRAPH if block.kind is BlockKind.HEADING else block.kind


@dataclass(frozen=True, slots=True)
class _Page:
    """A document's lines, and by their places the headings and what is no prose."""

    lines: tuple[Line, ...]
    headings: frozenset[int]
    unscored: frozenset[int]


def _read(blocks: Sequence[Block], text: str) -> _Page:
    """Return the page that ``blocks`` make: marked headings, bold ones, and bare ones if needed."""
    lines = tuple(read_line(block, text) for block in blocks)
    no_prose = addresses(lines) | {i for i, line in enumerate(lines) if is_date_line(line)}
    no_prose |= repetitions(lines)
    marked = {i for i, line in enumerate(lines) if line.block.kind is BlockKind.HEADING} - no_prose
    barred = no_prose | {
        i for i, line in enumerate(lines) if line.is_short and COMPANY.search(line.text)
    }
    headings = marked | _unless_too_many(_bold_lines(lines) - barred, lines)
    if _needs_more(lines, {i for i in headings if not is_run_in(lines[i].block)}):
        bare = {i for i in range(len(lines)) if i not in barred and looks_like_heading(lines, i)}
        headings |= _unless_too_many(bare, lines)
    else:
        headings |= _numbered_below(lines, headings) - barred
    headings -= field_names(lines, headings - marked)
    contents = tables_of_contents(lines, headings) - marked
    headings -= contents
    return _Page(lines, frozenset(headings), frozenset((contents | no_prose) - headings))


def _numbered_below(lines: Sequence[Line], chosen: set[int]) -> set[int]:
    """Return the unmarked lines numbered "3.1" where "3." is a marked heading above them."""
    found: set[int] = set()
    above: tuple[int, ...] = ()
    for i, line in enumerate(lines):
        number = number_of(line)
        if not number:
            continue
        if i in chosen:
            above = number[:1]
        elif number[:1] == above and len(number) > 1 and looks_like_heading(lines, i):
            found.add(i)
    return found


def _needs_more(lines: Sequence[Line], chosen: Collection[int]) -> bool:
    """Return whether marked headings are too few for the text, so that others must be unmarked."""
    words = sum(line.length for line in lines)
    marked = sum(i > 2 for i in chosen)
    enough = marked >= _ENOUGH_MARKED
    return words > marked * (_MAX_WORDS_PER_MARKED if enough else _MAX_WORDS_PER_FEW_MARKED)


def _unless_too_many(found: set[int], lines: Sequence[Line]) -> set[int]:
    """Return ``found``, or nothing where so much was found that the sign means nothing.

    Measured in words: a policy of short paragraphs has a heading to each of them.
    """
    words = sum(lines[i].length for i in found)
    return found if words <= _MAX_SHARE_OF_WORDS * sum(line.length for line in lines) else set()


def _bold_lines(lines: Sequence[Line]) -> set[int]:
    """Return the lines that are bold from end to end and short, and open something."""
    return {
        i
        for i, line in enumerate(lines[:-1])
        if line.block.bold > 0.9
        and line.is_short
        and (line.block.kind is BlockKind.PARAGRAPH or line.label)
        and line.block.kind is not BlockKind.TABLE_ROW
        and line.body[:1] not in "*("
        and not (line.text[-1] in ".,;" and FINITE_VERB.search(line.body) and not line.label)
    }
