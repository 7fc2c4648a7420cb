"""Many policies as one Parquet table: the columns of the CSV, each with a type of its own.

Needs pyarrow, which is large and comes with the extra ``parquet``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import islice
from pathlib import Path
from typing import Any

from reader.export.overview import SCORES, Overview, topics, types
from reader.export.saving import error_of_writing
from reader.whole_files import replacing

_WORDS = ("name", "error", "message", "title", "language", "kind", "band", "verdict", "version")
_ROWS_A_GROUP = 1_000  # so many are held at a time


def can_write_parquet() -> bool:
    """Return whether pyarrow is there."""
    try:
        import pyarrow.parquet
    except ImportError:
        return False
    return bool(pyarrow.parquet)


def write_parquet(overviews: Iterable[Overview], path: Path) -> None:
    """Put a table of ``overviews``, a row for each, in the place of ``path``.

    What there is not, as a score that cannot be told, is null.

    Raises:
        ReaderError: disk_full, permission, not_found or not_a_file; an old file is as it was.
    """
    import pyarrow
    from pyarrow.parquet import ParquetWriter

    text, number = pyarrow.string(), pyarrow.float64()
    schema = pyarrow.schema(
        [
            *((name, text) for name in _WORDS[:6]),
            ("words", pyarrow.int32()),
            ("minutes", number),
            ("band", text),
            *((name, number) for name in SCORES),
            ("effective_date", pyarrow.date32()),
            ("verdict", text),
            ("version", text),
            *((topic.id, text) for topic in topics()),
            *((kind, text) for kind in types()),
        ]
    )
    try:
        with replacing(path) as new, ParquetWriter(new, schema) as writer:
            for rows in _groups(overviews):
                writer.write_table(pyarrow.Table.from_pylist(rows, schema=schema))
    except OSError as exc:
        raise error_of_writing(exc) from exc


def _groups(overviews: Iterable[Overview]) -> Iterator[list[dict[str, Any]]]:
    rest = iter(overviews)
    while group := [_row(each) for each in islice(rest, _ROWS_A_GROUP)]:
        yield group


def _row(each: Overview) -> dict[str, Any]:
    """Return the cells by their columns; those that are missing become null."""
    if each.error:
        return {"name": each.name, "error": each.error, "message": each.message}
    return {
        **{name: getattr(each, name) or None for name in _WORDS},
        "words": each.words,
        "minutes": each.minutes,
        **each.scores,
        "effective_date": date.fromisoformat(each.effective_date) if each.effective_date else None,
        **each.topics,
        **each.stances(),
    }
