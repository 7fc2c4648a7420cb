"""Many reports as one table for a spreadsheet: a row a policy, a column a topic and a type.

Rows are lines without their line feed, so that they can be written one by one as they come.
"""

from __future__ import annotations

import csv
import io
import tomllib
from collections.abc import Iterable
from functools import cache

from reader.errors import ReaderError
from reader.export.inert import csv_cell
from reader.model import PolicyReport, Stance
from reader.paths import resource
from reader.summary import summary_card

_FACTS = (
    "name", "error", "message", "title", "language", "kind", "words", "minutes", "band",
    "flesch_kincaid_grade", "flesch_reading_ease", "smog_index", "gunning_fog",
    "coleman_liau_index", "automated_readability_index", "percentile", "effective_date", "verdict",
)  # fmt: skip


def overview_head() -> bytes:
    """Return the row of the column names: facts, then topics, then types of disclosures."""
    topics, types = _columns()
    return _line([*_FACTS, *topics, *types])


def overview_row(report: PolicyReport) -> bytes:
    """Return the row of a policy that could be read.

    A topic's cell is the verdict of its tile; a type's is ``said``, ``denied``, both with a ``+``
    between, or empty where nothing was found. What has no score has an empty cell.
    """
    document, scores = report.document, report.scores
    stances: dict[str, list[str]] = {}
    for stance in Stance:
        for disclosure in report.disclosures:
            if disclosure.stance is stance:
                stances.setdefault(disclosure.type, []).append(stance.value)
    verdicts = {topic.id: topic.verdict.value for topic in report.topics}
    topics, types = _columns()
    return _line(
        [
            document.source.name,
            "",
            "",
            summary_card(report).title,
            document.language,
            document.kind.value,
            str(document.words),
            f"{document.reading_minutes:.1f}",
            scores.band.value,
            _number(scores.flesch_kincaid_grade),
            _number(scores.flesch_reading_ease),
            _number(scores.smog_index),
            _number(scores.gunning_fog),
            _number(scores.coleman_liau_index),
            _number(scores.automated_readability_index),
            _number(scores.percentile),
            report.facts.effective_date or "",
            report.verdict,
            *(verdicts.get(topic, "") for topic in topics),
            *("+".join(stances.get(kind, ())) for kind in types),
        ]
    )


def overview_error(error: ReaderError, name: str) -> bytes:
    """Return the row of an input that was refused: its name and why, the rest empty."""
    topics, types = _columns()
    empty = len(_FACTS) - 3 + len(topics) + len(types)
    return _line([name, error.kind, error.message, *[""] * empty])


def name_and_error(row: bytes) -> tuple[str, bool]:
    """Return the name that stands in ``row`` as it is written there, and whether it was refused.

    Raises:
        ValueError: it is no whole row of such a table.
    """
    cells = next(csv.reader([row.decode("utf-8").rstrip("\r")]), [])
    topics, types = _columns()
    if len(cells) != len(_FACTS) + len(topics) + len(types):
        raise ValueError("not a row of an overview")
    return cells[0], bool(cells[1])


@cache
def _columns() -> tuple[tuple[str, ...], tuple[str, ...]]:
    """Return the names of the topics and of their types, in the order of the card."""
    topics = tuple(each["id"] for each in _table("topics")["topic"])
    types = (kind["id"] for topic in topics for kind in _table(topic).get("type", []))
    return topics, tuple(types)


def _table(name: str) -> dict[str, list[dict[str, str]]]:
    return tomllib.loads(resource(f"disclosures/{name}.toml").read_text(encoding="utf-8"))


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
