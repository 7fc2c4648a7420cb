"""A sentence that lists what it says, as the parts of its list.

"You may (i) see your data; (ii) have it corrected" says two things, and so does a list behind a
colon whose items end in semicolons. Each is read with the words before the first of them.
"""

from __future__ import annotations

import re
from typing import NamedTuple

from reader.model import Span

_MARKER = re.compile(r"(?:(?<=\s)|(?<=^))\(?(?P<mark>[a-h]|[ivx]{1,4}|\d{1,2})\)(?=\s)", re.I)
# Where a mark may end. Begins with the bracket, and looks back from there: that is found faster.
_MARK_END = re.compile(
    r"\)(?=\s)(?:(?<=\b[a-hivx\d]\))|(?<=\b[ivx\d]{2}\))|(?<=\b[ivx]{3}\))|(?<=\b[ivx]{4}\)))",
    re.I,
)
_SERIES = (
    tuple("abcdefgh"),
    ("i", "ii", "iii", "iv", "v", "vi", "vii", "viii", "ix", "x", "xi", "xii"),
    tuple(str(number) for number in range(1, 16)),
)
_OPENING = re.compile(r":\s")
_BETWEEN = re.compile(r";\s+")
_BEGINNING = re.compile(r"\s*(?:[-–•*·]\s+)?(?=\S)")
_TRAILING = re.compile(r"[;,]?\s+(?:and|or|and/or)\s*$|[;,]\s*$")
_LONGEST = 4000
"""Characters of a sentence up to which it is looked through."""


class Enumeration(NamedTuple):
    """The words that lead into a list and the list's items, as spans of the text."""

    lead: Span
    items: tuple[Span, ...]


def find_enumeration(text: str, sentence: Span) -> Enumeration | None:
    """Return the list inside a sentence, None where it has none of at least two items."""
    if sentence.end - sentence.start > _LONGEST:
        return None
    words = sentence.of(text)
    if ")" in words and (marks := _marks(words)):
        ends = [*(start for start, _ in marks[1:]), len(words)]
        items = [(first, end) for (_, first), end in zip(marks, ends, strict=True)]
        return _enumeration(sentence, words, marks[0][0], items)
    opening = _OPENING.search(words) if ";" in words else None
    if opening is None:
        return None
    gaps = list(_BETWEEN.finditer(words, opening.end()))
    bounds = [opening.end(), *(at for gap in gaps for at in gap.span()), len(words)]
    items = list(zip(bounds[::2], bounds[1::2], strict=True))
    return _enumeration(sentence, words, opening.end(), items)


def _enumeration(
    sentence: Span, words: str, lead_end: int, items: list[tuple[int, int]]
) -> Enumeration | None:
    start = sentence.start
    if lead_end == 0 or len(items) < 2:
        return None
    spans = []
    for first, end in items:
        trailing = _TRAILING.search(words, first, end)
        end = trailing.start() if trailing else end
        if beginning := _BEGINNING.match(words, first, end):
            spans.append(Span(start + beginning.end(), start + end))
    return Enumeration(Span(start, start + lead_end), tuple(spans))


def _marks(words: str) -> list[tuple[int, int]]:
    """Return where the marks of a list stand that count up from the first: (i), (ii), (iii)."""
    if len(_MARK_END.findall(words)) <= 1:
        return []
    found = [(match.group("mark").lower(), *match.span()) for match in _MARKER.finditer(words)]
    for series in _SERIES:
        marks: list[tuple[int, int]] = []
        for mark, start, end in found:
            if len(marks) < len(series) and mark == series[len(marks)]:
                marks.append((start, end))
        if len(marks) > 1:
            return marks
    return []
