"""A ring around a pane that has the keyboard, where a key brought it there."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, Qt
from PySide6.QtGui import QFocusEvent, QPainter, QPaintEvent, QRegion
from PySide6.QtWidgets import QWidget

from reader.gui.theme import Theme

_WIDTH = 2
_BY_KEY = (
    Qt.FocusReason.TabFocusReason,
    Qt.FocusReason.BacktabFocusReason,
    Qt.FocusReason.ShortcutFocusReason,
)


class FocusRing(QWidget):
    """Lies on a list or a text, which show by themselves no more than a chosen row or a caret.

    Who works with the mouse knows where the keyboard is, and is shown none.
    """

    def __init__(self, theme: Theme, pane: QWidget) -> None:
        super().__init__(pane)
        self._theme = theme
        self.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        self.hide()
        pane.installEventFilter(self)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme`` from now on."""
        self._theme = theme
        self.update()

    def eventFilter(self, pane: QObject, event: QEvent) -> bool:
        """Come and go with the keyboard, and keep the size of ``pane``."""
        if isinstance(event, QFocusEvent):
            self.setVisible(event.gotFocus() and event.reason() in _BY_KEY)
            self._surround(pane)
        elif event.type() == QEvent.Type.Resize:
            self._surround(pane)
        return False

    def _surround(self, pane: QObject) -> None:
        if isinstance(pane, QWidget) and self.isVisible():
            self.setGeometry(pane.rect())
            inside = pane.rect().adjusted(_WIDTH, _WIDTH, -_WIDTH, -_WIDTH)
            self.setMask(QRegion(pane.rect()).subtracted(QRegion(inside)))
            self.raise_()

    def paintEvent(self, _event: QPaintEvent) -> None:
        """Paint all that the mask leaves: the ring."""
        painter = QPainter(self)
        painter.fillRect(self.rect(), self._theme.focus)
        painter.end()
