"""AsciiDoc's tables: their lines to rows of cells, each cell still as its source."""

from __future__ import annotations

import csv
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field

_CELL = re.compile(
    r"(?:(?<!\S)(?:(?P<repeat>\d{1,2})\*|(?P<span>\d{0,2})(?:\.\d{1,2})?\+)?"
    r"[<^>]?(?:\.[<^>])?[aehlmsdv]?)?(?<!\\)\|"
)
_COLUMNS = re.compile(r"cols\s{0,9}=\s{0,9}(?:\"([^\"]{0,500})\"|'([^']{0,500})'|(\d{1,3}))")
_MULTIPLIED = re.compile(r"\s{0,9}(\d{1,2})\*")
_MAX_COLUMNS = 100


@dataclass(slots=True)
class _Cell:
    """A cell being read: its lines, the columns that it takes, and how often it stands there.

    ``leads`` says that it is the first of a line.
    """

    lines: list[str] = field(default_factory=list)
    width: int = 1
    times: int = 1
    leads: bool = False

    @property
    def words(self) -> str:
        lines = (line.strip() for line in self.lines)
        return " ".join(line for line in lines if line not in ("", "+")).replace("\\|", "|")


def rows_of(fence: str, style: str, lines: Sequence[str]) -> Iterator[list[str]]:
    """Yield the rows of a table, each as the sources of its cells.

    ``fence`` is the line that opens it, which tells what parts its cells, and ``style`` what stands
    in brackets above it.
    """
    lines = [line for line in lines if not line.startswith("//")]
    if fence[0] in ",:" or re.search(r"[cd]sv", style):
        sign = ":" if fence[0] == ":" or "dsv" in style else ","
        yield from csv.reader((line for line in lines if line.strip()), delimiter=sign)
        return
    if fence[0] == "!":
        lines = [line.replace("!", "|") for line in lines]
    columns = _column_count(style)
    row: list[str] = []
    width = 0
    for cell in _cells(lines):
        # Where nothing says how many columns there are, the first line does.
        if row and (width >= columns if columns else cell.leads):
            columns = columns or width
            yield row
            row, width = [], 0
        row.append(cell.words)
        width += cell.width
    if row:
        yield row


def _column_count(style: str) -> int:
    """Return how many columns a table asks for, 0 where it does not say."""
    found = _COLUMNS.search(style)
    asked = next(filter(None, found.groups()), "") if found else ""
    if asked.isdecimal():
        return min(int(asked), _MAX_COLUMNS)
    parts = [_MULTIPLIED.match(part) for part in asked.split(",")]
    count = sum(int(part[1]) if part else 1 for part in parts)
    return min(count, _MAX_COLUMNS) if asked.strip() else 0


def _cells(lines: Sequence[str]) -> Iterator[_Cell]:
    """Yield the cells in their order, one that is repeated as often as it stands there."""
    cell: _Cell | None = None
    for line in lines:
        start = 0
        for number, mark in enumerate(_CELL.finditer(line)):
            before = line[start : mark.start()]
            if cell is None and before.strip():
                cell = _Cell()
            if cell is not None:
                cell.lines.append(before)
                yield from [cell] * cell.times
            width, times = int(mark["span"] or 1), int(mark["repeat"] or 1)
            cell = _Cell([], max(1, width), times, leads=number == 0)
            start = mark.end()
        if cell is not None:
            cell.lines.append(line[start:])
    if cell is not None:
        yield from [cell] * cell.times
