"""Pieces of text to lines in reading order: across columns, and along the rows of tables.

Programs write a page mostly in the order in which it is read, so that order stands where the
layout does not speak against it: what stands above comes first, of two texts side by side the
left one. Lines that stand side by side row after row are the cells of a table.
"""

from __future__ import annotations

import heapq
import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from itertools import pairwise, zip_longest
from statistics import median

from reader.loading.lines import is_lone_bullet
from reader.loading.pdf_pieces import WHITE, Page, Piece

_LABEL = re.compile(r"\s*\(?(?:\d{1,3}|[a-zA-Z]|[ivxIVX]{1,5})(?:\.\d{1,3}){0,4}[.):]{0,2}\s*")
_RIGHT_TO_LEFT = re.compile(r"[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]")
_MAX_BASELINE_SHIFT = 0.35
"""Of the size: how far a letter may stand above or below its line."""
_MAX_RAISE = 0.55
"""Of the size: how far a small letter, as the number of a note, may."""
_MAX_GAP = 2.0
"""Of the size: white between words of one line. More parts cells or columns."""
_MIN_CELL_GAP = 0.35
"""Of the size: white before a word that begins a column where other lines show there is one."""
_MIN_CENTRED_GAP = 0.9
"""Of the size: white before a word that stands in the middle of its column."""
_MAX_ROW = 20.0
"""Times the size: how far above or below a row the next may be, to have its columns."""
_BAND = 20.0
"""Points: the height of the bands in which lines side by side are looked for."""
_MAX_LABEL_GAP = 6.0
"""Of the size: white behind a bullet or a number."""
_LETTERS_APART = re.compile(rf"[{WHITE} ]+")
_MIN_LETTERS_APART = 5
_MIN_SHARE_OF_LETTERS = 0.8
_MIN_WORD_GAP = 1.5
"""Times the white between the letters of a line that is set apart: what parts its words."""
_MAX_LEADING = 1.7
"""Times the size: the distance of lines that stand together for sure."""
_MAX_INDENT = 5.0
_MAX_PARTS = 600
"""Parts of a page beyond which the order of drawing stands as it is."""
_MAX_LINES = 2_000
"""Lines of a page beyond which no columns of tables are looked for."""
_MAX_CELLS = 30
"""Cells of a row, and paragraphs of a cell."""
_MAX_CELL_LINES = 15
_INITIAL = 1.8
"""Times the size of the text from which on a letter beside it is an initial."""
_MIN_COLUMN_LINES = 6
_MIN_COLUMN_CHARACTERS = 24
_MIN_FULL = 0.5


@dataclass(slots=True)
class Line:
    """A printed line: its pieces from left to right, and where it stands on its page."""

    page: int
    pieces: list[Piece]
    left: float
    right: float
    y: float
    size: float
    angle: float
    edge: float = 0.0
    """How far to the right lines of its column reach."""
    text: str = ""
    bold: float = 0.0
    """The share of the letters that are bold."""
    tag: int = 0
    """The level of the heading that its tags say it is, 0 for none."""

    def spaced(self) -> Iterator[tuple[Piece, str]]:
        """Yield each piece with its words, behind a space where it stands apart from the last."""
        last: Piece | None = None
        for piece in self.pieces:
            apart = False
            if last is not None and not last.text.endswith((" ", WHITE)):
                gap = max(piece.left - last.right, last.left - piece.right)
                apart = gap > 0.15 * min(piece.style.size, last.style.size) or _is_note(last, piece)
                apart = apart and not _begins_word(last, piece)
            yield piece, " " + piece.text if apart else piece.text
            last = piece


def _begins_word(last: Piece, piece: Piece) -> bool:
    """Return whether ``last`` is a large first letter of the word that ``piece`` goes on with."""
    letter = last.text.strip()
    return (
        len(letter) == 1
        and letter.isupper()
        and last.style.size >= _INITIAL * piece.style.size
        and piece.text[:1].islower()
        and piece.left - last.right < piece.style.size
    )


