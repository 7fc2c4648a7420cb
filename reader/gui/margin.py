"""The notes beside the text: a shape and a few words at the line where a passage begins.

Painted, so that a thousand of them cost nothing. Whoever cannot point at them goes from finding to
finding with the keyboard; the details then say the same.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import QEvent, QPoint, QPointF, QRect, QRectF, Qt, Signal
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QHelpEvent,
    QMouseEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QWheelEvent,
)
from PySide6.QtWidgets import QApplication, QStyle, QToolTip, QWidget

from reader.gui.badge import paint_shape
from reader.gui.passages import Passage
from reader.gui.theme import Theme
from reader.gui.tooltips import tooltip

WIDE, NARROW = 168, 30
"""The margin's width in pixels with its words, and with its shapes alone."""

_SHAPE, _QUIET_SHAPE = 16.0, 11.0
_SHAPES_COLUMN = 22.0
_GAP = 2.0
_MOST_IN_A_TIP = 6


@dataclass(frozen=True, slots=True)
class Note:
    """What stands beside one line, whose middle is ``y`` pixels below the top of the text.

    ``passages`` all begin in that line, the one to name first. ``is_telling`` gives it full
    strength; ``has_words`` is false for a passage that only repeats what is said elsewhere.
    """

    y: float
    passages: tuple[Passage, ...]
    is_telling: bool
    has_words: bool


class Margin(QWidget):
    """Paints the notes of the lines in view.

    Signals:
        passage_chosen: a note was clicked; carries its ``Passage``, the next one at each click.
    """

    passage_chosen = Signal(object)

    def __init__(self, parent: QWidget, theme: Theme) -> None:
        super().__init__(parent)
        self._theme = theme
        self._notes: tuple[Note, ...] = ()
        self._tops: list[float] = []
        self._scrolled = 0
        self._current: Passage | None = None
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Findings beside the text"))
        self.setAccessibleDescription(self.tr("F8 goes to the next finding, Shift+F8 back."))

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        self.update()

    def show_notes(self, notes: Sequence[Note]) -> None:
        """Show ``notes``, which stand in the order of their lines."""
        self._notes = tuple(notes)
        self._place()

    def scroll_to(self, y: int) -> None:
        """Show the notes of the text from ``y`` pixels below its top."""
        if y != self._scrolled:
            self._scrolled = y
            self.update()

    def set_current(self, passage: Passage | None) -> None:
        """Frame the note of ``passage``."""
        self._current = passage
        self.update()

    def note_rects(self) -> list[tuple[Note, QRect]]:
        """Return the notes in view and where they stand, in this widget's pixels."""
        height = self._row_height()
        first = bisect_right(self._tops, self._scrolled - height)
        last = bisect_left(self._tops, self._scrolled + self.height())
        return [
            (note, QRect(0, round(top - self._scrolled), self.width(), round(height)))
            for note, top in zip(self._notes[first:last], self._tops[first:last], strict=True)
        ]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the notes in view."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._theme.page)
        painter.setLayoutDirection(Qt.LayoutDirection.LayoutDirectionAuto)  # the words' own
        for note, rect in self.note_rects():
            self._paint_note(painter, note, QRectF(rect))

    def mousePressEvent(self, event: QMouseEvent) -> None:
        """Choose the note under the pointer, or the next of its passages."""
        note = self._note_at(event.position().toPoint())
        if note is None or event.button() is not Qt.MouseButton.LeftButton:
            super().mousePressEvent(event)
            return
        after = 0
        if self._current in note.passages:
            after = (note.passages.index(self._current) + 1) % len(note.passages)
        self.passage_chosen.emit(note.passages[after])

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        """Keep the end of a click from what lies behind."""
        event.accept()

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        """Show by the pointer what can be clicked."""
        note = self._note_at(event.position().toPoint())
        shape = Qt.CursorShape.ArrowCursor if note is None else Qt.CursorShape.PointingHandCursor
        self.setCursor(shape)

    def wheelEvent(self, event: QWheelEvent) -> None:
        """Leave the wheel to the text."""
        event.ignore()

    def event(self, event: QEvent) -> bool:
        """Show what the note under a resting pointer means."""
        if event.type() is not QEvent.Type.ToolTip or not isinstance(event, QHelpEvent):
            return super().event(event)
        note = self._note_at(event.pos())
        QToolTip.showText(event.globalPos(), meaning(note.passages) if note else "", self)
        return True

    def _note_at(self, point: QPoint) -> Note | None:
        return next((note for note, rect in self.note_rects() if rect.contains(point)), None)

    def _place(self) -> None:
        """Push down each note that would stand on the one above."""
        height = self._row_height()
        self._tops = []
        free_from = float("-inf")
        for note in self._notes:
            top = max(note.y - height / 2, free_from)
            self._tops.append(top)
            free_from = top + height + _GAP
        self.update()

    def _row_height(self) -> float:
        return max(_SHAPE, QFontMetricsF(self._words_font()).height()) + _GAP

    def _words_font(self) -> QFont:
        font = QFont(QApplication.font())
        font.setPointSizeF(max(7.0, font.pointSizeF() * 0.92))
        return font

    def _paint_note(self, painter: QPainter, note: Note, row: QRectF) -> None:
        is_current = self._current in note.passages
        first = self._current if is_current and self._current else note.passages[0]
        side = _SHAPE if note.is_telling or is_current else _QUIET_SHAPE
        shape = QRectF(0, 0, side, side)
        shape.moveCenter(QPointF(2 + _SHAPE / 2, row.center().y()))
        paint_shape(painter, self._mirrored(shape), first.valence, self._theme)
        words = first.disclosure.label
        more = len(note.passages) - 1
        if (note.has_words or is_current) and self.width() > NARROW:
            painter.setFont(self._words_font())
            strong = note.is_telling or is_current
            painter.setPen(self._theme.ink if strong else self._theme.muted)
            room = row.adjusted(_SHAPES_COLUMN, 0, -2, 0)
            suffix = f" +{more}" if more else ""
            metrics = QFontMetricsF(painter.font())
            words = metrics.elidedText(
                words,
                Qt.TextElideMode.ElideRight,
                room.width() - metrics.horizontalAdvance(suffix),
            )
            leading = Qt.AlignmentFlag.AlignLeading | Qt.AlignmentFlag.AlignVCenter
            painter.drawText(
                self._mirrored(room),
                QStyle.visualAlignment(self.layoutDirection(), leading),
                words + suffix,
            )
        if is_current:
            painter.setPen(QPen(self._theme.colors(first.valence).line, 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(row.adjusted(0.7, 0.7, -0.7, -0.7), 4, 4)

    def _mirrored(self, rect: QRectF) -> QRectF:
        visual = QStyle.visualRect(self.layoutDirection(), self.rect(), rect.toRect())
        return QRectF(visual)


def meaning(passages: Sequence[Passage]) -> str:
    """Return the tool tip that says in plain words what ``passages`` mean."""
    statements = list(dict.fromkeys(passage.disclosure.statement for passage in passages))
    return tooltip(*statements[:_MOST_IN_A_TIP])
