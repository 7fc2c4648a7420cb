"""Rows of a table that only put a heading beside its text: they are read as such.

Many notices set each topic as a row, its name in bold on the left and what is said of it on the
right. Read as rows of data their topics would be lost from the contents.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace
from itertools import groupby
from statistics import median

from reader.loading.drafts import CELL_SEPARATOR, Draft, Run
from reader.model import BlockKind

_MIN_ROWS = 3
_MAX_NAME = 12
"""Words of a name on the left."""
_MIN_TEXT = 20
"""Words that the texts on the right have, at the median; cells of data have fewer."""

_Cell = tuple[Run, ...]


def with_names_apart(drafts: Sequence[Draft]) -> list[Draft]:
    """Return ``drafts``, each row of such a table as its name and its text, two paragraphs."""
    found: list[Draft] = []
    before: Sequence[_Cell] = ()
    for is_named, group in groupby(drafts, _is_named):
        rows = list(group)
        cells = [_cells(row) for row in rows] if is_named else []
        if is_named and _are_names(cells) and not _is_head(before):
            found += _apart(rows, cells)
        else:
            found += rows
        before = _cells(rows[-1]) if rows[-1].kind is BlockKind.TABLE_ROW else ()
    return found


def _is_named(draft: Draft) -> bool:
    """Return whether a block is a row of a name in bold and a text that is not."""
    if draft.kind is not BlockKind.TABLE_ROW:
        return False
    cells = _cells(draft)
    return len(cells) == 2 and _is_name(cells[0]) and not _is_bold(cells[1])


def _cells(row: Draft) -> list[_Cell]:
    return [
        tuple(cell)
        for is_edge, cell in groupby(row.runs, lambda run: run.text == CELL_SEPARATOR)
        if not is_edge
    ]


def _are_names(rows: Sequence[Sequence[_Cell]]) -> bool:
    """Return whether named rows are enough, and their texts long enough, for headings."""
    return len(rows) >= _MIN_ROWS and median(_words(cells[1]) for cells in rows) >= _MIN_TEXT


def _is_head(cells: Sequence[_Cell]) -> bool:
    """Return whether the row above is the head of a table of as many columns."""
    return len(cells) == 2 and all(map(_is_bold, cells))


def _is_name(cell: _Cell) -> bool:
    return _is_bold(cell) and _words(cell) <= _MAX_NAME


def _is_bold(cell: _Cell) -> bool:
    return all(run.bold for run in cell if run.text.strip())


def _words(cell: _Cell) -> int:
    return len("".join(run.text for run in cell).split())


def _apart(rows: Sequence[Draft], cells: Sequence[Sequence[_Cell]]) -> Iterator[Draft]:
    for row, (name, text) in zip(rows, cells, strict=True):
        yield replace(row, kind=BlockKind.PARAGRAPH, runs=name)
        yield replace(row, kind=BlockKind.PARAGRAPH, runs=text)