def _is_note(last: Piece, piece: Piece) -> bool:
    """Return whether ``piece`` is the raised number of a note behind a word."""
    return (
        piece.style.size < 0.8 * last.style.size
        and piece.y - last.y > 0.15 * last.style.size
        and piece.text.strip().isdigit()
        and last.text[-1:].isalpha()
    )


@dataclass(frozen=True, slots=True)
class Row:
    """A row of a table; each cell is its lines from top to bottom."""

    page: int
    cells: tuple[tuple[Line, ...], ...]


@dataclass(slots=True)
class _Part:
    """Lines one below the other in the order of drawing; ``top`` and ``bottom`` of its ink."""

    lines: list[Line]
    left: float
    right: float
    top: float
    bottom: float

    def add(self, line: Line) -> None:
        self.lines.append(line)
        self.left, self.right = min(self.left, line.left), max(self.right, line.right)
        self.top = max(self.top, line.y + 0.75 * line.size)
        self.bottom = min(self.bottom, line.y - 0.2 * line.size)


def lines_of(page: Page) -> list[Line | Row]:
    """Return what stands on a page in reading order: lines, and the rows of its tables.

    Text that is turned comes last, each direction by itself.
    """
    turned: dict[float, list[Piece]] = {}
    for piece in page.pieces:
        if piece.text.strip():
            turned.setdefault(piece.style.angle, []).append(piece)
    directions = sorted(turned, key=lambda angle: -sum(len(p.text) for p in turned[angle]))
    found: list[Line | Row] = []
    for angle in directions:
        lines = _lines(turned[angle], page.number, ())
        stops = _stops(lines)
        if stops:
            lines = _lines(turned[angle], page.number, stops)
        parts = _in_order(_parts(lines))
        _set_edges(parts)
        found += _with_rows(_unwoven(parts))
    return _with_initials(found)


def _with_initials(items: Sequence[Line | Row]) -> list[Line | Row]:
    """Return the lines with a large first letter, drawn beside a paragraph, before its words."""
    found: list[Line | Row] = []
    for item in items:
        last = found[-1] if found else None
        if isinstance(item, Line) and isinstance(last, Line) and _is_initial(last, item):
            letter, first = last.text.strip(), item.pieces[0]
            initial = replace(first, text=letter, left=first.left, right=first.left, target=None)
            item.pieces.insert(0, initial)
            item.text = letter + item.text
            found.pop()
        found.append(item)
    return found


def _is_initial(line: Line, following: Line) -> bool:
    """Return whether ``line`` is the first letter of ``following``, as tall as lines of it."""
    letter = line.text.strip(" \"“‘'" + WHITE)
    return (
        len(letter) == 1
        and letter.isalpha()
        and letter.isupper()
        and line.page == following.page
        and line.angle == following.angle
        and line.size >= _INITIAL * following.size
        and len(following.text) > _MIN_COLUMN_CHARACTERS
        and following.text[0].isalpha()
        and 0 <= following.left - line.left <= 2 * line.size
        and line.y - following.size <= following.y <= line.y + line.size
    )


def _stops(lines: Sequence[Line]) -> tuple[tuple[float, float], ...]:
    """Return where lines begin, from the left and on their base, that stand behind another.

    The columns of a table do.
    """
    if len(lines) > _MAX_LINES:
        return ()
    rows: dict[int, list[Line]] = {}
    for line in lines:
        rows.setdefault(round(line.y / _BAND), []).append(line)
    found: list[tuple[float, float]] = []
    for line in lines:
        row = round(line.y / _BAND)
        beside = (other for near in (row - 1, row, row + 1) for other in rows.get(near, ()))
        if any(
            other.right < line.left and abs(other.y - line.y) < 1.2 * line.size for other in beside
        ):
            found.append((line.left, line.y))
    return tuple(found)


