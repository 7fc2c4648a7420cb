"""What lies over the window while something that can be read is dragged over it."""

from __future__ import annotations

from PySide6.QtCore import QRectF, Qt
from PySide6.QtGui import QColor, QFont, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QWidget

from reader.gui.theme import Theme
from reader.gui.typography import scaled_font

_INSET = 16.0


class DropVeil(QWidget):
    """Covers its parent and says what letting go will do. Mouse and drag pass through it."""

    def __init__(self, theme: Theme, parent: QWidget) -> None:
        super().__init__(parent)
        self._theme = theme
        self._parent = parent
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.setFont(scaled_font(self.font(), 1.7, QFont.Weight.DemiBold))
        self.hide()

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme

    def cover(self) -> None:
        """Lie over the whole parent."""
        self.setGeometry(self._parent.rect())
        self.raise_()
        self.show()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint a thin sheet of the page's colour, a frame and the words."""
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        sheet = QColor(self._theme.page)
        sheet.setAlphaF(0.88)
        painter.fillRect(event.rect(), sheet)
        painter.setPen(QPen(self._theme.selection, 3.0))
        frame = QRectF(self.rect()).adjusted(_INSET, _INSET, -_INSET, -_INSET)
        painter.drawRoundedRect(frame, 14, 14)
        painter.setPen(self._theme.ink)
        painter.drawText(frame, Qt.AlignmentFlag.AlignCenter, self.tr("Let go to read it"))
