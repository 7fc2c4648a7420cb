"""A paragraph whose sentences can be pressed one by one.

Each sentence is a widget as wide as the paragraph, cut out to the words that it holds, so that the
next one runs on in its last line.
"""

from __future__ import annotations

from collections.abc import Sequence
from math import ceil, floor

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QFont,
    QFontMetricsF,
    QPainter,
    QPainterPath,
    QPaintEvent,
    QPen,
    QRegion,
    QResizeEvent,
)
from PySide6.QtWidgets import QSizePolicy, QWidget

from reader.gui.text_widgets import PaintedButton
from reader.gui.theme import Theme
from reader.gui.typography import break_lines, mirrored, paint_line

_MOST = 7  # lines of a sentence
_PAD = 2.0  # pixels between the words and the edge that the focus is shown with


class Sentence(PaintedButton):
    """One sentence; where it leads nowhere it is plain words, and takes neither mouse nor key."""

    def __init__(self, words: str, font: QFont, theme: Theme, *, leads: bool) -> None:
        super().__init__(theme)
        self._leads = leads
        self._begin = 0.0
        self._lines: list[str] = []
        self.setFont(font)
        self.setText(words)
        self.setAccessibleName(words)
        if not leads:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)
            self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)

    def run(self, begin: float, top: float, width: int) -> tuple[float, float]:
        """Stand at ``top``, ``begin`` pixels into the line; return where the next one does."""
        metrics = QFontMetricsF(self.font())
        self._begin = begin
        self._lines = break_lines(self.text(), self.font(), width, _MOST, indent=begin) or [""]
        self.setGeometry(0, floor(top), width, ceil(metrics.height() * len(self._lines) + _PAD))
        self.setMask(QRegion(self._outline().toFillPolygon().toPolygon()))
        self.update()
        last = metrics.horizontalAdvance(self._lines[-1])
        before = begin if len(self._lines) == 1 else 0.0
        return before + last, top + metrics.height() * (len(self._lines) - 1)

    def sizeHint(self) -> QSize:
        """Return the size that ``run`` gave it."""
        return self.size()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the words: below the mouse underlined, with the keyboard a line around them."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setUnderline(self._leads and self.underMouse())
        painter.setFont(font)
        painter.setPen(self._theme.ink)
        for place, line in self._rows():
            paint_line(painter, self, place, line)
        if self.hasFocus():
            painter.setPen(QPen(self._theme.focus, 4))  # its outer half is cut off
            painter.drawPath(self._outline())
        painter.end()

    def _rows(self) -> list[tuple[QRectF, str]]:
        """Return the lines with the room of their words, as read from left to right."""
        metrics = QFontMetricsF(self.font())
        return [
            (
                QRectF(
                    0.0 if number else self._begin,
                    number * metrics.height(),
                    metrics.horizontalAdvance(line) + 1,
                    metrics.height() + _PAD,
                ),
                line,
            )
            for number, line in enumerate(self._lines)
        ]

    def _outline(self) -> QPainterPath:
        path = QPainterPath()
        for place, line in self._rows():
            if line:
                path.addRect(mirrored(self, place))
        return path.simplified()


class LineFlow(QWidget):
    """Sets sentences one behind the other, at any width."""

    def __init__(self, sentences: Sequence[Sentence]) -> None:
        super().__init__()
        self._sentences = sentences
        self._high = 1  # pixels; a widget that was never shown has hundreds
        for sentence in sentences:
            sentence.setParent(self)
        self.setAccessibleName(" ".join(sentence.text() for sentence in sentences))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def sizeHint(self) -> QSize:
        """Return the height of the lines as they are set now."""
        return QSize(200, self._high)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Set the sentences anew for a new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._set()

    def _set(self) -> None:
        begin = top = 0.0
        for sentence in self._sentences:
            space = QFontMetricsF(sentence.font()).horizontalAdvance(" ") if begin else 0.0
            begin, top = sentence.run(begin + space, top, self.width())
        bottom = max((each.geometry().bottom() + 1 for each in self._sentences), default=0)
        self._high = max(1, bottom)
        self.setFixedHeight(self._high)
