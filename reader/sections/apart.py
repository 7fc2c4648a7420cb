"""Lines that are neither headings nor prose: addresses, dates, repetitions, tables of contents."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Collection, Sequence
from itertools import pairwise

from reader.legal_forms import LEGAL_FORM
from reader.model import BlockKind
from reader.sections.lines import MAX_HEADING_CHARACTERS, PROSE, Line
from reader.sections.looks import TOPIC_WORD
from reader.written_dates import without_dates

_MOST_BESIDE_A_DATE = 2  # words
_MIN_FIELD_TIMES = 4
_MIN_MENU = 4
_MIN_CONTENTS = 3
"""Entries that a table of contents has at least."""
_ADDRESS = re.compile(
    r"\b[A-Z]{2}\.?,?\s+\d{5}(?:-\d{4})?\b"
    r"|\d.{0,60}\b(?:Street|St|Road|Rd|Avenue|Ave|Blvd|Boulevard|Lane|Drive|Court|Square|Quay"
    r"|Parkway|Crescent|Terrace|Highway|Circle|Plaza|Suite|Floor|Way|Place|Box)\b"
    r"|\b(?:Suite|Floor|Box)\s+\d"
    r"|\b[A-Z]{1,2}\d[A-Z\d]?\s?\d[A-Z]{2}\b"
    r"|\b[A-Z]\d[\dW]\s?[A-Z\d]{4}\b|\b\d{3}-\d{4}\b|\b\d{3}\s\d{2}\s+[A-Z]"
    r"|^(?:[A-Z]{1,2}-)?(?!(?:19|20)\d\d\b)\d{4,5}\s+[A-Z][^\d.]{1,30}$"
    r"|\b\w+(?:straße|strasse|gatan|vägen|gade|laan|straat)\s+\d|\b(?:Postfach|Rue|Calle)\b"
    r"|,\s*\d{5}(?:-\d{4})?$"
    r"|^\+?[\d\s().-]{7,}$",
)
_LEADS_TO_ADDRESS = re.compile(r"(?:how|where|whom?|contact)\b", re.IGNORECASE)
_CONTENTS = re.compile(r"(?:table of )?contents\W*\Z", re.IGNORECASE)
# Which of the three is the year nobody can tell, so only words say that this is a date.
_SHORT_DATE = re.compile(r"\b\d{1,2}([-./])\d{1,2}\1\d\d\b")
DATE_WORDS = re.compile(
    r"^\W*(?:this\s+\w+(?:\s+\w+)?\s+(?:was\s+)?)?(?:last\s+)?(?:effective|updated?|revised|revision|posted|modified|amended|published|version|date|valid|current)\b",
    re.IGNORECASE,
)
COMPANY = re.compile(rf"\b(?:{LEGAL_FORM}|Company)\W*\Z")

LEADS_ON = re.compile(r"\bas\W*\Z", re.IGNORECASE)
"""What a list completes: "WHEN YOU USE OUR SERVICES, SUCH AS:"."""


def is_date_line(line: Line) -> bool:
    """Return whether a line carries a date and nothing else of weight."""
    if not line.is_short:
        return False
    rest = without_dates(line.text)
    if DATE_WORDS.match(line.text):
        return rest != line.text or _SHORT_DATE.search(line.text) is not None
    return rest != line.text and len(rest.split()) <= _MOST_BESIDE_A_DATE


def addresses(lines: Sequence[Line]) -> set[int]:
    """Return the lines of postal addresses: runs of short lines, one of them in such a form."""
    found: set[int] = set()
    start = 0
    while start < len(lines):
        end = start
        while end < len(lines) and _may_be_of_address(lines[end]):
            end += 1
        run = range(start, end) if end - start > 1 else ()
        certain = [i for i in run if _ADDRESS.search(lines[i].text)]
        if certain:
            last = end - _is_heading_below(lines, certain[-1], end)
            first = max(start, certain[0] - 3)
            found.update(
                i for i in range(first, last) if not _LEADS_TO_ADDRESS.match(lines[i].text)
            )
        start = end + 1
    return found


def _is_heading_below(lines: Sequence[Line], certain: int, end: int) -> bool:
    """Return whether the last line before ``end`` names the text below it and not a country.

    ``certain`` is the last line that is surely of the address.
    """
    return (
        certain < end - 1
        and end < len(lines)
        and lines[end].length >= PROSE
        and TOPIC_WORD.search(lines[end - 1].text) is not None
    )


def _may_be_of_address(line: Line) -> bool:
    return (
        line.block.kind is not BlockKind.HEADING
        and line.length <= 9
        and len(line.text) <= MAX_HEADING_CHARACTERS
        and line.text[-1] not in ".:?;"
        and (not line.label or _ADDRESS.search(line.text) is not None)
    )


def repetitions(lines: Sequence[Line]) -> set[int]:
    """Return the lines that say a marked heading straight above them once more."""
    return {
        i
        for i, (above, line) in enumerate(pairwise(lines), 1)
        if above.block.kind is BlockKind.HEADING and line.is_short and line.key == above.key
    }


def field_names(lines: Sequence[Line], unmarked: Collection[int]) -> set[int]:
    """Return the lines that recur too often for headings, fields of a form as "Purpose".

    So does what stands alone between two of them, the value of the first.
    """
    times = Counter(lines[i].text for i in unmarked)
    names = {i for i in unmarked if times[lines[i].text] >= _MIN_FIELD_TIMES}
    values = {i for i in unmarked if i - 1 in names and i + 1 in names}
    return names | values


def menus(lines: Sequence[Line], unmarked: Collection[int]) -> set[int]:
    """Return the lines that stand in a row of lines like headings, all but the last without text.

    The last of them may open what follows.
    """
    found: set[int] = set()
    row: list[int] = []
    for i in sorted(unmarked):
        if row and (i != row[-1] + 1 or lines[i].label):
            row = []
        row.append(i)
        if len(row) >= _MIN_MENU:
            found.update(row[:-1])
    return found


def tables_of_contents(lines: Sequence[Line], chosen: set[int]) -> set[int]:
    """Return the lines of tables of contents: runs of short lines that recur as headings below."""
    last = {lines[i].key: i for i in sorted(chosen)}
    found: set[int] = set()
    start = 0
    while start < len(lines):
        end = start
        titled = False
        while end < len(lines) and _may_be_entry(lines[end], titled=titled):
            titled = titled or _CONTENTS.match(lines[end].body) is not None
            end += 1
        run = range(start, end) if end - start >= _MIN_CONTENTS else ()
        recurring = [i for i in run if last.get(lines[i].key, -1) >= end]
        if len(recurring) >= _MIN_CONTENTS:
            entries = [i for i in run if last.get(lines[i].key, i) > i]
            named = {lines[i].key for i in entries}
            found.update(
                i
                for i in range(entries[0], entries[-1] + 1)
                # The first section may follow at once: what an entry leads to is no entry.
                if i not in chosen or lines[i].key not in named or last[lines[i].key] > i
            )
        start = end + 1
    return found


def _may_be_entry(line: Line, *, titled: bool) -> bool:
    """Return whether a line may stand in a table of contents, one that is ``titled`` or not."""
    return line.is_short and (titled or line.text[-1] not in ".;,")
