"""Tables that set a heading beside its text, in each format that has tables."""

from __future__ import annotations

import pytest

from reader.loading.drafts import CELL_SEPARATOR, Draft, Run
from reader.loading.html import parse_html
from reader.loading.name_rows import with_names_apart
from reader.model import BlockKind

NAMES = ("What we keep", "Who gets to see it", "How long we keep it")
TEXT = (
    "We keep the name and the street that you give us when you order a lamp in our shop, and we "
    "keep them for a year."
)


def row(*cells: str, bold: int = 1) -> Draft:
    runs = [Run(cells[0], bold=bold > 0)]
    for number, cell in enumerate(cells[1:], 1):
        runs += [Run(CELL_SEPARATOR), Run(cell, bold=number < bold)]
    return Draft(BlockKind.TABLE_ROW, tuple(runs))


def test_a_name_in_bold_beside_its_text_is_a_paragraph_of_its_own() -> None:
    found = with_names_apart([row(name, TEXT) for name in NAMES])
    assert [draft.text for draft in found] == [words for name in NAMES for words in (name, TEXT)]
    assert {draft.kind for draft in found} == {BlockKind.PARAGRAPH}


@pytest.mark.parametrize(
    "rows",
    [
        [row("Topic", "Details", bold=2), *(row(name, TEXT) for name in NAMES)],
        [row(name, TEXT, bold=0) for name in NAMES],
        [row(name, "Your name and street") for name in NAMES],
        [row(name, TEXT, "Nobody") for name in NAMES],
        [row(name, TEXT) for name in NAMES[:2]],
    ],
    ids=["head", "no bold", "short cells", "three columns", "two rows"],
)
def test_rows_of_data_stay_rows(rows: list[Draft]) -> None:
    assert with_names_apart(rows) == rows


def test_a_table_of_data_right_below_stays_one() -> None:
    data = [row("Reason", "Do we share?", bold=2), row("To be paid", "Yes", bold=0)]
    found = with_names_apart([*(row(name, TEXT) for name in NAMES), *data])
    assert [draft.kind for draft in found] == [BlockKind.PARAGRAPH] * 6 + [BlockKind.TABLE_ROW] * 2


def test_a_row_that_spans_the_page_above_a_row_of_text_arranges_it() -> None:
    rows = "".join(
        f"<tr><td colspan=2><b>{name}</b></td></tr><tr><td>&nbsp;</td><td>{TEXT}</td></tr>"
        for name in NAMES
    )
    drafts = list(parse_html(f"<h1>Privacy</h1><table>{rows}</table>".encode()).drafts)
    assert {draft.kind for draft in drafts[1:]} == {BlockKind.PARAGRAPH}


def test_the_head_of_a_row_is_bold_and_the_head_of_a_column_is_not_told() -> None:
    page = (
        "<table><tr><th>Item<th>Use</tr><tr><th>Name<td>Order</tr><tr><th>Street<td>Parcel</table>"
    )
    drafts = list(parse_html(page.encode()).drafts)
    bold = [" ".join(run.text for run in draft.runs if run.bold) for draft in drafts]
    assert bold == ["", "Name", "Street"]
