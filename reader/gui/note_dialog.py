"""Asks for the reader's own note on some words of the policy."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QKeyEvent, QTextCursor
from PySide6.QtWidgets import (
    QDialog,
    QDialogButtonBox,
    QLabel,
    QPlainTextEdit,
    QVBoxLayout,
    QWidget,
)

from reader.gui.dialog_buttons import without_pictures
from reader.summary import clean_line

_LONGEST_QUOTE = 240
_LONGEST_NOTE = 20_000  # characters; more is no note


class NoteDialog(QDialog):
    """A field for the note below the words that it is about; Ctrl+Enter saves it.

    Signals:
        saved: the reader is done; carries the note, '' for a highlight alone.
    """

    saved = Signal(str)

    def __init__(self, quote: str, note: str, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Your note"))
        words = clean_line(quote[: 2 * _LONGEST_QUOTE])
        shown = words if len(words) <= _LONGEST_QUOTE else f"{words[:_LONGEST_QUOTE]}…"
        about = QLabel(f"“{shown}”" if shown else "", self)
        about.setTextFormat(Qt.TextFormat.PlainText)
        about.setWordWrap(True)
        about.setVisible(bool(shown))
        self.field = QPlainTextEdit(note, self)
        self.field.setTabChangesFocus(True)
        self.field.setAcceptDrops(False)
        self.field.setAccessibleName(self.tr("Your note"))
        self.field.setAccessibleDescription(shown)
        self.field.setPlaceholderText(
            self.tr("If you leave this empty, the words are only highlighted.")
        )
        self.field.moveCursor(QTextCursor.MoveOperation.End)
        buttons = QDialogButtonBox(
            QDialogButtonBox.StandardButton.Save | QDialogButtonBox.StandardButton.Cancel, self
        )
        without_pictures(buttons)
        column = QVBoxLayout(self)
        column.addWidget(about)
        column.addWidget(self.field, 1)
        column.addWidget(buttons)
        self.resize(440, 260)
        self.field.setFocus(Qt.FocusReason.OtherFocusReason)
        buttons.accepted.connect(self.accept)
        buttons.rejected.connect(self.reject)
        self.accepted.connect(self._on_accepted)

    def keyPressEvent(self, event: QKeyEvent) -> None:
        """Save on Ctrl+Enter, since Enter alone begins a new line."""
        is_enter = event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter)
        if is_enter and event.modifiers() & Qt.KeyboardModifier.ControlModifier:
            self.accept()
        else:
            super().keyPressEvent(event)

    def _on_accepted(self) -> None:
        self.saved.emit(self.field.toPlainText().strip()[:_LONGEST_NOTE])
