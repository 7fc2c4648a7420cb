"""What word processors' formats have in common: paragraphs, lists, tables, boxes and notes.

A format's parser adds words and ends paragraphs; out come blocks in the form that Markdown gives
them. Text that stands apart, in a cell, a box or a note, is collected between ``enter`` and
``leave``.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import groupby

from reader.loading.drafts import CELL_SEPARATOR, Draft, Run, without_start
from reader.loading.items import labelled
from reader.loading.limits import check_blocks, check_length
from reader.loading.lines import bullet_length, has_label, is_rule
from reader.model import BlockKind, Notice, NoticeKind

_PAGE_NUMBER = re.compile(r"\s*(?:\d{1,4}|[ivxlc]{1,6})\s*")
_MAX_HEADING = 300
"""Characters of a heading; a paragraph in a heading's style that holds more is prose."""
_MAX_CELL = 3000
"""Characters of a cell; a table with a longer one arranges the page."""
_DEEPEST_HEADING = 6
_LARGE = 1.15
"""Times the size of the body from which on letters are those of a heading."""
_MAX_LARGE_HEADING = 120
_MAX_LARGE_SHARE = 0.34
"""Share of a document's letters that may be large; where more are, or half of all paragraphs, they
are no headings."""
_TITLE_WITHIN = 8


@dataclass(frozen=True, slots=True)
class Look:
    """How words are set. ``size`` is in points, 0 where unknown; ``target`` as in ``Run``."""

    bold: bool = False
    italic: bool = False
    size: float = 0.0
    target: str | None = None


@dataclass(frozen=True, slots=True)
class Shape:
    """What a paragraph is.

    ``level`` is that of a heading from 1, 0 for none. ``is_title`` marks the heading above all.
    ``depth`` is that of a list item from 1, 0 for none. ``label`` is the number that stands before
    its words, '' for none. ``is_index`` marks a line of a table of contents, whose page number is
    no text.
    """

    level: int = 0
    is_title: bool = False
    depth: int = 0
    label: str = ""
    is_index: bool = False


PLAIN = Shape()


@dataclass(slots=True)
class Paragraph:
    """A paragraph and its lines: the words between line breaks, each with its look."""

    shape: Shape = PLAIN
    lines: list[list[tuple[str, Look]]] = field(default_factory=lambda: [[]])

    @property
    def has_words(self) -> bool:
        """Return whether there is anything but white space in it."""
        return any(words and not words.isspace() for line in self.lines for words, _ in line)


@dataclass(slots=True)
class Table:
    """A table: rows of cells, each with the items that stand in it."""

    rows: list[list[list[Paragraph | Table]]] = field(default_factory=list)


Item = Paragraph | Table


@dataclass(slots=True)
class _Place:
    """Where words go: the list for finished items, the open paragraph, what comes after it."""

    items: list[Item]
    open: Paragraph = field(default_factory=Paragraph)
    has_words: bool = False
    after: list[Item] = field(default_factory=list)