def _lines(pieces: Sequence[Piece], page: int, stops: Sequence[tuple[float, float]]) -> list[Line]:
    lines: list[Line] = []
    for piece in pieces:
        if lines and _goes_on(lines[-1], piece) and not _is_next_cell(lines[-1], piece, stops):
            line = lines[-1]
            if piece.right <= line.left and not _RIGHT_TO_LEFT.search(piece.text):
                line.pieces.insert(0, piece)
            else:
                line.pieces.append(piece)
            line.left, line.right = min(line.left, piece.left), max(line.right, piece.right)
            if piece.style.size > line.size:
                line.y, line.size = piece.y, piece.style.size
        else:
            lines.append(
                Line(
                    page,
                    [piece],
                    piece.left,
                    piece.right,
                    piece.y,
                    piece.style.size,
                    piece.style.angle,
                )
            )
    for line in lines:
        _complete(line)
    return lines


def _complete(line: Line) -> None:
    """Tell a line, whose pieces are all there, what it says and how it looks as a whole."""
    line.pieces = _closed_up(line.pieces)
    sizes: Counter[float] = Counter()
    bold = 0
    for piece in line.pieces:
        letters = len(piece.text.replace(" ", ""))
        sizes[piece.style.size] += letters
        bold += letters * piece.style.bold
    line.size = sizes.most_common(1)[0][0]
    line.bold = bold / sizes.total()
    # Within a line a soft hyphen that is drawn is a hyphen: some fonts know no other.
    for piece in line.pieces[:-1]:
        piece.text = piece.text.replace("\u00ad", "-")
    last = line.pieces[-1].text.rstrip()
    line.pieces[-1].text = last[:-1].replace("\u00ad", "-") + last[-1:]
    line.text = "".join(words for _, words in line.spaced()).strip()
    tags = {piece.style.tag for piece in line.pieces}
    line.tag = tags.pop() if len(tags) == 1 else 0


def _closed_up(pieces: list[Piece]) -> list[Piece]:
    """Return the pieces of a line with their spaces, and without the white between letters.

    Headings are set in letters that stand apart: "P R I V A C Y". Where pieces hold several, each
    is a word; where each holds one letter, the wider white parts words.
    """
    if not any(WHITE in piece.text for piece in pieces):
        return pieces
    letters = [letter for piece in pieces for letter in _LETTERS_APART.split(piece.text) if letter]
    is_apart = len(letters) >= _MIN_LETTERS_APART and all(len(letter) == 1 for letter in letters)
    if not is_apart or sum(map(str.isalpha, letters)) < _MIN_SHARE_OF_LETTERS * len(letters):
        return [replace(piece, text=piece.text.replace(WHITE, " ")) for piece in pieces]
    gaps = [piece.left - last.right for last, piece in pairwise(pieces)]
    usual = median(gaps) if len(pieces) == len(letters) else 0.0
    words = [replace(pieces[0], text=pieces[0].text.replace(WHITE, ""))]
    for piece, gap in zip(pieces[1:], gaps, strict=True):
        text = piece.text.replace(WHITE, "")
        if gap < _MIN_WORD_GAP * usual and not words[-1].text.endswith(" "):
            words[-1].text += text
            words[-1].right = piece.right
        else:
            words.append(replace(piece, text=text))
    return words


def _goes_on(line: Line, piece: Piece) -> bool:
    """Return whether ``piece`` stands on ``line``, right behind it or right before."""
    size = max(line.size, piece.style.size)
    raised = min(line.size, piece.style.size) < 0.8 * size
    if abs(line.y - piece.y) > (_MAX_RAISE if raised else _MAX_BASELINE_SHIFT) * size:
        return False
    behind, before = piece.left - line.right, line.left - piece.right
    if behind > -0.5 * size:
        if behind <= _MAX_GAP * size:
            return True
        return behind <= _MAX_LABEL_GAP * size and _is_lone_mark(line)
    if before > -0.5 * size:
        if _RIGHT_TO_LEFT.search(piece.text) or _RIGHT_TO_LEFT.search(line.pieces[-1].text):
            return before <= _MAX_GAP * size
        return before <= _MAX_LABEL_GAP * size and _is_mark(piece.text)
    # Drawn on the line's own place: a correction, or a letter with its accent.
    return abs(behind) < size and piece.right > line.right


