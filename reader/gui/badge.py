"""The shapes that stand for a verdict, drawn as vectors, and the badge: a shape with its word.

A shield with a tick is good, a circle with an i neutral, a triangle with an exclamation mark asks
for care, an octagon with a cross warns; a dashed circle is silence, with a stroke in it where no
judgement was made. The shapes differ without colour, on a grey printer and for a colour-blind eye.
"""

from __future__ import annotations

import math

from PySide6.QtCore import QPointF, QRectF, QSizeF, Qt
from PySide6.QtGui import QColor, QFontMetricsF, QPainter, QPainterPath, QPen, QPixmap, QPolygonF

from reader.gui.theme import Theme, ValenceColors
from reader.model import Valence, Verdict

# All coordinates below are shares of the shape's side.
_MIDDLE = QPointF(0.5, 0.5)
_OUTLINE = 0.085
_SIGN = 0.115


def paint_shape(painter: QPainter, rect: QRectF, verdict: Verdict | Valence, theme: Theme) -> None:
    """Paint the shape of ``verdict`` into the largest square in the middle of ``rect``."""
    verdict = Verdict(verdict.value)
    colors = theme.colors(verdict)
    side = min(rect.width(), rect.height())
    painter.save()
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    painter.translate(rect.center() - QPointF(side / 2, side / 2))
    painter.scale(side, side)
    match verdict:
        case Verdict.GOOD:
            _paint_shield(painter, colors)
        case Verdict.NEUTRAL:
            _paint_circle(painter, colors)
        case Verdict.CAUTION:
            _paint_triangle(painter, colors)
        case Verdict.BAD:
            _paint_octagon(painter, colors)
        case Verdict.SILENT:
            _paint_dashed_circle(painter, colors)
        case Verdict.WITHHELD:
            _paint_dashed_circle(painter, colors)
            _stroke(painter, colors.line, _SIGN, (0.33, 0.5), (0.67, 0.5))
    painter.restore()


def shape_pixmap(
    verdict: Verdict | Valence, size: int, theme: Theme, device_pixel_ratio: float = 1.0
) -> QPixmap:
    """Return the shape as a picture of ``size`` logical pixels a side, on nothing."""
    pixels = math.ceil(size * device_pixel_ratio)
    pixmap = QPixmap(pixels, pixels)
    pixmap.setDevicePixelRatio(device_pixel_ratio)
    pixmap.fill(Qt.GlobalColor.transparent)
    painter = QPainter(pixmap)
    paint_shape(painter, QRectF(0, 0, size, size), verdict, theme)
    painter.end()
    return pixmap


def badge_size(metrics: QFontMetricsF, word: str) -> QSizeF:
    """Return the room that a badge with ``word`` needs, in the metrics' pixels."""
    height = metrics.height() + 4
    return QSizeF(height + metrics.horizontalAdvance(word) + height * 0.45, height)


def paint_badge(
    painter: QPainter, rect: QRectF, verdict: Verdict | Valence, word: str, theme: Theme
) -> None:
    """Paint a badge into ``rect``: the shape, then its word, in the painter's font.

    The word is cut with an ellipsis where it does not fit.
    """
    direction = painter.layoutDirection()
    square = QRectF(rect.left(), rect.top(), rect.height(), rect.height())
    room = rect.adjusted(rect.height() + 2, 0, 0, 0)
    if direction is Qt.LayoutDirection.RightToLeft:
        square.moveRight(rect.right())
        room.moveLeft(rect.left())
    paint_shape(painter, square.adjusted(2, 2, -2, -2), verdict, theme)
    painter.save()
    painter.setPen(theme.colors(verdict).line)
    metrics = QFontMetricsF(painter.font())
    fitting = metrics.elidedText(word, Qt.TextElideMode.ElideRight, room.width())
    # Qt turns left into right where the painter's direction says so.
    painter.drawText(room, Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft, fitting)
    painter.restore()


