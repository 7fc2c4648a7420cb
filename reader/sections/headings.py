"""Blocks to headings: which blocks a reader would see as such, and how deep they stand.

In: a ``LoadedText``, whose headings are only those that its format marks. Out: its blocks, all
headings among them marked. A heading is trusted in this order: marked by the format, a line in
bold, a line that looks like one.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

from reader.model import Block, BlockKind, LoadedText
from reader.sections.apart import (
    COMPANY,
    LEADS_ON,
    addresses,
    field_names,
    is_date_line,
    menus,
    repetitions,
    tables_of_contents,
)
from reader.sections.levels import levels_of
from reader.sections.lines import PROSE, Line, number_of, read_line
from reader.sections.looks import (
    NAVIGATION,
    is_statement,
    looks_like_heading,
    names_text_below,
    numbered_series,
)
from reader.sections.run_ins import cut_names, cut_numbered

_MAX_SHARE_OF_WORDS = 1 / 3
"""Where more of the words than this stand in lines of one look, the look says nothing."""
_BOLD = 0.9
"""Share of a line's letters above which it is bold from end to end."""
_MAX_WORDS_OF_MARKED = 30
"""Words beyond which what is marked as a heading is a paragraph in large letters."""
_FEWEST_ITEMS = 2
"""Items in bold above texts of their own from which on they are headings."""
_TITLE_LINES = 3
_TOP = 10
"""Lines among which a heading that names the policy is looked for."""
_FEW_MARKED = 2
_LONG_STRETCH = 400
_LONG_STRETCH_OF_FEW = 300
"""Words after which a heading is due: where a text marks its headings, and where it marks few."""
_OVERLONG_STRETCH = 1200
"""Words after which the names that open paragraphs serve as headings too."""
_MIN_PLAIN_RUN_INS = 4
_NAMES_POLICY = re.compile(
    r"\b(?:privacy|cookies?|data protection)\s+(?:policy|policies|notice|statement)\b",
    re.IGNORECASE,
)


def find_headings(loaded: LoadedText) -> tuple[Block, ...]:
    """Return the blocks of ``loaded``, those that read as headings marked as such.

    Headings that the format marks stay, but for dates, repetitions and whole paragraphs. Others
    get kind HEADING and a level below the marked ones. Lines that are no prose (addresses, tables
    of contents, bare dates) get ``scored=False``.
    """
    blocks = [part for whole in loaded.blocks for part in cut_numbered(whole, loaded.text)]
    page = _read(blocks, loaded.text)
    page = _with_names_cut(page, loaded.text, _LONG_STRETCH, in_bold=True)
    page = _with_names_cut(page, loaded.text, _OVERLONG_STRETCH, in_bold=False)
    levels = levels_of(page.lines, sorted(page.headings))
    return tuple(
        replace(line.block, kind=BlockKind.HEADING, level=levels[i])
        if i in levels
        else _no_heading(line.block, scored=i not in page.unscored)
        for i, line in enumerate(page.lines)
    )


def _no_heading(block: Block, *, scored: bool) -> Block:
    if block.kind is BlockKind.HEADING:
        return replace(block, kind=BlockKind.PARAGRAPH, level=0, explicit=False, scored=scored)
    return block if scored else replace(block, scored=False)


@dataclass(frozen=True, slots=True)
class _Page:
    """A document's lines, and by their places the headings and what is no prose."""

    lines: tuple[Line, ...]
    headings: frozenset[int]
    unscored: frozenset[int]


def _read(blocks: Sequence[Block], text: str) -> _Page:
    """Return the page that ``blocks`` make: marked headings, bold ones, and bare ones where due."""
    lines = tuple(read_line(block, text) for block in blocks)
    no_prose = addresses(lines) | {i for i, line in enumerate(lines) if is_date_line(line)}
    no_prose |= repetitions(lines)
    marked = {
        i
        for i, line in enumerate(lines)
        if line.block.kind is BlockKind.HEADING and line.length <= _MAX_WORDS_OF_MARKED
    } - no_prose
    barred = no_prose | {
        i
        for i, line in enumerate(lines)
        if line.is_short
        and (COMPANY.search(line.text) or LEADS_ON.search(line.text))
        and not _NAMES_POLICY.search(line.text)
        and not (line.label and line.block.bold > _BOLD)
    }
    headings = marked | _unless_too_many(_bold_lines(lines) - barred, lines, range(len(lines)))
    headings -= field_names(lines, headings - marked)
    headings |= _numbered_below(lines, headings) - barred
    headings |= _bare_headings(lines, headings) - barred
    headings |= _title_line(lines, headings) - barred
    headings -= field_names(lines, headings - marked)
    headings -= menus(lines, headings - marked)
    contents = tables_of_contents(lines, headings) - marked
    headings -= contents
    return _Page(lines, frozenset(headings), frozenset((contents | no_prose) - headings))