def _is_next_cell(line: Line, piece: Piece, stops: Sequence[tuple[float, float]]) -> bool:
    """Return whether ``piece`` begins a column: below or above one of ``stops``, behind white.

    Words in bold may stand in the middle of their column, as at the head of a table: the stop is
    then in the white before them.
    """
    size = piece.style.size
    white = piece.left - line.right
    if white < _MIN_CELL_GAP * size or _is_lone_mark(line):
        return False
    in_middle = piece.style.bold and white > _MIN_CENTRED_GAP * size
    before = white if in_middle else 1.0
    return any(
        -1.0 < piece.left - left < before and abs(piece.y - y) < _MAX_ROW * size
        for left, y in stops
    )


def _is_lone_mark(line: Line) -> bool:
    """Return whether a line has nothing yet but a bullet, or the number or letter of an item."""
    if len(line.pieces) > 3:
        return False
    words = "".join(words for _, words in line.spaced())
    return len(words) < 12 and (_is_mark(words) or _LABEL.fullmatch(words) is not None)


def _is_mark(words: str) -> bool:
    return is_lone_bullet(words) or words.strip() in ("o", "–", "-", "*", "»", "§", "✓", "✔")


def _parts(lines: Sequence[Line]) -> list[_Part]:
    parts: list[_Part] = []
    for line, following in zip_longest(lines, lines[1:]):
        last = parts[-1].lines[-1] if parts else None
        begins_row = following is not None and _stands_beside(line, following)
        if last is None or begins_row or not _stands_below(last, line):
            parts.append(_Part([], line.left, line.right, line.y, line.y))
        parts[-1].add(line)
    return parts


def _stands_beside(line: Line, following: Line) -> bool:
    """Return whether ``following`` stands to the right of ``line``, as the next cell of a row."""
    return following.left > line.right and abs(line.y - following.y) < 0.3 * line.size


def _stands_below(last: Line, line: Line) -> bool:
    size = max(last.size, line.size)
    return (
        0.4 * min(last.size, line.size) < last.y - line.y < _MAX_LEADING * size
        and abs(last.size - line.size) < 0.08 * size
        and min(last.right, line.right) > max(last.left, line.left)
        and abs(last.left - line.left) < _MAX_INDENT * size
    )


def _in_order(parts: list[_Part]) -> list[_Part]:
    """Return ``parts`` such that what stands above or to the left comes first.

    Where neither is plain the order of drawing stands.
    """
    count = len(parts)
    if not 1 < count <= _MAX_PARTS:
        return parts
    followers: list[list[int]] = [[] for _ in parts]
    waiting = [0] * count
    for i, first in enumerate(parts):
        for j in range(i + 1, count):
            order = _order(first, parts[j])
            if order:
                before, after = (i, j) if order < 0 else (j, i)
                followers[before].append(after)
                waiting[after] += 1
    ready = [i for i in range(count) if not waiting[i]]
    heapq.heapify(ready)
    placed = [False] * count
    ordered: list[_Part] = []
    while len(ordered) < count:
        # In a ring, the one drawn first.
        i = heapq.heappop(ready) if ready else placed.index(False)
        if placed[i]:
            continue
        placed[i] = True
        ordered.append(parts[i])
        for j in followers[i]:
            waiting[j] -= 1
            if not waiting[j] and not placed[j]:
                heapq.heappush(ready, j)
    return ordered


def _order(first: _Part, second: _Part) -> int:
    """Return -1 where ``first`` is plainly read first, 1 where ``second`` is, else 0."""
    across = min(first.right, second.right) - max(first.left, second.left)
    along = min(first.top, second.top) - max(first.bottom, second.bottom)
    narrow = min(first.right - first.left, second.right - second.left)
    low = min(first.top - first.bottom, second.top - second.bottom)
    if across > 0.1 * narrow:
        if along > 0.5 * low:
            return 0  # one on the other
        return -1 if first.top + first.bottom > second.top + second.bottom else 1
    if along > 0.3 * low:
        return -1 if first.left < second.left else 1
    return 0