class Paragraphs:
    """The text of a document while it is read."""

    def __init__(self) -> None:
        self._items: list[Item] = []
        self._notes: list[Item] = []
        self._note_count = 0
        self._places = [_Place(self._items)]
        self._length = 0
        self._count = 0

    def add(self, words: str, look: Look) -> None:
        """Add ``words`` to the open paragraph.

        Raises:
            TooLargeError: the text is longer than a document's may be.
        """
        if words:
            self._length += len(words)
            check_length(self._length)
            place = self._places[-1]
            place.open.lines[-1].append((words, look))
            # Kept, not looked up: a paragraph may have very many pieces.
            place.has_words = place.has_words or not words.isspace()

    def break_line(self) -> None:
        """End a line within the open paragraph."""
        self._count_one()
        self._places[-1].open.lines.append([])

    @property
    def has_open_words(self) -> bool:
        """Return whether the open paragraph has words yet."""
        return self._places[-1].has_words

    @property
    def open_words(self) -> str:
        """Return the words of the open paragraph's first line."""
        return "".join(words for words, _ in self._places[-1].open.lines[0])

    def end(self, shape: Shape = PLAIN) -> None:
        """End the open paragraph, which is of ``shape``."""
        self._count_one()
        place = self._places[-1]
        place.open.shape = shape
        place.items.append(place.open)
        place.items += place.after
        place.open, place.has_words, place.after = Paragraph(), False, []

    def add_table(self) -> Table:
        """Return a new table that stands after what was ended last."""
        table = Table()
        self._places[-1].items.append(table)
        return table

    def add_drafts(self, drafts: Iterable[Draft]) -> None:
        """Add blocks that the parser of another format made, as paragraphs and tables."""
        table: Table | None = None
        for draft in drafts:
            words = [(run.text, Look(run.bold, run.italic, 0.0, run.target)) for run in draft.runs]
            if draft.kind is BlockKind.TABLE_ROW:
                self._count_one()
                table = table or self.add_table()
                cells = [
                    list(cell)
                    for is_edge, cell in groupby(words, lambda one: one[0] == CELL_SEPARATOR)
                    if not is_edge
                ]
                table.rows.append([[Paragraph(lines=[cell])] for cell in cells])
                continue
            table = None
            for text, look in words:
                self.add(text, look)
            level, depth = draft.level, 0
            if draft.kind is not BlockKind.HEADING:
                level, depth = 0, draft.level
            self.end(Shape(level=level, depth=depth))

    def enter(self, items: list[Item]) -> None:
        """Collect what follows in ``items``, until ``leave``."""
        self._places.append(_Place(items))

    def leave(self) -> None:
        """Go back to where words went before the last ``enter``."""
        if self.has_open_words or self._places[-1].after:
            self.end()
        self._places.pop()

    def add_box(self, items: list[Item]) -> None:
        """Put a box's items after the open paragraph, which it is anchored in."""
        self._places[-1].after += items

    def add_note(self, items: list[Item]) -> None:
        """Put a footnote's or endnote's items, which begin with its number, behind the text."""
        words = [item for item in items if isinstance(item, Table) or item.has_words]
        if not words:
            return
        self._note_count += 1
        first = words[0]
        if isinstance(first, Paragraph):
            first.shape = Shape(label=f"[{self._note_count}] ")
        self._notes += words

    def notices(self) -> tuple[Notice, ...]:
        """Return what to know about how the text was put together."""
        if not self._note_count:
            return ()
        return (
            Notice(
                NoticeKind.NOTES,
                "This document has footnotes or endnotes. They come at the very end.",
            ),
        )

    def drafts(self) -> list[Draft]:
        """Return the document's blocks.

        Headings stand one level deeper below a title. Where nothing is marked as a heading, lines
        in larger letters are.
        """
        while len(self._places) > 1:
            self.leave()
        if self.has_open_words or self._places[0].after:
            self.end()
        paragraphs = list(_flat([*self._items, *self._notes]))
        below = int(_has_title(paragraphs))
        sized = [
            one
            for paragraph in paragraphs
            for one in (
                _heading(paragraph, below)
                if isinstance(paragraph, Paragraph) and paragraph.shape.level
                else _blocks(paragraph)
                if isinstance(paragraph, Paragraph)
                else (_row(paragraph),)
            )
        ]
        return _with_large_headings(_relative(sized))

    def _count_one(self) -> None:
        self._count += 1
        check_blocks(self._count)


def title_of(drafts: Sequence[Draft]) -> str:
    """Return the heading above all others at the start of ``drafts``, '' where there is none."""
    top = next((draft for draft in drafts[:_TITLE_WITHIN] if draft.explicit), None)
    return " ".join(top.text.split()) if top and top.level == 1 else ""


_Row = list[list[Item]]


def _flat(items: Sequence[Item]) -> Iterator[Paragraph | _Row]:
    """Yield the paragraphs, and the rows of tables of data; other tables are only their words."""
    for item in items:
        if isinstance(item, Paragraph):
            yield item
        elif _is_data(item):
            yield from item.rows
        else:
            for row in item.rows:
                for cell in row:
                    yield from _flat(cell)


def _is_data(table: Table) -> bool:
    """Return whether a table's rows are rows of data; the others only arrange the page."""
    full_rows = 0
    for row in table.rows:
        filled = 0
        for cell in row:
            if any(isinstance(item, Table) or item.shape.level for item in cell):
                return False
            length = sum(map(_length, cell))
            if length > _MAX_CELL:
                return False
            filled += length > 0
        full_rows += filled > 1
    return len(table.rows) > 1 and 2 * full_rows >= len(table.rows)


def _length(item: Item) -> int:
    if isinstance(item, Table):
        return 0
    return sum(len(words.strip()) for line in item.lines for words, _ in line)


def _has_title(paragraphs: Sequence[Paragraph | _Row]) -> bool:
    """Return whether a title stands before all other headings."""
    for paragraph in paragraphs:
        if isinstance(paragraph, Paragraph) and paragraph.shape.level and paragraph.has_words:
            return paragraph.shape.is_title
    return False


_Sized = tuple[Draft, float, int]
"""A draft, the mean size of its letters in points, and how many letters have a size."""


