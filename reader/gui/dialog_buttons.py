"""The buttons of dialogs, which speak by their words alone.

Fusion adds pictures of its own to standard buttons: made for a light desktop, a black cross on a
dark button is next to nothing, and a floppy disk says no more than "Save" does.
"""

from __future__ import annotations

from PySide6.QtGui import QIcon
from PySide6.QtWidgets import QDialogButtonBox, QMessageBox


def without_pictures(box: QDialogButtonBox | QMessageBox) -> None:
    """Take the pictures off the buttons that ``box`` has now."""
    for button in box.buttons():
        button.setIcon(QIcon())