def _set_edges(parts: Sequence[_Part]) -> None:
    """Tell each line how far its column reaches: as far as lines that begin near it do."""
    if len(parts) > _MAX_PARTS:
        for part in parts:
            for line in part.lines:
                line.edge = part.right
        return
    everything = [line for part in parts for line in part.lines]
    # What stands to the right of a line on the same height bounds its column.
    for part in parts:
        neighbours = [
            other.left
            for other in parts
            if other is not part
            and other.left > part.right - 1
            and min(other.top, part.top) - max(other.bottom, part.bottom) > 0
        ]
        bound = min(neighbours, default=float("inf"))
        size = part.lines[0].size
        edge = max(
            (
                line.right
                for line in everything
                if line.right < bound and abs(line.left - part.left) < 2 * _MAX_INDENT * size
            ),
            default=part.right,
        )
        for line in part.lines:
            line.edge = max(edge, line.right)


def _unwoven(parts: list[_Part]) -> list[_Part]:
    """Return ``parts`` with columns that were drawn line by line across put one by one.

    Such lines look like a table's rows, but each is as full as prose and goes on below.
    """
    result: list[_Part] = []
    i = 0
    while i < len(parts):
        rows, end = _rows_from(parts, i)
        columns = tuple(zip(*rows, strict=True)) if len(rows) >= _MIN_COLUMN_LINES else ()
        if columns and all(_reads_as_prose(column) for column in columns):
            merged = [_merged(column) for column in columns]
            while end < len(parts) and (column := _continued(merged, parts[end])):
                for line in parts[end].lines:
                    line.edge = max(line.right, column.right)
                    column.add(line)
                end += 1
            result += merged
        else:
            end = max(end, i + 1)
            result += parts[i:end]
        i = end
    return result


def _rows_from(parts: Sequence[_Part], start: int) -> tuple[list[Sequence[_Part]], int]:
    """Return the rows of equally many single lines side by side from ``start``, and their end."""
    rows: list[Sequence[_Part]] = []
    while True:
        end = start + 1
        while end < len(parts) and _are_one_row(parts[end - 1], parts[end]):
            end += 1
        row = parts[start:end]
        if len(row) < 2 or (rows and len(row) != len(rows[0])):
            return rows, start
        rows.append(row)
        start = end


def _merged(column: Sequence[_Part]) -> _Part:
    merged = _Part([], column[0].left, column[0].right, column[0].top, column[0].bottom)
    for part in column:
        merged.add(part.lines[0])
    for line in merged.lines:
        line.edge = merged.right
    return merged


def _continued(columns: Sequence[_Part], part: _Part) -> _Part | None:
    """Return the column that goes on in ``part`` below the last row, None where none does."""
    line = part.lines[0]
    return next(
        (
            column
            for column in columns
            if abs(column.left - line.left) < line.size
            and _stands_below(column.lines[-1], line)
            and part.right < column.right + line.size
        ),
        None,
    )


def _are_one_row(left: _Part, right: _Part) -> bool:
    return len(left.lines) == len(right.lines) == 1 and _stands_beside(
        left.lines[0], right.lines[0]
    )


def _reads_as_prose(column: Sequence[_Part]) -> bool:
    lines = [part.lines[0] for part in column]
    edge = max(line.right for line in lines)
    start = min(line.left for line in lines)
    full = sum(line.right - start > 0.8 * (edge - start) for line in lines)
    length = sum(len(line.text) for line in lines) / len(lines)
    return length >= _MIN_COLUMN_CHARACTERS and full >= _MIN_FULL * len(lines)