def _heading(paragraph: Paragraph, below: int) -> list[_Sized]:
    shape = paragraph.shape
    level = min(_DEEPEST_HEADING, shape.level + (0 if shape.is_title else below))
    whole = _one_line(paragraph)
    if sum(len(words) for words, _ in whole) > _MAX_HEADING:
        return _blocks(paragraph)
    runs = _runs(whole)
    if all(run.bold for run in runs if run.text.strip()):
        # That is how headings are set; only what stands out in one is to be told.
        runs = [replace(run, bold=False) for run in runs]
    named = tuple(labelled(shape.label, runs))
    return [(Draft(BlockKind.HEADING, named, level=level, explicit=True), 0.0, 0)]


def _blocks(paragraph: Paragraph) -> list[_Sized]:
    """Return a paragraph's lines as blocks; only the first is the list item."""
    found: list[_Sized] = []
    label, depth = paragraph.shape.label, paragraph.shape.depth
    for line in paragraph.lines:
        runs = _runs(_without_page_number(line) if paragraph.shape.is_index else line)
        text = "".join(run.text for run in runs)
        if not text or text.isspace() or is_rule(text):
            continue
        bullet = bullet_length(text)
        runs = labelled(label, without_start(runs, bullet))
        if depth or bullet or has_label(text):
            draft = Draft(BlockKind.LIST_ITEM, tuple(runs), level=max(1, depth))
        else:
            draft = Draft(BlockKind.PARAGRAPH, tuple(runs))
        found.append((draft, *_size(line)))
        label, depth = "", 0
    return found


def _without_page_number(line: Sequence[tuple[str, Look]]) -> list[tuple[str, Look]]:
    """Return a line of a table of contents without the number that stands behind its last tab."""
    text = "".join(words for words, _ in line)
    end = text.rfind("\t")
    if end < 0 or not _PAGE_NUMBER.fullmatch(text, end):
        return list(line)
    kept: list[tuple[str, Look]] = []
    for words, look in line:
        kept.append((words[:end], look))
        end = max(0, end - len(words))
    return kept


def _row(row: _Row) -> _Sized:
    runs: list[Run] = []
    for cell in row:
        words: list[Run] = []
        for item in cell:
            if isinstance(item, Paragraph) and item.has_words:
                line = _runs(_one_line(item))
                bullet = bullet_length("".join(run.text for run in line))
                words += [Run(" ")] * bool(words)
                words += labelled(item.shape.label, without_start(line, bullet))
        if words:
            runs += [Run(CELL_SEPARATOR)] * bool(runs) + words
    return Draft(BlockKind.TABLE_ROW, tuple(runs)), 0.0, 0


def _one_line(paragraph: Paragraph) -> list[tuple[str, Look]]:
    whole: list[tuple[str, Look]] = []
    for line in paragraph.lines:
        whole += [(" ", Look())] * bool(whole) + line
    return whole


def _runs(line: Sequence[tuple[str, Look]]) -> list[Run]:
    """Return a line's runs, those put together that look alike: word processors cut at random."""
    return [
        Run("".join(words for words, _ in same), bold=bold, italic=italic, target=target)
        for (bold, italic, target), same in groupby(
            line, key=lambda part: (part[1].bold, part[1].italic, part[1].target)
        )
    ]


def _size(line: Sequence[tuple[str, Look]]) -> tuple[float, int]:
    letters = sum(len(words.strip()) for words, look in line if look.size)
    total = sum(len(words.strip()) * look.size for words, look in line)
    return (total / letters, letters) if letters else (0.0, 0)


def _relative(sized: Sequence[_Sized]) -> list[Draft]:
    """Return the drafts with their size relative to that of most letters."""
    letters: Counter[float] = Counter()
    for _, size, count in sized:
        letters[round(size * 2) / 2] += count
    body = max(letters, key=letters.__getitem__, default=0.0)
    return [
        replace(draft, size=round(size / body, 2)) if size and body else draft
        for draft, size, _ in sized
    ]


def _with_large_headings(drafts: list[Draft]) -> list[Draft]:
    """Return the drafts; where none is marked as a heading, short ones in large letters are."""
    if any(draft.explicit for draft in drafts):
        return drafts
    large = {
        place: draft.size
        for place, draft in enumerate(drafts)
        if draft.size >= _LARGE
        and draft.kind is not BlockKind.TABLE_ROW
        and len(draft.text) <= _MAX_LARGE_HEADING
        and draft.text.rstrip()[-1:] not in ".:;,"
    }
    letters = [len(draft.text) for draft in drafts]
    share = sum(letters[place] for place in large) / max(1, sum(letters))
    if share > _MAX_LARGE_SHARE or 2 * len(large) >= len(drafts):
        return drafts
    sizes = sorted(set(large.values()), reverse=True)[:_DEEPEST_HEADING]
    return [
        replace(
            draft,
            kind=BlockKind.HEADING,
            level=sizes.index(large[place]) + 1 if large[place] in sizes else _DEEPEST_HEADING,
            explicit=True,
        )
        if place in large
        else draft
        for place, draft in enumerate(drafts)
    ]
