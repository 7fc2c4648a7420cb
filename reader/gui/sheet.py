"""Setting type and drawings on paper: a sheet that is measured first and painted then.

Everything is in millimetres, sizes of type in points; the faces are the paper's own, so that a page
is the same whatever the window looks like.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from functools import cache

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFont, QFontMetricsF, QPainter, QPen

from reader.export.pdf_navigation import PagePlace
from reader.gui.badge import paint_shape
from reader.gui.difficulty_chart import paint_difficulty_chart
from reader.gui.icons import paint_icon
from reader.gui.theme import LIGHT, Theme, load_theme
from reader.gui.typography import break_lines, elide
from reader.model import PolicyReport, Verdict

UNITS = 100
"""Font units to the millimetre: type is set in these, since Qt's pixel sizes are whole numbers."""
SHAPE_COLUMN = 8.0
"""The width of a tile's edge, on which its shape stands, in millimetres."""
_MARGIN_X = 14.0
_HEAD, _FOOT = 8.6, 9.2  # from the edge of the paper to the head and the foot of a page
_FRAME, _FRAME_OF_A_WARNING = 0.2, 0.5  # of a tile: a warning stands out without colour, too
_MM_PER_POINT = 25.4 / 72
_LEADING = 1.24  # distance of two lines, as a share of the size of type
# TrueType faces first: Qt embeds those whole; the desktop's own font ends each list.
_OURS = ("Noto Sans", "Open Sans", "Segoe UI", "Liberation Sans", "Arial", "DejaVu Sans", "sans")
_THEIRS = ("Noto Serif", "Georgia", "Liberation Serif", "DejaVu Serif", "serif")


@dataclass(frozen=True, slots=True)
class Style:
    """One kind of text: its size in points, weight, slant, whose voice it is, how loud."""

    points: float
    weight: QFont.Weight = QFont.Weight.Normal
    italic: bool = False
    faces: tuple[str, ...] = _OURS
    muted: bool = False


TITLE = Style(17, QFont.Weight.Bold)
VERDICT = Style(11.5, QFont.Weight.DemiBold)
HEADING = Style(10, QFont.Weight.Bold)
LABEL = Style(9.5, QFont.Weight.DemiBold)
WORD = Style(8.5, QFont.Weight.DemiBold)
STRONG = Style(8.5, QFont.Weight.DemiBold)
PLAIN = Style(8.5)
MUTED = Style(8, muted=True)
PLACE = Style(7, muted=True)
BOOK = Style(9.5, faces=_THEIRS)
NOTE = Style(7)
QUOTE = Style(8, italic=True, faces=_THEIRS)
PASSAGE = Style(9, faces=_THEIRS)
DASHED = (Verdict.SILENT, Verdict.WITHHELD)


@cache
def paper_theme() -> Theme:
    """Return the light theme with all words in black.

    Printers make dots of a grey, or of a black that is not quite one, and small letters suffer.
    """
    black = QColor(Qt.GlobalColor.black)
    return replace(load_theme(LIGHT), ink=black, muted=black)


@cache
def font_of(style: Style, size: float = 1.0) -> QFont:
    """Return the font of ``style`` at a share of its usual size, in ``UNITS`` for pixels."""
    font = QFont()
    font.setFamilies(list(style.faces))
    font.setPixelSize(round(style.points * size * _MM_PER_POINT * UNITS))
    font.setWeight(style.weight)
    font.setItalic(style.italic)
    font.setHintingPreference(QFont.HintingPreference.PreferNoHinting)
    for ligature in ("liga", "clig", "dlig"):  # they would stand as one character in copied text
        font.setFeature(QFont.Tag(ligature), 0)
    return font


@dataclass(frozen=True, slots=True)
class SheetLink:
    """A box on a sheet that leads to another page's place, or to a web or mail address."""

    box: QRectF
    target: PagePlace | str


