"""Where does a text write a date, and which day is it? Figures and English months."""

from __future__ import annotations

import re
from datetime import date

_MONTHS = "january february march april may june july august september october november december"
_MONTH_STARTS = [month[:3] for month in _MONTHS.split()]
_MONTH = r"(?P<month>" + "|".join(f"{m[:3]}(?:{m[3:]})?" for m in _MONTHS.split()) + r"|sept)\.?"
_DAY = r"(?P<day>\d{1,2})(?:st|nd|rd|th)?"
_YEAR = r"(?P<year>(?:19|20)\d\d)(?!\d)"
_GAP = r"[ ,./-]{1,3}"
# The first that fits a place counts. Between slashes the month stands first unless
# it cannot, in this date or another of the text.
_WRITTEN = tuple(
    re.compile(pattern, re.IGNORECASE)
    for pattern in (
        rf"\b{_MONTH}{_GAP}{_DAY}{_GAP}(?:of )?{_YEAR}",
        rf"\b{_DAY}(?: day)?(?: of)?{_GAP}{_MONTH}{_GAP}(?:of )?{_YEAR}",
        rf"\b{_YEAR}(?P<mark>[-./])(?P<month>\d{{1,2}})(?P=mark)(?P<day>\d{{1,2}})\b",
        r"\b(?P<month>\d{1,2})/(?P<day>\d{1,2})/(?P<year>(?:20)?\d\d)\b",
        rf"\b(?P<day>\d{{1,2}})(?P<mark>[-.])(?P<month>\d{{1,2}})(?P=mark){_YEAR}",
        rf"\b{_MONTH}{_GAP}(?:of )?{_YEAR}",
        rf"\b(?P<month>0?[1-9]|1[0-2])/{_YEAR}",
    )
)
YEAR_SIGN = re.compile(r"(?:19|20)\d\d|/\d\d")
"""No date is without one."""
# Begins with its digits, and looks back from there: a pattern that does is looked for faster.
_DAY_FIRST = re.compile(r"(?:1[3-9]|2\d|3[01])(?<!\w\d\d)/(?:0?[1-9]|1[0-2])/(?:19|20)\d\d\b")


def writes_day_first(text: str) -> bool:
    """Return whether a date between slashes has its day before its month, as 27/03/2025 does."""
    return _DAY_FIRST.search(text) is not None


def without_dates(text: str) -> str:
    """Return ``text`` without the dates in it, full ones and months with their year."""
    if YEAR_SIGN.search(text):
        for pattern in _WRITTEN:
            text = pattern.sub("", text)
    return text


def written_dates(words: str, *, day_first: bool) -> list[tuple[re.Match[str], str | None]]:
    """Return the dates of ``words`` in order with their day in ISO 8601, None for a bare month.

    ``day_first`` says how to read "03/04/2025", where both are possible.
    """
    found: list[tuple[re.Match[str], str | None]] = []
    taken: list[tuple[int, int]] = []
    for pattern in _WRITTEN:
        for match in pattern.finditer(words):
            if any(match.start() < end and start < match.end() for start, end in taken):
                continue
            taken.append(match.span())
            whole = "day" in match.groupdict()
            day = _iso(match, day_first) if whole else None
            if day is not None or not whole:
                found.append((match, day))
    return sorted(found, key=lambda pair: pair[0].start())


def _iso(match: re.Match[str], day_first: bool) -> str | None:
    """Return the day in ISO 8601, None where the calendar has no such day."""
    name, day, year = match["month"].lower(), int(match["day"]), int(match["year"])
    month = int(name) if name.isdigit() else _MONTH_STARTS.index(name[:3]) + 1
    if month > 12 >= day or (day_first and "/" in match.group() and name.isdigit() and day <= 12):
        month, day = day, month
    try:
        return date(year if year > 99 else 2000 + year, month, day).isoformat()
    except ValueError:
        return None
