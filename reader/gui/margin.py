"""The notes beside the text: a shape and a few words at the line where a passage begins.

Painted, so that a thousand of them cost nothing. Whoever cannot point at them goes from finding to
finding with the keyboard, or through the list of all marks (F7), which say the same.
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
from PySide6.QtWidgets import QApplication, QToolTip, QWidget

from reader.gui.badge import paint_shape
from reader.gui.passages import Passage
from reader.gui.theme import Theme
from reader.gui.tooltips import tooltip
from reader.gui.typography import break_lines, mirrored, paint_line
from reader.model import Verdict
from reader.summary import VERDICT_WORDS, clean_line

WIDE, WIDEST, NARROW = 168, 230, 30
"""The margin's width in pixels with its words, where there is room to spare, and without them."""

_SHAPE, _QUIET_SHAPE = 16.0, 11.0
_SHAPES_COLUMN = 22.0
_GAP = 2.0
_MOST_LINES = 2
_MOST_IN_A_TIP = 6


@dataclass(frozen=True, slots=True)
class Note:
    """What stands beside one line, whose middle is ``y`` pixels below the top of the text.

    ``passages`` all begin in that line, the one to name first. ``is_telling`` gives it full
    strength.
    """

    y: float
    passages: tuple[Passage, ...]
    is_telling: bool


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
        self._lines: list[list[str]] = []
        # A long policy says the same beside hundreds of lines: words are broken once for a width.
        self._known: dict[str, list[str]] = {}
        self._known_for: tuple[int, str] = (0, "")
        self._scrolled = 0
        self._current: Passage | None = None
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Findings beside the text"))
        self.setAccessibleDescription(
            self.tr("F8 goes to the next finding, Shift+F8 back. F7 lists them all.")
        )

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
        """Frame the note of ``passage``, which names it as long as it is current."""
        self._current = passage
        self._place()

    def note_rects(self) -> list[tuple[Note, QRect]]:
        """Return the notes in view and where they stand, in this widget's pixels."""
        return [(self._notes[number], self._rect(number)) for number in self._in_view()]

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the notes in view."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.fillRect(event.rect(), self._theme.page)
        for number in self._in_view():
            self._paint_note(painter, number)

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

    def _named(self, note: Note) -> Passage:
        """Return the passage that a note names: the current one if it is among them."""
        return next((p for p in note.passages if p is self._current), note.passages[0])

    def _in_view(self) -> range:
        tallest = _MOST_LINES * self._row_height()
        first = bisect_right(self._tops, self._scrolled - tallest)
        return range(first, bisect_left(self._tops, self._scrolled + self.height()))

    def _rect(self, number: int) -> QRect:
        height = self._row_height() * max(1, len(self._lines[number]))
        top = self._tops[number] - self._scrolled
        return QRect(0, round(top), self.width(), round(height))

    def _place(self) -> None:
        """Break the words of each note, and push down those that would stand on the one above."""
        height = self._row_height()
        self._tops, self._lines = [], []
        known_for = (self.width(), self._words_font().key())
        if known_for != self._known_for:
            self._known, self._known_for = {}, known_for
        free_from = float("-inf")
        for note in self._notes:
            lines = self._broken(note)
            top = max(note.y - height / 2, free_from)
            self._tops.append(top)
            self._lines.append(lines)
            free_from = top + height * max(1, len(lines)) + _GAP
        self.update()

    def _broken(self, note: Note) -> list[str]:
        """Return the words of a note on as many lines as they need, none where there is no room."""
        if self.width() <= NARROW:
            return []
        more = len(note.passages) - 1
        words = self._named(note).disclosure.headline + (f" +{more}" if more else "")
        lines = self._known.get(words)
        if lines is None:
            room = self.width() - _SHAPES_COLUMN - 2
            lines = break_lines(words, self._words_font(), room, _MOST_LINES)
            self._known[words] = lines
        return lines

    def _row_height(self) -> float:
        return max(_SHAPE, QFontMetricsF(self._words_font()).height()) + _GAP

    def _words_font(self) -> QFont:
        font = QFont(QApplication.font())
        font.setPointSizeF(max(7.0, font.pointSizeF() * 0.92))
        return font

    def _paint_note(self, painter: QPainter, number: int) -> None:
        note, rect = self._notes[number], QRectF(self._rect(number))
        is_current = self._current in note.passages
        strong = note.is_telling or is_current
        height = self._row_height()
        side = _SHAPE if strong else _QUIET_SHAPE
        shape = QRectF(0, 0, side, side)
        shape.moveCenter(QPointF(2 + _SHAPE / 2, rect.top() + height / 2))
        paint_shape(painter, mirrored(self, shape), self._named(note).valence, self._theme)
        painter.setFont(self._words_font())
        painter.setPen(self._theme.ink if strong else self._theme.muted)
        row = QRectF(_SHAPES_COLUMN, rect.top(), rect.width() - _SHAPES_COLUMN, height)
        for line in self._lines[number]:
            paint_line(painter, self, row, line)
            row.translate(0, height)
        if is_current:
            painter.setPen(QPen(self._theme.colors(self._named(note).valence).line, 1.4))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(rect.adjusted(0.7, 0.7, -0.7, -0.7), 4, 4)


def meaning(passages: Sequence[Passage]) -> str:
    """Return the tool tip that says in plain words what ``passages`` mean."""
    told = dict.fromkeys(
        f"{VERDICT_WORDS[Verdict(p.valence.value)]}. {clean_line(p.disclosure.statement)}"
        for p in passages
    )
    return tooltip(*list(told)[:_MOST_IN_A_TIP])
