"""Where words stand in a laid out text, line by line: for what is painted on it and beside it."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QTextDocument

_SHORT = 5_000  # UTF-16 units, up to which it costs little to read a paragraph for its letters


@dataclass(frozen=True, slots=True)
class LinePiece:
    """The part of some words that stands in one line.

    ``rect`` is its place in the document's pixels, as high as the line; ``baseline`` is the height
    on which its letters stand; ``from_right`` whether its paragraph is read from the right.
    """

    rect: QRectF
    baseline: float
    from_right: bool


def line_pieces(document: QTextDocument, start: int, end: int) -> Iterator[LinePiece]:
    """Yield the pieces of the words between two UTF-16 places of ``document``, from the top.

    White space at the end of a line belongs to none.
    """
    layout = document.documentLayout()
    block = document.findBlock(start)
    while block.isValid() and block.position() < end:
        first = block.position()
        is_plain = block.length() <= _SHORT and block.text().isascii()
        corner = layout.blockBoundingRect(block).topLeft()
        lines = block.layout()
        begins_in = lines.lineForTextPosition(max(start - first, 0))
        for number in range(max(begins_in.lineNumber(), 0), lines.lineCount()):
            line = lines.lineAt(number)
            if line.textStart() >= end - first:
                break
            begin = max(start - first, line.textStart())
            stop = min(end - first, line.textStart() + line.textLength())
            if begin >= stop:
                continue
            # White space that hangs over the end of a line is not part of its natural rectangle.
            ink = line.naturalTextRect()
            # Words of two directions have their outermost places anywhere between both ends.
            step = stop - begin if is_plain else 1
            xs = [_x(line.cursorToX(place)) for place in range(begin, stop + 1, step)]
            left, right = max(min(xs), ink.left()), min(max(xs), ink.right())
            if right - left >= 1:
                yield LinePiece(
                    QRectF(corner.x() + left, corner.y() + line.y(), right - left, line.height()),
                    corner.y() + line.y() + line.ascent(),
                    block.textDirection() is Qt.LayoutDirection.RightToLeft,
                )
        block = block.next()


def _x(place: object) -> float:
    """Return the x of what ``cursorToX`` gives: in PySide a pair of it and the place."""
    return float(place[0]) if isinstance(place, tuple) else float(place)  # type: ignore[arg-type]  # a float
