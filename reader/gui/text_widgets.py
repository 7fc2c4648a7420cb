"""Widgets that show plain text, whatever stands in it, and never cut it off in silence.

Text from a file goes into the window through these: nothing in it is read as markup, a line that
does not fit ends in an ellipsis, and the whole is in the tool tip and for a screen reader.
"""

from __future__ import annotations

from PySide6.QtCore import QRectF, QSize, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QKeyEvent,
    QPainter,
    QPaintEvent,
    QPen,
    QResizeEvent,
)
from PySide6.QtWidgets import QAbstractButton, QLabel, QSizePolicy, QWidget

from reader.gui.badge import paint_shape
from reader.gui.theme import Theme
from reader.gui.tooltips import tooltip
from reader.gui.typography import beginning, break_lines, mirrored, paint_line, scaled_font
from reader.model import Valence, Verdict

SMALL = 0.9
"""The size of the second voice, as a share of the widget's font."""


class FittedLabel(QLabel):
    """Plain text on as few lines as hold it, up to a limit: then elided, whole in its tool tip."""

    def __init__(self, text: str, font: QFont, color: QColor, *, most: int) -> None:
        super().__init__()
        self._whole = " ".join(text.split())
        self._most = most
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setFont(font)
        palette = self.palette()
        palette.setColor(self.foregroundRole(), color)
        self.setPalette(palette)
        self.setAccessibleName(self._whole)
        self.setMinimumWidth(0)
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the text anew for a new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            lines = break_lines(self._whole, self.font(), self.width(), self._most)
            # Left to itself, Qt aligns by the words and not as the window reads.
            self.setAlignment(beginning(self))
            self.setText("\n".join(lines))
            if lines and lines[-1].endswith("…") and not self.toolTip():
                self.setToolTip(tooltip(self._whole))
                self.setAccessibleDescription(self._whole)  # else Qt gives the tip, with its markup
            self.setFixedHeight(self.sizeHint().height())


class PaintedButton(QAbstractButton):
    """A button that paints itself and shows where mouse and keyboard are."""

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setAttribute(Qt.WidgetAttribute.WA_Hover)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme`` from now on."""
        self._theme = theme
        self.update()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Let Enter press it like the space bar: it looks like a link, or like a card."""
        if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter) and not event.isAutoRepeat():
            self.click()
        else:
            super().keyPressEvent(event)

    def paint_focus(self, painter: QPainter, radius: float) -> None:
        """Paint the ring of the keyboard's focus, where it is here."""
        if self.hasFocus():
            painter.setPen(QPen(self._theme.focus, 2))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(QRectF(self.rect()).adjusted(1, 1, -1, -1), radius, radius)


class LineButton(PaintedButton):
    """A line or two of text to press: a flag with its shape, or a link.

    It keeps the room of ``fewest`` lines, and cuts what takes more than ``most``.
    """

    def __init__(
        self,
        text: str,
        theme: Theme,
        *,
        shape: Verdict | Valence | None = None,
        is_link: bool = False,
        fewest: int = 1,
        most: int,
    ) -> None:
        super().__init__(theme)
        self._shape = shape
        self._is_link = is_link
        self._fewest = fewest
        self._most = most
        self._whole = ""
        self._lines: list[str] = []
        self.setFont(scaled_font(self.font(), SMALL))
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Fixed)
        self.set_words(text)

    def set_words(self, text: str) -> None:
        """Say ``text`` from now on."""
        self._whole = " ".join(text.split())
        self.setText(text)
        self.setAccessibleName(self._whole)
        self._break()

    @property
    def _left(self) -> float:
        return QFontMetricsF(self.font()).height() + 6 if self._shape else 0.0

    def sizeHint(self) -> QSize:
        """Return the height of the lines as they are broken now."""
        line = QFontMetricsF(self.font()).height()
        return QSize(200, round(line * max(self._fewest, len(self._lines)) + 3))

    def resizeEvent(self, event: QResizeEvent) -> None:
        """Break the text anew for a new width."""
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._break()

    def _break(self) -> None:
        room = self.width() - self._left - 2
        self._lines = break_lines(self._whole, self.font(), room, self._most)
        self.setFixedHeight(self.sizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint the shape, where there is one, and the lines."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        font = QFont(self.font())
        font.setUnderline(self._is_link or self.underMouse())
        painter.setFont(font)
        painter.setPen(self._theme.link if self._is_link else self._theme.ink)
        height = QFontMetricsF(font).height()
        if self._shape is not None:
            shape = mirrored(self, QRectF(1, 2, height - 1, height - 1))
            paint_shape(painter, shape, self._shape, self._theme)
        top = 1.5
        left = self._left
        if self.hasFocus() and self._shape is None:
            left += 2  # else the ring would run through the first letters
        for line in self._lines:
            room = QRectF(left, top, self.width() - left, height)
            paint_line(painter, self, room, line)
            top += height
        self.paint_focus(painter, 3)
        painter.end()
