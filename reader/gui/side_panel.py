"""A panel that takes the place of the card: a way back to it above, what it tells below."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QFrame, QHBoxLayout, QPushButton, QScrollArea, QVBoxLayout, QWidget

MARGIN = 14


class SidePanel(QWidget):
    """A scrolled column of what its subclass makes, and a button that leads back to the card.

    Signals:
        closed: the reader wants the card back.
    """

    closed = Signal()

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.back = QPushButton(self.tr("Back to the summary"), self)
        self.back.clicked.connect(self.closed)
        self.area = QScrollArea(self)
        self.area.setWidgetResizable(True)
        self.area.setFrameShape(QFrame.Shape.NoFrame)
        self.area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        column = QVBoxLayout(self)
        column.setContentsMargins(0, 10, 0, 0)
        bar = QHBoxLayout()
        bar.setContentsMargins(MARGIN, 0, MARGIN, 0)
        bar.addWidget(self.back)
        bar.addStretch(1)
        column.addLayout(bar)
        column.addWidget(self.area, 1)
        self.setMinimumWidth(220)
        self.area.setWidget(QWidget())

    def take_focus(self) -> None:
        """Put the keyboard where one would begin; a subclass knows a better place."""
        self.back.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_content(self, content: QWidget | None) -> None:
        """Show ``content`` from its top in place of what was there, or nothing.

        Where the keyboard was in what was there, it begins anew in ``content``: Qt would give it to
        any other part of the window.
        """
        focused = self.window().focusWidget()
        had_keyboard = focused is not None and self.area.isAncestorOf(focused)
        old = self.area.takeWidget()
        if old is not None:
            old.hide()  # a deferred delete alone would still be painted once
            old.deleteLater()
        self.area.setWidget(content or QWidget())
        self.area.verticalScrollBar().setValue(0)
        if had_keyboard and content is not None:
            self.take_focus()

    def sizeHint(self) -> QSize:
        """Return the size of the summary card, whose place it takes."""
        return QSize(430, 760)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Go back on Escape."""
        if event.key() == Qt.Key.Key_Escape:
            self.closed.emit()
        else:
            super().keyPressEvent(event)
