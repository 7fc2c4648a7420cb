"""Between two rulers: code points, which the records count in, and UTF-16 units, which Qt's do.

They part at every character beyond the basic plane (emoji, rare Chinese), which is one code point
and two units.
"""

from __future__ import annotations

import re
from bisect import bisect_left

from PySide6.QtGui import QTextCursor

from reader.model import Span

_WIDE = re.compile("[\U00010000-\U0010ffff]")


class TextOffsets:
    """Translates places of one text from code points to UTF-16 units and back."""

    def __init__(self, text: str) -> None:
        self._wide = tuple(match.start() for match in _WIDE.finditer(text))
        self._wide_in_units = tuple(place + before for before, place in enumerate(self._wide))

    def to_units(self, place: int) -> int:
        """Return the UTF-16 offset of a code point; the text's end has one too."""
        return place + bisect_left(self._wide, place)

    def to_code_points(self, units: int) -> int:
        """Return the code point at a UTF-16 offset; the middle of a pair belongs to its start."""
        return units - bisect_left(self._wide_in_units, units)

    def span_to_units(self, span: Span) -> tuple[int, int]:
        """Return start and end of ``span`` in UTF-16 units."""
        return self.to_units(span.start), self.to_units(span.end)

    def select(self, cursor: QTextCursor, span: Span) -> None:
        """Have ``cursor`` select the words of ``span``."""
        start, end = self.span_to_units(span)
        cursor.setPosition(start)
        cursor.setPosition(end, QTextCursor.MoveMode.KeepAnchor)