@dataclass(slots=True)
class _Cells:
    """A row under way: what stands in each of its cells."""

    cells: list[list[_Part]] = field(default_factory=list)

    @property
    def bottom(self) -> float:
        return min(part.bottom for cell in self.cells for part in cell)

    @property
    def top(self) -> float:
        return max(part.top for cell in self.cells for part in cell)

    @property
    def lefts(self) -> list[float]:
        return [min(part.left for part in cell) for cell in self.cells]

    def take(self, part: _Part) -> bool:
        """Take ``part`` as a next cell, or as more of the last one; return whether it is either."""
        if not self.cells:
            self.cells.append([part])
            return True
        if len(self.cells) >= _MAX_CELLS or len(self.cells[-1]) >= _MAX_CELLS:
            return False
        last = self.cells[-1]
        right = max(each.right for each in last)
        if part.left >= right - 1 and part.top > self.bottom and part.bottom < self.top:
            self.cells.append([part])
            return True
        if (
            len(self.cells) > 1
            and part.left > max(each.right for each in self.cells[-2]) - 1
            and min(part.right, right) > max(part.left, min(each.left for each in last))
            and (part.top + part.bottom) / 2 > min(p.bottom for c in self.cells[:-1] for p in c)
        ):
            last.append(part)
            return True
        return False

    def is_above_in_cell(self, row: _Cells) -> bool:
        """Return whether this is more of the first cell of ``row``, above what it has so far."""
        if len(self.cells) != 1:
            return False
        first, second = self.cells[0][0], row.cells[1][0]
        return (
            (first.top + first.bottom) / 2 < second.top
            and first.bottom > row.cells[0][0].bottom
            and first.right <= second.left + 1
        )

    def is_bold(self) -> bool:
        """Return whether all letters in it are bold."""
        return all(line.bold == 1 for cell in self.cells for part in cell for line in part.lines)

    def is_small(self) -> bool:
        """Return whether all cells are as short as those of tables."""
        return all(sum(len(part.lines) for part in cell) <= _MAX_CELL_LINES for cell in self.cells)


def _with_rows(parts: Sequence[_Part]) -> list[Line | Row]:
    """Return the lines of ``parts``, those of tables as rows."""
    groups: list[_Cells] = []
    for part in parts:
        if not groups or not groups[-1].take(part):
            groups.append(_Cells([[part]]))
        elif len(groups[-1].cells) == 2 and groups[-1].cells[1] == [part]:
            # What stands above in the first cell, as a paragraph of its own.
            while len(groups) > 1 and groups[-2].is_above_in_cell(groups[-1]):
                groups[-1].cells[0][:0] = groups.pop(-2).cells[0]
    found: list[Line | Row] = []
    for i, group in enumerate(groups):
        before = groups[i - 1] if i else None
        after = groups[i + 1] if i + 1 < len(groups) else None
        is_row = (
            len(group.cells) > 1
            and group.is_small()
            and (_are_of_one_table(before, group) or _are_of_one_table(group, after))
        )
        if is_row:
            cells = tuple(
                tuple(line for part in cell for line in part.lines) for cell in group.cells
            )
            found.append(Row(cells[0][0].page, cells))
        else:
            found += [line for cell in group.cells for part in cell for line in part.lines]
    return found


def _is_head_of(head: _Cells, row: _Cells) -> bool:
    """Return whether the cells of ``head``, in bold, stand in the middle of those of ``row``."""
    if len(head.cells) != len(row.cells) or not (head.is_bold() and not row.is_bold()):
        return False
    for cell, column in zip(head.cells, row.cells, strict=True):
        middle = (min(part.left for part in cell) + max(part.right for part in cell)) / 2
        if sum(len(part.lines) for part in cell) > 1:
            return False
        if not min(part.left for part in column) < middle < max(part.right for part in column):
            return False
    return True


def _are_of_one_table(first: _Cells | None, second: _Cells | None) -> bool:
    """Return whether two rows have their second column at the same place, at least."""
    if first is None or second is None or min(len(first.cells), len(second.cells)) < 2:
        return False
    if not (first.is_small() and second.is_small()):
        return False
    size = first.cells[0][0].lines[0].size
    if _is_head_of(first, second):
        return True
    return any(abs(left - other) < size for left in first.lefts[1:] for other in second.lefts[1:])
