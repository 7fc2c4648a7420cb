"""Links of a policy are opened only after the reader has seen where they lead and said yes."""

from __future__ import annotations

from PySide6.QtCore import Qt, QUrl
from PySide6.QtGui import QDesktopServices, QGuiApplication
from PySide6.QtWidgets import QAbstractButton, QMessageBox, QWidget

from reader.gui.dialog_buttons import without_pictures

_OPENED_SCHEMES = frozenset({"http", "https", "mailto"})
_LONGEST_SHOWN = 400


def can_be_opened(target: str) -> bool:
    """Return whether ``target`` is a web or e-mail address; nothing else is ever opened."""
    return QUrl(target).scheme().lower() in _OPENED_SCHEMES


class LinkQuestion(QMessageBox):
    """Asks whether to hand an address to the browser or the mail program; does it on yes."""

    def __init__(self, target: str, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._target = target
        is_mail = QUrl(target).scheme().lower() == "mailto"
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setIcon(QMessageBox.Icon.Question)
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setWindowTitle(self.tr("Open this link?"))
        self.setText(
            self.tr("Write to this address in your mail program?")
            if is_mail
            else self.tr("Open this address in your web browser?")
        )
        shown = target if len(target) <= _LONGEST_SHOWN else target[:_LONGEST_SHOWN] + " …"
        self.setInformativeText(shown)
        self._open = self.addButton(self.tr("Open"), QMessageBox.ButtonRole.AcceptRole)
        self._copy = self.addButton(self.tr("Copy the address"), QMessageBox.ButtonRole.ActionRole)
        self.setDefaultButton(self.addButton(QMessageBox.StandardButton.Cancel))
        without_pictures(self)
        self.buttonClicked.connect(self._on_button)

    def _on_button(self, button: QAbstractButton) -> None:
        if button is self._open:
            QDesktopServices.openUrl(QUrl(self._target))
        elif button is self._copy:
            QGuiApplication.clipboard().setText(self._target.removeprefix("mailto:"))
