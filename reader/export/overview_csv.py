"""Many reports as one table for a spreadsheet: a row a policy, a column a topic and a type.

Rows are lines without their line feed, so that they can be written one by one as they come.
"""

from __future__ import annotations

import csv
import io
from collections.abc import Iterable

from reader.errors import ReaderError
from reader.export.inert import csv_cell
from reader.export.overview import SCORES, overview_of, topics, types
from reader.model import PolicyReport
from reader.version import __version__

_FACTS = (
    "name", "error", "message", "title", "language", "kind", "words", "minutes", "band",
    *SCORES, "effective_date", "verdict", "version",
)  # fmt: skip


def overview_head() -> bytes:
    """Return the row of the column names: facts, then topics, then types of disclosures."""
    return _line([*_FACTS, *(topic.id for topic in topics()), *types()])


def overview_row(report: PolicyReport) -> bytes:
    """Return the row of a policy that could be read.

    A topic's cell is the verdict of its tile; a type's is ``said``, ``denied``, both with a ``+``
    between, or empty where nothing was found. What has no score has an empty cell.
    """
    policy = overview_of(report)
    stances = policy.stances()
    return _line(
        [
            policy.name,
            "",
            "",
            policy.title,
            policy.language,
            policy.kind,
            str(policy.words),
            f"{policy.minutes:.1f}",
            policy.band,
            *(_number(policy.scores.get(name)) for name in SCORES),
            policy.effective_date,
            policy.verdict,
            policy.version,
            *(policy.topics.get(topic.id, "") for topic in topics()),
            *(stances.get(kind, "") for kind in types()),
        ]
    )


def overview_error(error: ReaderError, name: str) -> bytes:
    """Return the row of an input that was refused: its name and why, the rest empty."""
    empty = len(_FACTS) - 3 + len(topics()) + len(types())
    return _line([name, error.kind, error.message, *[""] * empty])


def name_and_error(row: bytes) -> tuple[str, bool]:
    """Return the name that stands in ``row`` as it is written there, and whether it was refused.

    Raises:
        ValueError: it is no whole row of such a table, or one of another version.
    """
    try:
        cells = next(csv.reader([row.decode("utf-8").rstrip("\r")]), [])
    except csv.Error as exc:  # a line break within a cell, or a cell that is too long
        raise ValueError("not a row of an overview") from exc
    if len(cells) != len(_FACTS) + len(topics()) + len(types()):
        raise ValueError("not a row of an overview")
    if not cells[1] and cells[_FACTS.index("version")] != csv_cell(__version__):
        raise ValueError("the row of another version")
    return cells[0], bool(cells[1])


def _number(value: float | None) -> str:
    return "" if value is None else f"{value:.2f}".replace("-0.00", "0.00")


def _line(cells: Iterable[str]) -> bytes:
    file = io.StringIO(newline="")
    csv.writer(file).writerow([_cell(cell) for cell in cells])
    return file.getvalue().encode("utf-8", "replace").rstrip(b"\n")


def _cell(cell: str) -> str:
    try:
        float(cell)
    except ValueError:
        return csv_cell(cell)
    return cell  # a negative number is no formula
