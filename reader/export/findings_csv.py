"""The findings of a report as a table, one row each, for a spreadsheet or another program."""

from __future__ import annotations

import csv
import io

from reader.export.findings import findings_of
from reader.export.inert import csv_cell
from reader.model import PolicyReport
from reader.summary import summary_card

COLUMNS = (
    "policy", "file", "topic", "type", "stance", "valence", "finding", "condition",
    "confidence", "passages", "section", "page", "quote",
)  # fmt: skip


def findings_csv(report: PolicyReport) -> bytes:
    """Return the table with its head, as RFC 4180 has it, in UTF-8.

    ``confidence`` lies in [0, 1]; ``section``, ``page`` (from 1) and ``quote`` are those of the
    best passage, and so is ``file`` where the policy has several. A cell that a spreadsheet would
    take for a formula begins with an apostrophe.
    """
    card = summary_card(report)
    sections = report.document.sections
    file = io.StringIO(newline="")
    table = csv.writer(file)
    table.writerow(COLUMNS)
    for finding in findings_of(report):
        disclosure, best = finding.disclosure, finding.quotes[0]
        part = report.document.part_of(best.evidence.span)
        source = report.document.source if part is None else part.source
        cells = (
            card.title,
            source.name,
            finding.topic,
            disclosure.type,
            disclosure.stance.value,
            disclosure.valence.value,
            disclosure.statement,
            disclosure.condition or "",
            f"{disclosure.confidence:.2f}",
            str(len(disclosure.evidence)),
            sections[best.evidence.section].heading,
            "" if best.evidence.page is None else str(best.evidence.page),
            best.words,
        )
        table.writerow([csv_cell(cell) for cell in cells])
    return file.getvalue().encode("utf-8")