def _pen(color: QColor, width: float) -> QPen:
    return QPen(
        color,
        width,
        Qt.PenStyle.SolidLine,
        Qt.PenCapStyle.RoundCap,
        Qt.PenJoinStyle.RoundJoin,
    )


def _stroke(painter: QPainter, color: QColor, width: float, *points: tuple[float, float]) -> None:
    painter.setPen(_pen(color, width))
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawPolyline(QPolygonF([QPointF(x, y) for x, y in points]))


def _dot(painter: QPainter, color: QColor, x: float, y: float) -> None:
    painter.setPen(Qt.PenStyle.NoPen)
    painter.setBrush(color)
    painter.drawEllipse(QPointF(x, y), 0.075, 0.075)


def _fill(painter: QPainter, path: QPainterPath, colors: ValenceColors) -> None:
    painter.setPen(_pen(colors.line, _OUTLINE))
    painter.setBrush(colors.fill)
    painter.drawPath(path)


def _paint_shield(painter: QPainter, colors: ValenceColors) -> None:
    shield = QPainterPath(QPointF(0.5, 0.06))
    shield.quadTo(QPointF(0.66, 0.17), QPointF(0.89, 0.18))
    shield.lineTo(0.89, 0.48)
    shield.cubicTo(QPointF(0.89, 0.74), QPointF(0.72, 0.87), QPointF(0.5, 0.95))
    shield.cubicTo(QPointF(0.28, 0.87), QPointF(0.11, 0.74), QPointF(0.11, 0.48))
    shield.lineTo(0.11, 0.18)
    shield.quadTo(QPointF(0.34, 0.17), QPointF(0.5, 0.06))
    _fill(painter, shield, colors)
    _stroke(painter, colors.mark, _SIGN, (0.3, 0.5), (0.45, 0.65), (0.71, 0.36))


def _paint_circle(painter: QPainter, colors: ValenceColors) -> None:
    circle = QPainterPath()
    circle.addEllipse(_MIDDLE, 0.44, 0.44)
    _fill(painter, circle, colors)
    _dot(painter, colors.mark, 0.5, 0.29)
    _stroke(painter, colors.mark, _SIGN, (0.5, 0.49), (0.5, 0.72))


def _paint_triangle(painter: QPainter, colors: ValenceColors) -> None:
    triangle = QPainterPath()
    triangle.addPolygon(QPolygonF([QPointF(0.5, 0.1), QPointF(0.95, 0.9), QPointF(0.05, 0.9)]))
    triangle.closeSubpath()
    _fill(painter, triangle, colors)
    _stroke(painter, colors.mark, _SIGN, (0.5, 0.4), (0.5, 0.59))
    _dot(painter, colors.mark, 0.5, 0.765)


def _paint_octagon(painter: QPainter, colors: ValenceColors) -> None:
    octagon = QPainterPath()
    corners = [math.radians(22.5 + 45 * corner) for corner in range(8)]
    octagon.addPolygon(
        QPolygonF([_MIDDLE + QPointF(math.cos(a), math.sin(a)) * 0.48 for a in corners])
    )
    octagon.closeSubpath()
    _fill(painter, octagon, colors)
    _stroke(painter, colors.mark, _SIGN, (0.34, 0.34), (0.66, 0.66))
    _stroke(painter, colors.mark, _SIGN, (0.34, 0.66), (0.66, 0.34))


def _paint_dashed_circle(painter: QPainter, colors: ValenceColors) -> None:
    radius, dashes = 0.43, 8
    pen = _pen(colors.line, _OUTLINE)
    pen.setCapStyle(Qt.PenCapStyle.FlatCap)
    step = 2 * math.pi * radius / dashes / _OUTLINE  # dash lengths count in widths of the pen
    pen.setDashPattern([step * 0.6, step * 0.4])
    painter.setPen(pen)
    painter.setBrush(Qt.BrushStyle.NoBrush)
    painter.drawEllipse(_MIDDLE, radius, radius)
