"""How hard a policy reads from its beginning to its end, as one row of bars for the page.

Each section is as wide as its share of the text, and the higher and darker the harder it reads; a
rough measure is pale. Above the bars stand the findings that tell most, at their places.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF
from PySide6.QtGui import QPainter, QPen

from reader.difficulty import shown_scores
from reader.gui.badge import paint_shape
from reader.gui.bars import STEPS, mixed, shade
from reader.gui.passages import passages_of, telling
from reader.gui.theme import Theme
from reader.model import PolicyReport

# Shares of the height: a row of shapes, a gap, and the bars below it.
_SHAPES, _BARS = 0.36, 0.56
_LEAST_BAR = 0.2  # of the highest
_LEAST_GAP = 0.05  # of the height, between two bars
_PALE = 0.22  # opacity of a rough measure's body


def paint_difficulty_chart(
    painter: QPainter, box: QRectF, report: PolicyReport, theme: Theme
) -> None:
    """Paint the chart of ``report`` into ``box``, in the painter's own unit."""
    painter.save()
    across = box.width() / max(len(report.document.text), 1)
    highest = box.height() * _BARS
    line = box.height() * 0.02
    for section, scores in zip(report.document.sections, shown_scores(report), strict=True):
        left = box.left() + section.span.start * across
        width = (section.span.end - section.span.start) * across
        width -= min(box.height() * _LEAST_GAP, width / 3)
        height = line
        if scores.band in STEPS:
            step = STEPS.index(scores.band) / (len(STEPS) - 1)
            height = highest * (_LEAST_BAR + (1 - _LEAST_BAR) * step)
        bar = QRectF(left, box.bottom() - height, width, height)
        color = shade(scores.band, theme)
        if scores.rough and width > 3 * line:
            painter.setPen(QPen(color, line))
            painter.setBrush(mixed(theme.page, color, _PALE))  # paper takes no opacity
            painter.drawRect(bar.adjusted(line / 2, line / 2, -line / 2, -line / 2))
        else:
            painter.fillRect(bar, color)
    painter.setPen(QPen(theme.rule, line))
    painter.drawLine(box.bottomLeft(), box.bottomRight())
    _paint_findings(painter, box, report, theme)
    painter.restore()


def _paint_findings(painter: QPainter, box: QRectF, report: PolicyReport, theme: Theme) -> None:
    """Paint the shapes of what tells most; the graver comes first where they crowd."""
    side = box.height() * _SHAPES
    across = box.width() / max(len(report.document.text), 1)
    passages = passages_of(report)
    taken: list[float] = []
    for passage in sorted(telling(report, passages), key=lambda one: -one.valence.severity):
        left = box.left() + passage.span.start * across - side / 2
        left = min(max(left, box.left()), box.right() - side)
        if any(abs(left - other) < side for other in taken):
            continue
        taken.append(left)
        paint_shape(painter, QRectF(left, box.top(), side, side), passage.valence, theme)
