"""What happened, and what to do now: a bar in the window, never a box in the way.

A file that cannot be read is refused here; whatever is open stays open.
"""

from __future__ import annotations

from dataclasses import dataclass

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
from reader.gui.saved_place import SavedPlace
from reader.gui.theme import Theme
from reader.gui.typography import beginning
from reader.model import Verdict

_SHAPE = 22


@dataclass(frozen=True, slots=True)
class Message:
    """What happened, and below it what to do now, or ''.

    ``deed`` is the word of a button that does it, ``other_deed`` that of a second one, '' for none;
    ``path`` is that of a file which was saved, '' for none.
    """

    verdict: Verdict
    words: str
    hint: str = ""
    deed: str = ""
    path: str = ""
    other_deed: str = ""

    @classmethod
    def refusal(cls, words: str, hint: str) -> Message:
        """Return that something could not be done, and what to do instead."""
        return cls(Verdict.CAUTION, words, hint)

    @classmethod
    def news(cls, words: str, hint: str = "") -> Message:
        """Return something that is good to know."""
        return cls(Verdict.NEUTRAL, words, hint)

    @classmethod
    def of_saved(cls, words: str, path: str) -> Message:
        """Return that a file was saved, with the ways to it."""
        return cls(Verdict.NEUTRAL, words, path=path)

    @classmethod
    def offer(cls, words: str, deed: str, hint: str = "", other_deed: str = "") -> Message:
        """Return something that is good to know, with a button or two to do something about it."""
        return cls(Verdict.NEUTRAL, words, hint, deed, other_deed=other_deed)


class MessageBar(QFrame):
    """One message at a time; hidden while there is none.

    Signals:
        accepted: the button of an offer was pressed.
        other_accepted: its second button was pressed.
        dismissed: the reader closed the message.
        keyboard_left: what had the keyboard here is gone, and it needs another place.
    """

    accepted = Signal()
    other_accepted = Signal()
    dismissed = Signal()
    keyboard_left = Signal()

    def __init__(self, theme: Theme, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._theme = theme
        self._message_shown: Message | None = None
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
        self._accept_other = QPushButton(self)
        self._saved = SavedPlace(self)
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
        row.addWidget(self._accept_other, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._saved, 0, Qt.AlignmentFlag.AlignTop)
        row.addWidget(self._close, 0, Qt.AlignmentFlag.AlignTop)
        self.hide()
        self._accept.clicked.connect(self.accepted)
        self._accept_other.clicked.connect(self.other_accepted)
        self._close.clicked.connect(self._on_close)

    @property
    def message(self) -> Message | None:
        """What is shown, None while there is nothing."""
        return self._message_shown

    def show_message(self, message: Message | None) -> None:
        """Show ``message`` in place of what is shown, None for nothing."""
        self._message_shown = message
        focused = self.window().focusWidget()
        if message is None:
            self.hide()
        else:
            self._show(message)
        if focused is not None and self.isAncestorOf(focused) and not focused.isVisible():
            self.keyboard_left.emit()

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

    def _show(self, message: Message) -> None:
        self._verdict = message.verdict
        self._message.setText(message.words)
        self._hint.setText(message.hint)
        for label in (self._message, self._hint):
            label.setAlignment(beginning(self))  # left to itself, Qt aligns by the words
        self._hint.setVisible(bool(message.hint))
        self._accept.setText(message.deed)
        self._accept.setVisible(bool(message.deed))
        self._accept_other.setText(message.other_deed)
        self._accept_other.setVisible(bool(message.other_deed))
        self._saved.show_path(message.path)
        self.setAccessibleName(f"{message.words} {message.hint}".strip())
        self._paint_shape()
        self.show()
        self.update()
        QAccessible.updateAccessibility(QAccessibleEvent(self, QAccessible.Event.Alert))

    def _paint_shape(self) -> None:
        ratio = self.devicePixelRatioF()
        self._shape.setPixmap(shape_pixmap(self._verdict, _SHAPE, self._theme, ratio))

    def _on_close(self) -> None:
        self.show_message(None)
        self.dismissed.emit()
