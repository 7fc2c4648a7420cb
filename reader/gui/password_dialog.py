"""Asks for the password of a file that does not open without one."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QInputDialog, QLineEdit, QWidget

from reader.protocol import InputFile

_HEAD = 1024


def takes_password(source: InputFile, part: str = "") -> bool:
    """Return whether a file that is locked can be opened with a password here: a PDF can.

    ``part`` is its name where it is one of several in ``source``.
    """
    start = 0
    for each in source.parts:
        if each.name == part:
            break
        start += each.size
    return b"%PDF-" in source.data[start : start + _HEAD]


class PasswordDialog(QInputDialog):
    """Asks once; ``textValueSelected`` carries the password, Cancel leaves all as it is.

    ``again`` is true where a password was tried and did not open the file. The password is sent to
    the process that reads the file, and kept nowhere.
    """

    def __init__(self, name: str, *, again: bool, parent: QWidget) -> None:
        super().__init__(parent)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        self.setWindowTitle(self.tr("Password"))
        self.setInputMode(QInputDialog.InputMode.TextInput)
        self.setTextEchoMode(QLineEdit.EchoMode.Password)
        asked = (
            self.tr("“{name}” does not open with this password. Try again:")
            if again
            else self.tr("“{name}” needs a password:")
        )
        self.setLabelText(asked.format(name=name))
        self.setOkButtonText(self.tr("Open"))
