"""How reading difficulty looks: five bars that rise with it, and a shade that darkens."""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import QColor, QPainter, QPen

from reader.gui.theme import Theme
from reader.model import Band

BARS = QSize(19, 12)
"""The size at which the bars are sharp."""
_LIGHTEST, _DARKEST = 0.52, 0.86  # shares of the ink; the least has 3 to 1 on the page
STEPS = (Band.PLAIN, Band.FAIRLY_PLAIN, Band.FAIRLY_HARD, Band.HARD, Band.VERY_HARD)


def paint_bars(
    painter: QPainter, place: QRectF, band: Band, full: QColor, empty: QColor, *, rough: bool
) -> None:
    """Paint the bars of ``band`` at the left of ``place``, half-way down; one stub for no score.

    A ``rough`` measure has hollow bars.
    """
    bottom = place.top() + (place.height() + BARS.height()) // 2
    if band not in STEPS:
        painter.fillRect(QRectF(place.left(), bottom - 2, 3, 2), empty)
        return
    filled = STEPS.index(band) + 1
    for step in range(len(STEPS)):
        height = 4.0 + step * 2
        bar = QRectF(place.left() + step * 4, bottom - height, 3, height)
        if step >= filled:
            painter.fillRect(QRectF(bar.left(), bottom - 2, 3, 2), empty)
        elif rough:
            painter.setPen(QPen(full, 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRect(bar.adjusted(0.5, 0.5, -0.5, -0.5))
        else:
            painter.fillRect(bar, full)


def shade(band: Band, theme: Theme) -> QColor:
    """Return the shade of a section of ``band`` on the page: the harder, the darker."""
    if band not in STEPS:
        return theme.muted
    share = _LIGHTEST + (_DARKEST - _LIGHTEST) * STEPS.index(band) / (len(STEPS) - 1)
    return mixed(theme.page, theme.ink, share)


def mixed(ground: QColor, color: QColor, share: float) -> QColor:
    """Return ``color`` as it looks on ``ground`` at an opacity of ``share``, in [0, 1]."""
    return QColor.fromRgbF(
        ground.redF() * (1 - share) + color.redF() * share,
        ground.greenF() * (1 - share) + color.greenF() * share,
        ground.blueF() * (1 - share) + color.blueF() * share,
    )
