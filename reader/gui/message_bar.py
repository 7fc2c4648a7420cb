"""What happened, and what to do now: a bar in the window, never a box in the way.

A file that cannot be read is refused here; whatever is open stays open.
"""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QAccessible, QAccessibleEvent, QFont, QPainter, QPaintEvent
from PySide6.QtWidgets import (
    QFrame,
    QHBoxLayout,
    QLabel,
    QPushButton,
    QToolButton,
    QVBoxLayout,
    QWidget,
)

from reader.gui.badge import shape_pixmap
from reader.gui.theme import Theme
from reader.model import Verdict

_SHAPE = 22


class MessageBar(QFrame):
    """One message at a time; hidden while there is none.

    Signals:
        accepted: the button of an offer was pressed.
        dismissed: the reader closed the message.
    """

    accepted = Signal()
    dismissed = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._verdict = Verdict.CAUTION
        self._shape = QLabel(self)
        self._message = QLabel(self)
        self._hint = QLabel(self)
        for label in (self._message, self._hint):
            label.setTextFormat(Qt.TextFormat.PlainText)
            label.setWordWrap(True)
            label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        bold = QFont(self._message.font())
        bold.setWeight(QFont.Weight.DemiBold)
        self._message.setFont(bold)
        self._accept = QPushButton(self)
        self._close = QToolButton(self, autoRaise=True)
        self._close.setText(self.tr("Close"))
        self._close.setAccessibleName(self.tr("Close this message"))
        row = QHBoxLayout(self)
        row.setContentsMargins(14, 9, 10, 9)
        row.setSpacing(12)
        words = QVBoxLayout()
        words.setSpacing(2)
        words.addWidget(self._message)
        words.addWidget(self._hint)
        row.addWidget(self._shape, 0, Qt.AlignmentFlag.AlignTop)
        row.addLayout(words, 1)
        row.addWidget(self._accept, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()
        self._accept.clicked.connect(self.accepted)
        self._close.clicked.connect(self._on_close)

    def refuse(self, message: str, hint: str) -> None:
        """Say that something could not be done, and what to do instead."""
        self._show(Verdict.CAUTION, message, hint)

    def tell(self, message: str, hint: str = "") -> None:
        """Say something that is good to know."""
        self._show(Verdict.NEUTRAL, message, hint)

    def offer(self, message: str, deed: str, hint: str = "") -> None:
        """Say something that is good to know, with a button that says what to do about it."""
        self._show(Verdict.NEUTRAL, message, hint, deed)

    def set_theme(self, theme: Theme) -> None:
        """Paint in the colours of ``theme``."""
        self._theme = theme
        self._paint_shape()
        self.update()

    @property
    def words(self) -> str:
        """The message and its hint, '' while there is none."""
        return "" if self.isHidden() else f"{self._message.text()} {self._hint.text()}".strip()

    def paintEvent(self, event: QPaintEvent) -> None:
        """Paint the ground in the tint of what the message means."""
        painter = QPainter(self)
        colors = self._theme.colors(self._verdict)
        painter.fillRect(event.rect(), colors.tint)
        painter.fillRect(0, self.height() - 1, self.width(), 1, colors.line)

    def _show(self, verdict: Verdict, message: str, hint: str, deed: str = "") -> None:
        self._verdict = verdict
        self._message.setText(message)
        self._hint.setText(hint)
        self._hint.setVisible(bool(hint))
        self._accept.setText(deed)
        self._accept.setVisible(bool(deed))
        self.setAccessibleName(f"{message} {hint}".strip())
        self._paint_shape()
        self.show()
        self.update()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _paint_shape(self) -> None:
        ratio = self.devicePixelRatioF()
        self._shape.setPixmap(shape_pixmap(self._verdict, _SHAPE, self._theme, ratio))

    def _on_close(self) -> None:
        self.hide()
        self.dismissed.emit()
