"""Setting plain text: sizes of type, lines that fit a width, and lines in a mirrored window.

The window and the printed page break their lines here, so nothing is ever cut off in silence: the
last line that there is room for ends in an ellipsis. Widgets that paint themselves measure from the
side on which reading begins, and ``mirrored`` turns that round where it is the right one.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QFont, QFontMetricsF, QPaintDevice, QPainter, QTextLayout, QTextOption
from PySide6.QtWidgets import QWidget

# More characters than a line of any width at hand holds: what bounds the work on a hostile title.
_LONGEST_LINE = 500


def scaled_font(font: QFont, factor: float, weight: QFont.Weight | None = None) -> QFont:
    """Return ``font`` at ``factor`` times its size, and in ``weight`` where one is given."""
    scaled = QFont(font)
    if font.pixelSize() > 0:
        scaled.setPixelSize(max(1, round(font.pixelSize() * factor)))
    else:
        scaled.setPointSizeF(max(1.0, font.pointSizeF() * factor))
    if weight is not None:
        scaled.setWeight(weight)
    return scaled


def break_lines(
    text: str,
    font: QFont,
    width: float,
    most: int,
    *,
    indent: float = 0.0,
    device: QPaintDevice | None = None,
) -> list[str]:
    """Return ``text`` as at most ``most`` lines of ``width``; the last one is elided at need.

    White space of any kind counts as one space. ``width`` and ``indent``, which the first line
    leaves free, are in units of ``device``, or in pixels of the screen without one. The first line
    is '' where its room is too narrow for the first word and the next line's is not.
    """
    words = " ".join(text[: most * _LONGEST_LINE].split())
    if not words or most < 1:
        return []
    first_word = words.partition(" ")[0]
    metrics = QFontMetricsF(font, device) if device else QFontMetricsF(font)
    needed = metrics.horizontalAdvance(first_word)
    if most > 1 and indent and width - indent < needed <= width:
        return ["", *break_lines(words, font, width, most - 1, device=device)]
    layout = QTextLayout(words, font, device) if device else QTextLayout(words, font)
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    layout.setTextOption(option)
    units = words.encode("utf-16-le", "surrogatepass")  # Qt counts in these
    lines: list[str] = []
    layout.beginLayout()
    line = layout.createLine()
    while line.isValid():
        room = max(1.0, width - (0.0 if lines else indent))
        line.setLineWidth(room)
        start, length = line.textStart(), line.textLength()
        if len(lines) == most - 1 and 2 * (start + length) < len(units):
            rest = units[2 * start :].decode("utf-16-le", "surrogatepass")
            lines.append(elide(rest, font, room, device=device))
            break
        taken = units[2 * start : 2 * (start + length)].decode("utf-16-le", "surrogatepass")
        lines.append(taken.rstrip())
        line = layout.createLine()
    layout.endLayout()
    return lines


def elide(text: str, font: QFont, width: float, *, device: QPaintDevice | None = None) -> str:
    """Return ``text`` on one line of ``width``, its end replaced by an ellipsis at need."""
    metrics = QFontMetricsF(font, device) if device else QFontMetricsF(font)
    return metrics.elidedText(text[:_LONGEST_LINE], Qt.TextElideMode.ElideRight, width)


def mirrored(widget: QWidget, rect: QRectF) -> QRectF:
    """Return where ``rect``, given as the widget reads from left to right, lies in ``widget``."""
    if not widget.isRightToLeft():
        return rect
    return QRectF(widget.width() - rect.right(), rect.top(), rect.width(), rect.height())


def beginning(widget: QWidget) -> Qt.AlignmentFlag:
    """Return the alignment of words to the side from which ``widget`` reads, whatever they are."""
    side = Qt.AlignmentFlag.AlignRight if widget.isRightToLeft() else Qt.AlignmentFlag.AlignLeft
    return side | Qt.AlignmentFlag.AlignAbsolute | Qt.AlignmentFlag.AlignVCenter


def isolated(words: str) -> str:
    """Return ``words`` between two signs that keep their direction apart from what is around."""
    return f"\u2068{words}\u2069"


def paint_line(painter: QPainter, widget: QWidget, rect: QRectF, words: str) -> None:
    """Paint one line of words where ``rect`` begins, on the side from which ``widget`` reads.

    ``rect`` is given as read from left to right. The words keep their own direction.
    """
    painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)
    painter.drawText(mirrored(widget, rect), beginning(widget), words)