class Sheet:
    """Sets text and drawings in millimetres; without a painter it only measures.

    What sets text returns the height it took.
    """

    def __init__(self, painter: QPainter | None, theme: Theme, size: float = 1.0) -> None:
        self._painter = painter
        self._size = size
        self.theme = theme
        self.links: list[SheetLink] = []
        """The links among what was painted so far."""

    @property
    def is_measuring(self) -> bool:
        """Whether nothing is painted."""
        return self._painter is None

    def leading(self, style: Style) -> float:
        """Return the distance of two lines."""
        return style.points * self._size * _LEADING * _MM_PER_POINT

    def lines(
        self, text: str, style: Style, width: float, most: int, indent: float = 0.0
    ) -> list[str]:
        """Return the lines of ``text`` at this width, the last one elided at need."""
        font = font_of(style, self._size)
        return break_lines(text, font, width * UNITS, most, indent=indent * UNITS)

    def width_of(self, text: str, style: Style) -> float:
        """Return how wide ``text`` is on one line."""
        return QFontMetricsF(font_of(style, self._size)).horizontalAdvance(text) / UNITS

    def text(
        self,
        text: str,
        style: Style,
        left: float,
        top: float,
        width: float,
        *,
        most: int = 1,
        indent: float = 0.0,
        color: QColor | None = None,
        link: PagePlace | str | None = None,
    ) -> float:
        """Set ``text`` on at most so many lines, the first one moved in by ``indent``.

        ``link`` is where a press on it leads in a PDF, if anywhere.
        """
        lines = self.lines(text, style, width, most, indent)
        if self._painter is not None and link is not None:
            for number, line in enumerate(lines):
                x = left + (0.0 if number else indent)
                y = top + number * self.leading(style)
                box = QRectF(x, y, self.width_of(line, style), self.leading(style))
                self.links.append(SheetLink(box, link))
        if self._painter is not None:
            ink = color or (self.theme.muted if style.muted else self.theme.ink)
            font, leading = font_of(style, self._size), self.leading(style)
            _draw(self._painter, lines, font, leading, QPointF(left, top), ink, indent)
        return self.leading(style) * len(lines)

    def counted(
        self,
        lead: str,
        names: list[str],
        style: Style,
        left: float,
        top: float,
        width: float,
        link: PagePlace | None = None,
    ) -> float:
        """Set as many of ``names`` as one line holds, and count the others."""
        line = ""
        for shown in range(len(names), 0, -1):
            rest = f" and {len(names) - shown} more" if shown < len(names) else ""
            line = f"{lead}{'; '.join(names[:shown])}{rest}"
            if self.width_of(line, style) <= width:
                break
            if shown == 1:
                font = font_of(style, self._size)
                name_room = width - self.width_of(lead + rest, style)
                line = f"{lead}{elide(names[0], font, name_room * UNITS)}{rest}"
        return self.text(line, style, left, top, width + 1, link=link)

    def shape(self, verdict: Verdict, box: QRectF) -> None:
        """Draw a verdict's shape."""
        if self._painter is not None:
            paint_shape(self._painter, box, verdict, self.theme)

    def icon(self, name: str, box: QRectF) -> None:
        """Draw a topic's icon."""
        if self._painter is not None:
            paint_icon(self._painter, box, name, self.theme.ink)

    def chart(self, report: PolicyReport, box: QRectF) -> None:
        """Draw how hard a policy reads along its text."""
        if self._painter is not None:
            paint_difficulty_chart(self._painter, box, report, self.theme)

    def rule(self, left: float, top: float, width: float) -> None:
        """Draw a hairline."""
        if self._painter is not None:
            self._painter.setPen(QPen(self.theme.rule, 0.2))
            self._painter.drawLine(QPointF(left, top), QPointF(left + width, top))

    def tile_ground(self, box: QRectF, verdict: Verdict) -> None:
        """Draw a tile's frame, its tinted edge, and the shape on it."""
        if self._painter is None:
            return
        painter, colors = self._painter, self.theme.colors(verdict)
        edge = QRectF(box.left(), box.top(), SHAPE_COLUMN, box.height())
        pen = QPen(self.theme.outline, _FRAME)
        if verdict is Verdict.BAD:
            pen = QPen(colors.line, _FRAME_OF_A_WARNING)
        if verdict in DASHED:
            pen.setColor(colors.line)
            pen.setDashPattern([5, 4])
        else:
            painter.save()
            painter.setClipRect(edge)
            painter.setPen(Qt.PenStyle.NoPen)
            painter.setBrush(colors.tint)
            painter.drawRoundedRect(box, 1.2, 1.2)
            painter.restore()
        painter.setPen(pen)
        painter.setBrush(Qt.BrushStyle.NoBrush)
        painter.drawRoundedRect(box, 1.2, 1.2)
        side = 4.6
        place = QRectF(edge.center() - QPointF(side / 2, side / 2), QSizeF(side, side))
        # A printer without colours makes dots of a tint, among which a sign would be lost.
        painter.setPen(Qt.PenStyle.NoPen)
        painter.setBrush(self.theme.page)
        painter.drawEllipse(place.center(), side * 0.66, side * 0.66)
        paint_shape(painter, place, verdict, self.theme)


def paint_furniture(sheet: Sheet, paper: QSizeF, title: str, folio: str, made_by: str = "") -> None:
    """Set what stands on every page of a size: ``title`` at its head, ``folio`` at its foot."""
    width = paper.width() - 2 * _MARGIN_X
    if title:
        sheet.text(title, PLACE, _MARGIN_X, _HEAD, width)
        sheet.rule(_MARGIN_X, _HEAD + sheet.leading(PLACE) + 1.2, width)
    foot = paper.height() - _FOOT - sheet.leading(PLACE)
    sheet.text(folio, PLACE, _MARGIN_X, foot, width)
    made_from = _MARGIN_X + width - sheet.width_of(made_by, PLACE)
    sheet.text(made_by, PLACE, made_from, foot, width)


def _draw(
    painter: QPainter,
    lines: Sequence[str],
    font: QFont,
    leading: float,
    place: QPointF,
    ink: QColor,
    indent: float,
) -> None:
    """Draw lines of text below each other, the first one moved in by ``indent``."""
    metrics = QFontMetricsF(font)
    spare = leading * UNITS - metrics.ascent() - metrics.descent()
    painter.save()
    painter.translate(place)
    painter.scale(1 / UNITS, 1 / UNITS)
    painter.setFont(font)
    painter.setPen(ink)
    for number, line in enumerate(lines):
        top = leading * UNITS * number
        left = 0.0 if number else indent * UNITS
        painter.drawText(QPointF(left, top + spare / 2 + metrics.ascent()), line)
    painter.restore()