def _with_names_cut(page: _Page, text: str, words: int, *, in_bold: bool) -> _Page:
    """Return ``page``, names that open paragraphs cut off where no heading stands for ``words``.

    Names ``in_bold`` that end in a full stop and serve as headings in one part of a policy do so in
    all of it. Others are less sure: they do only where they are due, and with a colon only those
    that do not recur, as "Purpose:" does.
    """
    due = _due_after(page.headings, words)
    long = {i for stretch in _stretches(page.lines, page.headings, due) for i in stretch}
    if not long:
        return page
    cut = {
        i: parts
        for i in (range(len(page.lines)) if in_bold else sorted(long))
        for parts in (cut_names(page.lines[i].block, text, in_bold=in_bold),)
        if len(parts) > 1
    }
    names = {i: parts[0].span.of(text) for i, parts in cut.items()}
    times = Counter(names.values())
    sure = {i for i, name in names.items() if in_bold and name[-1] == "."}
    unsure = {
        i for i in (long & names.keys()) - sure if names[i][-1] == "." or times[names[i]] == 1
    }
    chosen = {
        i for alike in (sure, unsure) if len(alike & long) >= _MIN_PLAIN_RUN_INS for i in alike
    }
    if not chosen:
        return page
    blocks = [
        block
        for i, line in enumerate(page.lines)
        for block in (cut[i] if i in chosen else (line.block,))
    ]
    return _read(blocks, text)


def _bare_headings(lines: Sequence[Line], chosen: Collection[int]) -> set[int]:
    """Return the lines that look like headings where those chosen stand too far apart.

    Names cut out of paragraphs do not count: they name a case more often than a section.
    """
    set_apart = {i for i in chosen if not lines[i].is_run_in}
    series = numbered_series(lines)
    found: set[int] = set()
    for stretch in _stretches(lines, set_apart, _due_after(set_apart, _LONG_STRETCH)):
        bare = {i for i in stretch if i in series or looks_like_heading(lines, i)}
        found |= _unless_too_many(bare, lines, stretch)
    return found


def _title_line(lines: Sequence[Line], chosen: Collection[int]) -> set[int]:
    """Return the line at the top that names the policy, where no heading does."""
    first = min(chosen, default=0)
    if any(_NAMES_POLICY.search(lines[i].text) for i in chosen if i < _TOP):
        return set()
    return {
        i
        for i in range(min(first, _TITLE_LINES))
        if lines[i].is_short
        and lines[i].block.kind is BlockKind.PARAGRAPH
        and _NAMES_POLICY.search(lines[i].text)
        and looks_like_heading(lines, i)
    }


def _due_after(chosen: Collection[int], words: int) -> int:
    """Return the words after which a heading is due: ``words``, or fewer where few are chosen."""
    marked = sum(i >= _TITLE_LINES for i in chosen)
    return words if marked > _FEW_MARKED else _LONG_STRETCH_OF_FEW if marked else 0


def _stretches(
    lines: Sequence[Line], chosen: Collection[int], words: int
) -> Iterator[Sequence[int]]:
    """Yield the lines between one of the ``chosen`` and the next, where they have more words."""
    for start, end in pairwise([-1, *sorted(chosen), len(lines)]):
        stretch = range(start + 1, end)
        if sum(lines[i].length for i in stretch) > words:
            yield stretch


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


def _unless_too_many(found: set[int], lines: Sequence[Line], among: Sequence[int]) -> set[int]:
    """Return ``found``, or nothing where it is so much of what was looked at that it means nothing.

    ``among`` are the places looked at. Measured in words: a policy of short paragraphs has a
    heading to each of them.
    """
    words = sum(lines[i].length for i in found)
    return found if words <= _MAX_SHARE_OF_WORDS * sum(lines[i].length for i in among) else set()


def _heads_item(lines: Sequence[Line], i: int) -> bool:
    """Return whether list item ``i`` in bold has a text below it, and no item like it above it."""
    line, after = lines[i], lines[i + 1]
    return (
        line.block.kind is BlockKind.LIST_ITEM
        and line.block.bold > _BOLD
        and after.block.kind is BlockKind.PARAGRAPH
        and after.length >= PROSE
        and not (
            i and lines[i - 1].block.kind is line.block.kind and lines[i - 1].block.bold > _BOLD
        )
    )


def _is_bold(line: Line) -> bool:
    """Return whether a line is bold from end to end; a sign before its words may be none."""
    bold = line.block.bold
    if bold <= _BOLD / 2 or not line.is_short:
        return bold > _BOLD
    drawn, letters = len(line.text.replace(" ", "")), sum(map(str.isalnum, line.text))
    return bold > _BOLD or (not line.text[0].isascii() and bold * drawn >= letters)


def _bold_lines(lines: Sequence[Line]) -> set[int]:
    """Return the lines that are bold from end to end and short, and open something."""
    items = {i for i in range(len(lines) - 1) if _heads_item(lines, i)}
    items = items if len(items) >= _FEWEST_ITEMS else set()
    return {
        i
        for i, line in enumerate(lines[:-1])
        if _is_bold(line)
        and line.is_short
        and not NAVIGATION.match(line.body)
        and (line.block.kind is BlockKind.PARAGRAPH or line.label or i in items)
        and line.block.kind is not BlockKind.TABLE_ROW
        and line.body[:1] not in "*("
        and (line.label or not is_statement(line) or names_text_below(lines, i))
    }
