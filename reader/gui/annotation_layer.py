"""The reader's own marks, painted on the text: brackets round the words, and a sign at the edge.

The ground behind the words is the text's own format; brackets and sign tell it apart from a finding
and from what a search found without its colour. The sign is a sheet for a note, a pen's stroke for
a highlight alone.
"""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPointF, QRectF, Qt
from PySide6.QtGui import QPainter, QPen, QPolygonF, QTextDocument

from reader.annotations import Annotation
from reader.gui.text_lines import LinePiece, line_pieces
from reader.gui.text_offsets import TextOffsets
from reader.gui.theme import Theme
from reader.model import Span

SIGN = 11.0
"""The side of the sign at the edge of the page, in pixels."""

_TICK = 3.5  # the length of a bracket's arms
_PEN = 1.6


def paint_annotations(
    painter: QPainter,
    document: QTextDocument,
    offsets: TextOffsets,
    annotations: Sequence[Annotation],
    in_view: Span,
    theme: Theme,
    *,
    from_right: bool,
) -> None:
    """Paint those of ``annotations`` that are in view, in the document's own coordinates."""
    for annotation in annotations:
        span = annotation.span
        if span is None or not span.overlaps(in_view):
            continue
        # A mark may be as long as the text: what is out of view costs nothing.
        seen = Span(max(span.start, in_view.start), min(span.end, in_view.end))
        pieces = list(line_pieces(document, *offsets.span_to_units(seen)))
        painter.setPen(QPen(theme.note, _PEN))
        if pieces and seen.end == span.end:
            paint_bracket(painter, pieces[-1], opens=False)
        if pieces and seen.start == span.start:
            paint_bracket(painter, pieces[0], opens=True)
            sign = sign_rect(pieces[0], document.textWidth(), from_right=from_right)
            paint_sign(painter, sign, theme, has_note=bool(annotation.note))


def sign_rect(first: LinePiece, width: float, *, from_right: bool) -> QRectF:
    """Return where the sign of a mark stands whose first line is ``first``."""
    left = width - SIGN - 0.5 if from_right else 0.5
    return QRectF(left, first.rect.center().y() - SIGN / 2, SIGN, SIGN)


def paint_sign(painter: QPainter, rect: QRectF, theme: Theme, *, has_note: bool) -> None:
    """Paint the sign of a mark: a sheet with two lines of writing, or a stroke of the pen."""
    painter.save()
    painter.translate(rect.topLeft())
    painter.scale(rect.width() / SIGN, rect.height() / SIGN)
    pen = QPen(theme.note, 1.2)
    pen.setJoinStyle(Qt.PenJoinStyle.RoundJoin)
    painter.setPen(pen)
    if has_note:
        painter.setBrush(theme.note_ground)
        corners = ((1.0, 1.0), (7.0, 1.0), (10.0, 4.0), (10.0, 10.0), (1.0, 10.0))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
        painter.drawLine(QPointF(3, 5.5), QPointF(8, 5.5))
        painter.drawLine(QPointF(3, 7.8), QPointF(6.5, 7.8))
    else:
        painter.setBrush(theme.note)
        corners = ((1.0, 10.0), (2.0, 7.0), (8.0, 1.0), (10.0, 3.0), (4.0, 9.0))
        painter.drawPolygon(QPolygonF([QPointF(x, y) for x, y in corners]))
    painter.restore()


def annotation_words(annotation: Annotation) -> str:
    """Return what a mark says, as "Your note: ...", or that it is a highlight of the reader's."""
    if not annotation.note:
        return QCoreApplication.translate("AnnotationLayer", "Highlighted by you")
    return QCoreApplication.translate("AnnotationLayer", "Your note: {note}").format(
        note=annotation.note
    )


def paint_bracket(painter: QPainter, piece: LinePiece, *, opens: bool, arm: float = _TICK) -> None:
    """Paint the bracket at the first or the last words of a mark, with arms of this length."""
    rect = piece.rect
    at_left = opens is not piece.from_right
    x, arm = (rect.left() - 1, arm) if at_left else (rect.right() + 1, -arm)
    top, bottom = rect.top() + 1, rect.bottom() - 1
    painter.drawPolyline(
        QPolygonF(
            [QPointF(x + arm, top), QPointF(x, top), QPointF(x, bottom), QPointF(x + arm, bottom)]
        )
    )
